package change

import (
	"html"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pressmark/extract"
)

// A line is one line of one block, cut into tokens. Most blocks are one line;
// in texts that were flattened a list may be several.
type line struct {
	block  int
	kind   extract.BlockKind
	text   string
	tokens []token
	first  int // its sentences in the document
	end    int
}

// A sentence is a run of a line's tokens. It is the unit that is matched.
type sentence struct {
	line int
	from int // tokens of the line
	to   int
	key  uint64 // equal for sentences that read the same
	size int    // tokens that are not mere punctuation
}

// A document is an article made ready for comparison.
type document struct {
	language  string
	lines     []line
	sentences []sentence
	learned   map[lineKey]bool // lines that are furniture as the other version knows
}

// longest is the largest number of bytes of one article that is compared.
// No article comes near; what is beyond is a data dump and left out on both sides.
const longest = 4 << 20

func read(l *lexicon, a extract.Article) *document {
	d := &document{language: a.Language}
	room, all := longest, 0
	for _, b := range a.Blocks {
		all += len(b.Text)
	}
	l.expect(min(all, longest))
	for i, b := range a.Blocks {
		for text := range strings.SplitSeq(b.Text, "\n") {
			text = strings.TrimSpace(plain(text))
			if text == "" || len(text) > room {
				continue
			}
			room -= len(text)
			d.add(l, line{block: i, kind: b.Kind, text: text, tokens: l.tokens(text)})
		}
	}
	return d
}

func (d *document) add(l *lexicon, x line) {
	x.first = len(d.sentences)
	for from := 0; from < len(x.tokens); {
		to := sentenceEnd(l, x.text, x.tokens, from)
		s := sentence{line: len(d.lines), from: from, to: to}
		s.key, s.size = fingerprint(x.tokens[from:to])
		if s.size > 0 {
			d.sentences = append(d.sentences, s)
		}
		from = to
	}
	x.end = len(d.sentences)
	if x.end > x.first {
		// Stray marks before, between and after belong to their neighbours.
		d.sentences[x.first].from = 0
		for i := x.first; i+1 < x.end; i++ {
			d.sentences[i].to = d.sentences[i+1].from
		}
		d.sentences[x.end-1].to = len(x.tokens)
		d.lines = append(d.lines, x)
	}
}

func (d *document) tokens(s sentence) []token { return d.lines[s.line].tokens[s.from:s.to] }

// text is the sentence as it stands in the line.
func (d *document) text(s sentence) string { return d.between(s.line, s.from, s.to) }

func (d *document) between(line, from, to int) string {
	x := &d.lines[line]
	return x.text[x.tokens[from].start:x.tokens[to-1].end]
}

func (d *document) size() int {
	n := 0
	for _, s := range d.sentences {
		n += s.size
	}
	return n
}

// plain gives the text as a browser shows it: entities that were left are
// read, and letters have their accents in one way.
func plain(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return norm.NFC.String(s)
}

// fingerprint is a hash of the tokens that a reader reads, and their number.
func fingerprint(ts []token) (key uint64, n int) {
	key = 14695981039346656037
	for _, t := range ts {
		if t.class == mark {
			continue
		}
		key = (key ^ uint64(t.id)) * 1099511628211
		key ^= key >> 29
		n++
	}
	return key, n
}

// sentenceEnd finds the token after the sentence that begins at from.
func sentenceEnd(l *lexicon, text string, ts []token, from int) int {
	for i := from; i < len(ts); i++ {
		if ts[i].class == word || ts[i].class == number {
			if i > from && ts[i].spaced && ts[i].script == clusterScript && clause(ts, i) {
				return i
			}
			continue
		}
		switch r := firstRune(text[ts[i].start:]); r {
		case '。', '！', '？', '｡':
			return closing(text, ts, i+1)
		case '.', '!', '?', '…', '؟', '۔', '।', '॥', '።', '។', '။':
			j := closing(text, ts, i+1)
			if j == len(ts) {
				return j
			}
			if !ts[j].spaced || !begins(text, ts, j) || r == '.' && i > from && abbreviates(l, ts, i) {
				i = j - 1
				continue
			}
			return j
		}
	}
	return len(ts)
}

// clause reports whether the space before token i parts two sentences of Thai
// or Lao, which have no full stop: those between names and numbers have little
// on one side of them. It looks no further than the spaces around it, so that
// an edit moves no other end of a sentence.
func clause(ts []token, i int) bool {
	const long = 9
	n := 0
	for k := i - 1; k >= 0 && ts[k].script == clusterScript && ts[k].class == word; k-- {
		if n++; n == long || ts[k].spaced {
			break
		}
	}
	if n < long {
		return false
	}
	n = 0
	for k := i; k < len(ts) && ts[k].script == clusterScript && ts[k].class == word && (k == i || !ts[k].spaced); k++ {
		if n++; n == long {
			return true
		}
	}
	return false
}

// closing skips the marks that close a sentence after its stop.
func closing(text string, ts []token, i int) int {
	for i < len(ts) && !ts[i].spaced {
		switch firstRune(text[ts[i].start:]) {
		case '"', '”', '’', '\'', '»', ')', ']', '」', '』', '）', '.', '!', '?', '…', '“', '。', '！', '？':
			i++
			continue
		}
		break
	}
	return i
}

// begins reports whether a sentence may begin at token i: not with a small letter.
func begins(text string, ts []token, i int) bool {
	for ; i < len(ts) && ts[i].class == mark; i++ {
	}
	if i == len(ts) {
		return false
	}
	r := firstRune(text[ts[i].start:])
	return ts[i].class != word || ts[i].upper || !isLower(r)
}

// abbreviates reports whether the full stop at token i belongs to the word before it.
func abbreviates(l *lexicon, ts []token, i int) bool {
	before := ts[i-1]
	if before.class != word || ts[i].spaced {
		return false
	}
	return singleLetters(l.words[before.id]) || abbreviations()[l.lower(before.id)]
}

var abbreviations = words(`
mr mrs ms dr prof sen rep gov gen lt col sgt capt adm hon rev st jr vs etc inc ltd co corp dept est fig al approx
jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri calif mass fla pa ore wis mich ill conn ariz
bzw ca ggf nr str hl tel usw vgl evtl mio mrd mme mlle mm sra srta ud sig dott ing avv dhr mevr drs ir blz resp sres exmo`)

// words is a set of words that is made when it is first asked for.
func words(list string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		m := map[string]bool{}
		for w := range strings.FieldsSeq(list) {
			m[w] = true
		}
		return m
	})
}
