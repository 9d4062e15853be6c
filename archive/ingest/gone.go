package ingest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/change"
)

// confirm is how many looks must miss a page before it counts as withdrawn:
// one 404, one page that says "not found", one way to the home page can be an
// accident of the server, as a 410 hardly is.
const confirm = 2

// other handles a page that shows no article: it may say that there is none any more.
func (s *step) other() error {
	if s.page.Head > 0 {
		head, err := s.head()
		if err != nil {
			return err
		}
		if d := change.Compare(s.before(head), s.snapshot(s.article), nil); slices.Contains(d.Kinds, change.Unpublished) {
			return s.missing(vanished(d))
		}
	}
	s.note(archive.Nothing, archive.NoArticle, s.article.Why)
	return nil
}

// regrets handles a page in whose place stands, to the letter, a text that
// another page of the site showed, and nothing of its own: some servers answer
// so, with a 200, whatever they are asked for, for an hour or for good. It is
// no version of the page, nor proof that the page is gone.
func (s *step) regrets() (bool, error) {
	c := s.capture
	if c.RevisitOf == 0 || s.page.Head == 0 || c.Status >= 300 || !kept(s.article.Kind) {
		return false, nil
	}
	earlier, err := s.tx.Capture(c.RevisitOf)
	if errors.Is(err, archive.ErrNoSuch) || errors.Is(err, archive.ErrDamaged) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	owner, err := s.tx.Whose(earlier.Page)
	if err != nil || owner == s.page.Key || !s.own(earlier.Site, earlier.URL) {
		return false, err
	}
	head, err := s.head()
	if err != nil {
		return false, err
	}
	if same, err := alike(s.sketch, head.Sketch); same || err != nil {
		return false, err
	}
	s.note(archive.Nothing, archive.NoArticle, "the site shows the same page at "+earlier.URL)
	return true, nil
}

// vanished is why change.Compare took a page for gone.
func vanished(d change.Diff) string { return strings.TrimPrefix(d.Reason, "gone: ") }

// missing notes that the page seems not to be there.
func (s *step) missing(why string) error {
	s.page.Misses++
	if s.page.Misses < confirm && s.page.Head > 0 && s.page.State != archive.Withdrawn {
		s.sighting.Outcome = archive.Absent
		s.sighting.Why = why + ", to be seen again before it counts"
		return nil
	}
	return s.gone(why)
}

// gone notes that the page is not there, which is a change if it was.
func (s *step) gone(why string) error {
	s.sighting.Outcome, s.sighting.Why = archive.Absent, why
	if s.page.Head == 0 { // there was nothing to withdraw
		s.page.State, s.page.Why = archive.NoArticle, why
		return nil
	}
	was := s.page.State
	s.page.State, s.page.Why = archive.Withdrawn, why
	if was == archive.Withdrawn {
		return nil
	}
	s.sighting.Outcome = archive.Gone
	head, err := s.head()
	if err != nil {
		return err
	}
	return s.put(head, head.ID, head.LastSeen, change.Diff{
		Changed: true, Kinds: []change.Kind{change.Unpublished}, Grade: 3, Reason: why,
		Edits: []change.Edit{statusEdit(change.Unpublished, answer(http.StatusOK, ""), answer(status(s.capture), why))},
	})
}

// absence are the outcomes of a page that is not there.
var absence = map[archive.Outcome]bool{archive.Gone: true, archive.Absent: true}

// back notes that a page which was withdrawn is there again. That happened
// after the last look that missed it.
func (s *step) back(head archive.Version, to archive.VersionID, why string) error {
	gone, err := s.last(absence)
	if err != nil {
		return err
	}
	return s.put(head, to, later(head.LastSeen, gone.At), change.Diff{
		Changed: true, Kinds: []change.Kind{change.Restored}, Grade: 3, Reason: why,
		Edits: []change.Edit{s.cameBack(gone)},
	})
}

// returned adds to what was edited in a page that it was gone meanwhile.
func (s *step) returned(d change.Diff) (change.Diff, error) {
	gone, err := s.last(absence)
	if err != nil {
		return d, err
	}
	d.Kinds = append([]change.Kind{change.Restored}, d.Kinds...)
	d.Grade = 3
	d.Edits = append([]change.Edit{s.cameBack(gone)}, d.Edits...)
	d.Reason = strings.TrimSuffix("the page is there again with another text; "+d.Reason, "; ")
	return d, nil
}

func (s *step) cameBack(gone archive.Sighting) change.Edit {
	return statusEdit(change.Restored, answer(gone.Status, gone.Why), answer(status(s.capture), ""))
}

func statusEdit(k change.Kind, before, after string) change.Edit {
	return change.Edit{Where: "status", Block: -1, Op: change.Replace, Kinds: []change.Kind{k}, Before: before, After: after}
}

// answer is what the server said, such as "410 Gone"; a 200 that means
// something else says it in words.
func answer(status int, why string) string {
	s := strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))
	if status < 400 && why != "" {
		s += ", but " + why
	}
	return s
}

// put writes a change from head to a version; after is when the old was last seen.
func (s *step) put(head archive.Version, to archive.VersionID, after time.Time, d change.Diff) error {
	title := s.article.Title
	if s.article.Kind == extract.Other || title == "" {
		title = head.Article.Title
	}
	s.change = &archive.Change{
		From: head.ID, To: to, After: after, Before: later(after, s.capture.FetchedAt),
		Site: s.page.Site, URL: s.page.URL, Title: title, Run: s.capture.Run, Diff: d,
	}
	return s.tx.PutChange(s.change)
}
