package archive_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/extract/urlkey"
)

// fold writes the stories as the addresses of their pages: "a b|c".
func (d *desk) fold() string {
	d.t.Helper()
	var all []string
	for s, err := range d.store.Stories(context.Background(), archive.Filter{}) {
		if err != nil {
			d.t.Fatal(err)
		}
		var names []string
		for _, m := range s.Members {
			if name := strings.TrimSuffix(string(m.Version.Page), "/"); !slices.Contains(names, name[strings.LastIndexByte(name, '/')+1:]) {
				names = append(names, name[strings.LastIndexByte(name, '/')+1:])
			}
		}
		if s.Lead != s.Members[0].Version {
			d.t.Errorf("story %s is led by %s, and begins with %s", s.ID, s.Lead, s.Members[0].Version)
		}
		all = append(all, strings.Join(names, " "))
	}
	slices.Sort(all)
	// Pages and versions say the same.
	for v, err := range d.store.Versions(context.Background(), archive.Filter{}) {
		if err != nil {
			d.t.Fatal(err)
		}
		if err := d.store.View(func(tx *archive.Tx) error {
			p, _, err := tx.Page(v.ID.Page)
			if err != nil {
				return err
			}
			s, err := tx.Story(v.Story)
			if p.Story != v.Story || !slices.ContainsFunc(s.Members, func(m archive.Member) bool { return m.Version == v.ID }) {
				d.t.Errorf("%s: story %q, of its page %q, is told by %v", v.ID, v.Story, p.Story, s.Members)
			}
			return err
		}); err != nil {
			d.t.Fatal(err)
		}
	}
	return strings.Join(all, "|")
}

// member gives a page's part in its story.
func (d *desk) member(name string) (m archive.Member) {
	d.t.Helper()
	if err := d.store.View(func(tx *archive.Tx) error {
		p, _, err := tx.Page(d.at(name))
		if err != nil {
			return err
		}
		s, err := tx.Story(p.Story)
		for _, x := range s.Members {
			if x.Version.Page == p.Key {
				m = x
				break
			}
		}
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	return m
}

// address is where the page of a name stands; each has a site of its own.
func address(name string) string { return "https://" + name + ".example/" + name }

func (d *desk) at(name string) urlkey.Key { return key(d.t, address(name)) }

func (d *desk) ats(names string) (keys []urlkey.Key) {
	for _, name := range strings.Fields(names) {
		keys = append(keys, d.at(name))
	}
	return keys
}

func (d *desk) decide(kind archive.DecisionKind, pages, from, why string) ingest.Refiling {
	d.t.Helper()
	x := archive.Decision{Kind: kind, Pages: d.ats(pages), From: d.ats(from), By: "the desk", At: d.clock(), Why: why}
	r, err := ingest.Decide(context.Background(), d.store, &x)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// must demands that the stories are so now, that they come out so when all is
// computed again, and that the archive is sound.
func (d *desk) must(want string) {
	d.t.Helper()
	if got := d.fold(); got != want {
		d.t.Errorf("stories %q, should be %q", got, want)
	}
	if err := d.store.Reset(context.Background()); err != nil {
		d.t.Fatal(err)
	}
	d.read()
	if got := d.fold(); got != want {
		d.t.Errorf("computed again: stories %q, should be %q", got, want)
	}
	d.sound()
}

// papers takes three copies of one text, two of another, and one of a third.
func papers(d *desk) {
	for _, name := range strings.Fields("a1 b1 a2 c1 a3 b2") {
		subject := map[byte]string{'a': "Harbour", 'b': "Railway", 'c': "Orchard"}[name[0]]
		d.take(address(name), 200, story(subject+" plans laid before the council", prose(subject, 6)))
	}
	d.read()
}

// edited is a page with one more sentence, as a later version.
func (d *desk) edited(name, subject string) {
	text := prose(subject, 6)
	text[2] += " The vote is to be taken on Friday, with 31 members present."
	d.take(address(name), 200, story(subject+" plans laid before the council", text))
	d.read()
}

func TestSplit(t *testing.T) {
	d := newDesk(t, archive.Options{})
	papers(d)
	d.must("a1 a2 a3|b1 b2|c1")
	r := d.decide(archive.Split, "a2", "a1 a3", "another harbour")
	if len(r.Before) != 1 || len(r.After) != 2 {
		t.Errorf("%d stories became %d", len(r.Before), len(r.After))
	}
	d.must("a1 a3|a2|b1 b2|c1")
	if got := d.member("a2").Why; !strings.Contains(got, "split off by hand: the desk, 2026-03-02") || !strings.Contains(got, "another harbour") {
		t.Errorf("the evidence of what was split off: %q", got)
	}
	// Not by an edit, nor by a third article, which is like both.
	d.edited("a2", "Harbour")
	d.take(address("a4"), 200, story("Harbour plans laid before the council", prose("Harbour", 6)))
	d.read()
	d.must("a1 a3 a4|a2|b1 b2|c1")
	d.edited("a1", "Harbour")
	d.take(address("a5"), 200, story("Harbour plans laid before the council", prose("Harbour", 6)))
	d.read()
	d.must("a1 a3 a4 a5|a2|b1 b2|c1")
	// Those who leave together stay together, and the first of a story may leave it.
	d.decide(archive.Split, "a1 a4", "a3 a5", "")
	d.must("a1 a4|a2|a3 a5|b1 b2|c1")
	d.reopen()
	d.must("a1 a4|a2|a3 a5|b1 b2|c1")
}

func TestMerge(t *testing.T) {
	d := newDesk(t, archive.Options{})
	papers(d)
	d.decide(archive.Merge, "a1 a2 a3 b1 b2 c1", "", "one agenda")
	d.must("a1 b1 a2 c1 a3 b2")
	for name, want := range map[string]string{"a1": "original", "a2": "same", "b1": "merged", "b2": "same", "c1": "merged"} {
		m := d.member(name)
		if string(m.Relation) != want {
			t.Errorf("%s is %s, should be %s", name, m.Relation, want)
		}
		if said := m.Why == "merged by hand: the desk, 2026-03-02 14:00 UTC: one agenda"; said != (want == "merged") {
			t.Errorf("%s: %q", name, m.Why)
		}
	}
	// What comes in later and is like one of them joins the whole.
	for _, name := range []string{"c2", "b3"} {
		subject := map[byte]string{'b': "Railway", 'c': "Orchard"}[name[0]]
		d.take(address(name), 200, story(subject+" plans laid before the council", prose(subject, 6)))
	}
	d.read()
	d.must("a1 b1 a2 c1 a3 b2 c2 b3")
	if m := d.member("c2"); m.Of.Page != d.at("c1") || m.Relation == archive.Merged {
		t.Errorf("a copy of what was merged: %+v", m)
	}
	d.edited("c1", "Orchard")
	d.must("a1 b1 a2 c1 a3 b2 c2 b3")
}

func TestNewerDecisionCounts(t *testing.T) {
	d := newDesk(t, archive.Options{})
	papers(d)
	d.decide(archive.Split, "a2", "a1 a3", "")
	merge := d.decide(archive.Merge, "a2 c1", "", "")
	d.must("a1 a3|a2 c1|b1 b2")
	d.decide(archive.Merge, "a1 a3 a2 c1", "", "")
	d.must("a1 a2 c1 a3|b1 b2")
	last := d.decide(archive.Split, "c1", "a1 a2 a3", "")
	d.must("a1 a2 a3|b1 b2|c1")

	// Taken back one after another, the latest first or not.
	undo := func(id uint64, want string) {
		t.Helper()
		r, err := ingest.Undo(t.Context(), d.store, id, "the night desk", d.turn(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if r.Decision.UndoneBy != "the night desk" || r.Decision.Undone.IsZero() {
			t.Errorf("undone: %+v", r.Decision)
		}
		d.must(want)
	}
	undo(last.Decision.ID, "a1 a2 c1 a3|b1 b2")
	undo(last.Decision.ID-1, "a1 a3|a2 c1|b1 b2")
	undo(merge.Decision.ID, "a1 a3|a2|b1 b2|c1")
	undo(1, "a1 a2 a3|b1 b2|c1")
	if r, err := ingest.Undo(t.Context(), d.store, 1, "", d.clock()); !errors.Is(err, ingest.ErrUndone) || r.Decision.UndoneBy != "the night desk" {
		t.Errorf("undone twice: %+v, %v", r, err)
	}
	if _, err := ingest.Undo(t.Context(), d.store, 99, "", d.clock()); !errors.Is(err, archive.ErrNoSuch) {
		t.Errorf("what was never decided: %v", err)
	}
	n := 0
	for x, err := range d.store.Decisions(t.Context()) {
		if n++; err != nil || x.ID != uint64(n) || x.Undone.IsZero() {
			t.Errorf("%+v, %v", x, err)
		}
	}
	if n != 4 {
		t.Errorf("%d decisions, should be 4", n)
	}
}

// What can't be decided leaves everything as it was.
func TestBadDecision(t *testing.T) {
	d := newDesk(t, archive.Options{})
	papers(d)
	for _, x := range []archive.Decision{
		{},
		{Kind: "burn", Pages: d.ats("a1 a2")},
		{Kind: archive.Merge, Pages: d.ats("a1")},
		{Kind: archive.Split, Pages: d.ats("a1")},
		{Kind: archive.Split, Pages: d.ats("a1"), From: d.ats("nobody")},
		{Kind: archive.Merge, Pages: d.ats("a1 b1"), Why: strings.Repeat("x", 5000)},
	} {
		if _, err := ingest.Decide(t.Context(), d.store, &x); err == nil {
			t.Errorf("decided: %+v", x)
		}
	}
	d.must("a1 a2 a3|b1 b2|c1")
	for x, err := range d.store.Decisions(t.Context()) {
		t.Errorf("%+v, %v", x, err)
	}
}

// What was merged stays so when the page goes that began its part, and copies
// of the others still join it.
func TestTakedownOfWhoBeganAPart(t *testing.T) {
	for _, gone := range []string{"b1", "a1"} {
		d := newDesk(t, archive.Options{})
		papers(d)
		d.decide(archive.Merge, "a1 a2 a3 b1 b2", "", "one agenda")
		d.must("a1 b1 a2 a3 b2|c1")
		if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: d.ats(gone), By: "x", Reason: "y"}); err != nil {
			t.Fatal(err)
		}
		want := strings.Replace("a1 b1 a2 a3 b2", gone+" ", "", 1)
		merged := 0
		for _, name := range strings.Fields(want) {
			if m := d.member(name); m.Relation == archive.Merged {
				merged++
			}
		}
		if merged != 1 {
			t.Errorf("without %s %d pages are merged, should be 1", gone, merged)
		}
		for _, name := range []string{"a4", "b4"} {
			d.take(address(name), 200, story("Once more", prose(map[byte]string{'a': "Harbour", 'b': "Railway"}[name[0]], 6)))
		}
		d.read()
		if got := d.fold(); got != want+" a4 b4|c1" {
			t.Errorf("without %s: %q", gone, got)
		}
		d.must(want + " a4 b4|c1")
	}
}

// Nothing that is left names a page that is taken down, and what was decided of
// the others still counts.
func TestTakedownForgetsDecisions(t *testing.T) {
	d := newDesk(t, archive.Options{})
	papers(d)
	d.decide(archive.Split, "a2", "a1 a3", "a3 told us of a2")
	d.decide(archive.Merge, "b1 b2 c1", "", "c1 is of the same agency as b1")
	d.must("a1 a3|a2|b1 c1 b2")
	take := func(names, want string) {
		t.Helper()
		if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: d.ats(names), By: "x", Reason: "y"}); err != nil {
			t.Fatal(err)
		}
		d.must(want)
		d.reopen()
		for x, err := range d.store.Decisions(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			for _, gone := range d.ats(names) {
				if slices.Contains(x.All(), gone) {
					t.Errorf("it still names %s: %+v", gone, x)
				}
			}
			if said := fmt.Sprint(x.Why); strings.Contains(said, "told us") || strings.Contains(said, "agency") {
				t.Errorf("it still says %q", said)
			}
		}
	}
	forgotten := func() (said string) {
		for s, err := range d.store.Stories(t.Context(), archive.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range s.Members {
				said += m.Why + "\n"
			}
		}
		return said
	}
	if said := forgotten(); !strings.Contains(said, "agency") || !strings.Contains(said, "told us") {
		t.Fatalf("it is no evidence, which is no test: %s", said)
	}
	if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: d.ats("a3 b1"), By: "x", Reason: "y"}); err != nil {
		t.Fatal(err)
	}
	if said := forgotten(); strings.Contains(said, "agency") || strings.Contains(said, "told us") {
		t.Errorf("evidence still says: %s", said)
	}
	d.must("a1|a2|c1 b2") // those that remain stay merged, and apart
	take("a1", "a2|c1 b2")
	if m := d.member("a2"); m.Why != "" {
		t.Errorf("it was split from nobody, by %q", m.Why)
	}
	take("b2", "a2|c1")
	for x, err := range d.store.Decisions(t.Context()) {
		t.Errorf("%+v, %v", x, err)
	}
}
