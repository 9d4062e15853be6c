//go:build unix

package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pressmark/extract/dedup"
)

// furnished makes an archive with something of everything, and gives what can be read in it.
func furnished(t *testing.T) (dir string, facts map[string]string) {
	t.Helper()
	s := newStore(t, Options{VolumeSize: 150 << 10})
	for i := range 40 {
		body := page(uint64(i%25), 4000+i*1500)
		body = fmt.Appendf(body, "<p>%d</p>", i)
		c := mustAppend(t, s, capture(fmt.Sprintf("https://example.com/%d", i%25), i, body))
		text := string(page(uint64(i%25), 2000+i*30)) + strconv.Itoa(i)
		mustUpdate(t, s, func(tx *Tx) error {
			v := Version{ID: VersionID{c.Page, 1 + i/25}, First: c.Seq, URL: c.URL, Site: c.Site, FirstSeen: c.FetchedAt, Article: article(fmt.Sprint("Title ", i), text)}
			v.Sketch = dedup.NewSketch(dedup.Text{Title: v.Article.Title, Body: text})
			if err := tx.PutVersion(&v); err != nil {
				return err
			}
			if err := tx.AddPostings(v.Doc, v.Sketch.Keys()); err != nil {
				return err
			}
			if v.ID.N > 1 {
				if err := tx.PutChange(&Change{From: v.ID, To: v.ID, URL: c.URL}); err != nil {
					return err
				}
			}
			if err := tx.PutStory(Story{ID: StoryID(fmt.Sprint("story ", i)), Lead: v.ID}); err != nil {
				return err
			}
			if err := tx.PutSighting(Sighting{Seq: c.Seq, Page: c.Page, Run: 1}); err != nil {
				return err
			}
			if err := tx.PutMemory(fmt.Sprintf("%d.example", i%7), learned(i)); err != nil {
				return err
			}
			if err := tx.SetCursor("ingest", c.Seq); err != nil {
				return err
			}
			return tx.PutPage(Page{Key: c.Page, URL: c.URL, Head: v.ID.N, State: Live})
		})
	}
	if _, err := s.NewRun(t.Context(), Run{Cause: "manual"}); err != nil {
		t.Fatal(err)
	}
	mustBeSound(t, s)
	facts = factsOf(s, nil)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s.dir, facts
}

// factsOf reads all that is in an archive, each by its name as Damage names
// it. What the keys of want name and can't be read is left out.
func factsOf(s *Store, want map[string]string) map[string]string {
	facts := map[string]string{}
	put := func(kind string, name any, x any, err error) {
		if err == nil {
			facts[fmt.Sprint(kind, " ", name)] = fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, x)))
		}
	}
	for seq := Seq(1); seq < 300; seq++ {
		if _, in := want[fmt.Sprint("capture ", seq)]; want != nil && !in {
			continue
		}
		c, err := s.Capture(seq)
		body := sha256.Sum256(c.Body)
		c.Body = nil
		put("capture", seq, fmt.Sprint(c, body), err)
	}
	ctx := context.Background()
	for p, err := range s.Pages(ctx, Filter{}) {
		put("page", p.Key.ID(), p, err)
	}
	for v, err := range s.Versions(ctx, Filter{}) {
		b, _ := v.Sketch.MarshalBinary()
		v.Sketch = dedup.Sketch{}
		put("version", v.ID, fmt.Sprint(v, b), err)
	}
	for c, err := range s.Changes(ctx, Filter{}) {
		put("change", c.Seq, c, err)
	}
	for x, err := range s.Stories(ctx, Filter{}) {
		put("story", x.ID, x, err)
	}
	for x, err := range s.SightingsOfRun(ctx, 1) {
		put("sighting", x.Seq, x, err)
	}
	for x, err := range s.Runs(ctx, Filter{}) {
		put("run", x.ID, x, err)
	}
	for i := range 7 {
		site := fmt.Sprintf("%d.example", i)
		err := s.View(func(tx *Tx) error {
			m, found, err := tx.Memory(site)
			if err == nil && found {
				b, _ := m.MarshalBinary()
				put("memory", site, b, nil)
			}
			return err
		})
		if err != nil && !errors.Is(err, ErrDamaged) {
			put("memory", site, err, nil) // damage is to be called by its name
		}
	}
	return facts
}

// A fault is something done to a file of an archive.
type fault func(r *rand.Rand, b []byte) []byte

// endure does faults to copies of an archive, one after another. Nothing may
// panic, nothing may be read that was not written, and whatever can't be read
// must be reported.
func endure(t *testing.T, rounds int, do fault) {
	if n, err := strconv.Atoi(os.Getenv("ARCHIVE_FAULTS")); err == nil {
		rounds = n
	}
	dir, want := furnished(t)
	files := []string{catalogFile}
	for id := uint64(1); ; id++ {
		if _, err := os.Stat(filepath.Join(dir, volumeName(id))); err != nil {
			break
		}
		files = append(files, volumeName(id))
	}
	if len(files) < 3 {
		t.Fatalf("only %v", files)
	}
	content := map[string][]byte{}
	for _, name := range files {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		pageSize := rawPage
		if name == catalogFile {
			pageSize = catalogPage
		}
		head, _, err := readHead(bytes.NewReader(b), pageSize)
		if err != nil {
			t.Fatal(err)
		}
		content[name] = b[:int(head.pages)*pageSize] // the rest is room to grow in
	}
	refused, reported, harmless, lost := 0, 0, 0, 0
	for round := range rounds {
		r := rand.New(rand.NewPCG(uint64(round), 7))
		name := files[r.IntN(len(files))]
		// A copy for each: what is mapped must not change under bbolt.
		copied := t.TempDir()
		if err := os.Mkdir(filepath.Join(copied, rawFolder), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b := content[f]
			if f == name {
				b = do(r, bytes.Clone(b))
			}
			if err := os.WriteFile(filepath.Join(copied, f), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Open(copied, Options{ReadOnly: round%2 == 0})
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
				t.Errorf("round %d, %s: open: %v", round, name, err)
			}
			refused++
			continue
		}
		report, err := s.Verify(t.Context(), VerifyOptions{Deep: true})
		if err != nil {
			t.Errorf("round %d, %s: verify: %v", round, name, err)
		}
		got := factsOf(s, want)
		for fact, sum := range want {
			if now, there := got[fact]; !there {
				lost++
				if !names(report, fact) {
					t.Errorf("round %d, %s: %s can't be read, and the report names something else: %v", round, name, fact, report.Damage)
				}
			} else if now != sum && len(report.Damage) == 0 {
				t.Errorf("round %d, %s: %s is not what was written", round, name, fact)
			}
		}
		for fact := range got {
			if _, there := want[fact]; !there {
				t.Errorf("round %d, %s: %s was never written", round, name, fact)
			}
		}
		if len(report.Damage) > 0 {
			reported++
		} else {
			harmless++
		}
		if err := s.Close(); err != nil {
			t.Errorf("round %d: close: %v", round, err)
		}
		os.RemoveAll(copied)
	}
	t.Logf("%d faults: %d refused at opening, %d reported, %d without effect; %d records could not be read", rounds, refused, reported, harmless, lost)
}

// names reports whether a report says why a fact can't be read: by name, or
// by damage to pages, behind which no names can be seen.
func names(r Report, fact string) bool {
	kind, name, _ := strings.Cut(fact, " ")
	for _, d := range r.Damage {
		if strings.HasPrefix(d.Record, "bucket ") || d.Record == "pages" || d.Record == "first pages" || d.Record == "contents" || d.Record == "file" {
			return true
		}
		if strings.Contains(d.Record+" ", name+" ") || kind == "capture" && fmt.Sprint(d.Seq) == name {
			return true
		}
		// Where the bit is in the name itself, the report has the name as it is now;
		// nothing else in the archive knows what it was.
		if (kind == "story" || kind == "memory" || kind == "run") && strings.HasPrefix(d.Record, kind+" ") || kind == "sighting" && fmt.Sprint(d.Seq) == name {
			return true
		}
	}
	return false
}

func TestFlippedBits(t *testing.T) {
	endure(t, 40, func(r *rand.Rand, b []byte) []byte {
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		return b
	})
}

func TestZeroedPages(t *testing.T) {
	endure(t, 10, func(r *rand.Rand, b []byte) []byte {
		at := r.IntN(len(b)/4096) * 4096
		clear(b[at : at+4096])
		return b
	})
}

func TestTruncatedFiles(t *testing.T) {
	endure(t, 10, func(r *rand.Rand, b []byte) []byte { return b[:r.IntN(len(b))] })
}

// A volume that bbolt can't write to any more is left, but still read.
func TestVolumeThatCannotBeWritten(t *testing.T) {
	s := newStore(t, Options{})
	c := mustAppend(t, s, capture("https://example.com/1", 1, page(1, 9000)))
	s.Close()
	path := filepath.Join(s.dir, volumeName(1))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, _, err := readHead(bytes.NewReader(b), rawPage)
	if err != nil {
		t.Fatal(err)
	}
	clear(b[head.freelist*rawPage:][:rawPage])
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err = Open(s.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	next := mustAppend(t, s, capture("https://example.com/1", 2, page(2, 9000)))
	for _, want := range []Capture{c, next} {
		if got, err := s.Capture(want.Seq); err != nil || !bytes.Equal(got.Body, want.Body) {
			t.Errorf("capture %d: %v", want.Seq, err)
		}
	}
	r, err := s.Verify(t.Context(), VerifyOptions{})
	if err != nil || len(r.Damage) == 0 || r.Damage[0].File != volumeName(1) {
		t.Errorf("%+v, %v", r, err)
	}
}
