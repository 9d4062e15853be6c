package archive

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"

	"pressmark/extract/dedup"
)

// oldArchive unpacks an archive that a program of schema 1 made of two papers
// of the demo's newsroom.
func oldArchive(t *testing.T) (dir string) {
	t.Helper()
	f, err := os.Open("testdata/schema1.tar.zst")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	dir = t.TempDir()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return dir
		}
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, filepath.FromSlash(h.Name))
		if h.Typeflag == tar.TypeDir {
			err = os.MkdirAll(name, 0o755)
		} else {
			var b []byte
			if b, err = io.ReadAll(r); err == nil {
				err = os.WriteFile(name, b, 0o644)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// mustHold compares an archive with what the program that made the old one said of it.
func mustHold(t *testing.T, s *Store) {
	t.Helper()
	want, err := os.ReadFile("testdata/schema1.txt")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for p, err := range s.Pages(t.Context(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for v, err := range s.Versions(t.Context(), Filter{Page: p.Key}) {
			if err != nil {
				t.Fatal(err)
			}
			c, err := s.Capture(v.First)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.View(func(tx *Tx) error {
				story, err := tx.Story(v.Story)
				relation := dedup.Relation("")
				for _, m := range story.Members {
					if m.Version == v.ID {
						relation = m.Relation
					}
				}
				text := sha256.Sum256([]byte(v.Article.Text()))
				fmt.Fprintf(&got, "%s %d %s %.16s %.8x %s %s\n", p.Key.ID(), v.ID.N, v.FirstSeen.Format("2006-01-02T15:04:05Z"), c.Digest, text, v.Story, relation)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if a, b := sorted(string(want)), sorted(got.String()); a != b {
		t.Errorf("it holds\n%s\nand should hold\n%s", b, a)
	}
}

func sorted(lines string) string {
	list := strings.Split(strings.TrimSpace(lines), "\n")
	slices.Sort(list) // the order of pages is not what is looked at
	return strings.Join(list, "\n")
}

// An archive of schema 1 is read as it is, and migrated when it is opened for writing.
func TestOldArchive(t *testing.T) {
	dir := oldArchive(t)
	before, err := os.ReadFile(filepath.Join(dir, catalogFile))
	if err != nil {
		t.Fatal(err)
	}
	look := func(o Options) {
		t.Helper()
		s, err := Open(dir, o)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		mustHold(t, s)
		mustBeSound(t, s)
		if _, err := s.Stats(); err != nil {
			t.Error(err)
		}
		for _, err := range s.Journal(t.Context(), 0) {
			if err != nil {
				t.Error(err)
			}
		}
	}
	look(Options{ReadOnly: true})
	if b, err := os.ReadFile(filepath.Join(dir, catalogFile)); err != nil || !bytes.Equal(b, before) {
		t.Errorf("to read it has changed it: %v", err)
	}
	look(Options{})
	look(Options{ReadOnly: true})
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if schema, err := schemaOf(s); err != nil || schema != schemaVersion {
		t.Errorf("schema %d, %v", schema, err)
	}
	mustAppend(t, s, capture("https://example.com/later", 1, page(1, 5000)))
	mustUpdate(t, s, func(tx *Tx) error { return tx.PutMemory("example.com", learned(3)) })
	mustBeSound(t, s)
	s.Close()

	// The snapshot is what it was, and an archive with the volumes beside it.
	if err := os.Rename(snapshotName(dir, 1), filepath.Join(dir, catalogFile)); err != nil {
		t.Fatal(err)
	}
	s, err = Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	mustHold(t, s)
	if schema, err := schemaOf(s); err != nil || schema != 1 {
		t.Errorf("snapshot: schema %d, %v", schema, err)
	}
}

func schemaOf(s *Store) (schema uint64, err error) {
	err = s.View(func(tx *Tx) error {
		schema, err = tx.checkFormat()
		return err
	})
	return schema, err
}

// The first archives of schema 1 remembered nothing of sites.
func TestOldArchiveWithoutMemory(t *testing.T) {
	dir := oldArchive(t)
	db, err := bbolt.Open(filepath.Join(dir, catalogFile), 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	// The count of its rows stays behind, as 2: only a Reset makes it right.
	if err := db.Update(func(b *bbolt.Tx) error { return b.DeleteBucket([]byte(bucketMemory)) }); err != nil {
		t.Fatal(err)
	}
	db.Close()
	for _, readOnly := range []bool{true, false, true} {
		s, err := Open(dir, Options{ReadOnly: readOnly})
		if err != nil {
			t.Fatal(err)
		}
		mustHold(t, s)
		if err := s.View(func(tx *Tx) error {
			_, found, err := tx.Memory("example.com")
			if found {
				t.Error("something is remembered")
			}
			return err
		}); err != nil {
			t.Error(err)
		}
		s.Close()
	}
}

var errKilled = errors.New("killed")

// A migration that is cut off after any of its steps goes on where it stood.
func TestMigrationCutOff(t *testing.T) {
	for cut := range 6 {
		dir := oldArchive(t)
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		first, _ := os.ReadFile(snapshotName(dir, 1))
		var want []string
		// It writes every run's schedule anew, a run a step.
		renamed := func(die int) migration {
			return migration{to: schemaVersion + 1, step: func(tx *Tx, at []byte) ([]byte, error) {
				if die == 0 {
					return nil, errKilled
				}
				die--
				r, err := tx.run(RunID(numberOf(at) + 1))
				if errors.Is(err, ErrNoSuch) {
					return nil, nil
				}
				if err != nil {
					return nil, err
				}
				r.Schedule += "!"
				return number(uint64(r.ID)), tx.record(bucketRuns, number(uint64(r.ID)), kindRun, runRecord(&r))
			}}
		}
		runs := func() (list []string) {
			for r, err := range s.Runs(t.Context(), Filter{}) {
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, r.Schedule)
			}
			return list
		}
		for _, name := range runs() {
			want = append(want, name+"!")
		}
		schema, _ := schemaOf(s)
		if err := s.migrate(schema, append(migrations(), renamed(cut))); !errors.Is(err, errKilled) {
			t.Fatalf("cut %d: %v", cut, err)
		}
		if now, _ := schemaOf(s); now != schema {
			t.Errorf("cut %d: it says that it is of schema %d", cut, now)
		}
		if got := runs(); strings.Join(got[:cut], " ") != strings.Join(want[:cut], " ") || strings.Join(got[cut:], " ")+" " == strings.Join(want[cut:], " ")+" " {
			t.Fatalf("cut %d: %q", cut, got)
		}
		mustBeSound(t, s)
		taken, err := os.ReadFile(snapshotName(dir, schema))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.migrate(schema, append(migrations(), renamed(-1))); err != nil {
			t.Fatal(err)
		}
		if got := runs(); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("cut %d: %q, want %q", cut, got, want)
		}
		if again, err := os.ReadFile(snapshotName(dir, schema)); cut > 0 && (err != nil || !bytes.Equal(again, taken)) {
			t.Errorf("cut %d: the snapshot is no longer what was before: %v", cut, err)
		}
		if len(first) == 0 {
			t.Error("no snapshot of schema 1")
		}
		if err := s.View(func(tx *Tx) error {
			w, err := tx.way()
			if w.to != 0 {
				t.Errorf("cut %d: it still says %+v", cut, w)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
		mustBeSound(t, s)
		s.Close()
		if _, err := Open(dir, Options{}); !errors.Is(err, ErrNewer) {
			t.Errorf("cut %d: an archive of a newer schema: %v", cut, err)
		}
	}
}

// What is free in archive.db is not handed on.
func TestSnapshotHoldsNothingDeleted(t *testing.T) {
	s := newStore(t, Options{})
	secret := bytes.Repeat([]byte("what was taken out again. "), 3)
	mustUpdate(t, s, func(tx *Tx) error {
		for i := range 2000 {
			if err := tx.SetCursor(fmt.Sprint("cursor ", i), Seq(i)); err != nil {
				return err
			}
		}
		return tx.put(bucketMemory, []byte("x"), secret)
	})
	mustUpdate(t, s, func(tx *Tx) error {
		for i := range 2000 {
			if err := tx.drop(bucketCursor, fmt.Append(nil, "cursor ", i)); err != nil {
				return err
			}
		}
		return nil
	})
	mustUpdate(t, s, func(tx *Tx) error { return tx.drop(bucketMemory, []byte("x")) })
	b, err := os.ReadFile(filepath.Join(s.dir, catalogFile))
	if err != nil || !bytes.Contains(b, secret) {
		t.Fatalf("the test proves nothing: %v", err)
	}
	for range 2 {
		if err := s.snapshot(filepath.Join(s.dir, snapshotFolder, catalogFile)); err != nil {
			t.Fatal(err)
		}
		copied, err := os.ReadFile(filepath.Join(s.dir, snapshotFolder, catalogFile))
		if err != nil || bytes.Contains(copied, secret) {
			t.Errorf("it is in the snapshot: %v", err)
		}
	}
	if err := os.MkdirAll(filepath.Join(s.dir, snapshotFolder, rawFolder), 0o755); err != nil {
		t.Fatal(err)
	}
	again, err := Open(filepath.Join(s.dir, snapshotFolder), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	mustBeSound(t, again)
}
