package schedules

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func mustParse(t *testing.T, s Schedule) *Plan {
	t.Helper()
	if s.Name == "" {
		s.Name = "test"
	}
	p, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		s      Schedule
		fault  string // the part of the text under the carets
		reason string
		hint   string
	}{
		{Schedule{Cron: "0 25 * * *"}, "25", "hour", "0 to 23"},
		{Schedule{Cron: "CRON_TZ=Asia/Tokyo"}, "CRON_TZ=Asia/Tokyo", "a zone and no times", "CRON_TZ=Asia/Tokyo 0 6 * * *"},
		{Schedule{Cron: "TZ= "}, "TZ=", "a zone and no times", ""},
		{Schedule{Cron: "CRON_TZ=Europe/Berlinn 0 6 * * *"}, "Europe/Berlinn", "no such zone", "Europe/Berlin"},
		{Schedule{Cron: "CRON_TZ=UTC 0 6 * * *", Zone: "Asia/Tokyo"}, "CRON_TZ=UTC 0 6 * * *", "another zone", ""},
		{Schedule{Cron: "0 6 * * *", Zone: "../etc/passwd"}, "../etc/passwd", "no such zone", ""},
		{Schedule{Cron: "0 0 30 2 *"}, "0 0 30 2 *", "never fires", ""},
		{Schedule{Cron: "0 0 31 4,6,9,11 *"}, "0 0 31 4,6,9,11 *", "never fires", ""},
		{Schedule{Cron: "0 0 6 * * *"}, "0 0 6 * * *", "6 fields", "seconds are not supported"},
		{Schedule{Cron: "0 6 * *"}, "0 6 * *", "4 fields", "minute, hour"},
		{Schedule{Cron: "0 6 * * 7"}, "7", "weekday", "Sunday is 0"},
		{Schedule{Cron: "0 6 * * MON-SUN"}, "MON-SUN", "weekday", "a range goes upwards"},
		{Schedule{Cron: "0 6 L * *"}, "L", "day of month", "L, W and # are not supported"},
		{Schedule{Cron: "*/0 * * * *"}, "*/0", "minute", ""},
		{Schedule{Cron: "0 22-5 * * *"}, "22-5", "hour", "22-23,0-5"},
		{Schedule{Cron: "0, 6 * * *"}, "0,", "missing beside a comma", ""},
		{Schedule{Cron: ", * * * *"}, ",", "missing beside a comma", ""},
		{Schedule{Cron: "0 6 * 13 *"}, "13", "month", "JAN to DEC"},
		{Schedule{Cron: "@reboot"}, "@reboot", "not supported", "every"},
		{Schedule{Cron: "@fortnightly"}, "@fortnightly", "no such name", "@weekly"},
		{Schedule{Cron: "@every soon"}, "@every soon", "no duration", "@every 15m"},
		{Schedule{Cron: "@every -3s"}, "-3s", "shorter than a second", ""},
		{Schedule{}, "", "neither", "every: 15m"},
		{Schedule{Cron: "@daily", Every: time.Hour}, "1h0m0s", "cron is set too", ""},
		{Schedule{Every: time.Millisecond}, "1ms", "shorter than a second", ""},
		{Schedule{Every: time.Hour, Jitter: -1}, "-1ns", "negative", ""},
		{Schedule{Every: time.Hour, MaxRun: -1}, "-1ns", "negative", ""},
		{Schedule{Every: time.Hour, Overlap: "allow"}, "allow", "no such policy", "skip, queue-one or cancel"},
		{Schedule{Cron: strings.Repeat("1,", 400) + "1 * * * *"}, "1,1", "longer than 500", ""},
	} {
		c.s.Name = "morning"
		_, err := Parse(c.s)
		var pe *ParseError
		if !errors.As(err, &pe) {
			t.Errorf("%+v: %v, want a ParseError", c.s, err)
			continue
		}
		if got := pe.Text[pe.Offset : pe.Offset+pe.Length]; !strings.HasPrefix(got, c.fault) {
			t.Errorf("%+v: the fault is at %q, want %q", c.s, got, c.fault)
		}
		if msg := err.Error(); !strings.Contains(msg, c.reason) || !strings.Contains(msg, c.hint) || !strings.Contains(msg, "morning") {
			t.Errorf("%+v: %q, want it to say %q and %q", c.s, msg, c.reason, c.hint)
		}
	}
	if _, err := Parse(Schedule{Every: time.Hour}); err == nil {
		t.Error("a schedule without a name was taken")
	}
	_, err := Parse(Schedule{Name: "x", Cron: "CRON_TZ=UTC 0\t25 * * *"})
	var pe *ParseError
	if !errors.As(err, &pe) || pe.Caret() != "CRON_TZ=UTC 0\t25 * * *\n             \t^^" {
		t.Errorf("caret:\n%s", pe.Caret())
	}
}

func TestNext(t *testing.T) {
	const layout = "2006-01-02 15:04 -0700"
	for _, c := range []struct {
		name, cron, zone string
		after            string
		want             []string
		notes            int
	}{
		{"plain", "30 6 * * MON-FRI", "Europe/Berlin", "2026-11-06 06:30 +0100", []string{"2026-11-09 06:30 +0100", "2026-11-10 06:30 +0100"}, 0},
		{"zone in the line", "CRON_TZ=Asia/Tokyo 0 6 * * *", "", "2026-11-06 00:00 +0900", []string{"2026-11-06 06:00 +0900"}, 0},
		{"descriptor", "@weekly", "UTC", "2026-11-06 00:00 +0000", []string{"2026-11-08 00:00 +0000", "2026-11-15 00:00 +0000"}, 0},
		{"leap day", "0 0 29 2 *", "UTC", "2096-03-01 00:00 +0000", []string{"2104-02-29 00:00 +0000"}, 0},
		{"day or weekday", "0 0 1 JAN MON", "UTC", "2026-12-01 00:00 +0000", []string{"2027-01-01 00:00 +0000", "2027-01-04 00:00 +0000"}, 0},

		{"Berlin skips", "30 2 * * *", "Europe/Berlin", "2026-03-28 02:30 +0100", []string{"2026-03-29 03:00 +0200", "2026-03-30 02:30 +0200"}, 1},
		{"Berlin skips many", "*/20 2 * * *", "Europe/Berlin", "2026-03-28 02:40 +0100", []string{"2026-03-29 03:00 +0200", "2026-03-30 02:00 +0200"}, 1},
		{"Berlin skips, and the hour after too", "0,30 2,3 * * *", "Europe/Berlin", "2026-03-28 03:30 +0100", []string{"2026-03-29 03:00 +0200", "2026-03-29 03:30 +0200", "2026-03-30 02:00 +0200"}, 1},
		{"Berlin repeats", "30 2 * * *", "Europe/Berlin", "2026-10-24 02:30 +0200", []string{"2026-10-25 02:30 +0200", "2026-10-26 02:30 +0100"}, 1},
		{"Berlin repeats, asked between", "30 2 * * *", "Europe/Berlin", "2026-10-25 02:10 +0100", []string{"2026-10-26 02:30 +0100"}, 0},
		{"Berlin every hour, spring", "30 * * * *", "Europe/Berlin", "2026-03-29 00:30 +0100", []string{"2026-03-29 01:30 +0100", "2026-03-29 03:30 +0200"}, 0},
		{"Berlin every hour, autumn", "30 * * * *", "Europe/Berlin", "2026-10-25 01:30 +0200", []string{"2026-10-25 02:30 +0200", "2026-10-25 02:30 +0100", "2026-10-25 03:30 +0100"}, 0},
		{"Berlin every hour on the change", "0 * * * *", "Europe/Berlin", "2026-10-25 02:00 +0200", []string{"2026-10-25 02:00 +0100", "2026-10-25 03:00 +0100"}, 0},
		{"New York skips", "15 2 8 3 *", "America/New_York", "2026-01-01 00:00 -0500", []string{"2026-03-08 03:00 -0400"}, 1},
		{"New York repeats", "15 1 1 11 *", "America/New_York", "2026-01-01 00:00 -0500", []string{"2026-11-01 01:15 -0400", "2027-11-01 01:15 -0400"}, 1},
		{"Lord Howe skips half an hour", "15 2 * * *", "Australia/Lord_Howe", "2026-10-03 02:15 +1030", []string{"2026-10-04 02:30 +1100", "2026-10-05 02:15 +1100"}, 1},
		{"Lord Howe repeats half an hour", "45 1 * * *", "Australia/Lord_Howe", "2026-04-04 01:45 +1100", []string{"2026-04-05 01:45 +1100", "2026-04-06 01:45 +1030"}, 1},
		{"midnight skipped", "0 0 * * *", "America/Sao_Paulo", "2018-11-03 00:00 -0300", []string{"2018-11-04 01:00 -0200", "2018-11-05 00:00 -0200"}, 1},
		{"a whole day skipped", "0 12 * * *", "Pacific/Apia", "2011-12-29 12:00 -1000", []string{"2011-12-31 00:00 +1400", "2011-12-31 12:00 +1400"}, 1},
		{"no changes", "30 2 * * *", "Asia/Kolkata", "2026-03-28 02:30 +0530", []string{"2026-03-29 02:30 +0530"}, 0},
	} {
		p := mustParse(t, Schedule{Cron: c.cron, Zone: c.zone})
		after, err := time.Parse(layout, c.after)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		notes := 0
		for _, s := range p.Upcoming(after, len(c.want)) {
			got = append(got, s.Planned.Format(layout))
			if s.Note != "" {
				notes++
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) || notes != c.notes {
			t.Errorf("%s: %q with %d notes, want %q with %d", c.name, got, notes, c.want, c.notes)
		}
	}
}

func TestEveryAndJitter(t *testing.T) {
	p := mustParse(t, Schedule{Cron: "@every 90m"})
	if p.Every != 90*time.Minute || p.Cron != "" {
		t.Fatalf("plan %+v", p.Schedule)
	}
	at := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	if next := p.Next(at); !next.Equal(at.Add(90 * time.Minute)) {
		t.Fatalf("next %v", next)
	}
	seen := map[time.Duration]bool{}
	for n := range 50 {
		s := Schedule{Name: fmt.Sprint("site ", n), Every: time.Hour, Jitter: 10 * time.Minute}
		d := mustParse(t, s).Due(at).Sub(at)
		if again := mustParse(t, s).Due(at).Sub(at); again != d {
			t.Fatalf("jitter %v, then %v", d, again)
		}
		if d < 0 || d >= 10*time.Minute {
			t.Fatalf("jitter %v", d)
		}
		seen[d] = true
	}
	if len(seen) < 40 {
		t.Fatalf("50 schedules have %d different jitters", len(seen))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"0 6 * * *", "CRON_TZ=Asia/Tokyo", "CRON_TZ=Europe/Berlin 30 2 * * *", "@every 15m", "0 0 30 2 *",
		"*/5 8-20 * JAN-MAR MON", "TZ=UTC\t@daily", "? ? ? ? ?", "1-5/2,7 * 29 2 *", "@hourly", "\xff * * * *", "59 23 31 12 0"} {
		f.Add(s, "Europe/Berlin")
		f.Add(s, "")
	}
	start := time.Date(2026, 3, 28, 22, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, line, zone string) {
		p, err := Parse(Schedule{Name: "x", Cron: line, Zone: zone})
		if err != nil {
			var pe *ParseError
			if !errors.As(err, &pe) || pe.Reason == "" || pe.Offset < 0 || pe.Length < 0 || pe.Offset+pe.Length > len(pe.Text) {
				t.Fatalf("%q: %#v", line, err)
			}
			pe.Caret()
			return
		}
		at := start
		for range 5 {
			next := p.Next(at)
			if !next.After(at) || next.Sub(at) > 9*366*24*time.Hour && p.Every == 0 {
				t.Fatalf("%q in %q: %v after %v", line, zone, next, at)
			}
			// Between them there is none: asked from just before, it is the same.
			if p.Every == 0 && !p.Next(next.Add(-time.Second)).Equal(next) {
				t.Fatalf("%q in %q: %v, asked from a second before: %v", line, zone, next, p.Next(next.Add(-time.Second)))
			}
			at = next
		}
	})
}
