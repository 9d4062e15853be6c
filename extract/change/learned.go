package change

import (
	"strings"

	"pressmark/extract"
)

// known takes over what the other version's extraction left out because of
// what other pages of the site have taught, or of a reader's filters. Both are
// learned in the course of time: text that was read as the article's own before
// was on the page after all, and no paper added it or took it away.
func (d *document) known(l *lexicon, other extract.Article) {
	for key := range learned(l, other) {
		if d.learned == nil {
			d.learned = map[lineKey]bool{}
		}
		d.learned[key] = true
	}
}

// A lineKey is equal for lines that read the same.
type lineKey struct {
	hash uint64
	size int
}

func keyOf(ts []token) lineKey {
	hash, n := fingerprint(ts)
	return lineKey{hash, n}
}

// learned gives the lines of an article that were left out by what was learned.
func learned(l *lexicon, a extract.Article) map[lineKey]bool {
	var out map[lineKey]bool
	room := longest
	for _, r := range a.Removed {
		if !strings.HasPrefix(r.Rule, "site/") && !strings.HasPrefix(r.Rule, "filter/") || len(r.Text) > room {
			continue
		}
		room -= len(r.Text)
		for text := range strings.SplitSeq(r.Text, "\n") {
			if key := keyOf(l.tokens(strings.TrimSpace(plain(text)))); key.size > 0 {
				if out == nil {
					out = map[lineKey]bool{}
				}
				out[key] = true
			}
		}
	}
	return out
}
