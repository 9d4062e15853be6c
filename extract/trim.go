package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"pressmark/extract/meta"
)

// A trimmer takes out of a body what stands among the text and is not the article.
type trimmer struct {
	o     *outline
	title string
	facts *meta.Facts
	in    []int    // pieces of the body
	gone  []mark   // why each goes; 0 for what stays
	rules []string // by which rule
	flow  int32    // the element right inside which most of the prose stands
}

// trim gives the pieces that stay, in order, and the evidence of those that go.
func (o *outline) trim(b body, title string, facts *meta.Facts) ([]int, []Removal) {
	b.pieces = o.withNotes(b.pieces)
	t := &trimmer{o: o, title: title, facts: facts, in: b.pieces, gone: make([]mark, len(b.pieces)), rules: make([]string, len(b.pieces))}
	t.flow = o.flow(t.in)
	t.repeated()
	t.phrases()
	t.pleas()
	t.links()
	t.captions()
	t.spoken()
	t.headline()
	t.top()
	t.tail()
	t.end()
	t.labels()
	t.unstated()
	t.boxes()
	t.remembered()
	t.danglingHeadings()
	o.trace.trimmed(t)
	var keep []int
	removed := b.removed
	for i := 0; i < len(t.in); i++ {
		if t.gone[i] == 0 {
			keep = append(keep, t.in[i])
			continue
		}
		j := i + 1
		for j < len(t.in) && t.gone[j] == t.gone[i] && t.rules[j] == t.rules[i] {
			j++
		}
		removed = append(removed, o.removal(t.in[i:j], t.gone[i], ruleName(t.rules[i])))
		i = j - 1
	}
	return keep, removed
}

// notes tells whether a line is the paper's note on its article, and no link.
func (t *trimmer) notes(i int) bool {
	p := t.at(i)
	return p.linked*2 <= p.runes && p.runes >= 20 && notes(p.text)
}

func (t *trimmer) at(i int) *piece { return &t.o.pieces[t.in[i]] }

func (t *trimmer) drop(i int, why mark, rule string) {
	if t.gone[i] == 0 {
		t.gone[i], t.rules[i] = why, rule
	}
}

// repeated drops copies: a long text said twice (for narrow and wide screens),
// and short lines that come again and again, as only furniture does.
func (t *trimmer) repeated() {
	type same struct { // pieces
		count int
		seen  bool
		last  int32 // the parent of the last that was seen
	}
	keys := make(map[string]int, len(t.in))
	all, of := make([]same, 0, len(t.in)), make([]int, len(t.in))
	for i := range t.in {
		p := t.at(i)
		p.key = bare(p.text)
		if p.kind != Row && p.kind != Preformatted {
			k, ok := keys[p.key]
			if !ok {
				k = len(all)
				all, keys[p.key] = append(all, same{}), k
			}
			all[k].count++
			of[i] = k
		}
	}
	if len(all) == len(t.in) { // as mostly
		t.pulled()
		return
	}
	for i := range t.in {
		p := t.at(i)
		if p.kind == Row || p.kind == Preformatted || p.key == "" || all[of[i]].count < 2 {
			continue
		}
		s := &all[of[i]]
		switch {
		case p.runes >= 40 || p.weight > 0:
			if s.seen && !(p.tag == atom.P && s.last == t.o.elements[p.in].parent) { // a refrain stands beside what it repeats
				t.drop(i, boilerplateMark, "repeated")
			}
		case p.kind == Paragraph && (s.count > 2 && p.tag != atom.P && !strings.HasSuffix(p.text, ":") || p.linked*2 > p.runes) && len(t.in) > 6:
			t.drop(i, boilerplateMark, "repeated")
		}
		s.seen, s.last = true, t.o.elements[p.in].parent
	}
	t.pulled()
}

// spoken takes a sentence back that was dropped as a copy, where what it copies
// went as a caption: the text says it too.
func (t *trimmer) spoken() {
	var captions map[string]bool
	for i := range t.in {
		if t.rules[i] == "picture" {
			if captions == nil {
				captions = map[string]bool{}
			}
			captions[t.at(i).key] = true
		}
	}
	for i := range t.in {
		if p := t.at(i); captions[p.key] && t.rules[i] == "repeated" && p.weight > 0 {
			t.gone[i], t.rules[i] = 0, ""
			delete(captions, p.key)
		}
	}
}

// pulled drops quotations that only repeat in large type what the text says.
func (t *trimmer) pulled() {
	looks := 50
	for i := range t.in {
		p := t.at(i)
		if p.kind != Quote || t.gone[i] != 0 || len(p.key) < 20 || p.runes > 400 || looks == 0 {
			continue
		}
		looks--
		for j := range t.in {
			if q := t.at(j); q.kind != Quote && len(q.key) > len(p.key) && strings.Contains(q.key, p.key) {
				t.drop(i, boilerplateMark, "pulled")
				break
			}
		}
	}
}

// headline drops the page's title where it stands again at the head of the text.
func (t *trimmer) headline() {
	title := bare(t.title)
	for i := range t.in {
		p := t.at(i)
		if t.gone[i] == 0 && p.kind == Heading && p.level == 1 && (i < 12 || p.key == title) {
			t.drop(i, titleMark, "headline")
			continue
		}
		if i > 15 || p.runes > 300 || p.key == "" {
			continue
		}
		if p.key == title && p.weight < 120 {
			t.drop(i, titleMark, "headline")
			continue
		}
		for _, c := range t.facts.Titles {
			if len(c.Text) > 12 && p.kind == Heading && bare(c.Text) == p.key {
				t.drop(i, titleMark, "headline")
			}
		}
	}
}

// labels drops short lines outside of paragraphs, captions and labels mostly,
// on pages that set their text in paragraphs.
func (t *trimmer) labels() {
	set, all := 0, 0
	for i := range t.in {
		if p := t.at(i); t.gone[i] == 0 {
			all += p.weight
			if p.tag == atom.P {
				set += p.weight
			}
		}
	}
	if set*10 < all*8 {
		return
	}
	for i := range t.in {
		p := t.at(i)
		if t.gone[i] == 0 && p.kind == Paragraph && p.tag != atom.P && p.weight == 0 && p.runes < 120 && !sentence(p.text) && !p.strong && !t.notes(i) {
			t.drop(i, boilerplateMark, "label")
		}
	}
}

// unstated drops what follows the article's last stated sentence, and doubtful
// lines within, when the page states the whole article for machines.
func (t *trimmer) unstated() {
	a := t.o.anchor
	if a == nil || !a.whole {
		return
	}
	stated, all, last := 0, 0, -1
	for i := range t.in {
		if t.gone[i] != 0 {
			continue
		}
		w := t.at(i).weight
		all += w
		if a.states(t.in[i]) {
			stated += w
			if w > 0 {
				last = i
			}
		}
	}
	if stated*100 < all*60 {
		return
	}
	for i := range t.in {
		p := t.at(i)
		if a.said[t.in[i]] > 0.2 || p.runes < 25 && i < last || t.notes(i) {
			continue
		}
		if i > last || i < last && p.kind == Paragraph && (p.linked*10 > p.runes*3 || !sentence(p.text)) && i > 2 {
			t.drop(i, boilerplateMark, "unstated")
		}
	}
}

// boxes drops "in short" summaries: their heading and the list under it.
func (t *trimmer) boxes() {
	for i := range t.in {
		p := t.at(i)
		if t.gone[i] != 0 || phrases[p.key]&factMark == 0 || p.runes > 40 {
			continue
		}
		j := i + 1
		for j < len(t.in) && t.at(j).kind == Item {
			j++
		}
		if j > i+1 && j-i < 10 {
			for k := i; k < j; k++ {
				t.drop(k, factMark, "box")
			}
		}
	}
}

// danglingHeadings drops headings whose text went.
func (t *trimmer) danglingHeadings() {
	next := -1 // the piece that stays after i
	for i := len(t.in) - 1; i >= 0; i-- {
		p := t.at(i)
		if t.gone[i] != 0 {
			continue
		}
		if p.kind == Heading && !t.notes(i) {
			lost := i+1 < len(t.in) && t.gone[i+1] != 0 && t.gone[i+1]&titleMark == 0
			if next < 0 || lost && t.at(next).kind == Heading && t.at(next).level <= p.level {
				t.drop(i, boilerplateMark, "heading")
				continue
			}
		}
		next = i
	}
}
