package notice

import (
	"math/bits"
	"strings"
	"unicode"
)

// Options say what is known of the text.
type Options struct {
	Language string // BCP 47, when it is known; the rules work without
	Flat     bool   // the text was flattened long ago: buttons are lines or stuck to sentences, markup is gone
}

// Blocks takes notices out of the paragraphs of one text, given in reading
// order. kept has as many entries as texts: the text itself, a shortened text
// when a notice was glued to it, or "" when the block went whole.
func Blocks(texts []string, o Options) (kept []string, removed []Removal) {
	kept = append([]string(nil), texts...)
	t := newText(words(), texts, o.Language)
	all := t.runs()
	for _, r := range all {
		if t.decide(r, all, evidence{flat: o.Flat}) {
			removed = append(removed, t.cut(r, kept))
		}
	}
	if len(removed) == 0 {
		if r, ok := t.foreign(); ok {
			removed = append(removed, t.cut(r, kept))
		}
	}
	for i, k := range kept {
		if kind := t.x.residue(k); kind != "" {
			removed = append(removed, Removal{Kind: kind, Rule: "line/" + kind, Text: k})
			kept[i] = ""
		}
	}
	return kept, removed
}

// cut takes a run out of the kept blocks.
func (t *text) cut(r run, kept []string) Removal {
	var parts []string
	for i := r.first; i <= r.last; {
		b := t.list[i].block
		end := min(t.begin[b+1]-1, r.last)
		from, to := t.list[i].start, t.list[end].end
		whole := t.blocks[b]
		parts = append(parts, whole[from:to])
		kept[b] = join(whole, kept[b], from, to)
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
		if t.list[i].score > t.list[best].score {
			best = i
		}
	}
	s := &t.list[best]
	if i := bits.TrailingZeros64(uint64(s.lang)); i < len(t.x.names) {
		lang = t.x.names[i]
	}
	if s.has(act) && s.has(embedded, provider) && !s.has(site) {
		return lang, "placeholder"
	}
	return lang, "notice"
}

// join drops whole[from:to]. Runs come in order, so what has already been cut
// from the block lies before: the end of kept is still the end of whole.
func join(whole, kept string, from, to int) string {
	gone := len(whole) - len(kept)
	if from-gone < 0 {
		from = gone
	}
	before, rest := kept[:from-gone], kept[max(to-gone, from-gone):]
	after := strings.TrimSpace(rest)
	switch {
	case after == "":
		return strings.TrimSpace(before)
	case strings.TrimSpace(before) == "":
		return strings.TrimLeftFunc(rest, unicode.IsSpace)
	case strings.TrimRightFunc(before, unicode.IsSpace) == before:
		return before + rest
	}
	return before + strings.TrimLeftFunc(rest, unicode.IsSpace)
}
