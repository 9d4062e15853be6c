// Package export takes an archive's articles out in forms that other programs
// read. The same archive and the same filter give the same bytes.
package export

import (
	"context"
	"fmt"
	"io"
	"iter"
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
	Digest    string         `json:"digest"`   // SHA-256 of the page's body in which the version was first seen
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
	if err != nil {
		return r, fmt.Errorf("export %s: %w", v.ID, err)
	}
	r.Final, r.Captured, r.Digest = c.Final, c.FetchedAt.UTC(), c.Digest.String()
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

// each yields the versions that the options name, by page and number.
func each(ctx context.Context, store *archive.Store, o Options) iter.Seq2[archive.Version, error] {
	return func(yield func(archive.Version, error) bool) {
		for p, err := range store.Pages(ctx, o.Filter) {
			if err != nil {
				yield(archive.Version{}, err)
				return
			}
			for _, n := range numbers(p.Head, o.Versions) {
				var v archive.Version
				err := store.View(func(tx *archive.Tx) (err error) {
					v, err = tx.Version(archive.VersionID{Page: p.Key, N: n})
					return err
				})
				if !yield(v, err) {
					return
				}
			}
		}
	}
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

// JSONL writes one Record a line and returns how many.
func JSONL(ctx context.Context, w io.Writer, store *archive.Store, o Options, encode func(io.Writer, any) error) (int, error) {
	n := 0
	for v, err := range each(ctx, store, o) {
		if err != nil {
			return n, err
		}
		r, err := RecordOf(store, v)
		if err != nil {
			return n, err
		}
		if err := encode(w, r); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
