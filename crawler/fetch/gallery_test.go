package fetch

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/crawler/fetch/hostile"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The hostile gallery: each server is asked, and must get what it says that it
// gets. testdata/gallery.txt is the list to read.
func TestGallery(t *testing.T) {
	g := hostile.Open(t)
	got := make([]string, len(g.Exhibits))
	var wait sync.WaitGroup
	turn := make(chan struct{}, 8)
	for i, e := range g.Exhibits {
		wait.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			got[i] = ask(t, g, e)
		})
	}
	wait.Wait()
	var list bytes.Buffer
	fmt.Fprintf(&list, "# Hostile servers tried: %d. What each does, and what it got: the reason that is\n# counted, or the status that it came through with. Made by TestGallery (-update).\n\n", len(g.Exhibits))
	reasons := map[string]bool{}
	for i, e := range g.Exhibits {
		fmt.Fprintf(&list, "%-30s %-24s %s\n", e.Name, got[i], e.Does)
		reasons[strings.Fields(got[i])[0]] = true
	}
	file := filepath.Join("testdata", "gallery.txt")
	if runtime.GOOS != "linux" { // a full house can't be shown elsewhere
		return
	}
	if *update {
		if err := os.WriteFile(file, list.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(file); err != nil || !bytes.Equal(want, list.Bytes()) {
		t.Errorf("testdata/gallery.txt is not what was found (%v); -update writes it", err)
	}
	// Those that no server on loopback can be made to show are held to in TestReason.
	elsewhere := map[string]bool{"connect": true, "unreachable": true, "dns": true, "tls": true, "timeout": true, "proxy": true, "url": true, "port-refused": true}
	for _, err := range failures() {
		if w := Reason(err); !reasons[w] && !elsewhere[w] {
			t.Errorf("no server of the gallery shows %s", w)
		}
	}
}

// ask asks one exhibit, twice: what a hostile answer leaves behind must not
// change the next.
func ask(t *testing.T, g *hostile.Gallery, e hostile.Exhibit) string {
	f, err := New(Options{
		UserAgent: "pressmark-test", PrivateNetworks: true, Resolver: g.Resolver, Roots: g.Roots, Proxy: e.Proxy,
		MaxBytes: 1 << 20, Timeout: time.Minute,
	})
	if err != nil {
		t.Error(err)
		return "?"
	}
	defer f.Close()
	if e.Hangs {
		impatient(f, e.Gets)
	}
	word := ""
	for range 2 {
		r, err := f.Get(t.Context(), Request{URL: e.URL})
		word = Reason(err)
		if err == nil {
			word = strconv.Itoa(r.Status)
		}
		if word != e.Gets {
			t.Errorf("%s (%s): got %s, want %s: %v", e.Name, e.Does, word, e.Gets, err)
			return word
		}
		if err != nil {
			continue
		}
		want := map[string]string{"": hostile.Page, "-": ""}[e.Body]
		if e.Body != "" && e.Body != "-" {
			want = e.Body
		}
		if string(r.Body) != want {
			t.Errorf("%s (%s): the body is %.80q", e.Name, e.Does, r.Body)
		}
		to := e.To
		if strings.HasPrefix(to, "./") {
			to = e.URL + to[2:]
		}
		if r.Location != to {
			t.Errorf("%s (%s): leads to %.80q, want %.80q", e.Name, e.Does, r.Location, to)
		}
	}
	if e.To != "" {
		word += fmt.Sprintf(" to %.40s", e.To)
	}
	return word
}

// impatient ends a request as its deadline would, once it waits for what the
// exhibit never gives: by what has come to pass, not by the clock.
func impatient(f *Fetcher, word string) {
	until := map[string]phase{
		"dns-timeout": resolving, "connect-timeout": connecting, "tls-timeout": securing,
		"first-byte-timeout": asking, "body-timeout": answered, "too-slow": answered,
	}[word]
	if word == "too-slow" { // here it is the clock, which runs ahead
		var mu sync.Mutex
		at := time.Now()
		f.transport.now = func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			at = at.Add(30 * time.Second)
			return at
		}
		return
	}
	f.deadline = func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		go func() {
			for ctx.Err() == nil {
				time.Sleep(time.Millisecond)
				f.transport.jobs.Range(func(_, v any) bool {
					if j := v.(*job); phase(j.phase.Load()) >= until {
						cancel()
					}
					return true
				})
			}
		}()
		return ctx, cancel
	}
}
