package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// diskFolder is a folder of backups on disk.
type diskFolder struct {
	dir   string
	wrote []string
}

func (f *diskFolder) Open(name string) (io.ReadCloser, error) {
	return os.Open(filepath.Join(f.dir, name))
}

func (f *diskFolder) Write(name string, fill func(io.Writer) error) error {
	f.wrote = append(f.wrote, name)
	path := filepath.Join(f.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return writeFile(path, fill)
}

func (f *diskFolder) Remove(name string) error { return os.Remove(filepath.Join(f.dir, name)) }

func backUp(t *testing.T, s *Store) []byte {
	t.Helper()
	var b bytes.Buffer
	r, err := s.Backup(t.Context(), &b, BackupOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Damage {
		t.Errorf("%s: %s: %s", d.File, d.Record, d.Problem)
	}
	return b.Bytes()
}

// mustEqual demands that an archive holds these facts and no others, and is whole.
func mustEqual(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	mustBeSound(t, s)
	got := factsOf(s, nil)
	for fact, sum := range want {
		if got[fact] != sum {
			t.Errorf("%s is not what it was", fact)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d facts, not %d", len(got), len(want))
	}
}

func TestBackup(t *testing.T) {
	dir, facts := furnished(t)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := backUp(t, s)
	if again := backUp(t, s); !bytes.Equal(b, again) {
		t.Error("the same archive gives other bytes")
	}
	r, err := CheckBackup(t.Context(), bytes.NewReader(b), nil)
	if err != nil || len(r.Files) < 3 || r.Captures != 40 {
		t.Errorf("%+v, %v", r, err)
	}
	to := filepath.Join(t.TempDir(), "made", "archive")
	if _, err := Restore(t.Context(), bytes.NewReader(b), to, RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	mustEqual(t, to, facts)
	if _, err := Restore(t.Context(), bytes.NewReader(b), to, RestoreOptions{}); !errors.Is(err, ErrExists) {
		t.Errorf("over an archive: %v", err)
	}
	// Beside other things in the folder.
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "frontier.db"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), bytes.NewReader(b), other, RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	mustEqual(t, other, facts)
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(other), ".*restore*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Other tools open it, and what they pack again is taken, too.
func TestBackupIsTar(t *testing.T) {
	for _, tool := range []string{"tar", "zstd", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(err)
		}
	}
	dir, facts := furnished(t)
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	work := t.TempDir()
	run := func(line string) {
		t.Helper()
		c := exec.CommandContext(t.Context(), "sh", "-c", line)
		c.Dir = work
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", line, err, out)
		}
	}
	if err := os.WriteFile(filepath.Join(work, "b.tar.zst"), backUp(t, s), 0o644); err != nil {
		t.Fatal(err)
	}
	run("mkdir x && cd x && tar --zstd -xf ../b.tar.zst && sha256sum -c SHA256SUMS && grep -q restore README.txt")
	mustEqual(t, filepath.Join(work, "x"), facts)
	run("zstd -q -d b.tar.zst -o plain.tar && zstd -q -19 plain.tar -o again.zst")
	for _, name := range []string{"plain.tar", "again.zst"} {
		f, err := os.Open(filepath.Join(work, name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(t.Context(), f, filepath.Join(work, name+"-restored"), RestoreOptions{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		f.Close()
		mustEqual(t, filepath.Join(work, name+"-restored"), facts)
	}
}

// What is written while a backup runs is in it or is not; it is never damaged.
func TestBackupWhileWritten(t *testing.T) {
	s := newStore(t, Options{VolumeSize: 300 << 10})
	var wait sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	var written []Capture
	begun := make(chan struct{})
	begin := sync.OnceFunc(func() { close(begun) })
	wait.Go(func() {
		defer begin()
		for i := 0; ctx.Err() == nil; i++ {
			body := fmt.Appendf(page(uint64(i%5), 20_000), "<p>%d</p>", i)
			c, err := s.Append(context.Background(), capture(fmt.Sprintf("https://example.com/%d", i%5), i, body))
			if err != nil {
				t.Error(err)
				return
			}
			c.Body = body
			written = append(written, c)
			begin()
		}
	})
	<-begun
	var backups [][]byte
	folder := &diskFolder{dir: t.TempDir()}
	for range 5 {
		var b bytes.Buffer
		if _, err := s.Backup(t.Context(), &b, BackupOptions{}); err != nil {
			t.Error(err)
		}
		backups = append(backups, b.Bytes())
		if _, err := s.BackupFolder(t.Context(), folder, BackupOptions{}); err != nil {
			t.Error(err)
		}
	}
	stop()
	wait.Wait()
	look := func(dir string, least int) {
		t.Helper()
		r, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		mustBeSound(t, r)
		st, err := r.Stats()
		if err != nil || st.Captures < least {
			t.Errorf("%d captures of %d, %v", st.Captures, least, err)
		}
		for _, c := range written[:st.Captures] {
			if got, err := r.Capture(c.Seq); err != nil || !bytes.Equal(got.Body, c.Body) {
				t.Errorf("capture %d: %v", c.Seq, err)
			}
		}
	}
	for i, b := range backups {
		dir := filepath.Join(t.TempDir(), "a")
		m, err := Restore(t.Context(), bytes.NewReader(b), dir, RestoreOptions{})
		if err != nil {
			t.Fatalf("backup %d: %v", i, err)
		}
		look(dir, m.Captures)
	}
	dir := filepath.Join(t.TempDir(), "a")
	if _, err := RestoreFolder(t.Context(), folder, dir, RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	look(dir, 1)
	t.Logf("%d captures were written meanwhile", len(written))
}

func TestBackupFolder(t *testing.T) {
	dir, facts := furnished(t)
	s, err := Open(dir, Options{}) // whose last volume has room for one more, whatever dictionaries it was packed with
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f := &diskFolder{dir: t.TempDir()}
	first, err := s.BackupFolder(t.Context(), f, BackupOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if first.Kept != 0 || first.Copied != len(first.Files) {
		t.Errorf("%+v", first)
	}
	mustAppend(t, s, capture("https://example.com/later", 1, page(777, 5000)))
	f.wrote = nil
	second, err := s.BackupFolder(t.Context(), f, BackupOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if second.Copied != 2 || second.Kept != len(first.Files)-2 {
		t.Errorf("the second copied %d files and kept %d of %d: %v", second.Copied, second.Kept, len(first.Files), f.wrote)
	}
	stored, err := filepath.Glob(filepath.Join(f.dir, "*", "*.zst"))
	if err != nil || len(stored) != len(second.Files)-1 {
		t.Errorf("%v, %v", stored, err)
	}
	to := filepath.Join(t.TempDir(), "a")
	if _, err := RestoreFolder(t.Context(), f, to, RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	c, err := s.Capture(second.Seq)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Open(to, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.Capture(c.Seq); err != nil || !bytes.Equal(got.Body, c.Body) {
		t.Errorf("capture %d: %v", c.Seq, err)
	}
	for fact, sum := range facts {
		if got := factsOf(r, map[string]string{fact: sum}); strings.HasPrefix(fact, "capture ") && got[fact] != sum {
			t.Errorf("%s is not what it was", fact)
		}
	}
	mustBeSound(t, r)
	r.Close()

	// A sealed volume that rots does not take the place of the whole copy.
	s.Close()
	name := filepath.Join(dir, volumeName(1))
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	spoil(t, b, rawPage)
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	third, err := s.BackupFolder(t.Context(), f, BackupOptions{})
	if err != nil || len(third.Damage) == 0 || third.Damage[0].File != volumeName(1) {
		t.Errorf("%+v, %v", third.Damage, err)
	}
	to = filepath.Join(t.TempDir(), "a")
	if _, err := RestoreFolder(t.Context(), f, to, RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	if r, err = Open(to, Options{ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	mustBeSound(t, r)
	r.Close()

	// What one that was cut off left behind is gone with the next.
	for _, name := range []string{"raw/000009-0123456789abcdef.db.zst", "kept.txt"} {
		if err := os.WriteFile(filepath.Join(f.dir, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := writeLines(f, begunFile, []string{"raw/000009-0123456789abcdef.db.zst", "kept.txt", "../kept.txt"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.BackupFolder(t.Context(), f, BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	for name, there := range map[string]bool{"raw/000009-0123456789abcdef.db.zst": false, "kept.txt": true, begunFile: false, manifestFile: true} {
		if _, err := os.Stat(filepath.Join(f.dir, name)); (err == nil) != there {
			t.Errorf("%s: %v", name, err)
		}
	}

	// Nor is another archive's backup overwritten.
	other := newStore(t, Options{})
	if _, err := other.BackupFolder(t.Context(), f, BackupOptions{}); err == nil || !strings.Contains(err.Error(), "another archive") {
		t.Errorf("%v", err)
	}
	if err := f.Remove(second.Files[1].Stored); err != nil {
		t.Fatal(err)
	}
	if _, err := CheckBackupFolder(t.Context(), f, nil); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), second.Files[1].Name) {
		t.Errorf("a file less: %v", err)
	}
	if _, err := RestoreFolder(t.Context(), &diskFolder{dir: t.TempDir()}, to+"2", RestoreOptions{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty folder: %v", err)
	}
}

// spoil turns a bit in the middle of the longest value of a bbolt file.
func spoil(t *testing.T, b []byte, pageSize int) {
	t.Helper()
	head, _, err := readHead(bytes.NewReader(b), pageSize)
	if err != nil {
		t.Fatal(err)
	}
	var at int64
	var size int
	w := &walker{r: bytes.NewReader(b), head: head, problem: func(_, why string) { t.Error(why) }, each: func(e entry) error {
		if e.size > size {
			at, size = e.at, e.size
		}
		return nil
	}}
	if err := w.walk(); err != nil {
		t.Fatal(err)
	}
	b[at+int64(size/2)] ^= 4
}
