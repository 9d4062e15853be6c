package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"pressmark/extract/memory"
	"pressmark/extract/urlkey"
)

// checkEntry looks at one key of archive.db: whether its record is as it was
// written, and whether the records and indexes that belong to it are there.
// It looks those up through bbolt, so the pages must not be in a tangle.
func (v *verifier) checkEntry(bucket string, key, value []byte) error {
	missing := func(format string, args ...any) {
		v.damagedRecord(bucket, key, fmt.Errorf(format, args...))
	}
	switch bucket {
	case bucketURL:
		h := sha256.Sum256(value[min(8, len(value)):])
		if len(value) < 8 || !bytes.Equal(h[:16], key) || numberOf(value) > v.state.page {
			missing("it names another page")
		}
	case bucketCapture:
		v.checkCaptureIndex(key, value, missing)
	case bucketDigest:
		c, err := v.tx.capture(Seq(numberOf(value)))
		if err != nil || len(value) != 8 || !bytes.Equal(c.Digest[:16], key) {
			missing("capture %d does not hold that body", numberOf(value))
		}
	case bucketDoc:
		page, n := versionOf(value)
		s, err := v.tx.version(page, n)
		if err != nil || s.Doc != numberOf(key) {
			v.damagedRecord(bucketVersions, versionKey(page, n), fmt.Errorf("document %d is not there, or is another one", numberOf(key)))
		}
	case bucketRun:
		s, found, err := v.tx.Sighting(Seq(numberOf(key[min(8, len(key)):])))
		if len(key) != 16 || err != nil || !found || s.Run != RunID(numberOf(key)) {
			missing("sighting %d is not there, or of another run", numberOf(key[min(8, len(key)):]))
		}
	case bucketChange:
		if len(key) != 16 || !v.there(bucketChanges, key[8:]) {
			missing("the change is not there")
		}
	case bucketDecision:
		if len(key) != 16 || !v.there(bucketDecisions, key[8:]) {
			missing("the decision is not there")
		}
	case bucketFollow:
		if !v.checkFollow(key) {
			missing("no story says that the one page follows up the other")
		}
	case bucketStory:
		if _, err := v.tx.Story(StoryID(key)); err != nil {
			missing("the story is not there, or is another one")
		}
	default:
		return v.checkRecord(bucket, key, value, missing)
	}
	return nil
}

func (v *verifier) there(bucket string, key []byte) bool {
	found := false
	err := v.tx.access(func() error {
		b := v.tx.bucket(bucket)
		found = b != nil && b.Get(key) != nil
		return nil
	})
	return err == nil && found
}

func (v *verifier) checkCaptureIndex(key, value []byte, missing func(string, ...any)) {
	if len(key) != 16 || len(value) != 4 {
		missing("it is %d and %d bytes long", len(key), len(value))
		return
	}
	seq, volume := numberOf(key[8:]), uint64(binary.BigEndian.Uint32(value))
	c, err := v.tx.capture(Seq(seq))
	switch {
	case errors.Is(err, ErrNoSuch):
		v.damagedRecord(bucketCaptures, number(seq), errors.New("it is not there"))
	case err != nil: // reported where it stands
	case c.volume != volume:
		missing("capture %d is in volume %d, not %d", seq, c.volume, volume)
	default:
		if page, err := v.tx.pageNumber(c.Page); err != nil || page != numberOf(key) {
			missing("capture %d is of another page", seq)
		}
	}
}

// checkRecord looks at a framed record.
func (v *verifier) checkRecord(bucket string, key, value []byte, missing func(string, ...any)) error {
	k, known := recordKinds[bucket]
	if !known {
		missing("a bucket that should not be there")
		return nil
	}
	if bucket == bucketTexts || bucket == bucketSketches {
		if _, err := parseFrame(key, value, k); err != nil {
			v.damagedRecord(bucket, key, err)
		} else if !v.there(bucketVersions, key) {
			v.damagedRecord(bucketVersions, key, errors.New("it is not there, its text or sketch is"))
		}
		return nil
	}
	content, err := v.tx.unframe(key, value, k, nil)
	if err == nil {
		err = v.checkContent(bucket, key, content)
	}
	if err != nil {
		v.damagedRecord(bucket, key, err)
	}
	return nil
}

// checkContent looks at an unpacked record.
func (v *verifier) checkContent(bucket string, key, content []byte) error {
	st := &v.state
	n := numberOf(key)
	switch bucket {
	case bucketCaptures:
		return v.checkCapture(n, content)
	case bucketVolumes:
		_, err := readVolume(n, content)
		return within(err, n, st.volume)
	case bucketDicts:
		_, err := readDictionary(n, content)
		return err
	case bucketRuns:
		_, err := readRun(RunID(n), content)
		return within(err, n, st.run)
	case bucketTombstone:
		_, err := readTombstone(n, content)
		return err
	case bucketDecisions:
		return v.checkDecision(n, content)
	case bucketCursor:
		if bytes.HasPrefix(key, []byte(ClockCursor)) {
			return nil
		}
		return within(nil, numberOf(content), st.seq)
	case bucketPages:
		p, err := readPage(content)
		return v.pageIs(err, p.Key, n)
	case bucketVersions:
		return v.checkVersion(key, content)
	case bucketSightings:
		s, err := readSighting(Seq(n), content)
		switch {
		case err != nil:
			return err
		case !v.there(bucketCaptures, key):
			return errors.New("its capture is not there")
		case s.Run != 0 && !v.there(bucketRun, numbers(uint64(s.Run), n)):
			return fmt.Errorf("it is missing from the index %s", bucketRun)
		}
	case bucketChanges:
		c, err := readChange(Seq(n), content)
		if err != nil {
			return err
		}
		page, err := v.tx.pageNumber(c.To.Page)
		if err != nil || !v.there(bucketChange, numbers(page, n)) {
			return fmt.Errorf("it is missing from the index %s", bucketChange)
		}
		if !v.there(bucketJournal, key) {
			return errors.New("it is missing from the journal")
		}
	case bucketStories:
		s, err := readStory(content)
		if err != nil {
			return err
		}
		if at, err := v.tx.storyNumber(s.ID); err != nil || at != n {
			return fmt.Errorf("it is missing from the index %s", bucketStory)
		}
		for i := range s.Members {
			if s.Members[i].Follows.N == 0 {
				continue
			}
			if at, err := v.tx.followKey(&s.Members[i]); err != nil || at == nil || !v.there(bucketFollow, at) {
				return fmt.Errorf("it is missing from the index %s", bucketFollow)
			}
		}
	case bucketBand:
		last, err := lastDoc(n, content)
		return within(err, last, st.doc)
	case bucketFiled:
		return checkFiled(n, content, st.doc)
	case bucketMemory:
		return memory.New().UnmarshalBinary(content)
	case bucketJournal:
		return v.checkJournal(n, content)
	}
	return nil
}

func within(err error, n, last uint64) error {
	if err == nil && n > last {
		return fmt.Errorf("%d, where %d is the last", n, last)
	}
	return err
}

func (v *verifier) pageIs(err error, key urlkey.Key, n uint64) error {
	if err != nil {
		return err
	}
	if got, err := v.tx.pageNumber(key); err != nil || got != n {
		return fmt.Errorf("page %s is missing from the index %s", key, bucketURL)
	}
	return nil
}

func (v *verifier) checkCapture(seq uint64, content []byte) error {
	c, err := readCapture(Seq(seq), content)
	if err != nil {
		return err
	}
	if c.volume != 0 {
		v.bodies[c.volume] = append(v.bodies[c.volume], seq)
	}
	page, err := v.tx.pageNumber(c.Page)
	switch {
	case err != nil || page == 0 || !v.there(bucketCapture, numbers(page, seq)):
		return fmt.Errorf("it is missing from the indexes %s and %s", bucketURL, bucketCapture)
	case seq > v.state.seq:
		return fmt.Errorf("%d, where %d is the last", seq, v.state.seq)
	case c.volume != 0 && !v.there(bucketVolumes, number(c.volume)):
		return fmt.Errorf("it is in %s, which the catalog does not know", volumeName(c.volume))
	case c.volume != 0 && !v.there(bucketDigest, c.Digest[:16]):
		return fmt.Errorf("it is missing from the index %s", bucketDigest)
	}
	if c.RevisitOf == 0 {
		return nil
	}
	holder, err := v.tx.capture(c.RevisitOf)
	if err != nil {
		return fmt.Errorf("it is a revisit of %d, which can't be read: %w", c.RevisitOf, err)
	}
	if holder.Digest != c.Digest || holder.RevisitOf != 0 {
		return fmt.Errorf("it is a revisit of %d, which has another body", c.RevisitOf)
	}
	return nil
}

func (v *verifier) checkVersion(key, content []byte) error {
	page, n := versionOf(key)
	s, err := readVersion(n, content)
	if err := v.pageIs(err, s.ID.Page, page); err != nil {
		return err
	}
	doc, err := v.tx.index(bucketDoc, number(s.Doc))
	switch {
	case err != nil || !bytes.Equal(doc, key):
		return fmt.Errorf("it is missing from the index %s", bucketDoc)
	case !v.there(bucketTexts, key):
		v.damagedRecord(bucketTexts, key, errors.New("it is not there"))
	case !v.there(bucketSketches, key):
		v.damagedRecord(bucketSketches, key, errors.New("it is not there"))
	case n > 1 && !v.there(bucketVersions, versionKey(page, n-1)):
		v.damagedRecord(bucketVersions, versionKey(page, n-1), errors.New("it is not there"))
	case !v.there(bucketJournal, number(s.seq)):
		return errors.New("it is missing from the journal")
	}
	return nil
}

func (v *verifier) checkDecision(id uint64, content []byte) error {
	d, err := readDecision(id, content)
	if err != nil {
		return err
	}
	for _, key := range d.All() {
		page, err := v.tx.pageNumber(key)
		if err != nil || page == 0 || !v.there(bucketDecision, numbers(page, id)) {
			return fmt.Errorf("page %s is missing from the indexes %s and %s", key, bucketURL, bucketDecision)
		}
	}
	return nil
}

func (v *verifier) checkJournal(seq uint64, content []byte) error {
	e, err := readEntry(Seq(seq), content)
	if err := within(err, seq, v.state.seq); err != nil {
		return err
	}
	if v.there(bucketCaptures, number(seq)) {
		return errors.New("a capture has the same place")
	}
	switch e.Op {
	case OpVersion:
		if _, err := v.tx.Brief(VersionID{e.Page, e.Version}); errors.Is(err, ErrNoSuch) {
			return fmt.Errorf("version %s is not there", VersionID{e.Page, e.Version})
		}
	case OpChange:
		if !v.there(bucketChanges, number(seq)) {
			return errors.New("its change is not there")
		}
	}
	return nil
}
