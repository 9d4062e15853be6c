package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"slices"
	"strings"

	"pressmark/archive/warc"
	"pressmark/extract"
	"pressmark/extract/urlkey"
)

// A pageRecord is a page out of a WARC file on its way to the output.
type pageRecord struct {
	s   source
	p   extract.Page
	err error
}

// warc takes up the pages of a WARC file, in its order. What is damaged is
// named and passed over.
func (x *extraction) warc(ctx context.Context, s source, in *bufio.Reader, size int64) error {
	if x.text || x.charset != "" {
		return usage(fmt.Errorf("%s is a WARC file, whose records say what they are", s))
	}
	roomy()
	one := x.record > 0 || x.url != ""
	if x.format == "html" && !one {
		return usage(hint(fmt.Errorf("an HTML page holds one article, and %s may have many", s), "take one with --record N or --url U"))
	}
	x.many = x.many || !one
	r, err := warcReader(in)
	if err != nil {
		return fmt.Errorf("read %s: %w", s, err)
	}
	walk := &warcWalk{x: x, s: s, r: r, passed: map[string]int{}}
	progress := x.c.watch(x.out, func() string {
		return fmt.Sprintf("%s  %s of %s  %s", s.name, bytesOf(walk.at.Load()), bytesOf(size), count(int(walk.pages.Load()), "page"))
	})
	before, failed := x.count, x.failed
	err = x.inOrder(ctx, walk.next)
	progress.stop()
	if err != nil {
		return err
	}
	found := x.count - before
	switch {
	case x.record > 0 && walk.n < x.record && walk.bad == 0:
		return fmt.Errorf("%s has %s, and no number %d", s, count(walk.n, "record"), x.record)
	case one && walk.pages.Load() == 0 && x.failed == failed:
		return fmt.Errorf("%s: %s", s, walk.missing())
	case found == 0 && x.failed == failed:
		return fmt.Errorf("%s holds no HTML page%s", s, walk.rest())
	}
	if !one && found > 0 {
		x.c.say("%s: %s%s", line(s.String()), count(int(walk.pages.Load()), "page"), walk.rest())
	}
	if bad := x.failed - failed; bad > 0 {
		if found == 0 {
			return fmt.Errorf("%s: nothing could be read", s)
		}
		return fmt.Errorf("%w: %s of %s could not be read", errPartly, count(bad, "record"), s)
	}
	return nil
}

// warcReader reads a WARC file, also one that is compressed as a whole with zstd.
func warcReader(in *bufio.Reader) (*warc.Reader, error) {
	head, _ := in.Peek(4)
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) { // the reader names places in the compressed file
		return warc.NewReader(in), nil
	}
	z, err := inflated(in, head, "")
	if err != nil {
		return nil, err
	}
	if z != nil {
		return warc.NewReader(z), nil
	}
	return warc.NewReader(in), nil
}

// next reads on to the next page; io.EOF ends it.
func (w *warcWalk) next(ctx context.Context) (pageRecord, error) {
	for {
		if err := ctx.Err(); err != nil {
			return pageRecord{}, err
		}
		if w.x.record > 0 && w.n >= w.x.record || w.x.url != "" && w.pages.Load() > 0 {
			return pageRecord{}, io.EOF
		}
		rec, err := w.r.Next()
		w.at.Store(w.r.Offset())
		var bad *warc.Damage
		switch {
		case errors.As(err, &bad):
			w.bad++
			return pageRecord{s: w.s, err: fmt.Errorf("%s: %w", w.s, err)}, nil
		case err == io.EOF:
			return pageRecord{}, err
		case err != nil:
			return pageRecord{}, fmt.Errorf("read %s: %w", w.s, err)
		}
		w.n++
		if w.x.record > 0 && w.n != w.x.record || w.x.url != "" && !sameAddress(rec.URL(), w.x.url) {
			continue
		}
		p, why, err := w.read(rec)
		at := source{name: w.s.name, record: w.n, captured: rec.Date()}
		switch {
		case err != nil:
			w.bad++
			return pageRecord{s: at, err: fmt.Errorf("%s: %s: %w", at, rec.URL(), err)}, nil
		case why != "":
			w.passed[why]++
			continue
		}
		w.pages.Add(1)
		return pageRecord{s: at, p: p}, nil
	}
}

// read makes a page of a record, or says why it is none.
func (w *warcWalk) read(rec *warc.Record) (p extract.Page, why string, err error) {
	switch kind := rec.Type(); kind {
	case warc.TypeResponse, warc.TypeResource, warc.TypeConversion:
	case warc.TypeRevisit:
		return p, "revisit (its body is in another record)", nil
	default:
		return p, kind, nil
	}
	if scheme, _, _ := strings.Cut(rec.URL(), ":"); scheme == "dns" {
		return p, "dns", nil
	}
	res, err := rec.Response(extract.MaxBody)
	if res == nil {
		return p, "", err
	}
	ct := res.Header.Get("Content-Type")
	kind, _, _ := mime.ParseMediaType(ct)
	switch {
	case w.x.record > 0: // asked for by its number: whatever it is
	case !strings.Contains(kind, "html") && !(kind == "" && bytes.HasPrefix(bytes.TrimSpace(res.Body), []byte("<"))):
		if kind == "" {
			kind = "body of no stated type"
		}
		return p, kind, nil // also when it is damaged: it is nothing to us
	case res.Status < 200 || res.Status > 299:
		return p, fmt.Sprintf("status %d", res.Status), nil
	}
	if err != nil {
		return p, "", err
	}
	return extract.Page{URL: rec.URL(), Status: res.Status, ContentType: ct, Body: res.Body}, "", nil
}

// rest says which records were passed over.
func (w *warcWalk) rest() string {
	if len(w.passed) == 0 {
		return ""
	}
	var list []string
	for _, why := range slices.Sorted(maps.Keys(w.passed)) {
		list = append(list, fmt.Sprintf("%d × %s", w.passed[why], line(why)))
	}
	return "; passed over: " + strings.Join(list, ", ")
}

// missing says why the record that was asked for gave no page.
func (w *warcWalk) missing() string {
	for why := range w.passed {
		if w.x.record > 0 {
			return fmt.Sprintf("record %d is no page: %s", w.x.record, why)
		}
		return fmt.Sprintf("it has no page of %s: %s", w.x.url, why)
	}
	return "it has no page of " + w.x.url
}

func sameAddress(a, b string) bool {
	if a == b {
		return true
	}
	x, err := urlkey.Clean(a)
	if err != nil {
		return false
	}
	y, err := urlkey.Clean(b)
	return err == nil && x == y
}
