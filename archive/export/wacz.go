package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/archive/warc"
	"pressmark/extract/urlkey"
)

// An Index is a CDXJ index in the making. It is kept in memory until it is
// sorted, some 400 bytes a capture.
type Index struct{ lines [][]byte }

// Add adds a capture's line.
func (x *Index) Add(e warc.Entry) error {
	if e.Derived {
		return nil
	}
	line, err := e.MarshalText()
	if err == nil {
		x.lines = append(x.lines, line)
	}
	return err
}

// Lines are the index's lines in the order of their bytes.
func (x *Index) Lines() [][]byte {
	slices.SortStableFunc(x.lines, bytes.Compare)
	return x.lines
}

// WriteTo writes the index.
func (x *Index) WriteTo(w io.Writer) (n int64, err error) {
	for _, line := range x.Lines() {
		m, err := w.Write(line)
		if n += int64(m); err != nil {
			return n, err
		}
	}
	return n, nil
}

// WACZ writes captures as a WACZ file and returns how many. Name, Zip and Wrote
// of the options are its own business.
func WACZ(ctx context.Context, w io.Writer, store *archive.Store, o WARCOptions) (int, error) {
	var index Index
	var created time.Time
	begin := beginnings{at: map[[16]byte]int{}}
	o.Zip = true
	o.Name = func(part int) string { return fmt.Sprintf("archive/data-%05d.warc.gz", part) }
	o.Wrote = func(c archive.Capture, e warc.Entry) error {
		e.File = strings.TrimPrefix(e.File, "archive/")
		created = later(created, c.FetchedAt)
		if !e.Derived {
			begin.note(c, e)
		}
		return index.Add(e)
	}
	p := warc.NewPackage(w)
	n, lost := WARC(ctx, p, store, o)
	if lost != nil && !errors.Is(lost, archive.ErrDamaged) {
		return n, lost
	}
	err := p.Index(index.Lines())
	if err == nil {
		err = p.Pages(begin.pages(store))
	}
	if err == nil {
		err = p.Close(created)
	}
	return n, errors.Join(lost, err)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// The beginnings are the pages of a package, by their last good answer.
type beginnings struct {
	list []beginning
	at   map[[16]byte]int
}

type beginning struct {
	key  urlkey.Key
	page warc.Page
}

func (b *beginnings) note(c archive.Capture, e warc.Entry) {
	if c.Status < 200 || c.Status > 299 || !strings.Contains(warc.MediaType(c.Header), "html") {
		return
	}
	x := beginning{c.Page, warc.Page{ID: c.Page.ID(), URL: e.URL, Time: c.FetchedAt.UTC().Format(time.RFC3339)}}
	h := pageHash(c.Page)
	if i, ok := b.at[h]; ok {
		b.list[i] = x
		return
	}
	b.at[h] = len(b.list)
	b.list = append(b.list, x)
}

// pages gives the pages with the headlines of their latest versions.
func (b *beginnings) pages(store *archive.Store) func(func(warc.Page, error) bool) {
	return func(yield func(warc.Page, error) bool) {
		for _, x := range b.list {
			err := store.View(func(tx *archive.Tx) error {
				page, known, err := tx.Page(x.key)
				if err != nil || !known || page.Head == 0 {
					return err
				}
				v, err := tx.Version(archive.VersionID{Page: x.key, N: page.Head})
				x.page.Title = v.Article.Title
				return err
			})
			if errors.Is(err, archive.ErrDamaged) {
				err = nil // a page without a headline
			}
			if !yield(x.page, err) {
				return
			}
		}
	}
}
