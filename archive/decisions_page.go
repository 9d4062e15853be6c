package archive

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"pressmark/extract/urlkey"
)

// decisionsOf gives the numbers of the decisions about a page, in order.
func (tx *Tx) decisionsOf(page uint64) (ids []uint64, err error) {
	err = tx.access(func() error {
		b := tx.bucket(bucketDecision)
		if b == nil {
			return nil
		}
		prefix := number(page)
		c := b.Cursor()
		for key, _ := c.Seek(prefix); bytes.HasPrefix(key, prefix) && len(key) == 16; key, _ = c.Next() {
			ids = append(ids, numberOf(key[8:]))
		}
		return nil
	})
	return ids, err
}

// part gives those members of a story that one text brought together, a
// version's among them: a merge by hand joins several such parts, and what is
// like one of them need not be like the others.
func part(members []Member, of VersionID) []Member {
	if !slices.ContainsFunc(members, func(m Member) bool { return m.Relation == Merged }) {
		return members
	}
	root := roots(members)
	return slices.DeleteFunc(slices.Clone(members), func(m Member) bool { return root[m.Version.Page] != root[of.Page] })
}

// roots gives for each page of a story the one that began its part.
func roots(members []Member) map[urlkey.Key]urlkey.Key {
	root := map[urlkey.Key]urlkey.Key{}
	for _, m := range members {
		page := m.Version.Page
		if root[page] != "" {
			continue
		}
		if root[page] = page; m.Relation != Merged && root[m.Of.Page] != "" {
			root[page] = root[m.Of.Page]
		}
	}
	return root
}

// inherit has the first of a part begin it, when the page that did leaves the
// story. was are the members before, and the story has its new lead.
func (s *Story) inherit(was []Member, gone urlkey.Key) {
	byHand := Member{Relation: Merged, Of: s.Lead}
	for _, m := range was {
		if m.Relation == Merged && (m.Version.Page == gone || m.Version == s.Lead) {
			byHand.Why = m.Why
		}
	}
	root := roots(was)
	var heir VersionID
	for i := range s.Members {
		m := &s.Members[i]
		if root[m.Version.Page] != gone {
			continue
		}
		if heir.N == 0 {
			heir = m.Version
		}
		switch {
		case heir.Page == s.Lead.Page && m.Version.Page == heir.Page:
		case m.Version.Page == heir.Page:
			m.Relation, m.Score, m.Of, m.Why = byHand.Relation, byHand.Score, byHand.Of, byHand.Why
		case m.Of.Page == gone:
			m.Of, m.Why = heir, ""
		}
	}
}

// Refile takes all pages out of some stories and drops these. It gives the
// versions that were in them, in order of arrival and without article and
// sketch; whoever asks for it files them anew.
func (tx *Tx) Refile(ids []StoryID) ([]Version, error) {
	if !tx.b.Writable() {
		return nil, errView
	}
	var list []Version
	for _, id := range ids {
		s, err := tx.Story(id)
		if err != nil {
			return nil, fmt.Errorf("refile: %w", err)
		}
		for _, m := range s.Members {
			v, err := tx.Brief(m.Version)
			if err != nil {
				return nil, fmt.Errorf("refile story %s: %w", id, err)
			}
			list = append(list, v)
		}
		if err := tx.unfollow(&s); err != nil {
			return nil, fmt.Errorf("refile story %s: %w", id, err)
		}
		if err := tx.dropStory(id); err != nil {
			return nil, fmt.Errorf("refile story %s: %w", id, err)
		}
	}
	slices.SortFunc(list, func(a, b Version) int { return int(a.Doc) - int(b.Doc) })
	return list, nil
}

// forgetDecisions takes a page that is taken down out of what was decided. What
// people noted of it goes as well, for they may have named it, and so does a
// decision that can't be read: it may be about the page.
func (tx *Tx) forgetDecisions(page uint64, key urlkey.Key) error {
	var ids []uint64
	if err := tx.access(func() error {
		b := tx.bucket(bucketDecisions)
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for id, _ := c.First(); id != nil; id, _ = c.Next() {
			ids = append(ids, numberOf(id))
		}
		return nil
	}); err != nil {
		return err
	}
	for _, id := range ids {
		d, err := tx.Decision(id)
		if unreadable(err) {
			err = tx.dropDecision(id)
		} else if err == nil && slices.Contains(d.All(), key) {
			err = tx.forgetIn(d, page, key)
		}
		if err != nil {
			return fmt.Errorf("decision %d: %w", id, err)
		}
	}
	return nil
}

func (tx *Tx) forgetIn(d Decision, page uint64, key urlkey.Key) error {
	was := d.Evidence()
	is := func(p urlkey.Key) bool { return p == key }
	d.Pages, d.From, d.Why = slices.DeleteFunc(d.Pages, is), slices.DeleteFunc(d.From, is), ""
	now := d.Evidence()
	if !d.says() {
		now = ""
		if err := tx.dropDecision(d.ID); err != nil {
			return err
		}
	} else {
		if err := tx.drop(bucketDecision, numbers(page, d.ID)); err != nil {
			return err
		}
		if err := tx.putDecision(&d); err != nil {
			return err
		}
	}
	return tx.reword(d.All(), was, now)
}

// dropDecision removes a decision, and whatever leads to it.
func (tx *Tx) dropDecision(id uint64) error {
	var keys [][]byte
	if err := tx.access(func() error {
		c := tx.bucket(bucketDecision).Cursor()
		for key, _ := c.First(); key != nil; key, _ = c.Next() {
			if len(key) == 16 && numberOf(key[8:]) == id {
				keys = append(keys, bytes.Clone(key))
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for _, key := range keys {
		if err := tx.drop(bucketDecision, key); err != nil {
			return err
		}
	}
	return tx.drop(bucketDecisions, number(id))
}

// reword puts other words in the place of evidence, in the stories of some pages.
func (tx *Tx) reword(pages []urlkey.Key, was, now string) error {
	for _, key := range pages {
		p, found, err := tx.Page(key)
		if unreadable(err) || err == nil && (!found || p.Story == "") {
			continue
		}
		if err != nil {
			return err
		}
		s, err := tx.Story(p.Story)
		if unreadable(err) || errors.Is(err, ErrNoSuch) {
			continue
		}
		if err != nil {
			return err
		}
		changed := false
		for i := range s.Members {
			if m := &s.Members[i]; m.Why == was {
				m.Why, changed = now, true
			}
		}
		if !changed {
			continue
		}
		if err := tx.putStory(s); err != nil {
			return err
		}
	}
	return nil
}
