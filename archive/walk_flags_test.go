//go:build unix

package archive

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// A flag that turned is reported, and costs no record: bbolt minds some of them
// and not others, and repair must not know less than it.
func TestTurnedFlags(t *testing.T) {
	for what, turn := range map[string]func(flags uint32, bucket bool) uint32{
		"values that are called something else":  func(f uint32, bucket bool) uint32 { return map[bool]uint32{false: f ^ 0x100, true: f}[bucket] },
		"buckets that are called something else": func(f uint32, bucket bool) uint32 { return map[bool]uint32{false: f, true: f ^ 2}[bucket] },
		"buckets that are called none":           func(f uint32, bucket bool) uint32 { return map[bool]uint32{false: f, true: f ^ bucketFlag}[bucket] },
	} {
		dir, want := furnished(t)
		path := filepath.Join(dir, catalogFile)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		head, _, err := readHead(bytes.NewReader(b), catalogPage)
		if err != nil {
			t.Fatal(err)
		}
		order, turned := binary.NativeEndian, 0
		for id := uint64(2); id < head.pages; id++ {
			page := b[id*catalogPage:][:catalogPage]
			if order.Uint64(page) != id || order.Uint16(page[8:]) != pageLeaf || order.Uint16(page[10:]) == 0 {
				continue
			}
			at := page[boltPageLen:][:4] // of the first element
			was := order.Uint32(at)
			if now := turn(was, was == bucketFlag); now != was {
				order.PutUint32(at, now)
				turned++
			}
		}
		if turned == 0 {
			t.Fatalf("%s: nothing to turn", what)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if s, err := Open(dir, Options{ReadOnly: true}); err == nil {
			r, err := s.Verify(t.Context(), VerifyOptions{})
			if err != nil || len(r.Damage) == 0 {
				t.Errorf("%s: not reported: %v", what, err)
			}
			s.Close()
		}
		r, err := Repair(t.Context(), dir, RepairOptions{Apply: true})
		if err != nil || !r.Applied {
			t.Errorf("%s: %+v, %v", what, r, err)
			continue
		}
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		mustBeSound(t, s)
		got := factsOf(s, want)
		for name, sum := range want {
			if got[name] != sum {
				t.Errorf("%s: %s is not what it was", what, name)
			}
		}
		s.Close()
	}
}
