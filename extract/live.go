package extract

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/meta"
)

// A post is one entry of a live blog.
type post struct {
	element int32
	time    meta.Date
}

// live finds the posts of a live blog, in the page's order: siblings built
// alike, most with a time of their own, that hold most of the page's text. The
// page must say that it is one, in JSON-LD, in its title, in the names of the
// posts, or by a time of day at the head of each.
func (o *outline) live(title string, f *meta.Facts) []post {
	said := false
	for _, t := range f.Types {
		said = said || t == "LiveBlogPosting"
	}
	clocks := 0
	for i := range o.pieces {
		if p := &o.pieces[i]; p.runes <= clockLength && clockLike(p.text) {
			clocks++
		}
	}
	if !said && clocks < 3 {
		return nil
	}
	named := said || liveTitle(title)
	total := o.elements[0].prose
	var best []post
	most := total / 2
	if said {
		most = total * 3 / 10
	}
	for _, row := range o.rows(said) {
		prose, heads, own := 0, 0, strings.Contains(strings.ToLower(attribute(o.elements[row[0]].node, "class")), "live")
		for _, i := range row {
			e := &o.elements[i]
			prose += e.prose
			if p := &o.pieces[e.first]; p.runes <= clockLength && clockLike(p.text) {
				heads++
			}
		}
		if prose <= most || !named && !own && heads*10 < len(row)*6 {
			continue
		}
		if posts := o.timed(row, f); posts != nil {
			best, most = posts, prose
		}
	}
	for _, p := range best { // a post may look like a teaser
		e := &o.elements[p.element]
		for j := p.element; int(j) < len(o.elements) && o.elements[j].first < e.last; j++ {
			if x := &o.elements[j]; x.cut == relatedMark && (x.word == "card" || j == p.element) {
				x.cut = 0
			}
		}
	}
	return best
}

// rows gives the elements that stand in rows: those with the same tag and
// class, else with the same tag under one parent.
func (o *outline) rows(said bool) [][]int32 {
	type look struct {
		parent int32
		tag    atom.Atom
		class  string
	}
	rows := map[look][]int32{}
	var order []look
	for i := range o.elements {
		e := &o.elements[i]
		if i == 0 || e.first == e.last || e.cut&(commentsMark|navigationMark|hiddenMark) != 0 || leafTag(e.tag) && e.tag != atom.Li {
			continue
		}
		k := look{tag: e.tag, class: attribute(e.node, "class")}
		k.class, _, _ = strings.Cut(strings.TrimSpace(k.class), " ")
		if k.class == "" {
			k.parent = e.parent + 1
		}
		row := rows[k]
		if n := len(row); n == 0 {
			order = append(order, k)
		} else if e.first < o.elements[row[n-1]].last {
			continue // inside one that looks the same
		}
		rows[k] = append(row, int32(i))
	}
	least := 3
	if said {
		least = 2
	}
	var out [][]int32
	for _, k := range order {
		if len(rows[k]) >= least {
			out = append(out, rows[k])
		}
	}
	return out
}

// timed gives the posts of a row with their times; nil when most have none.
func (o *outline) timed(row []int32, f *meta.Facts) []post {
	stated := map[string]meta.Date{} // by how a post's text begins
	for _, u := range f.Updates {
		for _, s := range []string{u.Body, u.Headline} {
			if k := beginning(bare(s)); k != "" {
				stated[k] = u.Time
			}
		}
	}
	posts := make([]post, 0, len(row))
	found := 0
	day := newCalendar(f)
	for _, i := range row {
		e := &o.elements[i]
		at, clock := postTime(e.node)
		for j := e.first; j < e.last && at.IsZero(); j++ {
			if k := beginning(bare(o.pieces[j].text)); k != "" {
				at = stated[k]
			}
		}
		if at.IsZero() && clock >= 0 {
			at = day.on(clock)
		}
		if !at.IsZero() {
			found++
		}
		posts = append(posts, post{i, at})
	}
	if found*10 < len(row)*6 {
		return nil
	}
	return posts
}

// beginning is the head of a text's letters, as far as a short form of it would go.
func beginning(key string) string {
	if len(key) < 24 {
		return ""
	}
	return key[:cutAt(key, 60)]
}

// searched is how many nodes of a post are looked at for its time, which stands at its head.
const searched = 300

// postTime finds the time of a post: what its elements state, else the first
// time of day in it, in minutes; -1 when there is none.
func postTime(root *html.Node) (meta.Date, int) {
	clock, left := -1, searched
	for n := range root.Descendants() {
		if left--; left < 0 {
			break
		}
		if n.Type == html.TextNode {
			if clock < 0 && len(n.Data) < 80 {
				if text := strings.TrimSpace(n.Data); len(text) <= clockLength+8 {
					clock = clockIn(text)
				}
			}
			continue
		}
		if d := attributeTime(n); !d.IsZero() {
			return d, clock
		}
	}
	return attributeTime(root), clock
}

// attributeTime reads a moment from an element's attributes.
func attributeTime(n *html.Node) meta.Date {
	for _, a := range n.Attr {
		switch {
		case a.Key == "datetime", a.Key == "content" && strings.HasPrefix(attribute(n, "itemprop"), "date"):
			if d := meta.Stated(a.Val); !d.IsZero() && !d.DayOnly {
				return d
			}
		case strings.HasPrefix(a.Key, "data-time"), strings.HasPrefix(a.Key, "data-date"), strings.HasPrefix(a.Key, "data-publish"):
			if d := machineTime(a.Val); !d.IsZero() {
				return d
			}
		}
	}
	return meta.Date{}
}

// machineTime reads a moment as seconds or milliseconds since 1970, or as ISO 8601.
func machineTime(s string) meta.Date {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		if n > 1e12 {
			n /= 1000
		}
		if n < 9e8 || n > 4e9 { // between 1998 and 2096
			return meta.Date{}
		}
		return meta.Date{Time: time.Unix(n, 0).UTC()}
	}
	if len(s) < 16 {
		return meta.Date{}
	}
	if d := meta.Stated(s); !d.DayOnly {
		return d
	}
	return meta.Date{}
}
