package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// An output is a file that takes its name when it is whole, or standard output.
type output struct {
	io.Writer
	file *os.File
	name string
}

// close keeps the file if err is nil and drops it otherwise; it returns err or
// what went wrong with keeping it.
func (o *output) close(err error) error {
	if o.file == nil {
		return err
	}
	err = errors.Join(err, o.file.Close())
	if err == nil {
		if err = os.Chmod(o.file.Name(), 0o644); err == nil {
			err = os.Rename(o.file.Name(), o.name)
		}
	}
	if err != nil {
		os.Remove(o.file.Name())
		return fmt.Errorf("write %s: %w", o.name, err)
	}
	return nil
}
