//go:build !linux

package hostile

import (
	"errors"
	"io"
)

// fullListener needs a kernel that drops who knocks at a full queue.
func fullListener() (string, io.Closer, error) { return "", nil, errors.ErrUnsupported }
