// Package archivetest gives tests a throw-away archive, which is looked over closely when the test ends.
package archivetest

import (
	"context"
	"testing"

	"pressmark/archive"
)

// Open makes an archive in a folder of its own. When the test ends it is
// verified deeply and closed; damage fails the test.
func Open(t testing.TB) *archive.Store {
	t.Helper()
	s, err := archive.Create(t.TempDir(), archive.Options{Holder: t.Name()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		report, err := s.Verify(context.Background(), archive.VerifyOptions{Deep: true})
		if err != nil {
			t.Errorf("verify the archive: %v", err)
		}
		for _, d := range report.Damage {
			t.Errorf("the archive is damaged: %s %s: %s", d.File, d.Record, d.Problem)
		}
		if err := s.Close(); err != nil {
			t.Errorf("close the archive: %v", err)
		}
	})
	return s
}
