package archive

import (
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// fromVolumes takes from the raw volumes what they repeat of the catalog: the
// records of captures and dictionaries that are lost there.
func (r *repairer) fromVolumes() error {
	ids, err := volumesIn(r.s.raw.dir)
	if err != nil {
		return err
	}
	var leaving pending
	err = r.s.View(func(tx *Tx) (err error) {
		leaving, err = tx.pending()
		return err
	})
	if err != nil && !unreadable(err) {
		return err
	}
	r.unsure = r.unsure || err != nil
	captures, dicts := 0, 0
	l := &loader{db: r.s.db}
	for _, id := range ids {
		if slices.Contains(leaving.drop, id) {
			continue
		}
		first, err := r.fromVolume(l, id, leaving.volumes[id], &captures, &dicts)
		if err == nil {
			err = l.flush()
		}
		if err != nil && !unreadable(err) {
			return err
		}
		if err != nil {
			r.report.Lost = append(r.report.Lost, Damage{File: volumeName(id), Record: "file", Problem: err.Error()})
		}
		if err := r.volumeRecord(l, id, first, id == ids[len(ids)-1]); err != nil {
			return err
		}
	}
	if err := l.flush(); err != nil {
		return err
	}
	r.mended(Mending{What: "records of captures", Added: captures, Note: note(captures, "the raw volumes repeat them")})
	r.mended(Mending{What: "dictionaries", Added: dicts, Note: note(dicts, "the raw volumes have copies")})
	return nil
}

func note(n int, what string) string {
	if n == 0 {
		return ""
	}
	return what
}

// fromVolume reads one volume, and gives when its first capture was fetched.
func (r *repairer) fromVolume(l *loader, id uint64, leaving []uint64, captures, dicts *int) (first time.Time, err error) {
	err = r.s.raw.read(id, func(b *bbolt.Tx) error {
		// Copies that can't be read are no reason to leave the bodies.
		if err := guard("copies of dictionaries", func() error { return r.dictionaries(l, b, dicts) }); err != nil && !unreadable(err) {
			return err
		}
		bodies := b.Bucket([]byte(bucketBodies))
		if bodies == nil {
			return fmt.Errorf("%w: no bodies in it", ErrDamaged)
		}
		depths := map[uint64]int{} // of this volume's bodies
		c := bodies.Cursor()
		for key, value := c.First(); key != nil; key, value = c.Next() {
			if err := r.step("bodies looked at"); err != nil {
				return err
			}
			seq := numberOf(key)
			if f, err := parseFrame(key, value, kindBody); err == nil && f.codec == codecDelta {
				depths[seq] = min(depths[f.ref]+1, maxDepth)
			}
			if r.unsure || r.has(bucketCaptures, key) || slices.Contains(leaving, seq) {
				continue
			}
			p, err := r.s.readPlan(bodies, id, seq)
			if err != nil {
				r.report.Lost = append(r.report.Lost, Damage{File: volumeName(id), Record: recordName(bucketBodies, key), Seq: Seq(seq), Problem: err.Error()})
				continue
			}
			if r.s.refusal(&p.Capture) != nil {
				continue
			}
			if p.depth = depths[seq]; first.IsZero() {
				first = p.FetchedAt
			}
			f, err := r.s.pack.pack(p.storedCapture.record())
			if err != nil {
				return err
			}
			f.kind = kindCapture
			*captures++
			if err := l.put(bucketCaptures, key, appendFrame(nil, key, f)); err != nil {
				return err
			}
		}
		return nil
	})
	return first, err
}

// dictionaries takes from a volume's copies those that are lost.
func (r *repairer) dictionaries(l *loader, volume *bbolt.Tx, found *int) error {
	copies := volume.Bucket([]byte(bucketDicts))
	if copies == nil {
		return nil
	}
	return copies.ForEach(func(key, value []byte) error {
		if _, err := r.s.readDictionary(key, value); err != nil || r.has(bucketDicts, key) {
			return nil // damaged, or not needed
		}
		*found++
		if err := l.put(bucketDicts, key, value); err != nil {
			return err
		}
		return l.flush() // other volumes have copies, too
	})
}

// volumeRecord makes a volume's record when it is lost. It says that the
// volume is sealed, but for the last, if that was being written to.
func (r *repairer) volumeRecord(l *loader, id uint64, first time.Time, last bool) error {
	key := number(id)
	if r.has(bucketVolumes, key) {
		return nil
	}
	v := storedVolume{id: id, begun: first}
	if v.begun.IsZero() {
		v.begun = r.o.Now()
	}
	if !last || r.o.FromVolumes {
		v.sealed = r.o.Now()
	}
	content := v.record()
	r.mended(Mending{What: "record of " + volumeName(id), Added: 1})
	return l.put(bucketVolumes, key, appendFrame(nil, key, frame{kind: kindVolume, codec: codecPlain, size: uint64(len(content)), payload: content}))
}

// has reports whether the new file has a key, what is about to be written included.
func (r *repairer) has(bucket string, key []byte) bool {
	found := false
	_ = r.s.db.View(func(b *bbolt.Tx) error {
		found = b.Bucket([]byte(bucket)).Get(key) != nil
		return nil
	})
	return found
}
