package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/schedules"
)

// Fires begin in another order than they were planned in where one waits for
// the run before it; each has its row, once, also after a restart.
func TestHistory(t *testing.T) {
	store := archivetest.Open(t)
	ctx := context.Background()
	now := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	open := func() *history {
		t.Helper()
		h, err := newHistory(ctx, store, clock, nil, []string{"wire", "new"})
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	fire := func(minutes int, status string) schedules.Fire {
		at := now.Add(time.Duration(minutes) * time.Minute)
		f := schedules.Fire{Schedule: "wire", Sites: []string{"wire"}, Planned: at, Due: at, Cause: schedules.ByEvery, Status: status}
		if status == schedules.Running {
			f.Started = at
		}
		return f
	}
	begin := func(h *history, f schedules.Fire, want bool) {
		t.Helper()
		if won, err := h.Begin(ctx, f); err != nil || won != want {
			t.Errorf("%s, %s: begun %v, %v", f.Planned, f.Status, won, err)
		}
	}
	h := open()
	if _, ok, _ := h.Last(ctx, "wire"); ok {
		t.Error("a fire of an empty archive")
	}
	first, third, second := fire(-30, schedules.Running), fire(-10, schedules.Skipped), fire(-20, schedules.Running)
	second.Started = now.Add(-5 * time.Minute)
	third.Passed = 2
	begin(h, first, true)
	begin(h, first, false)
	begin(h, third, true)
	first.Status, first.Ended = schedules.Done, now.Add(-6*time.Minute)
	if err := h.Finish(ctx, first); err != nil {
		t.Fatal(err)
	}
	begin(h, second, true)

	h = open() // the program died
	last, ok, err := h.Last(ctx, "wire")
	if err != nil || !ok || !last.Planned.Equal(third.Planned) {
		t.Errorf("the last fire was %v, %v, %v", last.Planned, ok, err)
	}
	begin(h, third, false)
	var told []string
	for r, err := range store.Runs(ctx, archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, r.Status+" "+r.Why)
	}
	if got := strings.Join(told, "|"); got != "done |skipped stands for 2 fires before it, too|interrupted the program died meanwhile" {
		t.Errorf("history: %s", got)
	}

	// A clock that was wrong by a year does not stop the schedules for a year.
	begin(h, fire(365*24*60, schedules.Running), true)
	begin(h, fire(1, schedules.Running), true)
	h = open()
	if last, _, _ := h.Last(ctx, "wire"); last.Planned.After(now) {
		t.Errorf("the last fire was %v", last.Planned)
	}
	begin(h, fire(2, schedules.Running), true)
}

func TestPauses(t *testing.T) {
	dir := t.TempDir()
	since := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	for _, p := range []schedules.Pause{{Since: since, Why: "one\ntwo"}, {Since: since, Until: since.Add(time.Hour), Why: "three"}} {
		if err := addPause(dir, "Wire", p); err != nil {
			t.Fatal(err)
		}
	}
	if err := addPause(dir, "Post", schedules.Pause{Since: since}); err != nil {
		t.Fatal(err)
	}
	conf := defaultConfig()
	conf.Archive = dir
	list, err := (&cli{}).pauses(conf)
	if err != nil || len(list) != 2 || list["Wire"].Why != "three" || list["Wire"].Holds(since.Add(time.Hour)) || !list["Post"].Holds(since.Add(time.Hour)) || list["Post"].Holds(since.Add(-1)) {
		t.Errorf("%+v, %v", list, err)
	}
}

func FuzzParsePauses(f *testing.F) {
	f.Add([]byte("\n{\"schema\":1,\"site\":\"Wire\",\"since\":\"2026-11-02T12:00:00Z\"}\n{\"schema\":1,\"si"))
	f.Add([]byte("{\"schema\":2,\"site\":\"Wire\"}\n[]\nnull\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		// Whatever stands there, a line behind it counts.
		list := parsePauses(append(b, "\n{\"schema\":1,\"site\":\"Wire\",\"why\":\"last\"}\n"...))
		if list["Wire"].Why != "last" || list[""] != (schedules.Pause{}) {
			t.Errorf("%+v", list)
		}
	})
}
