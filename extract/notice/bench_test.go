package notice

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// newsPage is a page of about the usual size: navigation, forty paragraphs, a notice.
func newsPage() string {
	var b strings.Builder
	b.WriteString("<html><body><ul>")
	for range 120 {
		b.WriteString(`<li class="nav-item menu"><a href="/x">Politics and the regions</a></li>`)
	}
	b.WriteString("</ul><article>")
	for range 40 {
		b.WriteString(`<p class="para">The county council voted on Monday night to keep the swimming pool in Harwell open until next spring, ` +
			`and councillor Ruth Page said 4,200 residents had signed a petition against the plan to close it. “We listened to them,” she added. ` +
			`A new roof will cost £1.3 million; work is to begin in September, if the bank agrees to the loan that the council has asked for.</p>`)
	}
	b.WriteString(`</article><div class="cookie-bar"><p>We use cookies to improve your experience.</p><button>Accept</button></div></body></html>`)
	return b.String()
}

func BenchmarkPrune(b *testing.B) {
	markup := newsPage()
	b.SetBytes(int64(len(markup)))
	docs := make([]*html.Node, b.N)
	for i := range docs {
		docs[i], _ = html.Parse(strings.NewReader(markup))
	}
	b.ResetTimer()
	for i := range docs {
		Prune(docs[i])
	}
}

func BenchmarkBlocks(b *testing.B) {
	doc, _ := html.Parse(strings.NewReader(newsPage()))
	texts := ReadPage(doc).texts
	n := 0
	for _, t := range texts {
		n += len(t)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		Blocks(texts, Options{})
	}
}
