package change

import "pressmark/extract"

// A Line is one paragraph of either version, or of both: what a diff with
// context prints.
type Line struct {
	Op     Op // "" when it stayed as it was for a reader
	Where  string
	Before string
	After  string
	Spans  []Span // for Replace
}

// Align lists the headline, the byline and all paragraphs of both versions in
// reading order, equal ones too.
func Align(before, after extract.Article) []Line {
	return nil
}

// A Sentence is one sentence of an article. Sentences with one Key read the same.
type Sentence struct {
	Block int
	Text  string
	Key   string
}

// Sentences lists an article's sentences in reading order, furniture left out.
func Sentences(a extract.Article) []Sentence {
	return nil
}

// FromText makes an Article of plain text whose paragraphs are set apart by blank lines.
func FromText(title, text string) extract.Article {
	return extract.Article{}
}
