package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pressmark/archive"
)

// Facts are all that can be read in an archive: what each thing is called, and
// the sum of what it says.
type facts map[string]string

// revisit is between a capture's sum and the number of the one that has its body.
const revisit = " revisits "

// factsOf reads an archive from end to end, through what everybody reads it
// with. What can't be read is left out; an error is for damage of a kind that
// no record is named for.
func factsOf(ctx context.Context, s *archive.Store) facts {
	f := facts{}
	put := func(kind string, name any, x any) {
		f[fmt.Sprint(kind, " ", name)] = fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%+v", x)))[:24]
	}
	for c, err := range s.Captures(ctx, 0) {
		if err != nil {
			continue
		}
		whole, err := s.Capture(c.Seq)
		if err != nil && !errors.Is(err, archive.ErrErased) {
			continue
		}
		body := sha256.Sum256(whole.Body)
		whole.Body = nil
		put("capture", c.Seq, fmt.Sprintf("%+v %x %s", whole, body, c.Digest))
		if c.RevisitOf != 0 {
			f[fmt.Sprint("capture ", c.Seq)] += fmt.Sprint(revisit, c.RevisitOf)
		}
	}
	for p, err := range s.Pages(ctx, archive.Filter{}) {
		if err == nil {
			put("page", p.Key.ID(), p)
		}
	}
	for v, err := range s.Versions(ctx, archive.Filter{}) {
		if err == nil {
			sketch, _ := v.Sketch.MarshalBinary()
			v.Sketch = archive.Version{}.Sketch
			put("version", v.ID, fmt.Sprintf("%+v %x", v, sketch))
		}
	}
	for c, err := range s.Changes(ctx, archive.Filter{}) {
		if err == nil {
			put("change", c.Seq, c)
		}
	}
	for x, err := range s.Stories(ctx, archive.Filter{}) {
		if err == nil {
			put("story", x.ID, x)
		}
	}
	for r, err := range s.Runs(ctx, archive.Filter{}) {
		if err == nil {
			put("run", r.ID, r)
		}
	}
	stats, err := s.Stats()
	if err != nil {
		return f
	}
	for seq := archive.Seq(1); seq <= stats.Seq; seq++ { // and not by their run, whose record may be lost
		_ = s.View(func(tx *archive.Tx) error {
			x, found, err := tx.Sighting(seq)
			if err == nil && found {
				put("sighting", seq, x)
			}
			return nil
		})
	}
	for t, err := range s.Tombstones(ctx) {
		if err == nil {
			put("tombstone", t.ID, t)
		}
	}
	return f
}

// less gives what is in f and not, or otherwise, in g.
func (f facts) less(g facts) (lost, other []string) {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if now, there := g[name]; !there {
			lost = append(lost, name)
		} else if now != f[name] {
			other = append(other, name)
		}
	}
	return lost, other
}

// same tells in what two archives differ; "" when in nothing.
func (f facts) same(g facts) string {
	lost, other := f.less(g)
	_, further := g.less(f)
	more := 0
	for name := range g {
		if _, there := f[name]; !there {
			more++
		}
	}
	if len(lost)+len(other)+more == 0 && len(further) == 0 {
		return ""
	}
	return fmt.Sprintf("%d missing, %d other, %d more: %s", len(lost), len(other), more, strings.Join(append(lost, other...)[:min(3, len(lost)+len(other))], ", "))
}

// A loose is a thing that leads to one that is not there.
type loose struct{ From, To string }

// looseEnds follows whatever refers to something.
func looseEnds(ctx context.Context, s *archive.Store) (list []loose, err error) {
	head := func(from string, seq archive.Seq) {
		if _, err := s.CaptureHead(seq); err != nil {
			list = append(list, loose{from, fmt.Sprint("capture ", seq, ": ", err)})
		}
	}
	version := func(tx *archive.Tx, from string, id archive.VersionID) {
		if _, err := tx.Brief(id); err != nil {
			list = append(list, loose{from, fmt.Sprint("version ", id, ": ", err)})
		}
	}
	for c, err := range s.Captures(ctx, 0) {
		if err != nil {
			return list, err
		}
		if c.RevisitOf != 0 {
			head(fmt.Sprint("capture ", c.Seq), c.RevisitOf)
		}
	}
	for v, err := range s.Versions(ctx, archive.Filter{}) {
		if err != nil {
			return list, err
		}
		head("version "+v.ID.String(), v.First)
		if v.Last != 0 {
			head("version "+v.ID.String(), v.Last)
		}
	}
	for p, err := range s.Pages(ctx, archive.Filter{}) {
		if err != nil {
			return list, err
		}
		if p.Head > 0 {
			err = s.View(func(tx *archive.Tx) error {
				version(tx, "page "+p.Key.ID(), archive.VersionID{Page: p.Key, N: p.Head})
				return nil
			})
		}
		if err != nil {
			return list, err
		}
	}
	for c, err := range s.Changes(ctx, archive.Filter{}) {
		if err == nil {
			err = s.View(func(tx *archive.Tx) error {
				version(tx, fmt.Sprint("change ", c.Seq), c.From)
				version(tx, fmt.Sprint("change ", c.Seq), c.To)
				return nil
			})
		}
		if err != nil {
			return list, err
		}
	}
	for x, err := range s.Stories(ctx, archive.Filter{}) {
		if err == nil {
			err = s.View(func(tx *archive.Tx) error {
				version(tx, "story "+string(x.ID), x.Lead)
				for _, m := range x.Members {
					version(tx, "story "+string(x.ID), m.Version)
				}
				return nil
			})
		}
		if err != nil {
			return list, err
		}
	}
	return list, nil
}

// sound looks an archive over as deeply as it can be, and gives what is wrong with it.
func sound(ctx context.Context, s *archive.Store) (problems []string, err error) {
	r, err := s.Verify(ctx, archive.VerifyOptions{Deep: true})
	if err != nil {
		return nil, err
	}
	for _, d := range r.Damage {
		problems = append(problems, fmt.Sprintf("%s: %s: %s", d.File, d.Record, d.Problem))
	}
	return problems, nil
}
