package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"pressmark/archive"
)

// Everything that finds no room waits, one line tells of all of it, and another
// when the last has found some. (archive/faults does it with a disk.)
func TestRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var talk bytes.Buffer
		done := make(chan struct{})
		r := &room{log: slog.New(slog.NewTextHandler(&talk, nil)), done: done}
		began := time.Now()
		write := func(until time.Duration, full error) (tries int, err error) {
			err = r.insist(func() error {
				if tries++; time.Since(began) < until {
					return full
				}
				return nil
			})
			return tries, err
		}
		var wg sync.WaitGroup
		for i, full := range []error{
			fmt.Errorf("append: %w", archive.ErrFull), fmt.Errorf("queue: %w", syscall.ENOSPC), errors.New("write: " + syscall.EDQUOT.Error()),
		} {
			wg.Go(func() {
				if n, err := write(time.Duration(i+1)*time.Hour, full); err != nil || n > 8+(i+1)*120 {
					t.Errorf("%v: tried %d times, %v", full, n, err)
				}
			})
		}
		wg.Wait()
		lines := strings.Split(strings.TrimSpace(talk.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[0], "no room on the disk") || !strings.Contains(lines[1], "goes on") {
			t.Errorf("it said %q", lines)
		}
		other := errors.New("another error")
		if n, err := write(time.Hour*100, other); n != 1 || err != other {
			t.Errorf("%d tries, %v", n, err)
		}
		if n, err := (*room)(nil), archive.ErrFull; n.insist(func() error { return err }) != err {
			t.Error("a command that is no daemon waited")
		}
		time.AfterFunc(time.Minute, func() { close(done) })
		if _, err := write(time.Hour*100, archive.ErrFull); !errors.Is(err, archive.ErrFull) {
			t.Errorf("the end of the program: %v", err)
		}
	})
}
