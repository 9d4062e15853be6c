package archive

import (
	"context"
	"errors"
	"slices"

	"pressmark/extract/urlkey"
)

// everywhere adds to pages those that showed an article with the same bytes,
// and to these likewise. A body that showed none, such as a site's "not found",
// is nobody's.
func (s *Store) everywhere(ctx context.Context, pages []urlkey.Key) ([]urlkey.Key, error) {
	for {
		digests := map[Digest]bool{}
		more := slices.Clone(pages)
		for _, look := range []func(c *Capture){
			func(c *Capture) {
				if slices.Contains(pages, c.Page) {
					digests[c.Digest] = true
				}
			},
			func(c *Capture) {
				if digests[c.Digest] && !slices.Contains(more, c.Page) {
					more = append(more, c.Page)
				}
			},
		} {
			if err := s.eachShown(ctx, look); err != nil {
				return nil, err
			}
		}
		if len(more) == len(pages) {
			return pages, nil
		}
		pages = more
	}
}

// eachShown calls f for the captures that showed an article.
func (s *Store) eachShown(ctx context.Context, f func(*Capture)) error {
	for c, err := range s.Captures(ctx, 0) {
		if errors.Is(err, ErrDamaged) || err == nil && c.Erased != "" {
			continue
		}
		if err != nil {
			return err
		}
		shown := false
		err := s.View(func(tx *Tx) error {
			x, found, err := tx.Sighting(c.Seq)
			shown = found && x.Version > 0
			return err
		})
		if err != nil && !errors.Is(err, ErrDamaged) {
			return err
		}
		if shown {
			f(&c)
		}
	}
	return nil
}

// besides finds what stays and has to do with what goes.
func (s *Store) besides(ctx context.Context, t *Takedown, pages []urlkey.Key, r *removed) error {
	add := func(list *[]urlkey.Key, key urlkey.Key) {
		if !slices.Contains(pages, key) && !slices.Contains(*list, key) {
			*list = append(*list, key)
		}
	}
	for c, err := range s.Captures(ctx, 0) {
		if errors.Is(err, ErrDamaged) {
			continue
		}
		if err != nil {
			return err
		}
		switch {
		case r.goes[c.Seq]:
		case c.RevisitOf != 0 && r.goes[c.RevisitOf]:
			add(&t.Shared, c.Page)
		case c.Final != "" && c.Final != c.URL:
			if key, err := urlkey.Of(c.Final); err == nil && slices.Contains(pages, key) {
				add(&t.Led, c.Page)
			}
		}
	}
	files := map[string]bool{}
	err := s.View(func(tx *Tx) error {
		for i := range t.Tombstones {
			x := &t.Tombstones[i]
			page, err := tx.pageNumber(x.Page)
			if err != nil {
				return err
			}
			if err := tx.storiesBeside(t, x, page, pages); err != nil {
				return err
			}
			err = tx.eachBack(page, func(seq Seq, volume uint64) (bool, error) {
				if r.goes[seq] && volume != 0 {
					files[volumeName(volume)] = true
					if len(r.heirs[seq]) > 0 {
						x.Removed.Moved++
					}
				}
				return true, nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	for name := range files {
		t.Files = append(t.Files, name)
	}
	slices.Sort(t.Files)
	t.Files = append([]string{catalogFile}, t.Files...)
	return err
}

// storiesBeside counts the stories that a page has a part in, and names who
// else tells them.
func (tx *Tx) storiesBeside(t *Takedown, x *Tombstone, page uint64, pages []urlkey.Key) error {
	ids, err := tx.storiesOf(page, x.Version)
	if err != nil {
		return err
	}
	x.Removed.Stories = len(ids)
	for _, id := range ids {
		story, err := tx.Story(id)
		if unreadable(err) {
			continue
		}
		if err != nil {
			return err
		}
		for _, m := range story.Members {
			if !slices.Contains(pages, m.Version.Page) && !slices.Contains(t.Told, m.Version) {
				t.Told = append(t.Told, m.Version)
			}
		}
	}
	return nil
}

// storiesOf gives the stories that a page's versions are in, or one of them.
func (tx *Tx) storiesOf(page uint64, version int) (ids []StoryID, err error) {
	head, err := tx.head(page)
	if err != nil {
		return nil, err
	}
	for n := 1; n <= head; n++ {
		if version > 0 && n != version {
			continue
		}
		v, err := tx.version(page, n)
		if unreadable(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if v.Story != "" && !slices.Contains(ids, v.Story) {
			ids = append(ids, v.Story)
		}
	}
	return ids, nil
}
