package export

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/archive/warc"
	"pressmark/extract/urlkey"
)

// read makes a capture of a record, or says why it is none. An *unfit error is
// of this record only.
func (im *importer) read(rec *warc.Record) (c archive.Capture, why string, err error) {
	ours := rec.Header.Get(fieldCapture) != ""
	revisit := rec.Type() == warc.TypeRevisit
	if ours || !revisit { // wget states for a revisit the digest of what it left out
		rec.Sum()
	}
	c = archive.Capture{URL: rec.URL(), Final: rec.URL(), FetchedAt: rec.Date()}
	if u := c.URL; !ours && !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
		scheme, _, _ := strings.Cut(u, ":")
		return c, scheme + " record", nil
	}
	var res *warc.Response
	if rec.Length > 0 || !revisit {
		res, err = rec.Response(archive.MaxRecord)
	}
	if serr := rec.Sound(); serr != nil { // nothing that it says is to be trusted
		err = serr
	}
	switch {
	case err != nil && !ours && res != nil && !mayBePage(res):
		return c, "damaged, and no page", nil
	case err != nil:
		return c, "", failure(err)
	case res != nil:
		c.Status, c.Header, c.Body = res.Status, res.Header, res.Body
	}
	if ours {
		if c.Header == nil || rec.Type() == warc.TypeConversion {
			c.Header = http.Header{} // all of it is in the record's fields
		}
		if err := restoreFacts(&c, rec.Header); err != nil {
			return c, "", &unfit{err}
		}
		if _, is := c.Rendered(); is && res == nil {
			c.Status = http.StatusOK
		}
	} else if why := foreign(rec, res); why != "" {
		return c, why, nil
	}
	if revisit {
		if why, err := im.revisit(rec, &c, ours); why != "" || err != nil {
			return c, why, err
		}
	}
	if c.Page == "" {
		if c.Page, err = urlkey.Of(c.URL); err != nil {
			return c, "", &unfit{err}
		}
	}
	if !ours {
		c.Site = im.o.Site(c.URL)
	}
	return c, "", nil
}

// failure keeps apart a record that can't be read and a file that can't.
func failure(err error) error {
	var bad *warc.Damage
	if errors.As(err, &bad) {
		err = fmt.Errorf("damaged: %w", bad.Err)
	}
	return &unfit{err}
}

// mayBePage reports whether an answer may be a page, by its header alone.
func mayBePage(res *warc.Response) bool {
	kind := res.MediaType()
	return kind == "" || strings.Contains(kind, "html")
}

// foreign says why a record of another tool shows nothing of a page; "" when it may.
func foreign(rec *warc.Record, res *warc.Response) string {
	if rec.Header.Get("WARC-Truncated") != "" && rec.Type() == warc.TypeResponse {
		return "cut off by the tool that fetched it"
	}
	switch {
	case res == nil, rec.Type() == warc.TypeRevisit && (res.Status == http.StatusNotModified || res.MediaType() == ""):
		return "" // what it repeats says it
	case rec.Type() == warc.TypeRevisit && !mayBePage(res), rec.Type() == warc.TypeResponse && !res.HTML():
		if kind := res.MediaType(); kind != "" {
			return kind
		}
		return "body of no stated type"
	case res.Status >= 200 && res.Status <= 299, res.Status == http.StatusNotFound, res.Status == http.StatusGone:
		return ""
	}
	return fmt.Sprintf("status %d", res.Status)
}

// revisit gives a revisit the body that it stands for. A 304 has none: the
// archive finds what it speaks of.
func (im *importer) revisit(rec *warc.Record, c *archive.Capture, ours bool) (why string, err error) {
	seq, found := im.known.original(rec)
	unchanged := c.Status == http.StatusNotModified || c.Status == 0 && strings.Contains(rec.Header.Get("WARC-Profile"), "not-modified")
	if unchanged {
		c.Status = http.StatusNotModified
		if ours {
			return "", nil
		}
		if found && seq == 0 {
			return "revisit of what was passed over", nil
		}
		key, err := urlkey.Of(c.URL)
		if err != nil {
			return "", &unfit{err}
		}
		if _, known, err := im.store.LastCapture(key); err == nil && !known {
			return "304 for what is not in the archive", nil
		}
		return "", nil
	}
	switch {
	case found && seq == 0:
		return "revisit of what was passed over", nil
	case !found:
		if seq, found, err = im.last(rec, c.URL); err != nil {
			return "", err
		}
		if !found {
			return "", &unfit{errors.New("a revisit of what is neither in these files nor in the archive" + refers(rec))}
		}
	}
	of, err := im.store.Capture(seq)
	if errors.Is(err, archive.ErrDamaged) || errors.Is(err, archive.ErrErased) {
		return "", &unfit{fmt.Errorf("a revisit of what can't be read in the archive: %w", err)}
	}
	if err != nil {
		return "", err
	}
	if ours && warc.SHA1(of.Body) != rec.Header.Get("WARC-Payload-Digest") {
		return "", &unfit{errors.New("a revisit of what has another body in the archive" + refers(rec))}
	}
	c.Body = of.Body
	if c.Status == 0 { // a record without a block says no more
		c.Status, c.Header = of.Status, of.Header
	}
	return "", nil
}

// last is the archive's latest capture of a page, if it has the body that a
// revisit speaks of: some tools do not say where it was seen first.
func (im *importer) last(rec *warc.Record, url string) (seq archive.Seq, found bool, err error) {
	key, err := urlkey.Of(url)
	if err != nil {
		return 0, false, &unfit{err}
	}
	head, found, err := im.store.LastCapture(key)
	if err != nil || !found {
		return 0, false, unlessLost(err)
	}
	c, err := im.store.Capture(head.Seq)
	if err != nil {
		return 0, false, unlessLost(err)
	}
	return c.Seq, warc.SHA1(c.Body) == rec.Header.Get("WARC-Payload-Digest"), nil
}

// unlessLost is an error, but for the loss of what is only looked up.
func unlessLost(err error) error {
	if errors.Is(err, archive.ErrDamaged) || errors.Is(err, archive.ErrErased) {
		return nil
	}
	return err
}

// refers says what a revisit refers to.
func refers(rec *warc.Record) string {
	if u := trimmed(rec.Header.Get("WARC-Refers-To-Target-URI")); u != "" {
		return ": " + u + " of " + rec.Header.Get("WARC-Refers-To-Date")
	}
	return ""
}

// trimmed is an address without the angle brackets of old tools.
func trimmed(u string) string { return strings.TrimSuffix(strings.TrimPrefix(u, "<"), ">") }

// dateOf writes a record's date as date does.
func dateOf(text string) string {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return ""
	}
	return date(t)
}
