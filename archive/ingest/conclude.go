package ingest

import (
	"fmt"
	"slices"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/change"
)

// A conclusion is what one capture showed.
type conclusion struct {
	sighting archive.Sighting
	change   *archive.Change
}

// conclude writes what a capture shows: the sighting always, and the page, a
// version, a change and a story as it has them.
func conclude(tx *archive.Tx, r reading) (conclusion, error) {
	c := r.capture
	page, known, err := tx.Page(c.Page)
	if err != nil {
		return conclusion{}, err
	}
	if !known {
		page = archive.Page{Key: c.Page, URL: c.URL, Site: c.Site, FirstSeen: c.FetchedAt}
	}
	s := &step{tx: tx, reading: r, page: page}
	s.sighting = archive.Sighting{Seq: c.Seq, Page: c.Page, At: c.FetchedAt, Status: c.Status, Run: c.Run}
	if err := s.decide(); err != nil {
		return conclusion{}, err
	}
	s.page.LastCheck = c.FetchedAt
	if err := tx.PutPage(s.page); err != nil {
		return conclusion{}, err
	}
	if err := tx.PutSighting(s.sighting); err != nil {
		return conclusion{}, err
	}
	return conclusion{sighting: s.sighting, change: s.change}, nil
}

// A step is one capture on its way to a conclusion.
type step struct {
	reading
	tx       *archive.Tx
	page     archive.Page
	sighting archive.Sighting
	change   *archive.Change
}

// confirm404 is how many answers 404 in a row make a withdrawal: one can be an
// accident of the server, as a 410 hardly is.
const confirm404 = 2

func (s *step) decide() error {
	c := s.capture
	if c.Status != 404 {
		s.page.Misses = 0
	}
	switch {
	case s.repeat > 0:
		s.sighting.Outcome = archive.Unchanged
		return s.stands(s.repeat)
	case c.Status == 410:
		return s.gone("the server says it is gone (410)")
	case c.Status == 404:
		s.page.Misses++
		if s.page.Misses < confirm404 && s.page.Head > 0 && s.page.State != archive.Withdrawn {
			s.sighting.Outcome = archive.Absent
			s.sighting.Why = "not found (404), to be seen again before it counts"
			return nil
		}
		return s.gone("not found (404)")
	case !readable(c.Status):
		s.sighting.Outcome = archive.Error
		s.sighting.Why = fmt.Sprintf("the server answered %d", c.Status)
		s.unwell(archive.Failing)
		return nil
	}
	s.count()
	switch s.article.Kind {
	case extract.News:
		return s.text()
	case extract.Partial:
		return s.teaser()
	case extract.Wall:
		s.sighting.Outcome, s.sighting.Why = archive.Walls, s.article.Why
		s.unwell(archive.Walled)
		return nil
	}
	if c.Status >= 400 {
		s.sighting.Outcome = archive.Error
		s.sighting.Why = fmt.Sprintf("the server answered %d", c.Status)
		s.unwell(archive.Failing)
		return nil
	}
	s.sighting.Outcome, s.sighting.Why = archive.Nothing, s.article.Why
	s.unwell(archive.NoArticle)
	return nil
}

// count notes how many pieces of text were left out, by kind.
func (s *step) count() {
	for _, r := range s.article.Removed {
		if s.sighting.Removed == nil {
			s.sighting.Removed = map[string]int{}
		}
		s.sighting.Removed[r.Kind]++
	}
}

// unwell notes that the page did not show its article this time. Its last
// good version stands.
func (s *step) unwell(state archive.PageState) {
	s.page.State, s.page.Why = state, s.sighting.Why
}

// well notes that the page shows an article.
func (s *step) well(state archive.PageState) { s.page.State, s.page.Why = state, "" }

// gone notes that the page is not there, which is a change if it was.
func (s *step) gone(why string) error {
	s.sighting.Outcome, s.sighting.Why = archive.Absent, why
	was := s.page.State
	s.page.State, s.page.Why = archive.Withdrawn, why
	if s.page.Head == 0 || was == archive.Withdrawn {
		return nil
	}
	s.sighting.Outcome = archive.Gone
	head, err := s.head()
	if err != nil {
		return err
	}
	after := s.snapshot(extract.Article{Kind: extract.Other, Why: why})
	return s.put(head, head.ID, change.Compare(before(head), after, nil))
}

// back notes that a page which was withdrawn shows its last text again.
func (s *step) back(head archive.Version) error {
	s.sighting.Outcome = archive.Restored
	d := change.Diff{
		Changed: true, Kinds: []change.Kind{change.Restored}, Grade: 3,
		Reason: "the page is there again with the text that it had",
		Edits:  []change.Edit{{Where: "status", Block: -1, Op: change.Insert, Kinds: []change.Kind{change.Restored}, After: head.Article.Title}},
	}
	return s.put(head, head.ID, d)
}

// teaser handles the beginning of a text above a wall. It is a version only as
// long as nothing better is known, and is never compared with a full text.
func (s *step) teaser() error {
	if s.page.Head > 0 {
		head, err := s.head()
		if err != nil {
			return err
		}
		if head.Article.Kind == extract.News {
			s.sighting.Outcome, s.sighting.Why = archive.Teaser, s.article.Why
			s.unwell(archive.Cut)
			return nil
		}
	}
	return s.text()
}

// text handles an article: the first of its page, one that stands, or a further version.
func (s *step) text() error {
	state := archive.Live
	if s.article.Kind == extract.Partial {
		state = archive.Cut
	}
	if s.page.Head == 0 {
		s.sighting.Outcome = archive.New
		s.well(state)
		_, err := s.version(1)
		return err
	}
	head, err := s.head()
	if err != nil {
		return err
	}
	was := s.page.State
	if head.Article.Kind == extract.Partial && s.article.Kind == extract.News {
		// The wall fell: the full text is a version, and no edit of the teaser.
		s.sighting.Outcome = archive.Changed
		s.well(state)
		_, err := s.version(head.ID.N + 1)
		return err
	}
	earlier, err := s.headlines(head)
	if err != nil {
		return err
	}
	d := change.Compare(before(head), s.snapshot(s.article), earlier)
	switch {
	case d.Doubtful && !s.doubted():
		s.sighting.Outcome = archive.Doubtful
		s.sighting.Why = "a sudden great loss of text, to be seen again before it counts"
		s.unwell(archive.Doubted)
		return nil
	case was == archive.Withdrawn && !d.Changed:
		s.well(state)
		if err := s.back(head); err != nil {
			return err
		}
		return s.stands(head.ID.N)
	case !d.Changed:
		s.sighting.Outcome = archive.Same
		s.well(state)
		return s.stands(head.ID.N)
	}
	if was == archive.Withdrawn {
		d.Kinds = append([]change.Kind{change.Restored}, d.Kinds...)
		d.Grade = 3
	}
	s.sighting.Outcome = archive.Changed
	s.well(state)
	to, err := s.version(head.ID.N + 1)
	if err != nil {
		return err
	}
	return s.put(head, to, d)
}

// doubted reports whether the page's last sighting was as doubtful as this one.
func (s *step) doubted() bool { return s.page.State == archive.Doubted }

// head is the page's latest version.
func (s *step) head() (archive.Version, error) {
	return s.tx.Version(archive.VersionID{Page: s.page.Key, N: s.page.Head})
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
	v.Last, v.LastSeen = s.capture.Seq, s.capture.FetchedAt
	s.page.LastSeen = s.capture.FetchedAt
	s.sighting.Version = n
	return s.tx.PutVersion(&v)
}

// version writes version n with its place among the stories.
func (s *step) version(n int) (archive.VersionID, error) {
	c := s.capture
	v := archive.Version{
		ID: archive.VersionID{Page: s.page.Key, N: n}, First: c.Seq, Last: c.Seq,
		FirstSeen: c.FetchedAt, LastSeen: c.FetchedAt, URL: c.URL, Site: c.Site,
		Article: s.article, Sketch: s.sketch, Extractor: extract.Version,
	}
	if err := place(s.tx, &v, s.page.Story); err != nil {
		return v.ID, err
	}
	s.page.Head, s.page.Story, s.page.LastSeen = n, v.Story, c.FetchedAt
	s.page.URL = c.URL
	s.sighting.Version = n
	return v.ID, nil
}

// put writes a change from head to a version.
func (s *step) put(head archive.Version, to archive.VersionID, d change.Diff) error {
	title := s.article.Title
	if title == "" {
		title = head.Article.Title
	}
	s.change = &archive.Change{
		From: head.ID, To: to, After: head.LastSeen, Before: s.capture.FetchedAt,
		Site: s.page.Site, URL: s.page.URL, Title: title, Run: s.capture.Run, Diff: d,
	}
	return s.tx.PutChange(s.change)
}

func (s *step) snapshot(a extract.Article) change.Snapshot {
	return change.Snapshot{Article: a, URL: s.capture.URL, Final: s.capture.Final, Status: status(s.capture), Seen: s.capture.FetchedAt}
}

func before(v archive.Version) change.Snapshot {
	return change.Snapshot{Article: v.Article, URL: v.URL, Seen: v.LastSeen}
}
