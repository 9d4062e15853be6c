package archive

import (
	"errors"
	"fmt"
	"slices"

	"pressmark/extract/dedup"
)

// maxPostings is how many documents of a key are kept: what more of them have
// in common is nobody's mark.
const maxPostings = 64

// AddPostings notes that a document has these keys. Documents come in order,
// each once.
func (tx *Tx) AddPostings(doc uint64, keys []uint64) error {
	if !tx.b.Writable() {
		return errView
	}
	keys = slices.Clone(keys)
	slices.Sort(keys)
	if keys = slices.Compact(keys); len(keys) == 0 {
		return nil
	}
	if err := tx.file(doc, keys); err != nil {
		return fmt.Errorf("add postings: %w", err)
	}
	return nil
}

// Postings gives documents that have a key, oldest first, at most limit and
// never more than 64, and how many have it in all.
func (tx *Tx) Postings(key uint64, limit int) (docs []uint64, total int, err error) {
	p, err := tx.inBand(key)
	if err != nil {
		return nil, 0, err
	}
	c, err := tx.cabinet()
	if err != nil {
		return nil, 0, err
	}
	for _, doc := range c.docs(key) {
		p.add(doc)
	}
	for _, doc := range tx.fresh[key] {
		p.add(doc)
	}
	return p.docs[:min(max(limit, 0), len(p.docs))], int(p.total), nil
}

// Index is the transaction as dedup.Place wants to see it. What Place is to
// find later is put in by PutVersion, AddPostings and PutStory.
func (tx *Tx) Index() dedup.Index { return dedupIndex{tx} }

type dedupIndex struct{ tx *Tx }

func (x dedupIndex) Postings(key uint64) ([]dedup.DocID, int, error) {
	docs, total, err := x.tx.Postings(key, dedup.MaxPostings)
	if unreadable(err) { // a copy may go unnoticed for it; the text is kept all the same
		x.tx.s.o.Log.Warn("postings are damaged, and lost to the search for copies", "error", err)
		return nil, 0, nil
	}
	if len(docs) == 0 {
		return nil, total, err
	}
	ids := make([]dedup.DocID, len(docs))
	for i, d := range docs {
		ids[i] = dedup.DocID(d)
	}
	return ids, total, err
}

func (x dedupIndex) Sketch(doc dedup.DocID) (dedup.Sketch, error) { return x.tx.sketchOf(uint64(doc)) }

// sketchOf gives the sketch of a document. ErrNoSuch.
func (tx *Tx) sketchOf(doc uint64) (dedup.Sketch, error) {
	var s dedup.Sketch
	page, n, err := tx.byDoc(doc)
	if err != nil {
		return s, err
	}
	content, found, err := tx.content(bucketSketches, versionKey(page, n), kindSketch, nil)
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

// StoryOf implements dedup.Namer.
func (x dedupIndex) StoryOf(doc dedup.DocID) (string, error) {
	page, n, err := x.tx.byDoc(uint64(doc))
	if err != nil {
		return "", err
	}
	story, err := x.tx.toldBy(page, n)
	if err != nil {
		return "", fmt.Errorf("document %d: %w", doc, err)
	}
	return string(story), nil
}

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
	told := part(story.Members, v.ID)
	for _, m := range told[:min(len(told), maxMembers)] {
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

// toldBy names the story of a version, and reads nothing else of it. ErrNoSuch.
func (tx *Tx) toldBy(page uint64, n int) (id StoryID, err error) {
	key := versionKey(page, n)
	err = tx.access(func() error {
		v := tx.bucket(bucketVersions).Get(key)
		if v == nil {
			return ErrNoSuch
		}
		f, err := parseFrame(key, v, kindVersion)
		if err == nil && f.codec != codecPlain {
			f.payload, err = tx.unframe(key, v, kindVersion, nil)
		}
		if err == nil {
			err = readRecord(f.payload, versionVersion, func(field int, v value) error {
				if field == 9 { // as storedVersion writes it
					id = StoryID(v.text())
				}
				return nil
			})
		}
		if err != nil {
			return fmt.Errorf("%s in %s: %w", recordName(bucketVersions, key), bucketVersions, damaged(err))
		}
		return nil
	})
	return id, err
}
