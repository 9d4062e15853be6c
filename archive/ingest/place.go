package ingest

import (
	"errors"
	"fmt"

	"pressmark/archive"
	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// place finds the version's story and writes it. match is what dedup.Place says
// of the text, if that is known.
func place(tx *archive.Tx, v *archive.Version, known archive.StoryID, match *dedup.Match) error {
	story, member, err := part(tx, tx.Index(), v, known, match)
	if err != nil {
		return err
	}
	if err := file(tx, v, story, member); err != nil {
		return err
	}
	return tx.AddPostings(v.Doc, v.Sketch.Keys())
}

// file writes a version with its part in a story.
func file(tx *archive.Tx, v *archive.Version, story archive.Story, member archive.Member) error {
	v.Story = story.ID
	if err := tx.PutVersion(v); err != nil {
		return err
	}
	story.Members = append(story.Members, member)
	return tx.PutStory(story)
}

// part finds the version's story, and its part in it. A further version stays in
// the story of its page: what a paper does to its own text is an edit, however
// much of it.
func part(tx *archive.Tx, ix dedup.Index, v *archive.Version, known archive.StoryID, match *dedup.Match) (archive.Story, archive.Member, error) {
	member := archive.Member{Version: v.ID, Site: v.Site, Seen: v.FirstSeen, Relation: dedup.Original, Score: 1, Of: v.ID}
	story := archive.Story{Lead: v.ID, Title: v.Article.Title, Agency: v.Article.Agency}
	if known != "" {
		s, err := tx.Story(known)
		if err != nil {
			return s, member, err
		}
		of := archive.VersionID{Page: v.ID.Page, N: v.ID.N - 1}
		member.Relation, member.Of, member.Why = dedup.Same, of, "a further version of the page"
		for _, m := range s.Members { // the page's part in the story stays what it was
			if m.Version == of {
				member.Relation, member.Score = m.Relation, m.Score
				if m.Of != m.Version {
					member.Of, member.Why = m.Of, m.Why
				}
			}
		}
		return s, member, nil
	}
	d, err := decidedOn(tx, v.ID.Page)
	if err != nil {
		return story, member, err
	}
	m, err := d.match(tx, ix, v.Sketch, match)
	switch {
	case err != nil:
	case d.moved(m):
		story, err = tx.Story(d.story)
		member.Relation, member.Score, member.Of, member.Why = archive.Merged, 0, d.mate, d.with.Evidence()
	case m.Joins():
		if story, err = tx.Story(archive.StoryID(m.Story)); err == nil {
			member.Of, err = tx.VersionByDoc(uint64(m.Of))
		}
		member.Relation, member.Score, member.Why = m.Relation, m.Score, m.Why
	default:
		story.ID, err = found(tx, v.ID.Page)
		member.Why = d.apart()
		if m.Relation == dedup.FollowUp {
			member.Why = "follows up: " + m.Why
			if err == nil {
				member.Follows, err = tx.VersionByDoc(uint64(m.Of))
			}
		}
	}
	return story, member, err
}

// found gives the name of a story that a page founds: the page's ID. A page
// that was taken down and is back may have founded one that others tell by now.
func found(tx *archive.Tx, page urlkey.Key) (archive.StoryID, error) {
	for n := 1; ; n++ {
		id := archive.StoryID(page.ID())
		if n > 1 {
			id = archive.StoryID(urlkey.Key(fmt.Sprintf("%s #%d", page, n)).ID())
		}
		s, err := tx.Story(id)
		if errors.Is(err, archive.ErrNoSuch) {
			return id, nil
		}
		if err != nil {
			return "", err
		}
		for _, m := range s.Members {
			if m.Version.Page == page {
				return "", errors.New("a page without a story has founded one")
			}
		}
	}
}
