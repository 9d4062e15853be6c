package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pressmark/crawler/newsroom"
)

// A testHub is a hub for one subscriber: it verifies, and distributes.
type testHub struct {
	*httptest.Server
	t     *testing.T
	asked chan url.Values // what it was asked for and has verified
}

func newTestHub(t *testing.T) *testHub {
	h := &testHub{t: t, asked: make(chan url.Values, 100)}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ParseForm() != nil {
			return
		}
		f := r.PostForm
		res, err := http.Get(f.Get("hub.callback") + "?" + url.Values{
			"hub.mode": f["hub.mode"], "hub.topic": f["hub.topic"], "hub.challenge": {"challenge"}, "hub.lease_seconds": f["hub.lease_seconds"],
		}.Encode())
		if err != nil || res.StatusCode != http.StatusOK {
			t.Errorf("%s is not confirmed: %v, %v", f.Get("hub.mode"), res, err)
			return
		}
		res.Body.Close()
		w.WriteHeader(http.StatusAccepted)
		h.asked <- f
	}))
	t.Cleanup(h.Close)
	return h
}

// tells distributes a text to a subscriber.
func (h *testHub) tells(f url.Values, text string) {
	h.t.Helper()
	mac := hmac.New(sha256.New, []byte(f.Get("hub.secret")))
	mac.Write([]byte(text))
	req, err := http.NewRequest("POST", f.Get("hub.callback"), strings.NewReader(text))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	if res.Body.Close(); res.StatusCode != http.StatusAccepted {
		h.t.Errorf("the answer is %d", res.StatusCode)
	}
}

// freePort is an address at which nobody listens.
func freePort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// edit writes a word into an article of a paper, through the newsroom's desk.
func edit(t *testing.T, world *newsroom.Room, paper, word string) (url string) {
	t.Helper()
	for _, p := range world.Truth().Pages {
		last := p.States[len(p.States)-1]
		if p.Paper != paper || p.Disallowed || last.Kind != newsroom.Live || !last.To.IsZero() {
			continue
		}
		text := word
		for _, b := range last.Blocks {
			if b.Kind != "lead" {
				text += "\n\n" + b.Text
			}
		}
		res, err := http.PostForm(world.Control()+"/save", map[string][]string{"id": {p.ID}, "title": {last.Title}, "dek": {last.Dek}, "text": {text}})
		if err != nil {
			t.Fatal(err)
		}
		if res.Body.Close(); res.StatusCode != http.StatusOK {
			t.Fatalf("the desk answers %d", res.StatusCode)
		}
		return p.URL
	}
	t.Fatal("there is no article to edit")
	return ""
}

// An edit in the newsroom is told by the hub, and crawled at once: the site is
// to be crawled again in a day.
func TestEditIsTold(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGHUP")
	}
	hub := newTestHub(t)
	var now atomic.Int64
	now.Store(newsroom.Start.Add(48 * time.Hour).UnixNano())
	world, err := newsroom.New(newsroom.Options{Hub: hub.URL, Now: func() time.Time { return time.Unix(0, now.Load()) }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	if err := world.Start(ctx); err != nil {
		t.Fatal(err)
	}
	gazette := world.Papers()[0]
	at, dir := freePort(t), t.TempDir()
	const text = "crawl: {delay: 0s, private_networks: allow}\nwebsub: {listen: %[3]q, url: \"http://%[3]s/hub\"}\nsites: [{url: %[1]q, name: %[2]s, every: 1d, feeds: [\"%[4]s\"]}]\n"
	write(t, dir, text, gazette.URL, "Gazette", at, gazette.URL+"feed.xml")
	d := startDaemon(t, dir, "pressmark", "run")
	d.until(1, "Gazette")
	sub := <-hub.asked
	if sub.Get("hub.mode") != "subscribe" || sub.Get("hub.topic") != gazette.URL+"feed.xml" {
		t.Fatalf("the hub was asked for %v", sub)
	}

	for _, word := range []string{"The first edit of the day.", "The second edit of the day."} {
		now.Add(int64(time.Hour))
		article := edit(t, world, gazette.Name, word)
		hub.tells(sub, fmt.Sprintf(`<rss version="2.0"><channel><title>x</title><item><link>%s</link><description>%s</description></item></channel></rss>`, article, word))
		d.until(1, "1 changed")
	}
	if shown := string(pressmark(t, dir, "runs", "ls")); strings.Count(shown, "hub") != 2 {
		t.Errorf("runs ls:\n%s", shown)
	}
	if out := string(pressmark(t, dir, "site", "ls")); !strings.Contains(out, "told by its hub") {
		t.Errorf("site ls says\n%s", out)
	}
	if out := string(pressmark(t, dir, "changes")); !strings.Contains(out, "The first edit") || !strings.Contains(out, "second") {
		t.Errorf("changes:\n%s", out)
	}

	// Without the site the hub is told that we want no more.
	write(t, dir, text, gazette.URL, "Other", at, gazette.URL+"feed.xml")
	if err := d.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if gone := <-hub.asked; gone.Get("hub.mode") != "unsubscribe" || gone.Get("hub.callback") != sub.Get("hub.callback") {
		t.Errorf("the hub was asked for %v", gone)
	}
	d.stop(os.Interrupt)
	if _, err := os.Stat(filepath.Join(dir, "archive", websubName)); err != nil {
		t.Error(err)
	}
	pressmark(t, dir, "verify")
}
