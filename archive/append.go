package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"pressmark/extract/urlkey"
)

// maxDepth is how many earlier records at most must be read to read a delta.
const maxDepth = 16

// maxSearch is how far back a page's captures are searched for the body that a 304 speaks of.
const maxSearch = 1000

// Append stores a capture; it is durable on return. It fills Seq, Digest and
// RevisitOf, and Page and FetchedAt when they are empty. It may be called from
// many goroutines at once, whose captures then share a commit.
//
// A body that the archive has already is not stored again: the capture becomes
// a revisit of the one that holds it. So does a 304 without a body, of the
// last good answer for its page.
//
// After an error nothing of the capture was stored. After ErrFull it can be
// tried again when there is room.
func (s *Store) Append(ctx context.Context, c Capture) (Capture, error) {
	if err := s.prepare(&c); err != nil {
		return Capture{}, err
	}
	s.pack.pace.begin()
	defer s.pack.pace.end()
	// What takes time, packing and the search for what to pack against, is done
	// here, by as many as call; the writer only looks whether it still holds.
	var p *plan
	err := s.View(func(tx *Tx) (err error) {
		p, err = tx.plan(c)
		return err
	})
	if err != nil {
		return Capture{}, fmt.Errorf("append %s: %w", c.URL, err)
	}
	j := &job{plan: p, done: make(chan error, 1)}
	if err := s.submit(ctx, j); err != nil {
		return Capture{}, fmt.Errorf("append %s: %w", c.URL, err)
	}
	if j.err != nil {
		return Capture{}, fmt.Errorf("append %s: %w", c.URL, j.err)
	}
	s.training.hear(j.plan)
	if p := j.plan; p.volume != 0 {
		s.fresh.put(p.Seq, p.Digest, p.Body)
	}
	return j.plan.Capture, nil
}

// prepare fills in what a capture lacks, and refuses what can't be stored.
func (s *Store) prepare(c *Capture) error {
	if s.o.ReadOnly {
		return fmt.Errorf("append: %w", ErrReadOnly)
	}
	if len(c.Body) > MaxRecord {
		return fmt.Errorf("append %s: %w: a body of %d bytes", c.URL, ErrTooLarge, len(c.Body))
	}
	if c.Page == "" {
		key, err := urlkey.Of(c.URL)
		if err != nil {
			return fmt.Errorf("append: %w", err)
		}
		c.Page = key
	}
	if c.FetchedAt.IsZero() {
		c.FetchedAt = s.o.Now()
	}
	c.FetchedAt = c.FetchedAt.UTC().Round(0)
	c.Digest = sha256.Sum256(c.Body)
	if err := s.refusal(c); err != nil {
		return fmt.Errorf("append %s: %w", c.URL, err)
	}
	return nil
}

// A plan is a capture and how it is to be stored.
type plan struct {
	storedCapture
	record frame // for captures
	body   frame // for the volume, when there is one
}

func (p *plan) weight() int { return len(p.record.payload) + len(p.body.payload) }

// plan decides how to store a capture.
func (tx *Tx) plan(c Capture) (*plan, error) {
	p := &plan{storedCapture: storedCapture{Capture: c, size: len(c.Body)}}
	holder, err := tx.holder(c)
	if err != nil {
		return nil, err
	}
	p.RevisitOf = 0
	if len(c.Body) == 0 { // an earlier plan may have given a 304 the digest of what it stood for
		p.Digest = sha256.Sum256(nil)
	}
	switch {
	case holder != nil:
		p.RevisitOf, p.Digest = holder.Seq, holder.Digest
	case len(c.Body) > 0:
		// Before the first volume it is 0, and the writer makes the plan anew.
		if p.volume = tx.s.raw.writing(); p.volume != 0 {
			if err := tx.planBody(p); err != nil {
				return nil, err
			}
		}
	}
	return p, tx.packRecord(p)
}

// packRecord packs the capture's record, with the dictionary for those of its site.
func (tx *Tx) packRecord(p *plan) error {
	id, dict := tx.recordBase(siteOf(p.Page))
	content := p.storedCapture.record()
	packed, err := tx.s.pack.packRecordWith(content, id, dict)
	if err != nil {
		return err
	}
	p.record = frame{kind: kindCapture, codec: codecPlain, size: uint64(len(content)), payload: content}
	if len(packed) < len(content) {
		p.record.codec, p.record.ref, p.record.payload = codecDict, id, packed
	}
	return nil
}

// recordBase gives what the captures' records of a site are packed with: its own
// dictionary, that of all sites, or the program's.
func (tx *Tx) recordBase(site string) (id uint64, dict []byte) {
	for _, site := range []string{site, ""} {
		id := tx.s.dicts.use(forRecords, site)
		if id == 0 {
			continue
		}
		dict, err := tx.s.dictionary(nil, tx, id)
		if err == nil {
			return id, dict
		}
		tx.s.dicts.retire(id)
	}
	return captureDict, []byte(commonHeaders)
}

// holder finds the earlier capture that holds the body of c; nil when there is none.
func (tx *Tx) holder(c Capture) (*storedCapture, error) {
	if len(c.Body) > 0 {
		v, err := tx.index(bucketDigest, c.Digest[:16])
		if err != nil || v == nil {
			return nil, err
		}
		h, err := tx.capture(Seq(numberOf(v)))
		if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNoSuch) {
			return nil, nil // what can't be read does not hold it
		}
		if err != nil || h.Digest != c.Digest || !tx.stands(&h) {
			return nil, err
		}
		return &h, nil
	}
	if c.Status != 304 {
		return nil, nil
	}
	page, err := tx.pageNumber(c.Page)
	if err != nil || page == 0 {
		return nil, err
	}
	var found *storedCapture
	left := maxSearch
	err = tx.eachBack(page, func(seq Seq, _ uint64) (bool, error) {
		left--
		h, err := tx.capture(seq)
		if unreadable(err) { // what this 304 stands for is lost, and an older body would be wrong
			return false, nil
		}
		if err != nil {
			return false, err
		}
		switch {
		case h.Status == 304 && h.RevisitOf == 0, h.Status != 304 && (h.Status < 200 || h.Status > 299):
			return left > 0, nil
		case h.RevisitOf != 0:
			if h, err = tx.capture(h.RevisitOf); unreadable(err) {
				return false, nil
			}
			if err != nil {
				return false, err
			}
		}
		found = &h
		return false, nil
	})
	return found, err
}

// append stores a planned capture. The plan is made anew when the archive has
// changed since in what matters to it.
func (tx *Tx) append(bodies *bodyTx, p *plan) error {
	if err := tx.s.refusal(&p.Capture); err != nil { // it was taken down since
		return err
	}
	holder, err := tx.holder(p.Capture)
	if err != nil {
		return err
	}
	var revisitOf Seq
	if holder != nil {
		revisitOf = holder.Seq
	}
	holds := holder == nil && len(p.Body) > 0
	good := revisitOf == p.RevisitOf && (!holds || p.volume == tx.s.raw.writing())
	for {
		if good {
			if good, err = tx.keepDictionary(bodies, p); err != nil {
				return fmt.Errorf("store the dictionary of a body: %w", err)
			}
		}
		if good {
			break
		}
		again, err := tx.plan(p.Capture)
		if err != nil {
			return err
		}
		*p, good = *again, true
	}
	seq, err := tx.nextSeq()
	if err != nil {
		return err
	}
	p.Seq = Seq(seq)
	if p.volume != 0 {
		key := number(seq)
		if err := bodies.put(key, appendFrame(nil, key, p.body)); err != nil {
			return fmt.Errorf("store body: %w", err)
		}
	}
	return tx.enter(p)
}

// enter writes a capture into the catalog.
func (tx *Tx) enter(p *plan) error {
	page, err := tx.ensurePage(p.Page)
	if err != nil {
		return err
	}
	key := number(uint64(p.Seq))
	if p.volume != 0 {
		tx.state.bodyBytes += int64(p.size)
		tx.state.bodyStored += int64(len(p.body.payload))
		old, err := tx.index(bucketDigest, p.Digest[:16])
		if err != nil {
			return err
		}
		// Else it is a collision, and the first keeps the place, or the first can't be read.
		if old == nil || tx.superseded(old, p.Digest) {
			if err := tx.put(bucketDigest, p.Digest[:16], key); err != nil {
				return err
			}
		}
	}
	if err := tx.put(bucketCapture, numbers(page, uint64(p.Seq)), bytes.Clone(number(p.volume)[4:])); err != nil {
		return err
	}
	return tx.put(bucketCaptures, key, appendFrame(nil, key, p.record))
}

// unreadable reports whether a record is lost: damaged, or not where an index
// says that it is. Nothing new is refused for that.
func unreadable(err error) bool { return errors.Is(err, ErrDamaged) || errors.Is(err, ErrNoSuch) }
