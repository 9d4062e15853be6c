package ingest

import (
	"slices"
	"strings"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/change"
)

// teaser handles the beginning of a text above a wall. It is a version only as
// long as nothing better is known, and is never compared with a full text.
func (s *step) teaser() error {
	if s.page.Head == 0 {
		return s.text()
	}
	head, err := s.head()
	if err != nil {
		return err
	}
	if head.Article.Kind != extract.News {
		return s.text()
	}
	was := s.page.State
	s.sighting.Outcome, s.sighting.Why = archive.Teaser, s.article.Why
	s.page.Misses = 0
	s.well()
	if was == archive.Withdrawn {
		return s.back(head, head.ID, "the page is there again, the beginning of its text at least")
	}
	return nil
}

// text handles an article: the first of its page, one that stands, or a further version.
func (s *step) text() error {
	if s.page.Head == 0 {
		s.sighting.Outcome, s.page.Misses = archive.New, 0
		s.well()
		_, err := s.version(1)
		return err
	}
	head, err := s.head()
	if err != nil {
		return err
	}
	was := s.page.State
	if head.Article.Kind == extract.Partial && s.article.Kind == extract.News {
		return s.whole(head)
	}
	earlier, err := s.headlines(head)
	if err != nil {
		return err
	}
	d := change.Compare(s.before(head), s.snapshot(s.article), earlier)
	if slices.Contains(d.Kinds, change.Unpublished) {
		return s.missing(vanished(d))
	}
	s.page.Misses = 0
	if d.Doubtful {
		sure, err := s.doubted()
		if err != nil {
			return err
		}
		if !sure {
			s.note(archive.Doubtful, archive.Doubted, "a sudden great loss of text, to be seen again before it counts")
			return nil
		}
		d.Doubtful = false
		d.Reason = strings.TrimSuffix("a great loss of text, seen twice; "+d.Reason, "; ")
	}
	s.well()
	switch {
	case d.Changed:
		s.sighting.Outcome = archive.Changed
		to, err := s.version(head.ID.N + 1)
		if err != nil {
			return err
		}
		if was == archive.Withdrawn {
			if d, err = s.returned(d); err != nil {
				return err
			}
		}
		return s.put(head, to, head.LastSeen, d)
	case was == archive.Withdrawn:
		s.sighting.Outcome = archive.Restored
		if err := s.back(head, head.ID, "the page is there again with the text that it had"); err != nil {
			return err
		}
	case s.capture.Status == 304:
		s.sighting.Outcome = archive.Unchanged
	default:
		s.sighting.Outcome = archive.Same
	}
	return s.stands(head.ID.N)
}

// whole handles the full text where only its beginning was known: the wall
// fell, which is a version and no edit of the teaser.
func (s *step) whole(head archive.Version) error {
	was := s.page.State
	s.sighting.Outcome, s.page.Misses = archive.Changed, 0
	s.well()
	to, err := s.version(head.ID.N + 1)
	if err != nil || was != archive.Withdrawn {
		return err
	}
	return s.back(head, to, "the page is there again, and now with its whole text")
}

// telling are the outcomes that tell how much text a page shows.
var telling = map[archive.Outcome]bool{
	archive.New: true, archive.Changed: true, archive.Same: true, archive.Unchanged: true, archive.Restored: true, archive.Doubtful: true,
}

// doubted reports whether the page was as doubtful when it last showed a text.
// Two looks of one crawl, as at a page and at what its scripts made of it, are
// one: a server that stumbles does so for more than a moment.
func (s *step) doubted() (bool, error) {
	last, err := s.last(telling)
	again := last.Run == 0 || last.Run != s.capture.Run
	return last.Outcome == archive.Doubtful && again, err
}

// headlines are the page's former headlines, oldest first, without that of head.
func (s *step) headlines(head archive.Version) ([]string, error) {
	var list []string
	for n := 1; n < head.ID.N; n++ {
		v, err := s.tx.Version(archive.VersionID{Page: s.page.Key, N: n})
		if err != nil {
			return nil, err
		}
		if !slices.Contains(list, v.Article.Title) {
			list = append(list, v.Article.Title)
		}
	}
	return list, nil
}

// stands notes that version n was seen to stand.
func (s *step) stands(n int) error {
	v, err := s.tx.Version(archive.VersionID{Page: s.page.Key, N: n})
	if err != nil {
		return err
	}
	if v.Article.Kind == extract.News { // and no longer only the beginning of it
		s.page.State, s.page.Why = archive.Live, ""
	}
	v.Last, v.LastSeen = s.capture.Seq, later(v.LastSeen, s.capture.FetchedAt)
	s.page.LastSeen = later(s.page.LastSeen, s.capture.FetchedAt)
	s.sighting.Version = n
	return s.tx.PutVersion(&v)
}

// version writes version n with its place among the stories.
func (s *step) version(n int) (archive.VersionID, error) {
	c := s.capture
	v := archive.Version{
		ID: archive.VersionID{Page: s.page.Key, N: n}, First: c.Seq, Last: c.Seq,
		FirstSeen: c.FetchedAt, LastSeen: c.FetchedAt, URL: s.address, Site: c.Site,
		Article: s.article, Sketch: s.sketch, Extractor: s.reader,
	}
	if err := place(s.tx, &v, s.page.Story, s.match); err != nil {
		return v.ID, err
	}
	s.page.Head, s.page.Story = n, v.Story
	s.page.LastSeen = later(s.page.LastSeen, c.FetchedAt)
	s.page.URL = s.address
	s.sighting.Version = n
	return v.ID, nil
}

func (s *step) snapshot(a extract.Article) change.Snapshot {
	return change.Snapshot{Article: a, URL: s.capture.URL, Final: s.capture.Final, Status: status(s.capture), Seen: s.capture.FetchedAt}
}

// before is the page's latest version as it was last seen.
func (s *step) before(head archive.Version) change.Snapshot {
	a := head.Article
	if s.stood != nil {
		a = *s.stood
	}
	return change.Snapshot{Article: a, URL: head.URL, Seen: head.LastSeen}
}
