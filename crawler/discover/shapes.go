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
	for _, f := range forms(u) {
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

// points are what is known of addresses like this one, put on top of what its
// shape says: what is proven counts for more than how it looks.
func (s *Shapes) points(u *url.URL, shape int) int {
	if s == nil || shape <= pointsNever/2 {
		return shape
	}
	// Of the exact form few pages prove something, of those that are alike more have to.
	for i, f := range forms(u) {
		t := s.forms[f]
		if t == nil {
			continue
		}
		n := t.articles + t.others
		switch {
		case i == 0 && n >= 3:
			switch {
			case t.articles*10 >= n*7:
				return max(shape, 0) + pointsProven
			case t.articles*10 <= n:
				return shape + pointsRefute
			}
			return shape
		case i == 1 && n >= 4 && t.articles*10 >= n*9:
			return max(shape, 0) + pointsProven
		case i == 2 && n >= 8 && t.articles*10 >= n*9:
			return shape + pointsAlike
		case i > 0 && n >= 6 && t.articles*20 <= n:
			return shape - pointsProven
		}
	}
	return shape
}

// forms are an address without what is its own: host, part of the site and the
// kind of each segment; then with all kinds of words taken for one; then that
// without host and part.
func forms(u *url.URL) [3]string {
	segments := strings.FieldsFunc(strings.ToLower(u.Path), func(c rune) bool { return c == '/' })
	part := ""
	var fine, coarse strings.Builder
	for i, seg := range segments[:min(len(segments), maxSegments)] {
		stem, ending := seg, ""
		last := i == len(segments)-1
		if last {
			stem, ending = cutEnding(seg)
		}
		kind := segmentForm(stem)
		if part == "" && !last && len(seg) <= 60 && kind != "year" && kind != "day" && kind != "number" {
			part = seg
		}
		fine.WriteString("/" + kind)
		switch kind {
		case "word", "two", "slug":
			kind = "text"
		}
		coarse.WriteString("/" + kind)
		if ending != "" && len(ending) <= 5 {
			fine.WriteString("." + ending)
			coarse.WriteString("." + ending)
		}
	}
	if len(segments) > maxSegments {
		fine.WriteString("/…")
		coarse.WriteString("/…")
	}
	var keys []string
	for k := range u.Query() {
		if len(k) <= 20 {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	query := ""
	if len(keys) > 0 {
		query = "?" + strings.Join(keys[:min(len(keys), 5)], "&")
	}
	where := u.Host + " " + part
	return [3]string{where + " " + fine.String() + query, where + " ~" + coarse.String() + query, coarse.String() + query}
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
