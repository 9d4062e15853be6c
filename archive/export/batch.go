package export

import (
	"context"
	"errors"
	"fmt"

	"pressmark/archive"
	"pressmark/archive/warc"
	"pressmark/extract/urlkey"
)

// A batch is captures that are stored in one commit, in their order. No page
// comes twice in it, and nothing that refers to another of them.
type batch struct {
	list  []pending
	size  int
	pages map[urlkey.Key]bool
	refs  map[name]bool // by which records may refer to them
}

// A pending is a capture on its way, and the record that it was.
type pending struct {
	capture archive.Capture
	rec     *warc.Record
	what    name
	ours    bool
	lane    *lane
}

const (
	batchCaptures = 200
	batchBytes    = 8 << 20
)

func (b *batch) add(p pending) {
	if b.pages == nil {
		b.pages, b.refs = map[urlkey.Key]bool{}, map[name]bool{}
	}
	b.list = append(b.list, p)
	b.size += len(p.capture.Body)
	b.pages[p.capture.Page] = true
	for _, n := range namesOf(p.rec) {
		b.refs[n] = true
	}
}

func (b *batch) full() bool { return len(b.list) >= batchCaptures || b.size >= batchBytes }

// concerns reports whether a record may repeat one of the batch: that it names,
// or the last of its page.
func (b *batch) concerns(rec *warc.Record) bool {
	if rec.Type() != warc.TypeRevisit || len(b.list) == 0 {
		return false
	}
	if page, err := urlkey.Of(rec.URL()); err != nil || b.pages[page] {
		return true
	}
	for _, n := range referredTo(rec) {
		if b.refs[n] {
			return true
		}
	}
	return false
}

// flush stores the batch. Where one of it is refused, the others are not.
func (im *importer) flush(ctx context.Context) error {
	list := im.batch.list
	im.batch = batch{}
	captures := make([]archive.Capture, len(list))
	for i, p := range list {
		captures[i] = p.capture
	}
	kept, err := im.store.AppendAll(ctx, captures)
	if err == nil {
		for i, p := range list {
			im.kept(p, kept[i].Seq)
		}
		return nil
	}
	if !errors.Is(err, archive.ErrTooLarge) && !errors.Is(err, archive.ErrTakenDown) {
		return fmt.Errorf("import %s: %w", list[0].lane.name, err)
	}
	for _, p := range list {
		c, err := im.store.Append(ctx, p.capture)
		switch {
		case errors.Is(err, archive.ErrTooLarge):
			im.problem(p.lane, err)
		case errors.Is(err, archive.ErrTakenDown):
			im.pass("taken down in this archive")
		case err != nil:
			return fmt.Errorf("import %s: %w", p.lane.name, err)
		default:
			im.kept(p, c.Seq)
		}
	}
	return nil
}

func (im *importer) kept(p pending, seq archive.Seq) {
	im.n.Captures++
	im.known.add(p.what, seq, p.ours)
	im.known.note(p.rec, seq)
}
