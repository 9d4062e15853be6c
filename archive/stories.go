package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// storyNumber gives the number of a story, 0 when the archive does not know it.
func (tx *Tx) storyNumber(id StoryID) (uint64, error) {
	v, err := tx.index(bucketStory, []byte(id))
	return numberOf(v), err
}

// Story gives a story. ErrNoSuch.
func (tx *Tx) Story(id StoryID) (Story, error) {
	if id == "" {
		return Story{}, fmt.Errorf("story without a name: %w", ErrNoSuch)
	}
	n, err := tx.storyNumber(id)
	var content []byte
	found := false
	if err == nil && n != 0 {
		content, found, err = tx.content(bucketStories, number(n), kindStory, nil)
	}
	if err == nil && !found {
		err = ErrNoSuch
	}
	var s Story
	if err == nil {
		if s, err = readStory(content); err != nil {
			err = damaged(err)
		}
	}
	if err != nil {
		return Story{}, fmt.Errorf("story %s: %w", id, err)
	}
	return s, nil
}

// PutStory stores a story whole, in place of what was known of it.
func (tx *Tx) PutStory(s Story) error {
	if !tx.b.Writable() {
		return errView
	}
	if s.ID == "" || len(s.ID) > 200 {
		return fmt.Errorf("put story: a name of %d bytes, not 1 to 200", len(s.ID))
	}
	if err := tx.putStory(s); err != nil {
		return fmt.Errorf("put story %s: %w", s.ID, err)
	}
	return nil
}

func (tx *Tx) putStory(s Story) error {
	n, err := tx.storyNumber(s.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		if err := tx.loadState(); err != nil {
			return err
		}
		tx.state.story++
		n = tx.state.story
		if err := tx.put(bucketStory, []byte(s.ID), number(n)); err != nil {
			return err
		}
	}
	if _, err := tx.log(Entry{Op: OpStory, Story: s.ID}); err != nil {
		return err
	}
	return tx.record(bucketStories, number(n), kindStory, storyRecord(&s))
}

// maxPostings is how many documents of a key are kept: what more of them have
// in common is nobody's mark.
const maxPostings = 64

// Postings are kept as the number of documents in all and the first of them,
// each as the distance from the one before.
func readPostings(content []byte) (total uint64, docs []uint64, err error) {
	total, used := binary.Uvarint(content)
	if used <= 0 {
		return 0, nil, fmt.Errorf("%w: postings", errRecord)
	}
	var last uint64
	for content = content[used:]; len(content) > 0; content = content[used:] {
		var step uint64
		if step, used = binary.Uvarint(content); used <= 0 {
			return 0, nil, fmt.Errorf("%w: postings", errRecord)
		}
		last += step
		docs = append(docs, last)
	}
	return total, docs, nil
}

func (tx *Tx) postings(key uint64) (total uint64, docs []uint64, err error) {
	content, found, err := tx.content(bucketBand, number(key), kindPosting, nil)
	if err != nil || !found {
		return 0, nil, err
	}
	if total, docs, err = readPostings(content); err != nil {
		return 0, nil, fmt.Errorf("postings of %016x: %w", key, damaged(err))
	}
	return total, docs, nil
}

// AddPosting notes that a document has a key. The documents of a key must come in order.
func (tx *Tx) AddPosting(key, doc uint64) error {
	total, docs, err := tx.postings(key)
	if err != nil {
		return fmt.Errorf("add posting: %w", err)
	}
	if slices.Contains(docs, doc) {
		return nil
	}
	if len(docs) > 0 && doc < docs[len(docs)-1] {
		return fmt.Errorf("add posting: document %d after %d", doc, docs[len(docs)-1])
	}
	total++
	if len(docs) < maxPostings {
		docs = append(docs, doc)
	}
	content := binary.AppendUvarint(nil, total)
	var last uint64
	for _, d := range docs {
		content = binary.AppendUvarint(content, d-last)
		last = d
	}
	f := frame{kind: kindPosting, codec: codecPlain, size: uint64(len(content)), payload: content}
	k := number(key)
	if err := tx.put(bucketBand, k, appendFrame(nil, k, f)); err != nil {
		return fmt.Errorf("add posting: %w", err)
	}
	return nil
}

// Postings gives documents that have a key, oldest first, at most limit and
// never more than 64, and how many have it in all.
func (tx *Tx) Postings(key uint64, limit int) (docs []uint64, total int, err error) {
	n, docs, err := tx.postings(key)
	if err != nil {
		return nil, 0, err
	}
	return docs[:min(max(limit, 0), len(docs))], int(n), nil
}

// Index is the transaction as dedup.Place wants to see it. What Place is to
// find later is put in by PutVersion, AddPosting and PutStory.
func (tx *Tx) Index() dedup.Index { return dedupIndex{tx} }

type dedupIndex struct{ tx *Tx }

func (x dedupIndex) Postings(key uint64) ([]dedup.DocID, int, error) {
	docs, total, err := x.tx.Postings(key, dedup.MaxPostings)
	ids := make([]dedup.DocID, len(docs))
	for i, d := range docs {
		ids[i] = dedup.DocID(d)
	}
	return ids, total, err
}

func (x dedupIndex) Sketch(doc dedup.DocID) (dedup.Sketch, error) {
	var s dedup.Sketch
	page, n, err := x.tx.byDoc(uint64(doc))
	if err != nil {
		return s, err
	}
	content, found, err := x.tx.content(bucketSketches, versionKey(page, n), kindSketch, nil)
	if err == nil && !found {
		err = fmt.Errorf("sketch of document %d: %w", doc, ErrNoSuch)
	}
	if err != nil {
		return s, err
	}
	if err := s.UnmarshalBinary(content); err != nil {
		return s, fmt.Errorf("sketch of document %d: %w", doc, damaged(err))
	}
	return s, nil
}

// maxMembers is how many members of a story Place looks at.
const maxMembers = 32

func (x dedupIndex) Story(doc dedup.DocID) (string, []dedup.DocID, error) {
	page, n, err := x.tx.byDoc(uint64(doc))
	if err != nil {
		return "", nil, err
	}
	v, err := x.tx.version(page, n)
	if err != nil {
		return "", nil, fmt.Errorf("document %d: %w", doc, err)
	}
	alone := []dedup.DocID{doc}
	story, err := x.tx.Story(v.Story)
	if errors.Is(err, ErrNoSuch) {
		return string(v.Story), alone, nil
	}
	if err != nil {
		return "", nil, err
	}
	var members []dedup.DocID
	for _, m := range story.Members[:min(len(story.Members), maxMembers)] {
		member, err := x.tx.Brief(m.Version)
		if err != nil {
			return "", nil, fmt.Errorf("story %s: %w", story.ID, err)
		}
		members = append(members, dedup.DocID(member.Doc))
	}
	if len(members) == 0 {
		members = alone
	}
	return string(story.ID), members, nil
}

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
	return tx.record(bucketSightings, key, kindSighting, sightingRecord(&s))
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
