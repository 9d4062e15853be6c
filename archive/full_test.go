//go:build unix

package archive

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
)

func limitFiles(to uint64) {
	var l syscall.Rlimit
	die(syscall.Getrlimit(syscall.RLIMIT_FSIZE, &l))
	l.Cur = min(to, l.Max)
	die(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l))
}

// playFull appends until there is no room, looks that nothing is lost, and
// goes on when there is.
func playFull(dir string) {
	s, err := Create(dir, Options{})
	die(err)
	ctx := context.Background()
	var kept []Capture
	appendUntil := func(full bool, most int) {
		for i := range most {
			body := page(uint64(len(kept)+1)*1000, 100_000)
			c, err := s.Append(ctx, capture(fmt.Sprintf("https://example.com/%d/%d", len(kept), i), i, body))
			if full && errors.Is(err, ErrFull) {
				return
			}
			die(err)
			c.Body = body
			kept = append(kept, c)
		}
		if full {
			die(errors.New("it never got full"))
		}
	}
	check := func() {
		for _, c := range kept {
			got, err := s.Capture(c.Seq)
			die(err)
			if string(got.Body) != string(c.Body) {
				die(fmt.Errorf("capture %d has another body", c.Seq))
			}
		}
		r, err := s.Verify(ctx, VerifyOptions{Deep: true})
		die(err)
		if len(r.Damage) > 0 {
			die(fmt.Errorf("damage: %+v", r.Damage))
		}
	}
	const mega = 1 << 20
	for round := range uint64(2) {
		limitFiles((round + 2) * mega)
		appendUntil(true, 10_000)
		err := s.Update(ctx, func(tx *Tx) error {
			r := rand.New(rand.NewPCG(round, 1))
			title := make([]byte, (round+3)*mega)
			for i := range title {
				title[i] = byte(r.Uint32())
			}
			if err := tx.PutStory(Story{ID: "too large for the disk", Title: string(title)}); err != nil {
				return err
			}
			return nil
		})
		if !errors.Is(err, ErrFull) {
			die(fmt.Errorf("update without room: %v", err))
		}
		check()
		limitFiles(1 << 40)
		appendUntil(false, 5)
		check()
	}
	die(s.Close())
	fmt.Println("kept", len(kept))
}

func TestFullDisk(t *testing.T) {
	c := player(t, "full", t.TempDir())
	out, err := c.Output()
	if err != nil || !strings.HasPrefix(string(out), "kept ") {
		t.Fatalf("%v, %s", err, out)
	}
	t.Logf("%s", strings.TrimSpace(string(out)))
}
