package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/archive/report"
)

// A newsdesk is an archive with a configuration of reports.
type newsdesk struct {
	t     *testing.T
	dir   string
	c     *cli
	store *archive.Store
	at    time.Time
}

func newNewsdesk(t *testing.T, conf string) (*newsdesk, *config) {
	t.Helper()
	d := &newsdesk{t: t, dir: t.TempDir(), c: &cli{}, at: time.Now().Add(-2 * time.Hour)}
	path := filepath.Join(d.dir, "pressmark.yaml")
	if err := os.WriteFile(path, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := d.c.execute(t.Context(), []string{"-c", path, "config", "check"}, &out, &out); code != 0 {
		t.Fatal(out.String())
	}
	read, err := loadConfig(d.c, path)
	if err != nil {
		t.Fatal(err)
	}
	if d.store, err = archive.Create(filepath.Join(d.dir, "archive"), archive.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return d, read
}

// say has the paper say so many cancelled sailings.
func (d *newsdesk) say(n int) {
	d.t.Helper()
	d.at = d.at.Add(time.Minute)
	body := fmt.Sprintf(`<!doctype html><html lang="en"><title>Ferry fares go up</title><body><article><h1>Ferry fares go up</h1>
<p>The harbour board will raise the fares on all its ferries in April, the second increase in twelve months, its director said on Monday morning.</p>
<p>The passengers’ association counted %d sailings that had been cancelled between November and January, most of them on the northern route.</p>
<p>A single crossing is to cost 4.20, up from 3.80, while the price of a monthly pass stays what it has been since the spring of last year.</p></article></body></html>`, n)
	if _, err := d.store.Append(d.t.Context(), archive.Capture{URL: "https://gazette.example/ferry", Final: "https://gazette.example/ferry", Site: "Gazette", Status: 200, FetchedAt: d.at, Body: []byte(body)}); err != nil {
		d.t.Fatal(err)
	}
	if _, err := ingest.New(d.store, ingest.Options{}).Run(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// waits are the pauses of a backoff that does not wait.
type waits []time.Duration

func (w *waits) backoff(tries int) backoff {
	return backoff{tries: tries, pause: time.Second, most: time.Minute, sleep: func(_ context.Context, d time.Duration) error {
		*w = append(*w, d)
		return nil
	}}
}

// A receiver is a server that fails so often before it takes something.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	fail    int
	status  int
	bodies  [][]byte
	headers []http.Header
	paths   []string
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{status: 503}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		body, _ := io.ReadAll(q.Body)
		r.bodies, r.headers, r.paths = append(r.bodies, body), append(r.headers, q.Header), append(r.paths, q.URL.Path)
		if r.fail > 0 {
			r.fail--
			w.Header().Set("Retry-After", "7")
			http.Error(w, "the cellar is flooded", r.status)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func sendTo(d *newsdesk, conf *config, name string, back backoff) (list []delivery) {
	d.t.Helper()
	for _, to := range destinations(conf) {
		if to.report.Name == name {
			list = append(list, d.c.send(d.t.Context(), d.store, &to, time.Now(), back))
		}
	}
	return list
}

// A webhook that fails twice gets it the third time, signed, under one key, and
// once only.
func TestWebhook(t *testing.T) {
	hook := newReceiver(t)
	t.Setenv("HOOK_SECRET", "s3cret")
	d, conf := newNewsdesk(t, `
watches: [{name: sailings, words: ["26"]}]
reports:
  - name: daily
    to: [{webhook: "`+hook.URL+`/in", secret_env: HOOK_SECRET, private_networks: allow}]
  - name: guarded
    to: [{webhook: "`+strings.Replace(hook.URL, "http:", "https:", 1)+`/in"}]
`)
	d.say(62)
	d.say(26)
	hook.fail = 2
	var w waits
	out := sendTo(d, conf, "daily", w.backoff(5))
	if out[0].err != nil || out[0].Changes != 1 || out[0].Messages != 1 || len(hook.bodies) != 3 || !slices.Equal(w, waits{7 * time.Second, 7 * time.Second}) {
		t.Fatalf("%+v after %d tries, waited %v", out[0], len(hook.bodies), w)
	}
	for i, h := range hook.headers {
		if h.Get("Idempotency-Key") == "" || h.Get("Idempotency-Key") != hook.headers[0].Get("Idempotency-Key") || !bytes.Equal(hook.bodies[i], hook.bodies[0]) ||
			h.Get("Pressmark-Signature") != "sha256="+signature("s3cret", h.Get("Pressmark-Timestamp"), hook.bodies[i]) {
			t.Errorf("try %d: %v", i, h)
		}
	}
	var got struct {
		Schema     int
		ID, Report string
		Changes    []struct {
			ID       string
			Versions []string
			report.Card
		}
	}
	if err := json.Unmarshal(hook.bodies[2], &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema != 1 || got.Report != "daily" || got.ID != hook.headers[2].Get("Idempotency-Key") || len(got.Changes) != 1 {
		t.Fatalf("%s", hook.bodies[2])
	}
	c := got.Changes[0]
	if len(c.Versions) != 2 || len(c.Digest) != 64 || len(c.DigestOld) != 64 || !c.After.Before(c.Before) || len(c.Edits) != 1 || len(c.Watched) != 1 || c.Card.ID() != c.ID {
		t.Errorf("%+v", c)
	}
	if out := sendTo(d, conf, "daily", w.backoff(1)); out[0].err != nil || out[0].Messages != 0 || len(hook.bodies) != 3 {
		t.Errorf("what was told is told again: %+v", out[0])
	}

	// What fails is not lost: the next sending has it, with what came since.
	d.say(27)
	hook.fail = 1
	if out := sendTo(d, conf, "daily", w.backoff(1)); out[0].err == nil || !strings.Contains(out[0].Error, "503") || !strings.Contains(out[0].Error, "flooded") {
		t.Errorf("%+v", out[0])
	}
	d.say(28)
	if out := sendTo(d, conf, "daily", w.backoff(1)); out[0].err != nil || out[0].Changes != 2 {
		t.Errorf("%+v", out[0])
	}
	// What another try would not mend is not tried again at once.
	d.say(29)
	before := len(hook.bodies)
	hook.fail, hook.status = 1, 403
	if out := sendTo(d, conf, "daily", w.backoff(5)); out[0].err == nil || len(hook.bodies) != before+1 {
		t.Errorf("%+v after %d tries", out[0], len(hook.bodies)-before)
	}
	// A private address needs leave.
	if out := sendTo(d, conf, "guarded", w.backoff(5)); out[0].err == nil || !strings.Contains(out[0].Error, "private") || len(hook.bodies) != before+1 {
		t.Errorf("%+v", out[0])
	}
}

// Chats get the words in their own markup, and nothing of a page becomes markup.
func TestChats(t *testing.T) {
	chat := newReceiver(t)
	t.Setenv("DESK_SLACK", chat.URL+"/services/T0/B0/verysecret")
	t.Setenv("NTFY_TOKEN", "tk_1")
	d, conf := newNewsdesk(t, `
reports:
  - name: each
    digest: false
    to:
      - {slack: "env:DESK_SLACK", private_networks: allow}
      - {ntfy: "`+chat.URL+`/news/", token_env: NTFY_TOKEN, private_networks: allow}
`)
	for _, n := range []int{62, 26, 27} {
		d.say(n)
	}
	var w waits
	for _, out := range sendTo(d, conf, "each", w.backoff(1)) {
		if out.err != nil || out.Messages != 2 {
			t.Fatalf("%+v", out)
		}
	}
	var slack struct {
		Text   string
		Blocks []slackBlock
	}
	if err := json.Unmarshal(chat.bodies[0], &slack); err != nil || chat.paths[0] != "/services/T0/B0/verysecret" {
		t.Fatal(chat.paths, err)
	}
	if text := slack.Blocks[0].Text.Text; !strings.Contains(text, "<https://gazette.example/ferry|Ferry fares go up>") || !strings.Contains(text, "[-62-] {+26+}") {
		t.Errorf("%s", chat.bodies[0])
	}
	var ntfy struct {
		Topic, Title, Message, Click string
		Priority                     int
	}
	if err := json.Unmarshal(chat.bodies[2], &ntfy); err != nil || chat.paths[2] != "/" || chat.headers[2].Get("Authorization") != "Bearer tk_1" {
		t.Fatal(chat.paths, err)
	}
	if ntfy.Topic != "news" || ntfy.Priority != 4 || ntfy.Click != "https://gazette.example/ferry" || !strings.Contains(ntfy.Message, "[-62-] {+26+}") {
		t.Errorf("%s", chat.bodies[2])
	}
	chat.Close()
	d.say(28)
	for _, out := range sendTo(d, conf, "each", w.backoff(1)) {
		if out.err == nil || strings.Contains(out.Error+out.To, "verysecret") {
			t.Errorf("%+v", out)
		}
	}
	bad := report.Card{Site: "A <b>", Title: "x|y> <!channel> & z", URL: "https://e.example/?a=1|<!here>"}
	b, _ := json.Marshal(slackPayload(&parcel{card: &bad, zone: time.UTC}))
	for _, s := range []string{"<!channel>", "<!here>", "|x|y"} {
		if text := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(b)); strings.Contains(text, s) {
			t.Errorf("a page can write %s: %s", s, text)
		}
	}
}

// Mail goes over TLS after a login, as text and as HTML; who has no mailbox
// keeps nobody else from theirs.
func TestMail(t *testing.T) {
	web := httptest.NewTLSServer(http.NotFoundHandler())
	defer web.Close()
	box := newMailbox(t, &tls.Config{Certificates: web.TLS.Certificates}, "pass word")
	box.refuse = "nobody@"
	d, conf := newNewsdesk(t, `
mail: {server: "`+box.at+`", from: "Press Desk <press@example.org>", user: press, ca: ca.pem}
reports:
  - {name: mail, title: "Fähren", to: [{mail: [nobody@example.org, desk@example.org]}]}
`)
	if err := os.WriteFile(filepath.Join(d.dir, "ca.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw}), 0o644); err != nil {
		t.Fatal(err)
	}
	d.say(62)
	d.say(26)
	var w waits
	if out := sendTo(d, conf, "mail", w.backoff(1)); out[1].err == nil || !strings.Contains(out[1].Error, smtpPassword) {
		t.Errorf("without a password: %+v", out)
	}
	t.Setenv(smtpPassword, "pass word")
	out := sendTo(d, conf, "mail", w.backoff(3))
	if out[0].err == nil || out[1].err != nil || len(box.messages) != 1 || !box.secured[0] || len(w) != 0 {
		t.Fatalf("%+v; %d messages, over TLS %v, waited %v", out, len(box.messages), box.secured, w)
	}
	m, err := mail.ReadMessage(strings.NewReader(box.messages[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Fähren: 1 change, 1 worth reading" || m.Header.Get("List-Unsubscribe") != "" || m.Header.Get("Message-Id") == "" {
		t.Errorf("%q, %v", subject, m.Header)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatal(kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []struct{ kind, text string }{{"text/plain", "[-62-]{+26+}"}, {"text/html", "26<span class=\"v\">]</span></ins>"}} {
		p, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(p)
		if err != nil || !strings.HasPrefix(p.Header.Get("Content-Type"), want.kind) || !strings.Contains(string(b), want.text) {
			t.Errorf("%s lacks %q: %v\n%s", p.Header.Get("Content-Type"), want.text, err, b)
		}
	}
}

// A sending in the midst of a reextract fails, and nothing is lost by it.
func TestSendingWhileAnew(t *testing.T) {
	d, conf := newNewsdesk(t, "reports: [{name: x, to: [{file: x.jsonl}]}]")
	var w waits
	d.say(62)
	d.say(26)
	if out := sendTo(d, conf, "x", w.backoff(1)); out[0].err != nil || out[0].Changes != 1 {
		t.Fatalf("%+v", out[0])
	}
	d.at = time.Now().Add(time.Second) // it is first seen after that
	d.say(27)
	if err := d.store.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if out := sendTo(d, conf, "x", w.backoff(1)); !errors.Is(out[0].err, report.ErrAnew) {
		t.Errorf("while all is computed anew: %+v", out[0])
	}
	if _, err := ingest.New(d.store, ingest.Options{}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 0} {
		if out := sendTo(d, conf, "x", w.backoff(1)); out[0].err != nil || out[0].Changes != want {
			t.Errorf("sending %d afterwards: %+v", i, out[0])
		}
	}
}

// A long digest comes in parts that together have everything, each under its own id.
func TestParts(t *testing.T) {
	r := &report.Report{}
	for i := range 2*hookCards + 1 {
		r.Cards = append(r.Cards, report.Card{Page: fmt.Sprint(i)})
	}
	d := destination{kind: "webhook", conf: &config{}}
	ids, pages := map[string]bool{}, map[string]bool{}
	for _, p := range d.parcels(r) {
		ids[p.id] = true
		for _, c := range p.cards {
			pages[c.Page] = true
		}
	}
	if len(ids) != 3 || len(pages) != len(r.Cards) {
		t.Errorf("%d parts with %d of %d changes", len(ids), len(pages), len(r.Cards))
	}
	if b := r.Brief(mailCards); len(b.Cards) != mailCards || b.Omitted != len(r.Cards)-mailCards || len(r.Cards) != 2*hookCards+1 {
		t.Errorf("a mail shows %d and omits %d", len(b.Cards), b.Omitted)
	}
}

// What is sent first is of the last day; after it nothing older comes, either.
func TestFirstReport(t *testing.T) {
	d, conf := newNewsdesk(t, `
reports:
  - {name: first, to: [{file: first.json}]}
`)
	d.at = time.Now().Add(-72 * time.Hour)
	d.say(62)
	d.say(26)
	var w waits
	for i, want := range []int{0, 0, 1, 0} {
		if i == 2 {
			d.at = time.Now().Add(-time.Hour)
			d.say(27)
		}
		if out := sendTo(d, conf, "first", w.backoff(1)); out[0].err != nil || out[0].Changes != want {
			t.Errorf("sending %d: %+v, want %d changes", i, out[0], want)
		}
	}
}

// A desk sends at its times, not in the quiet hours, and after a failure again.
func TestDesk(t *testing.T) {
	hook := newReceiver(t)
	d, conf := newNewsdesk(t, `
timezone: UTC
reports:
  - {name: hourly, every: 1h, quiet: "22:00-06:00", to: [{webhook: "`+hook.URL+`", private_networks: allow}, {file: "out/{date}.md"}, {file: feed.atom}]}
`)
	if err := os.Mkdir(filepath.Join(d.dir, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2030, 3, 4, 12, 0, 0, 0, time.UTC)
	d.at = now.Add(-time.Hour)
	var w waits
	var told []delivery
	desk := &reportDesk{c: d.c, store: d.store, conf: func() *config { return conf }, now: func() time.Time { return now }, back: w.backoff(1), tell: func(x delivery) { told = append(told, x) }}
	at := func(clock string, posts int, why string) {
		t.Helper()
		hour, err := time.Parse("15:04", clock)
		if err != nil {
			t.Fatal(err)
		}
		now = time.Date(2030, 3, 4, hour.Hour(), hour.Minute(), 0, 0, time.UTC)
		if clock < "12:00" {
			now = now.AddDate(0, 0, 1)
		}
		desk.round(t.Context())
		if len(hook.bodies) != posts {
			t.Errorf("%s: %d posts at %s, want %d", why, len(hook.bodies), clock, posts)
		}
	}
	d.say(62)
	d.say(26)
	at("12:00", 0, "a new report begins with what comes")
	at("13:01", 0, "nothing came")
	d.say(27)
	at("13:30", 0, "it is not due")
	at("14:02", 1, "it is due")
	d.say(28)
	hook.fail = 1
	at("15:30", 2, "a failure")
	at("15:30", 2, "not at once again")
	at("15:31", 3, "a minute later")
	d.say(29)
	at("22:30", 3, "quiet")
	at("05:59", 3, "quiet")
	at("06:00", 4, "quiet is over")
	failed := 0
	for _, x := range told {
		if x.err != nil {
			failed++
		}
	}
	if failed != 1 {
		t.Errorf("%d failures are told: %+v", failed, told)
	}
	for _, day := range []string{"2030-03-04", "2030-03-05"} {
		if b, err := os.ReadFile(filepath.Join(d.dir, "out", day+".md")); err != nil || !strings.Contains(string(b), "Ferry fares") {
			t.Errorf("%v: %s", err, b)
		}
	}
	f, err := os.Open(filepath.Join(d.dir, "feed.atom"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if feed, err := gofeed.NewParser().Parse(f); err != nil || len(feed.Items) != 4 {
		t.Errorf("%v: the file's feed has not all entries", err)
	}
}
