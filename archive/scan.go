package archive

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync"

	"go.etcd.io/bbolt"
)

// Queries never hold a transaction while the caller works: they read a chunk,
// close the transaction, hand the chunk out, and go on behind its last key.
// So an export of hours neither stops the writer nor makes the file grow. What
// comes in meanwhile may be seen or not.
const (
	firstChunk = 16 // for those who want one or a few
	chunkItems = 256
	chunkKeys  = 4096 // looked at, when few are chosen
)

// A scanOf is a walk through a bucket.
type scanOf[T any] struct {
	bucket string
	prefix []byte
	from   []byte // the first key; nil means the first of the bucket or prefix
	newest bool   // backwards
	limit  int
	read   func(tx *Tx, key, v []byte) (item T, chosen bool, err error)
}

type scanned[T any] struct {
	item T
	err  error
}

func scan[T any](ctx context.Context, s *Store, w scanOf[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		given, size := 0, firstChunk
		for at, more := w.from, true; more; {
			if err := ctx.Err(); err != nil {
				yield(none, err)
				return
			}
			var chunk []scanned[T]
			err := s.View(func(tx *Tx) (err error) {
				chunk, at, more, err = w.chunk(tx, at, given, size)
				return err
			})
			size = min(2*size, chunkItems)
			for _, x := range chunk {
				if !yield(x.item, x.err) {
					return
				}
				if x.err == nil {
					given++
				}
			}
			more = more && (w.limit == 0 || given < w.limit)
			if err != nil {
				yield(none, err)
				return
			}
		}
	}
}

// chunk reads from key at on, or backwards behind it, and gives the key to go on with.
func (w *scanOf[T]) chunk(tx *Tx, at []byte, given, size int) (chunk []scanned[T], next []byte, more bool, err error) {
	err = tx.access(func() error {
		b := tx.bucket(w.bucket)
		if b == nil {
			return nil
		}
		c := b.Cursor()
		key, v := w.seek(c, at)
		for looked := 0; key != nil && bytes.HasPrefix(key, w.prefix); {
			if len(chunk) >= size || looked >= chunkKeys {
				next, more = slices.Clone(key), true
				return nil
			}
			most := size - len(chunk)
			if looked > 0 { // few are chosen
				most = max(most, 2*fewRows)
			} else if w.limit > 0 {
				most = min(most, w.limit-given)
			}
			var rows []row
			for len(rows) < most && key != nil && bytes.HasPrefix(key, w.prefix) {
				rows = append(rows, row{key, v})
				if w.newest {
					key, v = c.Prev()
				} else {
					key, v = c.Next()
				}
			}
			looked += len(rows)
			read, err := w.readRows(tx, rows)
			for _, x := range read {
				if w.limit > 0 && given == w.limit {
					return nil
				}
				chunk = append(chunk, x)
				if x.err == nil {
					given++
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return chunk, next, more, err
}

// A row is a key and its value, as they stand in the file.
type row struct{ key, value []byte }

// fewRows are read in one go: to part them would cost more than it wins.
const fewRows = 32

// readRows reads rows, side by side when there are many, and gives those that
// are chosen in their order. Of rows that bbolt comes to grief over it gives
// what stands in front of them.
func (w *scanOf[T]) readRows(tx *Tx, rows []row) ([]scanned[T], error) {
	parts := max(1, min(runtime.GOMAXPROCS(0), len(rows)/fewRows))
	lists, errs := make([][]scanned[T], parts), make([]error, parts)
	var wait sync.WaitGroup
	for i := range parts - 1 {
		// A transaction that reads may be read from by many, each with a Tx of its own.
		wait.Go(func() {
			own := &Tx{s: tx.s, b: tx.b}
			lists[i], errs[i] = w.readPart(own, rows[i*len(rows)/parts:(i+1)*len(rows)/parts])
		})
	}
	lists[parts-1], errs[parts-1] = w.readPart(tx, rows[(parts-1)*len(rows)/parts:])
	wait.Wait()
	chunk := lists[0]
	for i := 1; i < parts && errs[i-1] == nil; i++ {
		chunk = append(chunk, lists[i]...)
	}
	return chunk, cmp.Or(errs...)
}

func (w *scanOf[T]) readPart(tx *Tx, rows []row) ([]scanned[T], error) {
	list := make([]scanned[T], 0, len(rows))
	err := tx.access(func() error {
		for _, r := range rows {
			item, chosen, err := w.read(tx, r.key, r.value)
			if err != nil {
				list = append(list, scanned[T]{err: fmt.Errorf("%s: %w", recordName(w.bucket, r.key), damaged(err))})
			} else if chosen {
				list = append(list, scanned[T]{item: item})
			}
		}
		return nil
	})
	return list, err
}

func (w *scanOf[T]) seek(c *bbolt.Cursor, at []byte) (key, v []byte) {
	switch {
	case at != nil:
		key, v = c.Seek(at)
		if w.newest && (key == nil || !bytes.Equal(key, at)) { // it went meanwhile
			if key == nil {
				return c.Last()
			}
			return c.Prev()
		}
		return key, v
	case !w.newest && w.prefix != nil:
		return c.Seek(w.prefix)
	case !w.newest:
		return c.First()
	case w.prefix != nil:
		if key, _ := c.Seek(after(w.prefix)); key != nil {
			return c.Prev()
		}
		return c.Last()
	}
	return c.Last()
}

// after is the first key behind all that begin with prefix, a number below its greatest.
func after(prefix []byte) []byte {
	b := slices.Clone(prefix)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i]++; b[i] != 0 {
			break
		}
	}
	return b
}
