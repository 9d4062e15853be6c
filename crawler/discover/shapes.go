package discover

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Shapes remember of one site which forms of addresses turned out to be
// articles, and which never did. A nil one knows nothing.
type Shapes struct {
	forms map[string]*turned
}

type turned struct{ articles, others int }

const (
	maxForms     = 1000 // of one site
	maxSegments  = 6    // of a path that are looked at
	pointsProven = 5    // what stands behind this form of address is an article
	pointsRefute = -9   // or never is
	pointsAlike  = 2    // that of other parts of the site is
)

// NewShapes remembers nothing yet.
func NewShapes() *Shapes { return &Shapes{map[string]*turned{}} }

// Learn takes what a page turned out to be.
func (s *Shapes) Learn(address string, article bool) {
	u, err := url.Parse(address)
	if err != nil {
		return
	}
	own, general := form(u)
	for _, f := range []string{own, general} {
		t := s.forms[f]
		if t == nil {
			if len(s.forms) >= maxForms {
				continue
			}
			t = &turned{}
			s.forms[f] = t
		}
		if article {
			t.articles++
		} else {
			t.others++
		}
	}
}

// points are what is known of addresses like this one.
func (s *Shapes) points(u *url.URL) int {
	if s == nil {
		return 0
	}
	own, general := form(u)
	if t := s.forms[own]; t != nil && t.articles+t.others >= 3 {
		switch n := t.articles + t.others; {
		case t.articles*10 >= n*7:
			return pointsProven
		case t.articles*10 <= n:
			return pointsRefute
		}
		return 0
	}
	if t := s.forms[general]; t != nil && t.articles+t.others >= 8 {
		switch n := t.articles + t.others; {
		case t.articles*10 >= n*9:
			return pointsAlike
		case t.articles*20 <= n:
			return -pointsProven
		}
	}
	return 0
}

// form is an address without what is its own: the host, the part of the site
// and what kind of thing each segment is; general is that without host and part.
func form(u *url.URL) (own, general string) {
	segments := strings.FieldsFunc(strings.ToLower(u.Path), func(c rune) bool { return c == '/' })
	var b strings.Builder
	for i, seg := range segments[:min(len(segments), maxSegments)] {
		stem, ending := seg, ""
		if i == len(segments)-1 {
			stem, ending = cutEnding(seg)
		}
		b.WriteString("/" + segmentForm(stem))
		if ending != "" && len(ending) <= 5 {
			b.WriteString("." + ending)
		}
	}
	if len(segments) > maxSegments {
		b.WriteString("/…")
	}
	var keys []string
	for k := range u.Query() {
		if len(k) <= 20 {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	if len(keys) > 0 {
		b.WriteString("?" + strings.Join(keys[:min(len(keys), 5)], "&"))
	}
	general = b.String()
	part := ""
	if len(segments) > 1 && len(segments[0]) <= 40 {
		part = segments[0]
	}
	return u.Host + " " + part + general, general
}

// segmentForm says what kind of thing a segment of a path is.
func segmentForm(seg string) string {
	n, words := digits(seg), slugWords(seg)
	switch {
	case n == len(seg) && n == 4 && (strings.HasPrefix(seg, "19") || strings.HasPrefix(seg, "20")):
		return "year"
	case n == len(seg) && n <= 2:
		return "day"
	case n == len(seg):
		return "number"
	case words >= 3 && n >= 4:
		return "slug+number"
	case words >= 3, utf8.RuneCountInString(seg) >= 8 && len(seg) > 2*utf8.RuneCountInString(seg): // a title in a script without blanks
		return "slug"
	case hexID.MatchString(seg), isMixed(seg):
		return "id"
	case n >= 4:
		return "word+number"
	case words == 2:
		return "two"
	}
	return "word"
}
