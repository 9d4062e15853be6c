package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"pressmark/extract"
	"pressmark/extract/urlkey"
)

// logged makes an archive with captures and versions of invented pages, some of
// them in the log already.
func logged(t *testing.T, o Options) (*Store, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := Create(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		look(t, s, i%4, i/4+1)
		if i == 5 {
			if n, err := s.ExtendLog(t.Context()); err != nil || n != 12 {
				t.Fatalf("%d leaves, %v", n, err)
			}
		}
	}
	if n, err := s.ExtendLog(t.Context()); err != nil || n != 12 {
		t.Fatalf("%d further leaves, %v", n, err)
	}
	if n, err := s.ExtendLog(t.Context()); err != nil || n != 0 {
		t.Fatalf("nothing came, and %d leaves, %v", n, err)
	}
	return s, dir
}

// look captures a page, and draws its nth version from it.
func look(t *testing.T, s *Store, page, n int) {
	t.Helper()
	url := fmt.Sprintf("https://paper.example/%d", page)
	at := time.Date(2026, 3, 1, 8, 10*n+page, 0, 123, time.UTC)
	c, err := s.Append(t.Context(), Capture{URL: url, Final: url, FetchedAt: at, Status: 200,
		Header: http.Header{"Etag": {fmt.Sprintf(`"%d-%d"`, page, n)}}, Body: fmt.Appendf(nil, "<p>The %dth harbour of page %d", n, page)})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx *Tx) error {
		a := extract.Article{Title: fmt.Sprint("Harbour ", page), Kind: extract.News, Blocks: []extract.Block{{Kind: extract.Paragraph, Text: fmt.Sprintf("The %dth harbour of page %d.", n, page)}}}
		v := Version{ID: VersionID{c.Page, n}, First: c.Seq, Last: c.Seq, FirstSeen: at, LastSeen: at, URL: url, Article: a}
		if err := tx.PutVersion(&v); err != nil {
			return err
		}
		return tx.PutPage(Page{Key: c.Page, URL: url, Head: n, State: Live, FirstSeen: at, LastSeen: at, LastCheck: at})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkLog(t *testing.T, s *Store, sizes ...int64) LogCheck {
	t.Helper()
	k, err := s.CheckLog(t.Context(), sizes, nil)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestLogHoldsWhatCame(t *testing.T) {
	s, _ := logged(t, Options{})
	defer s.Close()
	k := checkLog(t, s, 0, 5, 12, 24)
	if len(k.Faults) > 0 || k.Size != 24 || k.Compared != 24 || k.Bodies != 12 || len(k.Roots) != 4 {
		t.Fatalf("%+v", k)
	}
	// Every root and proof is what the reference says of the leaves.
	for _, size := range []int64{5, 12, 24} {
		r, err := s.LogRoot(size)
		if err != nil || r.Root != k.Roots[size] {
			t.Fatalf("size %d: %v %v, %v", size, r.Root, k.Roots[size], err)
		}
	}
	for n := 1; n <= 3; n++ {
		key, err := s.Resolve("https://paper.example/2")
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.ProveVersion(VersionID{key, n}, 24)
		if err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckRecord(p.Path, 24, k.Root, p.Index, tlog.RecordHash(p.Data)); err != nil {
			t.Fatal(err)
		}
		var l map[string]any
		if err := json.Unmarshal(p.Data, &l); err != nil || l["title"] != "Harbour 2" || l["text"] != sum(fmt.Appendf(nil, "The %dth harbour of page 2.", n)) {
			t.Errorf("%s: %v", p.Data, err)
		}
		if n == 3 {
			if _, err := s.ProveVersion(VersionID{key, n}, 12); !errors.Is(err, ErrNotLogged) {
				t.Errorf("a later version in an earlier log: %v", err)
			}
		}
	}
	p, err := s.ProveGrowth(5, 24)
	if err != nil || tlog.CheckTree(p, 24, k.Root, 5, k.Roots[5]) != nil {
		t.Errorf("growth: %v", err)
	}
	if _, err := s.LogRoot(25); !errors.Is(err, ErrLogShorter) {
		t.Errorf("a size that is not reached: %v", err)
	}
	r, err := s.Verify(t.Context(), VerifyOptions{Deep: true})
	if err != nil || len(r.Damage) > 0 {
		t.Errorf("%+v, %v", r.Damage, err)
	}
}

// Whoever alters the archive knows how to make its checksums right.
func TestLogTellsOfForgery(t *testing.T) {
	page := func(tx *Tx) uint64 { return 2 }
	for name, forge := range map[string]struct {
		do   func(tx *Tx) error
		want string
	}{
		"a header": {func(tx *Tx) error {
			c, err := tx.capture(1)
			if err != nil {
				return err
			}
			c.Header.Set("Etag", `"0-2"`)
			return tx.putCapture(&c)
		}, "it is not what it was"},
		"a time": {func(tx *Tx) error {
			c, err := tx.capture(3)
			c.FetchedAt = c.FetchedAt.Add(time.Nanosecond)
			return errors.Join(err, tx.putCapture(&c))
		}, "it is not what it was"},
		"a body's digest": {func(tx *Tx) error {
			c, err := tx.capture(3)
			c.Digest[0] ^= 1
			return errors.Join(err, tx.putCapture(&c))
		}, "it is not what it was"},
		"a body": {func(tx *Tx) error { // it takes that of another page
			c, err := tx.capture(3)
			c.RevisitOf, c.volume = 1, 0
			return errors.Join(err, tx.putCapture(&c))
		}, "the body of capture 1, which is another"},
		"a text": {func(tx *Tx) error {
			v, err := tx.version(page(tx), 1)
			if err != nil {
				return err
			}
			return tx.emptyText(page(tx), &v, extract.Article{Title: "Harbour 1", Kind: extract.News, Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "The 1th harbour of page 1!"}}})
		}, "it is not what it was"},
		"a capture gone": {func(tx *Tx) error { return tx.drop(bucketCaptures, number(3)) }, "it is no longer there"},
		"a version gone": {func(tx *Tx) error { return tx.drop(bucketJournal, number(4)) }, "it is no longer there"},
		"a hash":         {func(tx *Tx) error { return forgeHash(tx, 0) }, "it is not what it was"},
		"an inner hash":  {func(tx *Tx) error { return forgeHash(tx, tlog.StoredHashIndex(1, 0)) }, "inner hashes"},
		"the order":      {func(tx *Tx) error { return forgeOrder(tx) }, "it is not what it was"},
		"the list of leaves": {func(tx *Tx) error {
			list, err := tx.leafBlock(0)
			return errors.Join(err, tx.plain(bucketLeaves, number(0), kindLeaves, leafBlockContent(list[:7])))
		}, "ends at 7 of 24"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := logged(t, Options{})
			defer s.Close()
			before := checkLog(t, s, 24).Root
			if err := s.Update(t.Context(), forge.do); err != nil {
				t.Fatal(err)
			}
			k := checkLog(t, s, 24)
			if len(k.Faults) == 0 && k.Root == before {
				t.Fatal("nothing is noticed")
			}
			if !strings.Contains(fmt.Sprint(k.Faults), forge.want) {
				t.Errorf("%+v", k.Faults)
			}
		})
	}
}

func forgeHash(tx *Tx, index int64) error {
	h := tx.logHashes()
	b, err := h.block(0)
	if err != nil {
		return err
	}
	b[index*tlog.HashSize] ^= 1
	return tx.plain(bucketHashes, number(0), kindHashes, b)
}

func forgeOrder(tx *Tx) error {
	h := tx.logHashes()
	b, err := h.block(0)
	if err != nil {
		return err
	}
	for i := range tlog.HashSize {
		b[i], b[tlog.HashSize+i] = b[tlog.HashSize+i], b[i]
	}
	return tx.plain(bucketHashes, number(0), kindHashes, b)
}

// What a leaf takes, and how long: the figures that FORMAT.md and the release notes give.
func TestLogIsSmall(t *testing.T) {
	s, err := Create(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const n = 6000
	for part := range n / 1000 {
		list := make([]Capture, 1000)
		for i := range list {
			url := fmt.Sprintf("https://paper.example/%d/%d", part, i)
			list[i] = Capture{URL: url, Final: url, Status: 200, FetchedAt: time.Unix(1_772_000_000+int64(part*1000+i), 0), Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(url)}
		}
		if _, err := s.AppendAll(t.Context(), list); err != nil {
			t.Fatal(err)
		}
	}
	begun := time.Now()
	if added, err := s.ExtendLog(t.Context()); err != nil || added != n {
		t.Fatal(added, err)
	}
	took := time.Since(begun)
	m, err := s.Measure()
	if err != nil {
		t.Fatal(err)
	}
	var bytes, onDisk int64
	for _, b := range m.Buckets {
		if b.Name == bucketLeaves || b.Name == bucketHashes {
			bytes, onDisk = bytes+b.Bytes, onDisk+b.Taken
		}
	}
	t.Logf("%.1f bytes a leaf, %.1f on disk; %.1f µs a leaf", float64(bytes)/n, float64(onDisk)/n, float64(took.Microseconds())/n)
	if bytes > 68*n {
		t.Errorf("%d bytes for %d leaves", bytes, n)
	}
}

// A log whose head is lost is not gone on with: another begins, under another name.
func TestLogWithoutHead(t *testing.T) {
	s, _ := logged(t, Options{})
	defer s.Close()
	before, err := s.LogRoot(-1)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), func(tx *Tx) error { return tx.drop(bucketMeta, logKey) }); err != nil {
		t.Fatal(err)
	}
	if n, err := s.ExtendLog(t.Context()); err != nil || n != 24 {
		t.Fatal(n, err)
	}
	k := checkLog(t, s)
	if len(k.Faults) > 0 || k.Compared != 24 || k.Origin == before.Origin {
		t.Errorf("%+v", k)
	}
	mustBeSound(t, s)
}

// Taking a page down leaves nothing of it in the log, and what was noted of the
// others good.
func TestLogOutlivesTakedown(t *testing.T) {
	s, dir := logged(t, Options{})
	root := checkLog(t, s, 24).Root
	key, err := s.Resolve("https://paper.example/1")
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.Resolve("https://paper.example/2")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Takedown(t.Context(), TakedownOptions{Pages: []urlkey.Key{key}, Reason: "an order", By: "the desk"}); err != nil {
		t.Fatal(err)
	}
	same := func(s *Store, removed int64) {
		t.Helper()
		k := checkLog(t, s, 24)
		if len(k.Faults) > 0 || k.Roots[24] != root || k.TakenDown != removed || k.Compared != 24-removed {
			t.Errorf("%+v", k)
		}
		p, err := s.ProveVersion(VersionID{other, 2}, 24)
		if err != nil || tlog.CheckRecord(p.Path, 24, root, p.Index, tlog.RecordHash(p.Data)) != nil {
			t.Errorf("proof of another page: %v", err)
		}
	}
	same(s, 6)
	if _, err := s.Compact(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	same(s, 6)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Repair(t.Context(), dir, RepairOptions{Apply: true}); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	same(s, 6)
	var b bytes.Buffer
	if _, err := s.Backup(t.Context(), &b, BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	to := filepath.Join(t.TempDir(), "restored")
	if _, err := Restore(t.Context(), &b, to, RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(to, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	same(s, 6)
	// A reextract drops the versions; the captures' leaves go on to be good, and
	// the log grows on from where it was.
	if err := s.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	look(t, s, 7, 1)
	if n, err := s.ExtendLog(t.Context()); err != nil || n != 2 {
		t.Fatalf("%d leaves, %v", n, err)
	}
	k := checkLog(t, s, 24)
	if len(k.Faults) > 0 || k.Roots[24] != root || k.Redrawn != 9+3 || k.Compared != 9+2 {
		t.Errorf("%+v", k)
	}
}
