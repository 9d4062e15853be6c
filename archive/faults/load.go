package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/extract/urlkey"
)

const (
	appenders   = 8
	loadPages   = 14        // of each paper
	loadVolume  = 128 << 10 // so that volumes roll
	doomedPages = 400       // more than are taken down in an archive's time
)

// What the child says of a capture that the archive answered for.
type acknowledged struct {
	Seq    archive.Seq
	Digest string
	Page   urlkey.Key
	Site   string
}

// playLoad does everything at once, and says what was acknowledged, until it is killed.
func playLoad(ctx context.Context, o order) error {
	say("began", 0)
	s, err := archive.Open(o.Dir, archive.Options{VolumeSize: loadVolume})
	if err != nil {
		return err
	}
	say("opened", 0)
	var mu sync.Mutex
	failed := make(chan error, 16)
	work := func(what string, do func(r *rand.Rand, n int) error) {
		r := rand.New(rand.NewPCG(o.Seed, uint64(len(what)*1000)+uint64(what[0])))
		go func() {
			for n := 0; ; n++ {
				if err := do(r, n); err != nil {
					failed <- fmt.Errorf("%s: %w", what, err)
					return
				}
			}
		}()
	}
	list := papers()
	guilty := make(chan urlkey.Key, 1) // a page to be taken down
	take := func(p *paper, n int, body []byte) error {
		c, err := s.Append(ctx, p.capture(n, body, time.Now()))
		if errors.Is(err, archive.ErrTakenDown) {
			return nil
		}
		if err == nil {
			say("capture", acknowledged{c.Seq, c.Digest.String(), c.Page, p.name})
			if p.name == doomed {
				select {
				case guilty <- c.Page:
				default:
				}
			}
		}
		return err
	}
	for g := range appenders {
		r := rand.New(rand.NewPCG(o.Seed, uint64(g)))
		work(fmt.Sprint("append ", g), func(_ *rand.Rand, n int) error {
			i := r.IntN(len(list))
			p, page := list[i], r.IntN(loadPages)
			number := uint64(i*1000 + page)
			if p.name == doomed {
				page = r.IntN(doomedPages)
				number = uint64(200_000 + page)
			} else if page%5 == 4 {
				number = uint64(100_000 + page)
			}
			edition := o.Life + r.IntN(2)
			if r.IntN(4) == 0 {
				return take(p, page, p.page(number, edition%20)) // as others have it, too
			}
			return take(p, page, p.page(number, edition%20, fmt.Sprintf("Seen by reader %d of %d for the %d. time.", g, o.Life, n)))
		})
	}
	in := ingest.New(s, ingest.Options{})
	work("ingest", func(*rand.Rand, int) error {
		n, err := in.Run(ctx)
		if n == 0 {
			time.Sleep(5 * time.Millisecond)
		}
		return err
	})
	work("run", func(_ *rand.Rand, n int) error {
		run, err := s.NewRun(ctx, archive.Run{Cause: "manual", Started: time.Now()})
		if err == nil {
			say("run", run.ID)
			time.Sleep(80 * time.Millisecond)
		}
		return err
	})
	work("compact", func(r *rand.Rand, n int) error {
		time.Sleep(time.Duration(r.IntN(800)) * time.Millisecond)
		_, err := s.Compact(ctx, nil)
		return err
	})
	work("prune", func(r *rand.Rand, n int) error {
		time.Sleep(time.Duration(r.IntN(800)) * time.Millisecond)
		_, err := s.Prune(ctx, archive.PruneOptions{Keep: func(site string) archive.Keep {
			if site == pruned {
				return archive.Keep{Bodies: time.Millisecond}
			}
			return archive.Keep{}
		}})
		return err
	})
	work("takedown", func(r *rand.Rand, n int) error {
		time.Sleep(time.Duration(r.IntN(800)) * time.Millisecond)
		key := <-guilty
		if s.Refuses(key) {
			return nil
		}
		say("taking", key)
		err := in.Rest(func() error {
			_, err := s.Takedown(ctx, archive.TakedownOptions{Pages: []urlkey.Key{key}, Reason: "asked for"})
			return err
		})
		if err == nil {
			say("taken", key)
		}
		return err
	})
	work("backup", func(r *rand.Rand, n int) error {
		time.Sleep(time.Duration(r.IntN(1000)) * time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		stats, err := s.Stats()
		if err != nil {
			return err
		}
		name := filepath.Join(o.Aside, fmt.Sprintf("backup-%d-%d.tar.zst", o.Life, n))
		f, err := os.Create(name + ".part")
		if err != nil {
			return err
		}
		_, err = s.Backup(ctx, f, archive.BackupOptions{})
		if err = errors.Join(err, f.Close()); err == nil {
			err = os.Rename(name+".part", name)
		}
		if err == nil {
			say("backup", backedUp{name, stats.Seq})
		}
		return err
	})
	return <-failed
}

// A backedUp is a backup that was done, and what it holds at least.
type backedUp struct {
	Name string
	Seq  archive.Seq
}
