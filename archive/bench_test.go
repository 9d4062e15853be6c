package archive

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pressmark/extract/urlkey"
)

func benchStore(b *testing.B) *Store {
	s, err := Create(b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// Captures of 100 KB of HTML, from 8 goroutines, as a crawl would.
func BenchmarkAppend(b *testing.B) {
	pages := make([][]byte, 64)
	for i := range pages {
		pages[i] = page(uint64(i), 100_000)
	}
	for _, how := range []string{"new", "again"} {
		b.Run(how, func(b *testing.B) {
			s := benchStore(b)
			var n atomic.Int64
			one := func() error {
				i := int(n.Add(1))
				body := bytes.Clone(pages[i%len(pages)])
				copy(body[3000:], fmt.Sprintf("%09d", i))
				copy(body[70000:], fmt.Sprintf("%09d", i))
				url := fmt.Sprintf("https://example.com/%d", i)
				if how == "again" {
					url = fmt.Sprintf("https://example.com/%d", i%len(pages))
				}
				_, err := s.Append(context.Background(), capture(url, i, body))
				return err
			}
			if how == "again" {
				for range pages {
					if err := one(); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.SetBytes(100_000)
			b.SetParallelism(max(1, 8/runtime.GOMAXPROCS(0)))
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := one(); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "captures/s")
			st, err := s.Stats()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(st.BodyStored)/float64(st.Bodies), "B/body")
		})
	}
}

func keyOf(i int) urlkey.Key { return urlkey.Key(fmt.Sprint("com,example)/news/", i)) }

func versionsFor(tx *Tx, from, count int, text func(i int) string) error {
	for i := from; i < from+count; i++ {
		v := Version{ID: VersionID{Page: keyOf(i), N: 1}, Article: article("A title", text(i)), FirstSeen: time.Unix(int64(i), 0)}
		if err := tx.PutVersion(&v); err != nil {
			return err
		}
	}
	return nil
}

// Versions of 500 bytes, and of 5.5 KB, a hundred in a transaction.
func BenchmarkPutVersion(b *testing.B) {
	words := strings.Fields(string(page(1, 1<<20)))
	for _, size := range []int{75, 800} {
		b.Run(fmt.Sprint(size, "words"), func(b *testing.B) {
			s := benchStore(b)
			text := func(i int) string { at := i * 37 % (len(words) - size); return strings.Join(words[at:at+size], " ") }
			b.ResetTimer()
			for done := 0; done < b.N; done += 100 {
				if err := s.Update(context.Background(), func(tx *Tx) error { return versionsFor(tx, done, min(100, b.N-done), text) }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "versions/s")
		})
	}
}

func BenchmarkRead(b *testing.B) {
	const count = 5000
	s := benchStore(b)
	words := strings.Fields(string(page(1, 1<<20)))
	text := func(i int) string { at := i * 37 % (len(words) - 800); return strings.Join(words[at:at+800], " ") }
	for at := 0; at < count; at += 500 {
		if err := s.Update(context.Background(), func(tx *Tx) error { return versionsFor(tx, at, 500, text) }); err != nil {
			b.Fatal(err)
		}
	}
	body := page(1, 100_000)
	var chain []Seq
	for i := range 17 {
		copy(body[3000:], fmt.Sprintf("%09d", i))
		chain = append(chain, mustAppend(b, s, capture("https://example.com/chain", i, body)).Seq)
	}
	b.Run("latest", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if err := s.View(func(tx *Tx) error {
				_, found, err := tx.Latest(keyOf(i * 7 % count))
				if !found && err == nil {
					b.Fatal("not found")
				}
				return err
			}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("scan", func(b *testing.B) {
		n := 0
		for b.Loop() {
			for _, err := range s.Versions(context.Background(), Filter{}) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "versions/s")
	})
	for _, i := range []int{0, 16} {
		b.Run(fmt.Sprint("body after ", i, " others"), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Capture(chain[i]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The log of what came is extended once a day, and beside a busy writer: what
// that costs a capture, and what captures come to meanwhile.
func BenchmarkExtendLog(b *testing.B) {
	s := benchStore(b)
	ctx := context.Background()
	list := make([]Capture, 0, 500)
	for i := range b.N {
		list = append(list, capture(fmt.Sprintf("https://example.com/%d", i), i, fmt.Appendf(nil, "<p>Edition %d", i)))
		if len(list) == cap(list) || i == b.N-1 {
			if _, err := s.AppendAll(ctx, list); err != nil {
				b.Fatal(err)
			}
			list = list[:0]
		}
	}
	b.ResetTimer()
	if n, err := s.ExtendLog(ctx); err != nil || n != b.N {
		b.Fatal(n, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
}

// Captures while the log is extended all the time, not once a day.
func BenchmarkAppendBesideLog(b *testing.B) {
	s := benchStore(b)
	ctx, stop := context.WithCancel(context.Background())
	leaves := make(chan int)
	go func() {
		n := 0
		for ctx.Err() == nil {
			k, err := s.ExtendLog(ctx)
			if n += k; err != nil && ctx.Err() == nil {
				b.Error(err)
				break
			}
		}
		leaves <- n
	}()
	body := page(1, 30_000)
	var n atomic.Int64
	b.SetParallelism(max(1, 8/runtime.GOMAXPROCS(0)))
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := int(n.Add(1))
			page := bytes.Clone(body)
			copy(page[3000:], fmt.Sprintf("%09d", i))
			if _, err := s.Append(ctx, capture(fmt.Sprintf("https://example.com/%d", i), i, page)); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.StopTimer()
	stop()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "captures/s")
	b.ReportMetric(float64(<-leaves), "leaves")
}
