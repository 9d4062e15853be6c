package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"
	_ "modernc.org/sqlite" // the driver

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/urlkey"
)

const (
	pageSize = 100_000
	group    = 100 // pages or texts that share a commit, where that is the caller's to choose
	pagesIn  = 4000
)

// speeds prints how fast pages go in, and texts in and out.
func speeds(dir string, chosen []capture, texts int) error {
	bodies := make([][]byte, 64)
	for i := range bodies {
		for len(bodies[i]) < pageSize {
			bodies[i] = append(bodies[i], chosen[(i*7+len(bodies[i]))%len(chosen)].body...)
		}
		bodies[i] = bodies[i][:pageSize]
	}
	fmt.Printf("\npages of %d bytes: packed, checksummed and synced by 8 at once\n", pageSize)
	for _, w := range []struct {
		name string
		run  func(dir string, body func(i int) []byte, n int) error
	}{
		{"pressmark", pressmarkPages}, {"file, appended to (nothing but the bytes)", filePages},
		{"bbolt, a bucket, 100 a commit", boltPages}, {"SQLite, WAL, 100 a commit", sqlitePages},
	} {
		body := func(i int) []byte {
			b := slices.Clone(bodies[i%len(bodies)])
			copy(b[3000:], fmt.Sprintf("%09d", i))
			copy(b[70000:], fmt.Sprintf("%09d", i))
			return b
		}
		took, err := timed(func() error { return w.run(filepath.Join(dir, "in-"+w.name[:4]), body, pagesIn) })
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		fmt.Printf("%-44s%10.0f pages/s\n", w.name, pagesIn/took.Seconds())
	}

	var words []string
	for _, c := range chosen {
		a := extract.Extract(extract.Page{URL: c.url, Body: c.body})
		words = append(words, strings.Fields(a.Text())...)
	}
	for len(words) < 10_000 {
		words = append(words, "word", fmt.Sprint(len(words)))
	}
	text := func(i int) string { at := i * 37 % (len(words) - 75); return strings.Join(words[at:at+75], " ") }
	fmt.Printf("\ntexts of some 500 bytes, %d, 100 a commit, synced; then the latest of a random page, then all in order\n", texts)
	fmt.Printf("%-44s%14s%14s%14s\n", "", "written/s", "µs a latest", "scanned/s")
	for _, w := range []struct {
		name string
		run  func(dir string, text func(int) string, n int) ([3]time.Duration, error)
	}{{"pressmark", pressmarkTexts}, {"bbolt, zstd values and nothing else", boltTexts}, {"SQLite, WAL, plain text", sqliteTexts}} {
		took, err := w.run(filepath.Join(dir, "text-"+w.name[:4]), text, texts)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		n := float64(texts)
		fmt.Printf("%-44s%14.0f%14.1f%14.0f\n", w.name, n/took[0].Seconds(), took[1].Seconds()*1e6/reads, n/took[2].Seconds())
	}
	return nil
}

const reads = 20_000

func timed(f func() error) (time.Duration, error) {
	start := time.Now()
	err := f()
	return time.Since(start), err
}

// byEight shares the numbers below n among eight.
func byEight(n int, f func(i int) error) error {
	work := make(chan int, n)
	for i := range n {
		work <- i
	}
	close(work)
	errs := make([]error, 8)
	var all sync.WaitGroup
	for k := range errs {
		all.Go(func() {
			for i := range work {
				if errs[k] = f(i); errs[k] != nil {
					return
				}
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func pressmarkPages(dir string, body func(int) []byte, n int) error {
	s, err := archive.Create(dir, archive.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	return byEight(n, func(i int) error {
		_, err := s.Append(context.Background(), archive.Capture{URL: fmt.Sprintf("https://site.test/%d", i), Status: 200, Header: header, Body: body(i)})
		return err
	})
}

// batched packs pages with eight hands and gives them on in groups.
func batched(n int, body func(int) []byte, write func(packed [][]byte) error) error {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(8))
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var waiting [][]byte
	flush := func() error {
		if len(waiting) == 0 {
			return nil
		}
		err := write(waiting)
		waiting = nil
		return err
	}
	err = byEight(n, func(i int) error {
		b := body(i)
		sum := sha256.Sum256(b)
		packed := z.EncodeAll(b, slices.Clone(sum[:]))
		mu.Lock()
		defer mu.Unlock()
		waiting = append(waiting, packed)
		if len(waiting) >= group {
			return flush()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

func filePages(dir string, body func(int) []byte, n int) error {
	f, err := os.Create(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return batched(n, body, func(packed [][]byte) error {
		for _, b := range packed {
			if _, err := f.Write(b); err != nil {
				return err
			}
		}
		return f.Sync()
	})
}

func boltPages(dir string, body func(int) []byte, n int) error {
	db, err := bbolt.Open(dir, 0o644, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	return batched(n, body, func(packed [][]byte) error {
		return db.Update(func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists([]byte("pages"))
			if err != nil {
				return err
			}
			b.FillPercent = 0.95
			for _, p := range packed {
				seq, err := b.NextSequence()
				if err != nil {
					return err
				}
				if err := b.Put(binary.BigEndian.AppendUint64(nil, seq), p); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func openSQLite(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	_, err = db.Exec(`create table texts (page text, n integer, body blob, primary key (page, n)) without rowid;
		create table pages (id integer primary key, body blob)`)
	return db, err
}

func sqlitePages(dir string, body func(int) []byte, n int) error {
	db, err := openSQLite(dir)
	if err != nil {
		return err
	}
	defer db.Close()
	return batched(n, body, func(packed [][]byte) error {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		defer tx.Rollback()
		for _, p := range packed {
			if _, err := tx.Exec("insert into pages (body) values (?)", p); err != nil {
				return err
			}
		}
		return tx.Commit()
	})
}

func keyOf(i int) urlkey.Key { return urlkey.Key(fmt.Sprintf("test,site)/news/%08d", i)) }

// inGroups runs f for the numbers below n, a hundred at a time.
func inGroups(n int, f func(from, to int) error) error {
	for at := 0; at < n; at += group {
		if err := f(at, min(at+group, n)); err != nil {
			return err
		}
	}
	return nil
}

// inOut times writing, reading the latest of one, and reading all.
func inOut(n int, write func() error, latest func(i int) error, scan func() error) (took [3]time.Duration, err error) {
	if took[0], err = timed(write); err != nil {
		return took, err
	}
	if took[1], err = timed(func() error {
		for i := range reads {
			if err := latest(i * 7919 % n); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return took, err
	}
	took[2], err = timed(scan)
	return took, err
}

func pressmarkTexts(dir string, text func(int) string, n int) ([3]time.Duration, error) {
	s, err := archive.Create(dir, archive.Options{})
	if err != nil {
		return [3]time.Duration{}, err
	}
	defer s.Close()
	return inOut(n, func() error {
		return inGroups(n, func(from, to int) error {
			return s.Update(context.Background(), func(tx *archive.Tx) error {
				for i := from; i < to; i++ {
					a := extract.Article{Title: "A title", Kind: extract.News, Blocks: []extract.Block{{Kind: extract.Paragraph, Text: text(i)}}}
					v := archive.Version{ID: archive.VersionID{Page: keyOf(i), N: 1}, Article: a, FirstSeen: time.Unix(int64(i), 0)}
					if err := tx.PutVersion(&v); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}, func(i int) error {
		return s.View(func(tx *archive.Tx) error {
			_, found, err := tx.Latest(keyOf(i))
			if err == nil && !found {
				err = fmt.Errorf("page %d is not there", i)
			}
			return err
		})
	}, func() error {
		for _, err := range s.Versions(context.Background(), archive.Filter{}) {
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func boltTexts(dir string, text func(int) string, n int) ([3]time.Duration, error) {
	db, err := bbolt.Open(dir, 0o644, nil)
	if err != nil {
		return [3]time.Duration{}, err
	}
	defer db.Close()
	z, err := zstd.NewWriter(nil)
	if err != nil {
		return [3]time.Duration{}, err
	}
	r, err := zstd.NewReader(nil)
	if err != nil {
		return [3]time.Duration{}, err
	}
	name := []byte("texts")
	return inOut(n, func() error {
		return inGroups(n, func(from, to int) error {
			return db.Update(func(tx *bbolt.Tx) error {
				b, err := tx.CreateBucketIfNotExists(name)
				if err != nil {
					return err
				}
				b.FillPercent = 0.95
				for i := from; i < to; i++ {
					if err := b.Put([]byte(keyOf(i)), z.EncodeAll([]byte(text(i)), nil)); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}, func(i int) error {
		return db.View(func(tx *bbolt.Tx) error {
			_, err := r.DecodeAll(tx.Bucket(name).Get([]byte(keyOf(i))), nil)
			return err
		})
	}, func() error {
		return db.View(func(tx *bbolt.Tx) error {
			return tx.Bucket(name).ForEach(func(_, v []byte) error {
				_, err := r.DecodeAll(v, nil)
				return err
			})
		})
	})
}

func sqliteTexts(dir string, text func(int) string, n int) ([3]time.Duration, error) {
	db, err := openSQLite(dir)
	if err != nil {
		return [3]time.Duration{}, err
	}
	defer db.Close()
	return inOut(n, func() error {
		return inGroups(n, func(from, to int) error {
			tx, err := db.Begin()
			if err != nil {
				return err
			}
			defer tx.Rollback()
			put, err := tx.Prepare("insert into texts values (?, 1, ?)")
			if err != nil {
				return err
			}
			for i := from; i < to; i++ {
				if _, err := put.Exec(string(keyOf(i)), text(i)); err != nil {
					return err
				}
			}
			return tx.Commit()
		})
	}, func(i int) error {
		var body string
		return db.QueryRow("select body from texts where page = ? order by n desc limit 1", string(keyOf(i))).Scan(&body)
	}, func() error {
		rows, err := db.Query("select body from texts order by page, n")
		if err != nil {
			return err
		}
		defer rows.Close()
		var body string
		for rows.Next() {
			if err := rows.Scan(&body); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}
