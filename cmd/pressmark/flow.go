package main

import (
	"strings"
	"unicode"
)

// A piece is text in one style, part of a passage that is broken into lines.
type piece struct{ sgr, text string }

// A letter is a character of a passage with the columns it takes.
type letter struct {
	r     rune
	cells int
	piece int
}

// wrap breaks lines at spaces, and between the letters of Chinese and Japanese,
// so that they fit n columns. A word that is wider, mostly an address, is left whole.
func wrap(s string, n int) string {
	var out []string
	for para := range strings.SplitSeq(s, "\n") {
		para = strings.Join(strings.Fields(para), " ")
		out = append(out, (&terminal{}).flow([]piece{{"", para}}, n, false)...)
	}
	return strings.Join(out, "\n")
}

// flow breaks a passage into lines of at most n columns, at least one; hard
// breaks what has no place to be broken at.
func (t *terminal) flow(pieces []piece, n int, hard bool) []string {
	var text []letter
	for i, p := range pieces {
		for _, r := range clean(p.text) {
			if r == '\t' {
				r = ' '
			}
			text = append(text, letter{r, cells(string(r)), i})
		}
	}
	var out []string
	start, last, used := 0, 0, 0 // of the line; where it may be broken last
	for i := 0; i < len(text); i++ {
		if text[i].r == '\n' {
			out = append(out, t.styled(pieces, text[start:i]))
			start, last, used = i+1, i+1, 0
			continue
		}
		if i > start && breaks(text[i-1].r, text[i].r) {
			last = i
		}
		used += text[i].cells
		if used <= n || text[i].r == ' ' || last == start && (!hard || i == start) {
			continue
		}
		if last == start {
			last = i
		}
		out = append(out, t.styled(pieces, text[start:last]))
		for start = last; start < i && text[start].r == ' '; start++ {
		}
		i, last, used = start-1, start, 0
	}
	return append(out, t.styled(pieces, text[start:]))
}

// styled is a line with the styles of its pieces.
func (t *terminal) styled(pieces []piece, text []letter) string {
	for len(text) > 0 && text[len(text)-1].r == ' ' {
		text = text[:len(text)-1]
	}
	var line, run strings.Builder
	for i, x := range text {
		run.WriteRune(x.r)
		if i+1 == len(text) || text[i+1].piece != x.piece {
			if sgr := pieces[x.piece].sgr; sgr != "" {
				line.WriteString(t.style(sgr, run.String()))
			} else {
				line.WriteString(run.String())
			}
			run.Reset()
		}
	}
	return line.String()
}

// breaks reports whether a line may end between two letters.
func breaks(a, b rune) bool {
	if a == ' ' {
		return b != ' '
	}
	if b == ' ' || !unspaced(a) && !unspaced(b) {
		return false
	}
	return !unicode.In(a, unicode.Ps, unicode.Pi) && !unicode.In(b, unicode.Pe, unicode.Pf, unicode.Mn, unicode.Me, unicode.Cf) && !strings.ContainsRune("、。，．：；？！,.:;?!…ー々ゝァィゥェォッャュョヮぁぃぅぇぉっゃゅょゎ%％”’", b)
}

// unspaced reports a letter or mark of a script that parts no words by spaces,
// and may be broken after each letter.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r < 0x3040 || r >= 0xff00 && r < 0xff60
}
