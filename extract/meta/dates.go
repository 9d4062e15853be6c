package meta

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The names of meta elements that state dates. Sites make up their own, so the
// name is read in parts (see nameRole); these are the exceptions.
var metaDates = map[string]Sighting{
	"article:published_time": {Role: ForPublished, Points: 97}, "og:article:published_time": {Role: ForPublished, Points: 97},
	"article:published": {Role: ForPublished, Points: 95}, "og:published_time": {Role: ForPublished, Points: 95},
	"article:modified_time": {Role: ForModified, Points: 97}, "og:article:modified_time": {Role: ForModified, Points: 97},
	"og:updated_time": {Role: ForModified, Points: 80}, "last-modified": {Role: ForModified, Points: 40},
	"date": {Points: 52}, "dc.date": {Points: 52}, "dcterms.date": {Points: 52}, "dc:date": {Points: 52}, "dcterms.created": {Points: 60},
	"created": {Points: 50}, "datecreated": {Points: 60}, "dc.date.created": {Points: 60}, "article:create": {Points: 60}, "article:create_at": {Points: 70},
	"weibo: article:create_at": {Points: 70}, "displaydate": {Points: 70}, "ptime": {Points: 80}, "gentime": {Points: 60}, "sailthru.date": {Points: 80},
	"parsely-pub-date": {Role: ForPublished, Points: 90}, "citation_date": {Points: 80}, "release_date": {Points: 70}, "newsdate": {Points: 80},
	"rbpubdate": {Role: ForPublished, Points: 80}, "bt:pubdate": {Role: ForPublished, Points: 80}, "eomportal-lastupdate": {Role: ForModified, Points: 60},
	"revised": {Role: ForModified, Points: 60}, "lastmod": {Role: ForModified, Points: 80}, "citation_online_date": {Role: ForPublished, Points: 84},
}

// nameRole reads what a meta element of a name states the date of.
func nameRole(name string) (Sighting, bool) {
	if s, ok := metaDates[name]; ok {
		return s, true
	}
	if len(name) < 4 || len(name) > 48 || containsAny(name, "expir", "event", "valid", "until", "author", "publisher", "unpublish", "birth", "image", "video", "comment", "twitter", "url", "deadline") {
		return Sighting{}, false
	}
	published, modified := containsAny(name, "publish", "pubdate", "pub_date", "pub-date", "publication", "issued", "posted", "post_date", "firstpub"), containsAny(name, "modif", "update", "revis", "last_mod", "lastmod", "moddate", "mod-date")
	dated := containsAny(name, "date", "time", "_on", "_at", "-on", "-at", "create")
	switch {
	case modified && !(published && strings.Contains(name, "last")):
		return Sighting{Role: ForModified, Points: 70}, true
	case published && strings.Contains(name, "last"):
		return Sighting{Points: 50}, true
	case published && (dated || name == "published" || name == "posted" || strings.HasSuffix(name, ".issued") || strings.HasSuffix(name, ":published") || strings.HasSuffix(name, ".published")):
		return Sighting{Role: ForPublished, Points: 84}, true
	case dated && containsAny(name, "articledate", "article_date", "article-date", "articledate", "datepub", "newsdate", "news_date", "creation", "created"):
		return Sighting{Points: 60}, true
	}
	return Sighting{}, false
}

// dates gathers what the page says of its dates, and chooses.
func (s *Survey) dates(f *Facts, main thing, others []thing, page string) {
	host := ""
	if u, err := url.Parse(page); err == nil {
		host = u.Hostname()
	}
	f.MonthFirst = american(f.Language, host)
	c := customs{language: f.Language, monthFirst: f.MonthFirst}
	add := func(text string, x Sighting) {
		if text == "" {
			return
		}
		if r := statedBy(text, c); !r.date.IsZero() {
			x.Date, x.Swapped, x.Clock = r.date, r.swapped, r.clock
			f.Dates = append(f.Dates, x)
		}
	}
	if main != nil {
		add(main.text("datePublished"), Sighting{From: FromLinked, Role: ForPublished, Points: 100})
		add(main.text("dateCreated"), Sighting{From: FromLinked, Points: 60})
		add(main.text("dateModified"), Sighting{From: FromLinked, Role: ForModified, Points: 100})
	}
	for _, t := range others {
		add(t.text("datePublished"), Sighting{From: FromLinked, Role: ForPublished, Points: 75})
		add(t.text("dateModified"), Sighting{From: FromLinked, Role: ForModified, Points: 75})
	}
	for _, name := range s.datedNames() {
		x, _ := nameRole(name)
		x.From = FromMeta
		for _, v := range s.metas[name] {
			add(v, x)
		}
	}
	for _, address := range []string{page, f.Canonical} {
		if d := inAddress(address); !d.IsZero() {
			f.Dates = append(f.Dates, Sighting{Date: d, From: FromAddress, Points: 58, Clock: -1})
			break
		}
	}
	for _, t := range s.titles {
		if t.Source == FromTitle || t.Source == FromGraph {
			if d := trailing(t.Text, c); !d.IsZero() {
				f.Dates = append(f.Dates, Sighting{Date: d, From: FromName, Points: 48, Clock: -1})
				break
			}
		}
	}
	s.shown(f, c)
	published, modified := Settle(f.Dates)
	if published.Date.IsZero() || published.Role == ForModified {
		if f.Dates = append(f.Dates, inState(s.state, c)...); len(f.Dates) > 0 {
			published, modified = Settle(f.Dates)
		}
	}
	f.Published, f.Modified = published.Date, modified.Date
}

// trailing reads the date that stands alone in the last part of a page's name: "… | Daily | 28.04.2023".
func trailing(title string, c customs) Date {
	if !anyDigit(title) {
		return Date{}
	}
	for _, part := range strings.FieldsFunc(title, func(r rune) bool { return r == '|' || r == '–' || r == '—' || r == '•' || r == '·' }) {
		part = strings.TrimSpace(part)
		if f, ok := written(part, 0, c); ok && f.start == 0 && len(part)-f.end < 12 {
			return f.date
		}
	}
	if i := strings.LastIndex(title, " - "); i > 0 {
		for _, part := range strings.Split(title, " - ")[1:] {
			if f, ok := written(part, 0, c); ok && f.start == 0 && len(part)-f.end < 12 {
				return f.date
			}
		}
	}
	return Date{}
}

// head notes where a headline of the page stands.
func (s *Survey) head(h1 *html.Node) {
	if len(s.headings) >= 8 {
		return
	}
	s.headings = append(s.headings, s.seen)
	for n := h1.Parent; n != nil && len(s.above) < 100; n = n.Parent {
		s.above = append(s.above, n)
	}
}

// shown adds the dates that stand in the page.
func (s *Survey) shown(f *Facts, c customs) {
	begin := len(f.Dates)
	var from []*timed
	for i := range s.times {
		t := &s.times[i]
		d, x := t.read(c)
		if d.date.IsZero() || x.Role == elsewhere {
			continue
		}
		switch {
		case t.prop:
			x.From, x.Role = FromMicrodata, ForPublished
		case t.stated != "":
			x.From = FromTime
		default:
			x.From = FromText
		}
		x.Date, x.Swapped, x.Clock = d.date, d.swapped, d.clock
		if t.changed {
			x.Role = ForModified
		}
		if n := len(from); n > 0 && holds(from[n-1].node, t.node) && dayOf(f.Dates[begin+n-1].Date) == dayOf(x.Date) && f.Dates[begin+n-1].From == FromText {
			// The same words once more, closer. A theme's class "updated" says little inside one for the date of an entry.
			if x.Role == ForModified && f.Dates[begin+n-1].Role == Unsaid && from[n-1].rank == 5 {
				x.Role = Unsaid
			}
			f.Dates, from = f.Dates[:begin+n-1], from[:n-1]
		}
		f.Dates, from = append(f.Dates, x), append(from, t)
	}
	said := map[string]int64{} // the day that the first place with these names shows
	differ := map[bool]bool{}  // by role: whether microdata do not agree
	days := map[bool]int64{}
	for i, t := range from {
		x := &f.Dates[begin+i]
		if !t.prop {
			continue
		}
		if day, seen := days[t.changed]; seen && day != dayOf(x.Date) {
			differ[t.changed] = true
		} else {
			days[t.changed] = dayOf(x.Date)
		}
	}
	alone, only := true, int64(0) // no other day is shown outside of teasers and comments
	for i, t := range from {
		x := &f.Dates[begin+i]
		x.Points = t.points()
		if t.prop && !differ[t.changed] {
			x.Points = 84
			continue
		}
		x.Points += s.nearness(t)
		if x.Role == ForPublished && x.Line {
			x.Points += 14
		}
		if !x.Line && t.stated == "" {
			x.Points -= 20
		}
		if s.beside(t.node) {
			x.Points -= 40
		} else if x.Role != ForModified {
			alone = alone && (only == 0 || only == dayOf(x.Date))
			only = dayOf(x.Date)
		}
		if day, seen := said[t.class]; t.class != "" && seen && day != dayOf(x.Date) { // a row of teasers
			x.Points -= 15
		} else if t.class != "" && !seen {
			said[t.class] = dayOf(x.Date)
		}
		x.Points = max(x.Points, 1)
	}
	for i, t := range from {
		if x := &f.Dates[begin+i]; alone && dayOf(x.Date) == only && x.Line && x.Points < 50 && !t.prop {
			x.Points += 12
		}
	}
}

// nearness is what the distance from the headline is worth.
func (s *Survey) nearness(t *timed) int {
	distance, after := s.fromHeading(t.at)
	switch {
	case distance < 0: // no headline
		return 0
	case distance <= 24 && after:
		return 29 - distance/3
	case distance <= 24:
		return 25 - distance/3
	case distance <= 60:
		return 8
	case after:
		return -12
	}
	return -20
}

// holds tells whether one node is not far above another.
func holds(above, n *html.Node) bool {
	for range 6 {
		if n == nil || n == above {
			break
		}
		n = n.Parent
	}
	return n != nil && n == above
}

// read reads a place that shows a date: what it states for machines, and what it shows.
func (t *timed) read(c customs) (found, Sighting) {
	d := statedBy(t.stated, c)
	x := Sighting{Role: elsewhere}
	var shown found
	inLine(t.text, c, func(y Sighting, f found) {
		// The first date, unless that is of the last change, or none of the article's, and another follows.
		if shown.date.IsZero() || x.Role == elsewhere || x.Role == ForModified && y.Role == ForPublished {
			x, shown = y, f
		}
	})
	switch {
	case shown.date.IsZero():
		x.Role, x.Line = Unsaid, t.text != "" && len(t.text) < 30
	case d.date.IsZero():
		return shown, x
	case d.date.DayOnly && d.clock < 0:
		d.clock = shown.clock
	}
	return d, x
}

// about tells what the text around a date makes of it: its role, and whether it is a
// line that says no more than that.
func about(text string, from int, d found) (role Role, line bool) {
	role, _ = labelled(text[from:d.start])
	rest := d.start + max(0, len(text)-d.end)
	return role, rest <= 40 || role != Unsaid && rest <= 80 || d.start <= 24 && rest <= 120 && apart(text[d.end:]) && !sentence(text)
}

// apart tells a text that begins with a sign that sets it apart from the date before it.
func apart(rest string) bool {
	rest = strings.TrimLeft(rest, " \u00a0")
	for _, sign := range []string{"-", "–", "—", "|", "/", "·", "•", ".", ",", ":", "("} {
		if strings.HasPrefix(rest, sign) {
			return true
		}
	}
	return rest == ""
}

// sentence tells a text that ends as sentences do.
func sentence(text string) bool {
	return len(text) > 60 && strings.IndexByte(".!?", text[len(text)-1]) >= 0
}

// InLine reads the dates of a line of visible text, and what the words before each say of it.
func (f *Facts) InLine(text string) []Sighting {
	var out []Sighting
	inLine(text, customs{language: f.Language, monthFirst: f.MonthFirst}, func(x Sighting, _ found) {
		if x.Role != elsewhere {
			x.From = FromText
			out = append(out, x)
		}
	})
	return out
}

// inLine calls see for each of the first three dates of a text.
func inLine(text string, c customs, see func(Sighting, found)) {
	for from, n := 0, 0; n < 3; n++ {
		d, ok := written(text, from, c)
		if !ok {
			return
		}
		x := Sighting{Date: d.date, Swapped: d.swapped, Clock: d.clock, Opens: d.start < 24}
		x.Role, x.Line = about(text, from, d)
		see(x, d)
		from = d.end
	}
}

// points of the place alone.
func (t *timed) points() int {
	switch t.rank {
	case 1:
		return 66
	case 2:
		return 52
	case 3, 4:
		return 44
	case 5:
		return 46
	case 6:
		return 34
	}
	return 24
}

// fromHeading gives how many elements stand between a place and the headline; -1 without a headline.
func (s *Survey) fromHeading(at int) (distance int, after bool) {
	distance = -1
	for _, h := range s.headings {
		d := at - h
		if d < 0 {
			d = -d
		}
		if distance < 0 || d < distance {
			distance, after = d, at >= h
		}
	}
	return distance, after
}

// beside tells a node that stands in what is no part of the article: comments,
// teasers, the page's frame. What holds the headline, too, is none of these.
func (s *Survey) beside(n *html.Node) bool {
	for depth := 0; n != nil && depth < 14 && !slices.Contains(s.above, n); n, depth = n.Parent, depth+1 {
		switch n.DataAtom {
		case atom.Nav:
			return true
		case atom.Footer, atom.Aside:
			if p := n.Parent; p == nil || p.DataAtom != atom.Article || !slices.Contains(s.above, p) {
				return true
			}
		case atom.Body, atom.Html:
			return false
		}
		for _, a := range n.Attr {
			if (a.Key == "class" || a.Key == "id") && s.classed(a.Val).undated {
				return true
			}
		}
	}
	return false
}

// datedNames are the meta elements that state dates, in an order that does not change from run to run.
func (s *Survey) datedNames() (names []string) {
	for name := range s.metas {
		if _, ok := nameRole(name); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
