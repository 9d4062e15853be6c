package proof

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"pressmark/archive"
	"pressmark/archive/archivetest"
)

func filled(t testing.TB, n int) *archive.Store {
	s := archivetest.Open(t)
	more(t, s, n)
	return s
}

func more(t testing.TB, s *archive.Store, n int) {
	for i := range n {
		url := "https://paper.example/" + strings.Repeat("a", i+1)
		if _, err := s.Append(t.Context(), archive.Capture{URL: url, Final: url, Status: 200, Body: []byte("<p>harbour " + url + time.Now().String()), FetchedAt: time.Date(2026, 3, 1, i, 0, 0, 0, time.UTC)}); err != nil {
			t.Fatal(err)
		}
	}
}

func take(t testing.TB, s *archive.Store) Taken {
	c, err := Take(t.Context(), s, time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCheckpoint(t *testing.T) {
	s := filled(t, 5)
	c := take(t, s)
	if !c.NewKey || c.Entered != 5 || c.Size != 5 {
		t.Errorf("%+v", c)
	}
	info, err := os.Stat(filepath.Join(s.Dir(), KeyFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if again := take(t, s); again.NewKey || !bytes.Equal(again.Note, c.Note) {
		t.Errorf("nothing came, and the note is another:\n%s", again.Note)
	}
	got, err := Open(c.Note, c.Key)
	if err != nil || got != c.Checkpoint {
		t.Fatalf("%+v, %v", got, err)
	}
	if got, err := Read(bytes.ReplaceAll(c.Note, []byte("\n"), []byte("\r\n"))); err != nil || got != c.Checkpoint {
		t.Errorf("as a mail has it: %+v, %v", got, err)
	}
	for i := range c.Note { // no byte of it can be altered
		b := bytes.Clone(c.Note)
		b[i] ^= 1
		if x, err := Open(b, c.Key); err == nil && x != c.Checkpoint {
			t.Errorf("byte %d: %+v", i, x)
		}
	}
	_, other, err := note.GenerateKey(rand.Reader, c.Origin)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(c.Note, other); !errors.Is(err, ErrSignature) {
		t.Errorf("another's key: %v", err)
	}
	more(t, s, 3)
	if found, err := AgainstRoot(s, c.Checkpoint); err != nil || len(found) > 0 {
		t.Errorf("%v, %v", found, err)
	}
	if next := take(t, s); next.Size != 8 {
		t.Errorf("%+v", next)
	}
}

func TestProofNeedsNoArchive(t *testing.T) {
	s := filled(t, 9)
	taken := take(t, s)
	c, err := s.Capture(4)
	if err != nil {
		t.Fatal(err)
	}
	f, err := OfCapture(s, taken, c)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	if f, err = ReadFile(b); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Check(); err != nil {
		t.Fatal(err)
	}
	v, err := f.Against(t.Context(), s)
	if err != nil || len(v.Findings) > 0 || len(v.Holds) != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	for what, spoil := range map[string]func(*File){
		"status":    func(f *File) { f.Leaves[0].Line = strings.Replace(f.Leaves[0].Line, `"status":200`, `"status":201`, 1) },
		"place":     func(f *File) { f.Leaves[0].Index++ },
		"path":      func(f *File) { f.Leaves[0].Path[1][7] ^= 1 },
		"short":     func(f *File) { f.Leaves[0].Path = f.Leaves[0].Path[1:] },
		"negative":  func(f *File) { f.Leaves[0].Index = -1 },
		"root":      func(f *File) { f.Checkpoint = strings.Replace(f.Checkpoint, "\n9\n", "\n8\n", 1) },
		"signature": func(f *File) { f.Checkpoint = f.Checkpoint[:len(f.Checkpoint)-9] + "AAAAAAA=\n" },
	} {
		g, err := ReadFile(b)
		if err != nil {
			t.Fatal(err)
		}
		spoil(&g)
		if _, err := g.Check(); err == nil {
			t.Errorf("%s: it holds", what)
		}
	}
	// Another archive is not taken for this one, nor one without the capture.
	other := filled(t, 9)
	take(t, other)
	if v, err := f.Against(t.Context(), other); err != nil || len(v.Findings) < 2 {
		t.Errorf("another archive: %+v, %v", v, err)
	}
	if v, err := f.Against(t.Context(), filled(t, 2)); err != nil || len(v.Findings) < 1 {
		t.Errorf("an archive without a log: %+v, %v", v, err)
	}
}

func FuzzRead(f *testing.F) {
	s := filled(f, 3)
	c := take(f, s)
	f.Add(c.Note)
	f.Add([]byte("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := Read(b)
		if err == nil && (got.Size < 0 || got.Origin == "" || strings.Contains(got.Origin, "\n")) {
			t.Errorf("%+v", got)
		}
		if got, err := Open(b, c.Key); err == nil && got != c.Checkpoint {
			t.Errorf("a note that was never signed: %q", b)
		}
	})
}

func FuzzReadFile(f *testing.F) {
	s := filled(f, 3)
	taken := take(f, s)
	c, err := s.Capture(2)
	if err != nil {
		f.Fatal(err)
	}
	p, err := OfCapture(s, taken, c)
	if err != nil {
		f.Fatal(err)
	}
	b, err := json.Marshal(p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"schema":1,"checkpoint":"x","key":"y","leaves":[{"index":9223372036854775807,"leaf":"{}"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := ReadFile(b)
		if err != nil {
			return
		}
		got.Key = taken.Key // whoever makes a proof may name a key; this is the archive's
		if at, err := got.Check(); err == nil && (at != taken.Checkpoint || !true3(got, s)) {
			t.Errorf("a proof of what never was: %s", b)
		}
	})
}

// true3 reports whether each leaf is one of the three of the archive.
func true3(f File, s *archive.Store) bool {
	for _, l := range f.Leaves {
		q, err := s.ProveCapture(archive.Seq(l.Index+1), 3)
		if err != nil || tlog.RecordHash([]byte(l.Line)) != tlog.RecordHash(q.Data) {
			return false
		}
	}
	return true
}
