package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"pressmark/archive"
	"pressmark/archive/export"
	"pressmark/archive/warc"
	"pressmark/extract/urlkey"
)

// A captureExport is export with a format for captures: warc, cdxj or wacz.
type captureExport struct {
	c      *cli
	format string
	file   string // -o
	url    string
	size   int64
	gone   int // captures whose bodies are no longer kept
}

// captureFormats are the formats that hold what was fetched, not what was read out of it.
var captureFormats = []string{"warc", "wacz", "cdxj"}

// seriesName is a WARC file of a folder; part of their order is their names'.
func seriesName(part int) string { return fmt.Sprintf("pressmark-%05d.warc.gz", part) }

const (
	indexName = "pressmark.cdxj" // of the folder
	partSize  = 1 << 30          // of its WARC files, unless --size says otherwise
)

// check finds what makes no sense before an archive is opened.
func (x *captureExport) check() error {
	name := strings.ToLower(x.file)
	switch {
	case strings.HasSuffix(name, ".zst"):
		return usage(fmt.Errorf("%s: WARC files are written plain (.warc) or with gzip (.warc.gz)", x.file))
	case x.size != 0 && (x.format != "warc" && x.format != "wacz" || x.format == "warc" && !x.folder()):
		return usage(hint(errors.New("--size is for WARC files in a folder or a WACZ file"), "name a folder with -o DIR/"))
	case x.format == "wacz" && x.folder():
		return usage(fmt.Errorf("%s is a folder: a WACZ file is one file, such as news.wacz", x.file))
	}
	return nil
}

// folder reports whether -o names a folder.
func (x *captureExport) folder() bool {
	if x.file == "" || x.file == "-" {
		return false
	}
	info, err := x.c.files().Stat(x.file)
	return strings.HasSuffix(x.file, "/") || strings.HasSuffix(x.file, string(filepath.Separator)) || err == nil && info.Mode.IsDir()
}

func (x *captureExport) run(ctx context.Context, store *archive.Store, f archive.Filter) (n int, err error) {
	o := export.WARCOptions{Filter: f, Zip: true, Size: x.size}
	if x.url != "" {
		if o.Filter.Page, err = urlkey.Of(x.url); err != nil {
			return 0, usage(fmt.Errorf("--url: %w", err))
		}
	}
	if o.Size == 0 {
		o.Size = partSize
	}
	var done atomic.Int64
	progress := x.c.watch(&output{}, func() string { return count(int(done.Load()), "capture") })
	o.Gone = func(archive.Capture) { x.gone++ }
	defer func() {
		progress.stop()
		if x.gone > 0 {
			x.c.say("pressmark: left out: %s whose bodies are no longer kept", count(x.gone, "capture"))
		}
	}()
	counting := func(archive.Capture, warc.Entry) error { done.Add(1); return nil }
	switch {
	case x.format == "wacz":
		return x.c.exported(x.file, func(w io.Writer) (int, error) { return export.WACZ(ctx, w, store, o) })
	case x.format == "cdxj":
		return x.c.exported(x.file, func(w io.Writer) (int, error) {
			var index export.Index
			o.Name, o.Wrote = seriesName, func(_ archive.Capture, e warc.Entry) error { done.Add(1); return index.Add(e) }
			n, lost := export.WARC(ctx, nowhere{}, store, o)
			if lost != nil && !errors.Is(lost, archive.ErrDamaged) {
				return n, lost
			}
			_, err := index.WriteTo(w)
			return n, errors.Join(lost, err)
		})
	case x.file == "" || x.file == "-":
		o.Size, o.Wrote = 0, counting
		return x.c.exported(x.file, func(w io.Writer) (int, error) {
			o.Name = func(int) string { return "" }
			return export.WARC(ctx, single{w}, store, o)
		})
	}
	return x.indexed(ctx, store, o, &done)
}

// indexed writes WARC files with an index beside them.
func (x *captureExport) indexed(ctx context.Context, store *archive.Store, o export.WARCOptions, done *atomic.Int64) (int, error) {
	var index export.Index
	o.Wrote = func(_ archive.Capture, e warc.Entry) error { done.Add(1); return index.Add(e) }
	dir, at := x.c.folder(x.file), indexName
	parts := 0
	o.Name = func(part int) string { parts = max(parts, part); return seriesName(part) }
	var n int
	var err error
	if x.folder() {
		n, err = export.WARC(ctx, buffered{dir}, store, o)
		x.leftovers(parts)
	} else {
		base := filepath.Base(x.file)
		dir = x.c.folder(filepath.Dir(x.file))
		o.Zip, o.Size, o.Name = strings.HasSuffix(strings.ToLower(base), ".gz"), 0, func(int) string { return base }
		at = strings.TrimSuffix(strings.TrimSuffix(base, ".gz"), ".warc") + ".cdxj"
		n, err = x.c.exported(x.file, func(w io.Writer) (int, error) { return export.WARC(ctx, single{w}, store, o) })
	}
	if err != nil && !errors.Is(err, archive.ErrDamaged) {
		return n, err
	}
	return n, errors.Join(err, buffered{dir}.Write(at, func(w io.Writer) error {
		_, err := index.WriteTo(w)
		return err
	}))
}

// leftovers tells of parts of an earlier, longer export in the same folder.
func (x *captureExport) leftovers(parts int) {
	for i := parts + 1; ; i++ {
		name := filepath.Join(x.file, seriesName(i))
		if _, err := x.c.files().Stat(name); err != nil {
			return
		}
		x.c.say("pressmark: %s is of an earlier export and no part of this one", name)
	}
}

// nowhere takes files whose places only are of interest.
type nowhere struct{}

func (nowhere) Write(_ string, fill func(io.Writer) error) error { return fill(io.Discard) }

// A single is where the one file of an export goes.
type single struct{ w io.Writer }

func (s single) Write(_ string, fill func(io.Writer) error) error { return fill(s.w) }

// buffered spares the files of a folder many small writes.
type buffered struct{ folder }

func (b buffered) Write(name string, fill func(io.Writer) error) error {
	return b.folder.Write(name, func(w io.Writer) error {
		to := bufio.NewWriterSize(w, 1<<16)
		if err := fill(to); err != nil {
			return err
		}
		return to.Flush()
	})
}

// parseSize reads a number of bytes: 500MB, 1GB, 2GiB, 1048576.
func parseSize(s string) (int64, error) {
	text := strings.ToUpper(strings.TrimSpace(s))
	for _, unit := range []struct {
		name string
		size int64
	}{{"KIB", 1 << 10}, {"MIB", 1 << 20}, {"GIB", 1 << 30}, {"KB", 1000}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1}} {
		digits, ok := strings.CutSuffix(text, unit.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if err != nil || n*float64(unit.size) < 1 || n*float64(unit.size) > 1<<60 {
			break
		}
		return int64(n * float64(unit.size)), nil
	}
	return 0, fmt.Errorf("%q is no size: write 500MB, 1GB or 2GiB", s)
}
