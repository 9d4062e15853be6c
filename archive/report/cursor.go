package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"pressmark/archive"
)

// The cursors of reports stand in the archive with those of its other
// followers, two to a name, which are written in one transaction:
//
//	report/NAME    the last change in the journal that was told
//	reported/NAME  when that was, in seconds
const (
	cursorAt   = "report/"
	cursorTime = archive.ClockCursor
)

// A Cursor is how far somebody has been told.
type Cursor struct {
	Name string
	At   archive.Seq // the last change that was told; 0: none yet
	Told time.Time   // when; none: never
}

// ErrCursorName says that a cursor can't be called so.
var ErrCursorName = errors.New("not the name of a cursor")

// CheckCursorName says what is wrong with the name of a cursor.
func CheckCursorName(name string) error {
	if name == "" || len(name) > 150 || strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) }) {
		return fmt.Errorf("%w: %q: write 1 to 150 letters", ErrCursorName, name)
	}
	return nil
}

// ReadCursor gives a cursor; one that was never moved has only its name.
func ReadCursor(store *archive.Store, name string) (Cursor, error) {
	c := Cursor{Name: name}
	if err := CheckCursorName(name); err != nil {
		return c, err
	}
	err := store.View(func(tx *archive.Tx) (err error) {
		if c.At, err = tx.Cursor(cursorAt + name); err != nil {
			return err
		}
		told, err := tx.Cursor(cursorTime + name)
		if told > 0 {
			c.Told = time.Unix(int64(told), 0).UTC()
		}
		return err
	})
	return c, err
}

// Move notes how far a report told, when it has reached who it is for. When two
// were made at once the cursor never goes back.
func (c Cursor) Move(ctx context.Context, store *archive.Store, r *Report) error {
	err := store.Update(ctx, func(tx *archive.Tx) error {
		at, err := tx.Cursor(cursorAt + c.Name)
		if err != nil {
			return err
		}
		if at = max(at, r.upTo); at > 0 {
			if err := tx.SetCursor(cursorAt+c.Name, at); err != nil {
				return err
			}
		}
		told, err := tx.Cursor(cursorTime + c.Name)
		if err != nil {
			return err
		}
		return tx.SetCursor(cursorTime+c.Name, max(told, archive.Seq(r.Until.Unix())))
	})
	if err != nil {
		return fmt.Errorf("move cursor %s: %w", c.Name, err)
	}
	return nil
}

// Cursors lists the cursors, by name.
func Cursors(store *archive.Store) (list []Cursor, err error) {
	var names []string
	if err := store.View(func(tx *archive.Tx) (err error) {
		names, err = tx.CursorNames(cursorTime)
		return err
	}); err != nil {
		return nil, err
	}
	for _, name := range names {
		c, err := ReadCursor(store, strings.TrimPrefix(name, cursorTime))
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// ResetCursor forgets a cursor: the next report by it tells of everything.
func ResetCursor(ctx context.Context, store *archive.Store, name string) error {
	err := store.Update(ctx, func(tx *archive.Tx) error {
		return errors.Join(tx.DropCursor(cursorAt+name), tx.DropCursor(cursorTime+name))
	})
	if err != nil {
		return fmt.Errorf("reset cursor %s: %w", name, err)
	}
	return nil
}

// ErrAnew says that the archive's conclusions are being drawn anew: what has
// been told, and what not, is known when that is done.
var ErrAnew = errors.New("what the captures show is being computed anew")

// fresh says where what a cursor has not been told begins: behind a place in
// the journal and, where reextract has concluded everything anew, and the
// places with it, after the moment at which it was told last.
func (c Cursor) fresh(ctx context.Context, store *archive.Store) (after archive.Seq, since time.Time, err error) {
	if c.At == 0 {
		return 0, time.Time{}, nil
	}
	for x, err := range store.Changes(ctx, archive.Filter{After: c.At - 1, Limit: 1}) {
		if err == nil && x.Seq == c.At {
			return c.At, time.Time{}, nil
		}
		if err != nil && !errors.Is(err, archive.ErrDamaged) {
			return 0, time.Time{}, err
		}
		break
	}
	var read archive.Seq
	if err := store.View(func(tx *archive.Tx) (err error) {
		read, err = tx.Cursor("ingest")
		return err
	}); err != nil {
		return 0, time.Time{}, err
	}
	for _, err := range store.Captures(ctx, read) {
		if err == nil || !errors.Is(err, archive.ErrDamaged) {
			return 0, time.Time{}, cmp.Or(err, ErrAnew)
		}
	}
	return c.At, c.Told, nil
}

// Begin has a new cursor tell only of what comes from now on.
func (c Cursor) Begin(ctx context.Context, store *archive.Store, now time.Time) error {
	last, err := lastChange(ctx, store)
	if err != nil {
		return err
	}
	return c.Move(ctx, store, &Report{Until: now, upTo: last})
}

// Idle reports whether nothing has come since the cursor was told, and then
// notes that it was so until now. It costs no look at the archive's pages.
func (c Cursor) Idle(ctx context.Context, store *archive.Store, now time.Time) (bool, error) {
	last, err := lastChange(ctx, store)
	if err != nil || last != c.At || c.Told.IsZero() { // a smaller one: all is being computed anew
		return false, err
	}
	return true, c.Move(ctx, store, &Report{Until: now, upTo: c.At})
}

// lastChange is the place of the last change in the journal; 0 when there is none.
func lastChange(ctx context.Context, store *archive.Store) (archive.Seq, error) {
	for x, err := range store.Changes(ctx, archive.Filter{Newest: true}) {
		if err == nil {
			return x.Seq, nil
		}
		if !errors.Is(err, archive.ErrDamaged) {
			return 0, err
		}
	}
	return 0, nil
}
