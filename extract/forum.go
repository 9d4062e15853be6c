package extract

import (
	"net/url"
	"slices"
	"strings"

	"pressmark/extract/meta"
)

// forum tells a page of a forum, by what it says of itself or by its address.
func forum(f *meta.Facts, address string) bool {
	return slices.Contains(f.Types, "DiscussionForumPosting") || slices.Contains(f.Types, "QAPage") || forumAddress(address)
}

func forumAddress(address string) bool {
	if pathOf(address).any(forumWords) {
		return true
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	label, _, _ := strings.Cut(u.Hostname(), ".")
	return forumHosts[label]
}

var forumHosts = set(`forum forums board boards community discuss discussion discussions answers ask`)

// thread gives what the members of a forum wrote. Elsewhere comments are
// furniture; on a page that has nothing else they are what it is for.
func (o *outline) thread() []Block {
	var blocks []Block
	seen := map[string]bool{}
	for i := range o.pieces {
		p := &o.pieces[i]
		if p.in < 0 || o.elements[p.in].cut&commentsMark == 0 || o.elements[p.in].marks&(bylineMark|authorMark|shareMark|navigationMark) != 0 {
			continue
		}
		if p.weight == 0 && (p.runes < 25 || !sentence(p.text)) && p.kind != Preformatted || p.linked*2 > p.runes {
			continue
		}
		if k := bare(p.text); !seen[k] {
			seen[k] = true
			blocks = append(blocks, Block{Kind: p.kind, Text: p.text})
		}
	}
	return blocks
}
