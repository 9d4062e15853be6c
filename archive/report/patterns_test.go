package report

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/extract/change"
)

// towns makes articles that have little in common.
func towns(n int) (list []edition) {
	places := strings.Fields("Ostwick Calder Hembury Torvale Pellmere Ansty Brigg Dunmore Ellery Foxholt Garrick Hulme Ibstock Jarrow Kelso Larne")
	things := strings.Fields("museum library orchard harbour railway theatre quarry lighthouse market school brewery windmill tannery cinema foundry chapel")
	verbs := strings.Fields("reopens burns closes moves floods grows shrinks wins loses waits returns sinks rises thrives struggles begins")
	for i := range n {
		p, x, v := places[i], things[(i*7+3)%16], verbs[(i*5+1)%16]
		list = append(list, edition{site: "Harbour Gazette", path: fmt.Sprintf("/p%d", i), lang: "en", title: p + " " + x + " " + v, modified: "2026-03-01T20:00:00Z", text: []string{
			fmt.Sprintf("The %s of %s has seen %d visitors since the spring, which its keeper called the best year that anybody there can remember.", x, p, 400+37*i),
			fmt.Sprintf("In %s the council had wanted to sell the %s for %d crowns, and changed its mind after a petition of the neighbours.", p, x, 9000+501*i),
			fmt.Sprintf("A meeting about the future of the %s is to be held on the %dth of the month in the parish hall of %s, behind the old mill.", x, 4+i, p),
		}})
	}
	return list
}

func more(e edition, hour int, text string) edition {
	e.hour, e.text = hour, append(slices.Clone(e.text), text)
	return e
}

const listen = "Readers of the Harbour Gazette can now listen to all of its articles in the new application."

// A template that came over many pages is one line, even where a page was
// changed of itself too, and no paper hid anything by it.
func TestTemplate(t *testing.T) {
	list := towns(12)
	all := slices.Clone(list)
	for i, e := range list {
		next := more(e, 5, listen)
		if i == 3 {
			next = more(e.then(5, "400", "400"), 5, listen).then(5, "best year", "worst year")
		}
		if i < 10 {
			all = append(all, next)
		}
	}
	all = append(all, list[11].then(5, "In Foxholt", "In Foxholt")) // stands
	r := build(t, store(t, all...), Options{})
	if len(r.Alike) != 1 || len(r.Alike[0].Pages) != 10 || !r.Alike[0].Furniture || r.Alike[0].Card.Grade != 0 {
		t.Fatalf("alike %+v", r.Alike)
	}
	if own := slices.Concat(r.Cards, r.Small); len(own) != 1 || len(own[0].Edits) != 1 || own[0].Has(change.Added) || !own[0].Stealth {
		t.Fatalf("of its own: %+v", own)
	}
	if r.Changed != 2 || r.Stealth != 1 || r.Papers[0].Changed != 2 {
		t.Errorf("%d changes, %d by stealth, %+v", r.Changed, r.Stealth, r.Papers)
	}
	for name, text := range forms(t, r) {
		if !strings.Contains(text, "10 pages of Harbour Gazette: the same was added") {
			t.Errorf("%s does not say it in one line", name)
		}
		if n := strings.Count(text, "new application"); n != 1 {
			t.Errorf("%s says it %d times", name, n)
		}
	}
	s := store(t, all...)
	patterns, err := FindPatterns(t.Context(), s, "", time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	for c, err := range s.Changes(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if c, is := patterns.Written(c); is {
			if written++; len(c.Diff.Edits) != 1 || !c.Diff.Stealth {
				t.Errorf("written: %+v", c.Diff)
			}
		}
	}
	if written != 1 {
		t.Errorf("%d changes were written", written)
	}
	cards := r.AllCards()
	if i := slices.IndexFunc(cards, func(c Card) bool { return c.Furniture }); len(cards) != 2 || i < 0 || len(cards[i].Alike) != 10 || cards[i].ID() == r.Alike[0].Card.ID() {
		t.Errorf("as changes: %+v", cards)
	}
	if r := build(t, store(t, all...), Options{Choice: Choice{Min: 2}}); len(r.Alike) != 0 {
		t.Errorf("grade 2 takes furniture: %+v", r.Alike)
	}
}

// Who looks at a page late gets told that it is the template that he knows.
func TestTemplateTrickles(t *testing.T) {
	list := towns(12)
	all := slices.Clone(list)
	for i, e := range list {
		all = append(all, more(e, 5+i, listen))
	}
	s := store(t, all...)
	r := build(t, s, Options{Since: monday.Add(14*time.Hour + time.Minute)})
	if len(r.Alike) != 1 || len(r.Alike[0].Pages) != 2 || r.Alike[0].InAll != 12 || r.Stealth != 0 || len(r.Cards) != 0 {
		t.Fatalf("alike %+v, %d by stealth, cards %+v", r.Alike, r.Stealth, r.Cards)
	}
}

// What is no template: a name put for another everywhere, a sentence in a
// series on one matter, a correction that some pages share, a sentence that
// came to few, or at times that have nothing to do with each other.
func TestNoTemplate(t *testing.T) {
	rename := func() (all []edition) {
		for i, e := range towns(16) {
			e.text[1] += fmt.Sprintf(" The mayor of Vostograd, who came %d times, praised the people.", i+2)
			all = append(all, e, e.then(5+i%3, "Vostograd", "Vostohrad"))
		}
		return all
	}
	series := func(note string, n int) (all []edition) {
		for i, e := range towns(n) {
			e.title = "Inquiry into the ferry disaster: " + e.title
			all = append(all, e, more(e, 5+i%3, note))
		}
		return all
	}
	apart := func() (all []edition) {
		for i, e := range towns(8) {
			before := e
			before.hour = 100*i - 1
			all = append(all, e, before, more(e, 100*i+1, listen))
		}
		return all
	}
	correction := "Correction: An earlier version of this article gave the tonnage of the ferry as 4,000. It was 3,400."
	few := towns(8)
	var little []edition
	for i, e := range few {
		if little = append(little, e); i < 4 {
			little = append(little, more(e, 5, listen))
		}
	}
	spelt := towns(12)
	var loosely []edition
	for i, e := range spelt { // two words that every paper uses, in five articles of seventy
		if loosely = append(loosely, e); i < 5 {
			loosely = append(loosely, e.then(5, "wanted to", "hoped to"))
		}
	}
	for i := range 60 {
		e := ferry
		e.path, e.title = fmt.Sprintf("/f%d", i), fmt.Sprintf("%s %d", ferry.title, i)
		e.text = append(slices.Clone(e.text), fmt.Sprintf("The %dth of these reports will look at the ferry number %d and at the people who work on it by night.", i, i*3))
		loosely = append(loosely, e)
	}
	for _, c := range []struct {
		name         string
		list         []edition
		alike, cards int // pages of the one group; cards of their own
		stealth      int
	}{
		{"a name everywhere", rename(), 16, 0, 1},
		{"a series", series("Eleven people died when the ferry went down in the sound, two of them children from Ostwick.", 8), 8, 0, 1},
		{"a correction of a series", series(correction, 8), 0, 8, 0},
		{"few", little, 0, 4, 4},
		{"at other times", apart(), 0, 8, 8},
		{"words that anybody swaps", loosely, 0, 5, 5},
	} {
		r := build(t, store(t, c.list...), Options{Now: monday.Add(900 * time.Hour)})
		n := 0
		for _, a := range r.Alike {
			if n += len(a.Pages); a.Furniture {
				t.Errorf("%s: taken for furniture", c.name)
			}
		}
		if n != c.alike || len(r.Alike) > 1 || len(r.Cards)+len(r.Small) != c.cards || r.Stealth != c.stealth {
			t.Errorf("%s: %d groups of %d pages, %d cards, %d by stealth", c.name, len(r.Alike), n, len(r.Cards)+len(r.Small), r.Stealth)
		}
	}
}

// A box of corrections that every page gets is a box.
func TestBoxOfCorrections(t *testing.T) {
	var all []edition
	for _, e := range towns(14) {
		all = append(all, e, more(e, 5, "Correction: This article has been corrected by nobody yet, and this box says where to write to."))
	}
	if r := build(t, store(t, all...), Options{}); len(r.Alike) != 1 || !r.Alike[0].Furniture || len(r.Cards) != 0 || len(r.Corrections) != 0 {
		t.Errorf("alike %+v, corrections %+v", r.Alike, r.Corrections)
	}
}

func TestAlikeInJSON(t *testing.T) {
	var all []edition
	for _, e := range towns(6) {
		all = append(all, e, more(e, 5, listen))
	}
	var x struct {
		Alike []struct {
			Furniture bool
			Pages     []struct{ URL, Title string }
		}
	}
	b, err := json.Marshal(build(t, store(t, all...), Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &x); err != nil {
		t.Fatal(err)
	}
	if len(x.Alike) != 1 || !x.Alike[0].Furniture || len(x.Alike[0].Pages) != 6 || x.Alike[0].Pages[5].URL == "" {
		t.Errorf("%+v", x)
	}
}
