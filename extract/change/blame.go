package change

import (
	"slices"
	"strings"

	"pressmark/extract"
)

// A Standing is one sentence of an article, or its headline or byline, and
// since when it stands.
type Standing struct {
	Where     string
	Block     int // of the article's blocks; -1 outside the text
	Text      string
	Since     int    // the first of the versions from which on it stands in these words
	First     int    // …or in other words
	Moved     int    // the last version that set it to another place; 0 for none
	Was       string // what stood in its place before Since
	Earlier   []Run  // versions that had it before, and then had it no longer
	Unseen    bool   // the version before Since showed only the beginning of the text
	Furniture bool   // no part of the article
}

// A Run is some versions that follow each other, both ends among them.
type Run struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// A Blame follows each sentence of a page through its versions. A sentence that
// moved, or whose paragraph was cut anew, keeps its date.
type Blame struct {
	l       *lexicon
	doc     *document // of the version added last
	last    Snapshot
	n       int
	lines   []Standing // of the sentences of doc
	title   Standing
	byline  Standing
	seen    map[lineKey][]Run // by sentence
	titles  map[string][]Run
	bylines map[string][]Run
	out     map[lineKey]int // what is left out as learned, and since when it is on the page
}

// NewBlame begins with no version.
func NewBlame() *Blame {
	return &Blame{l: newLexicon(), seen: map[lineKey][]Run{}, titles: map[string][]Run{}, bylines: map[string][]Run{}}
}

// Add takes version n, which came after those added before.
func (b *Blame) Add(n int, s Snapshot) {
	d := read(b.l, s.Article)
	unseen := b.doc != nil && b.last.Article.Kind == extract.Partial && s.Article.Kind != extract.Partial
	lines := make([]Standing, len(d.sentences))
	for j := range lines {
		lines[j] = Standing{Where: whereText, Block: d.block(j), Text: d.text(d.sentences[j]), Since: n, First: n, Unseen: unseen}
	}
	if b.doc != nil {
		b.doc.known(b.l, s.Article)
		b.follow(n, d, lines)
	}
	for j := range lines {
		x, key := &lines[j], keyOf(d.tokens(d.sentences[j]))
		if x.Since == n {
			x.Earlier = ended(b.seen[key], b.n)
			// A line that was taken for furniture stood on the page all the same.
			if since, ok := b.out[keyOf(d.lines[d.sentences[j].line].tokens)]; ok {
				x.Since, x.First, x.Was, x.Unseen, x.Earlier = since, since, "", false, nil
			}
		}
		if x.Unseen && x.Since == n {
			x.First, x.Was = n, ""
		}
	}
	for _, x := range d.sentences {
		key := keyOf(d.tokens(x))
		b.seen[key] = extend(b.seen[key], b.n, n)
	}
	b.remember(n, s.Article)
	if text := headline(s); text != "" {
		b.title = b.single(b.title, b.titles, n, whereTitle, headlineKey(b.l, text), text)
	}
	names := people(s.Article.Byline)
	b.byline = b.single(b.byline, b.bylines, n, whereByline, strings.Join(keys(names), "\n"), strings.Join(names, ", "))
	b.doc, b.last, b.n, b.lines = d, s, n, lines
}

// follow hands over what is known of the last version's sentences to those of
// the next one that are the same.
func (b *Blame) follow(n int, d *document, lines []Standing) {
	m := match(b.l, b.doc, d)
	c := newComparer(b.l, b.doc, d)
	for _, s := range m.steps() {
		switch s.op {
		case "":
			b.keep(d, lines, s, 0)
		case Move, Replace:
			moved := 0
			if s.op == Move {
				moved = n
			}
			if len(c.replacement(m, s, false).Kinds) == 0 {
				b.keep(d, lines, s, moved)
				continue
			}
			was := b.doc.passage(s.i1, s.i2).String()
			first, before := n, 0
			for i := s.i1; i < s.i2; i++ {
				first, before = min(first, b.lines[i].First), max(before, b.lines[i].Moved)
			}
			for j := s.j1; j < s.j2; j++ {
				lines[j].First, lines[j].Was, lines[j].Moved = first, was, max(moved, before)
			}
		}
	}
}

// keep hands over the dates of a stretch that reads the same. Where its
// sentences are cut otherwise, each is as new as the newest that it has words of.
func (b *Blame) keep(d *document, lines []Standing, s step, moved int) {
	i, oldEnd, newEnd := s.i1, b.doc.sentences[s.i1].size, 0
	for j := s.j1; j < s.j2; j++ {
		newEnd += d.sentences[j].size
		x := b.lines[i]
		for oldEnd < newEnd && i+1 < s.i2 {
			i++
			oldEnd += b.doc.sentences[i].size
			x = x.joined(b.lines[i])
		}
		if oldEnd == newEnd && i+1 < s.i2 {
			i++
			oldEnd += b.doc.sentences[i].size
		}
		x.Block, x.Text, x.Moved = lines[j].Block, lines[j].Text, max(x.Moved, moved)
		lines[j] = x
	}
}

// joined is what is known of two sentences that became one.
func (x Standing) joined(y Standing) Standing {
	if y.Since > x.Since {
		x, y = y, x
	}
	x.First, x.Moved, x.Earlier = min(x.First, y.First), max(x.Moved, y.Moved), nil
	return x
}

// single follows what an article has one of.
func (b *Blame) single(x Standing, had map[string][]Run, n int, where, key, text string) Standing {
	if key == "" {
		return Standing{}
	}
	k := len(had[key])
	stood, earlier := x.Since > 0 && k > 0 && had[key][k-1].To == b.n, ended(had[key], b.n)
	had[key] = extend(had[key], b.n, n)
	if stood {
		x.Text = text
		return x
	}
	y := Standing{Where: where, Block: -1, Text: text, Since: n, First: n, Was: x.Text, Earlier: earlier}
	if x.Since > 0 {
		y.First = x.First
	}
	return y
}

// remember notes since when the lines are on the page that are left out of the
// article because of what was learned.
func (b *Blame) remember(n int, a extract.Article) {
	was := map[lineKey]int{}
	if b.doc != nil {
		for at := range b.doc.lines {
			x := &b.doc.lines[at]
			was[keyOf(x.tokens)] = b.lines[x.first].Since
		}
	}
	out := map[lineKey]int{}
	for key := range learned(b.l, a) {
		switch {
		case b.out[key] > 0:
			out[key] = b.out[key]
		case was[key] > 0:
			out[key] = was[key]
		default:
			out[key] = n
		}
	}
	b.out = out
}

// Later says that what a later version leaves out as learned is furniture.
func (b *Blame) Later(a extract.Article) {
	if b.doc != nil {
		b.doc.known(b.l, a)
	}
}

// Standings lists the headline, the byline and the sentences of the version
// that was added last, in reading order.
func (b *Blame) Standings() []Standing {
	if b.doc == nil {
		return nil
	}
	var out []Standing
	for _, x := range []Standing{b.title, b.byline} {
		if x.Since > 0 {
			out = append(out, x)
		}
	}
	all := make([]int, len(b.lines))
	for i := range all {
		all[i] = i
	}
	skip := make([]bool, len(all))
	furniture(b.l, b.doc, all, skip)
	for i, x := range b.lines {
		x.Furniture = skip[i]
		out = append(out, x)
	}
	return out
}

// ended gives the runs that ended before version last.
func ended(runs []Run, last int) []Run {
	if n := len(runs); n == 0 || runs[n-1].To >= last {
		return nil
	}
	return slices.Clone(runs)
}

// extend adds version n, after last, to runs.
func extend(runs []Run, last, n int) []Run {
	if k := len(runs); k > 0 && (runs[k-1].To == last || runs[k-1].To == n) {
		runs[k-1].To = n
		return runs
	}
	return append(runs, Run{n, n})
}
