package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// copyWhole copies a file byte by byte, where it can't be linked.
func copyWhole(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	return writeFile(to, func(w io.Writer) error {
		_, err := io.Copy(w, f)
		return err
	})
}

// keepFile keeps a file under a second name, where it can as the same file.
func keepFile(path, kept string) error {
	if err := os.MkdirAll(filepath.Dir(kept), 0o755); err != nil {
		return err
	}
	if err := os.Link(path, kept); err != nil {
		if err := copyWhole(path, kept); err != nil {
			return fmt.Errorf("keep the old %s: %w", filepath.Base(path), err)
		}
	}
	return nil
}

// recordKinds are the kinds of the records in each bucket; the other buckets
// are indexes.
var recordKinds = map[string]kind{
	bucketMeta: kindState, bucketCaptures: kindCapture, bucketVolumes: kindVolume, bucketDicts: kindDict,
	bucketRuns: kindRun, bucketCursor: kindCursor, bucketPages: kindPage, bucketVersions: kindVersion,
	bucketTexts: kindText, bucketSketches: kindSketch, bucketSightings: kindSighting, bucketChanges: kindChange,
	bucketStories: kindStory, bucketBand: kindPosting, bucketFiled: kindFiled, bucketMemory: kindMemory, bucketTombstone: kindTombstone, bucketJournal: kindEntry,
	bucketLeaves: kindLeaves, bucketHashes: kindHashes, bucketVoids: kindVoid, bucketNotes: kindNote, bucketDecisions: kindDecision,
}

// remade reports whether a record that is damaged is made again, and so is not copied.
func remade(bucket string, key []byte) bool {
	switch bucket {
	case bucketCaptures, bucketDicts, bucketVolumes, bucketJournal, bucketBand, bucketFiled:
		return true
	case bucketCursor:
		return bytes.HasPrefix(key, []byte("ingest"))
	}
	return false
}

// A loader writes into a new file, many values in one transaction.
type loader struct {
	db   *bbolt.DB
	list []loaded
	size int
}

type loaded struct {
	bucket     string
	key, value []byte
}

func (l *loader) put(bucket string, key, value []byte) error {
	l.list = append(l.list, loaded{bucket, bytes.Clone(key), bytes.Clone(value)})
	if l.size += len(key) + len(value) + 64; l.size < 8<<20 {
		return nil
	}
	return l.flush()
}

func (l *loader) flush() error {
	if len(l.list) == 0 {
		return nil
	}
	err := l.db.Update(func(b *bbolt.Tx) error {
		for _, x := range l.list {
			into := b.Bucket([]byte(x.bucket))
			into.FillPercent = fill(x.bucket)
			if err := into.Put(x.key, x.value); err != nil {
				return fmt.Errorf("put into %s: %w", x.bucket, err)
			}
		}
		return nil
	})
	l.list, l.size = l.list[:0], 0
	return err
}

// copyRecords copies the records of the old file, as they are. Those that are
// damaged are copied, too, for verify to name them, unless they can be made
// again. Leaves that a damaged branch no longer leads to are found as well.
func (r *repairer) copyRecords() error {
	l := &loader{db: r.s.db}
	w := &walker{r: r.file, head: r.head}
	w.problem = func(bucket, why string) {
		r.torn = true
		r.o.Log.Debug("pages of archive.db", "bucket", bucket, "problem", why)
	}
	w.each = func(e entry) error {
		if err := r.step("records copied"); err != nil {
			return err
		}
		k, is := recordKinds[e.bucket]
		if !is {
			return nil
		}
		value, err := e.value()
		if err != nil {
			r.spoiled[e.bucket]++
			return nil
		}
		return r.copyRecord(l, e.bucket, k, e.key, value)
	}
	if err := w.walk(); err != nil {
		return err
	}
	if w.listed {
		if err := r.salvage(l, w); err != nil {
			return err
		}
	}
	if err := l.flush(); err != nil {
		return err
	}
	if err := r.copySequences(); err != nil {
		return err
	}
	if r.torn {
		r.mended(Mending{What: "pages of " + catalogFile, Note: "the file is made anew of what can be read of it"})
	}
	return nil
}

// copySequences hands on which numbers were given out in buckets that count for themselves.
func (r *repairer) copySequences() error {
	return r.s.db.Update(func(to *bbolt.Tx) error {
		for _, name := range []string{bucketDicts, bucketTombstone, bucketDecisions} {
			var last uint64
			_ = guard(catalogFile, func() error { // where it can't be had, the greatest key will do
				return r.old.View(func(from *bbolt.Tx) error {
					if b := from.Bucket([]byte(name)); b != nil {
						last = b.Sequence()
					}
					return nil
				})
			})
			b := to.Bucket([]byte(name))
			key, _ := b.Cursor().Last()
			if err := b.SetSequence(max(last, numberOf(key))); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *repairer) step(what string) error {
	r.report.Records++
	if r.report.Records%1024 == 0 {
		r.tell(what, r.report.Records)
		return r.ctx.Err()
	}
	return nil
}

func (r *repairer) copyRecord(l *loader, bucket string, k kind, key, value []byte) error {
	_, err := parseFrame(key, value, k)
	if bucket == bucketMeta {
		return r.copyMeta(l, key, value, err)
	}
	if errors.Is(err, ErrNewer) {
		return err
	}
	if err != nil {
		r.spoiled[bucket]++
		if bucket == bucketDicts && numberOf(key) == captureDict {
			r.mended(Mending{What: "dictionary 1", Changed: 1, Note: "it is the same in all archives"})
		}
		if remade(bucket, key) {
			return nil
		}
	}
	return l.put(bucket, key, value)
}

// copyMeta reads what the old file says of itself; the new one will say it anew.
func (r *repairer) copyMeta(l *loader, key, value []byte, damaged error) error {
	switch {
	case damaged != nil:
		r.spoiled[bucketMeta]++
		r.unsure = r.unsure || bytes.Equal(key, pendingKey)
	case bytes.Equal(key, formatKey):
		f, err := parseFrame(key, value, kindState)
		if err != nil {
			return err
		}
		if version := numberOf(f.payload); version > schemaVersion {
			return fmt.Errorf("%w: its format is %d, this program knows %d", ErrNewer, version, schemaVersion)
		}
		return l.put(bucketMeta, key, value)
	case bytes.Equal(key, []byte("state")):
		return r.s.View(func(tx *Tx) error {
			content, err := tx.unframe(key, value, kindState, nil)
			if err != nil {
				r.spoiled[bucketMeta]++
				return nil
			}
			if s, err := readState(content); err == nil {
				r.oldState = &s
			}
			return nil
		})
	default:
		return l.put(bucketMeta, key, value)
	}
	return nil
}

// salvage takes the records of pages that nothing leads to.
func (r *repairer) salvage(l *loader, w *walker) error {
	if err := l.flush(); err != nil {
		return err
	}
	found := map[string]int{}
	err := w.strays(func(bucket string, key, value []byte) error {
		if bucket == bucketBodies {
			return nil
		}
		found[bucket]++
		return l.put(bucket, key, value)
	})
	if err != nil {
		return err
	}
	for bucket, n := range found {
		r.mended(Mending{What: "records of " + bucket, Added: n, Note: "found on pages that nothing leads to"})
	}
	return nil
}
