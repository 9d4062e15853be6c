package main

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"pressmark/crawler/newsroom"
)

func TestMain(m *testing.M) {
	os.Setenv("GORACE", "atexit_sleep_ms=0") // else the race detector sleeps a second at the end of each child
	testscript.Main(m, map[string]func(){"pressmark": main})
}

// The scripts run the program as a person would. Each has the newsroom to
// itself, with the papers' addresses in $GAZETTE, $WIRE, $PETIT and $SPIN; its
// clock stands still at Monday 09:00 until "clock 2026-03-03 18:00" turns it.
// The other commands of the scripts stand in script_test.go.
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
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else the race detector sleeps a second at the end of each command
			env.Values["clock"] = clock
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"clock": clockCommand, "expand": expandCommand, "code": codeCommand, "jsonl": jsonlCommand,
			"pick": pickCommand, "flip": flipCommand, "newer": newerCommand, "held": heldCommand, "plain": plainCommand, "serve": serveCommand,
		},
	})
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
