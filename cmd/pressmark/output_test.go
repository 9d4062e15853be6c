package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// -o names a file that is replaced when it is whole, through links and with
// its mode; a device is written to and stays one.
func TestOutput(t *testing.T) {
	c := &cli{}
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(file, []byte("old"), 0o600), os.Symlink(file, link)); err != nil {
		t.Fatal(err)
	}
	write := func(name string, failure error) error {
		w, err := c.output(name)
		if err != nil {
			return err
		}
		fmt.Fprint(w, "new")
		return w.close(failure)
	}
	read := func() string {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if err := write(link, errors.New("half way")); err == nil || read() != "old" {
		t.Errorf("a failure left %q, %v", read(), err)
	}
	if err := write(link, nil); err != nil || read() != "new" {
		t.Errorf("%v, %q", err, read())
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != fs.ModeSymlink {
		t.Errorf("the link became %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode became %v, %v", info.Mode(), err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 2 {
		t.Errorf("left behind: %v, %v", list, err)
	}
	if err := write(os.DevNull, nil); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatalf("%s became %v, %v", os.DevNull, info.Mode(), err)
	}
}
