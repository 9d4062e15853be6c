package change

import (
	"slices"
	"strings"
	"sync"
)

// A phrase is a pattern of words. In its notation a|b is either word, a? may
// be missing, * stands for up to four words, # for a number, ^ and $ are the
// two ends of a line. Small letters, no punctuation but the colon.
type phrase struct {
	atStart, atEnd bool
	parts          []part
}

type part struct {
	words    []string // "*" alone is the gap
	optional bool
}

// phrases are patterns filed under the words they may begin with.
type phrases map[string][]phrase

// compile reads one phrase a line when they are first needed.
func compile(list string) func() phrases {
	return sync.OnceValue(func() phrases {
		ps := phrases{}
		for line := range strings.Lines(list) {
			var p phrase
			for f := range strings.FieldsSeq(line) {
				switch f {
				case "^":
					p.atStart = true
				case "$":
					p.atEnd = true
				default:
					p.parts = append(p.parts, parts(f)...)
				}
			}
			ps.file(p)
		}
		return ps
	})
}

// file puts a phrase under each word that it may begin with.
func (ps phrases) file(p phrase) {
	for len(p.parts) > 0 {
		for _, w := range p.parts[0].words {
			ps[w] = append(ps[w], p)
		}
		if !p.parts[0].optional {
			return
		}
		p.parts = p.parts[1:]
	}
}

// parts cuts a field as a text is cut, so that 訂正 is two words as it is there.
func parts(f string) []part {
	bare, optional := strings.CutSuffix(f, "?")
	if bare == "*" || bare == "#" || bare == ":" {
		return []part{{words: []string{bare}, optional: optional}}
	}
	if alternatives := strings.Split(bare, "|"); len(alternatives) > 1 {
		return []part{{words: alternatives, optional: optional}}
	}
	var out []part
	for _, w := range folded(bare) {
		out = append(out, part{words: []string{w}, optional: optional})
	}
	return out
}

// folded gives the words of a text for phrases to be found in.
func folded(text string) []string {
	l := &lexicon{ids: map[string]uint32{}}
	return fold(l, text, l.tokens(text))
}

// fold gives the words of tokens for phrases to be found in. They are good
// until the lexicon folds the next.
func fold(l *lexicon, text string, ts []token) []string {
	out := l.folded[:0]
	for _, t := range ts {
		switch t.class {
		case number:
			out = append(out, "#")
		case word:
			w := l.lower(t.id)
			// l'article and d'origine are two words.
			if i := strings.IndexByte(w, '\''); i > 0 && len(w)-i > 3 {
				out = append(out, w[:i])
				w = w[i+1:]
			}
			out = append(out, w)
		case mark:
			if c := text[t.start:t.end]; c == ":" || c == "：" {
				out = append(out, ":")
			}
		}
	}
	l.folded = out
	return out
}

// in reports whether any phrase is found in the words.
func (ps phrases) in(words []string) bool {
	for at, w := range words {
		for _, p := range ps[w] {
			if (at == 0 || !p.atStart) && p.matches(words[at:]) {
				return true
			}
		}
	}
	return false
}

// matches reports whether the phrase stands at the beginning of words.
func (p phrase) matches(words []string) bool { return p.from(0, words) }

func (p phrase) from(k int, words []string) bool {
	if k == len(p.parts) {
		return !p.atEnd || len(words) == 0
	}
	x := p.parts[k]
	if x.words[0] == "*" {
		for n := 0; n <= 4 && n <= len(words); n++ {
			if p.from(k+1, words[n:]) {
				return true
			}
		}
		return false
	}
	if len(words) > 0 && slices.Contains(x.words, words[0]) && p.from(k+1, words[1:]) {
		return true
	}
	return x.optional && p.from(k+1, words)
}
