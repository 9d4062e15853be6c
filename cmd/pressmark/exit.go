package main

import (
	"context"
	"errors"

	"pressmark/archive"
)

// Exit codes, as `pressmark --help` lists them.
const (
	exitFine        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitPartly      = 3
	exitConfig      = 4
	exitNoArchive   = 10
	exitInUse       = 11
	exitDamaged     = 12
	exitDiffer      = 20
	exitInterrupted = 130
)

const exitHelp = `Exit codes: 0 fine · 1 failed · 2 wrong usage · 3 finished, but some sites failed or gave nothing ·
4 configuration invalid · 10 no archive there · 11 archive in use · 12 archive damaged ·
20 differences found (with --exit-code) · 130 interrupted`

var (
	// errPartly ends a command that did its work while some of it failed; what
	// failed has been told already.
	errPartly = errors.New("finished with problems")
	// errNoContact says that nothing but this machine may be crawled.
	errNoContact = errors.New("contact is missing")
	// errDiffer ends diff --exit-code when there are differences.
	errDiffer = errors.New("there are differences")
)

// A usageError is a command line that makes no sense.
type usageError struct{ error }

func usage(err error) error        { return usageError{err} }
func (e usageError) Unwrap() error { return e.error }

// A hinted error carries the way out for the person who reads it.
type hinted struct {
	error
	hint string
}

func hint(err error, way string) error { return hinted{err, way} }
func (e hinted) Unwrap() error         { return e.error }

// exitCode says how a command that returned err ends.
func exitCode(err error) int {
	var bad *configFaults
	var use usageError
	switch {
	case err == nil:
		return exitFine
	case errors.As(err, &use):
		return exitUsage
	case errors.Is(err, errPartly):
		return exitPartly
	case errors.Is(err, errDiffer):
		return exitDiffer
	case errors.As(err, &bad), errors.Is(err, errNoConfig), errors.Is(err, errNoContact):
		return exitConfig
	case errors.Is(err, archive.ErrNotFound):
		return exitNoArchive
	case errors.Is(err, archive.ErrInUse):
		return exitInUse
	case errors.Is(err, archive.ErrDamaged):
		return exitDamaged
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitFailed
}
