//go:build unix

package archive

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"testing"
)

// playLog captures, draws versions, and extends the log all the time, until it is killed.
func playLog(dir string) {
	s, err := Open(dir, Options{})
	die(err)
	go func() {
		for i := 0; ; i++ {
			c, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/k/%d", i%9), i, fmt.Append(page(uint64(i%9), 3_000), os.Getpid(), i)))
			die(err)
			fmt.Printf("capture %d %s\n", c.Seq, c.Digest)
		}
	}()
	for {
		_, err := s.ExtendLog(context.Background())
		die(err)
		r, err := s.LogRoot(-1)
		die(err)
		fmt.Printf("root %d %x\n", r.Size, r.Root[:])
	}
}

// Whatever the moment of the end, the log agrees with the catalog, and all that
// was noted of it stays true.
func TestKillWhileLogging(t *testing.T) {
	s, dir := logged(t, Options{})
	s.Close()
	var noted map[int64]string
	for life := range 4 {
		noted = killedWhileLogging(t, dir, 5+life*10)
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		mustBeSound(t, s)
		sizes := []int64{}
		for size := range noted {
			sizes = append(sizes, size)
		}
		k := checkLog(t, s, sizes...)
		if len(k.Faults) > 0 {
			t.Fatalf("life %d: %+v", life, k.Faults)
		}
		for size, root := range noted {
			if got := k.Roots[size]; fmt.Sprintf("%x", got[:]) != root {
				t.Errorf("life %d: at size %d the root is %x, not %s", life, size, got[:], root)
			}
		}
		if _, err := s.ExtendLog(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Close()
	}
}

// killedWhileLogging kills the player when it has noted so many roots.
func killedWhileLogging(t *testing.T, dir string, roots int) map[int64]string {
	t.Helper()
	c := player(t, "log", dir)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	noted := map[int64]string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var size int64
		var root string
		if n, _ := fmt.Sscanf(lines.Text(), "root %d %s", &size, &root); n == 2 && len(root) == 64 {
			noted[size] = root
		}
		if roots--; roots == 0 {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if roots > 0 {
		t.Fatalf("the player ended by itself: %v", c.Wait())
	}
	_ = c.Wait() // it was killed
	return noted
}
