package extract

import (
	"strings"

	"pressmark/extract/notice"
)

// Clean makes an Article of text that was flattened long ago: paragraphs set
// apart by blank lines, or one a line. Consent notices go to Removed; nothing
// else is changed but white space. lang is the text's language when it is known;
// else the text is asked.
func Clean(text, lang string) Article {
	a := Article{Kind: News, Language: lang}
	var blocks []Block
	for _, t := range paragraphs(text) {
		blocks = append(blocks, Block{Kind: Paragraph, Text: t})
	}
	if len(blocks) == 0 {
		return Article{Kind: Other, Why: "the text is empty", Language: lang}
	}
	if lang == "" {
		lang = spokenIn("", blocks)
		a.Language = lang
	}
	all := make([]string, len(blocks))
	for i, b := range blocks {
		all[i] = b.Text
	}
	a.Blocks, a.Removed = withoutNotices(blocks, notice.Options{Language: lang, Flat: true})
	if len(a.Blocks) == 0 {
		a.Kind, a.Why = Other, "the text was nothing but a notice"
	}
	if why, is := notice.Wall(notice.Facts{Prose: all, Language: lang}); is {
		a.Kind, a.Why = Wall, why
	}
	return a
}

// paragraphs cuts flattened text at line ends. Where blank lines set paragraphs
// apart and the lines between are as long as a page is wide, the text was
// wrapped, and its lines are joined.
func paragraphs(text string) []string {
	text = strings.ToValidUTF8(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\uFFFD")
	var out []string
	var open []string // the lines of a paragraph
	flush := func() {
		if wrapped(open) {
			open = []string{strings.Join(open, " ")}
		}
		out = append(out, open...)
		open = nil
	}
	for _, line := range strings.Split(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line == "" {
			flush()
			continue
		}
		open = append(open, line)
	}
	flush()
	return out
}

// wrapped tells whether lines were broken to fit a width: all but the last are
// nearly as long as one another, and most break off within a sentence.
func wrapped(lines []string) bool {
	if len(lines) < 3 {
		return false
	}
	shortest, longest, within := len(lines[0]), 0, 0
	for _, l := range lines[:len(lines)-1] {
		shortest, longest = min(shortest, len(l)), max(longest, len(l))
		if !sentence(l) {
			within++
		}
	}
	return longest <= 100 && longest-shortest <= 24 && within*3 > (len(lines)-1)*2
}
