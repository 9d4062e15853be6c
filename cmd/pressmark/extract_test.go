package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"pressmark/extract"
)

// A read that waits, on a terminal or a pipe, ends with Ctrl-C, and what was
// written by then is whole lines.
func TestExtractIsInterrupted(t *testing.T) {
	for _, args := range [][]string{{"extract", "-"}, {"extract", "--list", "-"}, {"extract", "-", "--json"}} {
		ctx, cancel := context.WithCancel(t.Context())
		in, feed := io.Pipe()
		go func() {
			for i := range 20 {
				fmt.Fprintf(feed, `{"id":%d,"text":"The ferry left at noon."}`+"\n", i)
			}
			cancel()
		}()
		var out, talk bytes.Buffer
		if code := execute(ctx, args, in, &out, &talk); code != exitInterrupted {
			t.Errorf("%v ended with %d: %s", args, code, talk.String())
		}
		feed.CloseWithError(io.ErrClosedPipe)
		for _, row := range strings.SplitAfter(out.String(), "\n") {
			if row != "" && !json.Valid([]byte(row)) {
				t.Errorf("%v: half a line: %q", args, row)
			}
		}
	}
}

// A WARC file that zstd compressed is known as one, though nothing of it can be
// read before its whole first block of 128 KB is there.
func TestExtractZstdWARC(t *testing.T) {
	var plain, packed bytes.Buffer
	for i := range 30 {
		var page strings.Builder
		fmt.Fprintf(&page, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>The ferry sails</h1><p>The ferry to the island sailed again on Monday, the harbour board said.</p><!-- ")
		noise := sha256.Sum256([]byte{byte(i)})
		for range 300 { // does not compress
			noise = sha256.Sum256(noise[:])
			page.WriteString(base64.StdEncoding.EncodeToString(noise[:]))
		}
		page.WriteString(" -->")
		fmt.Fprintf(&plain, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/%d\r\nWARC-Date: 2026-03-04T07:15:00Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, page.Len(), &page)
	}
	z, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(plain.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "a.warc.zst")
	if err := os.WriteFile(name, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, talk bytes.Buffer
	if code := execute(t.Context(), []string{"extract", name, "--json"}, strings.NewReader(""), &out, &talk); code != exitFine {
		t.Fatalf("ended with %d: %s", code, talk.String())
	}
	if n := strings.Count(out.String(), "\n"); n != 30 {
		t.Errorf("%d pages out of 30: %s", n, talk.String())
	}
}

// The answers of a list come in its order, however long each takes.
func TestExtractListKeepsOrder(t *testing.T) {
	var in strings.Builder
	const lines = 120
	for i := range lines {
		page := "<h1>The ferry sails</h1>" + strings.Repeat("<p>The ferry to the island sailed again on Monday, the harbour board said.</p>", (i*37)%90)
		row, err := json.Marshal(map[string]any{"id": i, "html": page})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(row, '\n'))
	}
	var out, talk bytes.Buffer
	if code := execute(t.Context(), []string{"extract", "--list", "-"}, strings.NewReader(in.String()), &out, &talk); code != exitFine {
		t.Fatalf("ended with %d: %s", code, talk.String())
	}
	n := 0
	for dec := json.NewDecoder(&out); dec.More(); n++ {
		var row struct {
			ID int
			MS *float64
		}
		if err := dec.Decode(&row); err != nil {
			t.Fatal(err)
		}
		if row.ID != n || row.MS == nil || *row.MS < 0 {
			t.Fatalf("answer %d is %+v", n, row)
		}
	}
	if n != lines {
		t.Errorf("%d answers to %d lines", n, lines)
	}
}

// A line too long to be held is answered in its place, and the others are too.
func TestExtractListLongLine(t *testing.T) {
	const text = `{"id":%d,"text":"The ferry left at noon."}`
	in := io.MultiReader(
		strings.NewReader(fmt.Sprintf(text+"\n\n", 1)+`{"id":2,"text":"`), strings.NewReader(strings.Repeat("a", maxLine)),
		strings.NewReader("\"}\r\n"+fmt.Sprintf(text, 3)))
	var out, talk bytes.Buffer
	if code := execute(t.Context(), []string{"extract", "--list", "-"}, in, &out, &talk); code != exitPartly {
		t.Errorf("ended with %d: %s", code, talk.String())
	}
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(rows) != 3 || !strings.Contains(rows[0], `"id":1,`) || !strings.Contains(rows[2], `"id":3,`) ||
		!strings.Contains(rows[1], `"id":null,"error":"line 3 is longer than 64 MB"`) {
		t.Errorf("answers %q", rows)
	}
}

func TestReadRow(t *testing.T) {
	r := bufio.NewReaderSize(strings.NewReader("one\r\n\n"+strings.Repeat("x", 40)+"\n"+strings.Repeat("y", 30)+"\nlast"), 16)
	for _, want := range []string{"one", "", "long", strings.Repeat("y", 30), "last"} {
		row, long, err := readRow(r, 35)
		if long {
			row = append(row, "long"...)
		}
		if string(row) != want || (err == io.EOF) != (want == "last") {
			t.Errorf("%q, %v, not %q", row, err, want)
		}
	}
}

// Of a page that can't be read whole nothing is told but that.
func TestExtractLargePage(t *testing.T) {
	large, small := filepath.Join(t.TempDir(), "large.html"), filepath.Join(t.TempDir(), "small.html")
	for name, n := range map[string]int{large: extract.MaxBody/4 + 1, small: 9} {
		if err := os.WriteFile(name, bytes.Repeat([]byte("<p>x"), n), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args []string
		code int
	}{{[]string{large}, exitFailed}, {[]string{large, "--text"}, exitFailed}, {[]string{small, large}, exitPartly}, {[]string{small}, exitFine}} {
		var out, talk bytes.Buffer
		code := execute(t.Context(), append([]string{"extract", "--json"}, c.args...), strings.NewReader(""), &out, &talk)
		if code != c.code || strings.Contains(talk.String(), "large.html: the page is larger than 20 MB") != (c.code != exitFine) {
			t.Errorf("%v ended with %d: %s", c.args, code, talk.String())
		}
	}
}

// So does one of a named pipe that nobody writes to.
func TestExtractPipeIsInterrupted(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := exec.Command("mkfifo", name).Run(); err != nil {
		t.Skip("no named pipes here:", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	ended := make(chan int, 1)
	go func() {
		var out, talk bytes.Buffer
		ended <- execute(ctx, []string{"extract", name}, strings.NewReader(""), &out, &talk)
	}()
	select {
	case code := <-ended:
		if code == exitFine {
			t.Error("ended well")
		}
	case <-time.After(20 * time.Second):
		t.Error("does not end")
	}
	if f, err := os.OpenFile(name, os.O_RDWR, 0); err == nil { // lets go of what still opens it
		f.Close()
	}
}
