package crawler_test

import (
	"strings"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/frontier"
)

// A page that goes back to what it was has changed, and one that shows for the
// first time what another shows is new. Only what a page showed the last time
// makes it unchanged.
func TestSameBytes(t *testing.T) {
	const one, two = "200\n\none text", "200\n\nanother text"
	w := newWorld(t, entry("A/a.xml", feed("$A/0", "$A/1"))+entry("A/0", one)+entry("A/0", two)+entry("A/0", one)+entry("A/1", one))
	var seen []string
	for range 4 {
		w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
		row := ""
		for item, err := range w.frontier.List(t.Context(), frontier.Query{Kind: frontier.Page}) {
			if err != nil {
				t.Fatal(err)
			}
			is := " unchanged"
			if item.LastChanged.Equal(item.LastChecked) {
				is = " changed"
			}
			if strings.HasSuffix(item.URL, "/0") {
				row = "0" + is + row
			} else {
				row += ", 1" + is
			}
		}
		seen = append(seen, row)
		w.clock.turn(48 * time.Hour)
	}
	if got, want := strings.Join(seen, "; "), "0 changed, 1 changed; 0 changed, 1 unchanged; 0 changed, 1 unchanged; 0 unchanged, 1 unchanged"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
