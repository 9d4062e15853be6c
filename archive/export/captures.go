package export

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"slices"
	"time"

	"pressmark/archive"
	"pressmark/extract/urlkey"
)

// captures gives the captures that a filter chooses, without bodies, in the
// order in which they came, and with them those whose bodies they repeat: what
// is taken out can be read without the archive. Damage is given as an error.
func captures(ctx context.Context, store *archive.Store, f archive.Filter) iter.Seq2[archive.Capture, error] {
	return func(yield func(archive.Capture, error) bool) {
		repeated := map[archive.Seq]bool{}
		if narrow(f) {
			var err error
			if repeated, err = repeatedBy(ctx, store, f); err != nil {
				yield(archive.Capture{}, err)
				return
			}
		}
		chosen := 0
		for c, err := range candidates(ctx, store, f, repeated) {
			if err == nil {
				full := f.Limit > 0 && chosen == f.Limit
				if full && len(repeated) == 0 {
					return
				}
				switch {
				case !full && chooses(f, c):
					chosen++
				case !repeated[c.Seq]:
					continue
				}
				delete(repeated, c.Seq)
			} else if narrow(f) && errors.Is(err, archive.ErrDamaged) && f.Limit > 0 && chosen == f.Limit {
				continue // it is behind what was asked for
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

// candidates are the captures among which all are that a filter chooses and all
// that these repeat, in the order in which they came: of one page only its own,
// and those of other pages whose bodies they repeat.
func candidates(ctx context.Context, store *archive.Store, f archive.Filter, repeated map[archive.Seq]bool) iter.Seq2[archive.Capture, error] {
	if f.Page == "" {
		return store.Captures(ctx, 0)
	}
	others := slices.Sorted(maps.Keys(repeated))
	return func(yield func(archive.Capture, error) bool) {
		for c, err := range store.CapturesOf(ctx, f.Page) {
			for err == nil && len(others) > 0 && others[0] <= c.Seq {
				if others[0] < c.Seq && !yield(store.CaptureHead(others[0])) {
					return
				}
				others = others[1:]
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func narrow(f archive.Filter) bool {
	return f.Site != "" || f.Page != "" || !f.Since.IsZero() || !f.Until.IsZero() || f.Limit > 0
}

// chooses reports whether a filter takes a capture.
func chooses(f archive.Filter, c archive.Capture) bool {
	return (f.Site == "" || c.Site == f.Site) && (f.Page == "" || c.Page == f.Page) && within(f, c.FetchedAt)
}

// within reports whether a moment is in a filter's span.
func within(f archive.Filter, t time.Time) bool {
	return (f.Since.IsZero() || t.After(f.Since)) && (f.Until.IsZero() || !t.After(f.Until))
}

// repeatedBy are the captures that the chosen ones repeat and that are not
// chosen themselves: the one that holds the body and, for a 304, the page's
// last good answer, which an import goes by.
func repeatedBy(ctx context.Context, store *archive.Store, f archive.Filter) (map[archive.Seq]bool, error) {
	repeated := map[archive.Seq]bool{}
	good := map[[16]byte]archive.Seq{} // by page, where it is not chosen
	chosen := 0
	for c, err := range candidates(ctx, store, f, nil) {
		if errors.Is(err, archive.ErrDamaged) {
			continue // told in the second walk
		}
		if err != nil {
			return nil, err
		}
		page := pageHash(c.Page)
		answered := c.Status >= 200 && c.Status <= 299
		if !chooses(f, c) {
			if answered {
				good[page] = c.Seq
			}
			continue
		}
		if c.RevisitOf != 0 {
			repeated[c.RevisitOf] = true
		}
		if last, ok := good[page]; ok && c.Status == http.StatusNotModified {
			repeated[last] = true
			head, err := store.CaptureHead(last)
			if err == nil && head.RevisitOf != 0 {
				repeated[head.RevisitOf] = true
			} else if err != nil && !errors.Is(err, archive.ErrDamaged) {
				return nil, fmt.Errorf("export: %w", err)
			}
		}
		if answered {
			delete(good, page)
		}
		if chosen++; chosen == f.Limit {
			break
		}
	}
	return repeated, nil
}

func pageHash(k urlkey.Key) [16]byte {
	h := sha256.Sum256([]byte(k))
	return [16]byte(h[:16])
}
