package archive

import (
	"bytes"

	"pressmark/extract/urlkey"
)

// index makes the indexes, the journal where it has gaps, and the state of the
// records that the new file has.
func (r *repairer) index() error {
	r.next = state{rows: map[string]int{}, created: r.o.Now()}
	if r.oldState != nil {
		old := r.oldState
		r.next.created = old.created
		r.next.seq, r.next.page, r.next.doc, r.next.story, r.next.run, r.next.volume = old.seq, old.page, old.doc, old.story, old.run, old.volume
	}
	for _, step := range []func(*loader) error{
		r.pageNumbers, r.ofCaptures, r.ofVersions, r.ofSightings, r.ofChanges, r.ofStories, r.ofDecisions, r.others,
	} {
		l := &loader{db: r.s.db}
		if err := step(l); err != nil {
			return err
		}
		if err := l.flush(); err != nil {
			return err
		}
	}
	if r.o.FromVolumes {
		r.report.Missing = int(r.next.seq) - r.report.Captures
	}
	if err := r.count(); err != nil {
		return err
	}
	return r.postings()
}

// each calls f for the records of a bucket that can be read. In f nothing may
// be written but by a loader.
func (r *repairer) each(bucket string, f func(tx *Tx, key, content []byte) error) error {
	return r.s.View(func(tx *Tx) error {
		c := tx.bucket(bucket).Cursor()
		for key, value := c.First(); key != nil; key, value = c.Next() {
			if err := r.step("records of " + bucket); err != nil {
				return err
			}
			content, err := tx.unframe(key, value, recordKinds[bucket], nil)
			if err != nil {
				continue // it is named by verify
			}
			if err := f(tx, key, content); err != nil {
				return err
			}
		}
		return nil
	})
}

// pageNumbers makes ix_url: of the pages' own records, of the versions', and
// for pages of which nothing was concluded of the old index, which shows by
// its key that it is right.
func (r *repairer) pageNumbers(l *loader) error {
	taken := map[uint64]bool{}
	known := map[urlkey.Key]bool{}
	add := func(key urlkey.Key, n uint64) error {
		if key == "" || n == 0 || taken[n] || known[key] {
			return nil
		}
		taken[n], known[key] = true, true
		r.next.page = max(r.next.page, n)
		return l.put(bucketURL, urlIndex(key), append(number(n), key...))
	}
	err := r.each(bucketPages, func(_ *Tx, key, content []byte) error {
		p, err := readPage(content)
		if err != nil {
			return nil
		}
		return add(p.Key, numberOf(key))
	})
	if err != nil {
		return err
	}
	err = r.each(bucketVersions, func(_ *Tx, key, content []byte) error {
		page, n := versionOf(key)
		v, err := readVersion(n, content)
		if err != nil {
			return nil
		}
		return add(v.ID.Page, page)
	})
	if err != nil {
		return err
	}
	err = r.walkOld(func(bucket string, key, value []byte) error {
		if bucket != bucketURL || len(value) <= 8 || !bytes.Equal(urlIndex(urlkey.Key(value[8:])), key) {
			return nil
		}
		return add(urlkey.Key(value[8:]), numberOf(value))
	})
	if err != nil {
		return err
	}
	err = r.each(bucketCaptures, func(_ *Tx, key, content []byte) error {
		c, err := readCapture(Seq(numberOf(key)), content)
		if err != nil || known[c.Page] {
			return nil
		}
		return add(c.Page, r.next.page+1)
	})
	if err != nil {
		return err
	}
	return r.each(bucketDecisions, func(_ *Tx, key, content []byte) error {
		d, err := readDecision(numberOf(key), content)
		if err != nil {
			return nil
		}
		for _, page := range d.All() {
			if err := add(page, r.next.page+1); err != nil {
				return err
			}
		}
		return nil
	})
}

// walkOld calls f for what the old file has, in whatever bucket.
func (r *repairer) walkOld(f func(bucket string, key, value []byte) error) error {
	if r.old == nil {
		return nil
	}
	w := &walker{r: r.file, head: r.head, problem: func(string, string) {}, each: func(e entry) error {
		value, err := e.value()
		if err != nil {
			return nil
		}
		return f(e.bucket, e.key, value)
	}}
	return w.walk()
}

// ofCaptures makes the indexes of captures. Where several captures hold one
// body, the first is found by its digest, or the one that was: the first may
// be damaged.
func (r *repairer) ofCaptures(l *loader) error {
	held, was := map[[16]byte]bool{}, map[[16]byte]uint64{}
	if err := r.walkOld(func(bucket string, key, value []byte) error {
		if bucket == bucketDigest && len(key) == 16 {
			was[[16]byte(key)] = numberOf(value)
		}
		return nil
	}); err != nil {
		return err
	}
	return r.each(bucketCaptures, func(tx *Tx, key, content []byte) error {
		seq := numberOf(key)
		c, err := readCapture(Seq(seq), content)
		if err != nil {
			return nil
		}
		r.report.Captures++
		r.next.seq = max(r.next.seq, seq)
		if r.oldState == nil { // else that knows
			r.next.run = max(r.next.run, uint64(c.Run))
		}
		r.next.volume = max(r.next.volume, c.volume)
		page, err := tx.pageNumber(c.Page)
		if err != nil || page == 0 {
			return err
		}
		if err := l.put(bucketCapture, numbers(page, seq), number(c.volume)[4:]); err != nil {
			return err
		}
		if c.volume == 0 {
			return nil
		}
		r.next.bodyBytes += int64(c.size)
		short := [16]byte(c.Digest[:16])
		if held[short] && was[short] != seq {
			return nil
		}
		held[short] = true
		return l.put(bucketDigest, short[:], key)
	})
}

func (r *repairer) ofVersions(l *loader) error {
	journal := 0
	err := r.each(bucketVersions, func(tx *Tx, key, content []byte) error {
		page, n := versionOf(key)
		v, err := readVersion(n, content)
		if err != nil {
			return nil
		}
		r.next.page, r.next.doc = max(r.next.page, page), max(r.next.doc, v.Doc)
		if err := l.put(bucketDoc, number(v.Doc), key); err != nil {
			return err
		}
		return r.entry(tx, l, Entry{Seq: Seq(v.seq), Op: OpVersion, Page: v.ID.Page, Version: n}, &journal)
	})
	r.mended(Mending{What: bucketJournal, Added: journal, Note: note(journal, "entries of versions")})
	return err
}

// entry makes an entry of the journal when it is not there.
func (r *repairer) entry(tx *Tx, l *loader, e Entry, n *int) error {
	r.next.seq = max(r.next.seq, uint64(e.Seq))
	key := number(uint64(e.Seq))
	if e.Seq == 0 || tx.bucket(bucketJournal).Get(key) != nil {
		return nil
	}
	*n++
	content := entryRecord(&e)
	return l.put(bucketJournal, key, appendFrame(nil, key, frame{kind: kindEntry, codec: codecPlain, size: uint64(len(content)), payload: content}))
}

// ofSightings makes the index of runs, and the cursor of ingest when it is
// lost: it goes through the captures in order and leaves a sighting of each.
func (r *repairer) ofSightings(l *loader) error {
	last := uint64(0)
	err := r.each(bucketSightings, func(_ *Tx, key, content []byte) error {
		s, err := readSighting(Seq(numberOf(key)), content)
		if err != nil {
			return nil
		}
		if last = uint64(s.Seq); s.Run == 0 {
			return nil
		}
		return l.put(bucketRun, numbers(uint64(s.Run), uint64(s.Seq)), []byte{})
	})
	key := []byte("ingest")
	if err != nil || last == 0 || r.has(bucketCursor, key) {
		return err
	}
	r.mended(Mending{What: "cursor of ingest", Added: 1, Note: "it stands behind the last capture that was read"})
	f := frame{kind: kindCursor, codec: codecPlain, size: 8, payload: number(last)}
	return l.put(bucketCursor, key, appendFrame(nil, key, f))
}

func (r *repairer) ofChanges(l *loader) error {
	journal := 0
	err := r.each(bucketChanges, func(tx *Tx, key, content []byte) error {
		c, err := readChange(Seq(numberOf(key)), content)
		if err != nil {
			return nil
		}
		page, err := tx.pageNumber(c.To.Page)
		if err != nil || page == 0 {
			return err
		}
		if err := l.put(bucketChange, numbers(page, uint64(c.Seq)), []byte{}); err != nil {
			return err
		}
		return r.entry(tx, l, Entry{Seq: c.Seq, Op: OpChange, Page: c.To.Page, Version: c.To.N}, &journal)
	})
	r.mended(Mending{What: bucketJournal, Added: journal, Note: note(journal, "entries of changes")})
	return err
}

func (r *repairer) ofStories(l *loader) error {
	return r.each(bucketStories, func(tx *Tx, key, content []byte) error {
		s, err := readStory(content)
		if err != nil {
			return nil
		}
		for i := range s.Members {
			if s.Members[i].Follows.N == 0 {
				continue
			}
			at, err := tx.followKey(&s.Members[i])
			if err == nil && at != nil {
				err = l.put(bucketFollow, at, []byte{})
			}
			if err != nil {
				return err
			}
		}
		r.next.story = max(r.next.story, numberOf(key))
		return l.put(bucketStory, []byte(s.ID), key)
	})
}

func (r *repairer) ofDecisions(l *loader) error {
	return r.each(bucketDecisions, func(tx *Tx, key, content []byte) error {
		d, err := readDecision(numberOf(key), content)
		if err != nil {
			return nil
		}
		for _, page := range d.All() {
			n, err := tx.pageNumber(page)
			if err != nil || n == 0 {
				return err
			}
			if err := l.put(bucketDecision, numbers(n, d.ID), []byte{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// others finds the greatest numbers that were given out elsewhere.
func (r *repairer) others(*loader) error {
	return r.s.View(func(tx *Tx) error {
		greatest := func(bucket string) uint64 {
			key, _ := tx.bucket(bucket).Cursor().Last()
			return numberOf(key)
		}
		r.next.seq = max(r.next.seq, greatest(bucketJournal), greatest(bucketCaptures))
		r.next.run = max(r.next.run, greatest(bucketRuns))
		r.next.volume = max(r.next.volume, greatest(bucketVolumes))
		return nil
	})
}
