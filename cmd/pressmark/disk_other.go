//go:build !unix || solaris || aix

package main

import "errors"

func diskRoom(string) (free, all int64, err error) { return 0, 0, errors.ErrUnsupported }
