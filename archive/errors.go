package archive

import "errors"

// The reasons for which an archive can't do what it was asked; errors.Is tells
// them, and the message has the particulars.
var (
	ErrNotFound  = errors.New("no archive")                  // there is none in the folder
	ErrExists    = errors.New("there is an archive already") // Create does not overwrite
	ErrInUse     = errors.New("archive in use")              // the message says by whom
	ErrDamaged   = errors.New("archive damaged")             // the message says which file or record
	ErrNewer     = errors.New("archive of a newer program")  // this program is too old for it
	ErrFull      = errors.New("no room for the archive")     // disk, quota or file size limit
	ErrNoSuch    = errors.New("not in the archive")          // no such page, version, capture, story, run
	ErrAmbiguous = errors.New("ambiguous")                   // the message lists the candidates
	ErrReadOnly  = errors.New("archive opened for reading only")
	ErrClosed    = errors.New("archive closed")
	ErrTakenDown = errors.New("taken down")                // it is not to be archived again
	ErrErased    = errors.New("no longer kept")            // the body of a capture: pruned, or taken down
	ErrTooLarge  = errors.New("too large for the archive") // a record of more than MaxRecord bytes
)
