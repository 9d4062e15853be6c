package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"pressmark/crawler/newsroom"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pressmark": main})
}

// The scripts run the program as a person would. Each has the newsroom to
// itself, with the papers' addresses in $GAZETTE, $WIRE, $PETIT and $SPIN; its
// clock stands still until "clock Tue 18:00" turns it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			clock := &standing{at: newsroom.Start.Add(9 * time.Hour)}
			room, err := newsroom.New(newsroom.Options{Now: clock.now})
			if err != nil {
				return err
			}
			ctx, cancel := context.WithCancel(context.Background())
			if err := room.Start(ctx); err != nil {
				cancel()
				return err
			}
			env.Defer(func() {
				cancel()
				room.Close()
			})
			for i, name := range []string{"GAZETTE", "WIRE", "PETIT", "SPIN"} {
				env.Setenv(name, room.Papers()[i].URL)
			}
			env.Setenv("NO_COLOR", "1")
			env.Values["clock"] = clock
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"clock": func(ts *testscript.TestScript, neg bool, args []string) {
				at, err := time.Parse("2006-01-02 15:04", args[0])
				ts.Check(err)
				ts.Value("clock").(*standing).set(at)
			},
			"flip": flip,
		},
	})
}

// flip FILE turns one bit in the middle of each run of the bytes named: flip FILE OFFSET.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: flip FILE OFFSET")
	}
	var at int
	if _, err := fmt.Sscan(args[1], &at); err != nil {
		ts.Fatalf("flip: %v", err)
	}
	name := ts.MkAbs(args[0])
	b, err := os.ReadFile(name)
	ts.Check(err)
	b[at] ^= 1
	ts.Check(os.WriteFile(name, b, 0o644))
}

// A standing clock stands still until it is set.
type standing struct {
	mu sync.Mutex
	at time.Time
}

func (s *standing) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *standing) set(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = t
}
