//go:build unix

package archive

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pressmark/extract/urlkey"
)

// playTakedown takes one page after another down, with captures beside, until
// it is killed.
func playTakedown(dir string) {
	s, err := Open(dir, Options{VolumeSize: 1 << 20})
	die(err)
	go func() {
		for i := 0; ; i++ {
			c, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/k/%d", i%9), i, fmt.Append(page(uint64(i%9), 9_000), os.Getpid(), i)))
			die(err)
			fmt.Printf("capture %d %s\n", c.Seq, c.Digest)
		}
	}()
	for i := range 12 {
		key, err := urlkey.Of(fmt.Sprintf("https://example.com/bad/%d", i))
		die(err)
		if s.Refuses(key) {
			continue
		}
		_, err = s.Takedown(context.Background(), TakedownOptions{Pages: []urlkey.Key{key}})
		die(err)
	}
	select {}
}

// A takedown that is killed is finished when the archive is opened next.
func TestKillWhileTakingDown(t *testing.T) {
	s := newStore(t, Options{VolumeSize: 200 << 10})
	want := map[Seq]Digest{}
	for i := range 36 {
		bad := mustAppend(t, s, capture(fmt.Sprintf("https://example.com/bad/%d", i%12), i, fmt.Append(page(uint64(i), 4_000), "<p>marked-page-", i%12, "-of-the-bad<")))
		if i%5 == 0 { // others have the same
			c := mustAppend(t, s, capture(fmt.Sprintf("https://example.com/good/%d", i), i, fmt.Append(page(uint64(i), 4_000), "<p>marked-page-", i%12, "-of-the-bad<")))
			if c.RevisitOf != bad.Seq {
				t.Fatal("no revisit")
			}
			want[c.Seq] = c.Digest
		}
		c := mustAppend(t, s, capture(fmt.Sprintf("https://example.com/good/%d", i), i, page(uint64(1000+i), 4_000)))
		want[c.Seq] = c.Digest
	}
	s.Close()
	for life := range 5 {
		for seq, digest := range killed(t, "takedown", s.dir, time.Duration(5+life*30)*time.Millisecond) {
			want[seq] = digest
		}
		s, err := Open(s.dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		mustBeSound(t, s)
		for seq, digest := range want {
			c, err := s.Capture(seq)
			if err != nil || Digest(sha256.Sum256(c.Body)) != digest {
				t.Fatalf("life %d: capture %d: %v", life, seq, err)
			}
		}
		down := 0
		for x, err := range s.Tombstones(t.Context()) {
			if err != nil || x.Done.IsZero() {
				t.Errorf("life %d: %+v, %v", life, x, err)
			}
			down++
			if _, found, err := s.LastCapture(x.Page); found || err != nil {
				t.Errorf("life %d: %s is there: %v", life, x.Page, err)
			}
		}
		t.Logf("life %d: %d taken down", life, down)
		s.Close()
		if left, _ := filepath.Glob(s.dir + "/*/*" + copySuffix); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// playTakedownFull takes a page down where there is no room for copies.
func playTakedownFull(dir string) {
	s, err := Open(dir, Options{})
	die(err)
	limitFiles(150 << 10)
	key, err := urlkey.Of("https://example.com/3")
	die(err)
	if _, err := s.Takedown(context.Background(), TakedownOptions{Pages: []urlkey.Key{key}}); !errors.Is(err, ErrFull) {
		die(fmt.Errorf("takedown without room: %v", err))
	}
	if _, err := s.Takedown(context.Background(), TakedownOptions{Pages: []urlkey.Key{key}}); !errors.Is(err, ErrFull) {
		die(fmt.Errorf("takedown without room, a second time: %v", err))
	}
	if _, err := s.Append(context.Background(), capture("https://example.com/3", 1, []byte("<p>again"))); !errors.Is(err, ErrTakenDown) {
		die(fmt.Errorf("captured again: %v", err))
	}
	die(s.Close())
	if s, err = Open(dir, Options{}); err != nil { // there still is no room, and it can be read
		die(err)
	}
	_, err = s.Capture(1)
	die(err)
	if os.Getenv("ARCHIVE_ROOM") != "" { // now there is room, and it is asked for again
		limitFiles(1 << 40)
		t, err := s.Takedown(context.Background(), TakedownOptions{Pages: []urlkey.Key{key}})
		die(err)
		if len(t.Tombstones) != 1 || t.Tombstones[0].Done.IsZero() {
			die(fmt.Errorf("taken down again: %+v", t))
		}
	}
	die(s.Close())
}

func TestTakedownWithoutRoom(t *testing.T) {
	for _, room := range []string{"", "before it is opened again"} {
		t.Run("room "+room, func(t *testing.T) { takeDownWithoutRoom(t, room) })
	}
}

func takeDownWithoutRoom(t *testing.T, room string) {
	s, want := wasteful(t, Options{})
	s.Close()
	c := player(t, "takedownFull", s.dir)
	c.Env = append(c.Env, "ARCHIVE_ROOM="+room)
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(s.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for x, err := range s.Tombstones(t.Context()) {
		if err != nil || x.Done.IsZero() {
			t.Errorf("%+v, %v", x, err)
		}
	}
	mustBeSound(t, s)
	for seq, digest := range want {
		c, err := s.Capture(seq)
		if gone := strings.HasSuffix(c.URL, "/3") || errors.Is(err, ErrNoSuch); !gone && (err != nil || Digest(sha256.Sum256(c.Body)) != digest) {
			t.Fatalf("capture %d: %v", seq, err)
		}
	}
}
