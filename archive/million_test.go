package archive

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"pressmark/extract/dedup"
)

// held gives the heap in use, and what of the process's memory is not of a
// file: pages of the archive that the system has mapped are not counted.
func held() (heap, anon int64) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "RssAnon: %d kB", &anon); err == nil {
			anon *= 1024
			break
		}
	}
	return int64(m.HeapInuse), anon
}

// overhead prints what the files take over what was to be kept.
func (p table) overhead(s *Store) {
	var all, kept int64
	file := func(name string, b *bbolt.Tx, pageSize int64) error {
		pages, payload := int64(3), int64(0) // two heads and the list of free pages
		err := b.ForEach(func(bucket []byte, in *bbolt.Bucket) error {
			st := in.Stats()
			pages += int64(st.BranchPageN + st.BranchOverflowN + st.LeafPageN + st.LeafOverflowN)
			return in.ForEach(func(k, v []byte) error {
				if len(v) > 9 && v[0] == frameVersion {
					if f, err := parseFrame(k, v, kind(v[1])); err == nil {
						payload += int64(len(f.payload))
					}
				}
				return nil
			})
		})
		if payload > 1<<20 {
			p.line("  "+name, "%8.1f MB used, %.1f MB payload, overhead %.1f %%", mega(pages*pageSize), mega(payload), 100*float64(pages*pageSize-payload)/float64(payload))
		}
		all, kept = all+pages*pageSize, kept+payload
		return err
	}
	p.must(s.View(func(tx *Tx) error { return file(catalogFile, tx.b, catalogPage) }))
	volumes, err := filepath.Glob(filepath.Join(s.dir, rawFolder, "*.db"))
	p.must(err)
	for i := range volumes {
		id := uint64(i + 1)
		p.must(s.raw.read(id, func(b *bbolt.Tx) error { return file(volumeName(id), b, rawPage) }))
	}
	p.line("  in all", "%8.1f MB used, %.1f MB payload, overhead %.1f %%", mega(all), mega(kept), 100*float64(all-kept)/float64(kept))
}

// TestMillion archives many small captures with a version each, as ingest
// would, and prints the memory that it takes:
// go test ./archive -run TestMillion -million 1000000 -timeout 2h
func TestMillion(t *testing.T) {
	if *millions == 0 {
		t.Skip("no -million")
	}
	p := table{t}
	s := newStore(t, Options{})
	text := texts(60)
	step := max(*millions/10, 1000)
	begun := time.Now()
	for done := 0; done < *millions; done += step {
		var wg sync.WaitGroup
		work := make(chan int)
		for range 16 {
			wg.Go(func() {
				for i := range work {
					_, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/%d", i), i, []byte(text(i)+fmt.Sprint(i))))
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		for i := done; i < done+step; i++ {
			work <- i
		}
		close(work)
		wg.Wait()
		for from := done; from < done+step; from += 100 {
			p.must(s.Update(context.Background(), func(tx *Tx) error {
				for i := from; i < min(from+100, done+step); i++ {
					v := Version{ID: VersionID{Page: keyOf(i), N: 1}, Article: article("A title", text(i)), FirstSeen: time.Unix(int64(i), 0)}
					v.Sketch = dedup.NewSketch(dedup.Text{Title: v.Article.Title, Body: text(i) + fmt.Sprint(" Number ", i, " of the series")})
					if err := tx.PutVersion(&v); err != nil {
						return err
					}
					if err := tx.AddPostings(v.Doc, v.Sketch.Keys()); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		heap, anon := held()
		p.line(fmt.Sprintf("%d captures and versions after %v", done+step, time.Since(begun).Round(time.Second)), "%8.1f MB heap %8.1f MB anonymous", mega(heap), mega(anon))
	}
	n := 0
	begun = time.Now()
	for _, err := range s.Versions(context.Background(), Filter{}) {
		p.must(err)
		n++
		if n%step == 0 {
			heap, anon := held()
			p.line(fmt.Sprintf("%d versions read after %v", n, time.Since(begun).Round(time.Second)), "%8.1f MB heap %8.1f MB anonymous", mega(heap), mega(anon))
		}
	}
	p.overhead(s)
}
