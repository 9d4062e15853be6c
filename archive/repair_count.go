package archive

import (
	"bytes"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"
)

// count counts what the new file has and writes its state.
func (r *repairer) count() error {
	st := &r.next
	err := r.s.View(func(tx *Tx) error {
		for _, name := range buckets() {
			n := 0
			c := tx.bucket(name).Cursor()
			for key, value := c.First(); key != nil; key, value = c.Next() {
				n++
				if name != bucketTexts {
					continue
				}
				if f, err := parseFrame(key, value, kindText); err == nil {
					st.textBytes += int64(f.size)
					st.textStored += int64(len(f.payload))
				}
			}
			st.rows[name] = n
		}
		return nil
	})
	if err != nil {
		return err
	}
	if st.bodyStored, err = r.stored(); err != nil {
		return err
	}
	return r.s.transact(func(tx *Tx) error {
		tx.state, tx.dirty = st, true
		return nil
	})
}

// stored sums up what the bodies take in the volumes.
func (r *repairer) stored() (sum int64, err error) {
	if r.oldState != nil && r.oldState.bodyBytes == r.next.bodyBytes {
		return r.oldState.bodyStored, nil
	}
	for id := uint64(1); id <= r.next.volume; id++ {
		err := r.s.raw.read(id, func(b *bbolt.Tx) error {
			bodies := b.Bucket([]byte(bucketBodies))
			if bodies == nil {
				return nil
			}
			return bodies.ForEach(func(key, value []byte) error {
				if f, err := parseFrame(key, value, kindBody); err == nil {
					sum += int64(len(f.payload))
				}
				return nil
			})
		})
		if err != nil && !unreadable(err) {
			return 0, err
		}
	}
	return sum, nil
}

// postings files the documents anew when the band, or what is filed, has lost something.
func (r *repairer) postings() error {
	whole := r.spoiled[bucketBand]+r.spoiled[bucketFiled] == 0
	if r.oldState != nil && whole {
		whole = r.oldState.rows[bucketBand] == r.next.rows[bucketBand] && r.oldState.rows[bucketFiled] == r.next.rows[bucketFiled]
	}
	if whole && (r.oldState != nil || r.o.FromVolumes || !r.torn) {
		return nil
	}
	var at []byte
	for done := false; !done; {
		if err := r.s.transact(func(tx *Tx) (err error) {
			at, err = refile(tx, at)
			return err
		}); err != nil {
			return fmt.Errorf("postings: %w", err)
		}
		done = at == nil
	}
	r.mended(Mending{What: bucketBand, Note: "made anew of the sketches"})
	return nil
}

// compare says what of the old indexes and counts was wrong.
func (r *repairer) compare() error {
	byBucket := map[string]*Mending{}
	kept := map[string]int{}
	err := r.s.View(func(tx *Tx) error {
		return r.walkOld(func(bucket string, key, value []byte) error {
			if _, is := recordKinds[bucket]; is || !slices.Contains(buckets(), bucket) {
				return nil
			}
			m := byBucket[bucket]
			if m == nil {
				m = &Mending{What: bucket}
				byBucket[bucket] = m
			}
			switch now := tx.bucket(bucket).Get(key); {
			case now == nil:
				m.Dropped++
			case !bytes.Equal(now, value):
				m.Changed++
			default:
				kept[bucket]++
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, bucket := range buckets() {
		if _, is := recordKinds[bucket]; is {
			continue
		}
		m := byBucket[bucket]
		if m == nil {
			m = &Mending{What: bucket}
		}
		m.Added = r.next.rows[bucket] - m.Changed - kept[bucket]
		r.mended(*m)
	}
	return r.compareState()
}

// compareState says what of the old counts was wrong.
func (r *repairer) compareState() error {
	var now state
	err := r.s.View(func(tx *Tx) error {
		if err := tx.loadState(); err != nil {
			return err
		}
		now = *tx.state
		return nil
	})
	if err != nil {
		return err
	}
	if r.oldState == nil {
		r.mended(Mending{What: "state", Added: 1, Note: "it could not be read; counted anew"})
		return nil
	}
	old := r.oldState
	m := Mending{What: "state"}
	for _, x := range [][2]uint64{{old.seq, now.seq}, {old.page, now.page}, {old.doc, now.doc}, {old.story, now.story}, {old.run, now.run}, {old.volume, now.volume}} {
		if x[0] != x[1] {
			m.Changed++
		}
	}
	for _, bucket := range buckets() {
		if old.rows[bucket] != now.rows[bucket] {
			m.Changed++
			m.Note += fmt.Sprintf("; %s %d, not %d", bucket, now.rows[bucket], old.rows[bucket])
		}
	}
	if m.Note != "" {
		m.Note = "counts: " + m.Note[2:]
	}
	r.mended(m)
	return nil
}
