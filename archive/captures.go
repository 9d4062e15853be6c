package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"pressmark/extract/urlkey"
)

// capture gives a capture's record.
func (tx *Tx) capture(seq Seq) (storedCapture, error) {
	content, found, err := tx.content(bucketCaptures, number(uint64(seq)), kindCapture, nil)
	if err != nil {
		return storedCapture{}, err
	}
	if !found {
		return storedCapture{}, fmt.Errorf("capture %d: %w", seq, ErrNoSuch)
	}
	c, err := readCapture(seq, content)
	if err != nil {
		return storedCapture{}, fmt.Errorf("capture %d: %w", seq, damaged(err))
	}
	return c, nil
}

// eachBack calls f for the captures of a page, latest first, with the volume
// that holds the body, 0 for none, until f returns false.
func (tx *Tx) eachBack(page uint64, f func(seq Seq, volume uint64) (bool, error)) error {
	prefix := number(page)
	return tx.access(func() error {
		c := tx.bucket(bucketCapture).Cursor()
		step := c.Prev
		if key, _ := c.Seek(number(page + 1)); key == nil {
			step = c.Last
		}
		key, v := step()
		for ; bytes.HasPrefix(key, prefix); key, v = c.Prev() {
			if len(key) != 16 || len(v) != 4 {
				return fmt.Errorf("%w: index %s", ErrDamaged, bucketCapture)
			}
			more, err := f(Seq(numberOf(key[8:])), uint64(binary.BigEndian.Uint32(v)))
			if err != nil || !more {
				return err
			}
		}
		return nil
	})
}

// writing gives the number of the volume that is written to. A plan made with
// it may be outdated when it is carried out, and is then made anew.
func (v *volumes) writing() uint64 {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.current.id
}

// body gives the body that a capture holds, and checks it.
func (s *Store) body(c *storedCapture) ([]byte, error) {
	if c.Erased != "" {
		return nil, fmt.Errorf("%w: the body was %s", ErrErased, c.Erased)
	}
	var body []byte
	if c.volume != 0 {
		content, err := s.bodyContentOf(c)
		if err == nil {
			_, body, err = splitBody(content)
		}
		if err != nil {
			return nil, damaged(err)
		}
	}
	if sha256.Sum256(body) != c.Digest {
		return nil, fmt.Errorf("%w: the body is not that of its SHA-256", ErrDamaged)
	}
	return body, nil
}

// Capture gives a capture whole; the body of a revisit is that of the capture
// it revisits. ErrNoSuch, ErrDamaged, ErrErased.
func (s *Store) Capture(seq Seq) (Capture, error) {
	var c, holder storedCapture
	err := s.View(func(tx *Tx) (err error) {
		if c, err = tx.capture(seq); err != nil || c.RevisitOf == 0 {
			return err
		}
		if holder, err = tx.capture(c.RevisitOf); errors.Is(err, ErrNoSuch) {
			err = fmt.Errorf("%w: capture %d is a revisit of %d, which is not there", ErrDamaged, seq, c.RevisitOf)
		}
		return err
	})
	if err != nil {
		return Capture{}, err
	}
	held := &c
	if c.RevisitOf != 0 {
		held = &holder
	}
	if body, found := s.fresh.take(held.Seq, held.Digest); found && held.Erased == "" {
		c.Body = body
		return c.Capture, nil
	}
	c.Body, err = s.body(held)
	if errors.Is(err, ErrDamaged) {
		if body, found := s.elsewhere(held); found {
			c.Body, err = body, nil
		}
	}
	if err != nil {
		return Capture{}, fmt.Errorf("capture %d (%s): %w", seq, c.URL, err)
	}
	return c.Capture, nil
}

// Captures gives the captures after the given one, oldest first, without
// bodies. A record that can't be read is given as an error, and the next ones
// follow.
func (s *Store) Captures(ctx context.Context, after Seq) iter.Seq2[Capture, error] {
	return scan(ctx, s, scanOf[Capture]{bucket: bucketCaptures, from: number(uint64(after) + 1), read: func(tx *Tx, key, v []byte) (Capture, bool, error) {
		content, err := tx.unframe(key, v, kindCapture, nil)
		if err != nil {
			return Capture{}, false, err
		}
		c, err := readCapture(Seq(numberOf(key)), content)
		return c.Capture, true, err
	}})
}

// CapturesOf gives the captures of a page, oldest first, without bodies; the
// time it takes is theirs, however large the archive. None of a page that is
// not known. A record that can't be read is given as an error, and the next
// ones follow.
func (s *Store) CapturesOf(ctx context.Context, page urlkey.Key) iter.Seq2[Capture, error] {
	return func(yield func(Capture, error) bool) {
		var n uint64
		err := s.View(func(tx *Tx) (err error) { n, err = tx.pageNumber(page); return err })
		if err != nil {
			yield(Capture{}, err)
		}
		if err != nil || n == 0 {
			return
		}
		scan(ctx, s, scanOf[Capture]{bucket: bucketCapture, prefix: number(n), read: func(tx *Tx, key, _ []byte) (Capture, bool, error) {
			if len(key) != 16 {
				return Capture{}, false, fmt.Errorf("%w: index %s", ErrDamaged, bucketCapture)
			}
			c, err := tx.capture(Seq(numberOf(key[8:])))
			if errors.Is(err, ErrNoSuch) {
				err = fmt.Errorf("%w: index %s: %w", ErrDamaged, bucketCapture, err)
			}
			return c.Capture, true, err
		}})(yield)
	}
}

// LastCapture gives the latest capture of a page, without body.
func (s *Store) LastCapture(page urlkey.Key) (c Capture, found bool, err error) {
	err = s.View(func(tx *Tx) error {
		n, err := tx.pageNumber(page)
		if err != nil || n == 0 {
			return err
		}
		return tx.eachBack(n, func(seq Seq, _ uint64) (bool, error) {
			last, err := tx.capture(seq)
			c, found = last.Capture, err == nil
			return false, err
		})
	})
	return c, found, err
}

// CaptureHead gives a capture without its body. ErrNoSuch.
func (s *Store) CaptureHead(seq Seq) (c Capture, err error) {
	err = s.View(func(tx *Tx) error {
		stored, err := tx.capture(seq)
		c = stored.Capture
		return err
	})
	return c, err
}
