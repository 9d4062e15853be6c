package websub

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/crawler/discover"
	"pressmark/crawler/fetch"
)

// A hub is a real one: it takes subscriptions, verifies them before it answers,
// and distributes.
type hub struct {
	*httptest.Server
	t *testing.T

	mu     sync.Mutex
	asked  []url.Values
	subs   map[string]url.Values
	answer func(w http.ResponseWriter, form url.Values) bool // in place of what a hub does
	lease  string                                            // in place of what was asked for
	lazy   bool                                              // verifies nothing
}

func newHub(t *testing.T) *hub {
	h := &hub{t: t, subs: map[string]url.Values{}}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.Method != "POST" {
		h.t.Errorf("%s %v: %v", r.Method, r.URL, err)
	}
	h.mu.Lock()
	h.asked = append(h.asked, r.PostForm)
	answer, lazy := h.answer, h.lazy
	h.mu.Unlock()
	if answer != nil && answer(w, r.PostForm) {
		return
	}
	if !lazy && !h.verify(r.PostForm) {
		http.Error(w, "not confirmed", http.StatusForbidden)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

// verify asks a subscriber whether it means it.
func (h *hub) verify(form url.Values) bool {
	seconds := form.Get("hub.lease_seconds")
	if h.lease != "" {
		seconds = h.lease
	}
	mode, callback := form.Get("hub.mode"), form.Get("hub.callback")
	res, err := http.Get(callback + "?" + url.Values{
		"hub.mode": {mode}, "hub.topic": form["hub.topic"], "hub.challenge": {"ch&<llenge>"}, "hub.lease_seconds": {seconds},
	}.Encode())
	if err != nil {
		h.t.Error(err)
		return false
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != 200 || string(body) != "ch&<llenge>" {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if mode == "subscribe" {
		h.subs[callback] = form
	} else {
		delete(h.subs, callback)
	}
	return true
}

// forms are the requests since the last call, as mode and topic.
func (h *hub) forms() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []string
	for _, f := range h.asked {
		list = append(list, f.Get("hub.mode")+" "+f.Get("hub.topic"))
	}
	h.asked = nil
	return strings.Join(list, ", ")
}

// only is the one subscription that the hub has.
func (h *hub) only() (callback, secret string) {
	h.t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.subs) != 1 {
		h.t.Fatalf("the hub has %d subscriptions", len(h.subs))
	}
	for c, f := range h.subs {
		callback, secret = c, f.Get("hub.secret")
	}
	return callback, secret
}

// tell distributes a text and gives the status of the answer.
func tell(t *testing.T, callback, signature, ctype, text string) int {
	t.Helper()
	req, err := http.NewRequest("POST", callback, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", ctype)
	if signature != "" {
		req.Header.Set("X-Hub-Signature", signature)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

func signed(name string, method func() hash.Hash, secret, text string) string {
	m := hmac.New(method, []byte(secret))
	io.WriteString(m, text)
	return name + "=" + hex.EncodeToString(m.Sum(nil))
}

// A desk is a subscriber that hubs reach, with a clock that stands still.
type desk struct {
	*Subscriber
	t    *testing.T
	srv  *httptest.Server
	path string

	mu    sync.Mutex
	now   time.Time
	rings []Ping
}

var morning = time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, now: morning, path: filepath.Join(t.TempDir(), "websub.json")}
	d.srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { d.Subscriber.ServeHTTP(w, r) }))
	t.Cleanup(d.srv.Close)
	d.open()
	return d
}

// open starts the subscriber, anew when there was one.
func (d *desk) open() {
	d.t.Helper()
	f, err := fetch.New(fetch.Options{UserAgent: "pressmark/test", PrivateNetworks: true})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(f.Close)
	d.Subscriber, err = Open(Options{Path: d.path, Callback: d.srv.URL + "/behind/a/proxy/", Post: f, Now: d.clock, Ring: func(p Ping) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.rings = append(d.rings, p)
	}})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

// pass lets time go by, and the subscriber ask its hubs.
func (d *desk) pass(by time.Duration) {
	d.mu.Lock()
	d.now = d.now.Add(by)
	d.mu.Unlock()
	d.Work(d.t.Context())
}

// rung are the pings since the last call.
func (d *desk) rung() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var list []string
	for _, p := range d.rings {
		list = append(list, strings.Join(append([]string{p.Site, p.Feed}, p.Pages...), " "))
	}
	d.rings = nil
	return strings.Join(list, ", ")
}

// states are what List says.
func (d *desk) states() string {
	var list []string
	for _, s := range d.List() {
		text := string(s.State)
		if s.Works {
			text += " works"
		}
		if s.Why != "" {
			text += ": " + s.Why
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

const atom = "https://paper.test/atom.xml"

// read has a feed read that names hubs, and whose newest entry is of a time.
func (d *desk) read(site string, newest time.Time, hubs ...string) {
	d.Read(Listing{Site: site, Feed: atom, Final: atom, Found: discover.Found{
		Hubs: hubs, Self: "https://paper.test/atom", Links: []discover.Link{{Kind: discover.Page, Published: newest}},
	}})
}

// entries is a feed with so many pages.
func entries(from, n int) string {
	var b strings.Builder
	b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>`)
	for i := range n {
		fmt.Fprintf(&b, `<entry><title>x</title><id>%[1]d</id><link href="https://paper.test/%[1]d"/></entry>`, from+i)
	}
	return b.String() + "</feed>"
}

// ping is a good message of the one subscription.
func (d *desk) ping(h *hub, text string) int {
	d.t.Helper()
	callback, secret := h.only()
	return tell(d.t, callback, signed("sha256", sha256.New, secret, text), "application/atom+xml", text)
}
