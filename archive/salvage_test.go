package archive_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pressmark/archive"
	"pressmark/extract/urlkey"
)

// wreckBranches makes the branches of a bbolt file lead nowhere, so that bbolt
// can't read it any more. The leaves stay as they are.
func wreckBranches(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page, branch = 4096, 1
	n := 0
	for at := 2 * page; at < len(b); at += page {
		if binary.NativeEndian.Uint64(b[at:]) == uint64(at/page) && binary.NativeEndian.Uint16(b[at+8:]) == branch {
			binary.NativeEndian.PutUint16(b[at+8:], 0x77)
			n++
		}
	}
	if n == 0 {
		t.Fatalf("%s has no branches", filepath.Base(path))
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A takedown that waits for a volume that will never be readable again is done
// when the volume is made anew of what is left of it.
func TestSalvage(t *testing.T) {
	for _, test := range []struct {
		name  string
		wreck func(t *testing.T, path string)
		lost  func(lost, bodies int) bool
	}{
		{"branches", wreckBranches, func(lost, _ int) bool { return lost == 0 }},
		{"heads", func(t *testing.T, path string) { fillFile(t, path, 0, 8192) }, func(lost, _ int) bool { return lost == 0 }},
		{"cut", func(t *testing.T, path string) {
			info, err := os.Stat(path)
			if err == nil {
				err = os.Truncate(path, info.Size()*3/4)
			}
			if err != nil {
				t.Fatal(err)
			}
		}, func(lost, bodies int) bool { return lost > 0 && bodies > 0 }},
		{"gone", func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}, func(lost, bodies int) bool { return lost > 0 && bodies == 0 }},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t, archive.Options{VolumeSize: 60 << 10})
			probe := func(i int) string { return fmt.Sprintf("what the keeper of lock %d saw at night", i) }
			url := func(i int) string { return fmt.Sprintf("%spage-%d", base, i) }
			var captures []archive.Capture
			for i := range 60 {
				text := append(prose(fmt.Sprint("orchard", i), 7), "The paper had it first: "+probe(i)+".")
				captures = append(captures, d.take(url(i), 200, story(fmt.Sprint("Page ", i), text)))
			}
			d.read()
			d.store.Close()
			was := values(t, d.dir)
			first := filepath.Join(d.dir, "raw", "000001.db")
			test.wreck(t, first)
			d.reopen()

			plan, err := d.store.Salvage(t.Context(), 1, archive.SalvageOptions{})
			for err == nil && test.name == "cut" && len(plan.Lost) == 0 { // what was cut off was empty
				d.store.Close()
				test.wreck(t, first)
				d.reopen()
				plan, err = d.store.Salvage(t.Context(), 1, archive.SalvageOptions{})
			}
			if err != nil || plan.Applied || !test.lost(len(plan.Lost), plan.Bodies) {
				t.Fatalf("the plan: %+v, %v", plan, err)
			}
			if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{key(t, url(0))}}); !errors.Is(err, archive.ErrDamaged) {
				t.Fatalf("the takedown: %v", err)
			}
			r, err := d.store.Salvage(t.Context(), 1, archive.SalvageOptions{Apply: true})
			if err != nil || !r.Applied || r.Kept != "" || r.Missing != (test.name == "gone") {
				t.Fatalf("%+v, %v", r, err)
			}
			for x, err := range d.store.Tombstones(t.Context()) {
				if err != nil || x.Done.IsZero() {
					t.Errorf("the takedown is not finished: %+v, %v", x, err)
				}
			}
			for i, c := range captures[1:] {
				got, err := d.store.Capture(c.Seq)
				if slices.Contains(r.Lost, c.Seq) {
					if !errors.Is(err, archive.ErrDamaged) {
						t.Errorf("capture %d is lost, and reads as %v", c.Seq, err)
					}
				} else if err != nil || got.Digest != c.Digest {
					t.Errorf("page %d: %v", i+1, err)
				}
			}
			var bases [][]byte
			if len(r.Lost) == 0 {
				d.sound()
				bases = contents(t, d.store)
			}
			d.store.Close()
			for _, x := range slices.Sorted(slices.Values(traces(t, d.dir, []string{probe(0)}, was.Gone(values(t, d.dir)), bases))) {
				t.Error("left: " + x)
			}

			d.reopen()
			again, err := d.store.Salvage(t.Context(), 1, archive.SalvageOptions{Apply: true})
			if err != nil || len(again.Lost) != len(r.Lost) {
				t.Fatalf("once more: %+v, %v", again, err)
			}
			if _, err := os.Stat(again.Kept); err != nil && !again.Missing {
				t.Errorf("the file as it was is not kept: %v", err)
			}
			if c := d.take(url(100), 200, story("Later", prose("later", 4))); c.Seq == 0 {
				t.Error("nothing can be appended")
			}
		})
	}
}

func fillFile(t *testing.T, path string, from, n int) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(make([]byte, n), int64(from)); err != nil {
		t.Fatal(err)
	}
}
