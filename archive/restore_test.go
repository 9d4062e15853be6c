package archive

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever is done to a backup, it is not restored as if it were whole, and
// with Partial what is restored is never wrong.
func TestDamagedBackup(t *testing.T) {
	dir, facts := furnished(t)
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	b := backUp(t, s)
	s.Close()
	restored, had := 0, 0
	for round := range 30 {
		r := rand.New(rand.NewPCG(uint64(round), 3))
		spoiled := bytes.Clone(b)
		switch round % 3 {
		case 0:
			spoiled[r.IntN(len(spoiled))] ^= 1 << r.IntN(8)
		case 1:
			spoiled = spoiled[:r.IntN(len(spoiled))]
		case 2:
			at := r.IntN(len(spoiled) - 1000)
			clear(spoiled[at : at+1000])
		}
		to := filepath.Join(t.TempDir(), "a")
		_, err := Restore(t.Context(), bytes.NewReader(spoiled), to, RestoreOptions{})
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("round %d: %v", round, err)
			continue
		}
		if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("round %d: something is there: %v", round, err)
		}
		m, err := Restore(t.Context(), bytes.NewReader(spoiled), to, RestoreOptions{Partial: true})
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("round %d: %v", round, err)
			}
			continue
		}
		if len(m.Problem) == 0 {
			t.Errorf("round %d: it does not say what is lost", round)
		}
		restored++
		p, err := Open(to, Options{ReadOnly: true})
		if err != nil {
			continue
		}
		for fact, sum := range factsOf(p, facts) {
			if facts[fact] != sum {
				t.Errorf("round %d: %s is not what it was", round, fact)
			}
			had++
		}
		p.Close()
	}
	t.Logf("restored in part %d of 30, with %d of %d facts", restored, had, 30*len(facts))
	if restored == 0 || had == 0 {
		t.Error("nothing could be restored in part")
	}
	for _, junk := range []string{"", "x", "<html>no backup</html>", strings.Repeat("x", 5000)} {
		if _, err := Restore(t.Context(), strings.NewReader(junk), filepath.Join(t.TempDir(), "a"), RestoreOptions{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%.10q: %v", junk, err)
		}
	}
}

// Names in a backup lead nowhere but into the archive's folder.
func FuzzRestore(f *testing.F) {
	var plain, packed bytes.Buffer
	out := tar.NewWriter(&plain)
	for _, m := range [][2]string{
		{readmeFile, "x"}, {catalogFile, "no catalog"}, {volumeName(1), "no volume"},
		{manifestFile, `{"schema":1,"format":1,"files":[{"name":"archive.db","size":10},{"name":"raw/000001.db","size":9}]}`},
	} {
		if err := out.WriteHeader(&tar.Header{Name: m[0], Mode: 0o644, Size: int64(len(m[1])), Typeflag: tar.TypeReg}); err != nil {
			f.Fatal(err)
		}
		if _, err := io.WriteString(out, m[1]); err != nil {
			f.Fatal(err)
		}
	}
	out.Close()
	p, err := newPieceWriter(&packed)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := p.Write(plain.Bytes()); err != nil {
		f.Fatal(err)
	}
	p.Close()
	f.Add(packed.Bytes())
	f.Add(plain.Bytes())
	f.Add(bytes.ReplaceAll(plain.Bytes(), []byte("archive.db"), []byte("../../x.db")))
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := t.TempDir()
		_, err := Restore(t.Context(), bytes.NewReader(b), filepath.Join(dir, "a"), RestoreOptions{Partial: len(b)%2 == 0})
		list, _ := os.ReadDir(dir)
		if err != nil && len(list) > 0 || err == nil && (len(list) != 1 || list[0].Name() != "a") {
			t.Errorf("%v, %v", list, err)
		}
	})
}
