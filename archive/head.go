package archive

import (
	"context"
	"fmt"
)

// CaptureHead gives a capture without its body. ErrNoSuch.
func (s *Store) CaptureHead(seq Seq) (Capture, error) {
	if seq > 0 {
		for c, err := range s.Captures(context.Background(), seq-1) {
			if err != nil || c.Seq == seq {
				return c, err
			}
			break
		}
	}
	return Capture{}, fmt.Errorf("%w: capture %d", ErrNoSuch, seq)
}
