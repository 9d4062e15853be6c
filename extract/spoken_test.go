package extract

import (
	"strings"
	"testing"
)

// A caption that repeats a sentence of the article goes alone.
func TestCaptionThatTheTextSaysToo(t *testing.T) {
	const line = "Among the fifty shares in the index, thirty-two ended the day with losses."
	a := Extract(Page{Body: []byte(`<html><head><title>Market falls again on Monday</title></head><body><article><h1>Market falls again on Monday</h1>
<p>The market fell on Monday for the third day, as traders in the city sold what they had bought in the week before the holidays.</p>
<div class="x"><img src="a.jpg" width="600"><p>` + line + `</p></div><p>` + line + `</p>
<p>The bank said that it had expected as much, and that nobody should be surprised by what comes next in this spring of bad news.</p></article></body></html>`)})
	if n := strings.Count(a.Text(), line); n != 1 {
		t.Errorf("the sentence stands %d times in:\n%s", n, a.Text())
	}
}

// The dates of a life are no byline.
func TestLifetimeIsNoByline(t *testing.T) {
	for line, is := range map[string]bool{
		"Ada Quill, ferrywoman, born 4 May 1931; died 2 March 2025": true,
		"Ada Quill (1931–2025)":                                     true,
		"Ada Quill, 2 March 2025, updated 3.3.2025":                 false,
		"Ada Quill | 20250302":                                      false,
	} {
		if lifetime(line) != is {
			t.Errorf("%q: %v", line, !is)
		}
	}
}
