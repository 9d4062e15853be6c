package evidence

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/archive/ingest"
	"pressmark/archive/proof"
)

// disk is a folder on the disk.
type disk string

func (d disk) Write(name string, fill func(io.Writer) error) error {
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		return err
	}
	path := filepath.Join(string(d), name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

var begin = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// look captures a page as it is after so many edits, and draws the conclusions.
func look(t *testing.T, s *archive.Store, path string, edit int, at time.Time) {
	t.Helper()
	text := strings.Repeat("The harbour master of Port Ellery said on Monday that the inquiry would go on for some weeks. ", 8)
	page := fmt.Sprintf("<!doctype html><html lang=en><title>Harbour</title><article><h1>Harbour inquiry</h1><p>%s</p><p>She counted %d barges in %s at noon.</p></article>", text, 10+edit, path)
	if _, err := s.Append(t.Context(), archive.Capture{URL: "https://paper.example/" + path, Final: "https://paper.example/" + path, Status: 200,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Etag": {fmt.Sprint(edit)}}, Body: []byte(page), FetchedAt: at, Site: "Paper"}); err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.New(s, ingest.Options{}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// packed packs a page of three versions, with an earlier checkpoint.
func packed(t *testing.T) (dir string, early proof.Taken) {
	t.Helper()
	s := archivetest.Open(t)
	look(t, s, "one", 0, begin)
	look(t, s, "two", 0, begin.Add(time.Hour))
	look(t, s, "one", 0, begin.Add(2*time.Hour))
	early, err := proof.Take(t.Context(), s, begin.Add(3*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	look(t, s, "one", 1, begin.Add(4*time.Hour))
	look(t, s, "one", 2, begin.Add(5*time.Hour))
	late, err := proof.Take(t.Context(), s, begin.Add(6*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	key, err := s.Resolve("https://paper.example/one")
	if err != nil {
		t.Fatal(err)
	}
	var p archive.Page
	if err := s.View(func(tx *archive.Tx) (err error) { p, _, err = tx.Page(key); return err }); err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	got, err := Pack(t.Context(), disk(dir), s, Options{Page: p, From: 1, To: p.Head, Taken: late, Program: "pressmark test", Now: begin.Add(7 * time.Hour), Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	if got.Versions != 3 || got.Captures != 4 || got.Bodies != 3 || got.Unproven+got.Gone != 0 {
		t.Errorf("%+v", got)
	}
	return dir, early
}

// python runs the script of a pack.
func python(t *testing.T, dir string, args ...string) (said string, holds bool) {
	t.Helper()
	name, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no Python on this machine")
	}
	b, err := exec.CommandContext(t.Context(), name, append([]string{"-I", filepath.Join(dir, "verify.py")}, args...)...).CombinedOutput()
	return string(b), err == nil && strings.Contains(string(b), "ALL HOLDS")
}

func TestPackIsCheckedWithoutUs(t *testing.T) {
	dir, early := packed(t)
	noted := filepath.Join(t.TempDir(), "noted")
	if err := os.WriteFile(noted, early.Note, 0o644); err != nil {
		t.Fatal(err)
	}
	said, holds := python(t, dir, "--key", early.Key, "--noted", noted)
	if !holds || !strings.Contains(said, "version 1 was in the archive's log by "+begin.Add(3*time.Hour).Format(time.RFC3339)) ||
		!strings.Contains(said, "version 3 was in the archive's log by "+begin.Add(6*time.Hour).Format(time.RFC3339)) {
		t.Fatal(said)
	}
	if said, holds := python(t, dir, "--key", early.Key[:len(early.Key)-4]+"AAAA"); holds {
		t.Errorf("another key: %s", said)
	}
	for name, want := range map[string]string{"README.txt": "Version 3: Harbour inquiry", "versions/v2.txt": "11 barges", "changes/1-v1-v2.txt": "11", "changes/changes.html": "<html", "captures.warc": "WARC/1.1", "article.json": `"page"`} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Contains(b, []byte(want)) {
			t.Errorf("%s: no %q in it, %v", name, want, err)
		}
	}
	if b, _ := os.ReadFile(filepath.Join(dir, "proof.json")); bytes.Contains(b, []byte("/two")) {
		t.Error("the proof tells of another page")
	}
}

// One byte of any file is noticed; and of what the log binds even by somebody
// who finds it altered with the sums made right.
func TestAlteredPack(t *testing.T) {
	dir, _ := packed(t)
	sums := filepath.Join(dir, "SHA256SUMS")
	for name, bound := range map[string]bool{"README.txt": false, "article.json": true, "captures.warc": true, "versions/v2.txt": true, "captures/1.body": true,
		"captures/1.headers.txt": true, "checkpoint.txt": true, "proof.json": true, "earlier.json": true, "changes/1-v1-v2.txt": false, "SHA256SUMS": false} {
		path := filepath.Join(dir, name)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		write := func(path string, b []byte) {
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b := bytes.Clone(whole)
		at := len(b) * 2 / 3
		if name == "article.json" {
			at = bytes.Index(b, []byte(`"sha256": "`)) + 12
		}
		b[at] ^= 1
		write(path, b)
		if said, holds := python(t, dir); holds {
			t.Errorf("%s: %s", path, said)
		}
		if bound {
			list, err := os.ReadFile(sums)
			if err != nil {
				t.Fatal(err)
			}
			write(sums, bytes.Replace(list, fmt.Appendf(nil, "%x  %s", sha256.Sum256(whole), name), fmt.Appendf(nil, "%x  %s", sha256.Sum256(b), name), 1))
			if said, holds := python(t, dir); holds || strings.Contains(said, "its SHA-256 is not") {
				t.Errorf("%s, with the sums made right: %s", name, said)
			}
			write(sums, list)
		}
		write(path, whole)
	}
	if said, holds := python(t, dir); !holds {
		t.Error(said)
	}
}
