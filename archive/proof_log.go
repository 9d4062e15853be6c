package archive

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// The log follows the journal, as all stages do: what came since is entered
// when a checkpoint or a proof is wanted, which is also all that a log can
// prove. So captures wait for no log, an older archive gets its log with its
// first checkpoint, and a crash leaves a log that ends earlier, never one that
// says something else than the catalog: both change in one transaction.
//
//	meta    "log"     record: secret, size, and the seq of the last leaf
//	leaves  block(8)  record: of 500 leaves, what they are and their seqs
//	hashes  block(8)  record: 500 hashes of the tree, in the order of tlog.StoredHashIndex
//	voids   seq(8)    record: why what a leaf speaks of is no longer there
const logBlock = 500 // two blocks of hashes fill two pages of the file

var logKey = []byte("log")

// A logHead is what the catalog says of its log.
type logHead struct {
	secret []byte // of the salts
	size   int64
	last   Seq // of the last leaf
}

const logVersion = 1

func (h *logHead) record() []byte {
	w := newRecord(logVersion)
	w.bytes(1, h.secret)
	w.uint(2, uint64(h.size))
	w.uint(3, uint64(h.last))
	return w.b
}

// origin names the log: it is that of this archive, and of no other.
func (h *logHead) origin() string {
	s := sha256.Sum256(append([]byte("pressmark log "), h.secret...))
	return "pressmark-archive-" + hex.EncodeToString(s[:6])
}

// logHead reads it; one without a secret where there is no log yet.
func (tx *Tx) logHead() (h logHead, err error) {
	content, found, err := tx.content(bucketMeta, logKey, kindState, nil)
	if err != nil || !found {
		return h, err
	}
	err = readRecord(content, logVersion, func(field int, v value) error {
		switch field {
		case 1:
			h.secret = bytes.Clone(v.b)
		case 2:
			h.size = int64(v.n)
		case 3:
			h.last = Seq(v.n)
		}
		return nil
	})
	if err == nil && (h.size < 0 || h.size > 1<<40 || len(h.secret) == 0) {
		err = errRecord
	}
	if err != nil {
		return logHead{}, fmt.Errorf("the log: %w", damaged(err))
	}
	return h, nil
}

// enterLeaves appends leaves to the log.
func (tx *Tx) enterLeaves(h logHead, leaves []Leaf) error {
	hashes := tx.logHashes()
	var places []leafPlace
	block := uint64(h.size) / logBlock
	var err error
	if h.size%logBlock > 0 {
		if places, err = tx.leafBlock(block); err != nil {
			return err
		}
	}
	if len(places) != int(h.size%logBlock) {
		return fmt.Errorf("%w: block %d of the log has %d leaves, not %d", ErrDamaged, block, len(places), h.size%logBlock)
	}
	for _, l := range leaves {
		stored, err := tlog.StoredHashes(h.size, l.Data, hashes)
		if err == nil {
			err = hashes.add(h.size, stored)
		}
		if err != nil {
			return err
		}
		places = append(places, leafPlace{l.Op, l.Seq})
		h.size, h.last = h.size+1, l.Seq
		if len(places) == logBlock {
			if err := tx.plain(bucketLeaves, number(block), kindLeaves, leafBlockContent(places)); err != nil {
				return err
			}
			block, places = block+1, nil
		}
	}
	if len(places) > 0 {
		if err := tx.plain(bucketLeaves, number(block), kindLeaves, leafBlockContent(places)); err != nil {
			return err
		}
	}
	for n := range hashes.fresh {
		if err := tx.plain(bucketHashes, number(n), kindHashes, hashes.blocks[n]); err != nil {
			return err
		}
	}
	return tx.plain(bucketMeta, logKey, kindState, h.record())
}

// errLogGrew says that another one extended the log in that moment.
var errLogGrew = errors.New("the log has grown meanwhile")

// ExtendLog enters into the log what came into the archive since it was last
// extended, and gives how many leaves that were. What can't be read is left
// out: verify names it.
func (s *Store) ExtendLog(ctx context.Context) (added int, err error) {
	if s.o.ReadOnly {
		return 0, fmt.Errorf("extend the log: %w", ErrReadOnly)
	}
	var h logHead
	load := func() error { return s.View(func(tx *Tx) (err error) { h, err = tx.logHead(); return err }) }
	if err = load(); err == nil && h.secret == nil {
		err = s.Update(ctx, func(tx *Tx) error {
			now, err := tx.logHead()
			if err != nil || now.secret != nil {
				return err
			}
			now.secret = make([]byte, 32)
			rand.Read(now.secret)
			// Where the head of a log is lost, what is left of it proves nothing: the
			// new one has another name, so that nobody takes it for the old.
			if err := tx.loadState(); err != nil {
				return err
			}
			for _, name := range []string{bucketLeaves, bucketHashes, bucketVoids, bucketNotes} {
				if err := tx.empty(name); err != nil {
					return err
				}
			}
			return tx.plain(bucketMeta, logKey, kindState, now.record())
		})
		if err == nil {
			err = load()
		}
	}
	for at := h.last; err == nil; {
		var leaves []Leaf
		more := false
		if err = s.View(func(tx *Tx) (err error) {
			leaves, at, more, err = tx.leavesBehind(&h, at)
			return err
		}); err != nil {
			break
		}
		if len(leaves) > 0 {
			err = s.Update(ctx, func(tx *Tx) error {
				now, err := tx.logHead()
				if err == nil && now.size != h.size {
					err = errLogGrew
				}
				if err != nil {
					return err
				}
				return tx.enterLeaves(now, leaves)
			})
			if err == nil {
				added += len(leaves)
			}
			if err == nil || errors.Is(err, errLogGrew) {
				err = load()
				at = max(at, h.last)
			}
		}
		if !more {
			break
		}
		if err == nil {
			err = ctx.Err()
		}
	}
	if err != nil {
		return added, fmt.Errorf("extend the log: %w", err)
	}
	return added, nil
}

// Bounds of what is entered into the log in one transaction.
const (
	maxLeaves = 1000
	maxPassed = 8000 // places of the journal looked at
)

// leavesBehind makes the leaves of what came behind a place, captures and
// versions as their seqs have it.
func (tx *Tx) leavesBehind(h *logHead, after Seq) (leaves []Leaf, at Seq, more bool, err error) {
	at = after
	err = tx.access(func() error {
		captures, journal := tx.bucket(bucketCaptures).Cursor(), tx.bucket(bucketJournal).Cursor()
		from := number(uint64(after) + 1)
		c, _ := captures.Seek(from)
		j, _ := journal.Seek(from)
		for passed := 0; c != nil || j != nil; passed++ {
			if len(leaves) == maxLeaves || passed == maxPassed {
				more = true
				return nil
			}
			op := OpCapture
			if c == nil || j != nil && bytes.Compare(j, c) < 0 {
				op, at = OpVersion, Seq(numberOf(j))
			} else {
				at = Seq(numberOf(c))
			}
			if op == OpCapture {
				c, _ = captures.Next()
			} else {
				is, err := tx.isVersion(at)
				if j, _ = journal.Next(); !is || err != nil {
					if err != nil && !unreadable(err) {
						return err
					}
					continue
				}
			}
			l, err := tx.leafAt(h, op, at)
			if errors.Is(err, errGone) || unreadable(err) {
				continue
			}
			if err != nil {
				return err
			}
			leaves = append(leaves, l)
		}
		return nil
	})
	return leaves, at, more, err
}

// isVersion reports whether an entry of the journal is that of a version.
func (tx *Tx) isVersion(seq Seq) (bool, error) {
	e, found, err := tx.entry(seq)
	return found && e.Op == OpVersion, err
}

// void notes, for the log, why a capture or version is no longer there. Where
// the log has no leaf of it there is nothing to note.
func (tx *Tx) void(seq Seq, why Erasure) error {
	h, err := tx.logHead()
	if unreadable(err) || err == nil && (h.secret == nil || seq > h.last) {
		return nil
	}
	if err != nil {
		return err
	}
	w := newRecord(1)
	w.text(1, string(why))
	return tx.plain(bucketVoids, number(uint64(seq)), kindVoid, w.b)
}

// voided gives why what a leaf speaks of is gone; "" when nothing is noted.
func (tx *Tx) voided(seq Seq) (why Erasure, err error) {
	content, found, err := tx.content(bucketVoids, number(uint64(seq)), kindVoid, nil)
	if err != nil || !found {
		return "", err
	}
	err = readRecord(content, 1, func(field int, v value) error {
		if field == 1 {
			why = Erasure(v.text())
		}
		return nil
	})
	return why, err
}
