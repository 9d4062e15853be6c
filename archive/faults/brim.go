package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/extract/urlkey"
)

// A brim is an operation that a disk runs full in.
type brim struct {
	name    string
	volume  int64 // size of raw volumes; 0 for the usual
	prepare func(*scarce) error
	do      func(*scarce) error
}

// What a disk without room came to.
type scarcity struct {
	Full     bool // it did get full
	Kept     int  // captures that were acknowledged meanwhile
	Problems []string
}

// A scarce is an archive on a disk that has little room.
type scarce struct {
	ctx   context.Context
	o     order
	r     *rand.Rand
	s     *archive.Store
	made  int
	kept  map[archive.Seq]archive.Digest
	limit func(bytes int64) error // what may still be written, more or less; negative lifts it
}

func brims() []brim {
	return []brim{
		{"append", 0, nil, func(x *scarce) error { return x.append(300) }},
		{"a roll of volumes", 64 << 10, nil, func(x *scarce) error { return x.append(300) }},
		{"ingest", 0, func(x *scarce) error { return x.append(60) }, func(x *scarce) error {
			_, err := ingest.New(x.s, ingest.Options{}).Run(x.ctx)
			return err
		}},
		{"compact", 0, nil, func(x *scarce) error {
			_, err := x.s.Compact(x.ctx, nil)
			return err
		}},
		{"prune", 0, nil, func(x *scarce) error {
			_, err := x.s.Prune(x.ctx, archive.PruneOptions{Keep: func(site string) archive.Keep {
				if site == pruned {
					return archive.Keep{Bodies: 1}
				}
				return archive.Keep{}
			}})
			return err
		}},
		{"takedown", 0, nil, func(x *scarce) error {
			key, err := urlkey.Of(papers()[5].url(2))
			if err != nil || x.s.Refuses(key) && x.finished() {
				return err
			}
			_, err = x.s.Takedown(x.ctx, archive.TakedownOptions{Pages: []urlkey.Key{key}})
			return err
		}},
		{"backup", 0, nil, func(x *scarce) error {
			f, err := os.Create(filepath.Join(x.o.Dir, "backup.tar.zst"))
			if err != nil {
				return err
			}
			_, err = x.s.Backup(x.ctx, f, archive.BackupOptions{})
			return errors.Join(err, f.Close())
		}},
	}
}

// finished reports whether no takedown is left to be finished.
func (x *scarce) finished() bool {
	for t, err := range x.s.Tombstones(x.ctx) {
		if err != nil || t.Done.IsZero() {
			return false
		}
	}
	return true
}

// append appends captures of pages that don't pack well, and notes what was acknowledged.
func (x *scarce) append(n int) error {
	list := papers()
	for range n {
		x.made++
		noise := make([]byte, 3000+x.r.IntN(12_000))
		for i := range noise {
			noise[i] = "abcdefghijklmnopqrstuvwxyz0123456789"[x.r.IntN(36)]
		}
		i := x.r.IntN(4)
		p := list[i]
		page := 500 + x.r.IntN(60)
		c, err := x.s.Append(x.ctx, p.capture(page, p.page(uint64(i*1000+page), x.made%5, string(noise)), firstDay.AddDate(1, 0, x.made)))
		if err != nil {
			return err
		}
		x.kept[c.Seq] = c.Digest
	}
	return nil
}

// fillDisks lets the disk run full in everything that writes.
func fillDisks(b *bench) error {
	f, err := b.filled()
	if err != nil {
		return err
	}
	if err := f.tell(b.dir); err != nil {
		return err
	}
	for _, kind := range []string{"tmpfs", "RLIMIT_FSIZE"} {
		full, wrong, kept, tried := 0, 0, 0, 0
		missing := ""
		for _, x := range brims() {
			met := 0
			for round := range b.rounds.brimful {
				if b.ctx.Err() != nil || missing != "" {
					break
				}
				dir, err := b.folder("brim")
				if err != nil {
					return err
				}
				said, err := b.do(order{Role: "brimful", What: x.name, Kind: kind, Dir: dir, Aside: b.dir, From: round, Seed: b.seed, Base: f.dir}, "scarcity")
				if err != nil && strings.Contains(err.Error(), errNoMount.Error()) {
					missing = strings.Trim(err.Error(), `"`)
					break
				}
				var s scarcity
				if err == nil && len(said) == 1 {
					err = json.Unmarshal(said[0], &s)
				}
				if err != nil {
					s.Problems = append(s.Problems, err.Error())
				}
				for _, p := range s.Problems {
					b.wrong("%s, %s, round %d: %s", kind, x.name, round, p)
				}
				tried++
				kept += s.Kept
				wrong += min(1, len(s.Problems))
				if s.Full {
					met++
				}
				b.done(dir, len(s.Problems) > 0)
			}
			full += met
		}
		if missing != "" {
			b.skip("disks filled, "+kind, missing)
			continue
		}
		b.some("operations on a disk without room, "+kind, tried, len(brims())*b.rounds.brimful)
		b.some("of them that were told ErrFull", full, tried/3)
		b.count("captures acknowledged up to then", kept)
		b.none("that lost something, did not say why, or did not go on when there was room", wrong)
	}
	return nil
}

func playBrimful(ctx context.Context, o order) error {
	var b brim
	for _, b = range brims() {
		if b.name == o.What {
			break
		}
	}
	text, err := os.ReadFile(filepath.Join(o.Aside, "facts"))
	if err != nil {
		return err
	}
	var want facts
	if err := json.Unmarshal(text, &want); err != nil {
		return err
	}
	x := &scarce{ctx: ctx, o: o, r: rand.New(rand.NewPCG(o.Seed, uint64(o.From*100+len(o.What)))), kept: map[archive.Seq]archive.Digest{}}
	if x.limit, err = limiter(o); err != nil {
		return err
	}
	var out scarcity
	bad := func(what string, err error) {
		if err != nil {
			out.Problems = append(out.Problems, fmt.Sprintf("%s: %v", what, err))
		}
	}
	dir := filepath.Join(o.Dir, "archive")
	if err := copyTo(o.Base, dir); err != nil {
		return err
	}
	open := func() error {
		x.s, err = archive.Open(dir, archive.Options{VolumeSize: b.volume})
		return err
	}
	if err := open(); err != nil {
		return err
	}
	if b.prepare != nil {
		if err := b.prepare(x); err != nil {
			return err
		}
	}
	if err := x.limit(int64(x.r.IntN(700 << 10))); err != nil {
		return err
	}
	for range 2 { // the second time it is full from the beginning, or was not at all
		err := b.do(x)
		out.Full = out.Full || errors.Is(err, archive.ErrFull)
		if err != nil && !errors.Is(err, archive.ErrFull) {
			bad("without room", err)
		}
		bad("without room", x.look(want, b.name))
	}
	again := o.From%2 == 1
	if again { // the process is started anew, still without room
		bad("close without room", x.s.Close())
		s, err := archive.Open(dir, archive.Options{ReadOnly: true})
		bad("read only, without room", err)
		if err == nil {
			x.s = s
			bad("read only, without room", x.look(want, b.name))
			s.Close()
		}
		err = open()
		if err != nil && !errors.Is(err, archive.ErrFull) {
			bad("open without room", err)
		}
		if err != nil {
			x.s = nil
		}
	}
	out.Kept = len(x.kept)
	if err := x.limit(-1); err != nil {
		return err
	}
	if x.s == nil {
		if err := open(); err != nil {
			bad("open with room", err)
			say("scarcity", out)
			return nil
		}
	}
	bad("when there was room again", b.do(x))
	bad("when there was room again", x.append(3))
	bad("when there was room again", x.look(want, b.name))
	problems, err := sound(ctx, x.s)
	bad("verify", err)
	out.Problems = append(out.Problems, problems...)
	ends, err := looseEnds(ctx, x.s)
	bad("references", err)
	for _, e := range ends {
		out.Problems = append(out.Problems, e.From+" leads to "+e.To)
	}
	if !x.finished() {
		out.Problems = append(out.Problems, "a takedown is not finished")
	}
	bad("close", x.s.Close())
	out.Problems = append(out.Problems, leftovers(dir)...)
	say("scarcity", out)
	return nil
}

// look reads what was acknowledged, and what was there before.
func (x *scarce) look(want facts, what string) error {
	for seq, digest := range x.kept {
		c, err := x.s.Capture(seq)
		if err != nil {
			return fmt.Errorf("capture %d, which was acknowledged: %w", seq, err)
		}
		if c.Digest != digest || archive.Digest(sha256.Sum256(c.Body)) != digest {
			return fmt.Errorf("capture %d, which was acknowledged, is another one", seq)
		}
	}
	if what == "takedown" || what == "prune" {
		return nil
	}
	lost, other := want.less(factsOf(x.ctx, x.s))
	for _, name := range append(lost, other...) {
		if kind, _, _ := strings.Cut(name, " "); kind == "capture" || kind == "change" || kind == "run" {
			return fmt.Errorf("%s is not what it was", name)
		}
	}
	return nil
}
