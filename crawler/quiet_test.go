package crawler_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler"
)

func TestHours(t *testing.T) {
	for _, bad := range []string{"22", "22:00", "22:00-22:00", "25:00-06:00", "22:60-06:00", "24:00-06:00", "22:00-06:00,", "a-b", "00:00-12:00, 12:00-24:00", "-1:00-02:00"} {
		if h, err := crawler.ParseHours(bad); err == nil {
			t.Errorf("%q was read as %s", bad, h)
		}
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ hours, at, until string }{
		{"22:00-06:00", "2026-11-02 21:59", ""},
		{"22:00-06:00", "2026-11-02 22:00", "2026-11-03 06:00 CET"},
		{"22:00-06:00", "2026-11-03 05:59", "2026-11-03 06:00 CET"},
		{"22:00-06:00", "2026-11-03 06:00", ""},
		{"22:00-24:00", "2026-11-03 23:00", "2026-11-04 00:00 CET"},
		{"12:30-13:00, 1:00-2:00", "2026-11-03 12:45", "2026-11-03 13:00 CET"},
		{"22:00-23:00, 23:00-01:00", "2026-11-03 22:30", "2026-11-04 01:00 CET"},
		{"01:30-02:30", "2026-03-29 01:45", "2026-03-29 03:00 CEST"}, // the clock is put forward at two
		{"01:30-02:30", "2026-10-25 01:45", "2026-10-25 02:30 CEST"}, // and back at three
		{"02:15-02:45", "2026-10-25 00:00 UTC", ""},
		{"02:15-02:45", "2026-10-25 00:30 UTC", "2026-10-25 02:45 CEST"},
		{"02:15-02:45", "2026-10-25 01:30 UTC", "2026-10-25 02:45 CET"}, // the second time
		{"none", "2026-11-03 12:45", ""},
		{"", "2026-11-03 12:45", ""},
	} {
		h, err := crawler.ParseHours(tt.hours)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", tt.at, berlin)
		if err != nil {
			if at, err = time.Parse("2006-01-02 15:04 MST", tt.at); err != nil {
				t.Fatal(err)
			}
			at = at.In(berlin)
		}
		got := ""
		if end, quiet := h.Until(at); quiet {
			got = end.Format("2006-01-02 15:04 MST")
		}
		if got != tt.until {
			t.Errorf("%s at %s: until %q, want %q", tt.hours, tt.at, got, tt.until)
		}
	}
}

// A round that runs into a site's quiet hours stops, says so, and goes on after them.
func TestQuietHours(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, stories(6))
	hours, err := crawler.ParseHours("07:01-09:00") // the clock begins at 6:00 UTC, 7:00 in Berlin
	if err != nil {
		t.Fatal(err)
	}
	site := crawler.Site{Feeds: []string{"$A/a.xml"}, Delay: 20 * time.Second, Quiet: hours, Zone: berlin}
	n := w.round(site, crawler.Due)
	asked := len(w.paths())
	if asked < 2 || asked > 3 || n.Skipped["quiet hours"] != 7-asked || n.Note != "quiet hours: it goes on at 09:00 Europe/Berlin" || n.Blocked != "" {
		t.Errorf("asked for %d, skipped %v, note %q, blocked %q", asked, n.Skipped, n.Note, n.Blocked)
	}
	if n = w.round(site, crawler.All); len(w.requests()) > 0 || n.Skipped["quiet hours"] == 0 {
		t.Errorf("in them: %+v", n)
	}
	w.clock.turn(2 * time.Hour)
	if n = w.round(site, crawler.Due); n.Pages < 7-asked || len(n.Skipped) > 0 {
		t.Errorf("after them: %+v", n)
	}
}

// A day's budget is spent once, whoever crawls and however often he starts
// anew, and there is another one after midnight.
func TestDaysBudget(t *testing.T) {
	w := newWorld(t, stories(30))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}, PerDay: crawler.Budget{Requests: 10}, Zone: time.UTC, MaxPages: 4}
	asked := 0
	var n = w.round(site, crawler.Due)
	for range 4 {
		asked += len(w.requests())
		w.clock.turn(time.Minute)
		w.crawler = crawler.New(w.parts) // which remembers nothing
		n = w.round(site, crawler.Due)
	}
	asked += len(w.requests())
	if asked != 10 || !strings.Contains(n.Note, "10 of today's 10 requests are spent: it goes on at 00:00 UTC") || n.Skipped["day's budget"] == 0 {
		t.Errorf("asked for %d, skipped %v, note %q", asked, n.Skipped, n.Note)
	}
	w.clock.turn(18 * time.Hour)
	if n = w.round(site, crawler.Due); n.Pages != 4 {
		t.Errorf("the next day: %+v", n)
	}

	w = newWorld(t, stories(30))
	site.PerDay, site.MaxPages = crawler.Budget{Bytes: 40}, 0
	n = w.round(site, crawler.Due)
	if got := w.paths(); len(got) > 2 || !strings.Contains(n.Note, "of today's 0.0 MB are spent") {
		t.Errorf("with a budget of 40 bytes, asked for %v, note %q", got, n.Note)
	}
}

// A server that fails is left alone for longer each time, by a crawler that
// starts anew too, is asked for one thing to see how it is, and forgiven.
func TestBreakerRemembers(t *testing.T) {
	w := newWorld(t, entry("A/robots.txt", "404\n\n")+strings.Repeat(entry("A/a.xml", "429\n\n"), 4)+entry("A/a.xml", feed("$A/0", "$A/1"))+
		entry("A/0", "200\n\nnews")+entry("A/1", "200\n\nnews"))
	site := crawler.Site{Feeds: []string{"$A/a.xml"}, Delay: time.Second}
	for i, want := range []time.Duration{5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 40 * time.Minute} {
		n := w.round(site, crawler.All)
		_, end, _ := strings.Cut(n.Blocked, "left alone until ")
		until, err := time.Parse(sentence, end)
		if off := until.Sub(w.clock.now()); err != nil || off < want-time.Second || off > want*6/5+time.Second {
			t.Fatalf("time %d: left alone for %v, want %v (%s)", i, off, want, n.Blocked)
		}
		if got := w.paths(); !slices.Equal(got, []string{"/a.xml"}) {
			t.Fatalf("time %d: asked for %v", i, got)
		}
		w.clock.turn(until.Sub(w.clock.now()) + time.Second)
		w.crawler = crawler.New(w.parts)
	}
	n := w.round(site, crawler.All)
	if got := w.paths(); !slices.Equal(got, []string{"/a.xml", "/0", "/1"}) || n.Blocked != "" {
		t.Errorf("when it is well: asked for %v, %q", got, n.Blocked)
	}
	if n.Pace != 16*time.Second { // twice as long for each of four strikes
		t.Errorf("and it is asked each %v", n.Pace)
	}
	w.clock.turn(4 * time.Hour)
	if n = w.round(site, crawler.All); n.Pace > 2*time.Second {
		w.clock.turn(time.Minute)
		n = w.round(site, crawler.All)
	}
	if n.Pace != time.Second {
		t.Errorf("hours later it is asked each %v", n.Pace)
	}
}
