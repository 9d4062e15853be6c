package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"pressmark/archive"
	"pressmark/extract/change"
)

// A Pattern is one edit that many pages of a site went through, and could have
// at one time.
type Pattern struct {
	Site      string
	Pages     int       // in all, as far back as was looked
	First     time.Time // when it was first seen
	Furniture bool      // the site's template changed, and not its journalism

	until time.Time // a page that showed its old text later has changed of itself
}

// Patterns are those of an archive's changes.
type Patterns struct {
	by map[uint64][]*Pattern // by place; one a time at which it happened
}

const (
	// many is how many pages of a site must change alike to be told of at once.
	many = 5
	// patternReach is how far back is looked for what pages share: a page that
	// is looked at once a week shows a new template a week later.
	patternReach = 30 * 24 * time.Hour
	// rollout is the time in which a site changes its template everywhere.
	rollout = 24 * time.Hour
	// placesAtMost bounds what is remembered of one change.
	placesAtMost = 100
	// changesAtMost bounds how many changes are looked through, the newest.
	changesAtMost = 300_000
	// oldInARow is after how many changes of another time no more is looked for:
	// the journal is in the order of arrival, which is nearly that of time.
	oldInARow = 1000
)

// seen is what is remembered of a change.
type seen struct {
	site, page, title string
	after, before     time.Time
}

// A reader gathers the places of changes.
type reader struct {
	changes []seen
	where   map[uint64][]int32
	form    map[uint64]form
	admits  map[uint64]bool // a correction or a retraction
	swapped map[uint64]bool // words went for others, in sentences that stayed
}

// FindPatterns looks through the changes of a site, or of all, from a while
// before a time on, of whatever kind and grade.
func FindPatterns(ctx context.Context, store *archive.Store, site string, since, until time.Time) (*Patterns, error) {
	if !since.IsZero() {
		since = since.Add(-patternReach)
	}
	r := reader{where: map[uint64][]int32{}, form: map[uint64]form{}, admits: map[uint64]bool{}, swapped: map[uint64]bool{}}
	older := 0
	for c, err := range store.Changes(ctx, archive.Filter{Site: site, Until: until, Newest: true}) {
		if damaged(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !since.IsZero() && !c.Before.After(since) {
			if older++; older > oldInARow {
				break
			}
			continue
		}
		if older = 0; len(r.changes) == changesAtMost {
			break
		}
		r.add(c)
	}
	r.prune()
	p := &Patterns{by: map[uint64][]*Pattern{}}
	looked := map[string]int{}
	for k, list := range r.where {
		site := r.changes[list[0]].site
		if _, known := looked[site]; !known {
			n, err := lookedAt(ctx, store, site, since)
			if err != nil {
				return nil, err
			}
			looked[site] = n
		}
		p.by[k] = r.patterns(k, list, looked[site])
	}
	return p, nil
}

// lookedAt counts a site's articles that were looked at since a time.
func lookedAt(ctx context.Context, store *archive.Store, site string, since time.Time) (n int, err error) {
	for p, err := range store.Pages(ctx, archive.Filter{Site: site}) {
		switch {
		case err != nil && !damaged(err):
			return n, err
		case err == nil && p.Head > 0 && p.LastCheck.After(since):
			n++
		}
	}
	return n, nil
}

func (r *reader) add(c archive.Change) {
	if slices.Contains(c.Diff.Kinds, change.Unpublished) || slices.Contains(c.Diff.Kinds, change.Restored) {
		return // never furniture
	}
	at := int32(len(r.changes))
	n := 0
	for _, e := range c.Diff.Edits {
		admits := slices.Contains(e.Kinds, change.Correction) || slices.Contains(e.Kinds, change.Retraction)
		for _, list := range placesOf(e) {
			for _, x := range list {
				k := sited(c.Site, x.key)
				if w := r.where[k]; len(w) > 0 && w[len(w)-1] == at {
					continue
				}
				if n++; n > placesAtMost {
					break
				}
				r.where[k] = append(r.where[k], at)
				r.form[k] = x.form
				if admits {
					r.admits[k] = true
				}
				if e.Op == change.Replace && x.form != sentence && e.Where != "byline" {
					r.swapped[k] = true
				}
			}
		}
	}
	if n > 0 {
		r.changes = append(r.changes, seen{c.Site, c.To.Page.ID(), c.Title, c.After, c.Before})
	}
}

func sited(site string, k uint64) uint64 { return key(site) ^ k }

// prune forgets what too few share.
func (r *reader) prune() {
	for k, list := range r.where {
		if len(list) < many {
			delete(r.where, k)
		}
	}
}

// patterns groups the changes that share a place by the times at which they
// may have happened together: a moment lies in all their intervals.
func (r *reader) patterns(k uint64, list []int32, looked int) (out []*Pattern) {
	slices.SortStableFunc(list, func(a, b int32) int { return r.changes[a].before.Compare(r.changes[b].before) })
	least := many
	switch r.form[k] {
	case loose:
		least = max(least, looked/10)
	default:
		least = max(least, looked/100)
	}
	for len(list) > 0 {
		first := r.changes[list[0]]
		until := first.before.Add(rollout)
		var together, rest []int32
		for _, i := range list {
			if r.changes[i].after.After(until) {
				rest = append(rest, i)
			} else {
				together = append(together, i)
			}
		}
		pages, titles := map[string]bool{}, []string{}
		for _, i := range together {
			if c := r.changes[i]; !pages[c.page] {
				pages[c.page] = true
				titles = append(titles, c.title)
			}
		}
		if n := len(pages); n >= least {
			furniture := !r.swapped[k] && !ofOneThing(titles)
			// A box of corrections that every page has is a box; a correction that
			// some pages share is theirs.
			if !r.admits[k] || furniture && n >= 2*many && n*3 >= looked {
				out = append(out, &Pattern{Site: first.site, Pages: n, First: first.before.UTC(), Furniture: furniture, until: until})
			}
		}
		list = rest
	}
	return out
}

// of gives the pattern that an edit of a change is a part of, the one that most
// pages share; nil: it is of its page alone.
func (p *Patterns) of(c archive.Change, e change.Edit) (best *Pattern) {
	for _, list := range placesOf(e) {
		var loosest *Pattern
		for _, x := range list {
			i := slices.IndexFunc(p.by[sited(c.Site, x.key)], func(o *Pattern) bool {
				return !c.After.After(o.until) && !c.Before.Before(o.First)
			})
			if i < 0 {
				loosest = nil
				break
			}
			if o := p.by[sited(c.Site, x.key)][i]; loosest == nil || cmp.Compare(o.Pages, loosest.Pages) > 0 {
				loosest = o
			}
		}
		if loosest != nil && (best == nil || loosest.Pages > best.Pages) {
			best = loosest
		}
	}
	return best
}

// A Share is what a change has of a pattern.
type Share struct {
	*Pattern
	Diff change.Diff // the edits that are of it
}

// Written gives a change without what is of its site's template; false: it is
// of nothing else.
func (p *Patterns) Written(c archive.Change) (archive.Change, bool) {
	shares, own := p.Split(c)
	if !slices.ContainsFunc(shares, func(s Share) bool { return s.Furniture }) {
		return c, true
	}
	var furniture []change.Edit
	for _, s := range shares {
		if s.Furniture {
			furniture = append(furniture, s.Diff.Edits...)
		} else {
			own.Changed = true
		}
	}
	c.Diff = c.Diff.Without(func(e change.Edit) bool {
		return e.Where != "date" && slices.ContainsFunc(furniture, func(f change.Edit) bool {
			return f.Where == e.Where && f.Op == e.Op && f.Block == e.Block && f.Before == e.Before && f.After == e.After
		})
	})
	return c, own.Changed
}

// Split takes a change apart: what it shares with many pages of its site, and
// what is its own.
func (p *Patterns) Split(c archive.Change) (shares []Share, own change.Diff) {
	if c.From == c.To {
		return nil, c.Diff
	}
	at := make([]*Pattern, len(c.Diff.Edits))
	for i, e := range c.Diff.Edits {
		o := p.of(c, e)
		at[i] = o
		if o != nil && !slices.ContainsFunc(shares, func(s Share) bool { return s.Pattern == o }) {
			shares = append(shares, Share{Pattern: o})
		}
	}
	if len(shares) == 0 {
		return nil, c.Diff
	}
	keep := func(want *Pattern) change.Diff {
		i := -1
		return c.Diff.Without(func(e change.Edit) bool {
			i++
			return at[i] != want && (want == nil || e.Where != "date")
		})
	}
	for i, s := range shares {
		if shares[i].Diff = keep(s.Pattern); s.Furniture {
			d := &shares[i].Diff
			d.Grade, d.Stealth, d.Declared, d.Reason = 0, false, false, ""
		}
	}
	return shares, keep(nil)
}
