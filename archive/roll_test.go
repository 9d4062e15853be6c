package archive

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// Who reads a volume the moment that the catalog knows of it finds it open.
func TestRollBesideReaders(t *testing.T) {
	s := newStore(t, Options{VolumeSize: 1, Wait: time.Millisecond}) // each capture begins a volume
	stop := make(chan struct{})
	failed := make(chan error, 2)
	for range 2 {
		go func() {
			var err error
			for err == nil {
				select {
				case <-stop:
					failed <- nil
					return
				default:
				}
				var last uint64
				if err = s.View(func(tx *Tx) error {
					err := tx.loadState()
					if err == nil {
						last = tx.state.volume
					}
					return err
				}); err == nil && last > 0 {
					b, rerr := s.raw.beginRead(last)
					if rerr == nil {
						rollback(b)
					}
					err = rerr
				}
			}
			failed <- err
		}()
	}
	for i := range 150 {
		mustAppend(t, s, capture(fmt.Sprintf("https://example.com/%d", i), i, page(uint64(i), 3000)))
	}
	close(stop)
	if err := errors.Join(<-failed, <-failed); err != nil {
		t.Error(err)
	}
}
