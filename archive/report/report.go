// Package report tells what the papers changed: from an archive's changes to
// one page that can be read in a terminal, in a browser without a network, in
// an e-mail, or by a program.
package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"pressmark/archive"
	"pressmark/extract/change"
	"pressmark/extract/dedup"
)

// A Report is what was changed in a span of time. Its JSON form is stable.
type Report struct {
	Title     string    `json:"title"`
	Since     time.Time `json:"since"` // changes that were first seen after it
	Until     time.Time `json:"until"` // and not after it
	Site      string    `json:"site,omitempty"`
	Program   string    `json:"program"`
	Extractor string    `json:"extractor"`

	Sites   int `json:"sites"`   // with at least one page in the archive
	Pages   int `json:"pages"`   // asked for in the span
	Changed int `json:"changed"` // changes in all
	Worth   int `json:"worth"`   // of grade 2 and 3, and withdrawals

	Cards       []Card   `json:"changes"`     // grade 2 and 3, gravest first, newest first within a grade
	Withdrawn   []Card   `json:"withdrawn"`   // pages taken down, and brought back
	Corrections []Card   `json:"corrections"` // changes of any grade that the paper admitted
	Small       []Card   `json:"small"`       // grade 0 and 1
	Doubtful    []Card   `json:"doubtful"`    // sudden losses of text that were not confirmed
	Stories     []Story  `json:"stories"`     // told by more than one page
	Unseen      []Unseen `json:"unseen"`      // what the report can't know
}

// A Card is one change.
type Card struct {
	Page     string        `json:"page"` // the page's short name
	From     int           `json:"from"` // versions
	To       int           `json:"to"`
	Site     string        `json:"site"`
	URL      string        `json:"url"`
	Title    string        `json:"title"`
	After    time.Time     `json:"after"`  // last seen old
	Before   time.Time     `json:"before"` // first seen new
	Grade    int           `json:"grade"`
	Kinds    []string      `json:"kinds"`
	Stealth  bool          `json:"stealth"`
	Declared bool          `json:"declared"`
	Reason   string        `json:"reason,omitempty"`
	Digest   string        `json:"digest,omitempty"` // SHA-256 of the capture that first showed it
	Edits    []change.Edit `json:"edits"`
	Also     []Copy        `json:"also,omitempty"` // other pages that tell the story
}

// A Story is a text that several pages tell.
type Story struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Agency string `json:"agency,omitempty"`
	Copies []Copy `json:"copies"` // the earliest known first
}

// A Copy is one page's part in a story.
type Copy struct {
	Page     string    `json:"page"`
	Site     string    `json:"site"`
	Relation string    `json:"relation"`
	Score    float64   `json:"score"`
	Seen     time.Time `json:"seen"`
	Why      string    `json:"why,omitempty"`
}

// Unseen is a reason for which pages could not be looked at.
type Unseen struct {
	Site   string `json:"site"`
	Reason string `json:"reason"`
	Pages  int    `json:"pages"`
}

// Options say what to report on.
type Options struct {
	Title   string    // "" means "Changes in the news you watch"
	Since   time.Time // zero means from the beginning
	Until   time.Time // zero means now
	Site    string    // "" means all
	Program string    // name and version of the program, for the last line
	Now     time.Time
}

// Build reads a report's facts from an archive.
func Build(ctx context.Context, store *archive.Store, o Options) (*Report, error) {
	r := &Report{Title: o.Title, Since: o.Since, Until: o.Until, Site: o.Site, Program: o.Program}
	if r.Title == "" {
		r.Title = "Changes in the news you watch"
	}
	if r.Until.IsZero() {
		r.Until = o.Now
	}
	b := builder{store: store, r: r, stories: map[archive.StoryID]archive.Story{}}
	for _, step := range []func(context.Context) error{b.pages, b.families, b.changes, b.unseen} {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("build report: %w", err)
		}
	}
	b.sort()
	return r, nil
}

type builder struct {
	store   *archive.Store
	r       *Report
	stories map[archive.StoryID]archive.Story // told by more than one page
	story   map[string]archive.StoryID        // by page
}

func (b *builder) filter() archive.Filter {
	return archive.Filter{Site: b.r.Site, Since: b.r.Since, Until: b.r.Until}
}

func (b *builder) pages(ctx context.Context) error {
	sites := map[string]bool{}
	b.story = map[string]archive.StoryID{}
	for p, err := range b.store.Pages(ctx, archive.Filter{Site: b.r.Site}) {
		if err != nil {
			return err
		}
		if p.Head == 0 {
			continue
		}
		sites[p.Site] = true
		b.story[p.Key.ID()] = p.Story
		if p.LastCheck.After(b.r.Since) && !p.LastCheck.After(b.r.Until) {
			b.r.Pages++
		}
	}
	b.r.Sites = len(sites)
	return nil
}

func (b *builder) families(ctx context.Context) error {
	for s, err := range b.store.Stories(ctx, b.filter()) {
		if err != nil {
			return err
		}
		copies := copiesOf(s)
		if len(copies) < 2 {
			continue
		}
		b.stories[s.ID] = s
		b.r.Stories = append(b.r.Stories, StoryOf(s))
	}
	return nil
}

// copiesOf lists a story's pages, each by the version that joined first.
func copiesOf(s archive.Story) []Copy {
	var list []Copy
	seen := map[string]bool{}
	for _, m := range s.Members {
		id := m.Version.Page.ID()
		if seen[id] || m.Relation == dedup.FollowUp {
			continue
		}
		seen[id] = true
		list = append(list, Copy{Page: id, Site: m.Site, Relation: string(m.Relation), Score: m.Score, Seen: m.Seen, Why: m.Why})
	}
	return list
}

func (b *builder) changes(ctx context.Context) error {
	for c, err := range b.store.Changes(ctx, b.filter()) {
		if err != nil {
			return err
		}
		b.r.Changed++
		card, err := b.card(c)
		if err != nil {
			return err
		}
		switch {
		case c.Diff.Doubtful:
			b.r.Doubtful = append(b.r.Doubtful, card)
			continue
		case slices.Contains(c.Diff.Kinds, change.Unpublished), slices.Contains(c.Diff.Kinds, change.Restored):
			b.r.Withdrawn = append(b.r.Withdrawn, card)
			b.r.Worth++
		case c.Diff.Grade >= 2:
			b.r.Cards = append(b.r.Cards, card)
			b.r.Worth++
		default:
			b.r.Small = append(b.r.Small, card)
		}
		if c.Diff.Declared {
			b.r.Corrections = append(b.r.Corrections, card)
		}
	}
	return nil
}

func (b *builder) card(c archive.Change) (Card, error) {
	card := CardOf(c)
	if s, ok := b.stories[b.story[card.Page]]; ok {
		for _, m := range copiesOf(s) {
			if m.Page != card.Page {
				card.Also = append(card.Also, m)
			}
		}
	}
	if c.From == c.To {
		return card, nil
	}
	var v archive.Version
	if err := b.store.View(func(tx *archive.Tx) (err error) {
		v, err = tx.Version(c.To)
		return err
	}); err != nil {
		return card, err
	}
	head, err := b.store.CaptureHead(v.First)
	card.Digest = head.Digest.String()
	return card, err
}

// unseen counts the pages that the runs of the span were told of and could not see.
func (b *builder) unseen(ctx context.Context) error {
	counts := map[Unseen]int{}
	for run, err := range b.store.Runs(ctx, archive.Filter{Since: b.r.Since, Until: b.r.Until}) {
		if err != nil {
			return err
		}
		for _, s := range run.Sites {
			if b.r.Site != "" && s.Site != b.r.Site {
				continue
			}
			for why, n := range s.Skipped {
				counts[Unseen{Site: s.Site, Reason: why}] += n
			}
			for why, n := range s.Failed {
				counts[Unseen{Site: s.Site, Reason: why}] += n
			}
			if n := s.Outcomes[archive.Walls]; n > 0 {
				counts[Unseen{Site: s.Site, Reason: "a consent wall or challenge stood before it"}] += n
			}
		}
	}
	for u, n := range counts {
		u.Pages = n
		b.r.Unseen = append(b.r.Unseen, u)
	}
	return nil
}

func (b *builder) sort() {
	newest := func(x, y Card) int {
		return cmp.Or(y.Before.Compare(x.Before), cmp.Compare(x.Page, y.Page), cmp.Compare(y.To, x.To))
	}
	slices.SortStableFunc(b.r.Cards, func(x, y Card) int {
		return cmp.Or(cmp.Compare(y.Grade, x.Grade), newest(x, y))
	})
	for _, list := range [][]Card{b.r.Withdrawn, b.r.Corrections, b.r.Small, b.r.Doubtful} {
		slices.SortStableFunc(list, newest)
	}
	slices.SortStableFunc(b.r.Stories, func(x, y Story) int {
		return cmp.Or(cmp.Compare(len(y.Copies), len(x.Copies)), cmp.Compare(x.Title, y.Title), cmp.Compare(x.ID, y.ID))
	})
	slices.SortFunc(b.r.Unseen, func(x, y Unseen) int {
		return cmp.Or(cmp.Compare(x.Site, y.Site), cmp.Compare(x.Reason, y.Reason))
	})
}

// CardOf makes the card of a change alone, without what the archive says around it.
func CardOf(c archive.Change) Card {
	card := Card{
		Page: c.To.Page.ID(), From: c.From.N, To: c.To.N, Site: c.Site, URL: c.URL, Title: c.Title,
		After: c.After.UTC(), Before: c.Before.UTC(), Grade: c.Diff.Grade, Stealth: c.Diff.Stealth,
		Declared: c.Diff.Declared, Reason: c.Diff.Reason, Kinds: []string{}, Edits: append([]change.Edit{}, c.Diff.Edits...),
	}
	for _, k := range c.Diff.Kinds {
		card.Kinds = append(card.Kinds, string(k))
	}
	return card
}

// StoryOf makes a report's story of an archive's.
func StoryOf(s archive.Story) Story {
	return Story{ID: string(s.ID), Title: s.Title, Agency: s.Agency, Copies: copiesOf(s)}
}
