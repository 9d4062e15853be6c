package discover

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// maxTTL bounds what a feed may ask for: some say a year and mean nothing.
const maxTTL = 7 * 24 * time.Hour

// A feedReader reads RSS and Atom of every version as a browser reads a page:
// tag after tag, without a tree, and nothing is an error to it. A parser of XML
// gives up at the first mistake, and a third of the feeds in the field have one.
type feedReader struct {
	c *collector
	f *Found

	base    string          // what links are relative to, after the root's xml:base
	plain   map[string]bool // prefixes that stand for RSS or Atom
	entry   *entry          // the open one
	passing string          // the open element whose inside is passed over
	field   string          // the open element whose text is wanted
	text    strings.Builder
	entries int
	ended   bool   // the root was closed
	crossed bool   // an element began before the one ahead of it had ended
	ttl     string // as the feed says it
	period  string
	often   string
	within  string // skipHours or skipDays, while one is open
	skips   skips
}

// readFeed reads RSS or Atom, of a broken one what can be told apart.
func readFeed(c *collector, f *Found, text, root string) {
	f.Format = "rss"
	if root == "feed" {
		f.Format = "atom"
	}
	r := &feedReader{c: c, f: f, base: c.base, plain: map[string]bool{"": true, "rss": true, "atom": true, "atom10": true, "atom03": true, "a10": true}}
	text, whole := withoutCDATA(text)
	z := html.NewTokenizer(strings.NewReader(text))
	for more := true; more && !c.full; {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			more = false
		case html.TextToken:
			if r.field != "" && r.text.Len() < 8<<10 {
				r.text.Write(z.Raw())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(z.Token(), kind == html.SelfClosingTagToken)
			z.NextIsNotRawText() // <title> and <script> are nothing special here
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(r.name(string(name)))
		}
	}
	if r.entry != nil && !r.ended && r.field != "" { // the last word is cut in two
		r.field = ""
		r.crossed = false
	}
	r.finish()
	f.Title, f.TTL, f.Skips = plainTitle(f.Title), r.wait(), r.skips.sane()
	switch {
	case c.full:
	case !r.ended || !whole:
		f.Why = "the feed is broken off"
	case r.crossed:
		f.Why = "the feed is broken: its elements run into each other"
	}
	switch {
	case r.entries == 0:
		f.Why = join(f.Why, "the feed has no entries")
	case len(c.links) == 0:
		f.Why = join(f.Why, "none of the feed's "+strconv.Itoa(r.entries)+" entries has a usable link")
	}
}

// The elements whose text is wanted, by what they are to us.
var fieldOf = map[string]string{
	"title": "title", "dc:title": "dc:title", "link": "link", "guid": "guid", "id": "id", "origlink": "origlink",
	"pubdate": "published", "published": "published", "issued": "published", "dc:date": "dated", "date": "dated",
	"dcterms:issued": "dated", "dcterms:created": "dated", "created": "dated",
	"updated": "updated", "modified": "updated", "dcterms:modified": "updated",
	"ttl": "ttl", "sy:updateperiod": "period", "sy:updatefrequency": "frequency",
}

// passedOver are elements with insides that look like an entry's own: the feed
// that an entry came from has a title and a link too.
var passedOver = words("source content summary description content:encoded author contributor image textinput items")

// textual are those of them that hold an article's text. When one is not
// closed, the next field tells that it is over.
var textual = words("content summary description content:encoded")

// The names of RSS and Atom themselves.
var ownSpaces = map[string]bool{
	"http://www.w3.org/2005/atom": true, "http://purl.org/atom/ns": true, "http://purl.org/rss/1.0": true,
	"http://my.netscape.com/rdf/simple/0.9": true, "http://backend.userland.com/rss2": true, "http://channel.netscape.com/rdf/simple/0.9": true,
}

// name is an element's name, without a prefix when it is RSS's or Atom's own.
func (r *feedReader) name(tag string) string {
	prefix, local, ok := strings.Cut(tag, ":")
	switch {
	case !ok:
		return tag
	case r.plain[prefix]:
		return local
	case local == "origlink":
		return local
	case prefix == "dct" || prefix == "dc" && (local == "issued" || local == "created" || local == "modified"):
		return "dcterms:" + local
	}
	return tag
}

func (r *feedReader) start(t html.Token, closed bool) {
	for _, a := range t.Attr {
		prefix, ok := strings.CutPrefix(a.Key, "xmlns:")
		if space := strings.ToLower(strings.TrimRight(a.Val, "/#")); ok && ownSpaces[space] && len(r.plain) < 100 {
			r.plain[prefix] = true
		}
	}
	name := r.name(t.Data)
	switch name {
	case "item", "entry":
		if r.entry != nil {
			r.crossed = true
		}
		r.finish()
		r.entries++
		r.entry = &entry{base: resolved(r.base, attr(t, "xml:base"))}
		if about := attr(t, "rdf:about"); about != "" {
			r.entry.offer(rankAbout, about, r.entry.base)
		}
		return
	case "rss", "feed", "rdf:rdf", "rdf", "channel":
		if r.entry == nil {
			r.base = resolved(r.base, attr(t, "xml:base"))
		}
		return
	}
	if r.entry == nil && skipping[name] != "" && r.passing == "" {
		r.within = name
		return
	}
	field := r.fieldOf(name)
	if r.passing != "" {
		if !textual[r.passing] || field == "" || field == "title" || field == "id" || field == "dated" {
			return
		}
		r.passing, r.crossed = "", true
	}
	if field != "" && r.field != "" { // what was open was not closed
		r.close(r.field)
		r.crossed = true
	}
	switch {
	case passedOver[name]:
		if name == "content" && r.entry != nil && strings.Contains(attr(t, "type"), "html") {
			r.entry.offer(rankContent, attr(t, "src"), r.entry.base)
		}
		if !closed {
			r.passing = name
		}
		return
	case name == "link":
		r.link(t)
	case name == "guid" && r.entry != nil:
		r.entry.opaque = strings.EqualFold(attr(t, "ispermalink"), "false")
	}
	if field != "" && !closed {
		r.field = field
		r.text.Reset()
	}
}

// link takes a link that stands in attributes, as Atom has it.
func (r *feedReader) link(t html.Token) {
	href := attr(t, "href")
	if href == "" {
		return
	}
	rel, typ := strings.ToLower(attr(t, "rel")), mediaType(attr(t, "type"))
	rel = rel[strings.LastIndexByte(rel, '/')+1:] // http://www.iana.org/assignments/relation/alternate
	if r.entry == nil {
		if u := resolved(resolved(r.base, attr(t, "xml:base")), href); rel == "next" && r.f.Older == "" || rel == "prev-archive" {
			r.f.Older = u
		}
		return
	}
	rank := rankLink
	switch rel {
	case "", "alternate", "canonical", "bookmark":
		if typ != "" && !strings.Contains(typ, "html") {
			rank = rankOther
		}
		if strings.HasPrefix(typ, "audio/") || strings.HasPrefix(typ, "video/") || strings.HasPrefix(typ, "image/") {
			return
		}
	default:
		return
	}
	r.entry.offer(rank, href, resolved(r.entry.base, attr(t, "xml:base")))
}

func (r *feedReader) end(name string) {
	switch name {
	case "item", "entry":
		r.finish()
		return
	case "rss", "feed", "rdf:rdf", "rdf":
		r.finish()
		r.ended = true
		return
	case r.passing:
		r.passing = ""
		return
	case r.within:
		r.close(r.field)
		r.within = ""
		return
	}
	if field := r.fieldOf(name); field != "" && r.passing == "" {
		if field != r.field && r.field != "" {
			r.crossed = true
		}
		r.close(field)
	}
}

// close takes the text of the open element.
func (r *feedReader) close(field string) {
	if r.field == "" || field != r.field {
		return
	}
	text := strings.TrimSpace(unescaped(r.text.String()))
	r.field = ""
	switch {
	case r.entry != nil:
		r.entry.take(field, text)
		return
	case field == "hour" || field == "day":
		r.skips.take(field, text)
		return
	}
	at := map[string]*string{"title": &r.f.Title, "ttl": &r.ttl, "period": &r.period, "frequency": &r.often}[field]
	if at != nil && *at == "" {
		*at = text
	}
}

// finish ends the open entry, if there is one.
func (r *feedReader) finish() {
	e := r.entry
	r.close(r.field)
	r.entry, r.passing, r.field, r.within = nil, "", "", ""
	if e != nil {
		e.give(r.c)
	}
}

// wait is RSS's own TTL in minutes, or what the syndication module says if
// that is longer.
func (r *feedReader) wait() time.Duration {
	var wait time.Duration
	if minutes, err := strconv.Atoi(r.ttl); err == nil && minutes > 0 {
		wait = time.Duration(min(minutes, int(maxTTL/time.Minute))) * time.Minute
	}
	period := map[string]time.Duration{
		"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
		"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
	}[strings.ToLower(r.period)]
	if n, err := strconv.Atoi(r.often); period > 0 && err == nil && n > 1 {
		period /= time.Duration(n)
	}
	return min(max(wait, period), maxTTL)
}
