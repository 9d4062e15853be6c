package frontier_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

var (
	millions = flag.Int("million", 0, "how many items TestMillion fills a frontier with")
	hosts    = flag.Int("hosts", 1000, "on how many hosts they are")
	standing = flag.String("standing", "", "a file that TestMillion fills and leaves, or works with when it is there")
	atWork   = flag.Duration("atwork", 5*time.Second, "how long TestMillion claims and completes")
)

// anonymous is the memory that is no page of the file: the system drops those
// when it wants to.
func anonymous() (heap, anon float64) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	status, _ := os.ReadFile("/proc/self/status")
	var kB float64
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "RssAnon: %f kB", &kB); err == nil {
			break
		}
	}
	return float64(m.HeapAlloc) / 1e6, kB / 1e3
}

var dueFrom = time.Now().Add(-24 * time.Hour)

// article is a link as a news sitemap gives it. Each host's articles come in
// the order of their numbers, as time does.
func article(host, n int) frontier.Link {
	return frontier.Link{
		URL:  fmt.Sprintf("https://www.site%d.example/2026/%02d/%02d/news/an-article-about-something-%d.html", host, n/100%12+1, n%28+1, n),
		Site: fmt.Sprint("site", host), Via: fmt.Sprintf("https://www.site%d.example/sitemap.xml", host),
		Due: dueFrom.Add(time.Duration(rand.Int64N(int64(24 * time.Hour)))), // in an order that is none of the file's
	}
}

// TestMillion fills a frontier as sitemaps do, works with it as a crawl does,
// and prints what that costs:
//
//	go test ./crawler/frontier -run TestMillion -v -million 5000000 -timeout 1h
//	go test ./crawler/frontier -run TestMillion -v -million 1000000 -hosts 1000000
//
// With pages of 4 KB, on two processors that did nothing else, with fsync, 16 workers, five million
// items of a thousand hosts; in brackets a million, while others were at work:
//
//	discovered a second                185,000  (82,000)
//	named again a second                81,000 (103,000)
//	leases of 1 item a second            4,758   (5,766)
//	  of a processor each               170 µs
//	items a second, 10 of a lease       23,135  (19,544)
//	bytes of the file an item              340     (366)
//	heap, anonymous memory       8.5 MB, 25 MB
//	open                                 15 ms    (12 ms)
//
// With pages of 8 KB, a million items and much else at work, 2,396 leases of 1 item a
// second were the most of six runs, where there were 2,042 with 4 KB.
//
// Memory grows with the hosts alone. With a million of them, one item each, the
// heap is 770 MB (0.8 KB a host), the file 487 MB, and opening it took 20 s at a
// load of 20; then there were 2,696 leases a second.
func TestMillion(t *testing.T) {
	if *millions == 0 {
		t.Skip("no -million")
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	line := func(what, format string, args ...any) {
		t.Helper()
		t.Logf("%-28s %s", what, fmt.Sprintf(format, args...))
	}
	ctx := context.Background()
	path := *standing
	if path == "" {
		path = filepath.Join(t.TempDir(), "frontier.db")
	}
	_, missing := os.Stat(path)
	f, err := frontier.Open(path, frontier.Options{})
	must(err)

	// Sitemaps of 50,000 at most, in turn.
	each := max(*millions / *hosts, 1)
	sitemap := min(each, 50_000)
	begun, known, told := time.Now(), 0, 0
	for from := 0; from < each && missing != nil; from += sitemap {
		var links []frontier.Link
		for h := range *hosts {
			for n := from; n < min(from+sitemap, each); n++ {
				links = append(links, article(h, n))
			}
			if len(links) < 2000 && h < *hosts-1 {
				continue
			}
			added, err := f.Discover(ctx, links)
			must(err)
			if known += added; known >= told+*millions/5 {
				told = known
				heap, anon := anonymous()
				line(fmt.Sprintf("%d items", known), "%.1f MB heap, %.1f MB anonymous, %.0f/s so far", heap, anon, float64(known)/time.Since(begun).Seconds())
			}
			links = links[:0]
		}
	}
	if missing != nil {
		line("discovered", "%d items in %v: %.0f/s", known, time.Since(begun).Round(time.Millisecond), float64(known)/time.Since(begun).Seconds())
	} else {
		s, err := f.Stats(ctx, nil)
		must(err)
		known = s.Known
	}
	size := func() float64 {
		info, err := os.Stat(path)
		must(err)
		return float64(info.Size())
	}
	line("on disk", "%.0f MB, %.0f bytes an item", size()/1e6, size()/float64(known))

	begun = time.Now()
	const again = 100_000
	for from := 0; from < again; from += 2000 {
		links := make([]frontier.Link, 2000)
		for i := range links {
			links[i] = article((from+i)%*hosts, (from+i) / *hosts % each)
		}
		_, err := f.Discover(ctx, links)
		must(err)
	}
	line("discovered again", "%.0f/s", again/time.Since(begun).Seconds())

	begun = time.Now()
	must(f.Close())
	line("closed", "in %v", time.Since(begun).Round(time.Millisecond))
	begun = time.Now()
	f, err = frontier.Open(path, frontier.Options{})
	must(err)
	line("opened", "in %v", time.Since(begun).Round(time.Millisecond))
	heap, anon := anonymous()
	line("open", "%.1f MB heap, %.1f MB anonymous", heap, anon)

	for _, most := range []int{1, 10} {
		for round := range 2 {
			leases, items, cpu := work(t, f, most)
			line(fmt.Sprintf("16 workers, %d of a lease, %d", most, round+1), "%.0f leases/s, %.0f items/s, %.0f µs of a processor a lease", leases, items, cpu)
		}
	}
	line("on disk", "%.0f MB, %.0f bytes an item", size()/1e6, size()/float64(known))

	for what, do := range map[string]func() error{
		"stats of all":       func() error { _, err := f.Stats(ctx, nil); return err },
		"stats of a site":    func() error { _, err := f.Stats(ctx, []string{"site0"}); return err },
		"next due":           func() error { _, err := f.NextDue(ctx, nil); return err },
		"next due of a site": func() error { _, err := f.NextDue(ctx, []string{"site0"}); return err },
		"first of a site": func() error {
			for _, err := range f.List(ctx, frontier.Query{Sites: []string{"site0"}, Limit: 1}) {
				return err
			}
			return errors.New("none")
		},
		"first of all": func() error {
			for _, err := range f.List(ctx, frontier.Query{Limit: 1}) {
				return err
			}
			return errors.New("none")
		},
	} {
		best := time.Hour
		for range 3 {
			begun := time.Now()
			must(do())
			best = min(best, time.Since(begun))
		}
		line(what, "%v", best)
	}
	heap, anon = anonymous()
	line("at the end", "%.1f MB heap, %.1f MB anonymous", heap, anon)
	must(f.Close())
	runtime.KeepAlive(f)
}

// work has 16 workers claim and complete for a while.
func work(t *testing.T, f *frontier.Bolt, most int) (leases, items, cpu float64) {
	ctx, stop := context.WithTimeout(context.Background(), *atWork)
	defer stop()
	var nLeases, nItems atomic.Int64
	begun, used := time.Now(), processor()
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for ctx.Err() == nil {
				l, err := f.Claim(context.Background(), frontier.Claim{Max: most})
				if errors.Is(err, frontier.ErrNone) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				var b frontier.Batch
				for _, it := range l.Items {
					b.Outcomes = append(b.Outcomes, frontier.Outcome{Page: it.Page, Result: frontier.Changed, Due: time.Now(), ETag: `"0123456789abcdef"`, LastModified: "Mon, 02 Nov 2026 05:00:00 GMT"})
				}
				if err := f.Complete(context.Background(), l, b); err != nil {
					t.Error(err)
					return
				}
				nLeases.Add(1)
				nItems.Add(int64(len(l.Items)))
			}
		})
	}
	wg.Wait()
	s := time.Since(begun).Seconds()
	cpu = float64((processor() - used).Microseconds()) / float64(nLeases.Load())
	return float64(nLeases.Load()) / s, float64(nItems.Load()) / s, cpu
}

// processor is the time that the process has had a processor for. On a machine
// that others use too, it says more than the clock does.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
