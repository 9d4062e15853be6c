package archive

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"go.etcd.io/bbolt"

	"pressmark/extract/urlkey"
)

// planBody packs the body, as what makes it smallest: a delta to an earlier one
// of its page in the same volume, or whole, with the site's dictionary when it
// is a page.
func (tx *Tx) planBody(p *plan) error {
	content := bodyContent(p.Capture, p.Body)
	base, err := tx.baseFor(p)
	if err != nil {
		return err
	}
	if base != nil {
		p.body = frame{codec: codecDelta, ref: uint64(base.seq), size: uint64(len(content))}
		if p.body.payload, err = tx.s.pack.packDelta(content, base.content); err != nil {
			return err
		}
		p.depth = base.depth + 1
	}
	// A small delta is surely smaller than the whole.
	if base == nil || len(p.body.payload) > len(content)/20 {
		whole, err := tx.wholeBody(p, content)
		if err != nil {
			return err
		}
		// One that would start another row of deltas has to be worth it.
		if base == nil || len(whole.payload) <= len(p.body.payload) || base.again && len(whole.payload) < 2*len(p.body.payload) {
			p.body, p.depth = whole, 0
		}
	}
	p.body.kind = kindBody
	return nil
}

// wholeBody packs a body that is no delta.
func (tx *Tx) wholeBody(p *plan, content []byte) (frame, error) {
	if isPage(p.Body) {
		for _, site := range []string{siteOf(p.Page), ""} {
			id := tx.s.dicts.use(forBodies, site)
			if id == 0 {
				continue
			}
			dict, err := tx.s.dictionary(nil, tx, id)
			if err != nil { // damaged since it was learned: no reason not to store this
				tx.s.dicts.retire(id)
				continue
			}
			f := frame{codec: codecDict, ref: id, size: uint64(len(content))}
			f.payload, err = tx.s.pack.packBodyWith(content, id, dict)
			return f, err
		}
	}
	return tx.s.pack.packBody(content)
}

// siteOf is the front of a page's key, which all pages of a host have.
func siteOf(page urlkey.Key) string {
	host, _, _ := strings.Cut(string(page), ")")
	return host
}

// isPage reports whether a body is of the kind that dictionaries are for.
func isPage(body []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), 64)], []byte("\ufeff")), " \t\r\n")
	return len(head) > 0 && head[0] == '<'
}

type bodyBase struct {
	seq     Seq
	depth   int
	content []byte
	again   bool // the whole body of a full row of deltas, which another row may start from
}

// maxRows is how far back a whole body may be that another row of deltas starts from.
const maxRows = 16 * maxDepth

// baseFor finds what to pack a body against: the page's last one, or when that
// is the end of a full row of deltas the whole one that the row began with;
// nil when there is nothing. An earlier body that can't be read is no reason
// not to store this one.
func (tx *Tx) baseFor(p *plan) (*bodyBase, error) {
	page, err := tx.pageNumber(p.Page)
	if err != nil || page == 0 || p.volume == 0 {
		return nil, err
	}
	var base *bodyBase
	full := false
	left := maxSearch
	err = tx.eachBack(page, func(seq Seq, volume uint64) (bool, error) {
		left--
		if volume == 0 {
			return left > 0, nil // a revisit
		}
		if volume != p.volume {
			return false, nil
		}
		c, err := tx.capture(seq)
		if unreadable(err) { // no reason not to store this one
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if full && c.depth > 0 || c.depth >= maxDepth {
			full = true
			return left > maxSearch-maxRows, nil
		}
		content, err := tx.bodyContentOf(&c)
		if err == nil {
			base = &bodyBase{seq: seq, depth: c.depth, content: content, again: full}
		}
		return false, nil
	})
	return base, err
}

// bodyContentOf gives what the raw volume holds of a capture.
func (s *Store) bodyContentOf(c *storedCapture) ([]byte, error) { return s.volumeContent(c, nil) }

// bodyContentOf is that of the Store for whoever has a transaction of the catalog.
func (tx *Tx) bodyContentOf(c *storedCapture) ([]byte, error) { return tx.s.volumeContent(c, tx) }

func (s *Store) volumeContent(c *storedCapture, tx *Tx) (content []byte, err error) {
	err = s.raw.read(c.volume, func(b *bbolt.Tx) error {
		bodies := b.Bucket([]byte(bucketBodies))
		if bodies == nil {
			return fmt.Errorf("%w: no bodies in it", ErrDamaged)
		}
		r := bodyReader{s: s, get: func(seq uint64) (record, content []byte, err error) {
			return bodies.Get(number(seq)), nil, nil
		}, dict: func(id uint64) ([]byte, error) { return s.dictionary(b, tx, id) }}
		content, err = r.read(uint64(c.Seq), maxDepth)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", volumeName(c.volume), err)
	}
	return content, nil
}

// A bodyReader reads the records of a volume.
type bodyReader struct {
	s *Store
	// get gives a record, nil when there is none, or its content when that is at hand.
	get  func(seq uint64) (record, content []byte, err error)
	dict func(id uint64) ([]byte, error) // gives a dictionary
}

// read gives the content of a record, for which it reads the records that it
// is a delta to, so many at most.
func (r *bodyReader) read(seq uint64, depth int) ([]byte, error) {
	record, content, err := r.get(seq)
	if err == nil && content != nil {
		return content, nil
	}
	if err == nil && record == nil {
		err = errors.New("it is not there")
	}
	if err != nil {
		return nil, fmt.Errorf("body %d: %w", seq, damaged(err))
	}
	f, err := parseFrame(number(seq), record, kindBody)
	if err != nil {
		return nil, fmt.Errorf("body %d: %w", seq, damaged(err))
	}
	var base []byte
	switch {
	case f.codec == codecDelta && (depth == 0 || f.ref >= seq):
		return nil, fmt.Errorf("%w: body %d is a delta to %d, after too many others", ErrDamaged, seq, f.ref)
	case f.codec == codecDelta:
		if base, err = r.read(f.ref, depth-1); err != nil {
			return nil, fmt.Errorf("body %d is a delta: %w", seq, err)
		}
	case f.codec == codecDict:
		if base, err = r.dict(f.ref); err != nil {
			return nil, fmt.Errorf("body %d: %w", seq, err)
		}
	}
	content, err = r.s.pack.unpack(f, base)
	if err != nil {
		return nil, fmt.Errorf("body %d: %w", seq, damaged(err))
	}
	return content, nil
}

// keepDictionary sees to it that the volume has a copy of the dictionary that
// a body needs, so that it can be read without archive.db: the same record
// under the same key. False when a dictionary of the plan is lost; it is used
// no more, and the capture must be packed in another way.
func (tx *Tx) keepDictionary(bodies *bodyTx, p *plan) (bool, error) {
	for _, f := range []*frame{&p.record, &p.body} {
		if f.codec != codecDict || f.ref < firstTrained {
			continue
		}
		key := number(f.ref)
		record, err := tx.index(bucketDicts, key)
		if err != nil {
			return false, err
		}
		if _, err := parseFrame(key, record, kindDict); err != nil {
			tx.s.dicts.retire(f.ref)
			return false, nil
		}
		if f == &p.body && p.volume != 0 {
			return true, bodies.putDictionary(key, record)
		}
	}
	return true, nil
}

// putDictionary stores the record of a dictionary, if it is not there.
func (t *bodyTx) putDictionary(key, record []byte) error {
	return t.write(func(b *bbolt.Tx) error {
		dicts, err := b.CreateBucketIfNotExists([]byte(bucketDicts))
		if err != nil || dicts.Get(key) != nil {
			return err
		}
		dicts.FillPercent = fill(bucketDicts)
		return dicts.Put(key, record)
	})
}
