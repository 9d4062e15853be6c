//go:build unix

package archive

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// wasteful makes an archive whose files are mostly free space.
func wasteful(t testing.TB, o Options) (*Store, map[Seq]Digest) {
	t.Helper()
	s := newStore(t, o)
	want := map[Seq]Digest{}
	for i := range 36 {
		c := mustAppend(t, s, capture(fmt.Sprintf("https://example.com/%d", i%12), i, page(uint64(i%12*100+i), 12_000)))
		want[c.Seq] = c.Digest
	}
	mustUpdate(t, s, func(tx *Tx) error {
		for i := range 100 {
			if err := tx.PutStory(Story{ID: StoryID(fmt.Sprint("story", i)), Title: string(page(uint64(i), 8000))}); err != nil {
				return err
			}
		}
		return nil
	})
	mustUpdate(t, s, (*Tx).Reset)
	return s, want
}

func holdsCaptures(t testing.TB, s *Store, want map[Seq]Digest) {
	t.Helper()
	for seq, digest := range want {
		c, err := s.Capture(seq)
		if err != nil || Digest(sha256.Sum256(c.Body)) != digest {
			t.Fatalf("capture %d: %v", seq, err)
		}
	}
}

func TestCompact(t *testing.T) {
	s, want := wasteful(t, Options{VolumeSize: 100 << 10})
	rooms, err := s.Rooms()
	if err != nil || len(rooms) < 3 || rooms[0].File != catalogFile || rooms[0].Free < rooms[0].Size/4 {
		t.Fatalf("rooms: %+v, %v", rooms, err)
	}
	// Who began to read before the swap goes on reading; new ones read the new file.
	var list []Compacted
	var late Capture
	err = s.View(func(tx *Tx) error {
		before, err := tx.capture(7)
		if err != nil {
			return err
		}
		if list, err = s.Compact(t.Context(), nil); err != nil {
			return err
		}
		late = mustAppend(t, s, capture("https://example.com/new", 99, page(4711, 3000)))
		if _, err := tx.capture(late.Seq); !errors.Is(err, ErrNoSuch) {
			t.Errorf("a reader sees what came after it began: %v", err)
		}
		after, err := tx.capture(7)
		if err != nil || after.Digest != before.Digest {
			t.Errorf("a reader of the old file: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	last := list[len(list)-1]
	if last.File != catalogFile || last.After >= last.Before*3/4 {
		t.Errorf("compacted: %+v", list)
	}
	holdsCaptures(t, s, want)
	mustBeSound(t, s)
	if left, err := filepath.Glob(s.dir + "/*/*" + copySuffix); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	again, err := s.Compact(t.Context(), nil)
	if err != nil || again[len(again)-1].After != again[len(again)-1].Before {
		t.Errorf("compacted again: %+v, %v", again, err)
	}
	s.Close()
	if s, err = Open(s.dir, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	holdsCaptures(t, s, want)
	if c, err := s.Capture(late.Seq); err != nil || !bytes.Equal(c.Body, page(4711, 3000)) {
		t.Errorf("what was appended after: %v", err)
	}
	mustBeSound(t, s)
}

// While an archive is compacted over and over, nobody who reads or writes notices.
func TestCompactBesideOthers(t *testing.T) {
	s, want := wasteful(t, Options{VolumeSize: 100 << 10})
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	var mu sync.Mutex
	for g := range 2 {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				c, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/%d/%d", g, i%5), i, page(uint64(g*10_000+i), 3000)))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				want[c.Seq] = c.Digest
				mu.Unlock()
				time.Sleep(4 * time.Millisecond)
			}
		})
		wg.Go(func() {
			for ctx.Err() == nil {
				n, last := 0, Seq(0)
				for c, err := range s.Captures(context.Background(), 0) {
					if n++; err != nil || c.Seq <= last {
						t.Errorf("capture %d behind %d: %v", c.Seq, last, err)
						return
					}
					last = c.Seq
				}
				if n < 36 {
					t.Errorf("only %d captures", n)
				}
				if _, err := s.Capture(Seq(1 + n%36)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Go(func() {
		for ctx.Err() == nil {
			mustBeSound(t, s)
			time.Sleep(20 * time.Millisecond)
		}
	})
	for i := range 3 {
		mustUpdate(t, s, func(tx *Tx) error {
			return tx.PutStory(Story{ID: StoryID(fmt.Sprint(i)), Title: string(page(uint64(i), 100_000))})
		})
		if _, err := s.Compact(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	wg.Wait()
	holdsCaptures(t, s, want)
	mustBeSound(t, s)
}

// playCompact compacts, with captures beside, until it is killed.
func playCompact(dir string) {
	s, err := Open(dir, Options{VolumeSize: 1 << 20})
	die(err)
	go func() {
		for i := 0; ; i++ {
			c, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/k/%d", i%9), i, fmt.Append(page(uint64(i%9), 20_000), os.Getpid(), i)))
			die(err)
			fmt.Printf("capture %d %s\n", c.Seq, c.Digest)
		}
	}()
	for i := 0; ; i++ {
		die(s.Update(context.Background(), func(tx *Tx) error {
			return tx.PutStory(Story{ID: "one", Title: string(page(uint64(i), 200_000))})
		}))
		_, err := s.Compact(context.Background(), nil)
		die(err)
	}
}

func TestKillWhileCompacting(t *testing.T) {
	s, want := wasteful(t, Options{})
	s.Close()
	for life := range 3 {
		for seq, digest := range killed(t, "compact", s.dir, time.Duration(10+life*25)*time.Millisecond) {
			want[seq] = digest
		}
		s, err := Open(s.dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		holdsCaptures(t, s, want)
		mustBeSound(t, s)
		s.Close()
		if left, _ := filepath.Glob(s.dir + "/*" + copySuffix); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// Whoever waited for the file while another took its place gets the new one.
func TestOpenMeetsTheNewFile(t *testing.T) {
	s, want := wasteful(t, Options{})
	opened := make(chan *Store)
	go func() {
		other, err := Open(s.dir, Options{Wait: time.Minute})
		if err != nil {
			t.Error(err)
		}
		opened <- other
	}()
	time.Sleep(100 * time.Millisecond) // it waits for the old file's lock now, most likely
	if _, err := s.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	c := mustAppend(t, s, capture("https://example.com/new", 99, page(4711, 3000)))
	want[c.Seq] = c.Digest
	select {
	case <-opened:
		t.Fatal("two have the archive")
	case <-time.After(150 * time.Millisecond):
	}
	s.Close()
	if other := <-opened; other != nil {
		holdsCaptures(t, other, want)
		mustBeSound(t, other)
		other.Close()
	}
}

// playCompactFull compacts where there is no room for a copy.
func playCompactFull(dir string) {
	s, err := Open(dir, Options{})
	die(err)
	limitFiles(80 << 10)
	if _, err := s.Compact(context.Background(), nil); !errors.Is(err, ErrFull) {
		die(fmt.Errorf("compact without room: %v", err))
	}
	left, err := filepath.Glob(dir + "/*" + copySuffix)
	die(err)
	if len(left) > 0 {
		die(fmt.Errorf("left behind: %v", left))
	}
	limitFiles(1 << 40)
	r, err := s.Verify(context.Background(), VerifyOptions{Deep: true})
	die(err)
	if len(r.Damage) > 0 {
		die(fmt.Errorf("damage: %+v", r.Damage))
	}
	_, err = s.Compact(context.Background(), nil)
	die(err)
	die(s.Close())
}

func TestCompactWithoutRoom(t *testing.T) {
	s, want := wasteful(t, Options{})
	s.Close()
	if err := player(t, "compactFull", s.dir).Run(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(s.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	holdsCaptures(t, s, want)
}

// killed lets a part play for a while, kills it, and gives the captures that
// it was told are kept.
func killed(t *testing.T, part, dir string, life time.Duration) map[Seq]Digest {
	t.Helper()
	c := player(t, part, dir)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	kept := map[Seq]Digest{}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if n == 0 {
			time.AfterFunc(life, func() { c.Process.Kill() })
		}
		var seq uint64
		var digest []byte
		if n, err := fmt.Sscanf(lines.Text(), "capture %d %x", &seq, &digest); err == nil && n == 2 && len(digest) == 32 {
			kept[Seq(seq)] = Digest(digest)
		}
	}
	if err := c.Wait(); err == nil || strings.Contains(err.Error(), "exit status") {
		t.Fatalf("it was not killed: %v", err)
	}
	return kept
}
