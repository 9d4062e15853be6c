package archive

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pressmark/extract/memory"
)

// learned makes a memory that was taught so many pages.
func learned(pages int) *memory.Site {
	s := memory.New()
	for n := range pages {
		r := s.Read(false)
		r.Where(uint64(n%3) + 1)
		var blocks []memory.Block
		for i := range 12 {
			text, size := memory.Text(fmt.Sprintf("Sentence %d of page %d, which is long enough to be somebody's.", i, n*(i%5)))
			blocks = append(blocks, memory.Block{Text: text, Size: size, Place: uint64(i%4) + 1})
		}
		r.Judge(blocks)
		s.Learn(r)
	}
	return s
}

func TestMemory(t *testing.T) {
	s := newStore(t, Options{})
	want, _ := learned(30).MarshalBinary()
	mustUpdate(t, s, func(tx *Tx) error { return tx.PutMemory("example.com", learned(30)) })
	read := func(s *Store, site string) (*memory.Site, bool) {
		t.Helper()
		var m *memory.Site
		var found bool
		if err := s.View(func(tx *Tx) (err error) {
			m, found, err = tx.Memory(site)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return m, found
	}
	if m, found := read(s, "example.com"); !found || m.Pages() != 30 {
		t.Fatal("what was put is not there")
	} else if got, _ := m.MarshalBinary(); string(got) != string(want) {
		t.Error("what was put is not what is there")
	}
	if _, found := read(s, "example.org"); found {
		t.Error("a site that nothing is known of is remembered")
	}
	if st, err := s.Stats(); err != nil || st.Remembered != 1 {
		t.Errorf("%d sites remembered, %v", st.Remembered, err)
	}
	mustBeSound(t, s)
	for _, name := range []string{"", strings.Repeat("x", MaxSiteName+1)} {
		if err := s.Update(t.Context(), func(tx *Tx) error { return tx.PutMemory(name, learned(1)) }); err == nil {
			t.Errorf("a site's name of %d bytes is taken", len(name))
		}
	}
	mustUpdate(t, s, func(tx *Tx) error {
		return tx.record(bucketMemory, []byte("example.net"), kindMemory, []byte("no memory"))
	})
	if err := s.View(func(tx *Tx) error { _, _, err := tx.Memory("example.net"); return err }); !errors.Is(err, ErrDamaged) {
		t.Errorf("a record that is no memory: %v", err)
	}
	if r, err := s.Verify(t.Context(), VerifyOptions{}); err != nil || len(r.Damage) != 1 || r.Damage[0].Record != "memory of example.net" {
		t.Errorf("verify: %+v, %v", r.Damage, err)
	}
	if err := s.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, found := read(s, "example.com"); found {
		t.Error("a reset leaves a memory")
	}
	mustBeSound(t, s)
}
