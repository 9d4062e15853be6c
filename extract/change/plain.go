package change

import (
	"strings"

	"pressmark/extract"
)

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
