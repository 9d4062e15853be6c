package archive

import (
	"context"
	"errors"

	"pressmark/extract/urlkey"
)

// maxAddresses bounds how far a chain of addresses is followed: each was the
// address of a page before it moved to the next.
const maxAddresses = 16

// Whose gives the page whose history the captures of an address belong to:
// the page itself, or the one that it was found to be the same as.
func (tx *Tx) Whose(key urlkey.Key) (urlkey.Key, error) {
	for range maxAddresses {
		p, _, err := tx.Page(key)
		if err != nil || p.SameAs == "" {
			return key, err
		}
		key = p.SameAs
	}
	return key, nil
}

func (s *Store) whose(key urlkey.Key) (page urlkey.Key, err error) {
	err = s.View(func(tx *Tx) error {
		page, err = tx.Whose(key)
		if errors.Is(err, ErrDamaged) { // whatever was known of it, it is a page
			page, err = key, nil
		}
		return err
	})
	return page, err
}

// Capture gives a capture without its body. ErrNoSuch, ErrDamaged.
func (tx *Tx) Capture(seq Seq) (Capture, error) {
	c, err := tx.capture(seq)
	return c.Capture, err
}

// Moved gives the address at which a page is to be asked for now, when the
// history of the one given goes on there; false when it has not moved.
func (s *Store) Moved(key urlkey.Key) (url string, moved bool, err error) {
	err = s.View(func(tx *Tx) error {
		page, err := tx.Whose(key)
		if err != nil {
			return err
		}
		p, found, err := tx.Page(page)
		if err != nil || !found || p.Head == 0 || p.State != Live && p.State != Cut {
			return err
		}
		now, err := urlkey.Of(p.URL)
		if err == nil && now != key {
			url, moved = p.URL, true
		}
		return nil
	})
	return url, moved, err
}

// withAddresses adds to pages the other addresses of each, and the pages whose
// addresses they are.
func (s *Store) withAddresses(ctx context.Context, pages []urlkey.Key) ([]urlkey.Key, error) {
	group, roots := map[urlkey.Key]bool{}, map[urlkey.Key]bool{}
	for _, key := range pages {
		root, err := s.whose(key)
		if err != nil {
			return nil, err
		}
		group[key], group[root], roots[root] = true, true, true
	}
	for p, err := range s.Pages(ctx, Filter{States: []PageState{Elsewhere}}) {
		if errors.Is(err, ErrDamaged) {
			continue
		}
		if err != nil {
			return nil, err
		}
		root, err := s.whose(p.Key)
		if err != nil {
			return nil, err
		}
		group[p.Key] = group[p.Key] || roots[root]
	}
	var list []urlkey.Key
	for key, in := range group {
		if in {
			list = append(list, key)
		}
	}
	return list, nil
}

// pinElsewhere adds the captures of which the versions of another page speak,
// when this one is an address of it.
func (tx *Tx) pinElsewhere(page uint64, pinned map[Seq]bool) error {
	content, found, err := tx.content(bucketPages, number(page), kindPage, nil)
	if err != nil || !found {
		return err
	}
	p, err := readPage(content)
	if err != nil {
		return damaged(err)
	}
	if p.SameAs == "" {
		return nil
	}
	key, err := tx.Whose(p.Key)
	if err != nil {
		return err
	}
	n, err := tx.pageNumber(key)
	if err != nil {
		return err
	}
	head, err := tx.head(n)
	if err != nil {
		return err
	}
	for i := 1; i <= head; i++ {
		v, err := tx.version(n, i)
		if err != nil {
			return err
		}
		pinned[v.First], pinned[v.Last] = true, true
	}
	return nil
}

// Barren reports whether what a page showed was concluded to be no article.
// It is false while nothing was concluded, and where a wall or an error stood
// before what there may be.
func (s *Store) Barren(key urlkey.Key) (barren bool, err error) {
	err = s.View(func(tx *Tx) error {
		p, found, err := tx.Page(key)
		barren = found && p.Head == 0 && p.State == NoArticle
		return err
	})
	return barren, err
}
