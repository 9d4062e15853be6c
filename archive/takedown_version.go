package archive

import (
	"errors"
	"fmt"
	"slices"

	"pressmark/extract"
	"pressmark/extract/change"
	"pressmark/extract/dedup"
)

// takeVersion removes the text of a version and all that quotes it. The version
// itself stays, empty, for the others keep their numbers.
func (tx *Tx) takeVersion(t *Tombstone, page uint64) error {
	v, err := tx.version(page, t.Version)
	if err != nil {
		return err
	}
	t.Removed.Versions++
	if err := tx.dropPostings(v.Doc, versionKey(page, t.Version)); err != nil {
		return err
	}
	why := "version " + fmt.Sprint(t.Version) + " was taken down on " + t.At.UTC().Format("2006-01-02")
	v.Erased = TakenDown
	if err := tx.emptyText(page, &v, extract.Article{Kind: extract.Other, Why: why}); err != nil {
		return err
	}
	sketch, err := dedup.Sketch{}.MarshalBinary()
	if err != nil {
		return err
	}
	key := versionKey(page, t.Version)
	if err := tx.record(bucketSketches, key, kindSketch, sketch); err != nil {
		return err
	}
	changes, err := tx.changesOf(page, t.Version)
	if err != nil {
		return err
	}
	for _, seq := range changes {
		c, err := tx.change(seq)
		if err != nil {
			return err
		}
		t.Removed.Changes++
		c.Diff = change.Diff{Changed: true, Kinds: c.Diff.Kinds, Grade: c.Diff.Grade, Reason: why, Edits: []change.Edit{}}
		if c.To.N == t.Version {
			c.Title = ""
		}
		content, err := changeRecord(&c)
		if err != nil {
			return err
		}
		if err := tx.record(bucketChanges, number(seq), kindChange, content); err != nil {
			return err
		}
	}
	t.Removed.Stories++
	return tx.leaveStory(v.Story, t.Page, t.Version)
}

// emptyText puts another article in the place of a version's, and packs anew
// the texts that are deltas to it.
func (tx *Tx) emptyText(page uint64, v *storedVersion, a extract.Article) error {
	head, err := tx.head(page)
	if err != nil {
		return err
	}
	type text struct {
		version storedVersion
		content []byte
	}
	var children []text
	for n := v.ID.N + 1; n <= head; n++ {
		key := versionKey(page, n)
		builds := false
		if err := tx.access(func() error {
			f, err := parseFrame(key, tx.bucket(bucketTexts).Get(key), kindText)
			builds = err == nil && f.codec == codecDelta && f.ref == uint64(v.ID.N)
			return nil
		}); err != nil {
			return err
		}
		if !builds {
			continue
		}
		child, err := tx.version(page, n)
		if err != nil {
			return err
		}
		tx.text = lastText{}
		content, err := tx.textContent(page, n, maxDepth)
		if errors.Is(err, ErrDamaged) {
			continue // it could not be read before
		}
		if err != nil {
			return err
		}
		children = append(children, text{child, slices.Clone(content)})
	}
	v.depth = 0
	v.language = ""
	if err := tx.replaceText(page, v, articleRecord(&a)); err != nil {
		return err
	}
	for _, c := range children {
		c.version.depth = 0
		if err := tx.replaceText(page, &c.version, c.content); err != nil {
			return err
		}
	}
	return nil
}

// replaceText stores a text whole in the place of another.
func (tx *Tx) replaceText(page uint64, v *storedVersion, content []byte) error {
	key := versionKey(page, v.ID.N)
	if err := tx.uncountText(key); err != nil {
		return err
	}
	f, err := tx.s.pack.pack(content)
	if err != nil {
		return err
	}
	f.kind = kindText
	if err := tx.put(bucketTexts, key, appendFrame(nil, key, f)); err != nil {
		return err
	}
	tx.state.textBytes += int64(len(content))
	tx.state.textStored += int64(len(f.payload))
	tx.text = lastText{}
	return tx.record(bucketVersions, key, kindVersion, v.record())
}
