package extract

import (
	"golang.org/x/net/html"

	"pressmark/extract/filter"
)

// A Refusal is text that a rule of the user's filters would have taken off the
// page, and was kept.
type Refusal struct {
	Rule string `json:"rule"`
	Text string `json:"text"` // its beginning
	Why  string `json:"why"`
}

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
func (t *trace) hide(doc *html.Node, f *filter.Set, address string) []Removal {
	if f.Len() == 0 {
		return nil
	}
	hidden, refused := f.Hide(doc, address)
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
	return list
}
