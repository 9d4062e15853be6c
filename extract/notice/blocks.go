package notice

import (
	"math/bits"
	"strings"
	"unicode"
)

// Options say what is known of the text.
type Options struct {
	Language string // BCP 47, when it is known; the rules work without
	Page     *Page  // the page that the text is of, after Prune; where nothing of a notice is left on it, none is looked for
	Flat     bool   // the text was flattened long ago: buttons are lines or stuck to sentences, markup is gone
}

// Blocks takes notices out of the paragraphs of one text, given in reading
// order. kept has as many entries as texts: the text itself, a shortened text
// when a notice was glued to it, or "" when the block went whole.
func Blocks(texts []string, o Options) (kept []string, removed []Removal) {
	kept = append([]string(nil), texts...)
	var hot []bool
	if o.Page != nil && !o.Page.warm() {
		hot = make([]bool, len(texts))
	}
	x := words()
	gone := map[int][]span{} // bytes, by block
	for _, s := range x.sheets(texts) {
		removed = append(removed, Removal{Kind: "notice", Rule: "text/dialog", Text: strings.Join(texts[s.from:s.to], "\n")})
		for b := s.from; b < s.to; b++ {
			gone[b] = []span{{0, len(texts[b])}}
		}
	}
	for b, text := range texts {
		if o.Page != nil && hot != nil { // nothing of a notice is left on the page
			break
		}
		if s, ok := x.sortedIn(text); ok && gone[b] == nil {
			removed = append(removed, Removal{Kind: "notice", Rule: "text/dialog", Text: text[s.from:s.to]})
			gone[b] = []span{s}
			for next := b + 1; s.to == len(text) && next < len(texts) && x.buttons(texts[next]); next++ {
				gone[next] = []span{{0, len(texts[next])}}
			}
		}
	}
	for b, spans := range gone {
		kept[b] = without(texts[b], spans)
	}
	if len(gone) > 0 {
		texts, gone = append([]string(nil), kept...), map[int][]span{}
	}
	t := newText(x, texts, hot, o.Language)
	var out []run
	for _, r := range t.runs() {
		if t.decide(r, evidence{flat: o.Flat}) {
			out = append(out, r)
		}
	}
	if r, ok := t.foreign(); ok && len(out) == 0 {
		out = append(out, r)
	}
	for _, r := range out {
		removed = append(removed, t.cut(r, gone))
	}
	for b, spans := range gone {
		kept[b] = without(texts[b], spans)
	}
	for i, k := range kept {
		if kind := t.x.residue(k); kind != "" {
			removed = append(removed, Removal{Kind: kind, Rule: "line/" + kind, Text: k})
			kept[i] = ""
		}
	}
	return kept, removed
}

// cut notes which bytes of which blocks a run takes.
func (t *text) cut(r run, gone map[int][]span) Removal {
	var parts []string
	for i := r.first; i <= r.last; {
		b := t.list[i].block
		end := min(t.begin[b+1]-1, r.last)
		s := span{t.list[i].start, t.list[end].end}
		parts = append(parts, t.blocks[b][s.from:s.to])
		gone[b] = append(gone[b], s)
		i = end + 1
	}
	lang, kind := t.voice(r)
	rule := "text/consent"
	if lang != "" {
		rule += "-" + lang
	}
	return Removal{Kind: kind, Rule: rule, Text: strings.Join(parts, "\n")}
}

// voice tells the language of a run's clearest sentence, and what kind of notice that makes it.
func (t *text) voice(r run) (lang, kind string) {
	best := r.first
	for i := r.first; i <= r.last; i++ {
		if t.at(i).score > t.at(best).score {
			best = i
		}
	}
	s := t.at(best)
	if i := bits.TrailingZeros64(uint64(s.lang)); i < len(t.x.names) {
		lang = t.x.names[i]
	}
	if s.has(act) && s.has(embedded, provider) && !s.has(site) {
		return lang, "placeholder"
	}
	return lang, "notice"
}

// without drops spans, given in order, and the space that is too much then.
func without(s string, spans []span) string {
	var b strings.Builder
	at := 0
	for _, x := range spans {
		b.WriteString(s[at:x.from])
		if at = x.to; strings.TrimRightFunc(s[:x.from], unicode.IsSpace) != s[:x.from] { // one space is enough
			at += len(s[at:]) - len(strings.TrimLeftFunc(s[at:], unicode.IsSpace))
		}
	}
	b.WriteString(s[at:])
	return strings.TrimSpace(b.String())
}
