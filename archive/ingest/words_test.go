package ingest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/archive"
	"pressmark/archive/archivetest"
)

// What a withdrawal and a return say to people.
func TestWords(t *testing.T) {
	store := archivetest.Open(t)
	for i, l := range []look{{body: whole}, {status: 404}, {status: 404}, {body: edited}, {body: notFound}, {body: notFound}, {body: edited}} {
		take(t, store, i, l)
	}
	var whys []string
	drain(t, New(store, Options{Seen: func(s archive.Sighting, _ *archive.Change) { whys = append(whys, s.Why) }}))
	const soft = "the page says that it is not there"
	if diff := cmp.Diff([]string{
		"", "not found (404), to be seen again before it counts", "not found (404)", "",
		soft + ", to be seen again before it counts", soft, "",
	}, whys); diff != "" {
		t.Errorf("sightings (-want +got):\n%s", diff)
	}
	type words struct{ Title, Reason, Where, Before, After string }
	var got []words
	for _, c := range dump(t, store).Changes {
		e := c.Diff.Edits[0]
		got = append(got, words{c.Title, c.Diff.Reason, e.Where, e.Before, e.After})
	}
	if diff := cmp.Diff([]words{
		{ferry.title, "not found (404)", "status", "200 OK", "404 Not Found"},
		{ferry.title, "the page is there again with another text; its modified date is still 2026-03-01T07:00:00Z, and the text says nothing", "status", "404 Not Found", "200 OK"},
		{ferry.title, soft, "status", "200 OK", "200 OK, but " + soft},
		{ferry.title, "the page is there again with the text that it had", "status", "200 OK, but " + soft, "200 OK"},
	}, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

// A capture that comes in late, with a time before that of the last, sets no clock back.
func TestLateCapture(t *testing.T) {
	store := archivetest.Open(t)
	take(t, store, 5, look{body: whole})
	take(t, store, 2, look{body: whole})
	take(t, store, 3, look{body: edited})
	drain(t, New(store, Options{}))
	all := dump(t, store)
	if v := all.Versions[0]; !v.LastSeen.Equal(hours(5)) {
		t.Errorf("last seen at %s, want %s", v.LastSeen, hours(5))
	}
	if p := all.Pages[0]; !p.LastCheck.Equal(hours(5)) || !p.LastSeen.Equal(hours(5)) {
		t.Errorf("last check %s, last seen %s, want %s", p.LastCheck, p.LastSeen, hours(5))
	}
	if c := all.Changes[0]; c.Before.Before(c.After) {
		t.Errorf("a change between %s and %s", c.After, c.Before)
	}
}
