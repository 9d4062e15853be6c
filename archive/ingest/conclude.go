package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/dedup"
)

// A conclusion is what one capture showed.
type conclusion struct {
	sighting archive.Sighting
	change   *archive.Change
	joined   bool // it was found that an address is one of a page that has another
}

// conclude writes what a capture shows: the sighting always, and the page, a
// version, a change and a story as it has them.
func conclude(tx *archive.Tx, r reading) (conclusion, error) {
	c := r.capture
	s := &step{tx: tx, reading: r, address: c.URL}
	if err := s.identify(); err != nil {
		return conclusion{}, err
	}
	s.sighting = archive.Sighting{Seq: c.Seq, Page: s.page.Key, At: c.FetchedAt, Status: c.Status, Run: c.Run}
	if s.beside {
		s.passOver()
		return conclusion{sighting: s.sighting, joined: s.joined}, tx.PutSighting(s.sighting)
	}
	if err := s.decide(); err != nil {
		return conclusion{}, err
	}
	s.page.LastCheck = later(s.page.LastCheck, c.FetchedAt)
	if err := tx.PutPage(s.page); err != nil {
		return conclusion{}, err
	}
	if err := tx.PutSighting(s.sighting); err != nil {
		return conclusion{}, err
	}
	return conclusion{sighting: s.sighting, change: s.change, joined: s.joined}, nil
}

// A step is one capture on its way to a conclusion.
//
// Answers are of three sorts. Those that show the article make the page well,
// those that say that it is not there make it withdrawn, and all others, such
// as a wall, an error, a sudden great loss of text, tell nothing of it: the
// last good version stands, a withdrawn page stays withdrawn, and what is
// waiting to be seen twice goes on waiting.
type step struct {
	reading
	tx       *archive.Tx
	page     archive.Page
	sighting archive.Sighting
	change   *archive.Change
	address  string       // at which the page is asked for, as far as this capture tells
	beside   bool         // the capture is from an address that the page no longer has, or never had as its own
	joined   bool         // it was found that an address is one of a page that has another
	stranger bool         // the address leads to an article that is none of the page's
	match    *dedup.Match // the text among those of others; nil while that is not known
}

func (s *step) decide() error {
	c := s.capture
	switch {
	case s.stranger:
		return s.missing("the address leads to another article, " + c.Final)
	case s.lost != "":
		s.sighting.Outcome, s.sighting.Why = archive.Error, s.lost
		return nil
	case c.Status == 410:
		return s.gone("the server says that it is gone (410)")
	case c.Status == 404:
		return s.missing("not found (404)")
	case !readable(c.Status):
		s.refused()
		return nil
	case nothingKept(c):
		s.note(archive.Error, archive.Failing, "unchanged (304), but the archive holds nothing that this could mean")
		return nil
	case s.repeat > 0:
		s.sighting.Outcome = archive.Unchanged
		s.page.Misses = 0
		return s.stands(s.repeat)
	}
	s.count()
	if regrets, err := s.regrets(); regrets || err != nil {
		return err
	}
	switch s.article.Kind {
	case extract.News:
		return s.text()
	case extract.Partial:
		return s.teaser()
	case extract.Wall:
		s.note(archive.Walls, archive.Walled, s.article.Why)
		return nil
	}
	if c.Status >= 400 {
		s.refused()
		return nil
	}
	return s.other()
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

// note writes down an answer that tells nothing of the article. A withdrawn
// page is left so, or its return would go unnoticed.
func (s *step) note(what archive.Outcome, state archive.PageState, why string) {
	s.sighting.Outcome, s.sighting.Why = what, why
	if s.page.State != archive.Withdrawn {
		s.page.State, s.page.Why = state, why
	}
}

func (s *step) refused() {
	s.note(archive.Error, archive.Failing, fmt.Sprintf("the server answered %d", s.capture.Status))
}

// well notes that the page shows its article.
func (s *step) well() {
	s.page.State, s.page.Why = archive.Live, ""
	if s.article.Kind == extract.Partial {
		s.page.State, s.page.Why = archive.Cut, s.article.Why
	}
}

// head is the page's latest version.
func (s *step) head() (archive.Version, error) {
	return s.tx.Version(archive.VersionID{Page: s.page.Key, N: s.page.Head})
}

// last finds the page's latest earlier sighting whose outcome is one of these.
func (s *step) last(outcomes map[archive.Outcome]bool) (archive.Sighting, error) {
	list, err := s.tx.Sightings(s.page.Key)
	if err == nil && s.capture.Page != s.page.Key {
		var more []archive.Sighting
		more, err = s.tx.Sightings(s.capture.Page)
		list = append(list, more...)
		slices.SortFunc(list, func(a, b archive.Sighting) int { return cmp.Compare(a.Seq, b.Seq) })
	}
	if err != nil {
		return archive.Sighting{}, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Seq < s.capture.Seq && outcomes[list[i].Outcome] {
			return list[i], nil
		}
	}
	return archive.Sighting{}, nil
}

// later keeps a time from going back when a capture comes in late.
func later(a, b time.Time) time.Time {
	if b.Before(a) {
		return a
	}
	return b
}
