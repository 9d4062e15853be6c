package frontier_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

// BenchmarkClaimComplete measures a claim and a completion of one item, by
// 32 workers on 200 groups.
func BenchmarkClaimComplete(b *testing.B) { benchmarkClaimComplete(b, 1) }

// BenchmarkClaimCompleteTen does so with ten items in each lease.
func BenchmarkClaimCompleteTen(b *testing.B) { benchmarkClaimComplete(b, 10) }

func benchmarkClaimComplete(b *testing.B, most int) {
	f, err := frontier.Open(filepath.Join(b.TempDir(), "frontier.db"), frontier.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	ctx := context.Background()
	var links []frontier.Link
	for n := range 20000 {
		links = append(links, frontier.Link{URL: fmt.Sprintf("https://site%d.example/news/politics/an-article-about-something-%d", n%200, n), Site: fmt.Sprint("site", n%200)})
	}
	if _, err := f.Discover(ctx, links); err != nil {
		b.Fatal(err)
	}
	var items atomic.Int64
	b.SetParallelism(32 / runtime.GOMAXPROCS(0))
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			l, err := f.Claim(ctx, frontier.Claim{Max: most})
			if errors.Is(err, frontier.ErrNone) {
				b.Error("nothing was due")
				return
			}
			if err != nil {
				b.Error(err)
				return
			}
			batch := frontier.Batch{}
			for _, it := range l.Items {
				batch.Outcomes = append(batch.Outcomes, frontier.Outcome{Page: it.Page, Result: frontier.Unchanged, ETag: `"0123456789"`, Due: time.Now()})
			}
			items.Add(int64(len(l.Items)))
			if err := f.Complete(ctx, l, batch); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "leases/s")
	b.ReportMetric(float64(items.Load())/b.Elapsed().Seconds(), "items/s")
}

// BenchmarkMillion fills a frontier with a million items, a bit at a time as
// sitemaps do, and says what that costs. Run it with -benchtime 1x.
func BenchmarkMillion(b *testing.B) {
	for range b.N {
		path := filepath.Join(b.TempDir(), "frontier.db")
		f, err := frontier.Open(path, frontier.Options{})
		if err != nil {
			b.Fatal(err)
		}
		ctx := context.Background()
		start := time.Now()
		for at := 0; at < 1_000_000; at += 2000 {
			links := make([]frontier.Link, 2000)
			for i := range links {
				n := at + i
				links[i] = frontier.Link{
					URL:  fmt.Sprintf("https://www.site%d.example/2026/11/02/news/an-article-about-something-%d.html", n%1000, n),
					Site: fmt.Sprint("site", n%1000), Via: fmt.Sprintf("https://www.site%d.example/sitemap.xml", n%1000),
				}
			}
			if _, err := f.Discover(ctx, links); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(1e6/time.Since(start).Seconds(), "discovered/s")
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.HeapAlloc)/1e6, "heap-MB")
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/1e6, "file-MB")
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}

		start = time.Now()
		if f, err = frontier.Open(path, frontier.Options{}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds()*1000, "open-ms")
		start = time.Now()
		const claims = 2000
		for range claims {
			l, err := f.Claim(ctx, frontier.Claim{})
			if err != nil {
				b.Fatal(err)
			}
			if err := f.Complete(ctx, l, frontier.Batch{Outcomes: []frontier.Outcome{{Page: l.Items[0].Page, Result: frontier.Changed}}}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(claims/time.Since(start).Seconds(), "alone-leases/s")
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
