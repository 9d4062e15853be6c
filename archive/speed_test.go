package archive

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

var (
	measured = flag.Bool("speed", false, "print how fast the archive is, beside a plain file and plain bbolt")
	millions = flag.Int("million", 0, "archive so many captures and versions, and print what memory it takes")
)

// texts gives texts of so many words, each another.
func texts(words int) func(i int) string {
	all := strings.Fields(string(page(1, 1<<20)))
	return func(i int) string { at := i * 37 % (len(all) - words); return strings.Join(all[at:at+words], " ") }
}

// A table prints figures, each the best of some rounds.
type table struct{ t *testing.T }

func (table) line(what, format string, args ...any) {
	fmt.Printf("%-58s %s\n", what, fmt.Sprintf(format, args...))
}

// rate prints how many there are in a second: the best of some rounds.
func (p table) rate(what, unit string, n int, bytes int64, once func()) {
	best := time.Duration(1 << 62)
	for range 3 {
		begun := time.Now()
		once()
		best = min(best, time.Since(begun))
	}
	s := best.Seconds()
	if bytes > 0 {
		p.line(what, "%8.0f %s/s %8.1f MB/s", float64(n)/s, unit, float64(bytes)/s/1e6)
		return
	}
	p.line(what, "%8.0f %s/s %8.1f µs each", float64(n)/s, unit, s/float64(n)*1e6)
}

// TestSpeed prints the archive's figures: go test ./archive -run TestSpeed -speed
func TestSpeed(t *testing.T) {
	if !*measured {
		t.Skip("no -speed")
	}
	p := table{t}
	p.line("cores", "%8d", runtime.GOMAXPROCS(0))
	p.captures()
	p.versions("small versions, new pages, 100 in a transaction", 75, 20_000)
	p.versions("versions of 5.5 KB, new pages, 100 in a transaction", 800, 10_000)
	p.edits()
	p.reads()
	p.stall(3 * time.Second)
	heap, anon := held()
	p.line("memory at the end", "%8.1f MB heap %8.1f MB anonymous", mega(heap), mega(anon))
}

func mega(n int64) float64 { return float64(n) / 1e6 }

// captures compares the captures of pages of 100 KB with the same bytes in a plain file.
func (p table) captures() {
	const n = 2000
	bodies := make([][]byte, 64)
	for i := range bodies {
		bodies[i] = page(uint64(i), 100_000)
	}
	body := func(i int) []byte {
		b := bytes.Clone(bodies[i%len(bodies)])
		copy(b[3000:], fmt.Sprintf("%09d", i))
		copy(b[70000:], fmt.Sprintf("%09d", i))
		return b
	}
	for _, at := range []int{1, 8} {
		p.rate(fmt.Sprintf("plain file, the same bytes, fsync for every %d", at), "bodies", n, n*100_000, func() {
			f, err := os.Create(filepath.Join(p.t.TempDir(), "plain"))
			p.must(err)
			defer f.Close()
			for i := range n {
				_, err := f.Write(body(i))
				p.must(err)
				if i%at == at-1 {
					p.must(f.Sync())
				}
			}
		})
	}
	var s *Store
	for _, again := range []bool{false, true} {
		round := 0
		what := "captures of 100 KB, 8 at once"
		if again {
			what = "captures of pages seen before, 8 at once"
		}
		p.rate(what, "captures", n, n*100_000, func() {
			if !again {
				s = newStore(p.t, Options{})
			}
			round++
			var next atomic.Int64
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() {
					for i := int(next.Add(1)); i <= n; i = int(next.Add(1)) {
						url := i
						if again {
							url %= len(bodies)
						}
						if _, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/%d", url), i, body(round*n+i))); err != nil {
							p.t.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
		})
		if !again {
			p.overhead(s)
		}
	}
}

// versions compares versions with the same rows in plain bbolt.
func (p table) versions(what string, words, n int) {
	text := texts(words)
	var s *Store
	p.rate(what, "versions", n, 0, func() {
		s = newStore(p.t, Options{})
		for done := 0; done < n; done += 100 {
			p.must(s.Update(context.Background(), func(tx *Tx) error { return versionsFor(tx, done, 100, text) }))
		}
	})
	p.overhead(s)
	rows := make([][]byte, 0, n)
	p.must(s.View(func(tx *Tx) error {
		return tx.bucket(bucketTexts).ForEach(func(_, v []byte) error {
			rows = append(rows, bytes.Clone(v))
			return nil
		})
	}))
	p.rate("  plain bbolt, the packed texts alone, 100 in a transaction", "rows", n, 0, func() {
		db, err := bbolt.Open(filepath.Join(p.t.TempDir(), "plain.db"), 0o644, nil)
		p.must(err)
		defer db.Close()
		for done := 0; done < n; done += 100 {
			p.must(db.Update(func(tx *bbolt.Tx) error {
				b, err := tx.CreateBucketIfNotExists([]byte("rows"))
				for i := done; i < done+100 && err == nil; i++ {
					err = b.Put(number(uint64(i)), rows[i])
				}
				return err
			}))
		}
	})
}

// edits measures versions of pages that have some.
func (p table) edits() {
	const n = 5000
	text := texts(800)
	s := newStore(p.t, Options{})
	p.must(s.Update(context.Background(), func(tx *Tx) error { return versionsFor(tx, 0, n, text) }))
	number := 1
	p.rate("further versions of 5.5 KB, two words edited", "versions", n, 0, func() {
		number++
		for done := 0; done < n; done += 100 {
			p.must(s.Update(context.Background(), func(tx *Tx) error {
				for i := done; i < done+100; i++ {
					v := Version{ID: VersionID{Page: keyOf(i), N: number}, FirstSeen: time.Unix(int64(i), 0),
						Article: article("A title", strings.Replace(text(i), "the ", fmt.Sprint("edition ", number, " "), 1))}
					if err := tx.PutVersion(&v); err != nil {
						return err
					}
				}
				return nil
			}))
		}
	})
}

// reads measures what readers wait for, in an archive of 100,000 pages.
func (p table) reads() {
	const n = 100_000
	s := newStore(p.t, Options{})
	text := texts(100)
	for done := 0; done < n; done += 1000 {
		p.must(s.Update(context.Background(), func(tx *Tx) error { return versionsFor(tx, done, 1000, text) }))
	}
	p.rate("latest version of a page, of 100,000 (1 reader)", "reads", 20_000, 0, func() {
		for i := range 20_000 {
			p.must(s.View(func(tx *Tx) error {
				_, found, err := tx.Latest(keyOf(i * 7919 % n))
				if !found && err == nil {
					err = ErrNoSuch
				}
				return err
			}))
		}
	})
	scan := func() {
		count := 0
		for _, err := range s.Versions(context.Background(), Filter{}) {
			p.must(err)
			count++
		}
		if count != n {
			p.t.Fatalf("%d versions", count)
		}
	}
	p.rate("scan of all versions, 600 bytes each, whole", "versions", n, 0, scan)
	large := newStore(p.t, Options{})
	text = texts(800)
	for done := 0; done < 20_000; done += 1000 {
		p.must(large.Update(context.Background(), func(tx *Tx) error { return versionsFor(tx, done, 1000, text) }))
	}
	p.rate("scan of all versions, 5.5 KB each, whole", "versions", 20_000, 0, func() {
		for _, err := range large.Versions(context.Background(), Filter{}) {
			p.must(err)
		}
	})
}

// Commits go on while a reader is at work, and it sees nothing of them.
func TestCommitsBesideReader(t *testing.T) {
	s := newStore(t, Options{})
	first := mustAppend(t, s, capture("https://example.com/first", 0, page(1, 1000)))
	if err := s.View(func(tx *Tx) error {
		if _, err := tx.capture(first.Seq); err != nil {
			return err
		}
		var last Capture
		for i := range 20 {
			last = mustAppend(t, s, capture(fmt.Sprint("https://example.com/", i), i, page(uint64(i), 30_000)))
			mustUpdate(t, s, func(tx *Tx) error { return versionsFor(tx, i, 1, func(i int) string { return fmt.Sprint("text ", i) }) })
		}
		if _, err := tx.capture(last.Seq); !errors.Is(err, ErrNoSuch) {
			t.Errorf("a reader sees what came after it began: %v", err)
		}
		if n, err := tx.pageNumber(keyOf(19)); n != 0 || err != nil {
			t.Errorf("a reader sees page %d that came after it began: %v", n, err)
		}
		_, err := tx.capture(first.Seq)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	mustBeSound(t, s)
}

// stall holds a reader and looks how long a commit takes meanwhile.
func (p table) stall(held time.Duration) {
	s := newStore(p.t, Options{})
	longest := func(long time.Duration) (longest, usual time.Duration) {
		var took []time.Duration
		for begun, i := time.Now(), 0; time.Since(begun) < long; i++ {
			at := time.Now()
			_, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/%d/%d", held, i), i, page(uint64(i%50), 50_000)))
			p.must(err)
			took = append(took, time.Since(at))
		}
		slices.Sort(took)
		return took[len(took)-1], took[len(took)/2]
	}
	before, usual := longest(held)
	p.line("capture of 50 KB, one at a time, no reader", "%8.1f ms the longest %8.1f ms the middle", milli(before), milli(usual))
	reading, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := s.View(func(tx *Tx) error {
			close(reading)
			<-release
			_, err := tx.capture(1)
			return err
		}); err != nil {
			p.t.Error(err)
		}
	})
	<-reading
	during, usual := longest(held)
	close(release)
	wg.Wait()
	p.line(fmt.Sprintf("the same beside a reader of %v", held), "%8.1f ms the longest %8.1f ms the middle", milli(during), milli(usual))
}

func milli(d time.Duration) float64 { return d.Seconds() * 1000 }

func (p table) must(err error) {
	if err != nil {
		p.t.Helper()
		p.t.Fatal(err)
	}
}
