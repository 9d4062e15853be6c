// Package export takes an archive's articles out in forms that other programs
// read. The same archive and the same filter give the same bytes.
package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/dedup"
)

// Which of a page's versions are taken out.
const (
	Latest = "latest"
	First  = "first"
	All    = "all"
)

// Options say what to take out.
type Options struct {
	Filter   archive.Filter
	Versions string // Latest, First or All; "" means Latest
}

// A Record is one version of an article as JSON. Its fields are stable.
type Record struct {
	ID    string `json:"id"` // of the page: 16 hexadecimal digits of its key's SHA-256
	URL   string `json:"url"`
	Final string `json:"final"` // the URL that answered
	Site  string `json:"site"`
	extract.Form
	Version   int            `json:"version"` // from 1
	FirstSeen time.Time      `json:"first_seen"`
	LastSeen  time.Time      `json:"last_seen"`
	Captured  time.Time      `json:"captured"` // when the bytes behind Digest were fetched
	Digest    string         `json:"digest"`   // SHA-256 of the page's body in which the version was first seen; "" when that was taken down
	Story     string         `json:"story"`
	Relation  dedup.Relation `json:"relation"` // to the story's first copy
	Extractor string         `json:"extractor"`
}

// RecordOf makes the record of a version.
func RecordOf(store *archive.Store, v archive.Version) (Record, error) {
	r := Record{
		ID: v.ID.Page.ID(), URL: v.URL, Site: v.Site, Form: v.Article.Form(),
		Version: v.ID.N, FirstSeen: v.FirstSeen.UTC(), LastSeen: v.LastSeen.UTC(),
		Story: string(v.Story), Relation: dedup.Original, Extractor: v.Extractor,
	}
	c, err := store.CaptureHead(v.First)
	if errors.Is(err, archive.ErrNoSuch) { // the version says that there is one
		err = fmt.Errorf("%w: %v", archive.ErrDamaged, err)
	}
	if err != nil {
		return r, fmt.Errorf("export %s: %w", v.ID, err)
	}
	r.Final, r.Captured = c.Final, c.FetchedAt.UTC()
	if c.Digest != (archive.Digest{}) { // that of a body that was taken down is not kept
		r.Digest = c.Digest.String()
	}
	err = store.View(func(tx *archive.Tx) error {
		s, err := tx.Story(v.Story)
		if err != nil {
			return err
		}
		for _, m := range s.Members {
			if m.Version == v.ID {
				r.Relation = m.Relation
			}
		}
		return nil
	})
	if err != nil {
		return r, fmt.Errorf("export %s: %w", v.ID, err)
	}
	return r, nil
}

// each gives the versions that the options name, by page and number, to f, and
// returns how many f took. What is damaged is left out and told of at the end:
// the rest of an archive can be taken out when a part of it is lost.
func each(ctx context.Context, store *archive.Store, o Options, f func(archive.Version) error) (n int, err error) {
	var lost losses
	filter, articles := o.Filter, 0
	filter.Limit, filter.Since, filter.Until = 0, time.Time{}, time.Time{} // of articles, not of pages that may show none
	for p, err := range store.Pages(ctx, filter) {
		if lost.note(err) {
			continue
		}
		if err != nil {
			return n, err
		}
		if o.Filter.Limit > 0 && articles == o.Filter.Limit {
			break
		}
		chosen, err := o.chosen(store, p)
		if lost.note(err) || err == nil && !chosen {
			continue
		}
		if err != nil {
			return n, err
		}
		articles++
		for _, number := range numbers(p.Head, o.Versions) {
			var v archive.Version
			err := store.View(func(tx *archive.Tx) (err error) {
				v, err = tx.Version(archive.VersionID{Page: p.Key, N: number})
				return err
			})
			if err == nil {
				err = f(v)
			}
			if lost.note(err) {
				continue
			}
			if err != nil {
				return n, err
			}
			n++
		}
	}
	return n, lost.err()
}

// chosen reports whether a page's article was first seen in the filter's span.
// The page may have been known before, behind a wall.
func (o Options) chosen(store *archive.Store, p archive.Page) (bool, error) {
	if p.Head == 0 || o.Filter.Since.IsZero() && o.Filter.Until.IsZero() {
		return p.Head > 0, nil
	}
	var first archive.Version
	err := store.View(func(tx *archive.Tx) (err error) {
		first, err = tx.Brief(archive.VersionID{Page: p.Key, N: 1})
		return err
	})
	return within(o.Filter, first.FirstSeen), err
}

// losses are the damaged records that an export met.
type losses struct {
	first []error
	n     int
}

// maxTold is how many losses an error tells of one by one.
const maxTold = 10

// note takes up an error that means damage; other errors are the caller's.
func (l *losses) note(err error) bool {
	if !errors.Is(err, archive.ErrDamaged) {
		return false
	}
	if l.n++; len(l.first) < maxTold {
		l.first = append(l.first, err)
	}
	return true
}

func (l *losses) err() error {
	if l.n > maxTold {
		l.first = append(l.first, fmt.Errorf("and %d more", l.n-maxTold))
	}
	return errors.Join(l.first...)
}

// numbers are the version numbers to take out of a page with head versions.
func numbers(head int, which string) []int {
	switch {
	case head == 0:
		return nil
	case which == First:
		return []int{1}
	case which == All:
		list := make([]int, head)
		for i := range list {
			list[i] = i + 1
		}
		return list
	}
	return []int{head}
}

// A Tombstone is a line of JSONL that says that an article was taken down. It
// stands behind the articles, and has no text.
type Tombstone struct {
	ID        string    `json:"id"` // of the page
	URL       string    `json:"url"`
	Site      string    `json:"site"`
	Version   int       `json:"version,omitempty"` // 0: the whole page
	TakenDown time.Time `json:"taken_down"`
	Reason    string    `json:"reason"`
}

// JSONL writes one Record a line, and returns how many, and then one Tombstone
// a line for what was taken down of what the filter speaks of.
func JSONL(ctx context.Context, w io.Writer, store *archive.Store, o Options, encode func(io.Writer, any) error) (int, error) {
	n, lost := each(ctx, store, o, func(v archive.Version) error {
		r, err := RecordOf(store, v)
		if err != nil {
			return err
		}
		return encode(w, r)
	})
	if lost != nil && !errors.Is(lost, archive.ErrDamaged) || o.Filter.Limit > 0 {
		return n, lost
	}
	f := o.Filter
	for t, err := range store.Tombstones(ctx) {
		if err == nil && (f.Site == "" || t.Site == f.Site) && within(f, t.At) {
			err = encode(w, Tombstone{t.Page.ID(), t.URL, t.Site, t.Version, t.At.UTC(), t.Reason})
		}
		if lost = errors.Join(lost, err); err != nil && !errors.Is(err, archive.ErrDamaged) {
			return n, lost
		}
	}
	return n, lost
}
