package archive

import (
	"slices"

	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// leaveStory takes a page's versions, or one of them, out of a story. The
// earliest of the others leads it then; one that nobody tells any more is
// dropped.
func (tx *Tx) leaveStory(id StoryID, page urlkey.Key, version int) error {
	goes := func(v VersionID) bool { return v.Page == page && (version == 0 || v.N == version) }
	s, err := tx.Story(id)
	if unreadable(err) {
		if version > 0 {
			return nil
		}
		return tx.dropStory(id)
	}
	if err != nil {
		return err
	}
	was := slices.Clone(s.Members)
	if version == 0 {
		s.Members = slices.DeleteFunc(s.Members, func(m Member) bool { return goes(m.Version) })
	}
	if len(s.Members) == 0 {
		return tx.dropStory(id)
	}
	if goes(s.Lead) {
		if err := tx.elect(&s, goes); err != nil {
			return err
		}
	}
	if version == 0 && slices.ContainsFunc(was, func(m Member) bool { return m.Relation == Merged }) {
		s.inherit(was, page)
	}
	for i := range s.Members {
		if m := &s.Members[i]; goes(m.Of) && !goes(m.Version) {
			m.Of, m.Why = s.Lead, ""
		}
	}
	return tx.putStory(s)
}

// elect gives a story its earliest member that stays for its lead.
func (tx *Tx) elect(s *Story, goes func(VersionID) bool) error {
	lead := -1
	for i, m := range s.Members {
		if !goes(m.Version) && (lead < 0 || m.Seen.Before(s.Members[lead].Seen)) {
			lead = i
		}
	}
	s.Title, s.Agency = "", ""
	if lead < 0 {
		return nil
	}
	m := &s.Members[lead]
	s.Lead = m.Version
	m.Relation, m.Score, m.Of, m.Why = dedup.Original, 1, m.Version, ""
	v, err := tx.Version(m.Version)
	if unreadable(err) { // then its title is lost, too
		return nil
	}
	s.Title, s.Agency = v.Article.Title, v.Article.Agency
	return err
}

func (tx *Tx) dropStory(id StoryID) error {
	n, err := tx.storyNumber(id)
	if err != nil || n == 0 {
		return err
	}
	if err := tx.drop(bucketStories, number(n)); err != nil {
		return err
	}
	return tx.drop(bucketStory, []byte(id))
}
