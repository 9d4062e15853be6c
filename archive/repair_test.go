package archive

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
)

// tamper changes the catalog of an archive behind its back.
func tamper(t *testing.T, dir string, f func(b *bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(dir, catalogFile), 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(f); err != nil {
		t.Fatal(err)
	}
}

// another is a copy of an archive.
func another(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "a")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func mustRepair(t *testing.T, dir string) RepairReport {
	t.Helper()
	before, err := os.ReadFile(filepath.Join(dir, catalogFile))
	if err != nil {
		t.Fatal(err)
	}
	told, err := Repair(t.Context(), dir, RepairOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if now, err := os.ReadFile(filepath.Join(dir, catalogFile)); err != nil || !bytes.Equal(now, before) || told.Applied {
		t.Errorf("to be told of it has changed it: %v", err)
	}
	r, err := Repair(t.Context(), dir, RepairOptions{Apply: true})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(told.Mended) != fmt.Sprint(r.Mended) || len(told.Lost) != len(r.Lost) {
		t.Errorf("it told %v, and did %v", told.Mended, r.Mended)
	}
	if r.Applied {
		kept, err := os.ReadFile(r.Snapshot)
		if err != nil || !bytes.Equal(kept, before) {
			t.Errorf("the old file is not kept: %v", err)
		}
	}
	if again, err := Repair(t.Context(), dir, RepairOptions{}); err != nil || len(again.Mended) > 0 {
		t.Errorf("there is more to mend: %+v, %v", again.Mended, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".repair-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	return r
}

func what(r RepairReport) string {
	var names []string
	for _, m := range r.Mended {
		names = append(names, m.What)
	}
	return strings.Join(names, ", ")
}

func TestRepairOfSoundArchive(t *testing.T) {
	dir, facts := furnished(t)
	if r := mustRepair(t, dir); len(r.Mended) > 0 || len(r.Lost) > 0 || r.Applied {
		t.Errorf("%+v", r)
	}
	mustEqual(t, dir, facts)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := Repair(t.Context(), dir, RepairOptions{}); !errors.Is(err, ErrInUse) {
		t.Errorf("beside one that writes: %v", err)
	}
	if _, err := Repair(t.Context(), t.TempDir(), RepairOptions{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("where there is none: %v", err)
	}
}

// Whatever an index lost, or says wrongly, is made right.
func TestRepairOfIndexes(t *testing.T) {
	made, facts := furnished(t)
	for _, bucket := range []string{bucketURL, bucketCapture, bucketDigest, bucketDoc, bucketRun, bucketChange, bucketStory} {
		t.Run(bucket, func(t *testing.T) {
			dir := another(t, made)
			tamper(t, dir, func(tx *bbolt.Tx) error {
				b := tx.Bucket([]byte(bucket))
				var keys [][]byte
				if err := b.ForEach(func(k, _ []byte) error { keys = append(keys, bytes.Clone(k)); return nil }); err != nil {
					return err
				}
				if err := b.Delete(keys[0]); err != nil {
					return err
				}
				wrong := bytes.Clone(b.Get(keys[1]))
				if len(wrong) > 0 {
					wrong[len(wrong)-1] ^= 1
				}
				if err := b.Put(keys[1], wrong); err != nil {
					return err
				}
				nowhere := bytes.Clone(keys[2])
				nowhere[0] ^= 0x80
				return b.Put(nowhere, b.Get(keys[2]))
			})
			r := mustRepair(t, dir)
			if !strings.Contains(what(r), bucket) || len(r.Lost) > 0 {
				t.Errorf("mended %+v; lost %v", r.Mended, r.Lost)
			}
			mustEqual(t, dir, facts)
		})
	}
}

// spoilRecord turns a bit of a record, in place.
func spoilRecord(bucket string, key []byte) func(*bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		if key == nil {
			key, _ = b.Cursor().First()
		}
		v := bytes.Clone(b.Get(key))
		v[len(v)/2] ^= 1
		return b.Put(key, v)
	}
}

// Records that are repeated elsewhere come back; the others are named.
func TestRepairOfRecords(t *testing.T) {
	made, facts := furnished(t)
	for _, x := range []struct {
		bucket string
		key    []byte
		mended string
	}{
		{bucketMeta, []byte("state"), "state"},
		{bucketCaptures, nil, "records of captures"},
		{bucketVolumes, nil, "record of raw/000001.db"},
		{bucketDicts, number(captureDict), "dictionary 1"},
		{bucketJournal, nil, "journal"},
		{bucketBand, nil, "band"},
		{bucketFiled, nil, "band"},
		{bucketCursor, []byte("ingest"), "cursor of ingest"},
		{bucketTexts, nil, ""},
		{bucketRuns, nil, ""},
	} {
		t.Run(x.bucket, func(t *testing.T) {
			dir := another(t, made)
			empty := false
			tamper(t, dir, func(tx *bbolt.Tx) error {
				if k, _ := tx.Bucket([]byte(x.bucket)).Cursor().First(); k == nil {
					empty = true
					return nil
				}
				return spoilRecord(x.bucket, x.key)(tx)
			})
			if empty {
				t.Skip("there is none")
			}
			r := mustRepair(t, dir)
			if !strings.Contains(what(r), x.mended) || x.mended == "" && len(r.Mended) > 0 {
				t.Errorf("mended %+v", r.Mended)
			}
			if x.mended == "" && len(r.Lost) == 0 && x.bucket != bucketTexts {
				t.Error("nothing is said to be lost")
			}
			if x.mended == "" {
				return
			}
			if x.bucket == bucketVolumes { // when it was begun is not known so exactly
				s, err := Open(dir, Options{})
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				mustBeSound(t, s)
				return
			}
			mustEqual(t, dir, facts)
		})
	}
}

// An archive with damaged pages opens again, without a wrong word in it, and
// with no less than could be read before.
func TestRepairOfPages(t *testing.T) {
	dir, want := furnished(t)
	content, err := os.ReadFile(filepath.Join(dir, catalogFile))
	if err != nil {
		t.Fatal(err)
	}
	head, _, err := readHead(bytes.NewReader(content), catalogPage)
	if err != nil {
		t.Fatal(err)
	}
	refused, facts := 0, 0
	for round := range 12 {
		r := rand.New(rand.NewPCG(uint64(round), 9))
		b := bytes.Clone(content)
		at := (2 + r.IntN(int(head.pages)-2)) * catalogPage
		clear(b[at : at+catalogPage])
		copied := another(t, dir)
		if err := os.WriteFile(filepath.Join(copied, catalogFile), b, 0o644); err != nil {
			t.Fatal(err)
		}
		could := 0
		if s, err := Open(copied, Options{ReadOnly: true}); err == nil {
			could = len(factsOf(s, want))
			s.Close()
		}
		report, err := Repair(t.Context(), copied, RepairOptions{Apply: true})
		if err != nil {
			t.Errorf("round %d: %v", round, err)
			continue
		}
		s, err := Open(copied, Options{})
		if err != nil {
			t.Errorf("round %d: %v", round, err)
			refused++
			continue
		}
		got := factsOf(s, want)
		for fact, sum := range got {
			if want[fact] != sum {
				t.Errorf("round %d: %s is not what was written", round, fact)
			}
		}
		if len(got) < could {
			t.Errorf("round %d: %d facts before, %d after: %+v", round, could, len(got), report.Mended)
		}
		for seq := Seq(1); seq < 300; seq++ { // the volumes have all of these
			name := fmt.Sprint("capture ", seq)
			if _, is := want[name]; is && got[name] == "" {
				t.Errorf("round %d: %s is lost", round, name)
			}
		}
		facts += len(got)
		s.Close()
	}
	t.Logf("%d of %d facts are there after a repair", facts, 12*len(want))
}

// A catalog is made of the raw volumes alone.
func TestRepairFromVolumes(t *testing.T) {
	made, want := furnished(t)
	if _, err := Repair(t.Context(), made, RepairOptions{FromVolumes: true}); !errors.Is(err, ErrExists) {
		t.Errorf("where the catalog can be read: %v", err)
	}
	for _, how := range []string{"lost", "no bbolt file"} {
		dir := another(t, made)
		path := filepath.Join(dir, catalogFile)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if how == "no bbolt file" {
			if err := os.WriteFile(path, bytes.Repeat([]byte("x"), 100_000), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		told, err := Repair(t.Context(), dir, RepairOptions{FromVolumes: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, Options{ReadOnly: true}); err == nil {
			t.Error("to be told of it has made one")
		}
		r, err := Repair(t.Context(), dir, RepairOptions{FromVolumes: true, Apply: true})
		if err != nil || !r.Applied || r.Captures != told.Captures {
			t.Fatalf("%+v, %v", r, err)
		}
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		mustBeSound(t, s)
		got := factsOf(s, nil)
		n := 0
		for _, fact := range slices.Sorted(maps.Keys(want)) {
			if strings.HasPrefix(fact, "capture ") {
				if n++; got[fact] != want[fact] {
					t.Errorf("%s: %s is not what it was", how, fact)
				}
			}
		}
		if n != r.Captures || n == 0 {
			t.Errorf("%s: %d captures, not %d", how, r.Captures, n)
		}
		next := mustAppend(t, s, capture("https://example.com/1", 1, page(777, 5000)))
		if _, is := want[fmt.Sprint("capture ", next.Seq)]; is {
			t.Errorf("%s: number %d is given out again", how, next.Seq)
		}
		if c, err := s.Capture(next.Seq); err != nil || len(c.Body) == 0 {
			t.Error(err)
		}
		mustBeSound(t, s)
		s.Close()
	}
}
