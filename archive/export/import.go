package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"pressmark/archive"
	"pressmark/archive/warc"
)

// A File is a WARC file that is imported.
type File struct {
	Name string
	In   io.Reader
}

// ImportOptions say how captures come in.
type ImportOptions struct {
	// Site names the site of a page whose record does not say it.
	Site func(url string) string
	// Late takes also what is older than the archive's latest capture of its page.
	Late bool
	// Problem is told of a record that can't be taken in, and of a place that
	// can't be read; the rest goes on.
	Problem func(error)
	// Seen is called after each record of a page.
	Seen func(Imported)
}

// Imported counts what became of an import's records.
type Imported struct {
	Captures int            // taken into the archive
	Known    int            // there already
	Older    int            // left out: older than what the archive has of their pages
	Bad      int            // damaged, or not to be understood
	Passed   map[string]int // left out, being no captures of pages, by what they are
}

// Pages is how many records were captures of pages.
func (n Imported) Pages() int { return n.Captures + n.Known + n.Older }

// Import takes the pages of WARC files into an archive: of several files the
// earliest capture first, of each in its order. What the archive has already is
// passed over, so that an import that was cut off can be repeated; a record
// that is damaged is told of and stops nobody. Nothing is concluded yet.
//
// Of files that Export wrote, all captures come in as they were. Of other
// files, those do that show what became of a page: an HTML page with status
// 2xx, 404 or 410, and what says that a page has not changed.
func Import(ctx context.Context, store *archive.Store, files []File, o ImportOptions) (Imported, error) {
	im := &importer{store: store, o: o, n: Imported{Passed: map[string]int{}}, written: map[name]bool{}}
	var err error
	if im.known, err = knownOf(ctx, store); err != nil {
		return im.n, fmt.Errorf("import: %w", err)
	}
	lanes := make([]*lane, len(files))
	for i, f := range files {
		lanes[i] = &lane{name: f.Name, r: warc.NewReader(f.In)}
		if err := im.advance(ctx, lanes[i]); err != nil {
			return im.n, err
		}
		if i > 0 && lanes[i].part > 1 && lanes[i].part == lanes[i-1].part+1 {
			lanes[i].after = lanes[i-1]
		}
	}
	for {
		var first *lane
		for _, l := range lanes {
			if l.rec != nil && !l.waits() && (first == nil || l.before(first)) {
				first = l
			}
		}
		if first == nil {
			return im.n, im.flush(ctx)
		}
		if err := im.take(ctx, first); err != nil {
			return im.n, err
		}
		if err := im.advance(ctx, first); err != nil {
			return im.n, err
		}
	}
}

// A lane is a file that is being read, with the record that comes next.
type lane struct {
	name  string
	r     *warc.Reader
	rec   *warc.Record // nil at the end
	at    time.Time
	part  int   // of an export of ours
	after *lane // the part before it
}

// waits reports whether a part before this one is not at its end.
func (l *lane) waits() bool {
	if l.after != nil && l.after.rec == nil && !l.after.waits() {
		l.after = nil
	}
	return l.after != nil
}

// before reports whether a lane's record comes before another's: by its date,
// and what is repeated before what repeats it.
func (l *lane) before(m *lane) bool {
	if l.at.Equal(m.at) {
		return l.rec.Type() != warc.TypeRevisit && m.rec.Type() == warc.TypeRevisit
	}
	return l.at.Before(m.at)
}

type importer struct {
	store   *archive.Store
	o       ImportOptions
	n       Imported
	known   *known
	written map[name]bool // our own records that came by
	batch   batch
}

func (im *importer) problem(l *lane, err error) {
	im.n.Bad++
	im.o.Problem(fmt.Errorf("%s: %w", l.name, err))
}

// advance goes on to a lane's next answer.
func (im *importer) advance(ctx context.Context, l *lane) error {
	for l.rec = nil; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, err := l.r.Next()
		var bad *warc.Damage
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &bad):
			im.problem(l, err)
			continue
		case err != nil:
			return fmt.Errorf("import %s: %w", l.name, err)
		}
		kind := rec.Type()
		switch {
		case kind == "warcinfo":
			l.part, _ = strconv.Atoi(rec.Header.Get(fieldPart))
			continue
		case kind == warc.TypeConversion && rec.Header.Get(fieldCapture) != "": // what scripts made of a page
		case kind != warc.TypeResponse && kind != warc.TypeRevisit:
			im.pass(kind)
			continue
		}
		if rec.Date().IsZero() {
			im.problem(l, fmt.Errorf("%s at %s does not say when it was captured", rec.URL(), rec.Position))
			continue
		}
		l.rec, l.at = rec, rec.Date()
		return nil
	}
}

func (im *importer) pass(why string) { im.n.Passed[why]++ }

// take takes a lane's record into the archive. Its error is the archive's, or a
// file's that can't be read on.
func (im *importer) take(ctx context.Context, l *lane) error {
	if im.batch.concerns(l.rec) {
		if err := im.flush(ctx); err != nil {
			return err
		}
	}
	c, why, err := im.read(l.rec)
	var bad *unfit
	switch {
	case errors.As(err, &bad):
		im.problem(l, fmt.Errorf("%s at %s: %w", l.rec.URL(), l.rec.Position, bad.error))
		return nil
	case err != nil:
		return fmt.Errorf("import %s: %w", l.name, err)
	case why != "":
		im.known.note(l.rec, 0)
		im.pass(why)
		return nil
	}
	if err := im.keep(ctx, l, c); err != nil {
		return err
	}
	if im.o.Seen != nil {
		im.o.Seen(im.n)
	}
	return nil
}

// An unfit is a record that can't be taken in, while the others can.
type unfit struct{ error }

// keep puts a capture among those that are stored next, unless it is there or
// comes too late.
func (im *importer) keep(ctx context.Context, l *lane, c archive.Capture) error {
	if im.batch.pages[c.Page] { // what comes next of a page relies on what came before
		if err := im.flush(ctx); err != nil {
			return err
		}
	}
	what := captureName(c)
	ours := l.rec.Header.Get(fieldCapture) != ""
	again := false // the same file twice, or a copy of it
	if ours {
		record := nameOf("record", l.rec.Header.Get("WARC-Record-ID"), string(what[:]))
		again, im.written[record] = im.written[record], true
	}
	if seq, there := im.known.take(what, ours && !again); there || again {
		im.n.Known++
		if seq != 0 {
			im.known.note(l.rec, seq)
		}
		return nil
	}
	last, found, err := im.store.LastCapture(c.Page)
	if err = unlessLost(err); err != nil {
		return fmt.Errorf("import %s: %w", l.name, err)
	}
	// What these files themselves have in another order came so when it was fetched.
	if found && c.FetchedAt.Before(last.FetchedAt) && !im.known.met(last) && !im.o.Late {
		im.n.Older++
		im.known.note(l.rec, 0)
		return nil
	}
	im.batch.add(pending{capture: c, rec: l.rec, what: what, ours: ours, lane: l})
	if im.batch.full() {
		return im.flush(ctx)
	}
	return nil
}
