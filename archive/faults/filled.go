package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
)

// A filling is an archive with something of everything in it.
type filling struct {
	dir  string
	want facts
}

// tell writes into a folder what is in the archive, for the children that look at it.
func (f *filling) tell(dir string) error {
	text, err := json.Marshal(f.want)
	if err != nil {
		return fmt.Errorf("facts of an archive: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, "facts"), text, 0o644)
}

// clockFrom gives a clock that goes on by a minute each time it is asked, by
// whomever: an archive's training asks beside its writer.
func clockFrom(t time.Time) func() time.Time {
	var minutes atomic.Int64
	return func() time.Time {
		return t.Add(time.Duration(minutes.Add(1)) * time.Minute)
	}
}

var firstDay = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// filled is the archive that most parts begin with copies of.
func (b *bench) filled() (*filling, error) {
	if b.base == nil {
		f, err := b.fill(10, 3, 96<<10)
		if err != nil {
			return nil, fmt.Errorf("fill an archive: %w", err)
		}
		b.base = f
	}
	return b.base, nil
}

// fill makes an archive: pages of each paper, some of them captured again,
// edited or not, pieces that several papers have, dictionaries of each site,
// volumes that are sealed. What is in it depends on the seed alone, but for when
// dictionaries were ready.
func (b *bench) fill(pages, editions int, volume int64) (*filling, error) {
	dir, err := b.folder("filled")
	if err != nil {
		return nil, err
	}
	s, err := archive.Create(dir, archive.Options{VolumeSize: volume, Now: clockFrom(firstDay)})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	now := clockFrom(firstDay)
	r := rand.New(rand.NewPCG(b.seed, 3))
	list := papers()
	run, err := s.NewRun(b.ctx, archive.Run{Cause: "manual", Started: firstDay})
	if err != nil {
		return nil, err
	}
	in := ingest.New(s, ingest.Options{})
	for edition := range editions {
		for n := range pages {
			var taken []archive.Capture
			for i, p := range list {
				if edition > 0 && r.IntN(3) > 0 {
					continue
				}
				number := uint64(i*1000 + n)
				if n%5 == 4 { // all have it, of an agency
					number = uint64(100_000 + n)
				}
				c := p.capture(n, p.page(number, edition), now())
				c.Run = run.ID
				switch {
				case edition > 0 && r.IntN(6) == 0:
					c.Status, c.Body = 304, nil
				case edition == editions-1 && n == pages-1 && i == 0:
					c.Status, c.Body = 404, []byte("<html><body><h1>Not found</h1></body></html>")
				}
				taken = append(taken, c)
			}
			if _, err := s.AppendAll(b.ctx, taken); err != nil {
				return nil, err
			}
			if n == 9 && edition == 0 {
				if err := trained(b.ctx, s, len(list)); err != nil {
					return nil, err
				}
			}
		}
		if _, err := in.Run(b.ctx); err != nil {
			return nil, err
		}
	}
	run.Ended, run.Status = now(), "done"
	if err := s.PutRun(b.ctx, run); err != nil {
		return nil, err
	}
	problems, err := sound(b.ctx, s)
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("the archive is damaged before anything was done to it: %s", problems[0])
	}
	if err != nil {
		return nil, err
	}
	f := &filling{dir: dir, want: factsOf(b.ctx, s)}
	return f, s.Close()
}

// trained waits until each site has a dictionary, some seconds at most.
func trained(ctx context.Context, s *archive.Store, sites int) error {
	for range 200 {
		m, err := s.Measure()
		if err != nil {
			return err
		}
		made := 0
		for _, d := range m.Dictionaries {
			if d.Use == "body" {
				made++
			}
		}
		if made >= sites {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// copyTo makes a copy of the archive's files.
func copyTo(from, to string) error {
	return filepath.WalkDir(from, func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), content, 0o644)
	})
}
