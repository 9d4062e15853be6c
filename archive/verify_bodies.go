package archive

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
)

// volumeBodies reads the bodies of a volume where a walker found them, not
// where bbolt would look for them: the volume may be damaged.
type volumeBodies struct {
	s    *Store
	file *os.File
	at   map[uint64]place

	dicts map[uint64]place // copies of dictionaries that can be read

	// What was unpacked last, oldest first: bodies are often deltas to it.
	recent map[uint64][]byte
	order  []uint64
	held   int
}

type place struct {
	at   int64
	size int
}

// maxHeld is how many bytes of unpacked bodies are kept at hand.
const maxHeld = 64 << 20

func newVolumeBodies(s *Store) *volumeBodies {
	return &volumeBodies{s: s, at: map[uint64]place{}, dicts: map[uint64]place{}, recent: map[uint64][]byte{}}
}

// check reads a body and compares it with what the catalog says of it.
func (b *volumeBodies) check(tx *Tx, seq Seq) error {
	c, err := tx.capture(seq)
	if err != nil {
		return err
	}
	content, err := b.content(tx, uint64(seq))
	if err != nil {
		return err
	}
	_, body, err := splitBody(content)
	if err != nil {
		return err
	}
	if sha256.Sum256(body) != c.Digest {
		return errors.New("the body is not that of its SHA-256")
	}
	return nil
}

func (b *volumeBodies) content(tx *Tx, seq uint64) ([]byte, error) {
	if content, ok := b.recent[seq]; ok {
		return content, nil
	}
	r := bodyReader{s: b.s, get: b.get, dict: func(id uint64) ([]byte, error) { return b.dictionary(tx, id) }}
	content, err := r.read(seq, maxDepth)
	if err != nil {
		return nil, err
	}
	b.recent[seq] = content
	b.order = append(b.order, seq)
	for b.held += len(content); b.held > maxHeld; b.order = b.order[1:] {
		b.held -= len(b.recent[b.order[0]])
		delete(b.recent, b.order[0])
	}
	return content, nil
}

// dictionary gives a dictionary that a body needs, the volume's copy or the original.
func (b *volumeBodies) dictionary(tx *Tx, id uint64) ([]byte, error) {
	content, err := b.s.dictionary(nil, tx, id)
	if p, there := b.dicts[id]; err != nil && there {
		record := make([]byte, p.size)
		if _, err := b.file.ReadAt(record, p.at); err != nil {
			return nil, err
		}
		d, err := b.s.readDictionary(number(id), record)
		return d.content, err
	}
	return content, err
}

// get gives the record of a body, or what it unpacks to when that is at hand.
func (b *volumeBodies) get(seq uint64) (record, content []byte, err error) {
	if content, ok := b.recent[seq]; ok {
		return nil, content, nil
	}
	p, ok := b.at[seq]
	if !ok {
		return nil, nil, nil
	}
	if p.size > maxContent+1024 {
		return nil, nil, fmt.Errorf("%w: %d bytes", errFrame, p.size)
	}
	record = make([]byte, p.size)
	if _, err := b.file.ReadAt(record, p.at); err != nil {
		return nil, nil, err
	}
	return record, nil, nil
}
