package extract

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FuzzWords: text that is copied in runs is the text letter by letter.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"a  b\tc", "Brücke über\u00a0den Hafen", "港の橋\u3000は", "мост\u200bик \u00ad", "\xc3", "a\xe4\xb8", "\u0085x\x07", "ﬀ\ufeff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return // a page is UTF-8 when it comes here
		}
		var want strings.Builder
		space, runes := false, 0
		for _, r := range s {
			switch {
			case r == 0x200b || r == 0xfeff || r == 0xad:
			case unicode.IsSpace(r) || unicode.IsControl(r):
				space = true
			default:
				if space && want.Len() > 0 {
					want.WriteByte(' ')
					runes++
				}
				space = false
				want.WriteRune(r)
				runes++
			}
		}
		p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
		a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: "/"}}}
		p.AppendChild(a)
		a.AppendChild(&html.Node{Type: html.TextNode, Data: s})
		pieces := newOutline(p).pieces
		switch {
		case want.Len() == 0 && len(pieces) == 0:
		case len(pieces) != 1 || pieces[0].text != want.String():
			t.Errorf("%q became %v, not %q", s, pieces, want.String())
		case pieces[0].linked != runes || pieces[0].runes != utf8.RuneCountInString(want.String()):
			t.Errorf("%q: %d letters, %d in links; want %d", s, pieces[0].runes, pieces[0].linked, runes)
		}
	})
}
