package main

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"

	"pressmark/archive"
	"pressmark/archive/export"
	"pressmark/extract/urlkey"
)

// A deed is an operation on an archive that may be cut off anywhere.
type deed struct {
	name    string
	prepare func(b *bench, f *filling, o order) error // beyond the copy of the archive; may be nil
	do      func(ctx context.Context, o order) error
	target  func(o order) string // the archive that is made or changed
	keeps   bool                 // nothing of what can be read changes
	loose   bool                 // captures of different pages may change places when it is done again
}

func itself(o order) string   { return o.Dir }
func imported(o order) string { return filepath.Join(o.Aside, "imported") }
func restored(o order) string { return filepath.Join(o.Aside, "restored") }

func deeds() []deed {
	return []deed{
		{"compact", nil, opened(func(ctx context.Context, s *archive.Store, _ order) error {
			_, err := s.Compact(ctx, nil)
			return err
		}), itself, true, false},
		{"takedown", nil, opened(func(ctx context.Context, s *archive.Store, _ order) error {
			for _, p := range papers()[:2] {
				for _, n := range []int{2, 4} { // the second is a piece of all papers
					key, err := urlkey.Of(p.url(n))
					if err != nil {
						return err
					}
					if s.Refuses(key) {
						continue
					}
					if _, err := s.Takedown(ctx, archive.TakedownOptions{Pages: []urlkey.Key{key}}); err != nil {
						return err
					}
				}
			}
			return nil
		}), itself, false, false},
		{"prune", nil, opened(func(ctx context.Context, s *archive.Store, _ order) error {
			_, err := s.Prune(ctx, archive.PruneOptions{Keep: func(site string) archive.Keep {
				return archive.Keep{Bodies: time.Hour, Unchanged: time.Hour}
			}})
			return err
		}), itself, false, false},
		{"backup", nil, opened(func(ctx context.Context, s *archive.Store, o order) error {
			return files(o.Aside).Write("backup.tar.zst", func(w io.Writer) error {
				_, err := s.Backup(ctx, w, archive.BackupOptions{})
				return err
			})
		}), itself, true, false},
		{"backup to a folder", nil, opened(func(ctx context.Context, s *archive.Store, o order) error {
			_, err := s.BackupFolder(ctx, files(filepath.Join(o.Aside, "backups")), archive.BackupOptions{})
			return err
		}), itself, true, false},
		{"export", nil, opened(func(ctx context.Context, s *archive.Store, o order) error {
			_, err := export.WARC(ctx, files(filepath.Join(o.Aside, "warc")), s, warcOptions())
			return err
		}), itself, true, false},
		{"restore", backUp, func(ctx context.Context, o order) error {
			in, err := os.Open(filepath.Join(o.Aside, "backup.tar.zst"))
			if err != nil {
				return err
			}
			defer in.Close()
			_, err = archive.Restore(ctx, in, restored(o), archive.RestoreOptions{})
			if errors.Is(err, archive.ErrExists) { // it was done before
				return nil
			}
			return err
		}, restored, true, false},
		{"repair", loseAnIndex, func(ctx context.Context, o order) error {
			_, err := archive.Repair(ctx, o.Dir, archive.RepairOptions{Apply: true})
			return err
		}, itself, true, false},
		{"import", exportAll, func(ctx context.Context, o order) error {
			s, err := archive.Open(imported(o), archive.Options{})
			if errors.Is(err, archive.ErrNotFound) {
				s, err = archive.Create(imported(o), archive.Options{})
			}
			if err != nil {
				return err
			}
			return errors.Join(importAll(ctx, s, filepath.Join(o.Aside, "warc")), s.Close())
		}, imported, false, true},
		{"migrate", unpackOld, opened(func(context.Context, *archive.Store, order) error { return nil }), itself, false, false},
	}
}

// opened makes a deed of what is done to an open archive.
func opened(do func(context.Context, *archive.Store, order) error) func(context.Context, order) error {
	return func(ctx context.Context, o order) error {
		s, err := archive.Open(o.Dir, archive.Options{})
		if err != nil {
			return err
		}
		return errors.Join(do(ctx, s, o), s.Close())
	}
}

func playMidst(ctx context.Context, o order) error {
	for _, d := range deeds() {
		if d.name == o.What {
			say("began", 0)
			err := d.do(ctx, o)
			if err == nil {
				say("ended", 0)
			}
			return err
		}
	}
	return fmt.Errorf("there is no deed %q", o.What)
}

func killInTheMidst(b *bench) error {
	f, err := b.filled()
	if err != nil {
		return err
	}
	broken, strewn := 0, 0
	for _, d := range deeds() {
		if b.ctx.Err() != nil {
			break
		}
		killed, err := b.cutOff(d, f, &broken, &strewn)
		if errors.Is(err, fs.ErrNotExist) && d.name == "migrate" {
			b.skip("kills in the midst of migrate", "archive/testdata is not to be found from here")
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		b.some("kills in the midst of "+d.name, killed, b.rounds.midst/4)
	}
	b.none("archives that were not sound, lacked something, or could not be gone on with", broken)
	b.none("files left behind once it was done again", strewn)
	return nil
}

// scene makes a copy of the archive to do something to.
func (b *bench) scene(f *filling, d deed) (order, error) {
	dir, err := b.folder("scene")
	if err != nil {
		return order{}, err
	}
	o := order{Role: "midst", What: d.name, Dir: filepath.Join(dir, "archive"), Aside: filepath.Join(dir, "aside")}
	if err := os.MkdirAll(o.Aside, 0o755); err != nil {
		return o, err
	}
	if err := copyTo(f.dir, o.Dir); err != nil {
		return o, err
	}
	if d.prepare != nil {
		return o, d.prepare(b, f, o)
	}
	return o, nil
}

// cutOff kills a deed at moments all over the time that it takes.
func (b *bench) cutOff(d deed, f *filling, broken, strewn *int) (killed int, err error) {
	o, err := b.scene(f, d)
	if err != nil {
		return 0, err
	}
	_, whole, err := b.deed(o, -1)
	if err != nil {
		return 0, err
	}
	want, problems, err := b.look(d, d.target(o))
	if err != nil || len(problems) > 0 {
		return 0, errors.Join(err, errors.New(strings.Join(problems, "; ")))
	}
	os.RemoveAll(filepath.Dir(o.Dir))
	for round := range b.rounds.midst {
		if b.ctx.Err() != nil {
			break
		}
		if o, err = b.scene(f, d); err != nil {
			return killed, err
		}
		r := b.chance(round)
		was, _, err := b.deed(o, time.Duration(r.Int64N(int64(whole)*4/5+1)))
		if err != nil {
			return killed, err
		}
		if was {
			killed++
		}
		bad := b.aftermath(d, f, o, want, strewn)
		for _, p := range bad {
			b.wrong("%s, round %d: %s", d.name, round, p)
		}
		*broken += min(1, len(bad))
		b.done(filepath.Dir(o.Dir), len(bad) > 0)
	}
	return killed, nil
}

// deed does a deed in a process of its own, which is killed some time after it
// began, or not when that is negative.
func (b *bench) deed(o order, after time.Duration) (killed bool, took time.Duration, err error) {
	c, err := b.start(o)
	if err != nil {
		return false, 0, err
	}
	var began time.Time
	var failed error
	err = c.hear(func(word string, what json.RawMessage) {
		switch word {
		case "began":
			if began = time.Now(); after >= 0 {
				c.killAfter(after)
			}
		case "ended":
			took = time.Since(began)
		case "failed":
			failed = errors.New(string(what))
		}
	})
	killed, end := c.end()
	if failed != nil {
		end = failed
	}
	return killed, took, errors.Join(err, end)
}

// aftermath looks at what a kill left, and does the deed again.
func (b *bench) aftermath(d deed, f *filling, o order, want facts, strewn *int) (bad []string) {
	target := d.target(o)
	if _, err := os.Stat(filepath.Join(target, "archive.db")); err == nil && d.name != "repair" { // its archive is damaged until it is done
		got, problems, err := b.look(d, target)
		if err != nil {
			return []string{err.Error()}
		}
		bad = append(bad, problems...)
		if d.keeps {
			if x := f.want.same(got); x != "" {
				bad = append(bad, "after the kill: "+x)
			}
		}
	}
	if _, _, err := b.deed(o, -1); err != nil {
		return append(bad, "done again: "+err.Error())
	}
	got, problems, err := b.look(d, target)
	if err != nil {
		return append(bad, err.Error())
	}
	bad = append(bad, problems...)
	if x := want.same(got); x != "" {
		bad = append(bad, "done again: "+x)
	}
	left := leftovers(target)
	hidden, _ := filepath.Glob(filepath.Join(o.Aside, ".*"))
	for _, name := range append(left, hidden...) {
		b.wrong("%s: left behind: %s", d.name, filepath.Base(name))
		*strewn++
	}
	return bad
}

// look opens an archive for writing, as whoever goes on with it would, and gives
// all that it says and all that is wrong with it. What carries the time at
// which it was done is left out.
func (b *bench) look(d deed, dir string) (facts, []string, error) {
	s, err := archive.Open(dir, archive.Options{})
	if err != nil {
		return nil, nil, err
	}
	defer s.Close()
	problems, err := sound(b.ctx, s)
	if err != nil {
		return nil, nil, err
	}
	ends, err := looseEnds(b.ctx, s)
	for _, e := range ends {
		problems = append(problems, e.From+" leads to "+e.To)
	}
	if d.loose {
		return placed(b.ctx, s), problems, err
	}
	got := factsOf(b.ctx, s)
	for name := range got {
		if strings.HasPrefix(name, "tombstone ") {
			delete(got, name)
		}
	}
	return got, problems, err
}

// placed are the captures of an archive, each by its page and its place among
// those of the page.
func placed(ctx context.Context, s *archive.Store) facts {
	f := facts{}
	names := map[archive.Seq]string{0: "none"}
	last := map[urlkey.Key]int{}
	for c, err := range s.Captures(ctx, 0) {
		if err != nil {
			continue
		}
		last[c.Page]++
		names[c.Seq] = fmt.Sprint("capture ", last[c.Page], " of ", c.Page)
		f[names[c.Seq]] = fmt.Sprint(c.FetchedAt, c.Status, c.Header, c.Digest, names[c.RevisitOf], c.Site, c.Via)
	}
	return f
}

// files is a folder that takes and gives files.
type files string

func (d files) Open(name string) (io.ReadCloser, error) {
	return os.Open(filepath.Join(string(d), filepath.FromSlash(name)))
}
func (d files) Remove(name string) error {
	return os.Remove(filepath.Join(string(d), filepath.FromSlash(name)))
}
func (d files) Write(name string, fill func(io.Writer) error) error {
	path := filepath.Join(string(d), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	if err := errors.Join(fill(f), f.Close()); err != nil {
		os.Remove(path + ".part")
		return err
	}
	return os.Rename(path+".part", path)
}

func warcOptions() export.WARCOptions {
	return export.WARCOptions{Zip: true, Size: 256 << 10, Name: func(part int) string { return fmt.Sprintf("part-%03d.warc.gz", part) }}
}

func (b *bench) with(dir string, do func(*archive.Store) error) error {
	s, err := archive.Open(dir, archive.Options{})
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}

func backUp(b *bench, _ *filling, o order) error {
	return b.with(o.Dir, func(s *archive.Store) error {
		return files(o.Aside).Write("backup.tar.zst", func(w io.Writer) error {
			_, err := s.Backup(b.ctx, w, archive.BackupOptions{})
			return err
		})
	})
}

func exportAll(b *bench, _ *filling, o order) error {
	return b.with(o.Dir, func(s *archive.Store) error {
		_, err := export.WARC(b.ctx, files(filepath.Join(o.Aside, "warc")), s, warcOptions())
		return err
	})
}

// importAll takes the WARC files of a folder into an archive.
func importAll(ctx context.Context, s *archive.Store, dir string) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.warc*"))
	if err != nil {
		return err
	}
	var list []export.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		list = append(list, export.File{Name: filepath.Base(name), In: f})
	}
	var bad error
	_, err = export.Import(ctx, s, list, export.ImportOptions{
		Site: func(string) string { return "" }, Problem: func(err error) { bad = err },
	})
	return errors.Join(err, bad)
}

// loseAnIndex takes a third of the index of bodies away.
func loseAnIndex(_ *bench, _ *filling, o order) error {
	db, err := bbolt.Open(filepath.Join(o.Dir, "archive.db"), 0o644, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		var gone [][]byte
		for _, name := range []string{"ix_digest", "ix_time"} {
			bucket := tx.Bucket([]byte(name))
			if bucket == nil {
				continue
			}
			gone = gone[:0]
			for key, _ := bucket.Cursor().First(); key != nil && len(gone) < 1000; key, _ = bucket.Cursor().Seek(append(append([]byte{}, key...), 0)) {
				gone = append(gone, append([]byte{}, key...))
			}
			for i, key := range gone {
				if i%3 > 0 {
					continue
				}
				if err := bucket.Delete(key); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return errors.Join(err, db.Close())
}

// unpackOld puts an archive of schema 1 in the place of the other.
func unpackOld(_ *bench, _ *filling, o order) error {
	var f *os.File
	var err error
	for _, dir := range []string{"archive/testdata", "../testdata"} {
		if f, err = os.Open(filepath.Join(filepath.FromSlash(dir), "schema1.tar.zst")); err == nil {
			break
		}
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if err := os.RemoveAll(o.Dir); err != nil {
		return err
	}
	z, err := zstd.NewReader(f)
	if err != nil {
		return err
	}
	defer z.Close()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if !filepath.IsLocal(h.Name) {
			return fmt.Errorf("%q in an archive of old", h.Name)
		}
		name := filepath.Join(o.Dir, filepath.FromSlash(h.Name))
		if h.Typeflag == tar.TypeDir {
			if err := os.MkdirAll(name, 0o755); err != nil {
				return err
			}
			continue
		}
		content, err := io.ReadAll(r)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(name), 0o755)
		}
		if err == nil {
			err = os.WriteFile(name, content, 0o644)
		}
		if err != nil {
			return err
		}
	}
}
