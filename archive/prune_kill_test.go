//go:build unix

package archive

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"
)

// playPrune prunes the captures that something was concluded of, a few more
// each time, with captures beside, until it is killed.
func playPrune(dir string) {
	s, err := Open(dir, Options{VolumeSize: 1 << 20})
	die(err)
	go func() {
		for i := 0; ; i++ {
			c, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/k/%d", i%9), i, fmt.Append(page(uint64(i%9), 6_000), os.Getpid(), i)))
			die(err)
			fmt.Printf("capture %d %s\n", c.Seq, c.Digest)
		}
	}()
	for from := Seq(1); ; from += 4 {
		die(s.Update(context.Background(), func(tx *Tx) error {
			for seq := from; seq < from+4; seq++ {
				c, err := tx.capture(seq)
				if errors.Is(err, ErrNoSuch) || err == nil && c.Site != "Old" {
					continue
				}
				if err == nil {
					err = tx.PutSighting(Sighting{Seq: seq, Page: c.Page, At: c.FetchedAt, Status: 200, Outcome: Same})
				}
				if err != nil {
					return err
				}
			}
			return nil
		}))
		_, err := s.Prune(context.Background(), PruneOptions{Keep: func(string) Keep { return Keep{Bodies: time.Hour} }})
		die(err)
	}
}

// A pruning that is killed leaves a sound archive: what it was to drop is there
// or dropped, everything else is there.
func TestKillWhilePruning(t *testing.T) {
	s := newStore(t, Options{VolumeSize: 60 << 10})
	old, want := map[Seq]Digest{}, map[Seq]Digest{}
	for i := range 40 {
		c := capture(fmt.Sprintf("https://example.com/%d", i%7), i, fmt.Append(page(uint64(i%7), 5_000), i))
		if i%4 != 1 {
			c.Site = "Old"
		}
		c = mustAppend(t, s, c)
		if want[c.Seq] = c.Digest; c.Site == "Old" {
			old[c.Seq] = c.Digest
		}
	}
	s.Close()
	dropped := 0
	for life := range 4 {
		for seq, digest := range killed(t, "prune", s.dir, time.Duration(5+life*60)*time.Millisecond) {
			want[seq] = digest
		}
		s, err := Open(s.dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		mustBeSound(t, s)
		dropped = 0
		for seq, digest := range want {
			c, err := s.Capture(seq)
			if _, may := old[seq]; may && errors.Is(err, ErrErased) && c.Body == nil {
				dropped++
			} else if err != nil || Digest(sha256.Sum256(c.Body)) != digest {
				t.Fatalf("life %d: capture %d: %v", life, seq, err)
			}
		}
		s.Close()
	}
	t.Logf("%d of %d old bodies dropped", dropped, len(old))
	if dropped == 0 {
		t.Error("nothing was pruned")
	}
}
