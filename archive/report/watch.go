package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"pressmark/extract/change"
)

// A Watch is what somebody wants to be told of: words in what was changed, and
// not in what stood around it before and after.
type Watch struct {
	Name  string
	Words []string // words and phrases, any of them; a star at the end stands for any ending; none: any change
	Sites []string // none: all
	Kinds []string // any of them; none: all
	Grade int      // at least
}

// A Watched says of a change which watch it concerns.
type Watched struct {
	Watch string   `json:"watch"`
	Words []string `json:"words,omitempty"` // those of the watch that are in what was changed
}

// ParseWords reads the words of a watch: words and phrases with bars between them.
func ParseWords(s string) ([]string, error) {
	var list []string
	for part := range strings.SplitSeq(s, "|") {
		if part = even(part); strings.Trim(part, "* ") == "" {
			return nil, errors.New("an empty word matches everything: write word|another phrase|begin*")
		}
		if n := len([]rune(part)); n > longestWatch {
			return nil, fmt.Errorf("a phrase of %d letters: %d are the most", n, longestWatch)
		}
		list = append(list, part)
	}
	return list, nil
}

// longestWatch is the longest phrase of a watch, in letters.
const longestWatch = 200

// match tells whether a change is one that the watch is for.
func (w Watch) match(c Card) (m Watched, ok bool) {
	if c.Grade < w.Grade || len(w.Sites) > 0 && !slices.Contains(w.Sites, c.Site) ||
		len(w.Kinds) > 0 && !slices.ContainsFunc(c.Kinds, func(k string) bool { return slices.Contains(w.Kinds, k) }) {
		return m, false
	}
	m.Watch = w.Name
	texts := changedTexts(c)
	for _, word := range w.Words {
		pattern, open := strings.CutSuffix(word, "*")
		p := foldRunes(pattern)
		if slices.ContainsFunc(texts, func(t changedText) bool { return t.has(p, open) }) {
			m.Words = append(m.Words, word)
		}
	}
	return m, len(w.Words) == 0 || len(m.Words) > 0
}

// A changedText is one side of an edit, and which of its letters went or came.
type changedText struct {
	letters []rune
	changed []bool
}

// changedTexts are both sides of a card's edits. A passage that only moved, a
// date and a status are no words that anybody changed.
func changedTexts(c Card) []changedText {
	var list []changedText
	for _, e := range c.Edits {
		if e.Where == "date" || e.Where == "status" || e.Op == change.Move {
			continue
		}
		spans := e.Spans
		if len(spans) == 0 {
			spans = []change.Span{{Op: change.Delete, Text: e.Before}, {Op: change.Insert, Text: e.After}}
		}
		for _, side := range []change.Op{change.Delete, change.Insert} {
			var t changedText
			for _, s := range spans {
				if s.Op != "" && s.Op != side {
					continue
				}
				letters := foldRunes(s.Text)
				t.letters = append(t.letters, letters...)
				t.changed = append(t.changed, slices.Repeat([]bool{s.Op != ""}, len(letters))...)
			}
			if slices.Contains(t.changed, true) {
				list = append(list, t)
			}
		}
	}
	return list
}

// has reports whether a phrase stands there, by itself and with a letter of it
// that went or came.
func (t changedText) has(p []rune, open bool) bool {
	for i := 0; len(p) > 0 && i+len(p) <= len(t.letters); i++ {
		end := i + len(p)
		if t.letters[i] != p[0] || !slices.Equal(t.letters[i:end], p) || !slices.Contains(t.changed[i:end], true) {
			continue
		}
		if (i == 0 || parted(t.letters[i-1], p[0])) && (open || end == len(t.letters) || parted(p[len(p)-1], t.letters[end])) {
			return true
		}
	}
	return false
}

// parted reports whether a word may end between two letters. Where a script has
// no spaces it may end anywhere.
func parted(a, b rune) bool {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	return !inWord(a) || !inWord(b) || spaceless(a) || spaceless(b)
}

func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// foldRunes are a text's letters without case, one for one.
func foldRunes(s string) []rune {
	list := []rune(s)
	for i, r := range list {
		switch {
		case r == '’' || r == 'ʼ':
			list[i] = '\''
		case unicode.IsSpace(r):
			list[i] = ' '
		default:
			list[i] = unicode.ToLower(r)
		}
	}
	return list
}

// watchWords tell for people which watches a change concerns.
func (c Card) watchWords() string {
	var list []string
	for _, w := range c.Watched {
		s := w.Watch
		if len(w.Words) > 0 && !slices.Equal(w.Words, strings.Split(w.Watch, "|")) {
			s += " (“" + strings.Join(w.Words, "”, “") + "”)"
		}
		list = append(list, s)
	}
	return strings.Join(list, ", ")
}
