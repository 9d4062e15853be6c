package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strconv"
	"time"

	"pressmark/archive"
	"pressmark/archive/warc"
	"pressmark/extract/urlkey"
)

// WARCOptions say which captures go into WARC files, and what these are like.
type WARCOptions struct {
	Filter archive.Filter                          // of captures: Site, Page, Since, Until (by when they were fetched), Limit
	Zip    bool                                    // a gzip member a record
	Size   int64                                   // a file that has grown to it is the last but one; 0 for one file
	Name   func(part int) string                   // of a file, from 1
	Wrote  func(archive.Capture, warc.Entry) error // is told of each record; may be nil
	Gone   func(archive.Capture)                   // is told of each that is left out because its body is no longer kept; may be nil
}

// The profiles of revisit records.
const (
	sameBody    = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	notModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// WARC writes captures as WARC 1.1, in one file or more, and returns how many.
// A capture that is damaged is left out and told of at the end.
func WARC(ctx context.Context, to Folder, store *archive.Store, o WARCOptions) (n int, err error) {
	x := &warcExport{store: store, o: o, held: map[archive.Seq]holder{}, ids: map[string]int{}, sent: map[urlkey.Key]sent{}}
	next, stop := iter.Pull2(captures(ctx, store, o.Filter))
	defer stop()
	c, ok, err := x.pull(next)
	for part := 1; ok && err == nil; part++ {
		name := o.Name(part)
		err = to.Write(name, func(w io.Writer) error {
			x.w, x.file = warc.NewWriter(w, o.Zip), name
			if err := x.info(part, c.FetchedAt); err != nil {
				return err
			}
			for ok && err == nil {
				switch err = x.capture(c); {
				case err == nil:
					n++
				case errors.Is(err, archive.ErrErased):
					if o.Gone != nil {
						o.Gone(c)
					}
				case !x.lost.note(err):
					return err
				}
				c, ok, err = x.pull(next)
				if o.Size > 0 && x.w.Offset() >= o.Size {
					break
				}
			}
			return err
		})
	}
	return n, errors.Join(err, x.lost.err())
}

type warcExport struct {
	store *archive.Store
	o     WARCOptions
	w     *warc.Writer
	file  string
	held  map[archive.Seq]holder
	ids   map[string]int
	sent  map[urlkey.Key]sent // pages of which a rendered one may come next
	lost  losses
}

// pull gives the next capture that can be read.
func (x *warcExport) pull(next func() (archive.Capture, error, bool)) (archive.Capture, bool, error) {
	for {
		c, err, ok := next()
		if !ok || !x.lost.note(err) {
			return c, ok, err
		}
	}
}

// info begins a file. Its date is that of the first capture: the same archive
// makes the same file at any time.
func (x *warcExport) info(part int, first time.Time) error {
	text := "software: pressmark\r\nformat: WARC File Format 1.1\r\n" +
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n" +
		"description: captures as fetched, free of content and transfer encodings; header fields that speak of these are renamed to " + original + "*\r\n"
	h := warc.Header{
		{Name: "WARC-Type", Value: "warcinfo"},
		{Name: "WARC-Record-ID", Value: warc.RecordID("info", x.file, date(first), text)},
		{Name: "WARC-Date", Value: date(first)},
	}
	h = append(h, warc.Field{Name: fieldPart, Value: strconv.Itoa(part)})
	if x.file != "" && warc.Fits("x", x.file) {
		h = append(h, warc.Field{Name: "WARC-Filename", Value: x.file})
	}
	_, err := x.w.Write(append(h, warc.Field{Name: "Content-Type", Value: "application/warc-fields"}), []byte(text))
	return err
}

// date is a moment as WARC 1.1 writes it, to the nanosecond where that is known.
func date(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// A holder is what a revisit says of the capture whose body it repeats.
type holder struct{ id, target, date, payload string }

// Bounds of what is remembered along the way; beyond them it is looked up again.
const (
	maxHeld = 1 << 16
	maxIDs  = 1 << 17
	maxSent = 1 << 10 // it comes right after, but for what others fetch meanwhile
)

// A sent is the last record of what the server sent for a page.
type sent struct{ id, digest string }

// capture writes one capture.
func (x *warcExport) capture(c archive.Capture) error {
	uri := target(c)
	kind, body, entry := warc.TypeResponse, []byte(nil), warc.Entry{URL: uri, At: c.FetchedAt, Status: c.Status, File: x.file}
	var refers warc.Header
	if c.RevisitOf == 0 {
		whole, err := x.store.Capture(c.Seq)
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		body = whole.Body
		entry.Type, entry.Digest = warc.MediaType(c.Header), warc.SHA1(body)
		x.hold(c, entry.Digest)
	} else {
		of, err := x.holderOf(c.RevisitOf)
		if err != nil {
			return err
		}
		kind, entry.Type, entry.Digest = warc.TypeRevisit, "warc/revisit", of.payload
		refers = warc.Header{
			{Name: "WARC-Profile", Value: sameBody},
			{Name: "WARC-Refers-To", Value: of.id},
			{Name: "WARC-Refers-To-Target-URI", Value: of.target},
			{Name: "WARC-Refers-To-Date", Value: of.date},
			{Name: "WARC-Truncated", Value: "length"},
		}
		if c.Status == 304 {
			refers[0].Value = notModified
			refers = refers[:4] // its block is all that was sent
		}
	}
	id := x.fresh(recordID(c))
	from, made := c.Rendered()
	made = made && c.Status == http.StatusOK
	var block []byte
	var rest warc.Header
	mediaType := "application/http; msgtype=response"
	if made { // no server sent it
		entry.Derived = true
		block, rest, mediaType = body, looseHeader(c.Header), ""
		if kind == warc.TypeResponse {
			kind = warc.TypeConversion
			if of := x.sent[c.Page]; of.digest == from {
				refers = warc.Header{{Name: "WARC-Refers-To", Value: of.id}}
			}
			mediaType = "application/octet-stream"
			if t := c.Header.Get("Content-Type"); t != "" && warc.Fits("Content-Type", t) {
				mediaType = t
			}
		}
	} else {
		size := len(body)
		if kind == warc.TypeRevisit {
			size = -1
		}
		var header http.Header
		header, rest = answerHeader(c.Header, size)
		block = warc.Answer(c.Status, header, body)
		if len(x.sent) >= maxSent {
			clear(x.sent)
		}
		x.sent[c.Page] = sent{id, c.Digest.String()}
	}
	h := warc.Header{
		{Name: "WARC-Type", Value: kind},
		{Name: "WARC-Record-ID", Value: id},
		{Name: "WARC-Date", Value: date(c.FetchedAt)},
		{Name: "WARC-Target-URI", Value: uri},
	}
	h = append(h, refers...)
	h = append(h, warc.Field{Name: "WARC-Payload-Digest", Value: entry.Digest})
	h = append(append(h, factsOf(c, uri)...), rest...)
	if mediaType != "" {
		h = append(h, warc.Field{Name: "Content-Type", Value: mediaType})
	}
	var err error
	if entry.Place, err = x.w.Write(h, block); err == nil && x.o.Wrote != nil {
		err = x.o.Wrote(c, entry)
	}
	return err
}

// hold remembers a capture that may be repeated.
func (x *warcExport) hold(c archive.Capture, payload string) holder {
	if len(x.held) >= maxHeld {
		clear(x.held)
	}
	h := holder{recordID(c), target(c), date(c.FetchedAt), payload}
	x.held[c.Seq] = h
	return h
}

func (x *warcExport) holderOf(seq archive.Seq) (holder, error) {
	if h, ok := x.held[seq]; ok {
		return h, nil
	}
	c, err := x.store.Capture(seq)
	if errors.Is(err, archive.ErrNoSuch) { // a capture says that there is one
		err = fmt.Errorf("%w: %v", archive.ErrDamaged, err)
	}
	if err != nil {
		return holder{}, fmt.Errorf("export a revisit: %w", err)
	}
	return x.hold(c, warc.SHA1(c.Body)), nil
}

// recordID names a capture's record by all that it says.
func recordID(c archive.Capture) string {
	facts := []string{"capture", c.URL, string(c.Page), c.Final, date(c.FetchedAt), strconv.Itoa(c.Status), c.Digest.String(), c.Site, c.Via, strconv.FormatBool(c.RevisitOf == 0)}
	header, rest := answerHeader(c.Header, -1)
	for _, f := range rest {
		facts = append(facts, f.Value)
	}
	return warc.RecordID(append(facts, string(warc.Answer(c.Status, header, nil)))...)
}

// fresh gives a second record that says the same a name of its own.
func (x *warcExport) fresh(id string) string {
	if len(x.ids) >= maxIDs {
		clear(x.ids)
	}
	x.ids[id]++
	if n := x.ids[id]; n > 1 {
		return warc.RecordID(id, strconv.Itoa(n))
	}
	return id
}
