package archive

import (
	"bytes"
	"errors"
	"slices"

	"go.etcd.io/bbolt"
)

// A purge decides what comes along when a raw volume is copied. A body goes
// when it is named, or when the catalog says that its capture has none any
// more. One of which the catalog knows nothing stays: it may be all that is
// left of a capture whose record is damaged.
type purge struct {
	s      *Store
	volume uint64
	drop   map[uint64]bool // by name
	dicts  []uint64        // that must go

	gone  map[uint64]bool // what was dropped, among it bases of deltas
	kept  int
	grown int64 // by how much the payloads have grown
}

// change gives what the copy holds in place of a record.
func (p *purge) change(from *bbolt.Tx, bucket string, key, v []byte) ([]byte, error) {
	switch bucket {
	case bucketDicts:
		if slices.Contains(p.dicts, numberOf(key)) {
			return nil, nil
		}
		return v, nil
	case bucketBodies:
		return p.body(from, key, v)
	}
	return v, nil
}

func (p *purge) body(from *bbolt.Tx, key, v []byte) ([]byte, error) {
	seq := numberOf(key)
	f, unread := parseFrame(key, v, kindBody)
	goes, err := p.goes(seq)
	if err != nil {
		return nil, err
	}
	if goes {
		if p.gone == nil {
			p.gone = map[uint64]bool{}
		}
		p.gone[seq] = true
		p.grown -= int64(len(f.payload))
		return nil, nil
	}
	p.kept++
	switch {
	case unread != nil: // damaged as it is
		return v, nil
	case f.codec == codecDelta && p.gone[f.ref]:
	case f.codec == codecDict && slices.Contains(p.dicts, f.ref):
	default:
		return v, nil
	}
	again, err := p.repacked(from, seq)
	if errors.Is(err, ErrDamaged) {
		p.s.o.Log.Warn("a body could not be read already and stays so", "capture", seq, "error", err)
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	again.kind = kindBody
	p.grown += int64(len(again.payload) - len(f.payload))
	return appendFrame(nil, key, again), nil
}

// goes reports whether a body is not wanted any more.
func (p *purge) goes(seq uint64) (bool, error) {
	if p.drop[seq] {
		return true, nil
	}
	gone := false
	err := p.s.View(func(tx *Tx) error {
		c, err := tx.capture(Seq(seq))
		if unreadable(err) {
			return nil
		}
		gone = err == nil && c.volume != p.volume
		return err
	})
	return gone, err
}

// repacked packs a body anew, of whose bases one must go, against the latest
// that stays or by itself.
func (p *purge) repacked(from *bbolt.Tx, seq uint64) (frame, error) {
	bodies := from.Bucket([]byte(bucketBodies))
	reader := bodyReader{s: p.s, get: func(seq uint64) (record, content []byte, err error) {
		return bodies.Get(number(seq)), nil, nil
	}, dict: func(id uint64) ([]byte, error) { return p.s.dictionary(from, nil, id) }}
	content, err := reader.read(seq, maxDepth)
	if err != nil {
		return frame{}, err
	}
	whole, err := p.s.pack.packBody(content)
	if err != nil {
		return frame{}, err
	}
	for base := seq; ; {
		key := number(base)
		f, err := parseFrame(key, bodies.Get(key), kindBody)
		if err != nil || f.codec != codecDelta {
			return whole, nil
		}
		if base = f.ref; p.gone[base] {
			continue
		}
		dict, err := reader.read(base, maxDepth)
		if err != nil {
			return whole, nil
		}
		delta := frame{codec: codecDelta, ref: base, size: uint64(len(content))}
		if delta.payload, err = p.s.pack.packDelta(content, dict); err != nil {
			return frame{}, err
		}
		if len(delta.payload) < len(whole.payload) {
			return delta, nil
		}
		return whole, nil
	}
}

// rebuilds reports whether a record of the catalog is packed with a dictionary
// that must go, and gives it packed without.
func (tx *Tx) repackedRecord(key, v []byte, dicts []uint64) ([]byte, error) {
	if len(v) < 3 || codec(v[2]) != codecDict {
		return nil, nil
	}
	f, err := parseFrame(key, v, kind(v[1]))
	if err != nil || f.codec != codecDict || !slices.Contains(dicts, f.ref) {
		return nil, nil // damaged records stay as they are
	}
	content, err := tx.unframe(key, v, f.kind, nil)
	if errors.Is(err, ErrDamaged) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	again, err := tx.s.pack.pack(content)
	if err != nil {
		return nil, err
	}
	again.kind = f.kind
	return appendFrame(nil, bytes.Clone(key), again), nil
}
