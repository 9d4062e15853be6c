package archive_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pressmark/archive"
	"pressmark/extract/urlkey"
)

// A volume that is not there keeps no takedown from the other files; when it
// is back the rest is done.
func TestTakedownBesideAVolumeThatIsGone(t *testing.T) {
	d := newDesk(t, archive.Options{VolumeSize: 40 << 10})
	furniture := strings.Join(prose("furniture", 12), "</p><p class=\"furniture\">")
	probe := func(i int) string { return fmt.Sprintf("what the keeper of lock %d saw at night", i) }
	for i := range 24 {
		text := append(prose(fmt.Sprint("orchard", i), 7), "The paper had it first: "+probe(i)+".")
		d.take(fmt.Sprintf("%spage-%d", base, i), 200, strings.Replace(story(fmt.Sprint("Page ", i), text), "<footer>", "<aside><p>"+furniture+"</p></aside><footer>", 1))
		archive.SettleTraining(d.store)
	}
	d.read()
	d.store.Close()
	was := values(t, d.dir)
	volumes, err := filepath.Glob(filepath.Join(d.dir, "raw", "*.db"))
	if err != nil || len(volumes) < 2 {
		t.Fatal(volumes, err)
	}
	first, last := volumes[0], volumes[len(volumes)-1]
	away := filepath.Join(t.TempDir(), "away")
	if err := os.Rename(first, away); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(d.dir, ".repair-11-22") // what a repair that was killed leaves
	if err := os.Mkdir(left, 0o755); err != nil {
		t.Fatal(err)
	}
	d.reopen()
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there: %v", left, err)
	}
	var probes []string
	for _, i := range []int{0, 23} { // the second is in the last volume, and not kept waiting by the first
		before, err := os.Stat(last)
		if err != nil {
			t.Fatal(err)
		}
		url := fmt.Sprintf("%spage-%d", base, i)
		if _, err := d.store.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{key(t, url)}}); !errors.Is(err, archive.ErrDamaged) {
			t.Fatalf("page %d: %v", i, err)
		}
		if after, err := os.Stat(last); err != nil || i > 0 && os.SameFile(before, after) {
			t.Errorf("page %d: %s was not written anew: %v", i, filepath.Base(last), err)
		}
		if n := len(d.exported()[url]); n > 0 {
			t.Errorf("page %d: %d versions are left", i, n)
		}
		probes = append(probes, probe(i))
	}
	d.store.Close()
	if err := os.Rename(away, first); err != nil {
		t.Fatal(err)
	}
	d.reopen()
	for x, err := range d.store.Tombstones(t.Context()) {
		if err != nil || x.Done.IsZero() {
			t.Errorf("%+v, %v", x, err)
		}
	}
	d.sound()
	bases := contents(t, d.store)
	d.store.Close()
	for _, x := range slices.Sorted(slices.Values(traces(t, d.dir, probes, was.Gone(values(t, d.dir)), bases))) {
		t.Error("left: " + x)
	}
}
