package archive

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// Merged is the relation of a page that stands in a story because a person said
// so, and not for its text.
const Merged dedup.Relation = "merged"

// A DecisionKind says what a person decided about some pages.
type DecisionKind string

// What a person may decide.
const (
	Split DecisionKind = "split" // Pages don't tell the story of From
	Merge DecisionKind = "merge" // Pages tell one story
)

// A Decision is what a person said about stories. It is a fact: conclusions that
// are drawn anew come to what it says. Of two decisions about the same pair of
// pages the newer one counts.
type Decision struct {
	ID       uint64 // PutDecision fills it; newer ones have higher numbers
	Kind     DecisionKind
	Pages    []urlkey.Key // of a split those that left, of a merge all
	From     []urlkey.Key // of a split those that they left
	By       string       // who decided
	At       time.Time
	Why      string
	Undone   time.Time // when it was taken back; zero while it counts
	UndoneBy string
}

// Evidence says of a page that it stands where it does for the decision, in
// words for people.
func (d *Decision) Evidence() string {
	s := map[DecisionKind]string{Split: "split off by hand: ", Merge: "merged by hand: "}[d.Kind] + d.By + ", " + d.At.UTC().Format("2006-01-02 15:04 UTC")
	if d.Why != "" {
		s += ": " + d.Why
	}
	return s
}

// All are the pages that the decision is about.
func (d *Decision) All() []urlkey.Key { return slices.Concat(d.Pages, d.From) }

// Pairs gives the pages of which it is decided how they stand to this one.
func (d *Decision) Pairs(page urlkey.Key) []urlkey.Key {
	in := slices.Contains(d.Pages, page)
	switch {
	case d.Kind == Merge && in:
		return slices.DeleteFunc(slices.Clone(d.Pages), func(p urlkey.Key) bool { return p == page })
	case d.Kind == Split && in:
		return d.From
	case d.Kind == Split && slices.Contains(d.From, page):
		return d.Pages
	}
	return nil
}

// Beside gives the pages that stayed with this one when a story was split: it
// is not said that they belong together, but nor that they part.
func (d *Decision) Beside(page urlkey.Key) []urlkey.Key {
	for _, side := range [][]urlkey.Key{d.Pages, d.From} {
		if d.Kind == Split && slices.Contains(side, page) {
			return side
		}
	}
	return nil
}

// says reports whether there is anything left that is decided.
func (d *Decision) says() bool {
	return d.Kind == Merge && len(d.Pages) > 1 || d.Kind == Split && len(d.Pages) > 0 && len(d.From) > 0
}

// maxNote is how many bytes the words of a decision may have: they stand beside
// every page that was merged by it.
const maxNote = 4096

const decisionVersion = 1

func (d *Decision) record() []byte {
	w := newRecord(decisionVersion)
	w.text(1, string(d.Kind))
	for _, p := range d.Pages {
		w.element(2, string(p))
	}
	for _, p := range d.From {
		w.element(3, string(p))
	}
	w.text(4, d.By)
	w.time(5, d.At)
	w.text(6, d.Why)
	w.time(7, d.Undone)
	w.text(8, d.UndoneBy)
	return w.b
}

func readDecision(id uint64, b []byte) (Decision, error) {
	d := Decision{ID: id}
	err := readRecord(b, decisionVersion, func(field int, v value) error {
		switch field {
		case 1:
			d.Kind = DecisionKind(v.text())
		case 2:
			d.Pages = append(d.Pages, urlkey.Key(v.text()))
		case 3:
			d.From = append(d.From, urlkey.Key(v.text()))
		case 4:
			d.By = v.text()
		case 5:
			d.At = v.time()
		case 6:
			d.Why = v.text()
		case 7:
			d.Undone = v.time()
		case 8:
			d.UndoneBy = v.text()
		}
		return nil
	})
	if err == nil && !d.says() {
		err = fmt.Errorf("%w: a decision %q about %d and %d pages", errRecord, d.Kind, len(d.Pages), len(d.From))
	}
	return d, err
}

// Decision gives a decision. ErrNoSuch.
func (tx *Tx) Decision(id uint64) (Decision, error) {
	content, found, err := tx.content(bucketDecisions, number(id), kindDecision, nil)
	if err == nil && !found {
		err = fmt.Errorf("decision %d: %w", id, ErrNoSuch)
	}
	if err != nil {
		return Decision{}, err
	}
	d, err := readDecision(id, content)
	if err != nil {
		return Decision{}, fmt.Errorf("decision %d: %w", id, damaged(err))
	}
	return d, nil
}

// Decisions gives what was decided about a page, oldest first, with what was
// taken back. A decision that can't be read decides nothing: Verify names it.
func (tx *Tx) Decisions(key urlkey.Key) ([]Decision, error) {
	if err := tx.loadState(); err != nil || tx.state.rows[bucketDecisions] == 0 {
		return nil, err
	}
	page, err := tx.pageNumber(key)
	if err != nil || page == 0 {
		return nil, err
	}
	ids, err := tx.decisionsOf(page)
	var list []Decision
	for _, id := range ids {
		d, err := tx.Decision(id)
		if unreadable(err) || errors.Is(err, ErrNoSuch) {
			tx.s.o.Log.Warn("a decision about a story is damaged, and not kept to", "error", err)
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, err
}

// Decisions gives all decisions, oldest first, with those that were taken back.
// One that can't be read is given as an error, and the next ones follow.
func (s *Store) Decisions(ctx context.Context) iter.Seq2[Decision, error] {
	return scan(ctx, s, scanOf[Decision]{bucket: bucketDecisions, read: func(tx *Tx, key, v []byte) (Decision, bool, error) {
		content, err := tx.unframe(key, v, kindDecision, nil)
		if err != nil {
			return Decision{}, false, err
		}
		d, err := readDecision(numberOf(key), content)
		return d, true, err
	}})
}

// PutDecision stores a decision; one without ID gets one. ErrNoSuch when it is
// about a page that the archive does not know.
func (tx *Tx) PutDecision(d *Decision) error {
	if !tx.b.Writable() {
		return errView
	}
	if err := tx.putDecision(d); err != nil {
		return fmt.Errorf("put decision: %w", err)
	}
	return nil
}

func (tx *Tx) putDecision(d *Decision) error {
	all := d.All()
	slices.Sort(all)
	switch {
	case !d.says():
		return errors.New("it decides nothing")
	case len(slices.Compact(all)) < len(d.Pages)+len(d.From):
		return errors.New("it names a page twice")
	case len(d.By)+len(d.Why)+len(d.UndoneBy) > maxNote:
		return fmt.Errorf("%w: %d bytes of words", ErrTooLarge, len(d.By)+len(d.Why)+len(d.UndoneBy))
	}
	if d.ID == 0 {
		if err := tx.access(func() (err error) {
			d.ID, err = tx.bucket(bucketDecisions).NextSequence()
			return err
		}); err != nil {
			return err
		}
	}
	for _, key := range d.All() {
		page, err := tx.pageNumber(key)
		if err == nil && page == 0 {
			err = fmt.Errorf("page %s: %w", key, ErrNoSuch)
		}
		if err == nil {
			err = tx.put(bucketDecision, numbers(page, d.ID), []byte{})
		}
		if err != nil {
			return err
		}
	}
	return tx.record(bucketDecisions, number(d.ID), kindDecision, d.record())
}
