package archive

import (
	"fmt"
	"slices"

	"pressmark/extract/urlkey"
)

// PutChange stores a change and fills its Seq.
func (tx *Tx) PutChange(c *Change) error {
	if !tx.b.Writable() {
		return errView
	}
	if err := tx.putChange(c); err != nil {
		return fmt.Errorf("put change to %s: %w", c.To, err)
	}
	return nil
}

func (tx *Tx) putChange(c *Change) error {
	page, err := tx.ensurePage(c.To.Page)
	if err != nil {
		return err
	}
	content, err := changeRecord(c)
	if err != nil {
		return err
	}
	if len(content) > MaxRecord {
		return fmt.Errorf("%w: a change of %d bytes", ErrTooLarge, len(content))
	}
	seq, err := tx.log(Entry{Op: OpChange, Page: c.To.Page, Version: c.To.N})
	if err != nil {
		return err
	}
	c.Seq = Seq(seq)
	if err := tx.put(bucketChange, numbers(page, seq), []byte{}); err != nil {
		return err
	}
	return tx.record(bucketChanges, number(seq), kindChange, content)
}

// PutSighting stores the conclusion drawn from a capture, in place of an earlier one.
func (tx *Tx) PutSighting(s Sighting) error {
	if !tx.b.Writable() {
		return errView
	}
	if err := tx.putSighting(s); err != nil {
		return fmt.Errorf("put sighting %d: %w", s.Seq, err)
	}
	return nil
}

func (tx *Tx) putSighting(s Sighting) error {
	if _, err := tx.capture(s.Seq); err != nil {
		return err
	}
	key := number(uint64(s.Seq))
	if old, found, err := tx.Sighting(s.Seq); err != nil {
		return err
	} else if found && old.Run != s.Run {
		if err := tx.drop(bucketRun, numbers(uint64(old.Run), uint64(s.Seq))); err != nil {
			return err
		}
	}
	if s.Run != 0 {
		if err := tx.put(bucketRun, numbers(uint64(s.Run), uint64(s.Seq)), []byte{}); err != nil {
			return err
		}
	}
	return tx.plain(bucketSightings, key, kindSighting, sightingRecord(&s))
}

// Sighting gives the conclusion drawn from a capture; false when none was drawn yet.
func (tx *Tx) Sighting(seq Seq) (Sighting, bool, error) {
	content, found, err := tx.content(bucketSightings, number(uint64(seq)), kindSighting, nil)
	if err != nil || !found {
		return Sighting{}, false, err
	}
	s, err := readSighting(seq, content)
	if err != nil {
		return Sighting{}, false, fmt.Errorf("sighting %d: %w", seq, damaged(err))
	}
	return s, true, nil
}

// Sightings gives what became of the captures of a page, oldest first.
func (tx *Tx) Sightings(key urlkey.Key) ([]Sighting, error) {
	page, err := tx.pageNumber(key)
	if err != nil || page == 0 {
		return nil, err
	}
	var list []Sighting
	err = tx.eachBack(page, func(seq Seq, _ uint64) (bool, error) {
		s, found, err := tx.Sighting(seq)
		if found {
			list = append(list, s)
		}
		return true, err
	})
	slices.Reverse(list)
	return list, err
}
