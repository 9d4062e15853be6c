package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"sync/atomic"

	"pressmark/archive/export"
)

// warcFiles are the WARC files that an import reads, some of them within WACZ files.
type warcFiles struct {
	c     *cli
	list  []export.File
	after []func() // to close them
	size  int64    // of all that have one
	at    atomic.Int64
}

func (w *warcFiles) close() {
	for _, f := range w.after {
		f()
	}
}

// open adds what an argument names.
func (w *warcFiles) open(ctx context.Context, name string) error {
	f, err := w.c.input(ctx, name)
	if err != nil {
		return err
	}
	w.after = append(w.after, func() { f.Close() })
	if name != "-" {
		if info, err := w.c.files().Stat(name); err == nil {
			w.size += info.Size
		}
	}
	in := bufio.NewReaderSize(f, peeked)
	if magic, _ := in.Peek(4); bytes.Equal(magic, []byte("PK\x03\x04")) {
		return w.wacz(name, in)
	}
	if !isWARC(in) && !strings.Contains(strings.ToLower(name), ".warc") { // one that is damaged at its beginning is one too
		return hint(fmt.Errorf("%s is no WARC or WACZ file", name), "an HTML page has no time of fetching: pressmark extract reads one")
	}
	w.list = append(w.list, export.File{Name: name, In: &metered{in, &w.at}})
	return nil
}

// wacz adds the WARC files of a WACZ file. It is copied, since a ZIP file is
// read from its end, and what is read may be a pipe or in another process's hands.
func (w *warcFiles) wacz(name string, in io.Reader) error {
	copied, err := os.CreateTemp("", "pressmark-*.wacz")
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	_ = os.Remove(copied.Name()) // where a file without a name can be read, none is left behind
	w.after = append(w.after, func() {
		copied.Close()
		_ = os.Remove(copied.Name())
	})
	size, err := io.Copy(copied, in)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	z, err := zip.NewReader(copied, size)
	if err != nil {
		return fmt.Errorf("%s is no WACZ file: %w", name, err)
	}
	found := false
	for _, f := range z.File {
		base := path.Base(f.Name)
		if !strings.HasPrefix(f.Name, "archive/") || !strings.Contains(base, ".warc") {
			continue
		}
		if len(w.list) == maxFiles {
			return fmt.Errorf("%s: more than %d WARC files at once", name, maxFiles)
		}
		part, err := f.Open()
		if err != nil {
			return fmt.Errorf("read %s of %s: %w", f.Name, name, err)
		}
		w.after = append(w.after, func() { part.Close() })
		w.list = append(w.list, export.File{Name: name + "/" + f.Name, In: &metered{part, &w.at}})
		found = true
	}
	if !found {
		return errors.New(name + " is a ZIP file without WARC files below archive/: no WACZ file")
	}
	return nil
}

// A metered counts what is read.
type metered struct {
	io.Reader
	at *atomic.Int64
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	m.at.Add(int64(n))
	return n, err
}
