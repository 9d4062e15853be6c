package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"pressmark/extract/dedup"
)

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
