package ingest

import (
	"errors"
	"fmt"
	"slices"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/dedup"
	"pressmark/extract/memory"
	"pressmark/extract/urlkey"
)

// A reading is a capture with what its page says, computed outside the transaction.
type reading struct {
	capture archive.Capture
	site    string     // whose memory it is read with
	page    urlkey.Key // whose history it belongs to, as far as was known when it was read
	stale   bool       // what was concluded since may have changed that
	known   bool       // the page has a version already
	repeat  int        // the version that the capture repeats to the letter; 0: article says
	article extract.Article
	sketch  dedup.Sketch
	stood   *extract.Article // the page's latest version as it was last seen, if that is not as it is stored
	lost    string           // why the bytes can't be had; "" when they can
	reader  string           // the extractor, with its filters

	memory *memory.Reading // what the article was read with
	before *memory.Reading // what stood was, or might have been, read with
}

// read extracts the article of a capture, unless the capture says only that
// the latest version still stands.
func (in *Ingester) read(r *reading) error {
	*r = reading{capture: r.capture, site: r.site, reader: in.reader}
	c := r.capture
	if err := in.view(func(tx *archive.Tx) (err error) {
		r.page, err = tx.Whose(c.Page)
		return err
	}); err != nil {
		return fmt.Errorf("capture %d: %w", c.Seq, err)
	}
	if !readable(c.Status) || nothingKept(c) {
		return nil
	}
	if c.RevisitOf != 0 && c.Status < 400 { // a page that says 404 is gone, whatever it shows
		n, err := in.standing(c, r.page)
		if err != nil {
			return fmt.Errorf("capture %d: %w", c.Seq, err)
		}
		if r.repeat = n; n > 0 {
			return nil
		}
	}
	whole, err := in.store.Capture(c.Seq)
	if errors.Is(err, archive.ErrDamaged) {
		in.o.Log.Warn("the bytes of a capture are damaged: it shows nothing", "capture", c.Seq, "url", c.URL, "error", err)
		r.lost = "the archive's copy of the answer is damaged"
		return nil
	}
	if errors.Is(err, archive.ErrErased) {
		r.lost = "the answer is no longer kept"
		return nil
	}
	if errors.Is(err, archive.ErrNoSuch) { // it was taken down since it was listed
		r.lost = "the answer is no longer there"
		return nil
	}
	if err != nil {
		return fmt.Errorf("capture %d: %w", c.Seq, err)
	}
	head, known, err := in.latest(r.page)
	if err != nil {
		return fmt.Errorf("capture %d: %w", c.Seq, err)
	}
	r.known = known
	r.article, r.memory = in.article(whole, r.site, known)
	if !kept(r.article.Kind) {
		return nil
	}
	r.sketch = dedup.NewSketch(text(r.article, whole.Site))
	if !known {
		return nil
	}
	if err := in.compare(r, head); err != nil {
		return fmt.Errorf("capture %d: %w", c.Seq, err)
	}
	return nil
}

// teaches reports whether the page will be taken for new, and so for one that
// tells of its site what was not known.
func (r *reading) teaches() bool { return r.memory != nil && !r.known && kept(r.article.Kind) }

func (in *Ingester) latest(page urlkey.Key) (head archive.Version, known bool, err error) {
	err = in.view(func(tx *archive.Tx) (err error) {
		head, known, err = tx.Latest(page)
		return err
	})
	return head, known, err
}

// standing gives the page's latest version if c repeats the bytes that showed
// it last, and 0 if they must be read.
func (in *Ingester) standing(c archive.Capture, of urlkey.Key) (int, error) {
	var head archive.Version
	if err := in.view(func(tx *archive.Tx) error {
		page, ok, err := tx.Page(of)
		if err != nil || !ok || page.Head == 0 || page.State != archive.Live && page.State != archive.Cut {
			return err
		}
		head, err = tx.Brief(archive.VersionID{Page: of, N: page.Head})
		return err
	}); err != nil || head.ID.N == 0 {
		return 0, err
	}
	last, err := in.store.CaptureHead(head.Last)
	switch {
	case errors.Is(err, archive.ErrDamaged) || err == nil && last.Digest != c.Digest:
		return 0, nil
	case err != nil:
		return 0, err
	}
	return head.ID.N, nil
}

// compare finds the article with which r is to be compared, when that is not
// the page's latest version as it is stored:
//
//   - A version that another extractor wrote, or the same with other filters, is
//     read anew, or the page would seem to be edited by our own update.
//   - So is one that was read when less was known of its site: a paragraph that
//     was found out to be furniture meanwhile was not deleted by the paper.
//   - A version's date of modification is of when it was first seen. A date
//     that went on while the text stood still must not pass for the word that
//     the paper gave about a later edit.
func (in *Ingester) compare(r *reading, head archive.Version) error {
	foreign := head.Extractor != in.reader
	redated := head.First != head.Last && !r.article.Modified.Equal(head.Article.Modified)
	differs := r.memory != nil && !slices.Equal(r.article.Blocks, head.Article.Blocks)
	if !foreign && !redated && !differs {
		return nil
	}
	last, err := in.store.Capture(head.Last)
	if errors.Is(err, archive.ErrDamaged) || errors.Is(err, archive.ErrErased) {
		return nil // what is stored will have to do
	}
	if err != nil {
		return err
	}
	seen, before := in.article(last, r.site, true)
	r.before = before
	remembered := differs && !slices.Equal(seen.Blocks, head.Article.Blocks) &&
		(before.Touched() || r.memory.Touched() || head.Article.Remembered())
	switch {
	case seen.Kind != head.Article.Kind:
	case foreign || remembered:
		r.stood = &seen
	case redated:
		stood := head.Article
		stood.Modified = seen.Modified
		r.stood = &stood
	}
	return nil
}

// article reads a capture with what is known of the site's pages; own says
// that this page was among those that taught it.
func (in *Ingester) article(c archive.Capture, site string, own bool) (extract.Article, *memory.Reading) {
	var m *memory.Reading
	if s := in.recall.now(site); s != nil {
		m = s.Read(own)
	}
	p := in.page(c)
	p.Memory = m
	if a, read, found := in.glances.take(p); found {
		return a, read
	}
	return extract.Extract(p), m
}

// page is what a capture's server sent, for an extractor without memory.
func (in *Ingester) page(c archive.Capture) extract.Page {
	return extract.Page{
		URL: c.URL, Final: c.Final, Status: status(c), ContentType: c.Header.Get("Content-Type"), Body: c.Body, Filters: in.o.Filters,
	}
}

// readable reports whether an answer of this status can hold an article or a wall.
func readable(status int) bool { return status < 400 || status == 403 || status == 451 }

// nothingKept reports a 304 that speaks of a body which the archive never got.
func nothingKept(c archive.Capture) bool { return c.Status == 304 && c.RevisitOf == 0 }

// status is that of the body: a 304 stands for the 200 before it.
func status(c archive.Capture) int {
	if c.Status == 304 {
		return 200
	}
	return c.Status
}

func kept(k extract.Kind) bool { return k == extract.News || k == extract.Partial }

func text(a extract.Article, site string) dedup.Text {
	t := dedup.Text{Title: a.Title, Body: a.Text(), Site: site, Published: a.Published.Time, DayOnly: a.Published.DayOnly}
	if len(a.Byline) > 0 {
		t.Byline = a.Byline[0]
	}
	if a.Agency != "" {
		t.Byline = a.Agency
	}
	return t
}
