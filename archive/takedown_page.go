package archive

import (
	"fmt"
	"slices"

	"pressmark/extract/dedup"
)

// takeDown removes from the catalog what a tombstone stands for. Done again, it
// finds nothing to do.
func (tx *Tx) takeDown(bodies *bodyTx, t *Tombstone, r *removed) error {
	page, err := tx.pageNumber(t.Page)
	if err != nil || page == 0 {
		return err
	}
	if err := r.catchUp(tx); err != nil {
		return err
	}
	ids, err := tx.dictionariesOf(page)
	if err != nil {
		return err
	}
	todo := pending{volumes: map[uint64][]uint64{}, dicts: trained(ids), catalog: true, past: true}
	for _, id := range todo.dicts {
		tx.s.dicts.retire(id) // what moves must not be packed with it
	}
	seqs, err := tx.capturesOf(t, page)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		if err := tx.takeCapture(bodies, t, page, seq, r, &todo); err != nil {
			return fmt.Errorf("capture %d: %w", seq, err)
		}
	}
	if t.Version == 0 {
		err = tx.takeVersions(t, page)
	} else {
		err = tx.takeVersion(t, page)
	}
	if err != nil {
		return err
	}
	tx.text = lastText{}
	if _, err := tx.log(Entry{Op: OpTaken, Page: t.Page, Version: t.Version}); err != nil {
		return err
	}
	if err := tx.postpone(todo); err != nil {
		return err
	}
	return tx.putTombstone(t)
}

// takeCapture removes a capture; of one that showed a version that is taken
// down, and not the page, all but that there was one.
func (tx *Tx) takeCapture(bodies *bodyTx, t *Tombstone, page uint64, seq Seq, r *removed, todo *pending) error {
	key := number(uint64(seq))
	c, err := tx.capture(seq)
	if err != nil && !unreadable(err) {
		return err
	}
	known := err == nil
	t.Removed.Captures++
	if known && t.URL == "" {
		t.URL, t.Site = c.URL, c.Site
	}
	if known && c.volume != 0 {
		t.Removed.Bodies++
		t.Removed.BodyBytes += int64(c.size)
		todo.volumes[c.volume] = append(todo.volumes[c.volume], uint64(seq))
		if err := tx.bequeath(bodies, t, &c, r.heirs[seq]); err != nil {
			return err
		}
	}
	if !known { // wherever its body is, it goes
		ids, err := tx.s.volumeIDs()
		if err != nil {
			return err
		}
		for _, id := range ids {
			todo.volumes[id] = append(todo.volumes[id], uint64(seq))
		}
	}
	x, found, err := tx.Sighting(seq)
	if err != nil && !unreadable(err) {
		return err
	}
	if t.Version > 0 && known {
		return tx.strip(&c, page, x, found)
	}
	if found && x.Run != 0 {
		if err := tx.drop(bucketRun, numbers(uint64(x.Run), uint64(seq))); err != nil {
			return err
		}
	}
	if err := tx.void(seq, TakenDown); err != nil {
		return err
	}
	for bucket, key := range map[string][]byte{bucketSightings: key, bucketCapture: numbers(page, uint64(seq)), bucketCaptures: key} {
		if err := tx.drop(bucket, key); err != nil {
			return err
		}
	}
	return nil
}

// strip leaves of a capture and its sighting nothing but that there was one.
func (tx *Tx) strip(c *storedCapture, page uint64, x Sighting, sighted bool) error {
	c.Header, c.Digest, c.RevisitOf, c.size, c.depth = nil, Digest{}, 0, 0, 0
	if err := tx.erase(c, page, TakenDown); err != nil {
		return err
	}
	if !sighted {
		return nil
	}
	x.Why, x.Removed = "", nil
	return tx.putSighting(x)
}

// erase notes that the body of a capture is no longer kept.
func (tx *Tx) erase(c *storedCapture, page uint64, why Erasure) error {
	c.Erased, c.volume = why, 0
	if err := tx.put(bucketCapture, numbers(page, uint64(c.Seq)), []byte{0, 0, 0, 0}); err != nil {
		return err
	}
	return tx.putCapture(c)
}

func (tx *Tx) putCapture(c *storedCapture) error {
	p := &plan{storedCapture: *c}
	if err := tx.packRecord(p); err != nil {
		return err
	}
	key := number(uint64(c.Seq))
	return tx.put(bucketCaptures, key, appendFrame(nil, key, p.record))
}

// takeVersions removes a page and all that was concluded of it.
func (tx *Tx) takeVersions(t *Tombstone, page uint64) error {
	stories, err := tx.storiesOf(page, 0)
	if err != nil {
		return err
	}
	var keys [][]byte
	if err := tx.access(func() error {
		for _, bucket := range []string{bucketVersions, bucketTexts, bucketSketches} { // one may lack what another has
			c := tx.bucket(bucket).Cursor()
			for key, _ := c.Seek(versionKey(page, 0)); key != nil && numberOf(key) == page; key, _ = c.Next() {
				keys = append(keys, slices.Clone(key))
			}
		}
		return nil
	}); err != nil {
		return err
	}
	slices.SortFunc(keys, slices.Compare)
	for _, key := range slices.CompactFunc(keys, slices.Equal) {
		t.Removed.Versions++
		if err := tx.dropVersion(key); err != nil {
			return err
		}
	}
	changes, err := tx.changesOf(page, 0)
	if err != nil {
		return err
	}
	for _, seq := range changes {
		t.Removed.Changes++
		for bucket, key := range map[string][]byte{bucketChanges: number(seq), bucketJournal: number(seq), bucketChange: numbers(page, seq)} {
			if err := tx.drop(bucket, key); err != nil {
				return err
			}
		}
	}
	for _, id := range stories {
		t.Removed.Stories++
		if err := tx.leaveStory(id, t.Page, 0); err != nil {
			return err
		}
	}
	if err := tx.forgetDecisions(page, t.Page); err != nil {
		return err
	}
	if err := tx.forgetFollowed(page, t.Page); err != nil {
		return err
	}
	if err := tx.drop(bucketPages, number(page)); err != nil {
		return err
	}
	return tx.drop(bucketURL, urlIndex(t.Page))
}

// dropVersion removes a version with its text, sketch and places in indexes.
func (tx *Tx) dropVersion(key []byte) error {
	page, n := versionOf(key)
	v, err := tx.version(page, n)
	if err != nil && !unreadable(err) {
		return err
	}
	doc, seq := v.Doc, v.seq
	if err != nil {
		if doc, err = tx.docOf(key); err != nil {
			return err
		}
	}
	if doc != 0 {
		if err := tx.dropPostings(doc, key); err != nil {
			return err
		}
		if err := tx.drop(bucketDoc, number(doc)); err != nil {
			return err
		}
	}
	if seq != 0 {
		if err := tx.void(Seq(seq), TakenDown); err != nil {
			return err
		}
		if err := tx.drop(bucketJournal, number(seq)); err != nil {
			return err
		}
	}
	if err := tx.uncountText(key); err != nil {
		return err
	}
	for _, bucket := range []string{bucketVersions, bucketTexts, bucketSketches} {
		if err := tx.drop(bucket, key); err != nil {
			return err
		}
	}
	return nil
}

// uncountText takes a text out of the sums of texts.
func (tx *Tx) uncountText(key []byte) error {
	if err := tx.loadState(); err != nil {
		return err
	}
	return tx.access(func() error {
		if f, err := parseFrame(key, tx.bucket(bucketTexts).Get(key), kindText); err == nil {
			tx.state.textBytes -= int64(f.size)
			tx.state.textStored -= int64(len(f.payload))
			tx.dirty = true
		}
		return nil
	})
}

// docOf finds the number of a document whose version can't be read.
func (tx *Tx) docOf(version []byte) (doc uint64, err error) {
	err = tx.access(func() error {
		c := tx.bucket(bucketDoc).Cursor()
		for key, v := c.First(); key != nil; key, v = c.Next() {
			if slices.Equal(v, version) {
				doc = numberOf(key)
			}
		}
		return nil
	})
	return doc, err
}

// dropPostings takes a document out of the postings of its keys.
func (tx *Tx) dropPostings(doc uint64, version []byte) error {
	content, found, err := tx.content(bucketSketches, version, kindSketch, nil)
	var sketch dedup.Sketch
	if err == nil && found {
		err = sketch.UnmarshalBinary(content)
	}
	if err != nil || !found { // then it may be under any key
		return tx.unpostAll(doc)
	}
	return tx.unpost(doc, sketch.Keys())
}
