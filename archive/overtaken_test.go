package archive

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Writers who commit before a file's head is read are no damage.
func TestVerifyOvertaken(t *testing.T) {
	s := newStore(t, Options{})
	mustAppend(t, s, capture("https://example.com/", 0, page(1, 1000)))
	f, err := os.Open(filepath.Join(s.dir, catalogFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	times := 0
	v := newVerifier(t.Context(), s, VerifyOptions{})
	err = v.view(func() error {
		if times++; times == 1 {
			for i := range 2 {
				mustAppend(t, s, capture("https://example.com/", i, page(uint64(i), 1000)))
			}
			if _, _, err := headOf(f, catalogPage, v.tx.b); !errors.Is(err, errOvertaken) {
				t.Errorf("two commits later: %v", err)
			}
		}
		if err := v.tx.loadState(); err != nil {
			return err
		}
		v.state = *v.tx.state
		return v.catalog()
	})
	if err != nil || times != 2 || len(v.report.Damage) > 0 {
		t.Errorf("%d times, %v, %v", times, err, v.report.Damage)
	}
}
