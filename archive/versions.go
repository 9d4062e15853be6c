package archive

import (
	"errors"
	"fmt"
	"strings"

	"pressmark/extract/urlkey"
)

// version gives a version's record; ErrNoSuch.
func (tx *Tx) version(page uint64, n int) (storedVersion, error) {
	content, found, err := tx.content(bucketVersions, versionKey(page, n), kindVersion, nil)
	if err != nil {
		return storedVersion{}, err
	}
	if !found {
		return storedVersion{}, ErrNoSuch
	}
	s, err := readVersion(n, content)
	if err != nil {
		return storedVersion{}, damaged(err)
	}
	return s, nil
}

// versionAt gives a version's record and the number of its page.
func (tx *Tx) versionAt(id VersionID) (storedVersion, uint64, error) {
	page, err := tx.pageNumber(id.Page)
	if err == nil && (page == 0 || id.N < 1) {
		err = ErrNoSuch
	}
	var s storedVersion
	if err == nil {
		s, err = tx.version(page, id.N)
	}
	if err != nil {
		return storedVersion{}, 0, fmt.Errorf("version %s: %w", id, err)
	}
	return s, page, nil
}

// complete adds article and sketch to a version's record.
func (tx *Tx) complete(page uint64, s *storedVersion) (Version, error) {
	v := s.Version
	content, err := tx.textContent(page, v.ID.N, maxDepth)
	if err == nil {
		v.Article, err = readArticle(content)
	}
	if err == nil {
		var found bool
		content, found, err = tx.content(bucketSketches, versionKey(page, v.ID.N), kindSketch, nil)
		if err == nil && !found {
			err = fmt.Errorf("%w: its sketch is not there", ErrDamaged)
		}
	}
	if err == nil {
		err = v.Sketch.UnmarshalBinary(content)
	}
	if err != nil {
		return Version{}, fmt.Errorf("version %s (%s): %w", v.ID, v.URL, damaged(err))
	}
	return v, nil
}

// Version gives a version whole. ErrNoSuch.
func (tx *Tx) Version(id VersionID) (Version, error) {
	s, page, err := tx.versionAt(id)
	if err != nil {
		return Version{}, err
	}
	return tx.complete(page, &s)
}

// Brief gives a version without its Article and Sketch, which is quick. ErrNoSuch.
func (tx *Tx) Brief(id VersionID) (Version, error) {
	s, _, err := tx.versionAt(id)
	return s.Version, err
}

// head gives the number of a page's latest version, 0 when it has none.
func (tx *Tx) head(page uint64) (n int, err error) {
	err = tx.access(func() error {
		c := tx.bucket(bucketVersions).Cursor()
		key, _ := c.Seek(number(page + 1))
		if key == nil {
			key, _ = c.Last()
		} else {
			key, _ = c.Prev()
		}
		if p, last := versionOf(key); p == page {
			n = last
		}
		return nil
	})
	return n, err
}

// Latest gives the latest version of a page, whole; false when it has none.
func (tx *Tx) Latest(key urlkey.Key) (Version, bool, error) {
	page, err := tx.pageNumber(key)
	if err != nil || page == 0 {
		return Version{}, false, err
	}
	n, err := tx.head(page)
	if err != nil || n == 0 {
		return Version{}, false, err
	}
	v, err := tx.Version(VersionID{Page: key, N: n})
	return v, err == nil, err
}

// Versions gives all versions of a page, whole, oldest first. None is no error.
func (tx *Tx) Versions(key urlkey.Key) ([]Version, error) {
	page, err := tx.pageNumber(key)
	if err != nil || page == 0 {
		return nil, err
	}
	head, err := tx.head(page)
	if err != nil {
		return nil, err
	}
	list := make([]Version, 0, head)
	for n := 1; n <= head; n++ {
		v, err := tx.Version(VersionID{Page: key, N: n})
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// PutVersion stores a new version, which must be the one after the page's
// latest, and fills its Doc. Of a version that is there already it moves Last,
// LastSeen, URL, Site and Story; its article and sketch never change.
func (tx *Tx) PutVersion(v *Version) error {
	if !tx.b.Writable() {
		return errView
	}
	if err := tx.putVersion(v); err != nil {
		return fmt.Errorf("put version %s: %w", v.ID, err)
	}
	return nil
}

func (tx *Tx) putVersion(v *Version) error {
	page, err := tx.ensurePage(v.ID.Page)
	if err != nil {
		return err
	}
	if v.ID.N < 1 {
		return errors.New("versions are numbered from 1")
	}
	s, err := tx.version(page, v.ID.N)
	switch {
	case err == nil:
		s.Last, s.LastSeen, s.URL, s.Site, s.Story = v.Last, v.LastSeen, v.URL, v.Site, v.Story
		v.Doc = s.Doc
		return tx.plain(bucketVersions, versionKey(page, v.ID.N), kindVersion, s.record())
	case !errors.Is(err, ErrNoSuch):
		return err
	}
	s = storedVersion{Version: *v, language: v.Article.Language}
	if v.ID.N > 1 {
		before, err := tx.version(page, v.ID.N-1)
		if err != nil {
			return fmt.Errorf("the version before it: %w", err)
		}
		s.depth = before.depth + 1
	}
	if err := tx.putText(page, &s, articleRecord(&v.Article)); err != nil {
		return err
	}
	sketch, err := v.Sketch.MarshalBinary()
	if err != nil {
		return fmt.Errorf("sketch: %w", err)
	}
	key := versionKey(page, v.ID.N)
	if err := tx.plain(bucketSketches, key, kindSketch, sketch); err != nil {
		return err
	}
	if s.seq, err = tx.log(Entry{Op: OpVersion, Page: v.ID.Page, Version: v.ID.N}); err != nil {
		return err
	}
	tx.state.doc++
	s.Doc = tx.state.doc
	v.Doc = s.Doc
	if err := tx.add(bucketDoc, number(s.Doc), key); err != nil {
		return err
	}
	return tx.plain(bucketVersions, key, kindVersion, s.record())
}

// byDoc gives the page and number of a version by its Doc. ErrNoSuch.
func (tx *Tx) byDoc(doc uint64) (page uint64, n int, err error) {
	key, err := tx.index(bucketDoc, number(doc))
	if err == nil && key == nil {
		err = fmt.Errorf("document %d: %w", doc, ErrNoSuch)
	}
	if err != nil {
		return 0, 0, err
	}
	page, n = versionOf(key)
	return page, n, nil
}

// VersionByDoc gives the version with a Doc number. ErrNoSuch.
func (tx *Tx) VersionByDoc(doc uint64) (VersionID, error) {
	page, n, err := tx.byDoc(doc)
	if err != nil {
		return VersionID{}, err
	}
	s, err := tx.version(page, n)
	if err != nil {
		return VersionID{}, fmt.Errorf("document %d: %w", doc, err)
	}
	return s.ID, nil
}

// speaks reports whether a language, such as en-GB, is the one asked for, such as en.
func speaks(language, want string) bool {
	if len(language) < len(want) || !strings.EqualFold(language[:len(want)], want) {
		return false
	}
	return len(language) == len(want) || language[len(want)] == '-'
}
