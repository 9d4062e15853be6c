package crawler_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/newsroom"
	"pressmark/crawler/robots"
	"pressmark/extract/urlkey"
)

var (
	wholeTown = flag.Bool("town", false, "judge a crawl of 200 hosts, and print the verdict")
	townHours = flag.Duration("lasting", 0, "for how long the crawls that are judged go on; 0 means 6 h, with -town 50 h")
	recordIt  = flag.Bool("record", false, "with -town: write testdata/judge.txt anew")
)

// A town is many servers, most of them hostile in one way, that a crawler goes
// round for some days of a clock that runs while nobody does anything. Its
// connections are pipes, so that the clock knows.
type town struct {
	t     *testing.T
	hosts map[string]*townHost
	log   newsroom.AccessLog
	sites []crawler.Site
	law   map[string]newsroom.Law
	parts map[string]string // domains that are part of a group

	listener *pipeListener
	client   *http.Client
	archive  *memoryArchive
	path     string
	pause    time.Duration // between two rounds
	spoil    func(*crawler.Options, *townFetcher)
}

// TestJudge has a crawl of a town judged by the servers' access log.
func TestJudge(t *testing.T) {
	t.Parallel() // the disk is what it waits for
	each, long := 1, 6*time.Hour
	if *wholeTown {
		each, long = 0, 50*time.Hour
	}
	if *townHours > 0 {
		long = *townHours
	}
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		w := newTown(t, each)
		if *wholeTown {
			w.pause = 47 * time.Minute
		}
		rounds, stops, kills := w.live(long)
		v := newsroom.Judge(w.log.Requests(), w.lawOf)
		if len(v.Guilty()) > 0 || v.Requests < 10*len(w.hosts) {
			t.Errorf("the verdict:\n%s", v)
		}
		if stops == 0 || kills < 2 {
			t.Errorf("%d stops and %d kills in %d rounds", stops, kills, rounds)
		}
		for kind, n := range w.answered() {
			if n == 0 {
				t.Errorf("no request came to any host that is %s", kind)
			}
		}
		if !*wholeTown {
			return
		}
		text := fmt.Sprintf("A crawl of %d sites over %v, in %d rounds; it was stopped in the midst of %d, and killed %d times\n\n%s\n%s",
			len(w.sites), time.Since(began).Round(time.Hour), rounds, stops, kills, v, w.census())
		golden := filepath.Join("testdata", "judge.txt")
		fmt.Print(text) // how many requests there are depends on the jitter: a record, not compared
		if *recordIt {
			if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// The judge sees each way in which a crawler may be rude.
func TestJudgeSeesRudeness(t *testing.T) {
	const ordinary = "as it should be"
	for _, tt := range []struct {
		offence string
		to      string // the kind of paper that it is rude to
		spoil   func(*crawler.Options, *townFetcher)
	}{
		{newsroom.RobotsViolation, ordinary, func(o *crawler.Options, f *townFetcher) { o.Rules = anything{o.Rules} }},
		{newsroom.RobotsAgain, ordinary, func(o *crawler.Options, f *townFetcher) {
			o.Rules = crawler.ReadRules(f, robots.Options{Agent: "pressmark"})
		}},
		{newsroom.ShortGap, ordinary, func(o *crawler.Options, f *townFetcher) {
			o.Sleep = func(ctx context.Context, d time.Duration) error {
				if d > time.Second {
					d -= 400 * time.Millisecond
				}
				return crawler.Sleep(ctx, d)
			}
		}},
		{newsroom.Overlap, "slow", func(o *crawler.Options, f *townFetcher) { f.twice = true }},
		{newsroom.DuringRetry, "answering 429 with seconds", func(o *crawler.Options, f *townFetcher) { o.Frontier = unblocked{o.Frontier} }},
		{newsroom.NeedlessFetch, ordinary, func(o *crawler.Options, f *townFetcher) { f.forgetful = true }},
		{newsroom.DuringQuiet, "quiet at night", func(o *crawler.Options, f *townFetcher) {
			f.sites = func(s *crawler.Site) { s.Quiet = crawler.Hours{} }
		}},
		{newsroom.OverBudget, "on a budget of 20 requests a day", func(o *crawler.Options, f *townFetcher) {
			f.sites = func(s *crawler.Site) { s.PerDay = crawler.Budget{} }
		}},
	} {
		t.Run(tt.offence, func(t *testing.T) {
			t.Parallel()
			verdict := func(spoil func(*crawler.Options, *townFetcher)) (v newsroom.Verdict) {
				synctest.Test(t, func(t *testing.T) {
					w := newTown(t, 4, tt.to)
					w.spoil = spoil
					w.live(4 * time.Hour)
					v = newsroom.Judge(w.log.Requests(), w.lawOf)
				})
				return v
			}
			if v := verdict(tt.spoil); v.Counts[tt.offence] == 0 {
				t.Errorf("the judge saw none:\n%s", v)
			}
			if v := verdict(nil); len(v.Guilty()) > 0 {
				t.Errorf("and of a polite one it saw\n%s", v)
			}
		})
	}
}

type anything struct{ crawler.Rules }

type unblocked struct{ frontier.Frontier }

func (unblocked) Block(context.Context, string, time.Time, string) error { return nil }

// How a round ends, in turn: by itself, stopped by hand in its midst, killed in
// its midst, and killed after it.
const (
	byItself = iota
	stopped
	killed
	killedAfter
)

// longestRound is more than what a round may take that waits for no pause of
// more than some minutes.
const longestRound = 24 * time.Hour

var endings = []int{byItself, stopped, byItself, killed, byItself, killedAfter, killed}

// live has the crawler go round for so long, and ends it now and then.
func (w *town) live(long time.Duration) (rounds, stops, kills int) {
	end := time.Now().Add(long)
	c, f, let := w.open(w.path)
	for run := archive.RunID(1); time.Now().Before(end); rounds++ {
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan error)
		go func() {
			_, err := c.Round(ctx, archive.Run{ID: run, Started: time.Now()}, f.sitesOf(w.sites), crawler.Due)
			ended <- err
		}()
		how, midst := endings[rounds%len(endings)], make(<-chan time.Time)
		if how == stopped || how == killed {
			midst = time.After(time.Duration(1+rounds*37%170) * time.Second)
		}
		var err error
		left := w.path
		select {
		case err = <-ended:
			if err != nil {
				w.t.Fatal(err)
			}
			if how == killedAfter {
				left = w.leftOf(w.path)
			}
		case <-time.After(longestRound):
			cancel()
			<-ended
			let()
			w.close()
			var last strings.Builder
			list := w.log.Requests()
			for _, q := range list[max(0, len(list)-30):] {
				fmt.Fprintf(&last, "%s %s %d\n", q.Began.Format(time.DateTime), q.URL, q.Status)
			}
			w.t.Fatalf("round %d goes on for longer than %v:\n%s", rounds, longestRound, &last)
		case <-midst:
			if how == killed {
				left = w.leftOf(w.path) // and of what is said to it from now on, nothing counts
			}
			cancel()
			if err = <-ended; err != nil && !errors.Is(err, context.Canceled) {
				w.t.Fatal(err)
			}
		}
		cancel()
		switch {
		case how == byItself:
		case how == stopped && err == nil: // it was through
		default:
			let()
			w.path = left
			c, f, let = w.open(w.path)
			if how == stopped {
				stops++
			} else {
				kills++
			}
		}
		if err != nil {
			continue // with the same run
		}
		run++
		time.Sleep(w.pause)
	}
	let()
	w.close()
	return rounds, stops, kills
}

func (w *town) close() {
	w.client.CloseIdleConnections()
	w.listener.Close()
}

// leftOf is a copy of the queue as a process that is killed now leaves it: with
// requests that are being answered, pauses that are kept and leases that are out.
func (w *town) leftOf(path string) string {
	synctest.Wait() // what a kill amid a commit leaves is for the frontier's own test
	to := filepath.Join(w.t.TempDir(), "frontier.db")
	b, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		w.t.Fatal(err)
	}
	return to
}

// open starts a crawler on what the one before left.
func (w *town) open(path string) (c *crawler.Crawler, f *townFetcher, let func()) {
	queue, err := frontier.Open(path, frontier.Options{Gap: 2 * time.Second, Groups: w.parts})
	if err != nil {
		w.t.Fatal(err)
	}
	f = &townFetcher{client: w.client}
	o := crawler.Options{
		Archive: w.archive, Frontier: queue, Fetch: f, Rules: crawler.ReadRules(f, robots.Options{Agent: "pressmark", Shelf: queue}),
		Groups: w.parts, Workers: 16, Patience: 30 * time.Second,
	}
	if w.spoil != nil {
		w.spoil(&o, f)
	}
	return crawler.New(o), f, func() {
		if err := queue.Close(); err != nil {
			w.t.Fatal(err)
		}
	}
}

// A townFetcher asks the town. It may be spoilt.
type townFetcher struct {
	client    *http.Client
	twice     bool // asks for everything twice at once
	forgetful bool // sends no validators
	sites     func(*crawler.Site)
}

func (f *townFetcher) sitesOf(list []crawler.Site) []crawler.Site {
	list = append([]crawler.Site(nil), list...)
	for i := range list {
		if f.sites != nil {
			f.sites(&list[i])
		}
	}
	return list
}

func (f *townFetcher) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	if f.twice && strings.HasSuffix(r.URL, "/0") {
		var both sync.WaitGroup
		defer both.Wait()
		both.Go(func() { f.get(ctx, r) })
	}
	return f.get(ctx, r)
}

func (f *townFetcher) get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL, nil)
	if err != nil {
		return nil, err
	}
	if r.ETag != "" && !f.forgetful {
		q.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" && !f.forgetful {
		q.Header.Set("If-Modified-Since", r.LastModified)
	}
	began := time.Now()
	res, err := f.client.Do(q)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", fetch.ErrCutOff, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", fetch.ErrCutOff, err)
	}
	a := &fetch.Response{URL: r.URL, Status: res.StatusCode, Header: res.Header, Body: body, FetchedAt: time.Now(), Took: time.Since(began), Wire: int64(len(body))}
	if to := res.Header.Get("Location"); to != "" && a.Status/100 == 3 {
		if u, err := q.URL.Parse(to); err == nil {
			a.Location = u.String()
		}
	}
	return a, nil
}

// A memoryArchive keeps captures for as long as the town stands.
type memoryArchive struct {
	mu   sync.Mutex
	last map[urlkey.Key]archive.Capture
	sums map[urlkey.Key][32]byte
	n    archive.Seq
}

func (m *memoryArchive) Append(_ context.Context, c archive.Capture) (archive.Capture, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n++
	c.Seq = m.n
	sum := sha256.Sum256(c.Body)
	c.Digest = sum
	if before, ok := m.last[c.Page]; ok && (c.Status == http.StatusNotModified || m.sums[c.Page] == sum) {
		c.RevisitOf = before.Seq
	}
	if c.Status != http.StatusNotModified {
		m.sums[c.Page] = sum
		c.Body = nil
		m.last[c.Page] = c
	}
	return c, nil
}

func (m *memoryArchive) LastCapture(page urlkey.Key) (archive.Capture, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.last[page]
	return c, ok, nil
}

// A pipeListener hands out the other ends of pipes that are dialled.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.conns <- theirs:
		return ours, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

// lawOf is what a group may expect.
func (w *town) lawOf(group string) newsroom.Law { return w.law[group] }

// answered counts the requests to hosts of each kind.
func (w *town) answered() map[string]int {
	n := map[string]int{}
	for _, h := range w.hosts {
		n[h.kind] += 0
	}
	for _, q := range w.log.Requests() {
		if u, err := url.Parse(q.URL); err == nil && w.hosts[u.Host] != nil {
			n[w.hosts[u.Host].kind]++
		}
	}
	return n
}

func (anything) Allowed(context.Context, string) (robots.Decision, error) {
	return robots.Decision{Allowed: true}, nil
}
