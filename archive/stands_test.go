package archive

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// A page that comes again as it was is stored again when the body that it
// would rely on is damaged, and what comes after relies on the new one.
func TestRevisitOfDamagedBody(t *testing.T) {
	s := newStore(t, Options{})
	body := page(1, 9000)
	first := mustAppend(t, s, capture("https://example.com/1", 1, body))
	if again := mustAppend(t, s, capture("https://example.com/1", 2, body)); again.RevisitOf != first.Seq {
		t.Fatalf("a revisit of %d", again.RevisitOf)
	}
	s.Close()
	name := filepath.Join(s.dir, volumeName(1))
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	spoil(t, b, rawPage)
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"damaged", "opened again", "repaired"} {
		if how == "repaired" {
			if _, err := Repair(t.Context(), s.dir, RepairOptions{Apply: true}); err != nil {
				t.Fatal(err)
			}
		}
		r, err := Open(s.dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		c := mustAppend(t, r, capture("https://example.com/1", 3, body))
		if stored := c.RevisitOf == 0; stored != (how == "damaged") || c.RevisitOf == first.Seq {
			t.Errorf("%s: a revisit of %d", how, c.RevisitOf)
		}
		if got, err := r.Capture(c.Seq); err != nil || !bytes.Equal(got.Body, body) {
			t.Errorf("%s: %v", how, err)
		}
		// What was damaged is to be had again, too.
		if got, err := r.Capture(first.Seq); err != nil || !bytes.Equal(got.Body, body) {
			t.Errorf("%s: the first: %v", how, err)
		}
		report, err := r.Verify(t.Context(), VerifyOptions{Deep: true})
		if err != nil || len(report.Damage) != 1 || report.Damage[0].Seq != first.Seq {
			t.Errorf("%s: %+v, %v", how, report.Damage, err)
		}
		r.Close()
	}
}
