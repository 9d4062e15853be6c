package change

import (
	"strings"

	"pressmark/extract"
)

// A Sentence is one sentence of an article. Sentences with one Key read the
// same: since when a sentence stands is told by the oldest version from which
// on every version has its Key.
type Sentence struct {
	Block int
	Text  string
	Key   string
}

// Sentences lists an article's sentences in reading order, furniture left out.
func Sentences(a extract.Article) []Sentence {
	l := newLexicon()
	d := read(l, a)
	all := make([]int, len(d.sentences))
	for i := range all {
		all[i] = i
	}
	var out []Sentence
	for _, i := range furniture(l, d, all, make([]bool, len(all))) {
		s := d.sentences[i]
		var key strings.Builder
		for _, t := range heard(d.tokens(s)) {
			if key.Len() > 0 {
				key.WriteByte(' ')
			}
			key.WriteString(l.words[t.id])
		}
		out = append(out, Sentence{Block: d.block(i), Text: d.text(s), Key: key.String()})
	}
	return out
}

// FromText makes an Article of plain text whose paragraphs are set apart by
// blank lines, as a list of snapshots has it. byline is one line of names.
func FromText(title, byline, text string) extract.Article {
	a := extract.Article{Title: title, Kind: extract.News, Byline: people([]string{byline})}
	var paragraph []string
	end := func() {
		if len(paragraph) > 0 {
			a.Blocks = append(a.Blocks, extract.Block{Kind: extract.Paragraph, Text: strings.Join(paragraph, "\n")})
			paragraph = nil
		}
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			end()
			continue
		}
		paragraph = append(paragraph, line)
	}
	end()
	return a
}
