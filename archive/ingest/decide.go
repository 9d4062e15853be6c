package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pressmark/archive"
	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// ErrUndone says that a decision was taken back already.
var ErrUndone = errors.New("taken back already")

// A Refiling is what became of stories by a decision.
type Refiling struct {
	Decision      archive.Decision
	Before, After []archive.Story // those that its pages were in, and are in
}

// Decide writes down what a person decided about stories, and files the pages
// of these anew by it, in one transaction: as they would have come to stand had
// it been known from the first. It fills d.ID. Nobody else may draw conclusions
// meanwhile (see Rest).
func Decide(ctx context.Context, store *archive.Store, d *archive.Decision) (r Refiling, err error) {
	err = store.Update(ctx, func(tx *archive.Tx) error {
		if err := tx.PutDecision(d); err != nil {
			return err
		}
		r, err = refile(tx, *d)
		return err
	})
	if err != nil {
		return r, fmt.Errorf("decide: %w", err)
	}
	return r, nil
}

// Undo takes a decision back, and files the pages that it is about anew. What
// was decided before it counts again. ErrNoSuch, ErrUndone.
func Undo(ctx context.Context, store *archive.Store, id uint64, by string, now time.Time) (r Refiling, err error) {
	err = store.Update(ctx, func(tx *archive.Tx) error {
		d, err := tx.Decision(id)
		if err != nil {
			return err
		}
		if !d.Undone.IsZero() {
			r.Decision = d
			return fmt.Errorf("decision %d: %w", id, ErrUndone)
		}
		d.Undone, d.UndoneBy = now, by
		if err := tx.PutDecision(&d); err != nil {
			return err
		}
		r, err = refile(tx, d)
		return err
	})
	if err != nil {
		return r, fmt.Errorf("undo: %w", err)
	}
	return r, nil
}

// refile files the stories of a decision's pages anew, version by version in
// the order in which they came.
func refile(tx *archive.Tx, d archive.Decision) (Refiling, error) {
	r := Refiling{Decision: d}
	var ids []archive.StoryID
	for _, key := range d.All() {
		p, known, err := tx.Page(key)
		if err != nil {
			return r, err
		}
		if known && p.Story != "" && !slices.Contains(ids, p.Story) {
			ids = append(ids, p.Story)
		}
	}
	for _, id := range ids {
		s, err := tx.Story(id)
		if err != nil {
			return r, err
		}
		r.Before = append(r.Before, s)
	}
	list, err := tx.Refile(ids)
	if err != nil {
		return r, err
	}
	pages := map[urlkey.Key]*archive.Page{}
	for _, v := range list {
		if pages[v.ID.Page] != nil {
			continue
		}
		p, _, err := tx.Page(v.ID.Page)
		if err != nil {
			return r, err
		}
		p.Story = "" // until it is found
		pages[p.Key] = &p
		if err := tx.PutPage(p); err != nil {
			return r, err
		}
	}
	ids = nil
	for i := range list {
		v, p := &list[i], pages[list[i].ID.Page]
		if err := again(tx, v, p.Story); err != nil {
			return r, err
		}
		if !slices.Contains(ids, v.Story) {
			ids = append(ids, v.Story)
		}
		if p.Story == "" {
			p.Story = v.Story
			if err := tx.PutPage(*p); err != nil {
				return r, err
			}
		}
	}
	for _, id := range ids {
		s, err := tx.Story(id)
		if err != nil {
			return r, err
		}
		r.After = append(r.After, s)
	}
	return r, nil
}

// again files one version anew, of which neither article nor sketch is known
// yet. known is the story of its page, "" when this is the first of it.
func again(tx *archive.Tx, v *archive.Version, known archive.StoryID) error {
	if known == "" {
		told, err := spoken(tx, v.ID)
		if err != nil {
			return err
		}
		v.Article, v.Sketch = told.Article, told.Sketch
	}
	story, member, err := part(tx, earlier{tx.Index(), dedup.DocID(v.Doc)}, v, known, nil)
	if err != nil {
		return err
	}
	return file(tx, v, story, member)
}

// spoken gives the first version of a page, from this one on, that was not
// taken down.
func spoken(tx *archive.Tx, id archive.VersionID) (archive.Version, error) {
	p, _, err := tx.Page(id.Page)
	if err != nil {
		return archive.Version{}, err
	}
	for {
		v, err := tx.Version(id)
		if err != nil || v.Erased != archive.TakenDown || id.N == p.Head {
			return v, err
		}
		id.N++
	}
}
