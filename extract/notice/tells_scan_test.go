package notice

import (
	"bytes"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What the scanner sees the parser's tokenizer sees too, in the same order, as
// far as the scanner goes.
func FuzzTagScanner(f *testing.F) {
	for _, page := range []string{
		"<!doctype html><title>A < b</title><p class='x>y' data-a=\"</p>\">one<!-- two --><br/>three</p>",
		"<script>if (a</b) x('</script >')</script><style><p></style><P>x</P><textarea><p></TEXTAREA\n><noscript><p></noscript>",
		"<script><!-- <script></script> --></script><p>", "<!--><p><!---><p><!-- --!><p>-->", "</><//p></ p><?x?><!x><p/><nav/ ><p / >",
		"<p a='", "<a href=x/><p =\"'>'><p a = b'c\"><p a=>x", "<plaintext><p>", "<script", "<p", "<", "<p a\x00b><\x00p>", "<scr\x00ipt></script>",
	} {
		f.Add([]byte(page))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		s := tagScanner{page: page}
		z := html.NewTokenizer(bytes.NewReader(page))
		for s.next() {
			if s.tag == 0 {
				continue
			}
			var name atom.Atom
			ends := false
			for name == 0 {
				kind := z.Next()
				if kind == html.ErrorToken {
					t.Fatalf("%q: the scanner sees a %v more", page, s.tag)
				}
				ends = kind == html.EndTagToken
				if b, _ := z.TagName(); len(b) > 0 { // it may take a "/" for the end of a tag where it is one of a value
					if name = atom.Lookup(b); kind == html.SelfClosingTagToken && (name != s.tag || s.ends) {
						name = 0
					}
				}
			}
			if name != s.tag || ends != s.ends {
				t.Fatalf("%q: %v (an end: %v), not %v (%v)", page, s.tag, s.ends, name, ends)
			}
		}
	})
}
