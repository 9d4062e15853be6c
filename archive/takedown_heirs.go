package archive

import "errors"

// bequeath leaves the body of a capture that goes to the first of those that
// stay and have the same; the others are revisits of that one from then on.
func (tx *Tx) bequeath(bodies *bodyTx, t *Tombstone, c *storedCapture, heirs []Seq) error {
	old, err := tx.index(bucketDigest, c.Digest[:16])
	if err != nil {
		return err
	}
	if Seq(numberOf(old)) == c.Seq {
		if err := tx.drop(bucketDigest, c.Digest[:16]); err != nil {
			return err
		}
	}
	tx.state.bodyBytes -= int64(c.size)
	tx.dirty = true
	if len(heirs) == 0 {
		return nil
	}
	content, err := tx.bodyContentOf(c)
	var body []byte
	if err == nil {
		_, body, err = splitBody(content)
	}
	if err != nil && !unreadable(err) && !errors.Is(err, errRecord) {
		return err
	}
	lost := err != nil
	var holder Seq
	for _, seq := range heirs {
		h, err := tx.capture(seq)
		if unreadable(err) || err == nil && h.RevisitOf != c.Seq {
			continue
		}
		if err != nil {
			return err
		}
		switch {
		case holder != 0:
			h.RevisitOf = holder
			err = tx.putCapture(&h)
		case lost:
			err = tx.disinherit(&h, Lost)
		case h.Status == 304: // it speaks of a body, and can't hold one
			err = tx.disinherit(&h, TakenDown)
		default:
			h.RevisitOf, holder = 0, seq
			err = tx.inherit(bodies, h, body)
			t.Removed.Moved++
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) disinherit(h *storedCapture, why Erasure) error {
	page, err := tx.pageNumber(h.Page)
	if err != nil {
		return err
	}
	h.RevisitOf = 0
	return tx.erase(h, page, why)
}

// inherit makes a capture the holder of a body that it was a revisit of.
func (tx *Tx) inherit(bodies *bodyTx, h storedCapture, body []byte) error {
	p := &plan{storedCapture: h}
	p.Body, p.size, p.depth, p.volume = body, len(body), 0, tx.s.raw.writing()
	var err error
	for good := false; !good; { // until with a dictionary that is there, or with none
		if p.body, err = tx.wholeBody(p, bodyContent(p.Capture, body)); err != nil {
			return err
		}
		p.body.kind = kindBody
		if err := tx.packRecord(p); err != nil {
			return err
		}
		if good, err = tx.keepDictionary(bodies, p); err != nil {
			return err
		}
	}
	key := number(uint64(p.Seq))
	if err := bodies.put(key, appendFrame(nil, key, p.body)); err != nil {
		return err
	}
	return tx.enter(p)
}
