package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"go.etcd.io/bbolt"
)

// clock 'YYYY-MM-DD HH:MM' turns the newsroom's clock.
func clockCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: clock 'YYYY-MM-DD HH:MM'")
	}
	at, err := time.Parse("2006-01-02 15:04", args[0])
	ts.Check(err)
	ts.Value("clock").(*standing).set(at)
}

// expand FILE… puts the values of $VARIABLES into files.
func expandCommand(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		text := os.Expand(ts.ReadFile(name), func(v string) string { return ts.Getenv(v) })
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
	}
}

// code N PROGRAM ARG… runs a program that must end with exit code N.
func codeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program args…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("ended with %d, not %d", got, want)
	}
}

// jsonl [N] demands that the last standard output is JSON objects with
// "schema":1, one a line, N of them, and nothing else.
func jsonlCommand(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	for row := range rows(ts.ReadFile("stdout")) {
		var o map[string]any
		if err := json.Unmarshal([]byte(row), &o); err != nil {
			ts.Fatalf("no JSON object: %v: %.200s", err, row)
		}
		if o["schema"] != 1.0 {
			ts.Fatalf("no schema 1: %.200s", row)
		}
		n++
	}
	if len(args) == 1 && args[0] != strconv.Itoa(n) {
		ts.Fatalf("%d lines, not %s", n, args[0])
	}
	if len(args) == 0 && n == 0 {
		ts.Fatalf("no line at all")
	}
}

// pick VARIABLE FIELD REGEXP takes a field of the first line of the last
// standard output that matches.
func pickCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: pick variable field regexp")
	}
	re, err := regexp.Compile(args[2])
	ts.Check(err)
	for row := range rows(ts.ReadFile("stdout")) {
		if !re.MatchString(row) {
			continue
		}
		var o map[string]any
		ts.Check(json.Unmarshal([]byte(row), &o))
		if o[args[1]] == nil {
			ts.Fatalf("no %s in %.300s", args[1], row)
		}
		ts.Setenv(args[0], fmt.Sprint(o[args[1]]))
		return
	}
	ts.Fatalf("no line matches %s", args[2])
}

func rows(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		s := bufio.NewScanner(strings.NewReader(text))
		s.Buffer(nil, 64<<20)
		for s.Scan() && yield(s.Text()) {
		}
	}
}

// plain demands that neither output of the last command holds a control
// character, or a rune that turns the order of letters round.
func plainCommand(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range []string{"stdout", "stderr"} {
		text := ts.ReadFile(name)
		for i, r := range text {
			if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				ts.Fatalf("%s holds %U: %q", name, r, text[max(0, i-40):min(len(text), i+20)])
			}
		}
	}
}

// flip FILE BUCKET turns one bit in the middle of the longest record of a bucket
// of a bbolt file, in every copy of that record that the file has.
func flipCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: flip FILE BUCKET")
	}
	name := ts.MkAbs(args[0])
	db, err := bbolt.Open(name, 0o600, &bbolt.Options{ReadOnly: true})
	ts.Check(err)
	var longest []byte
	err = db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(args[1]))
		if b == nil {
			return fmt.Errorf("%s has no bucket %s", args[0], args[1])
		}
		return b.ForEach(func(_, v []byte) error {
			if len(v) > len(longest) {
				longest = bytes.Clone(v)
			}
			return nil
		})
	})
	ts.Check(errors.Join(err, db.Close()))
	text, err := os.ReadFile(name)
	ts.Check(err)
	n := 0
	for at := 0; ; n++ {
		i := bytes.Index(text[at:], longest)
		if i < 0 {
			break
		}
		at += i + len(longest)
		text[at-len(longest)/2] ^= 1
	}
	if len(longest) < 16 || n == 0 {
		ts.Fatalf("no record to damage in %s", args[0])
	}
	ts.Check(os.WriteFile(name, text, 0o644))
}

// newer DIR makes an archive say that it is of format 9; the form of the record
// is told in archive/FORMAT.md.
func newerCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: newer DIR")
	}
	key, record := []byte("format"), []byte{1, 's', 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 9}
	sum := crc32.Checksum(append(bytes.Clone(key), record...), crc32.MakeTable(crc32.Castagnoli))
	db, err := bbolt.Open(ts.MkAbs(args[0]+"/archive.db"), 0o600, nil)
	ts.Check(err)
	err = db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put(key, binary.BigEndian.AppendUint32(record, sum))
	})
	ts.Check(errors.Join(err, db.Close()))
}

// serve VARIABLE DIR serves a folder as a site that says nothing of how old its
// pages are; its address goes into the variable.
func serveCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: serve variable dir")
	}
	dir := ts.MkAbs(args[1])
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Clean(r.URL.Path)
		if name == "/" {
			name = "/index.html"
		}
		body, err := os.ReadFile(dir + name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(body)
	}))
	ts.Defer(srv.Close)
	ts.Setenv(args[0], srv.URL+"/")
}

// held DIR waits until a process has the archive for itself. It reads the file
// that names the holder: trying the lock would keep it from the very process.
func heldCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: held DIR")
	}
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(20 * time.Millisecond) {
		if b, err := os.ReadFile(ts.MkAbs(args[0] + "/archive.lock")); err == nil && len(b) > 0 {
			return
		}
	}
	ts.Fatalf("nobody took %s in a minute", args[0])
}
