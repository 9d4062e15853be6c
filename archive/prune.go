package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Keep says what of a site is kept, and for how long. The zero value keeps
// everything.
type Keep struct {
	Bodies    time.Duration // the original of a page that was not seen to stand for so long goes; its text stays
	Unchanged time.Duration // of looks older than this that found nothing new the last of each day stays
	Versions  KeepVersions
	Texts     time.Duration // Versions is for those not seen to stand for so long
}

// KeepVersions says which of a page's versions keep their text. The first and
// the latest always do.
type KeepVersions string

// Which versions keep their text.
const (
	KeepAll    KeepVersions = "all"    // all of them; so does ""
	KeepGraded KeepVersions = "graded" // those that began with a change that is worth a look, grade 2 or 3
	KeepEnds   KeepVersions = "ends"   // the first and the latest
)

// PruneOptions are the rules of a pruning.
type PruneOptions struct {
	Keep     func(site string) Keep
	Runs     time.Duration // runs that began longer ago go, but for the last of each schedule; 0 keeps all
	Progress FileProgress
}

// A PrunedSite says what of a site went, or would go.
type PrunedSite struct {
	Site      string
	Bodies    int
	BodyBytes int64 // as stored
	Texts     int
	TextBytes int64 // as stored
	Unchanged int   // captures and sightings that found nothing new
}

// A Pruning is what went, or would go.
type Pruning struct {
	Sites []PrunedSite // with something to go, by name
	Runs  int
	Files []Compacted // that were copied without it
}

// Empty reports whether there was nothing to prune.
func (p *Pruning) Empty() bool { return len(p.Sites) == 0 && p.Runs == 0 }

// PlanPrune finds what Prune would do, and does nothing.
func (s *Store) PlanPrune(ctx context.Context, o PruneOptions) (Pruning, error) {
	g, err := s.prunable(ctx, o)
	if err != nil {
		return Pruning{}, fmt.Errorf("prune: %w", err)
	}
	return g.sum(), nil
}

// Prune removes what the rules don't keep, and copies the files that it was in.
// Captures stay, without their bodies, and so do versions, without their texts.
// What a crash or a full disk leaves undone of the files is done by the next
// Prune, or when the archive is next opened for writing; what it leaves undone of
// the rules, by the next Prune.
func (s *Store) Prune(ctx context.Context, o PruneOptions) (Pruning, error) {
	if s.o.ReadOnly {
		return Pruning{}, fmt.Errorf("prune: %w", ErrReadOnly)
	}
	release, err := s.rearrange(ctx)
	if err != nil {
		return Pruning{}, fmt.Errorf("prune: %w", err)
	}
	defer release()
	c := &cleaner{s: s, ctx: ctx, progress: o.Progress, exclusive: func(f func() error) error { return s.chore(ctx, f) }}
	if err := c.run(); err != nil { // what found no room before
		return Pruning{}, fmt.Errorf("prune: what was begun before can't be finished: %w", full(err))
	}
	g, err := s.prunable(ctx, o)
	if err != nil {
		return Pruning{}, fmt.Errorf("prune: %w", err)
	}
	done := g.sum()
	if done.Empty() {
		return done, nil
	}
	before := map[string]int64{}
	rooms, err := s.Rooms()
	for _, r := range rooms {
		before[r.File] = r.Size
	}
	if err == nil {
		err = g.apply(ctx)
	}
	if err == nil {
		err = c.run()
	}
	if err != nil {
		return done, fmt.Errorf("prune: %w", full(err))
	}
	after := map[string]int64{}
	rooms, err = s.Rooms()
	for _, r := range rooms {
		after[r.File] = r.Size
	}
	for file, size := range before {
		if after[file] != size {
			done.Files = append(done.Files, Compacted{File: file, Before: size, After: after[file]})
		}
	}
	slices.SortFunc(done.Files, func(a, b Compacted) int { return strings.Compare(a.File, b.File) })
	return done, err
}

// pruneBatch is how many records one transaction prunes.
const pruneBatch = 500

// apply changes the catalog, some records at a time: who writes waits for none
// of it long.
func (g *prunable) apply(ctx context.Context) error {
	files := pending{volumes: map[uint64][]uint64{}, catalog: true}
	for batch := range slices.Chunk(g.bodies, pruneBatch) {
		if err := g.s.Update(ctx, func(tx *Tx) error { return g.pruneBodies(tx, batch) }); err != nil {
			return err
		}
	}
	for batch := range slices.Chunk(g.texts, pruneBatch/10) {
		err := g.s.Update(ctx, func(tx *Tx) error {
			for _, x := range batch {
				if err := tx.pruneText(x, g.now); err != nil {
					return err
				}
			}
			return tx.postpone(files)
		})
		if err != nil {
			return err
		}
	}
	for batch := range slices.Chunk(g.unchanged, pruneBatch) {
		err := g.s.Update(ctx, func(tx *Tx) error {
			for _, x := range batch {
				if err := tx.pruneLook(x); err != nil {
					return err
				}
			}
			return tx.postpone(files)
		})
		if err != nil {
			return err
		}
	}
	if len(g.runs) == 0 {
		return nil
	}
	return g.s.Update(ctx, func(tx *Tx) error {
		for _, id := range g.runs {
			if err := tx.drop(bucketRuns, number(uint64(id))); err != nil {
				return err
			}
		}
		return tx.postpone(files)
	})
}

// pruneBodies takes the bodies from some captures, unless others came to need
// them meanwhile.
func (g *prunable) pruneBodies(tx *Tx, batch []prunableBody) error {
	if err := g.catchUp(tx); err != nil {
		return err
	}
	if err := tx.loadState(); err != nil {
		return err
	}
	files := pending{volumes: map[uint64][]uint64{}, catalog: true}
	for _, x := range batch {
		if g.late[x.seq] {
			continue
		}
		c, err := tx.capture(x.seq)
		if unreadable(err) || err == nil && c.volume == 0 {
			continue
		}
		if err != nil {
			return err
		}
		files.volumes[c.volume] = nil
		old, err := tx.index(bucketDigest, c.Digest[:16])
		if err != nil {
			return err
		}
		if Seq(numberOf(old)) == c.Seq {
			if err := tx.drop(bucketDigest, c.Digest[:16]); err != nil {
				return err
			}
		}
		page, err := tx.pageNumber(c.Page)
		if err != nil {
			return err
		}
		tx.state.bodyBytes -= int64(c.size)
		tx.dirty = true
		c.depth = 0
		if err := tx.erase(&c, page, Pruned); err != nil {
			return err
		}
	}
	return tx.postpone(files)
}

// pruneText takes the text from a version.
func (tx *Tx) pruneText(x prunableText, now time.Time) error {
	v, err := tx.version(x.page, x.n)
	if unreadable(err) || err == nil && v.Erased != "" {
		return nil
	}
	if err != nil {
		return err
	}
	tx.text = lastText{}
	whole, err := tx.complete(x.page, &v)
	if errors.Is(err, ErrDamaged) {
		return nil // Verify tells of it
	}
	if err != nil {
		return err
	}
	a := whole.Article
	a.Blocks, a.Removed, a.Dek = nil, nil, ""
	a.Why = "its text was pruned on " + now.UTC().Format(time.DateOnly)
	v.Erased = Pruned
	language := v.language
	if err := tx.emptyText(x.page, &v, a); err != nil {
		return err
	}
	v.language = language
	return tx.record(bucketVersions, versionKey(x.page, x.n), kindVersion, v.record())
}

// pruneLook removes a capture that found nothing new, and its sighting.
func (tx *Tx) pruneLook(x prunableLook) error {
	key := number(uint64(x.seq))
	if x.run != 0 {
		if err := tx.drop(bucketRun, numbers(uint64(x.run), uint64(x.seq))); err != nil {
			return err
		}
	}
	if err := tx.drop(bucketSightings, key); err != nil {
		return err
	}
	if err := tx.void(x.seq, Pruned); err != nil {
		return err
	}
	if err := tx.drop(bucketCapture, numbers(x.page, uint64(x.seq))); err != nil {
		return err
	}
	return tx.drop(bucketCaptures, key)
}
