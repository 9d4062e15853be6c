package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"pressmark/crawler/fetch"
	"pressmark/crawler/robots"
	"pressmark/extract"
)

// A source says where a page was found.
type source struct {
	name     string    // the argument
	record   int       // of a WARC file, counted from 1; 0 for other files
	captured time.Time // as the WARC file says
}

func (s source) String() string {
	name := s.name
	if name == "-" {
		name = "standard input"
	}
	if s.record > 0 {
		return fmt.Sprintf("%s, record %d", name, s.record)
	}
	return name
}

// input reads what one argument names.
func (x *extraction) input(ctx context.Context, arg string) error {
	s := source{name: arg}
	if web(arg) {
		p, err := x.fetch(ctx, arg)
		if err != nil {
			return err
		}
		return x.page(s, p)
	}
	var in io.Reader
	size := int64(0)
	if arg == "-" {
		in = interruptible(ctx, x.c.in)
	} else {
		f, err := openUntil(ctx, arg)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
		if info, err := f.Stat(); err == nil {
			size = info.Size()
			if !info.Mode().IsRegular() {
				in = interruptible(ctx, f)
			}
		}
	}
	buffered := bufio.NewReaderSize(in, peeked)
	if isWARC(buffered) {
		return x.warc(ctx, s, buffered, size)
	}
	if x.record > 0 {
		return usage(fmt.Errorf("%s is no WARC file, and --record counts the records of one", s))
	}
	body, err := readPage(buffered, s.String())
	if err != nil {
		return err
	}
	if len(body) > extract.MaxBody { // what is missing may be the article
		return fmt.Errorf("%s: the page is larger than %d MB", s, extract.MaxBody>>20)
	}
	if x.text || !x.explain && strings.HasSuffix(strings.ToLower(arg), ".txt") {
		return x.write(s, extract.Page{URL: x.url}, extract.Clean(string(body), x.language))
	}
	return x.page(s, extract.Page{URL: x.url, ContentType: contentType(x.charset), Body: body})
}

// openFile opens a file that is to be read. The errors say what a person did wrong.
func openFile(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		if _, serr := os.Stat(name); os.IsNotExist(serr) && strings.Contains(name, ".") && !strings.ContainsAny(name, "/\\ ") && looksLikeHost(name) {
			err = hint(err, "is it an address? write https://"+name)
		}
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, hint(fmt.Errorf("%s is a folder", name), "name its files, or --list FILE with one JSON object a line")
	}
	return f, nil
}

// openUntil is openFile until ctx ends: a named pipe is open only when someone
// writes to it.
func openUntil(ctx context.Context, name string) (*os.File, error) {
	type opened struct {
		f   *os.File
		err error
	}
	done := make(chan opened, 1)
	go func() {
		f, err := openFile(name)
		done <- opened{f, err}
	}()
	select {
	case o := <-done:
		return o.f, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// looksLikeHost tells names such as www.example.org from those of files.
func looksLikeHost(name string) bool {
	return strings.HasPrefix(name, "www.") || strings.HasSuffix(name, ".com") || strings.HasSuffix(name, ".org") || strings.HasSuffix(name, ".net")
}

// warcStart is how a WARC file begins.
const warcStart = "WARC/"

// peeked is how much of a file is looked at before it is read: the first block
// of what zstd compressed, of at most 128 KB, is there as a whole or not at all.
const peeked = 256 << 10

// isWARC looks at how an input begins, compressed or not.
func isWARC(in *bufio.Reader) bool {
	head, _ := in.Peek(4096)
	if undoing(head) == "unzstd" {
		head, _ = in.Peek(peeked)
	}
	if z, err := inflated(bytes.NewReader(head), head, ""); err == nil && z != nil {
		start := make([]byte, len(warcStart))
		io.ReadFull(z, start)
		head = start
	}
	return bytes.HasPrefix(head, []byte(warcStart))
}

// inflated undoes the compression that the first bytes, or the name, of a file
// give away; nil when it is not compressed.
func inflated(in io.Reader, head []byte, name string) (io.Reader, error) {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzip.NewReader(in)
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
	case strings.HasSuffix(name, ".br"):
		return brotli.NewReader(in), nil
	}
	return nil, nil
}

// readPage reads a page, compressed or not, up to what an extraction takes.
func readPage(in *bufio.Reader, name string) ([]byte, error) {
	head, _ := in.Peek(4)
	from := io.Reader(in)
	z, err := inflated(in, head, name)
	if err == nil && z != nil {
		from = z
	}
	var b []byte
	if err == nil {
		b, err = io.ReadAll(io.LimitReader(from, extract.MaxBody+1))
	}
	switch {
	case err == nil:
		return b, nil
	case z == nil && !bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return nil, fmt.Errorf("%s %s: %w", undoing(head), name, err)
}

// undoing is the name of what undoes a compression.
func undoing(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return "gunzip"
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return "unzstd"
	}
	return "brotli"
}

func contentType(charset string) string {
	if charset == "" {
		return ""
	}
	return "text/html; charset=" + charset
}

// An asking fetches pages, keeping to robots.txt and a site's pace.
type asking struct {
	conf *config
	f    *fetch.Fetcher
	look *looking
}

// fetch asks for one page, following redirects, each of which has to be allowed.
func (x *extraction) fetch(ctx context.Context, raw string) (extract.Page, error) {
	if x.asked == nil {
		conf, err := x.c.configurationOrDefault()
		if err != nil {
			return extract.Page{}, err
		}
		if x.contact != "" {
			conf.Contact = x.contact
		}
		f, err := newFetcher(conf, x.c.log)
		if err != nil {
			return extract.Page{}, err
		}
		x.asked = &asking{conf, f, &looking{f: f, rules: newRules(f, robots.Options{}), pause: time.Duration(conf.Crawl.Delay)}}
	}
	if x.asked.conf.Contact == "" && !loopback(raw) {
		return extract.Page{}, hint(fmt.Errorf("%w: the people behind %s must be able to reach you", errNoContact, raw),
			"pressmark extract --contact you@example.org "+raw+", or write contact: you@example.org into "+configName)
	}
	if loopback(raw) {
		x.asked.look.pause = 0
	}
	res, final, err := x.asked.look.get(ctx, raw)
	if err != nil {
		return extract.Page{}, err
	}
	return extract.Page{URL: raw, Final: final, Status: res.Status, ContentType: res.Header.Get("Content-Type"), Body: res.Body}, nil
}

func (x *extraction) close() {
	if x.asked != nil {
		x.asked.f.Close()
	}
}

// interruptible ends a read that waits, on a terminal or a pipe, when ctx ends.
func interruptible(ctx context.Context, in io.Reader) io.Reader {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, in)
		w.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { w.CloseWithError(ctx.Err()) })
	return r
}
