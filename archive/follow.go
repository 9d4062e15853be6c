package archive

import (
	"bytes"
	"fmt"
	"slices"

	"pressmark/extract/urlkey"
)

// A story that follows up another is linked to the text that it was found to
// follow, and not to that text's story: whatever stories are split, merged or
// dropped, the way leads to the one that the text is in then.

// followKey is the place of a link in the index, which leads from the followed
// page to the one that follows; nil when one of them is not there.
func (tx *Tx) followKey(m *Member) ([]byte, error) {
	followed, err := tx.pageNumber(m.Follows.Page)
	if err != nil || followed == 0 {
		return nil, err
	}
	by, err := tx.pageNumber(m.Version.Page)
	if err != nil || by == 0 {
		return nil, err
	}
	return numbers(followed, by), nil
}

// follow enters the links of a story into the index.
func (tx *Tx) follow(s *Story) error {
	for i := range s.Members {
		if s.Members[i].Follows.N == 0 {
			continue
		}
		key, err := tx.followKey(&s.Members[i])
		if err == nil && key == nil {
			err = fmt.Errorf("it follows %s: %w", s.Members[i].Follows, ErrNoSuch)
		}
		if err == nil {
			err = tx.put(bucketFollow, key, []byte{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unfollow takes the links of a story out of the index.
func (tx *Tx) unfollow(s *Story) error {
	for i := range s.Members {
		if s.Members[i].Follows.N == 0 {
			continue
		}
		key, err := tx.followKey(&s.Members[i])
		if err == nil && key != nil {
			err = tx.drop(bucketFollow, key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Followers gives the pages that were found to follow up a page, in the order
// in which they were first captured.
func (tx *Tx) Followers(key urlkey.Key) (list []urlkey.Key, err error) {
	page, err := tx.pageNumber(key)
	if err != nil || page == 0 {
		return nil, err
	}
	by, err := tx.linked(func(followed, _ uint64) bool { return followed == page }, number(page))
	for _, n := range by {
		content, found, err := tx.content(bucketPages, n[8:], kindPage, nil)
		if unreadable(err) || err == nil && !found {
			continue // Verify names it
		}
		if err != nil {
			return nil, err
		}
		p, err := readPage(content)
		if err != nil {
			continue
		}
		list = append(list, p.Key)
	}
	return list, err
}

// linked gives the places of links in the index, from one on while they begin
// with it.
func (tx *Tx) linked(chosen func(followed, by uint64) bool, prefix []byte) (keys [][]byte, err error) {
	err = tx.access(func() error {
		b := tx.bucket(bucketFollow)
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for key, _ := c.Seek(prefix); key != nil && bytes.HasPrefix(key, prefix); key, _ = c.Next() {
			if len(key) == 16 && chosen(numberOf(key), numberOf(key[8:])) {
				keys = append(keys, bytes.Clone(key))
			}
		}
		return nil
	})
	return keys, err
}

// forgetFollowed takes a page that is taken down out of the stories that follow
// it up, and whatever it follows up itself.
func (tx *Tx) forgetFollowed(page uint64, key urlkey.Key) error {
	followers, err := tx.Followers(key)
	if err != nil {
		return err
	}
	for _, by := range followers {
		p, found, err := tx.Page(by)
		if unreadable(err) || err == nil && !found {
			continue
		}
		if err != nil {
			return err
		}
		s, err := tx.Story(p.Story)
		if unreadable(err) {
			if err = tx.dropStory(p.Story); err != nil { // it may name the page
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		for i := range s.Members {
			if m := &s.Members[i]; m.Follows.Page == key {
				m.Follows, m.Why = VersionID{}, ""
			}
		}
		if err := tx.putStory(s); err != nil {
			return err
		}
	}
	rows, err := tx.linked(func(followed, by uint64) bool { return followed == page || by == page }, nil)
	for _, row := range rows {
		if err := tx.drop(bucketFollow, row); err != nil {
			return err
		}
	}
	return err
}

// checkFollow reports whether the link at a place of the index is in a story.
func (v *verifier) checkFollow(key []byte) bool {
	if len(key) != 16 {
		return false
	}
	content, found, err := v.tx.content(bucketPages, key[8:], kindPage, nil)
	if err != nil || !found {
		return false
	}
	p, err := readPage(content)
	if err != nil {
		return false
	}
	s, err := v.tx.Story(p.Story)
	return err == nil && slices.ContainsFunc(s.Members, func(m Member) bool {
		at, err := v.tx.followKey(&m)
		return err == nil && m.Follows.N > 0 && bytes.Equal(at, key)
	})
}
