package archive

import (
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// planBody packs the body, against the page's last one in the same volume when that is smaller.
func (tx *Tx) planBody(p *plan) error {
	content := bodyContent(p.Capture, p.Body)
	base, err := tx.baseFor(p)
	if err != nil {
		return err
	}
	if base != nil {
		p.body = frame{codec: codecDelta, ref: uint64(base.seq), size: uint64(len(content))}
		if p.body.payload, err = tx.s.pack.packBody(content, base.content); err != nil {
			return err
		}
		p.depth = base.depth + 1
	}
	// A small delta is surely smaller than the whole.
	if base == nil || len(p.body.payload) > len(content)/20 {
		whole, err := tx.s.pack.pack(content)
		if err != nil {
			return err
		}
		if base == nil || len(whole.payload) <= len(p.body.payload) {
			p.body, p.depth = whole, 0
		}
	}
	p.body.kind = kindBody
	return nil
}

type bodyBase struct {
	seq     Seq
	depth   int
	content []byte
}

// baseFor finds what to pack a body against; nil when there is nothing. An
// earlier body that can't be read is no reason not to store this one.
func (tx *Tx) baseFor(p *plan) (*bodyBase, error) {
	page, err := tx.pageNumber(p.Page)
	if err != nil || page == 0 || p.volume == 0 {
		return nil, err
	}
	var base *bodyBase
	left := maxSearch
	err = tx.eachBack(page, func(seq Seq, volume uint64) (bool, error) {
		left--
		if volume == 0 {
			return left > 0, nil // a revisit
		}
		if volume != p.volume {
			return false, nil
		}
		c, err := tx.capture(seq)
		if unreadable(err) { // no reason not to store this one
			return false, nil
		}
		if err != nil || c.depth >= maxDepth {
			return false, err
		}
		content, err := tx.s.bodyContentOf(&c)
		if err == nil {
			base = &bodyBase{seq: seq, depth: c.depth, content: content}
		}
		return false, nil
	})
	return base, err
}

// bodyContentOf gives what the raw volume holds of a capture.
func (s *Store) bodyContentOf(c *storedCapture) (content []byte, err error) {
	err = s.raw.read(c.volume, func(b *bbolt.Tx) error {
		bodies := b.Bucket([]byte(bucketBodies))
		if bodies == nil {
			return fmt.Errorf("%w: no bodies in it", ErrDamaged)
		}
		content, err = s.readBody(func(seq uint64) (record, content []byte, err error) {
			return bodies.Get(number(seq)), nil, nil
		}, uint64(c.Seq), maxDepth)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", volumeName(c.volume), err)
	}
	return content, nil
}

// readBody reads a record of a volume, and the records it is a delta to. get
// gives a record, nil when there is none, or its content when that is at hand.
func (s *Store) readBody(get func(seq uint64) (record, content []byte, err error), seq uint64, depth int) ([]byte, error) {
	record, content, err := get(seq)
	if err == nil && content != nil {
		return content, nil
	}
	if err == nil && record == nil {
		err = errors.New("it is not there")
	}
	if err != nil {
		return nil, fmt.Errorf("body %d: %w", seq, damaged(err))
	}
	f, err := parseFrame(number(seq), record, kindBody)
	if err != nil {
		return nil, fmt.Errorf("body %d: %w", seq, damaged(err))
	}
	var base []byte
	switch {
	case f.codec == codecDelta && (depth == 0 || f.ref >= seq):
		return nil, fmt.Errorf("%w: body %d is a delta to %d, after too many others", ErrDamaged, seq, f.ref)
	case f.codec == codecDelta:
		if base, err = s.readBody(get, f.ref, depth-1); err != nil {
			return nil, fmt.Errorf("body %d is a delta: %w", seq, err)
		}
	case f.codec == codecDict:
		if base, err = s.dictionary(f.ref); err != nil {
			return nil, fmt.Errorf("body %d: %w", seq, err)
		}
	}
	content, err = s.pack.unpack(f, base)
	if err != nil {
		return nil, fmt.Errorf("body %d: %w", seq, damaged(err))
	}
	return content, nil
}
