package main

import (
	"bytes"
	"os"
	"testing"
)

// The children of a test are this test program again.
func TestMain(m *testing.M) {
	if playing() {
		play()
		return
	}
	os.Exit(m.Run())
}

// suffer runs parts and fails the test when a figure is not what it should be.
func suffer(t *testing.T, n rounds, names ...string) {
	t.Helper()
	var talk, table bytes.Buffer
	b := &bench{ctx: t.Context(), dir: t.TempDir(), seed: 1, rounds: n, talk: &talk}
	b.run(names)
	if err := b.print(&table, false); err != nil {
		t.Fatal(err)
	}
	if b.failed() > 0 {
		t.Errorf("%s%s", talk.String(), table.String())
	} else {
		t.Logf("\n%s", table.String())
	}
}

// A little of everything but what takes long: -tags faults does as much as is promised.
func TestFaults(t *testing.T) {
	n := rounds{kills: 2, midst: 1, flips: 10, cuts: 4, blanks: 4, brimful: 1}
	suffer(t, n, "kill", "flip", "cut", "blank", "trip", "unreadable")
}
