package fetch

import (
	"errors"
	"flag"
	"runtime"
	"testing"
	"time"

	"pressmark/crawler/fetch/hostile"
)

var answers = flag.Int("answers", 300, "how many answers TestNothingIsLeftBehind takes")

// After many answers, most of them hostile, there is as much left of
// them as after a few: no goroutine, no memory.
func TestNothingIsLeftBehind(t *testing.T) {
	g := hostile.Open(t)
	var quick []hostile.Exhibit
	for _, e := range g.Exhibits {
		if !e.Hangs && e.Proxy == "" {
			quick = append(quick, e)
		}
	}
	f := fetcher(t, func(o *Options) {
		o.Resolver, o.Roots, o.MaxBytes = g.Resolver, g.Roots, 256<<10
	})
	before := settled(0)
	round := func(times int) (goroutines int, heap uint64) {
		for range times {
			for _, e := range quick {
				if _, err := f.Get(t.Context(), Request{URL: e.URL}); errors.Is(err, ErrTimeout) {
					t.Errorf("%s: %v", e.Name, err)
				}
			}
		}
		f.Close()
		if *answers > 300 { // as long as net/http holds an HTTP/2 connection that died
			time.Sleep(idle + 5*time.Second)
		}
		goroutines = settled(before + 8)
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return goroutines, m.HeapAlloc
	}
	few, little := round(1)
	rounds := max(1, *answers/len(quick)-1)
	many, much := round(rounds)
	t.Logf("%d answers: %d goroutines before, %d after %d, %d after all; heap %d KB, then %d KB", (rounds+1)*len(quick), before, few, len(quick), many, little>>10, much>>10)
	if many > before+8 {
		t.Errorf("%d goroutines, %d before", many, before)
	}
	if much > little+4<<20 {
		t.Errorf("heap of %d KB, %d KB before", much>>10, little>>10)
	}
}

// settled is how many goroutines there are when they are few, or no more of
// them end: net/http ends those of a closed connection in its own time.
func settled(few int) int {
	n := runtime.NumGoroutine()
	patience := 20
	if few > 0 { // that of a machine with other things to do
		patience = 5000
	}
	for same := 0; n > few && same < patience; {
		time.Sleep(2 * time.Millisecond)
		if now := runtime.NumGoroutine(); now < n {
			n, same = now, 0
		} else {
			same++
		}
	}
	return n
}
