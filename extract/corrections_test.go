package extract

import (
	"strings"
	"testing"
)

const tides = `<p>The harbour of Linden Mills was closed on Monday after a storm tore three boats from their moorings and sank them in the basin.</p>
<p>The harbour master said that the owners had been told on Sunday, and that most of them had brought their boats ashore in time.</p>
<p>Divers will look for the wrecks on Wednesday, when the wind is expected to fall, and the basin is to be opened again on Friday.</p>
<p>The council has asked for money for a new wall, which the county turned down two years ago because it was thought too dear.</p>`

// TestCorrectionsStay holds notes on the article where papers put them.
func TestCorrectionsStay(t *testing.T) {
	const said = "An earlier version of this article said that four boats had sunk; it was three."
	for _, note := range []string{
		`<aside class="correction"><p>` + said + `</p></aside>`,
		`<aside><p>Correction: ` + said + `</p></aside>`,
		`<footer><p>Correction, 3 May: ` + said + `</p></footer>`,
		`<footer><p class="correction">` + said + `</p><p>Tags: <a href="/a">harbours</a></p></footer>`,
		`<footer><p>Tags: <a href="/a">harbours</a></p><p>Clarification: ` + said + `</p></footer>`,
		`<div class="article-footer"><p>Berichtigung: ` + said + `</p></div>`,
		`<div class="article-footer"><div class="editors-note"><p>` + said + `</p></div></div>`,
		`<div class="editors-note"><p>` + said + `</p></div>`,
		`<div class="update"><p>Update: ` + said + `</p></div>`,
		`<div class="amendment"><p>` + said + `</p></div>`,
		`<aside class="related fe-de-erratas"><p>` + said + `</p></aside>`,
		`<aside class="box"><h3>Correction</h3><p>` + said + `</p></aside>`,
		`<p class="meta">訂正： ` + said + `</p>`,
	} {
		for _, page := range []string{
			`<article><h1>Storm sinks boats</h1>` + tides + note + `</article>`,
			`<article><h1>Storm sinks boats</h1><div class="article-body">` + tides + note + `</div></article>`,
			`<article><h1>Storm sinks boats</h1><div class="article-body">` + tides + `</div>` + note + `</article>`,
			`<article><h1>Storm sinks boats</h1>` + note + `<div class="article-body">` + tides + `</div></article>`,
		} {
			page = `<html><body><nav><a href="/">Home</a></nav>` + page + `<footer>All the news of the coast</footer></body></html>`
			a := Extract(Page{Body: []byte(page), URL: "https://paper.example/a"})
			if !strings.Contains(a.Text(), said) {
				t.Errorf("lost: %s\nin %q\nremoved %+v", page[46:], a.Text(), a.Removed)
			}
		}
	}
}

// TestShortCorrectionsStay holds notes after the last sentence that are no sentences.
func TestShortCorrectionsStay(t *testing.T) {
	for _, note := range []string{
		`<p>Rectificatif: deux bateaux ont coulé</p>`, `<p>Correction: two boats only</p>`, `<h2>Korjaus 15.3. klo 14: kaksi venettä upposi</h2>`,
		`<div>Update, Tuesday: two boats only</div>`, `<p><b>Rättelse den 3 maj: två båtar</b></p>`, `<p>정정 3월 4일: 배 두 척이 침몰했습니다 두 척입니다</p>`,
	} {
		a := Extract(Page{Body: []byte(`<html><body><article><h1>Storm sinks boats</h1>` + tides + note + `</article></body></html>`), URL: "https://paper.example/a"})
		want := textsOf(t, note)[0]
		if !strings.Contains(a.Text(), want) {
			t.Errorf("lost %q: %+v", want, a.Removed)
		}
	}
}

// TestNoNotes has lines that only begin like notes.
func TestNoNotes(t *testing.T) {
	for _, s := range []string{"Update your browser: click here", "Corrections officers left the prison", "Updates from the harbour", "Correctional staff: 12", "Errata-free at last", "More stories: Correction"} {
		if notes(s) {
			t.Errorf("%q is no note", s)
		}
	}
	page := `<html><body><article><h1>Storm sinks boats</h1>` + tides +
		`<aside><ul><li><a href="/x">Correction: the mayor of Elmwood was never in the harbour, says the council</a></li></ul></aside></article></body></html>`
	if a := Extract(Page{Body: []byte(page), URL: "https://paper.example/a"}); strings.Contains(a.Text(), "Elmwood") {
		t.Errorf("a link to another article stays: %q", a.Text())
	}
}

// TestErrorsWanted has blocks named for corrections that are none.
func TestErrorsWanted(t *testing.T) {
	for _, block := range []string{
		`<div class="corrections"><p>Have you seen a mistake in this text? Tell Elmwood desk about it and we will look into it.</p></div>`,
		`<aside class="correction-box"><p>To ask for a correction of this article write to the desk at elmwood@Elmwood.example please.</p></aside>`,
		`<aside><h3>Updates</h3><p>Every morning the most important things from Elmwood, chosen by our own desk.</p></aside>`,
		`<aside class="comments"><p>Correction: the mayor of Elmwood is a fool, as everybody here has known for years.</p></aside>`,
	} {
		page := `<html><body><article><h1>Storm sinks boats</h1><div class="article-body">` + tides + `</div>` + block + `</article></body></html>`
		if a := Extract(Page{Body: []byte(page), URL: "https://paper.example/a"}); strings.Contains(a.Text(), "Elmwood") {
			t.Errorf("stays: %s", block)
		}
	}
}

// TestTableOfContents holds running text in an element that is named as a table of contents.
func TestTableOfContents(t *testing.T) {
	page := `<html><body><article><h1>Storm sinks boats</h1>` + strings.ReplaceAll(tides, "basin", "dock") + strings.ReplaceAll(tides, "Linden", "Alder") +
		`<div class="toc">` + strings.ReplaceAll(tides, "harbour", "port") + `</div><div class="toc"><ul><li><a href="#a">The night of the storm</a></li><li><a href="#b">What the divers found</a></li></ul></div></article></body></html>`
	a := Extract(Page{Body: []byte(page), URL: "https://paper.example/a"})
	if !strings.Contains(a.Text(), "The port of Linden Mills") || strings.Contains(a.Text(), "What the divers found") {
		t.Errorf("%q %+v", a.Text(), a.Removed)
	}
}
