package change

import (
	"slices"
	"strings"
	"unicode/utf8"

	"pressmark/extract"
)

// furniture marks, in skip, the sentences that are no part of the article and
// gives back the others. Only sentences that differ are asked about: what
// stands in both texts cannot be a change.
func furniture(l *lexicon, d *document, rest []int, skip []bool) []int {
	out := rest[:0:0]
	judged, is := -1, false
	for _, i := range rest {
		s := d.sentences[i]
		if s.line != judged {
			judged, is = s.line, d.furnished(l, s.line) || d.learned[keyOf(d.lines[s.line].tokens)]
		}
		if is || d.notice(l, s) {
			skip[i] = true
			continue
		}
		out = append(out, i)
	}
	return out
}

// furnished reports whether the whole line is furniture.
func (d *document) furnished(l *lexicon, at int) bool {
	x := &d.lines[at]
	if len(x.tokens) > 90 {
		return false
	}
	words := fold(l, x.text, x.tokens)
	n := length(words)
	switch {
	case n == 0:
		return true
	case n <= 14 && (labels().in(words) || (n <= 8 || !strings.HasSuffix(x.text, ".")) && stamps().in(words)):
		return true
	case n <= 8 && (counted(words) || headings().in(words)):
		return true
	case n <= 30 && pointers().in(words) && (d.title(at) || slices.Contains(words[:min(5, len(words))], ":")):
		return true
	case n <= 60 && !x.spoken() && (invitations().in(words) || consents().in(words)):
		return true
	}
	return d.listed(l, at, n)
}

// length is the number of words, as those of a script with spaces count: a word
// of Chinese, Japanese or Thai has two signs or more.
func length(words []string) int {
	n := 0
	for _, w := range words {
		n++
		if scriptOf(firstRune(w)) == spacedScript {
			n++
		}
	}
	return (n + 1) / 2
}

// restamped reports that the text has a line, new among the furniture, that
// tells when it was last changed.
func (d *document) restamped(l *lexicon, skip []bool) bool {
	for at := range d.lines {
		x := &d.lines[at]
		if !skip[x.first] || len(x.tokens) > 30 {
			continue
		}
		if words := fold(l, x.text, x.tokens); restamps().in(words) && !agos().in(words) {
			return true
		}
	}
	return false
}

// notice reports a sentence of a consent notice or a newsletter box that was
// glued to a paragraph.
func (d *document) notice(l *lexicon, s sentence) bool {
	x := &d.lines[s.line]
	if s.size > 60 || s.to-s.from == len(x.tokens) || quotedShare(d.tokens(s)) > 0.5 {
		return false
	}
	words := fold(l, x.text, d.tokens(s))
	return consents().in(words) || s.size <= 30 && invitations().in(words)
}

// listed reports a line of a list of other articles: titles that follow "Most
// read" or the like.
func (d *document) listed(l *lexicon, at, n int) bool {
	const longestTitle, longestList = 26, 14
	if n > longestTitle || !d.title(at) {
		return false
	}
	for k := 1; k <= longestList && at-k >= 0; k++ {
		x := &d.lines[at-k]
		words := fold(l, x.text, x.tokens)
		if length(words) <= 8 && headings().in(words) {
			return true
		}
		if length(words) > longestTitle || !d.title(at-k) {
			return false
		}
	}
	return false
}

// title reports whether a line could be the title of another article: a list
// item, or a line that ends without a full stop.
func (d *document) title(at int) bool {
	x := &d.lines[at]
	if x.kind == extract.Item {
		return true
	}
	if x.kind == extract.Heading || x.kind == extract.Quote || x.kind == extract.Lead {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(x.text)
	return r != '.' && r != '。' && r != ':' && r != '"' && r != '”' || x.end-x.first == 1 && r != '.' && x.kind != extract.Paragraph
}

// spoken reports whether most of the line is a quotation.
func (x *line) spoken() bool { return quotedShare(x.tokens) > 0.5 }

func quotedShare(ts []token) float64 {
	quoted, all := 0, 0
	for _, t := range ts {
		if t.class != mark {
			all++
			if t.quoted {
				quoted++
			}
		}
	}
	return float64(quoted) / float64(max(all, 1))
}

// counted reports a line of counts and buttons, such as "29 comments" or
// "Share Tweet Email".
func counted(words []string) bool {
	if counts().in(words) {
		return true
	}
	known := countedWords()
	some := false
	for _, w := range words {
		switch {
		case w == "#" || w == ":":
		case known[w]:
			some = true
		default:
			return false
		}
	}
	return some
}
