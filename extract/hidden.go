package extract

import (
	"strings"

	"golang.org/x/net/html"

	"pressmark/extract/filter"
	"pressmark/extract/meta"
)

// A Refusal is text that a rule of the user's filters would have taken off the
// page, and was kept.
type Refusal struct {
	Rule string `json:"rule"`
	Text string `json:"text"` // its beginning
	Why  string `json:"why"`
}

// leastLeft is how much of an article, in percent, must be left when everything is hidden:
// rules that take what stands around it may make another text look like the article.
const leastLeft = 75

// RefusedRule is the rule of a Removal that tells of a filter that was not followed: it took nothing.
const RefusedRule = "filter/refused"

// mostRefused is how many rules an article tells of that would have taken too much of it.
const mostRefused = 5

// VersionWith names the extractor together with the filters that it works
// with. It changes when the same bytes would give another Article.
func VersionWith(f *filter.Set) string {
	if d := f.Digest(); d != "" {
		return Version + "+" + d
	}
	return Version
}

// hide takes off the page what the user's filters hide. That is done after the
// page was asked what it says of itself, and whether it is a notice or a wall.
// Where they would take much, the article is read without them first: it stays.
func (t *trace) hide(doc *html.Node, p Page, address string, facts meta.Facts) []Removal {
	if p.Filters.Len() == 0 {
		return nil
	}
	v := p.Filters.Look(doc, address)
	var whole filter.Article
	var texts map[string]int
	if v.Weighs() {
		whole, texts = unfiltered(doc, headline(facts, address), facts)
	}
	hidden, refused := v.Hide(whole)
	if len(hidden) > 0 && whole.Size > 0 {
		left := 0
		_, stay := unfiltered(doc, headline(facts, address), facts)
		for text, size := range texts {
			if stay[text] > 0 {
				left += size
			}
		}
		if left*100 < whole.Size*leastLeft {
			hidden, refused = nil, append(refused, v.Undo(hidden)...)
		}
	}
	greedy := map[string]bool{}
	if t != nil {
		for _, r := range refused {
			t.refused = append(t.refused, Refusal{"filter/" + r.Rule.String(), r.Text, r.Why})
		}
	}
	t.lap("filters")
	list := make([]Removal, len(hidden))
	for i, h := range hidden {
		list[i] = Removal{Kind: "filter", Rule: "filter/" + h.Rule.String(), Text: h.Text}
	}
	for _, r := range refused { // an article that a list would have eaten tells of it wherever it is shown
		if r.Greedy() && !greedy[r.Rule.String()] && len(greedy) < mostRefused {
			greedy[r.Rule.String()] = true
			list = append(list, Removal{Kind: "limit", Rule: RefusedRule, Text: r.Rule.String() + " is not followed: " + r.Why})
		}
	}
	return list
}

// unfiltered is the article that a page has as it is, and the sizes of its texts.
func unfiltered(doc *html.Node, title string, facts meta.Facts) (filter.Article, map[string]int) {
	o := newOutline(doc)
	o.weigh(title, facts.ArticleBody)
	holds := map[*html.Node]int{}
	texts := map[string]int{}
	a := filter.Article{In: func(n *html.Node) int { return holds[n] }}
	if len(o.pieces) == 0 {
		return a, texts
	}
	keep, _ := o.trim(o.collect(o.judge()), title, &facts)
	for _, i := range keep {
		size := 0
		for w := range strings.FieldsSeq(o.pieces[i].text) {
			size += len(w)
		}
		a.Size += size
		texts[o.pieces[i].text] += size
		if e := o.pieces[i].in; e >= 0 {
			for n := o.elements[e].node; n != nil; n = n.Parent {
				holds[n] += size
			}
		}
	}
	return a, texts
}
