package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"pressmark/archive"
)

// A hit is what was done to a file of an archive, and what came of it.
type hit struct {
	Round    int
	File     string
	What     string // of what it hit: "body of capture 17", "page 12"
	Refused  string // why the archive could not be opened
	Unclear  string // an error that is none of those that say what is the matter
	Named    bool   // the report names what was hit
	Reported int    // pieces of damage
	Said     string // of the first of them
	Lost     int    // facts that can't be read
	Unnamed  []string
	Forged   []string // facts that are not what was written, and of which the report says nothing
	Invented []string
	Repaired string // "" not tried, "yes", else what was wrong with it
	Back     int    // facts that a repair brought back
}

// damage does rounds of damage in child processes and sums up what came of it.
// What ends a child is the archive's fault: it must not panic nor fault.
func (b *bench) damage(kind string, rounds int) (hits []hit, crashes int, err error) {
	f, err := b.filled()
	if err != nil {
		return nil, 0, err
	}
	aside, err := b.folder("damaged")
	if err != nil {
		return nil, 0, err
	}
	defer os.RemoveAll(aside)
	if err := f.tell(aside); err != nil {
		return nil, 0, err
	}
	const lanes = 2
	var mu sync.Mutex
	var wg sync.WaitGroup
	var failed error
	for lane := range lanes {
		from, to := lane*rounds/lanes, (lane+1)*rounds/lanes
		wg.Go(func() {
			for from < to && b.ctx.Err() == nil {
				n, err := b.damageLane(order{Role: "damage", Kind: kind, Dir: f.dir, Aside: aside, Seed: b.seed, From: from, To: to}, func(h hit) {
					mu.Lock()
					defer mu.Unlock()
					hits = append(hits, h)
				})
				from += n
				if errors.Is(err, errSetUp) {
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
				if err != nil { // the round that it was in
					mu.Lock()
					crashes++
					b.wrong("round %d: %v", from, err)
					mu.Unlock()
					from++
				}
			}
		})
	}
	wg.Wait()
	if failed != nil {
		return nil, crashes, failed
	}
	slices.SortFunc(hits, func(a, b hit) int { return a.Round - b.Round })
	return hits, crashes, b.ctx.Err()
}

// errSetUp says that a child did not come to do any damage.
var errSetUp = errors.New("the damage could not be done")

func (b *bench) damageLane(o order, got func(hit)) (n int, err error) {
	c, err := b.start(o)
	if err != nil {
		return 0, err
	}
	var failed error
	err = c.hear(func(word string, what json.RawMessage) {
		var h hit
		switch word {
		case "hit":
			if err := json.Unmarshal(what, &h); err == nil {
				got(h)
				n++
			}
		case "failed":
			failed = errors.New(string(what))
		}
	})
	killed, end := c.end()
	if killed {
		end = fmt.Errorf("the process was ended by a signal: %s", firstLines(c.err.String(), 6))
	}
	if failed != nil {
		end = fmt.Errorf("%w: %w", errSetUp, failed)
	}
	return n, errors.Join(err, end)
}

func playDamage(ctx context.Context, o order) error {
	text, err := os.ReadFile(filepath.Join(o.Aside, "facts"))
	if err != nil {
		return err
	}
	var want facts
	if err := json.Unmarshal(text, &want); err != nil {
		return err
	}
	g, err := surveyOf(o.Dir)
	if err != nil {
		return err
	}
	for round := o.From; round < o.To; round++ {
		b := &bench{part: o.Kind, seed: o.Seed}
		dir := filepath.Join(o.Aside, fmt.Sprint("round-", round))
		if err := copyTo(o.Dir, dir); err != nil {
			return err
		}
		h := hit{Round: round}
		target, err := harms()[o.Kind](g, b.chance(round), round, dir, &h)
		if err != nil {
			return err
		}
		h.examine(ctx, dir, want, target, round%2 == 0)
		say("hit", h)
		os.RemoveAll(dir)
	}
	return nil
}

// examine looks at what is left of an archive.
func (h *hit) examine(ctx context.Context, dir string, want facts, target *record, readOnly bool) {
	s, err := archive.Open(dir, archive.Options{ReadOnly: readOnly})
	var before facts
	if err != nil {
		h.Refused = err.Error()
		if !errors.Is(err, archive.ErrDamaged) && !errors.Is(err, archive.ErrNewer) {
			h.Unclear = err.Error()
		}
	} else {
		before = h.read(ctx, s, want, target)
		if err := s.Close(); err != nil {
			h.Unclear = "close: " + err.Error()
		}
	}
	if h.Refused != "" || h.Reported > 0 {
		h.repair(ctx, dir, want, before)
	}
}

// read compares what is there with what was written.
func (h *hit) read(ctx context.Context, s *archive.Store, want facts, target *record) facts {
	r, err := s.Verify(ctx, archive.VerifyOptions{Deep: true})
	if err != nil {
		h.Unclear = "verify: " + err.Error()
	}
	for _, d := range r.Damage[:min(2, len(r.Damage))] {
		h.Said += fmt.Sprintf("%s: %s: %s; ", d.File, d.Record, d.Problem)
	}
	h.Reported = len(r.Damage)
	got := factsOf(ctx, s)
	lost, other := want.less(got)
	h.Lost = len(lost)
	for _, name := range lost {
		_, holder, _ := strings.Cut(want[name], revisit)
		if !slices.ContainsFunc(r.Damage, func(d archive.Damage) bool {
			return speaksOf(d, name) || holder != "" && speaksOf(d, "capture "+holder)
		}) {
			h.Unnamed = append(h.Unnamed, name)
		}
	}
	if len(r.Damage) == 0 {
		h.Forged = other
	}
	for name := range got {
		if _, there := want[name]; !there {
			h.Invented = append(h.Invented, name)
		}
	}
	h.Named = target == nil || slices.ContainsFunc(r.Damage, target.namedBy)
	return got
}

// speaksOf reports whether a piece of damage says why a fact can't be read: by
// its name, or as damage to pages of a file, behind which no names can be seen.
func speaksOf(d archive.Damage, fact string) bool {
	kind, name, _ := strings.Cut(fact, " ")
	switch {
	case strings.HasPrefix(d.Record, "bucket "), d.Record == "pages", d.Record == "first pages", d.Record == "contents", d.Record == "file":
		return true
	case kind == "capture", kind == "sighting", kind == "change":
		return fmt.Sprint(d.Seq) == name || d.Record == fact
	case kind == "version":
		return archive.VersionID{Page: d.Page, N: d.Version}.String() == name
	case kind == "page":
		return d.Page.ID() == name
	}
	return strings.HasPrefix(d.Record, kind+" ")
}

// repair does what the archive's owner would do next, and looks what it brought.
func (h *hit) repair(ctx context.Context, dir string, want, before facts) {
	_, err := archive.Repair(ctx, dir, archive.RepairOptions{Apply: true})
	fromVolumes := false
	if errors.Is(err, archive.ErrDamaged) || errors.Is(err, archive.ErrNewer) && h.Refused != "" {
		// Not even its pages can be walked: the volumes know the captures.
		fromVolumes = true
		_, err = archive.Repair(ctx, dir, archive.RepairOptions{Apply: true, FromVolumes: true})
	}
	if err != nil {
		h.Repaired = "repair: " + err.Error()
		return
	}
	s, err := archive.Open(dir, archive.Options{})
	if err != nil {
		h.Repaired = "open what was repaired: " + err.Error()
		return
	}
	defer s.Close()
	got := factsOf(ctx, s)
	h.Repaired = "yes"
	if fromVolumes {
		for name := range got {
			if strings.HasPrefix(name, "capture ") {
				h.Back++
			}
		}
		if h.Back == 0 {
			h.Repaired = "no capture is back"
		}
		return
	}
	for name, sum := range before {
		if now, there := got[name]; want[name] == sum && (!there || now != sum) {
			h.Repaired = fmt.Sprintf("it lost %s (%s): %q, now %q", name, why(s, name), sum, now)
		}
	}
	for name, sum := range got {
		if _, there := before[name]; !there && want[name] == sum {
			h.Back++
		}
	}
}

// why says why a capture can't be read.
func why(s *archive.Store, name string) string {
	var seq archive.Seq
	if _, err := fmt.Sscanf(name, "capture %d", &seq); err != nil {
		return "not a capture"
	}
	_, err := s.Capture(seq)
	return fmt.Sprint(err)
}
