package archive_test

import (
	"slices"
	"strings"
	"testing"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/extract/urlkey"
)

// followed takes a text, its copy, and a later one that brings new news over the
// same background.
func followed(d *desk) {
	background := []string{
		"The bridge over the Ostra was closed on the second of May, when Inspector Halvard Brenne of the Road Office had found cracks in 14 of its 62 girders; lorries have driven round by Vik since then, 48 kilometres more each way.",
		"It was built in 1931 by Torsen and Lund for carts and the tramway, and was to be replaced in 1974, in 1989 and in 2008, but each time the county council in Nordhamn spent the money on the tunnel below the Skarv instead.",
		"Some 9,300 people from Kvam and Ytre Dal cross the river to work; the ferry that the army lent takes 24 cars, and has failed on six days so far, as the Harbour Master Signe Aas told the council in June.",
	}
	first := append([]string{
		"The bridge over the river Ostra will stay closed until the autumn of next year, the Road Office said on Monday, since steel for its girders can't be had sooner.",
		"Director Pal Rognan said that three yards in Gdynia and Rijeka had been asked, and that the cheapest of them wanted 71 million and eleven months for the work.",
	}, background...)
	later := append([]string{
		"Shopkeepers in Kvam have asked a court in Nordhamn to make the army lend a second ferry, after trade in the village fell by half during the summer holidays.",
		"Their lawyer Ingunn Moe said on Thursday that two bakeries and the chemist would close before Christmas, and put the loss of 31 firms at eleven million so far.",
		"The army answered that its other ferry lies at Tromvik for an overhaul, and the ministry of defence wants to be heard before judge Arne Sund decides in October.",
	}, background...)
	d.take(address("a1"), 200, story("Ostra bridge to stay closed for another year", first))
	d.take(address("a2"), 200, story("Ostra bridge to stay closed for another year", first))
	d.take(address("f1"), 200, story("Kvam shopkeepers go to court over second ferry", later))
	d.read()
}

func TestFollowUpIsLinked(t *testing.T) {
	d := newDesk(t, archive.Options{})
	followed(d)
	linked := func(to, story string) {
		t.Helper()
		m := d.member("f1")
		if m.Follows.N != 1 || !slices.Contains(d.ats(to), m.Follows.Page) || !strings.HasPrefix(m.Why, "follows up: ") {
			t.Errorf("%+v, should follow %s", m, to)
		}
		if err := d.store.View(func(tx *archive.Tx) error {
			by, err := tx.Followers(m.Follows.Page)
			if err != nil || !slices.Equal(by, d.ats("f1")) {
				t.Errorf("followed by %q, %v", by, err)
			}
			v, err := tx.Brief(m.Follows)
			if err == nil && v.Story != archive.StoryID(d.at(story).ID()) {
				t.Errorf("the way leads to the story %s, should lead to that of %s", v.Story, story)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	d.must("a1 a2|f1")
	linked("a1 a2", "a1")
	// However the followed story is cut, the way leads to where the text is.
	d.decide(archive.Split, "a1", "a2", "")
	if got := d.fold(); got != "a1|a2|f1" {
		t.Fatal(got)
	}
	linked("a1", "a1")
	d.must("a1|a2|f1")
	linked("a1", "a1")
	d.decide(archive.Merge, "a1 a2", "", "")
	d.must("a1 a2|f1")
	linked("a1 a2", "a1")
	// A text that is merged with what it follows is in it, and follows it no more.
	r := d.decide(archive.Merge, "a1 a2 f1", "", "")
	if m := d.member("f1"); m.Follows.N != 0 || m.Relation != archive.Merged {
		t.Errorf("%+v", m)
	}
	d.must("a1 a2 f1")
	if _, err := ingest.Undo(t.Context(), d.store, r.Decision.ID, "x", d.clock()); err != nil {
		t.Fatal(err)
	}
	d.must("a1 a2|f1")
	linked("a1 a2", "a1")

	// Nothing names what is taken down.
	gone := d.member("f1").Follows.Page
	if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{gone}, By: "x", Reason: "y"}); err != nil {
		t.Fatal(err)
	}
	d.sound()
	if m := d.member("f1"); m.Follows.N != 0 || m.Why != "" {
		t.Errorf("it still follows %+v", m)
	}
}

// A story that follows another leaves no trace in it when it is taken down.
func TestTakedownOfAFollowUp(t *testing.T) {
	d := newDesk(t, archive.Options{})
	followed(d)
	of := d.member("f1").Follows.Page
	if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: d.ats("f1"), By: "x", Reason: "y"}); err != nil {
		t.Fatal(err)
	}
	d.sound()
	if err := d.store.View(func(tx *archive.Tx) error {
		by, err := tx.Followers(of)
		if len(by) > 0 {
			t.Errorf("followed by %q", by)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
