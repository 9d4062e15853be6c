package extract

import (
	"pressmark/extract/meta"
)

// Version names this extractor. It changes when the same bytes would give another Article.
const Version = "1"

// MaxBody is the largest body that is read as a page.
const MaxBody = 20 << 20

// Extract reads the article of a page. It never fails: what is no article
// has another Kind, and a Why.
func Extract(p Page) Article {
	doc, err := parse(decode(p.Body, p.ContentType))
	if err != nil {
		return Article{Kind: Other, Why: "the page cannot be parsed: " + err.Error()}
	}
	facts := meta.Read(doc, p.URL)
	o := newOutline(doc)
	a := Article{
		Kind: News, Title: headline(facts, p.URL), Byline: facts.Byline, Agency: facts.Agency, Published: facts.Published,
		Modified: facts.Modified, Language: facts.Language, Canonical: facts.Canonical, Section: facts.Section, SiteName: facts.SiteName,
	}
	if len(o.elements) == 0 {
		return Article{Kind: Other, Why: "the page has no text"}
	}
	o.weigh(a.Title, facts.ArticleBody)
	b := o.collect(o.judge())
	keep, removed := o.trim(b, a.Title, &facts)
	a.Removed = removed
	lead := o.lead(keep, a.Title, &facts)
	if lead >= 0 {
		a.Dek = o.pieces[lead].text
		a.Blocks = append(a.Blocks, Block{Kind: Lead, Text: a.Dek})
	}
	for _, i := range keep {
		if i == lead {
			continue
		}
		a.Blocks = append(a.Blocks, Block{Kind: o.pieces[i].kind, Text: o.pieces[i].text})
	}
	return a
}
