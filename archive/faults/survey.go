package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unsafe"

	"go.etcd.io/bbolt"

	"pressmark/archive"
	"pressmark/extract/urlkey"
)

// A record is a value of one of the archive's files, and where it stands.
type record struct {
	file   string
	bucket string
	key    []byte
	at     int64
	size   int
	page   urlkey.Key // of versions, texts, sketches, pages
}

// A survey is where the content of an archive's files stands.
type survey struct {
	files   []string
	sizes   map[string]int64 // up to the last page that bbolt uses or has free
	records []record
	buckets [][]int // records of each bucket, by their place in records
	bytes   int64   // of all records
}

// surveyOf reads where the records of an archive stand, with bbolt alone.
func surveyOf(dir string) (*survey, error) {
	g := &survey{files: []string{"archive.db"}, sizes: map[string]int64{}}
	volumes, err := filepath.Glob(filepath.Join(dir, "raw", "*.db"))
	if err != nil {
		return nil, err
	}
	for _, v := range volumes {
		g.files = append(g.files, "raw/"+filepath.Base(v))
	}
	pages := map[uint64]urlkey.Key{}
	for _, name := range g.files {
		if err := g.file(dir, name, pages); err != nil {
			return nil, fmt.Errorf("survey %s: %w", name, err)
		}
	}
	of := map[string][]int{}
	for i := range g.records {
		r := &g.records[i]
		switch r.bucket {
		case "versions", "texts", "sketches", "pages":
			r.page = pages[binary.BigEndian.Uint64(r.key)]
		}
		of[r.file[:3]+r.bucket] = append(of[r.file[:3]+r.bucket], i)
		g.bytes += int64(r.size)
	}
	for _, list := range of {
		g.buckets = append(g.buckets, list)
	}
	slices.SortFunc(g.buckets, func(a, b []int) int { return a[0] - b[0] })
	return g, nil
}

func (g *survey) file(dir, name string, pages map[uint64]urlkey.Key) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	db, err := bbolt.Open(path, 0o644, &bbolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return err
	}
	base := db.Info().Data // where the file is mapped
	err = db.View(func(tx *bbolt.Tx) error {
		g.sizes[name] = min(tx.Size(), int64(len(content)))
		return tx.ForEach(func(bucket []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(key, value []byte) error {
				if string(bucket) == "ix_url" && len(value) > 8 {
					pages[binary.BigEndian.Uint64(value)] = urlkey.Key(value[8:])
				}
				if len(value) == 0 {
					return nil
				}
				at := int64(uintptr(unsafe.Pointer(&value[0])) - base)
				if at < 0 || at > int64(len(content)-len(value)) || !bytes.Equal(content[at:][:len(value)], value) {
					// bbolt has made a copy of a bucket that stands within its parent's page.
					if bytes.Count(content, value) != 1 {
						return nil
					}
					at = int64(bytes.Index(content, value))
				}
				g.records = append(g.records, record{file: name, bucket: string(bucket), key: bytes.Clone(key), at: at, size: len(value)})
				return nil
			})
		})
	})
	return errors.Join(err, db.Close())
}

func (r *record) String() string { return fmt.Sprintf("%s %x in %s", r.bucket, r.key, r.file) }

// pick chooses a record: any byte of content alike, or any kind of record alike.
func (g *survey) pick(r *rand.Rand, byKind bool) *record {
	if byKind {
		list := g.buckets[r.IntN(len(g.buckets))]
		return &g.records[list[r.IntN(len(list))]]
	}
	n := r.Int64N(g.bytes)
	for i := range g.records {
		if n -= int64(g.records[i].size); n < 0 {
			return &g.records[i]
		}
	}
	panic("more bytes than there are")
}

// namedBy reports whether a piece of damage is that of the record, by the name
// that people know it by.
func (r *record) namedBy(d archive.Damage) bool {
	if d.File != r.file {
		return false
	}
	number := func() uint64 { return binary.BigEndian.Uint64(r.key) }
	switch r.bucket {
	case "bodies", "captures":
		return uint64(d.Seq) == number() && (d.URL != "" || d.Page != "")
	case "versions", "texts", "sketches":
		return d.Page == r.page && uint32(d.Version) == binary.BigEndian.Uint32(r.key[8:])
	case "pages":
		return d.Page == r.page
	case "sightings":
		return uint64(d.Seq) == number()
	case "meta":
		return strings.Contains(d.Record, string(r.key)) // "state", "format"
	case "changes", "runs", "volumes", "tombstones":
		return d.Record == fmt.Sprintf("%s %d", strings.TrimSuffix(r.bucket, "s"), number())
	case "stories":
		return d.Record == fmt.Sprintf("story %d", number())
	case "dicts":
		return strings.Contains(d.Record, fmt.Sprintf("dictionary %d", number()))
	}
	// Indexes, and what is made again as they are.
	first, _, _ := strings.Cut(d.Record, " ")
	return first == r.bucket || strings.Contains(d.Record, r.bucket) || strings.Contains(d.Problem, r.bucket)
}

// harms are what can be done to a file. Each does it to the copy in dir, and
// gives the record that it hit, if it meant one.
func harms() map[string]func(g *survey, r *rand.Rand, round int, dir string, h *hit) (*record, error) {
	return map[string]func(*survey, *rand.Rand, int, string, *hit) (*record, error){
		"flip": func(g *survey, r *rand.Rand, round int, dir string, h *hit) (*record, error) {
			var target *record
			name, at := g.files[r.IntN(len(g.files))], int64(0)
			if round%5 < 3 {
				target = g.pick(r, round%5 == 0)
				name, at = target.file, target.at+int64(r.IntN(target.size))
				h.What = target.String()
			} else {
				at = r.Int64N(g.sizes[name])
			}
			h.File = name
			bit := byte(1) << r.IntN(8)
			return target, change(dir, name, func(b []byte) []byte {
				b[at] ^= bit
				return b
			})
		},
		"cut": func(g *survey, r *rand.Rand, _ int, dir string, h *hit) (*record, error) {
			h.File = g.files[r.IntN(len(g.files))]
			at := r.Int64N(g.sizes[h.File])
			return nil, change(dir, h.File, func(b []byte) []byte { return b[:at] })
		},
		"blank": func(g *survey, r *rand.Rand, _ int, dir string, h *hit) (*record, error) {
			h.File = g.files[r.IntN(len(g.files))]
			at := r.Int64N(g.sizes[h.File]/4096) * 4096
			return nil, change(dir, h.File, func(b []byte) []byte {
				clear(b[at : at+4096])
				return b
			})
		},
	}
}

func change(dir, name string, do func([]byte) []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, do(b), 0o644)
}
