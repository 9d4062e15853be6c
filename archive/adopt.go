package archive

import (
	"crypto/sha256"
	"fmt"

	"go.etcd.io/bbolt"
)

// adopt enters the bodies into the catalog that have higher numbers than it
// has given out. They are there when the process was killed between the
// volume's commit and the catalog's, or when the catalog lost its last commit
// to damage; a raw volume says all that is to be known of them. Nobody was
// told that they are kept, or everybody was: keeping them is right in both cases.
func (s *Store) adopt(volume, known uint64) error {
	var found []*plan
	last := known
	err := s.raw.read(volume, func(b *bbolt.Tx) error {
		bodies := b.Bucket([]byte(bucketBodies))
		if bodies == nil {
			return fmt.Errorf("%w: no bodies in it", ErrDamaged)
		}
		for _, key := range keysFrom(bodies, known+1) {
			p, err := s.readPlan(bodies, volume, numberOf(key))
			last = max(last, numberOf(key)) // its number is taken, whatever it is
			if err != nil {
				s.o.Log.Warn("a body that was not acknowledged can't be read", "volume", volumeName(volume), "seq", numberOf(key), "error", err)
				continue
			}
			found = append(found, p)
		}
		return nil
	})
	if err != nil || last == known {
		return err
	}
	err = s.transact(func(tx *Tx) error {
		if err := tx.loadState(); err != nil {
			return err
		}
		tx.state.seq, tx.dirty = last, true
		for _, p := range found {
			if p.depth > 0 {
				p.depth = maxDepth // unless its base says otherwise; nothing builds on it then
				if base, err := tx.capture(Seq(p.body.ref)); err == nil {
					p.depth = base.depth + 1
				} else if !unreadable(err) {
					return err
				}
			}
			if err := tx.packRecord(p); err != nil {
				return err
			}
			if err := tx.enter(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("adopt what a crash left behind: %w", err)
	}
	s.o.Log.Info("captures that a crash left behind are adopted", "captures", len(found))
	return nil
}

// readPlan reads from a volume how a capture was planned; a depth above 0
// only says that it is a delta.
func (s *Store) readPlan(bodies *bbolt.Bucket, volume, seq uint64) (*plan, error) {
	key := number(seq)
	f, err := parseFrame(key, bodies.Get(key), kindBody)
	if err != nil {
		return nil, err
	}
	r := bodyReader{s: s, get: func(seq uint64) (record, content []byte, err error) {
		return bodies.Get(number(seq)), nil, nil
	}, dict: func(id uint64) ([]byte, error) { return s.dictionary(bodies.Tx(), nil, id) }}
	content, err := r.read(seq, maxDepth)
	if err != nil {
		return nil, err
	}
	record, body, err := splitBody(content)
	if err != nil {
		return nil, err
	}
	c, err := readCapture(Seq(seq), record)
	if err != nil {
		return nil, err
	}
	sum := Digest(sha256.Sum256(body))
	if c.Page == "" || c.size != len(body) || c.Digest != (Digest{}) && c.Digest != sum {
		return nil, fmt.Errorf("%w: of another body", errRecord)
	}
	c.Digest = sum
	c.volume = volume
	if f.codec == codecDelta {
		c.depth = 1
	}
	f.payload = append([]byte(nil), f.payload...)
	return &plan{storedCapture: c, body: f}, nil
}
