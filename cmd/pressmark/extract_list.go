package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync/atomic"

	"pressmark/extract"
)

// A pageLine is a line of extract --list.
type pageLine struct {
	ID      json.RawMessage `json:"id"`
	Path    string          `json:"path"`
	HTML    *string         `json:"html"`
	Text    *string         `json:"text"`
	URL     string          `json:"url"`
	Charset string          `json:"charset"`
	Lang    string          `json:"language"`
}

// roomy has the collector run more rarely, as long as the heap stays small:
// a bulk of pages takes a quarter less time for some 70 MB more. What the
// environment says of GOGC and GOMEMLIMIT holds.
func roomy() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(1 << 30)
	}
}

// answer answers every line of the list.
func (x *extraction) answer(ctx context.Context) error {
	roomy()
	if x.learns {
		if err := x.learn(ctx); err != nil {
			return err
		}
	}
	var done atomic.Int64
	progress := x.c.watch(x.out, func() string { return fmt.Sprintf("%s  %s", x.list, count(int(done.Load()), "line")) })
	c := *x.c
	if x.list == "-" {
		c.in = interruptible(ctx, x.c.in)
	}
	if x.out.file != nil {
		c.out = newTerminal(x.out, "never")
	}
	err := list(ctx, &c, x.list, 0, func(in pageLine) (any, error) {
		v, err := x.line(in)
		done.Add(1)
		return v, err
	})
	progress.stop()
	x.count = int(done.Load())
	return err
}

// pageOf gives the page that a line names or holds.
func (x *extraction) pageOf(in pageLine) (extract.Page, error) {
	p := extract.Page{URL: in.URL, ContentType: contentType(in.Charset), Filters: x.hidden}
	switch {
	case in.Path != "":
		f, err := openFile(in.Path)
		if err != nil {
			return p, err
		}
		defer f.Close()
		p.Body, err = readPage(bufio.NewReader(f), in.Path)
		if bytes.HasPrefix(p.Body, []byte(warcStart)) {
			return p, fmt.Errorf("%s is a WARC file: name it without --list", in.Path)
		}
		return p, err
	case in.HTML != nil:
		p.Body = []byte(*in.HTML)
	case in.Text == nil:
		return p, errors.New("a line needs path, html or text")
	}
	return p, nil
}

func (x *extraction) line(in pageLine) (any, error) {
	p, err := x.pageOf(in)
	if err != nil {
		return nil, err
	}
	p.Memory = x.remembered(in.URL)
	var a extract.Article
	took := processorTime(func() {
		if in.Text != nil {
			a = extract.Clean(*in.Text, in.Lang)
		} else {
			a = extract.Extract(p)
		}
	})
	return struct {
		ID  json.RawMessage `json:"id"`
		URL string          `json:"url"`
		extract.Form
		MS float64 `json:"ms"`
	}{idOf(in.ID), in.URL, a.Form(), float64(took.Microseconds()) / 1000}, nil
}
