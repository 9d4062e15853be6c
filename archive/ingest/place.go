package ingest

import (
	"errors"
	"fmt"

	"pressmark/archive"
	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// place finds the version's story and writes it. A further version stays in
// the story of its page: what a paper does to its own text is an edit, however
// much of it. match is what dedup.Place says of the text, if that is known.
func place(tx *archive.Tx, v *archive.Version, known archive.StoryID, match *dedup.Match) error {
	member := archive.Member{Version: v.ID, Site: v.Site, Seen: v.FirstSeen, Relation: dedup.Original, Score: 1, Of: v.ID}
	story := archive.Story{Lead: v.ID, Title: v.Article.Title, Agency: v.Article.Agency}
	switch {
	case known != "":
		s, err := tx.Story(known)
		if err != nil {
			return err
		}
		story = s
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
	default:
		if match == nil {
			m, err := dedup.Place(tx.Index(), v.Sketch)
			if err != nil {
				return err
			}
			match = &m
		}
		m := *match
		if m.Joins() {
			var err error
			if story, err = tx.Story(archive.StoryID(m.Story)); err != nil {
				return err
			}
			if member.Of, err = tx.VersionByDoc(uint64(m.Of)); err != nil {
				return err
			}
			member.Relation, member.Score, member.Why = m.Relation, m.Score, m.Why
		} else {
			var err error
			if story.ID, err = found(tx, v.ID.Page); err != nil {
				return err
			}
			if m.Relation == dedup.FollowUp {
				member.Why = "follows up: " + m.Why
			}
		}
	}
	v.Story = story.ID
	if err := tx.PutVersion(v); err != nil {
		return err
	}
	story.Members = append(story.Members, member)
	if err := tx.PutStory(story); err != nil {
		return err
	}
	return tx.AddPostings(v.Doc, v.Sketch.Keys())
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
