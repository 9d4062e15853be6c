package crawler

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// A trap is a part of a site that has pages without end and articles without
// any: calendars, lists sorted and filtered in every way, paths that grow by
// themselves. Some are told by the address alone. The others are learned by
// its shape: where the first pages of one shape show no article, the rest is
// not asked for.
const (
	trapReason    = "trap"
	deepest       = 24   // segments of a path
	repeated      = 3    // how often a segment or a pair of them may follow itself
	parameters    = 12   // of a query
	looksOfShape  = 30   // pages of a shape without an article, after which no more are asked for
	shapesOfSite  = 100  // that are told apart
	longestShape  = 300  // bytes of one; others are not told apart either
	yearsAhead    = 1    // of a date in a path
	longestWalked = 2000 // bytes of a path that are looked at
)

// A Judge is an Archive that knows what its captures turned out to be.
type Judge interface {
	// Barren reports whether what the page showed was concluded to be no article;
	// false while nothing was concluded, and where a wall or an error stood.
	Barren(urlkey.Key) (bool, error)
}

// shapes remembers which pages of which shape a site was asked for.
type shapes struct {
	mu    sync.Mutex
	sites map[string]map[string]*shape
	news  bool // since it was saved
}

// A shape is what the addresses of one kind of page have in common.
type shape struct {
	asked   []urlkey.Key // the first of them
	used    time.Time    // when one was met last
	trapped time.Time    // when it was found to be a trap
	vouched bool         // a feed names such pages, or a sitemap with the date of an article
}

// closed reports whether a shape is a trap. After a while it is given another
// chance.
func (s *shape) closed(now time.Time) bool {
	if !s.trapped.IsZero() && now.Sub(s.trapped) >= rarely {
		*s = shape{vouched: s.vouched, used: now}
	}
	return !s.trapped.IsZero() && !s.vouched
}

// of gives a shape of a site; nil when there are too many to tell apart: one
// that was not met for long makes room. Called with mu held.
func (s *shapes) of(site, name string, now time.Time) *shape {
	if s.sites == nil {
		s.sites = map[string]map[string]*shape{}
	}
	m := s.sites[site]
	if m == nil {
		m = map[string]*shape{}
		s.sites[site] = m
	}
	x := m[name]
	if x == nil && len(m) >= shapesOfSite {
		maps.DeleteFunc(m, func(_ string, old *shape) bool { return now.Sub(old.used) >= rarely })
	}
	if x == nil && len(m) < shapesOfSite && len(name) <= longestShape {
		x = &shape{}
		m[name] = x
	}
	if x != nil {
		s.news = s.news || dayOf(now.UTC()) != dayOf(x.used.UTC())
		x.used = now
	}
	return x
}

// leadsIntoTrap reports whether a page that is listed lies in a trap, and says so.
func (v *visit) leadsIntoTrap(l discover.Link, html bool) bool {
	name, why := shapeOf(l.URL, v.o.Now())
	if why == "" {
		shapes := &v.memory.shapes
		shapes.mu.Lock()
		s := shapes.of(v.site.Name, name, v.o.Now())
		switch {
		case s == nil:
		case !html && (v.item.Kind == frontier.Feed || !l.Published.IsZero()):
			shapes.news = shapes.news || !s.vouched
			s.vouched = true
		case s.closed(v.o.Now()):
			why = barren(name)
		}
		shapes.mu.Unlock()
	}
	if why == "" {
		return false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site.skipped(l.URL, trapReason, why)
	return true
}

// trapped settles a page that lies in a trap. It counts the pages of each
// shape that are asked for, and asks what the first of them turned out to be.
func (v *visit) trapped() bool {
	if v.item.Via == handed || v.item.Via == "configuration" {
		return false
	}
	name, why := shapeOf(v.item.URL, v.o.Now())
	if why == "" && v.barren(name) {
		why = barren(name)
	}
	if why == "" {
		return false
	}
	v.skip(trapReason, why, v.o.Now().Add(rarely))
	return true
}

func barren(shape string) string {
	return fmt.Sprintf("%d pages of the shape %s were asked for, and none is an article", looksOfShape, shape)
}

// barren reports whether a shape has been found to be a trap; if not, one more
// page of it is being asked for.
func (v *visit) barren(name string) bool {
	judge, ok := v.o.Archive.(Judge)
	if !ok {
		return false
	}
	shapes := &v.memory.shapes
	shapes.mu.Lock()
	defer shapes.mu.Unlock()
	s := shapes.of(v.site.Name, name, v.o.Now())
	switch {
	case s == nil || s.vouched:
		return false
	case s.closed(v.o.Now()):
		return true
	case !v.item.LastChanged.IsZero(): // it was seen before, and is no news of its kind
		return false
	case len(s.asked) < looksOfShape:
		if !slices.Contains(s.asked, v.item.Page) {
			s.asked, shapes.news = append(s.asked, v.item.Page), true
		}
		return false
	}
	for i, page := range s.asked {
		barren, err := judge.Barren(page)
		if err != nil || !barren { // unknown as yet, or an article: it is looked at again with the next page
			s.asked[i], shapes.news = v.item.Page, true
			return false
		}
	}
	s.trapped, shapes.news = v.o.Now(), true
	return true
}

// shapeOf reduces an address to what those of its kind have in common, such as
// /events/#/#?view, or says why it can only be a trap.
func shapeOf(raw string, now time.Time) (shape, trap string) {
	u, err := url.Parse(raw)
	if err != nil {
		return "", ""
	}
	path := u.Path[:min(len(u.Path), longestWalked)]
	segments := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case len(segments) > deepest:
		return "", fmt.Sprintf("its path is %d segments deep", len(segments))
	case repeats(segments):
		return "", "its path repeats itself"
	}
	var b strings.Builder
	for i, s := range segments {
		if year := yearOf(s); year > now.Year()+yearsAhead && i+1 < len(segments) && isDay(segments[i+1]) {
			return "", "a calendar: it is of the year " + s
		}
		b.WriteByte('/')
		b.WriteString(segmentShape(s, i == len(segments)-1 && u.RawQuery == ""))
	}
	names := strings.FieldsFunc(u.RawQuery, func(r rune) bool { return r == '&' })
	if len(names) > parameters {
		return "", fmt.Sprintf("its query has %d parameters", len(names))
	}
	for i, p := range names {
		names[i], _, _ = strings.Cut(p, "=")
	}
	slices.Sort(names)
	if kinds := slices.Compact(slices.Clone(names)); len(names)-len(kinds) > repeated {
		return "", "its query repeats itself"
	}
	switch {
	case len(names) > 2: // a list that is filtered in many ways at once
		b.WriteString("?*")
	case len(names) > 0:
		b.WriteByte('?')
		b.WriteString(strings.Join(names, "&"))
	}
	return b.String(), ""
}

// segmentShape is # for a number, * for a name of several words or with figures
// in it, and the segment itself for a plain word, which names a section.
func segmentShape(s string, last bool) string {
	digits := 0
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			digits++
		}
	}
	switch {
	case s == "":
		return ""
	case digits == len(s):
		return "#"
	case strings.Trim(s, "0123456789-") == "": // a date
		return "#"
	case last || digits > 0 || len(s) > 24 || strings.Count(s, "-") > 1:
		return "*"
	}
	return strings.ToLower(s)
}

// repeats reports whether a segment or a pair of segments follows itself again
// and again: /a/b/a/b/a/b, or /img/img/img/img.
func repeats(segments []string) bool {
	for _, width := range []int{1, 2, 3} {
		run := 1
		for i := width; i+width <= len(segments); i++ {
			if segments[i] != segments[i-width] || segments[i] == "" {
				run = 1
				continue
			}
			if run++; run > repeated*width {
				return true
			}
		}
	}
	return false
}

func yearOf(s string) int {
	if len(s) != 4 || strings.Trim(s, "0123456789") != "" {
		return 0
	}
	return int(s[0]-'0')*1000 + int(s[1]-'0')*100 + int(s[2]-'0')*10 + int(s[3]-'0')
}

// isDay tells a month, a week or a day as a part of a path.
func isDay(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && len(s) <= 2 && n >= 1 && n <= 53
}
