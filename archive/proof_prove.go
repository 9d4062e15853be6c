package archive

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// ErrNotLogged says that the log has no leaf of a capture or version.
var ErrNotLogged = errors.New("it is not in the log")

// ErrLogShorter says that a log has fewer leaves than were asked for: it is not
// the one that was noted, or an older state of it.
var ErrLogShorter = errors.New("the log is shorter")

// A LogRoot is the log as it was at a size.
type LogRoot struct {
	Origin string // names the log; "" for an archive without one
	Size   int64
	Root   tlog.Hash
}

// LogRoot gives the log at a size; -1 means all of it. ErrLogShorter.
func (s *Store) LogRoot(size int64) (r LogRoot, err error) {
	err = s.View(func(tx *Tx) (err error) {
		r, err = tx.logRoot(size)
		return err
	})
	return r, err
}

func (tx *Tx) logRoot(size int64) (r LogRoot, err error) {
	h, err := tx.logHead()
	if err != nil || h.secret == nil && size < 0 {
		return r, err
	}
	if size < 0 {
		size = h.size
	}
	if size > h.size {
		return r, fmt.Errorf("%w: it has %d leaves, not %d", ErrLogShorter, h.size, size)
	}
	r = LogRoot{Origin: h.origin(), Size: size}
	if size > 0 {
		r.Root, err = tlog.TreeHash(size, tx.logHashes())
	} else {
		r.Root, err = tlog.TreeHash(0, nil)
	}
	return r, err
}

// A LogProof shows that a leaf is in the log.
type LogProof struct {
	Leaf
	Path tlog.RecordProof
}

// ProveCapture shows that a capture is in the log of a size. ErrNoSuch,
// ErrErased, ErrNotLogged, ErrLogShorter.
func (s *Store) ProveCapture(seq Seq, size int64) (p LogProof, err error) {
	err = s.View(func(tx *Tx) (err error) {
		p, err = tx.prove(OpCapture, seq, size)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("proof of capture %d: %w", seq, err)
	}
	return p, nil
}

// ProveVersion shows that a version is in the log of a size. Its errors are
// those of ProveCapture.
func (s *Store) ProveVersion(id VersionID, size int64) (p LogProof, err error) {
	err = s.View(func(tx *Tx) error {
		v, _, err := tx.versionAt(id)
		if err == nil {
			p, err = tx.prove(OpVersion, Seq(v.seq), size)
		}
		return err
	})
	if err != nil {
		return p, fmt.Errorf("proof of version %s: %w", id, err)
	}
	return p, nil
}

func (tx *Tx) prove(op Op, seq Seq, size int64) (p LogProof, err error) {
	h, err := tx.logHead()
	if err != nil {
		return p, err
	}
	if size > h.size {
		return p, fmt.Errorf("%w: it has %d leaves, not %d", ErrLogShorter, h.size, size)
	}
	index, err := tx.leafIndex(&h, op, seq)
	if err == nil && index >= size {
		err = fmt.Errorf("%w of %d leaves", ErrNotLogged, size)
	}
	if err != nil {
		return p, err
	}
	if p.Leaf, err = tx.leafAt(&h, op, seq); err != nil {
		if errors.Is(err, errGone) {
			err = fmt.Errorf("%w: %w", ErrErased, err)
		}
		return p, err
	}
	p.Index = index
	p.Path, err = tlog.ProveRecord(size, index, tx.logHashes())
	return p, err
}

// leafIndex finds the leaf of a place in the journal; ErrNotLogged.
func (tx *Tx) leafIndex(h *logHead, op Op, seq Seq) (int64, error) {
	lo, hi := uint64(0), (uint64(h.size)+logBlock-1)/logBlock
	for lo < hi { // the block whose last leaf is not before it
		mid := (lo + hi) / 2
		list, err := tx.leafBlock(mid)
		if err != nil {
			return 0, err
		}
		if len(list) == 0 || list[len(list)-1].seq < seq {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	list, err := tx.leafBlock(lo)
	if err != nil {
		return 0, err
	}
	for i, p := range list {
		if p.seq == seq && p.op == op {
			return int64(lo)*logBlock + int64(i), nil
		}
	}
	return 0, ErrNotLogged
}

// ProveGrowth shows that the log of a size begins with the log of an older one.
func (s *Store) ProveGrowth(from, size int64) (p tlog.TreeProof, err error) {
	err = s.View(func(tx *Tx) error {
		h, err := tx.logHead()
		if err == nil && max(from, size) > h.size {
			err = fmt.Errorf("%w: it has %d leaves, not %d", ErrLogShorter, h.size, max(from, size))
		}
		if err != nil || from == 0 || from == size {
			return err
		}
		p, err = tlog.ProveTree(size, from, tx.logHashes())
		return err
	})
	return p, err
}

// A Checkpoint is a signed note of the log at a size, as the archive keeps it.
type Checkpoint struct {
	Size int64
	At   time.Time
	Note []byte // the text that was signed, and the signature
	Key  string // that it can be checked with
}

// PutCheckpoint keeps a checkpoint, in the place of an older one of the same size.
func (s *Store) PutCheckpoint(ctx context.Context, c Checkpoint) error {
	w := newRecord(1)
	w.time(1, c.At)
	w.bytes(2, c.Note)
	w.text(3, c.Key)
	err := s.Update(ctx, func(tx *Tx) error {
		return tx.plain(bucketNotes, number(uint64(c.Size)), kindNote, w.b)
	})
	if err != nil {
		return fmt.Errorf("keep the checkpoint: %w", err)
	}
	return nil
}

func readCheckpoint(key, content []byte) (Checkpoint, error) {
	c := Checkpoint{Size: int64(binary.BigEndian.Uint64(key))}
	err := readRecord(content, 1, func(field int, v value) error {
		switch field {
		case 1:
			c.At = v.time()
		case 2:
			c.Note = append([]byte(nil), v.b...)
		case 3:
			c.Key = v.text()
		}
		return nil
	})
	return c, err
}

// Checkpoints gives those that the archive keeps, oldest first.
func (s *Store) Checkpoints(ctx context.Context) (list []Checkpoint, err error) {
	for c, err := range scan(ctx, s, scanOf[Checkpoint]{bucket: bucketNotes, read: func(tx *Tx, key, v []byte) (Checkpoint, bool, error) {
		content, err := tx.unframe(key, v, kindNote, nil)
		if err == nil && len(key) != 8 {
			err = errRecord
		}
		if err != nil {
			return Checkpoint{}, false, damaged(err)
		}
		c, err := readCheckpoint(key, content)
		return c, true, err
	}}) {
		if err != nil {
			return list, fmt.Errorf("checkpoints: %w", err)
		}
		list = append(list, c)
	}
	return list, nil
}

// LastCheckpoint gives the one of the greatest size; false when there is none.
func (s *Store) LastCheckpoint() (c Checkpoint, found bool, err error) {
	err = s.View(func(tx *Tx) error {
		var key []byte
		if err := tx.access(func() error {
			if b := tx.bucket(bucketNotes); b != nil {
				last, _ := b.Cursor().Last()
				key = append(key, last...)
			}
			return nil
		}); err != nil || len(key) != 8 {
			return err
		}
		content, ok, err := tx.content(bucketNotes, key, kindNote, nil)
		if err != nil || !ok {
			return err
		}
		c, err = readCheckpoint(key, content)
		found = err == nil
		return err
	})
	if err != nil {
		return c, false, fmt.Errorf("last checkpoint: %w", err)
	}
	return c, found, nil
}

// Dir is the archive's folder.
func (s *Store) Dir() string { return s.dir }
