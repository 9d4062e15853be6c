package main

import (
	"strings"
	"unicode"
)

// A score tells how well the changed words were found.
type score struct {
	precision, recall float64
	places            float64 // marked places beside those that there are
	cut               int
}

// letter is one letter of a version, and whether it is marked.
type letter struct {
	r      rune
	marked bool
}

// side gives the letters of one version as the marking has it.
func (m marking) side(op int) (out []letter) {
	for _, x := range m.runs {
		if x.op == 0 || x.op == op {
			for _, r := range x.text {
				out = append(out, letter{r, x.op != 0})
			}
		}
	}
	return out
}

// wordsOf tells of each word whether it is marked, and how many are in part.
func wordsOf(side []letter) (marks []bool, texts []string, cut int) {
	for i := 0; i < len(side); {
		if unicode.IsSpace(side[i].r) {
			i++
			continue
		}
		var b strings.Builder
		marked, all := 0, 0
		for ; i < len(side) && !unicode.IsSpace(side[i].r); i++ {
			b.WriteRune(side[i].r)
			if !unicode.IsLetter(side[i].r) {
				continue
			}
			all++
			if side[i].marked {
				marked++
			}
		}
		marks, texts = append(marks, marked > 0), append(texts, b.String())
		if marked > 0 && marked < all {
			cut++
		}
	}
	return marks, texts, cut
}

// judge compares a marking with the edits that were made. A contender that
// does not give both versions back has found nothing.
func judge(m marking, old, new text) (s score) {
	wentMarks, wentTexts, cut := wordsOf(m.side(-1))
	cameMarks, cameTexts, cut2 := wordsOf(m.side(1))
	s.cut = cut + cut2
	if len(wentTexts) != len(old.words) || len(cameTexts) != len(new.words) {
		return s
	}
	right, marked, truth := 0, 0, 0
	count := func(is, was bool) {
		if is {
			marked++
		}
		if was {
			truth++
		}
		if is && was {
			right++
		}
	}
	for i, is := range wentMarks {
		if wentTexts[i] != old.words[i].text {
			return score{cut: s.cut}
		}
		count(is, new.gone[i])
	}
	for j, is := range cameMarks {
		if cameTexts[j] != new.words[j].text {
			return score{cut: s.cut}
		}
		count(is, new.words[j].changed)
	}
	s.precision, s.recall = float64(right)/float64(max(marked, 1)), float64(right)/float64(max(truth, 1))
	places, in := 0, false
	for _, x := range m.runs {
		if changed := x.op != 0 && strings.TrimSpace(x.text) != ""; changed && !in {
			places, in = places+1, true
		} else if x.op == 0 && strings.TrimSpace(x.text) != "" {
			in = false
		}
	}
	s.places = float64(places) / float64(max(new.edits, 1))
	return s
}

// marked counts the words of both versions that are marked.
func marked(m marking) (n int) {
	for _, op := range []int{-1, 1} {
		marks, _, _ := wordsOf(m.side(op))
		for _, is := range marks {
			if is {
				n++
			}
		}
	}
	return n
}
