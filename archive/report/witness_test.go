package report

import (
	"strings"
	"testing"

	"pressmark/archive/proof"
)

// A report names the newest checkpoint in all its forms; without one it is silent.
func TestCheckpointInReport(t *testing.T) {
	s := store(t, ferry, ferry.then(5, "62", "26"))
	for name, text := range forms(t, build(t, s, Options{})) {
		if strings.Contains(text, "checkpoint") {
			t.Errorf("%s names a checkpoint that was not made", name)
		}
	}
	taken, err := proof.Take(t.Context(), s, monday)
	if err != nil {
		t.Fatal(err)
	}
	r := build(t, s, Options{})
	if r.Checkpoint == nil || r.Checkpoint.Root != taken.Root.String() || r.Checkpoint.Size != taken.Size || r.Checkpoint.Key != taken.Key {
		t.Fatalf("checkpoint %+v, made %+v", r.Checkpoint, taken)
	}
	for name, text := range forms(t, r) {
		if text = strings.NewReplacer("&#43;", "+", `\`, "").Replace(text); !strings.Contains(text, "root hash "+taken.Root.String()) {
			t.Errorf("%s does not name the root", name)
		}
	}
}
