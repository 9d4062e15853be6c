package discover

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"pressmark/extract/urlkey"
)

// How good an address of an entry is: the lowest rank that is a URL is taken.
const (
	rankOrigin    = iota // feedburner:origLink, past the counter
	rankLink             // link, or Atom's alternate
	rankPermanent        // a GUID that is a link
	rankOther            // an alternate that is no page by its type
	rankContent          // Atom's content elsewhere
	rankAbout            // the name of an item in RDF
	rankID               // Atom's ID
	rankOpaque           // a GUID that says it is no link, and looks like one
)

// An entry is one item of a feed, as far as it has been read.
type entry struct {
	base   string // with its own xml:base
	offers []offer
	opaque bool // isPermaLink="false"
	title  string
	other  string    // dc:title
	dates  [3]string // as they stand there
}

type offer struct {
	rank      int
	ref, base string
}

const maxOffers = 16 // addresses of one entry

func (e *entry) offer(rank int, ref, base string) {
	if ref = linkText(ref); ref != "" && len(e.offers) < maxOffers {
		e.offers = append(e.offers, offer{rank, ref, base})
	}
}

// Which of an entry's dates is which.
const (
	published = iota
	dated     // Dublin Core's, which may be either
	updated
)

// take notes a field; of several with one name the first counts.
func (e *entry) take(field, text string) {
	if text == "" {
		return
	}
	first := func(at *string) {
		if *at == "" {
			*at = text
		}
	}
	switch field {
	case "title":
		first(&e.title)
	case "dc:title":
		first(&e.other)
	case "published":
		first(&e.dates[published])
	case "dated":
		first(&e.dates[dated])
	case "updated":
		first(&e.dates[updated])
	case "origlink":
		e.offer(rankOrigin, text, e.base)
	case "link":
		e.offer(rankLink, text, e.base)
	case "id":
		if isAddress(text) {
			e.offer(rankID, text, e.base)
		}
	case "guid":
		switch {
		case !isAddress(text):
		case e.opaque:
			e.offer(rankOpaque, text, e.base)
		default:
			e.offer(rankPermanent, text, e.base)
		}
	}
}

// give hands the entry over as a link, if it has a usable one.
func (e *entry) give(c *collector) {
	l := Link{Title: e.title, Kind: Page, Published: parseTime(e.dates[published]), Modified: parseTime(e.dates[updated])}
	if l.Title == "" {
		l.Title = e.other
	}
	for _, d := range []string{e.dates[dated], e.dates[updated]} {
		if l.Published.IsZero() {
			l.Published = parseTime(d)
		}
	}
	slices.SortStableFunc(e.offers, func(a, b offer) int { return a.rank - b.rank })
	for _, o := range e.offers {
		if u, err := urlkey.Resolve(o.base, withScheme(o.base, o.ref)); err == nil {
			c.add(u, l)
			return
		}
	}
}

// linkText is an address without what no address has: line ends, and blanks around it.
func linkText(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, s))
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// resolved is ref as seen from base, and base when there is no sense in it.
func resolved(base, ref string) string {
	if ref == "" {
		return base
	}
	if u, err := urlkey.Resolve(base, ref); err == nil {
		return u
	}
	return base
}

// unescaped replaces entities, XML's and HTML's, that end as they should. To a
// browser &copy=1 is a sign and "=1"; in a link it is a part of the query.
func unescaped(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		n := strings.IndexByte(s[:min(len(s), 40)], ';')
		if n < 0 || strings.IndexByte(s[1:n], '&') >= 0 {
			b.WriteByte('&')
			s = s[1:]
			continue
		}
		b.WriteString(entity(s[:n+1]))
		s = s[n+1:]
	}
}

// entity is what one entity stands for, or itself when nobody knows it.
func entity(e string) string {
	if out := html.UnescapeString(e); !strings.HasSuffix(out, ";") || e == "&semi;" || e == "&#59;" {
		return out
	}
	return e // &notit; is not "not" and "it;"
}

var entryEnd = regexp.MustCompile(`(?i)</(item|entry)[\s>]`)

// withoutCDATA makes CDATA plain text for a tokenizer of HTML. whole is false
// when a section does not end; it ends with its entry then.
func withoutCDATA(text string) (plain string, whole bool) {
	const open, end = "<![CDATA[", "]]>"
	if !strings.Contains(text, open) {
		return text, true
	}
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	whole = true
	next := 0 // where the next end stands; each is looked for once, whatever the openings
	for at := 0; ; {
		i := strings.Index(text[at:], open)
		if i < 0 {
			b.WriteString(text[at:])
			return b.String(), whole
		}
		b.WriteString(text[at : at+i])
		at += i + len(open)
		if next < at {
			if i := strings.Index(text[at:], end); i >= 0 {
				next = at + i
			} else {
				next = len(text)
			}
		}
		stop, after := next, min(next+len(end), len(text))
		// A section that another one, or nothing, follows without an end to this.
		over := entryEnd.FindStringIndex(text[at:next])
		if over != nil && (next == len(text) || strings.Contains(text[at+over[0]:next], open)) {
			stop, after = at+over[0], at+over[0]
		}
		if stop != next || next == len(text) {
			whole = false
		}
		b.WriteString(html.EscapeString(text[at:stop]))
		at = after
	}
}
