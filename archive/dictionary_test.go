package archive

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
)

// sitePage is a page of a site: its template, and an article of its own.
func sitePage(site, n int) []byte {
	own := page(uint64(site*1000+n), 1200)
	return slices.Concat(page(uint64(site)+7_000_000, 5000), []byte("<main>"), own, []byte("</main>"))
}

func capturePage(t testing.TB, s *Store, site, n int) Capture {
	t.Helper()
	c := mustAppend(t, s, capture(fmt.Sprintf("https://site%d.example/news/%d", site, n), n, sitePage(site, n)))
	s.training.settle()
	return c
}

// storedBody gives the codec of a capture's body, the dictionary, and how many bytes it takes.
func storedBody(t testing.TB, s *Store, seq Seq) (f frame) {
	t.Helper()
	err := s.View(func(tx *Tx) error {
		c, err := tx.capture(seq)
		if err != nil {
			return err
		}
		return s.raw.read(c.volume, func(b *bbolt.Tx) error {
			key := number(uint64(seq))
			f, err = parseFrame(key, bytes.Clone(b.Bucket([]byte(bucketBodies)).Get(key)), kindBody)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func dictionariesIn(t testing.TB, s *Store, use dictUse) (list []storedDictionary) {
	t.Helper()
	if err := s.View(func(tx *Tx) error {
		return tx.eachDictionary(func(d storedDictionary, err error) error {
			if d.use == use {
				list = append(list, d)
			}
			return err
		})
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestSitesAreLearned(t *testing.T) {
	s := newStore(t, Options{})
	var last Capture
	for n := range 30 {
		last = capturePage(t, s, 1, n)
	}
	first := storedBody(t, s, 1)
	now := storedBody(t, s, last.Seq)
	if first.codec == codecDict || now.codec != codecDict || len(now.payload)*2 > len(first.payload) {
		t.Errorf("the first page takes %d bytes, codec %d; the last %d, codec %d", len(first.payload), first.codec, len(now.payload), now.codec)
	}
	list := dictionariesIn(t, s, forBodies)
	if len(list) == 0 || len(list) > 3 {
		t.Fatalf("%d dictionaries", len(list))
	}
	d := list[len(list)-1]
	if d.site != "example,site1" || len(d.pages) < 4 || d.made.IsZero() {
		t.Errorf("dictionary of %q, made %v of pages %v", d.site, d.made, d.pages)
	}
	for n := range 30 {
		own := page(uint64(1000+n), 1200)[300:400]
		if bytes.Contains(d.content, own) {
			t.Errorf("the dictionary has page %d's own words", n)
		}
	}
	if err := s.View(func(tx *Tx) error {
		ids, err := tx.dictionariesOf(d.pages[0])
		if !slices.Contains(ids, d.id) {
			t.Errorf("page %d had a part in %v", d.pages[0], ids)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	mustBeSound(t, s)
	// Another time the archive is opened it is used from the start.
	s.Close()
	again, err := Open(s.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	c := capturePage(t, again, 1, 100)
	if f := storedBody(t, again, c.Seq); f.codec != codecDict || f.ref != d.id {
		t.Errorf("after opening: codec %d, dictionary %d, not %d", f.codec, f.ref, d.id)
	}
	for seq := Seq(1); seq <= c.Seq; seq++ {
		got, err := again.Capture(seq)
		if err != nil {
			t.Fatal(err)
		}
		if n := int(seq) - 1; n < 30 && !bytes.Equal(got.Body, sitePage(1, n)) {
			t.Errorf("capture %d is another page", seq)
		}
	}
	mustBeSound(t, again)
}

// A site that gets a new face is learned anew.
func TestSitesAreLearnedAnew(t *testing.T) {
	s := newStore(t, Options{})
	for n := range 40 {
		capturePage(t, s, 1, n)
	}
	before := len(dictionariesIn(t, s, forBodies))
	var last frame
	for n := range 24 {
		c := mustAppend(t, s, capture(fmt.Sprintf("https://site1.example/news/%d", 100+n), n, sitePage(2, n)))
		s.training.settle()
		last = storedBody(t, s, c.Seq)
	}
	list := dictionariesIn(t, s, forBodies)
	if len(list) == before || last.ref != list[len(list)-1].id || len(last.payload) > 1200 {
		t.Errorf("%d dictionaries, then %d; the last page takes %d bytes with number %d", before, len(list), len(last.payload), last.ref)
	}
}

// turn changes a byte of a dictionary's record in archive.db, and of its copies.
func turnDictionary(t testing.TB, s *Store, id uint64, copies bool) {
	t.Helper()
	s.Close()
	names := []string{catalogFile}
	if copies {
		names = append(names, volumeName(1))
	}
	for _, name := range names {
		db, err := bbolt.Open(s.dir+"/"+name, 0o644, &bbolt.Options{Timeout: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Update(func(b *bbolt.Tx) error {
			dicts := b.Bucket([]byte(bucketDicts))
			record := bytes.Clone(dicts.Get(number(id)))
			record[len(record)/2] ^= 4
			return dicts.Put(number(id), record)
		}); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDamagedDictionary(t *testing.T) {
	for _, copies := range []bool{false, true} {
		s := newStore(t, Options{})
		for n := range 12 {
			capturePage(t, s, 1, n)
			capturePage(t, s, 2, n)
		}
		id := s.dicts.use(forBodies, "example,site1")
		if id == 0 {
			t.Fatal("no dictionary")
		}
		lost := map[Seq]bool{}
		for seq := Seq(1); seq <= 24; seq++ {
			f := storedBody(t, s, seq)
			lost[seq] = f.codec == codecDict && f.ref == id
		}
		turnDictionary(t, s, id, copies)
		s, err := Open(s.dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		r, err := s.Verify(t.Context(), VerifyOptions{Deep: true})
		if err != nil {
			t.Fatal(err)
		}
		var named []string
		bodies := 0
		for _, d := range r.Damage {
			if strings.HasPrefix(d.Record, "body of capture") {
				bodies++
				if !lost[d.Seq] || d.URL == "" || !strings.Contains(d.Problem, fmt.Sprint("dictionary ", id)) {
					t.Errorf("%+v", d)
				}
				continue
			}
			named = append(named, d.File+": "+d.Record)
		}
		want := []string{catalogFile + fmt.Sprint(": dictionary ", id)}
		if copies {
			want = append(want, volumeName(1)+fmt.Sprint(": dictionary ", id))
		}
		if diff := cmp.Diff(want, named); diff != "" {
			t.Errorf("copies %v: %s", copies, diff)
		}
		n := 0
		for seq, uses := range lost {
			_, err := s.Capture(seq)
			if uses {
				n++
			}
			if bad := copies && uses; (err != nil) != bad {
				t.Errorf("copies %v, capture %d: %v", copies, seq, err)
			}
		}
		if n == 0 || copies && bodies != n || !copies && bodies != 0 {
			t.Errorf("copies %v: %d use the dictionary, %d are reported", copies, n, bodies)
		}
		// What comes in is kept all the same, and another dictionary made.
		for n := range 30 {
			c := capturePage(t, s, 1, 100+n)
			if f := storedBody(t, s, c.Seq); f.ref == id {
				t.Fatalf("the damaged dictionary is used for capture %d", c.Seq)
			}
		}
		if now := s.dicts.use(forBodies, "example,site1"); now == 0 || now == id {
			t.Errorf("copies %v: dictionary %d, then %d", copies, id, now)
		}
	}
}

// A dictionary that is dropped between the planning of a capture and its turn
// must not be missed.
func TestPlanOutlivesItsDictionary(t *testing.T) {
	s := newStore(t, Options{})
	for n := range 12 {
		capturePage(t, s, 1, n)
	}
	var p *plan
	c := capture("https://site1.example/news/new", 1, sitePage(1, 500))
	c.Page = "example,site1)/news/new"
	if err := s.View(func(tx *Tx) (err error) {
		p, err = tx.plan(c)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if p.body.codec != codecDict {
		t.Fatalf("codec %d", p.body.codec)
	}
	p.Digest = [32]byte{1} // as Append would set it; it is not looked at here
	mustUpdate(t, s, func(tx *Tx) error {
		ids := []uint64{p.body.ref}
		if p.record.ref >= firstTrained {
			ids = append(ids, p.record.ref)
		}
		for _, id := range ids {
			if err := tx.drop(bucketDicts, number(id)); err != nil {
				return err
			}
		}
		return nil
	})
	j := &job{plan: p, done: make(chan error, 1)}
	if err := s.submit(t.Context(), j); err != nil || j.err != nil {
		t.Fatal(err, j.err)
	}
	if f := storedBody(t, s, j.plan.Seq); f.codec == codecDict && f.ref >= firstTrained {
		t.Errorf("packed with dictionary %d, which is gone", f.ref)
	}
}

func TestLanguagesAreLearned(t *testing.T) {
	s := newStore(t, Options{})
	phrases := strings.Fields(string(page(99, 30_000)))
	text := func(n int) string {
		var b strings.Builder
		for i := range 25 {
			at := (n*7919 + i*104729) % (len(phrases) - 12)
			fmt.Fprintf(&b, "%s %x. ", strings.Join(phrases[at:at+9], " "), n*1_000_003+i*7)
		}
		return b.String()
	}
	put := func(s *Store, from, to int) {
		for at := from; at < to; at += 50 {
			mustUpdate(t, s, func(tx *Tx) error {
				for n := at; n < at+50; n++ {
					a := article(fmt.Sprint("Title ", n), text(n))
					a.Language = []string{"en-GB", "de"}[n%2]
					v := Version{ID: VersionID{Page: keyOf(n), N: 1}, Article: a, Story: StoryID(fmt.Sprint("story", n))}
					if err := tx.PutVersion(&v); err != nil {
						return err
					}
				}
				return nil
			})
			s.training.settle()
		}
	}
	put(s, 0, 450)
	sizeOf := func(s *Store, n int) (f frame) {
		if err := s.View(func(tx *Tx) error {
			page, err := tx.pageNumber(keyOf(n))
			if err != nil {
				return err
			}
			key := versionKey(page, 1)
			f, err = parseFrame(key, bytes.Clone(tx.bucket(bucketTexts).Get(key)), kindText)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return f
	}
	first, last := sizeOf(s, 0), sizeOf(s, 448)
	id := last.ref
	if last.codec != codecDict || first.codec == codecDict || len(last.payload) > len(first.payload)*4/5 {
		t.Fatalf("dictionary %d; the first text takes %d bytes, the last %d with %d", id, len(first.payload), len(last.payload), last.ref)
	}
	for _, d := range dictionariesIn(t, s, forTexts) {
		for n := range 450 {
			if own := fmt.Sprintf("%x. ", n*1_000_003); len(own) > 9 && bytes.Contains(d.content, []byte(own)) {
				t.Fatalf("the dictionary of %q has page %d's own words", d.site, n)
			}
		}
	}
	mustBeSound(t, s)
	turnDictionary(t, s, id, false)
	s, err := Open(s.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.Verify(t.Context(), VerifyOptions{Deep: true})
	if err != nil {
		t.Fatal(err)
	}
	uses, told := 0, 0
	for n := range 450 {
		f := sizeOf(s, n)
		bad := f.codec == codecDict && f.ref == id
		if bad {
			uses++
		}
		err := s.View(func(tx *Tx) error { _, err := tx.Version(VersionID{Page: keyOf(n), N: 1}); return err })
		if (err != nil) != bad {
			t.Fatalf("version %d: %v", n, err)
		}
	}
	for _, d := range r.Damage {
		if strings.HasPrefix(d.Record, "text of") {
			told++
		} else if d.Record != fmt.Sprint("dictionary ", id) {
			t.Errorf("%+v", d)
		}
	}
	if uses == 0 || told != uses {
		t.Errorf("%d texts need the dictionary, %d are reported", uses, told)
	}
	put(s, 450, 500) // it goes on
}

func TestDictionaryRecord(t *testing.T) {
	want := storedDictionary{id: 20, use: forTexts, site: "de", made: time.Date(2026, 11, 2, 3, 4, 5, 0, time.UTC), pages: []uint64{3, 4, 900}, content: []byte("content")}
	got, err := readDictionary(20, want.record())
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(storedDictionary{})); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	if own, err := readDictionary(captureDict, []byte("as it is")); err != nil || string(own.content) != "as it is" {
		t.Errorf("%q, %v", own.content, err)
	}
}

func FuzzDictionary(f *testing.F) {
	d := storedDictionary{id: 20, use: forBodies, site: "com,example", pages: []uint64{1, 2, 3}, content: []byte("content")}
	f.Add(d.record())
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := readDictionary(20, b)
		if err != nil {
			return
		}
		again, err := readDictionary(20, d.record())
		if err != nil || !bytes.Equal(again.content, d.content) || !slices.Equal(again.pages, d.pages) {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

// The first page of a site is packed with what the sites before it share: a
// crawl of many does not store hundreds of pages before there is a dictionary.
func TestDictionaryOfFirstSites(t *testing.T) {
	s := newStore(t, Options{})
	furniture := page(7_000_000, 5000)
	first := func(site int) frame {
		body := slices.Concat(furniture, []byte("<main>"), page(uint64(site), 1200), []byte("</main>"))
		c := mustAppend(t, s, capture(fmt.Sprintf("https://site%d.example/news/1", site), site, body))
		s.training.settle()
		return storedBody(t, s, c.Seq)
	}
	plain := first(0)
	for site := range 9 {
		first(site + 1)
	}
	if f := first(20); f.codec != codecDict || len(f.payload) > len(plain.payload)/2 {
		t.Errorf("the page of an eleventh site is packed by codec %d in %d bytes, the first in %d", f.codec, len(f.payload), len(plain.payload))
	}
	if list := dictionariesIn(t, s, forBodies); len(list) == 0 || list[0].site != "" {
		t.Errorf("%d dictionaries, none of them of all sites", len(list))
	}
}
