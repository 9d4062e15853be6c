//go:build !unix || solaris || aix

package main

import "errors"

func diskRoom(string) (free, all int64, err error) { return 0, 0, errors.ErrUnsupported }

func mayWrite(string) error { return nil }

func openFiles() (n uint64, ok bool) { return 0, false }

func addressSpace() (n int64, limited bool) { return 0, false }
