package ingest

import (
	"errors"
	"fmt"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/dedup"
)

// A reading is a capture with what its page says, computed outside the transaction.
type reading struct {
	capture archive.Capture
	repeat  int // the version that the capture repeats to the letter; 0: article says
	article extract.Article
	sketch  dedup.Sketch
	stood   *extract.Article // the page's latest version as it was last seen, if that is not as it is stored
	lost    bool             // the bytes are damaged
}

// read extracts the article of a capture, unless the capture says only that
// the latest version still stands.
func (in *Ingester) read(r *reading) error {
	c := r.capture
	if !readable(c.Status) || nothingKept(c) {
		return nil
	}
	if c.RevisitOf != 0 && c.Status < 400 { // a page that says 404 is gone, whatever it shows
		n, err := in.standing(c)
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
		r.lost = true
		return nil
	}
	if err != nil {
		return fmt.Errorf("capture %d: %w", c.Seq, err)
	}
	r.article = article(whole)
	if !kept(r.article.Kind) {
		return nil
	}
	r.sketch = dedup.NewSketch(text(r.article, whole.Site))
	if r.stood, err = in.stood(r); err != nil {
		return fmt.Errorf("capture %d: %w", c.Seq, err)
	}
	return nil
}

// standing gives the page's latest version if c repeats the bytes that showed
// it last, and 0 if they must be read.
func (in *Ingester) standing(c archive.Capture) (int, error) {
	var head archive.Version
	if err := in.store.View(func(tx *archive.Tx) error {
		page, ok, err := tx.Page(c.Page)
		if err != nil || !ok || page.Head == 0 || page.State != archive.Live && page.State != archive.Cut {
			return err
		}
		head, err = tx.Brief(archive.VersionID{Page: c.Page, N: page.Head})
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

// stood gives the article with which r is to be compared, when that is not
// the latest version as it is stored:
//
//   - A version that another extractor wrote is read anew, or the page would
//     seem to be edited by our own update.
//   - A version's date of modification is of when it was first seen. A date
//     that went on while the text stood still must not pass for the word that
//     the paper gave about a later edit.
func (in *Ingester) stood(r *reading) (*extract.Article, error) {
	var head archive.Version
	found := false
	if err := in.store.View(func(tx *archive.Tx) (err error) {
		head, found, err = tx.Latest(r.capture.Page)
		return err
	}); err != nil || !found {
		return nil, err
	}
	foreign := head.Extractor != extract.Version
	redated := head.First != head.Last && !r.article.Modified.Equal(head.Article.Modified)
	if !foreign && !redated {
		return nil, nil
	}
	last, err := in.store.Capture(head.Last)
	if errors.Is(err, archive.ErrDamaged) {
		return nil, nil // what is stored will have to do
	}
	if err != nil {
		return nil, err
	}
	seen := article(last)
	switch {
	case seen.Kind != head.Article.Kind:
		return nil, nil
	case foreign:
		return &seen, nil
	}
	stood := head.Article
	stood.Modified = seen.Modified
	return &stood, nil
}

func article(c archive.Capture) extract.Article {
	return extract.Extract(extract.Page{
		URL: c.URL, Final: c.Final, Status: status(c), ContentType: c.Header.Get("Content-Type"), Body: c.Body,
	})
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
	t := dedup.Text{Title: a.Title, Body: a.Text(), Site: site, Published: a.Published.Time}
	if len(a.Byline) > 0 {
		t.Byline = a.Byline[0]
	}
	if a.Agency != "" {
		t.Byline = a.Agency
	}
	return t
}
