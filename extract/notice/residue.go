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
	if x.shared(block) {
		return "share"
	}
	return ""
}

// shared tells a line of a few words that begins as rows of share buttons do and names where to share.
func (x *lexicon) shared(block string) bool {
	if wordCount(block) > 10 || strings.ContainsAny(block, "?,;") || quotes(block) {
		return false
	}
	t := folded(block)
	for i := 0; i < len(t); i++ {
		if t[i] == ' ' && x.lines[t[:i]] == share {
			var m marks
			x.read([]byte(" "+t+" "), &m)
			return m.in[provider] != 0
		}
	}
	return false
}

// line is what a whole line is known for.
func (x *lexicon) line(s string) slot {
	var buf [256]byte
	return x.lines[string(bytes.TrimSpace(fold(buf[:0], s)))]
}

// dialogs finds headings of notices with nothing but buttons below them.
func (x *lexicon) dialogs(blocks []string) (list []span) {
	for i := 0; i+1 < len(blocks); i++ {
		if b := blocks[i]; len(b) > 60 || len(blocks[i+1]) > 120 || !x.heading(b) {
			continue
		}
		end := i + 1
		for end < len(blocks) && end < i+8 && len(blocks[end]) <= 120 && !x.heading(blocks[end]) {
			if t := folded(blocks[end]); t == "" || !x.labelled(t) {
				break
			}
			end++
		}
		if n := 0; end > i+1 {
			for _, b := range blocks[i+1 : end] {
				n += wordCount(b)
			}
			if n >= 2 {
				list = append(list, span{i, end})
			}
		}
	}
	return list
}
