package archive

import (
	"fmt"

	"go.etcd.io/bbolt"
)

// stands reports whether the body of a capture is in its volume, as far as
// checksums tell: its own record's, and those of the ones that it is a delta to.
// A body that is damaged must not be what a new capture relies on.
func (tx *Tx) stands(c *storedCapture) bool {
	if c.volume == 0 {
		return false
	}
	err := tx.s.raw.read(c.volume, func(b *bbolt.Tx) error {
		bodies := b.Bucket([]byte(bucketBodies))
		if bodies == nil {
			return fmt.Errorf("%w: no bodies in it", ErrDamaged)
		}
		seq := uint64(c.Seq)
		for range maxDepth + 1 {
			key := number(seq)
			f, err := parseFrame(key, bodies.Get(key), kindBody)
			if err != nil || f.codec != codecDelta {
				return err
			}
			seq = f.ref
		}
		return fmt.Errorf("%w: too many deltas", ErrDamaged)
	})
	return err == nil
}

// superseded reports whether a capture that the index of digests names holds
// that body, and can't be read any more.
func (tx *Tx) superseded(old []byte, digest Digest) bool {
	h, err := tx.capture(Seq(numberOf(old)))
	return unreadable(err) || err == nil && h.Digest == digest && !tx.stands(&h)
}

// elsewhere gives a damaged body from a later capture that had to hold it for itself.
func (s *Store) elsewhere(c *storedCapture) (body []byte, found bool) {
	var h storedCapture
	err := s.View(func(tx *Tx) error {
		v, err := tx.index(bucketDigest, c.Digest[:16])
		if err == nil {
			h, err = tx.capture(Seq(numberOf(v)))
		}
		return err
	})
	if err != nil || h.Seq == c.Seq || h.Digest != c.Digest {
		return nil, false
	}
	body, err = s.body(&h)
	return body, err == nil
}
