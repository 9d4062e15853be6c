package change

import "strings"

// Headlines follows the headlines of a page through its versions.
type Headlines struct {
	l     *lexicon
	keys  []string
	texts []string
}

// Add takes the next version's headline. When the page went back to one that
// it had before, test is the way there and back, as papers test headlines on
// their readers: A, B, A.
func (h *Headlines) Add(s Snapshot) (test []string) {
	if h.l == nil {
		h.l = newLexicon()
	}
	text := headline(s)
	key := headlineKey(h.l, text)
	n := len(h.keys)
	if key == "" || n > 0 && h.keys[n-1] == key {
		return nil
	}
	h.keys, h.texts = append(h.keys, key), append(h.texts, text)
	for i := n - 1; i >= 0; i-- {
		if h.keys[i] == key {
			return append([]string{}, h.texts[i:]...)
		}
	}
	return nil
}

// headlineKey is equal for titles that sameHeadline takes for one.
func headlineKey(l *lexicon, title string) string {
	var key strings.Builder
	for _, t := range (passage{title, l.tokens(title)}).cited() {
		if key.Len() > 0 {
			key.WriteByte(' ')
		}
		if t.class == mark {
			key.WriteByte('"')
			continue
		}
		key.WriteString(strings.ToLower(l.words[t.id]))
	}
	return key.String()
}
