package extract

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"pressmark/extract/meta"
)

// stateDepth is how deep data are followed.
const stateDepth = 40

// A stateReader looks through JSON for the article, by its shape and not by the
// names of one framework: the array whose elements hold a paragraph each, or
// the one long text, that lies nearest to the page's headline.
type stateReader struct {
	titles map[string]bool
	best   run
	left   int // values that are still looked at

	patience int // bytes that may still be read and turn out to be no JSON
}

// A run is prose that lies under one path: the elements of an array, or one text.
type run struct {
	elements []any
	path     string // from an element to its text
	prose    int    // runes
	near     int    // how close the headline stands; 0 when it does not
}

func newStateReader(title string, f *meta.Facts) *stateReader {
	s := &stateReader{titles: map[string]bool{}, left: 400_000, patience: mostState}
	for _, t := range append([]meta.Title{{Text: title}}, f.Titles...) {
		if k := bare(t.Text); len(k) >= 8 {
			s.titles[k] = true
		}
	}
	return s
}

// read looks through one JSON text.
func (s *stateReader) read(data []byte) {
	data = bytes.TrimSpace(data)
	if len(data) < stateText || len(data) > mostState || data[0] != '{' && data[0] != '[' && data[0] != '"' {
		return
	}
	var v any
	if json.Unmarshal(data, &v) == nil {
		s.look(v, 0, stateDepth)
	}
}

// look visits a value. near is how close above it the headline stands: 3 in the
// same object, less further up, 0 where it is not.
func (s *stateReader) look(v any, near, depth int) {
	if s.left--; depth == 0 || s.left < 0 {
		return
	}
	switch v := v.(type) {
	case string:
		s.text(v, near, depth)
	case []any:
		if len(v) > 1 {
			s.array(v, near)
		}
		for _, x := range v {
			s.look(x, near, depth-1)
		}
	case map[string]any:
		if near = max(0, near-1); anotherStory(v) {
			near = 0
		}
		for _, x := range v {
			if t, ok := x.(string); ok && len(t) < 400 && s.titles[bare(t)] {
				near = 6
			}
		}
		for _, key := range slices.Sorted(maps.Keys(v)) { // the same page always gives the same article
			if !elsewhere(key) {
				s.look(v[key], near, depth-1)
			}
		}
	}
}

// anotherStory tells an object that has a headline and an address.
func anotherStory(v map[string]any) bool {
	named, placed := false, false
	for _, key := range []string{"headline", "title"} {
		t, ok := v[key].(string)
		named = named || ok && len(t) >= 20
	}
	for _, key := range []string{"url", "href", "slug", "link", "path", "canonicalUrl"} {
		_, ok := v[key].(string)
		placed = placed || ok
	}
	return named && placed
}

// elsewhere tells the keys of what is not the article's own text.
func elsewhere(key string) bool {
	key = strings.ToLower(key)
	for _, w := range []string{"comment", "related", "recommend", "translation", "i18n", "config", "schema", "disclaimer", "policy", "footer", "navigation"} {
		if strings.Contains(key, w) {
			return true
		}
	}
	return false
}

// text takes a long text, written as HTML or plain; or JSON within JSON.
func (s *stateReader) text(t string, near, depth int) {
	if len(t) < stateText {
		return
	}
	if c := t[0]; (c == '{' || c == '[') && len(t) < mostState {
		var v any
		if json.Unmarshal([]byte(t), &v) == nil {
			s.look(v, near, depth-1)
		}
		return
	}
	if n := proseIn(t); n >= stateText {
		s.offer(run{elements: []any{t}, prose: n}, near)
	}
}

func (s *stateReader) offer(r run, near int) {
	b := &s.best
	if r.near = near; (near > 0) != (b.near > 0) { // beside the headline, however short
		if near > 0 {
			*b = r
		}
		return
	}
	if r.prose*(3+near) > b.prose*(3+b.near) {
		*b = r
	}
}

// array takes an array whose elements hold a paragraph each.
func (s *stateReader) array(list []any, near int) {
	sums := map[string]int{}
	inner := map[string]int{} // texts that are whole sentences, several to an element
	stories := 0
	for _, x := range list {
		if m, ok := x.(map[string]any); ok && anotherStory(m) {
			stories++
		}
		joined := map[string]string{} // parts of a sentence, between links, are one text
		leaves(x, "", 8, func(path, text string) {
			if len(joined[path]) < 20_000 {
				joined[path] += text
			}
			if strings.Contains(path, "*") && sentence(text) && proseIn(text) > 0 {
				inner[path]++
			}
		})
		for path, text := range joined {
			sums[path] += proseIn(text)
		}
	}
	if stories*2 > len(list) {
		return
	}
	for _, path := range slices.Sorted(maps.Keys(sums)) {
		if n := sums[path]; n >= stateText && inner[path]*2 <= 5*len(list) { // more is a list of articles, not of paragraphs
			s.offer(run{elements: list, path: path, prose: n}, near)
		}
	}
}

// leaves gives the texts in a value with their paths; "*" stands for an element of an array.
func leaves(v any, path string, depth int, give func(path, text string)) {
	if depth == 0 {
		return
	}
	switch v := v.(type) {
	case string:
		give(path, v)
	case []any:
		for _, x := range v {
			leaves(x, path+"/*", depth-1, give)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if !elsewhere(key) {
				leaves(v[key], path+"/"+key, depth-1, give)
			}
		}
	}
}

// proseIn is how many runes of a text read as prose; 0 for names, codes, addresses and labels.
func proseIn(t string) int {
	if len(t) < 40 || strings.HasPrefix(t, "http") {
		return 0
	}
	n := utf8.RuneCountInString(t)
	if marked(t) {
		n -= markup(t)
		if n < 40 {
			return 0
		}
		return n
	}
	head := t[:cutAt(t, 2000)]
	wide := wideRunes(head)
	if strings.Count(head, " ")*14 < len(head) && wide*4 < utf8.RuneCountInString(head) || strings.ContainsAny(head, "{}") {
		return 0 // codes, styles
	}
	if !sentence(t) && !strings.Contains(head, ". ") {
		return 0
	}
	return n + wide
}

// marked tells whether a text is written as HTML.
func marked(t string) bool {
	for _, tag := range []string{"<p", "</p>", "<br", "<div", "<h2", "<ul", "<li", "<strong", "<em>", "<a "} {
		if strings.Contains(t, tag) {
			return true
		}
	}
	return false
}

// markup counts the bytes between angle brackets.
func markup(t string) int {
	n, from := 0, -1
	for i := 0; i < len(t); i++ {
		switch {
		case t[i] == '<':
			from = i
		case t[i] == '>' && from >= 0:
			n += i + 1 - from
			from = -1
		}
	}
	return n
}
