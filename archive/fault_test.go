//go:build unix

package archive

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pressmark/extract/urlkey"
)

// Tests that need a process of their own start this test program again with
// the name of a part to play in the environment.
func TestMain(m *testing.M) {
	switch dir := os.Getenv("ARCHIVE_DIR"); os.Getenv("ARCHIVE_PART") {
	case "append":
		playAppend(dir)
	case "hold":
		playHold(dir)
	case "full":
		playFull(dir)
	case "compact":
		playCompact(dir)
	case "takedown":
		playTakedown(dir)
	case "prune":
		playPrune(dir)
	case "log":
		playLog(dir)
	case "takedownFull":
		playTakedownFull(dir)
	case "compactFull":
		playCompactFull(dir)
	default:
		os.Exit(m.Run())
	}
}

func player(t *testing.T, part, dir string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), "ARCHIVE_PART="+part, "ARCHIVE_DIR="+dir)
	c.Stderr = os.Stderr
	return c
}

func die(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

// playAppend appends captures from several goroutines, with conclusions
// beside, and says what was acknowledged, until it is killed.
func playAppend(dir string) {
	s, err := Open(dir, Options{VolumeSize: 3 << 20})
	die(err)
	stats, err := s.Stats()
	die(err)
	var mu sync.Mutex
	for g := range 4 {
		go func() {
			for i := 0; ; i++ {
				url := fmt.Sprintf("https://example.com/%d/%d", g, i%20)
				body := page(uint64(g*1000+i%20), 30_000)
				body = fmt.Appendf(body, "<p>edit %d %d %d</p>", stats.Seq, g, i)
				c, err := s.Append(context.Background(), capture(url, i, body))
				die(err)
				mu.Lock()
				fmt.Printf("capture %d %s\n", c.Seq, c.Digest)
				mu.Unlock()
			}
		}()
	}
	for n := 0; ; n++ {
		var doc uint64
		err := s.Update(context.Background(), func(tx *Tx) error {
			v := Version{ID: VersionID{Page: "com,example)/edited", N: 1}, Article: article("T", fmt.Sprint("text ", n))}
			last, found, err := tx.Latest(v.ID.Page)
			if err != nil {
				return err
			}
			if found {
				v.ID.N = last.ID.N + 1
			}
			err = tx.PutVersion(&v)
			doc = v.Doc
			return err
		})
		die(err)
		mu.Lock()
		fmt.Printf("version %d 0\n", doc)
		mu.Unlock()
	}
}

func playHold(dir string) {
	s, err := Open(dir, Options{Holder: "a test that holds it"})
	die(err)
	fmt.Println("open", os.Getpid())
	_, _ = io.Copy(io.Discard, os.Stdin)
	die(s.Close())
}

func TestKillLosesNothingAcknowledged(t *testing.T) {
	dir := t.TempDir()
	s, err := Create(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	kills := 10
	if n, err := strconv.Atoi(os.Getenv("ARCHIVE_KILLS")); err == nil {
		kills = n
	}
	captures, versions := map[Seq]string{}, map[uint64]bool{}
	for range kills {
		c := player(t, "append", dir)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for doomed := false; lines.Scan(); {
			var kind, digest string
			var id uint64
			if _, err := fmt.Sscan(lines.Text(), &kind, &id, &digest); err != nil {
				continue // cut off by the kill
			}
			if kind == "capture" {
				captures[Seq(id)] = digest
			} else {
				versions[id] = true
			}
			if !doomed && len(captures) > 0 && len(versions) > 0 { // the first lives until it has done both
				doomed = true
				time.AfterFunc(time.Duration(rand.IntN(150))*time.Millisecond, func() { c.Process.Kill() })
			}
		}
		if err := c.Wait(); err == nil || strings.Contains(err.Error(), "exit status") {
			t.Fatalf("it was not killed: %v", err)
		}
	}
	s, err = Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for seq, digest := range captures {
		c, err := s.Capture(seq)
		if err != nil || c.Digest.String() != digest || Digest(sha256.Sum256(c.Body)) != c.Digest {
			t.Errorf("capture %d: %v", seq, err)
		}
	}
	if err := s.View(func(tx *Tx) error {
		for doc := range versions {
			if _, err := tx.VersionByDoc(doc); err != nil {
				t.Errorf("version with doc %d: %v", doc, err)
			}
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	r := mustBeSound(t, s)
	t.Logf("%d kills: %d captures and %d versions acknowledged, %d and %d there", kills, len(captures), len(versions), r.Captures, r.Versions)
	if len(captures) == 0 || len(versions) == 0 {
		t.Error("nothing was acknowledged")
	}
}

// What a volume's commit left behind when the catalog's did not follow.
func TestOrphans(t *testing.T) {
	s := newStore(t, Options{})
	mustAppend(t, s, capture("https://example.com/1", 1, page(1, 3000)))
	orphan := func(seq uint64, url string, body []byte) {
		var p *plan
		if err := s.View(func(tx *Tx) (err error) {
			c := capture(url, 2, body)
			c.Page, c.Digest = "com,example)"+urlkey.Key(url[len("https://example.com"):]), sha256.Sum256(body)
			p, err = tx.plan(c)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		b := s.raw.begin()
		if err := b.put(number(seq), appendFrame(nil, number(seq), p.body)); err != nil {
			t.Fatal(err)
		}
		if err := s.raw.commit(b); err != nil {
			t.Fatal(err)
		}
	}
	// The disk was full, its caller was told: it never happened.
	for seq := range uint64(5) {
		orphan(2+seq, "https://example.com/2", fmt.Append(page(1, 3000), seq))
	}
	mustUpdate(t, s, func(tx *Tx) error { return tx.PutStory(Story{ID: "takes number 2"}) })
	mustBeSound(t, s)
	if c := mustAppend(t, s, capture("https://example.com/2", 3, page(2, 3000))); c.Seq != 3 {
		t.Errorf("seq %d", c.Seq)
	}
	if c := mustAppend(t, s, capture("https://example.com/2", 3, page(1, 3000))); c.Seq != 4 || c.RevisitOf != 1 {
		t.Errorf("seq %d, revisit of %d", c.Seq, c.RevisitOf)
	}
	mustBeSound(t, s)
	// The process was killed: it is adopted, but for what can't be read.
	edited := append(page(2, 3000), "<p>edited"...)
	orphan(5, "https://example.com/2", edited)
	orphan(6, "https://example.com/new", page(6, 3000))
	b := s.raw.begin()
	if err := b.put(number(7), []byte("junk")); err != nil {
		t.Fatal(err)
	}
	if err := s.raw.commit(b); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s, err := Open(s.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for seq, body := range map[Seq][]byte{5: edited, 6: page(6, 3000)} {
		c, err := s.Capture(seq)
		if err != nil || !bytes.Equal(c.Body, body) || c.Site != "Example" {
			t.Errorf("capture %d: %v", seq, err)
		}
	}
	if c, found, err := s.LastCapture("com,example)/2"); err != nil || !found || c.Seq != 5 {
		t.Errorf("last capture: %d, %v", c.Seq, err)
	}
	if c := mustAppend(t, s, capture("https://example.com/9", 9, page(9, 3000))); c.Seq != 8 {
		t.Errorf("seq %d", c.Seq)
	}
	r, err := s.Verify(t.Context(), VerifyOptions{Deep: true})
	if err != nil || len(r.Damage) != 1 || r.Damage[0].Seq != 7 {
		t.Errorf("%+v, %v", r.Damage, err)
	}
}

func TestInUse(t *testing.T) {
	dir := t.TempDir()
	s, err := Create(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := Create(dir, Options{}); !errors.Is(err, ErrExists) {
		t.Errorf("create over an archive: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "none"), Options{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("open what is not there: %v", err)
	}
	c := player(t, "hold", dir)
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid := strings.TrimSpace(strings.TrimPrefix(line, "open"))
	for _, readOnly := range []bool{false, true} {
		_, err := Open(dir, Options{ReadOnly: readOnly, Wait: time.Millisecond})
		if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), "a test that holds it") || !strings.Contains(err.Error(), pid) {
			t.Errorf("open what another holds, reading only %v: %v", readOnly, err)
		}
	}
	in.Close()
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, holderFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the holder left its note: %v", err)
	}
	// A note that a killed process left misleads nobody.
	if err := os.WriteFile(filepath.Join(dir, holderFile), []byte("999999999 2026-11-01T00:00:00Z long gone\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	one, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	two, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir, Options{Wait: time.Millisecond})
	if !errors.Is(err, ErrInUse) || strings.Contains(err.Error(), "long gone") {
		t.Errorf("write beside readers: %v", err)
	}
	if _, err := one.Append(t.Context(), Capture{URL: "https://example.com/"}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("append when reading only: %v", err)
	}
	one.Close()
	two.Close()
}

func TestNoArchive(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"empty": "", "text": strings.Repeat("no archive ", 10_000)} {
		if err := os.WriteFile(filepath.Join(dir, catalogFile), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, Options{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNewer(t *testing.T) {
	s := newStore(t, Options{})
	mustUpdate(t, s, func(tx *Tx) error {
		return tx.record(bucketMeta, []byte("format"), kindState, number(schemaVersion+1))
	})
	s.Close()
	if _, err := Open(s.dir, Options{}); !errors.Is(err, ErrNewer) {
		t.Errorf("an archive of a newer program: %v", err)
	}
}

func TestGroupCommit(t *testing.T) {
	s := newStore(t, Options{})
	mustAppend(t, s, capture("https://example.com/0", 0, []byte("first")))
	before := s.commits(t)
	const writers, each = 16, 10
	// The writer is kept busy until all wait for it.
	free := make(chan struct{})
	busy := make(chan struct{})
	go s.Update(context.Background(), func(*Tx) error {
		close(busy)
		<-free
		return nil
	})
	<-busy
	var mu sync.Mutex
	seen := map[Seq]Capture{}
	var wg sync.WaitGroup
	for g := range writers {
		wg.Go(func() {
			for i := range each {
				// Half of the bodies are the same for all.
				body := page(uint64(i*1000+g*(i%2)), 5000)
				c, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/%d", g), i, body))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				seen[c.Seq] = c
				mu.Unlock()
			}
		})
	}
	for len(s.queue) < writers {
		runtime.Gosched()
	}
	close(free)
	wg.Wait()
	if len(seen) != writers*each {
		t.Errorf("%d different numbers for %d captures", len(seen), writers*each)
	}
	// The update is one commit, and the captures that waited are another, or on
	// a machine that has other things to do a few.
	if n, most := s.commits(t)-before, 1+writers/2+writers*(each-1); n > most {
		t.Errorf("%d commits for %d captures, at most %d wanted", n, writers*each, most)
	}
	for seq, want := range seen {
		got, err := s.Capture(seq)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want.Body, got.Body) {
			t.Errorf("capture %d has another body", seq)
		}
	}
	stats, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if want := 1 + each/2 + writers*each/2; stats.Bodies != want {
		t.Errorf("%d bodies, want %d", stats.Bodies, want)
	}
	mustBeSound(t, s)
}

func (s *Store) commits(t *testing.T) (n int) {
	t.Helper()
	if err := s.View(func(tx *Tx) error { n = tx.b.ID(); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}
