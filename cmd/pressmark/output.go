package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// An output is a file that takes its name when it is whole, a device that is
// written to as it comes, or standard output.
type output struct {
	io.Writer
	file   *os.File
	name   string
	mode   fs.FileMode
	device bool
}

// close keeps the file if err is nil and drops it otherwise; it returns err or
// what went wrong with keeping it.
func (o *output) close(err error) error {
	if o.file == nil {
		return err
	}
	if err == nil && !o.device { // or a power cut could leave the name with nothing in it
		err = o.file.Sync()
	}
	err = errors.Join(err, o.file.Close())
	if err == nil && !o.device {
		if err = os.Chmod(o.file.Name(), o.mode); err == nil {
			err = os.Rename(o.file.Name(), o.name)
		}
	}
	if err == nil {
		return nil
	}
	if !o.device {
		os.Remove(o.file.Name())
	}
	return fmt.Errorf("write %s: %w", o.name, err)
}
