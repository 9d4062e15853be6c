package guest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// What a killed process left half made is removed by the next that makes a file
// there; what somebody may still be making is not.
func TestHalfMade(t *testing.T) {
	dir := t.TempDir()
	dead := exec.Command(os.Args[0], "-test.run", "^$")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	left := func(pid int, at time.Time) string {
		name := filepath.Join(dir, fmt.Sprintf("%s%d-%d", halfMade, pid, at.Unix()))
		if err := os.WriteFile(name, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
		return name
	}
	gone := left(dead.Process.Pid, old)
	stay := []string{left(dead.Process.Pid, time.Now()), left(os.Getpid(), old), filepath.Join(dir, ".pressmark-mine")}
	if err := os.WriteFile(stay[2], nil, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := Local{}.Create(filepath.Join(dir, "out"), Making{})
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Keep(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(gone); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", gone, err)
	}
	for _, name := range append(stay, filepath.Join(dir, "out")) {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}
