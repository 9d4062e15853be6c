package frontier_test

import (
	"context"
	"errors"
	"fmt"
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
