package main

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// A word of an invented text. changed says that it is not in the other version.
type wordOf struct {
	text    string
	changed bool
	ends    bool // the paragraph
}

// A text is words; edits counts the places at which it was changed.
type text struct {
	words []wordOf
	gone  []bool // of the words of the text that it was made of
	edits int
}

func (t text) String() string {
	var b strings.Builder
	for i, w := range t.words {
		b.WriteString(w.text)
		switch {
		case i == len(t.words)-1:
		case w.ends:
			b.WriteString("\n\n")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

var (
	grammar   = strings.Fields("the of and to in a is that for it was on as with by at from his her they which has were")
	syllables = strings.Fields("ka lo mi ter den bri sou val ner tor esk ami und gar pel ish ron dale mer cos tun fer lin bac")
)

// aWord is one of some 14,000 words, the common ones far more often.
func aWord(r *rand.Rand) string {
	if r.IntN(5) < 2 {
		return grammar[r.IntN(len(grammar))]
	}
	w := ""
	for range 2 + r.IntN(2) {
		x := r.Float64()
		w += syllables[int(x*x*float64(len(syllables)))]
	}
	return w
}

// invent writes a text of about n words in sentences and paragraphs.
func invent(n int, seed uint64) text {
	r := rand.New(rand.NewPCG(seed, 11))
	var t text
	for len(t.words) < n {
		for range 2 + r.IntN(2) { // sentences of a paragraph
			k := 12 + r.IntN(14)
			for i := range k {
				w := aWord(r)
				switch {
				case i == 0:
					w = strings.ToUpper(w[:1]) + w[1:]
				case i == k-1:
					w += "."
				case r.IntN(12) == 0:
					w += ","
				}
				t.words = append(t.words, wordOf{text: w})
			}
		}
		t.words[len(t.words)-1].ends = true
	}
	return t
}

// edit changes one word in so many, inside of sentences.
func (t text) edit(every int, seed uint64) text {
	r := rand.New(rand.NewPCG(seed, uint64(every)))
	out := text{gone: make([]bool, len(t.words))}
	before := false // an edit beside an edit is one
	for i, w := range t.words {
		inside := i > 0 && !strings.HasSuffix(w.text, ".") && !strings.HasSuffix(w.text, ",") && strings.ToLower(w.text) == w.text
		if !inside || before || r.IntN(every) > 0 {
			out.words = append(out.words, w)
			before = false
			continue
		}
		before = true
		out.edits++
		fresh := wordOf{text: other(r, w.text), changed: true}
		switch r.IntN(4) {
		case 0:
			out.gone[i] = true
		case 1:
			out.words = append(out.words, w, fresh)
		default:
			out.gone[i] = true
			out.words = append(out.words, fresh)
		}
	}
	return out
}

// other is a word of content that is not w.
func other(r *rand.Rand, w string) string {
	for {
		if x := aWord(r); x != w && !slices.Contains(grammar, x) {
			return x
		}
	}
}

// move takes the second paragraph to the end of the text.
func (t text) move(uint64) text {
	var ends []int
	for i, w := range t.words {
		if w.ends {
			ends = append(ends, i+1)
		}
	}
	out := text{gone: make([]bool, len(t.words))}
	out.words = slices.Concat(t.words[:ends[0]], t.words[ends[1]:], t.words[ends[0]:ends[1]])
	return out
}
