package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ofOneThing reports that half of the titles share a word of weight: the pages
// tell of one thing, and what is said on all of them may belong to it. A
// template does not care what it stands around.
func ofOneThing(titles []string) bool {
	in := map[string]int{}
	for _, title := range titles {
		seen := map[string]bool{}
		for _, term := range terms(title) {
			if !seen[term] {
				seen[term] = true
				in[term]++
			}
		}
	}
	for _, n := range in {
		if n >= 3 && n*2 >= len(titles) {
			return true
		}
	}
	return false
}

// terms are the words of a title that may name what it is about: four letters
// and more or, where no blanks part them, every two.
func terms(title string) (list []string) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) }) {
		if first, _ := utf8.DecodeRuneInString(w); !spaceless(first) {
			if utf8.RuneCountInString(w) >= 4 {
				list = append(list, w)
			}
			continue
		}
		n := 2
		if unicode.Is(unicode.Thai, []rune(w)[0]) {
			n = 6 // letters say less than characters
		}
		r := []rune(w)
		for i := 0; i+n <= len(r); i++ {
			list = append(list, string(r[i:i+n]))
		}
	}
	return list
}
