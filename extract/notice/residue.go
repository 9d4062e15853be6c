package notice

import (
	"bytes"
	"strings"
)

// residue tells a block that is nothing but a line of the page's own
// machinery: an invitation to the newsletter, a row of share buttons, a "read
// also" with the headline of another article. Only wordings that no sentence of
// an article has are known; everything else stays.
func (x *lexicon) residue(block string) string {
	if block == "" || len(block) > 220 {
		return ""
	}
	if head, rest, ok := strings.Cut(block, ":"); ok && len(head) <= 60 && strings.TrimSpace(rest) != "" && wordCount(rest) <= 25 {
		if x.line(head) == related {
			return "related"
		}
	}
	if len(block) > 110 {
		return ""
	}
	switch x.line(block) {
	case share:
		return "share"
	case newsletter:
		return "newsletter"
	}
	return ""
}

// line is what a whole line is known for.
func (x *lexicon) line(s string) slot {
	var buf [256]byte
	return x.lines[string(bytes.TrimSpace(fold(buf[:0], s)))]
}
