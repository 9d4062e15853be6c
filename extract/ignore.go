package extract

import (
	"fmt"

	"pressmark/extract/filter"
)

// mostIgnored is how much of an article's text, in percent, the user's rules
// for text may take: an expression that takes more takes more than was meant.
const mostIgnored = 50

// ignore takes out of an article what the user's rules for text are for.
func (a *Article) ignore(rules []*filter.TextRule) {
	if len(rules) == 0 {
		return
	}
	blocks := make([]Block, 0, len(a.Blocks))
	var removed []Removal
	size, taken := 0, 0
	cut := func(text string) string {
		rest, cuts := filter.CutText(rules, text)
		for _, c := range cuts {
			taken += len(c.Text)
			removed = append(removed, Removal{Kind: "ignore", Rule: "ignore/" + c.Rule.String(), Text: c.Text})
		}
		return rest
	}
	for _, b := range a.Blocks {
		size += len(b.Text)
		if b.Text = cut(b.Text); b.Text != "" {
			blocks = append(blocks, b)
		} else if !b.Time.IsZero() { // the post of a live blog begins with what is left of it
			blocks = append(blocks, Block{Time: b.Time})
		}
	}
	if len(removed) > 0 && 100*taken > mostIgnored*size {
		a.Removed = append(a.Removed, Removal{Kind: "limit", Rule: RefusedRule, Text: fmt.Sprintf("%s is not followed: it would take %d %% of the text", removed[0].Rule, 100*taken/max(size, 1))})
		return
	}
	if title := cut(a.Title); title != "" {
		a.Title = title
	}
	if len(removed) == 0 {
		return
	}
	a.Blocks = joinTimes(blocks)
	if a.Dek = ""; len(a.Blocks) > 0 && a.Blocks[0].Kind == Lead {
		a.Dek = a.Blocks[0].Text
	}
	a.Removed = append(a.Removed, removed...)
}

// joinTimes gives the time of a block that went to the next of its post.
func joinTimes(blocks []Block) []Block {
	out := blocks[:0]
	for i, b := range blocks {
		if b.Text == "" {
			if i+1 < len(blocks) && blocks[i+1].Time.IsZero() {
				blocks[i+1].Time = b.Time
			}
			continue
		}
		out = append(out, b)
	}
	return out
}
