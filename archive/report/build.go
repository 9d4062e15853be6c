package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/change"
)

// Options say what to report on.
type Options struct {
	Title   string    // "" means "Changes in the news you watch"
	Since   time.Time // zero means from the beginning
	Until   time.Time // zero means now
	Site    string    // "" means all
	Choice  Choice    // of the changes
	Cursor  Cursor    // only changes that it was not told of
	Program string    // name and version of the program, for the last line
	Now     time.Time
}

// Build reads a report's facts from an archive. What is damaged there is left
// out, or told with less around it, and named in Damaged.
func Build(ctx context.Context, store *archive.Store, o Options) (*Report, error) {
	if o.Title == "" {
		o.Title = "Changes in the news you watch"
	}
	if o.Until.IsZero() {
		o.Until = o.Now
	}
	if o.Site != "" {
		o.Choice.Sites = []string{o.Site}
	}
	if o.Since.IsZero() {
		o.Since = o.Cursor.Told
	}
	after, since, err := o.Cursor.fresh(ctx, store)
	if err != nil {
		return nil, fmt.Errorf("build report: %w", err)
	}
	last, err := lastChange(ctx, store)
	if err != nil {
		return nil, fmt.Errorf("build report: %w", err)
	}
	r := &Report{
		Filter: o.Choice.words(), Cursor: o.Cursor.Name, upTo: max(last, o.Cursor.At),
		Title: o.Title, Since: o.Since.UTC(), Until: o.Until.UTC(), Site: o.Site, Program: o.Program, Extractor: extract.Version,
		Papers: []Paper{}, Cards: []Card{}, Alike: []Alike{}, Withdrawn: []Card{}, Corrections: []Admission{}, Small: []Card{}, Doubtful: []Card{},
		Stories: []Story{}, Unseen: []Unseen{},
	}
	b := builder{store: store, r: r, choice: &o.Choice, after: after, since: since, byCursor: o.Cursor.Name != "", firsts: map[string][]int{}, stories: map[archive.StoryID]archive.Story{}, story: map[string]archive.StoryID{}, papers: map[string]*Paper{}, gone: map[Unseen]int{}}
	for _, step := range []func(context.Context) error{b.pages, b.families, b.changes, b.unseen} {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("build report: %w", err)
		}
	}
	for u, n := range b.gone {
		u.Times = n
		r.Unseen = append(r.Unseen, u)
	}
	if r.Checkpoint, err = witness(store); err != nil && !b.lost("", err) {
		return nil, fmt.Errorf("build report: %w", err)
	}
	b.sort()
	return r, nil
}

type builder struct {
	store   *archive.Store
	r       *Report
	stories map[archive.StoryID]archive.Story // told by more than one page
	story   map[string]archive.StoryID        // by page
	papers  map[string]*Paper
	gone    map[Unseen]int   // what is damaged
	firsts  map[string][]int // by site, after how many minutes its articles were first edited
	choice  *Choice

	byCursor bool
	after    archive.Seq // changes before it were told
	since    time.Time   // and those before it, where the journal was written anew
}

// maxDamaged is how much damage a report names one by one.
const maxDamaged = 100

// lost takes up an error that means damage; other errors are the caller's.
func (b *builder) lost(site string, err error) bool {
	if !damaged(err) {
		return false
	}
	b.gone[Unseen{Site: cmp.Or(site, "the archive"), Reason: "a record of the archive is damaged"}]++
	if text := err.Error(); len(b.r.Damaged) < maxDamaged && !slices.Contains(b.r.Damaged, text) {
		b.r.Damaged = append(b.r.Damaged, text)
	}
	return true
}

// damaged tells an error that means damage: what is referred to is there, or lost.
func damaged(err error) bool {
	return errors.Is(err, archive.ErrDamaged) || errors.Is(err, archive.ErrNoSuch)
}

func (b *builder) filter() archive.Filter {
	return archive.Filter{Site: b.r.Site, Since: b.r.Since, Until: b.r.Until}
}

// within reports whether a moment is in the report's span.
func (b *builder) within(t time.Time) bool { return t.After(b.r.Since) && !t.After(b.r.Until) }

func (b *builder) pages(ctx context.Context) error {
	sites := map[string]bool{}
	for p, err := range b.store.Pages(ctx, archive.Filter{Site: b.r.Site}) {
		if b.lost("", err) {
			continue
		}
		if err != nil {
			return err
		}
		if p.Head == 0 || !b.choice.site(p.Site) {
			continue
		}
		sites[p.Site] = true
		b.r.Articles++
		b.story[p.Key.ID()] = p.Story
		looked, err := b.looked(p)
		if err != nil && !b.lost(p.Site, err) {
			return err
		}
		if looked {
			b.r.Pages++
		}
		if p.State == archive.Doubted && b.within(p.LastCheck) {
			if err := b.doubtful(p); err != nil && !b.lost(p.Site, err) {
				return err
			}
		}
	}
	b.r.Sites = len(sites)
	return nil
}

// looked reports whether a page was asked for in the span. Its looks must be
// read only where its first and last leave that open.
func (b *builder) looked(p archive.Page) (bool, error) {
	switch {
	case !p.LastCheck.After(b.r.Since) || p.FirstSeen.After(b.r.Until):
		return false, nil
	case b.within(p.LastCheck) || b.within(p.FirstSeen):
		return true, nil
	}
	found := false
	err := b.store.View(func(tx *archive.Tx) error {
		looks, err := tx.Sightings(p.Key)
		found = slices.ContainsFunc(looks, func(s archive.Sighting) bool { return b.within(s.At) })
		return err
	})
	return found, err
}

// doubtful makes a card of a page that lost most of its text at the last look.
func (b *builder) doubtful(p archive.Page) error {
	head, err := b.version(archive.VersionID{Page: p.Key, N: p.Head})
	if err != nil {
		return err
	}
	b.r.Doubtful = append(b.r.Doubtful, Card{
		Page: p.Key.ID(), From: p.Head, To: p.Head, Site: p.Site, URL: p.URL, Title: head.Article.Title, Language: head.Article.Language,
		After: p.LastSeen.UTC(), Before: p.LastCheck.UTC(), Kinds: []string{}, Edits: []change.Edit{}, Reason: p.Why,
	})
	return nil
}

func (b *builder) version(id archive.VersionID) (v archive.Version, err error) {
	err = b.store.View(func(tx *archive.Tx) error {
		v, err = tx.Version(id)
		return err
	})
	return v, err
}

func (b *builder) families(ctx context.Context) error {
	told := !b.choice.Narrow() // else of all the stories, that have nothing to do with what is asked for
	for s, err := range b.store.Stories(ctx, b.filter()) {
		if b.lost("", err) {
			continue
		}
		if err != nil {
			return err
		}
		if story := StoryOf(s); len(story.Copies) > 1 {
			b.stories[s.ID] = s
			if told && slices.ContainsFunc(story.Copies, func(c Copy) bool { return b.choice.site(c.Site) }) {
				b.r.Stories = append(b.r.Stories, story)
			}
		}
	}
	return nil
}

func (b *builder) changes(ctx context.Context) error {
	var list []Card
	f := b.filter()
	since := f.Since
	if f.After = b.after; b.byCursor {
		f.Since, f.Until, f.Site = b.since, time.Time{}, "" // what was read late is told late, and not never
	}
	patterns, err := FindPatterns(ctx, b.store, f.Site, since, f.Until)
	if err != nil {
		return err
	}
	var shared groups
	for c, err := range b.store.Changes(ctx, f) {
		if b.lost("", err) {
			continue
		}
		if err != nil {
			return err
		}
		b.r.upTo = max(b.r.upTo, c.Seq)
		shares, own := patterns.Split(c)
		for _, s := range shares {
			shared.add(c, s)
		}
		if len(shares) > 0 && !own.Changed {
			continue
		}
		c.Diff = own
		if x := CardOf(c); !b.choice.Take(&x) {
			continue
		}
		card, err := b.card(c)
		if err != nil && !b.lost(c.Site, err) { // else it has less around it
			return err
		}
		b.choice.Take(&card)
		list = append(list, card)
		if note := noteOf(c.Diff); note != "" {
			b.r.Corrections = append(b.r.Corrections, Admission{
				Page: card.Page, To: card.To, Site: card.Site, URL: card.URL, Title: card.Title, Before: card.Before, Note: note, run: c.Run,
			})
			b.paper(card.Site).Corrections++
		}
	}
	if err := b.alike(&shared); err != nil {
		return err
	}
	b.r.Changed = len(list) + len(b.r.Alike)
	for _, card := range list {
		b.place(card)
	}
	for _, p := range b.papers {
		p.FirstEdit = median(b.firsts[p.Site])
		b.r.Papers = append(b.r.Papers, *p)
		b.r.Worth += p.Worth
		b.r.Stealth += p.Stealth
	}
	return nil
}

// alike makes one line of what many pages share. It counts as one change, and
// as none that a paper owed its readers a word for when it is furniture.
func (b *builder) alike(shared *groups) error {
	for _, g := range shared.list {
		a := g.alike()
		if !b.choice.Take(&a.Card) {
			continue
		}
		around, err := b.card(g.first)
		if err != nil && !b.lost(a.Site, err) {
			return err
		}
		a.Card.Language, a.Card.Published, a.Card.Digest, a.Card.DigestOld = around.Language, around.Published, around.Digest, around.DigestOld
		b.r.Alike = append(b.r.Alike, a)
		p := b.paper(a.Site)
		p.Changed++
		switch {
		case a.Card.Stealth:
			p.Stealth++
		case a.Card.Declared:
			p.Admitted++
		}
		if a.Card.Grade >= 2 {
			p.Worth++
		}
	}
	slices.SortStableFunc(b.r.Alike, func(x, y Alike) int {
		return cmp.Or(cmp.Compare(y.Card.Grade, x.Card.Grade), cmp.Compare(len(y.Pages), len(x.Pages)), cmp.Compare(x.Site, y.Site), cmp.Compare(x.Card.URL, y.Card.URL))
	})
	return nil
}

func (b *builder) paper(site string) *Paper {
	p := b.papers[site]
	if p == nil {
		p = &Paper{Site: site}
		b.papers[site] = p
	}
	return p
}

// place puts a card where it belongs, and counts it.
func (b *builder) place(card Card) {
	p := b.paper(card.Site)
	p.Changed++
	switch {
	case card.Has(change.Unpublished), card.Has(change.Restored):
		b.r.Withdrawn = append(b.r.Withdrawn, card)
		p.Worth++
		if card.Has(change.Unpublished) {
			p.Withdrawn++
		}
	case card.Grade >= 2:
		b.r.Cards = append(b.r.Cards, card)
		p.Worth++
	default:
		b.r.Small = append(b.r.Small, card)
	}
	if card.From == 1 && card.To == 2 && !card.Published.IsZero() && card.Before.After(card.Published) {
		b.firsts[card.Site] = append(b.firsts[card.Site], int((card.Before.Sub(card.Published)+time.Minute-1)/time.Minute))
	}
	if card.Stealth {
		p.Stealth++
	}
	if card.Declared {
		p.Admitted++
	}
}

// noteOf is the text in which a paper tells its readers of a change; a new
// date alone tells nobody.
func noteOf(d change.Diff) string {
	for _, e := range d.Edits {
		if slices.Contains(e.Kinds, change.Correction) || slices.Contains(e.Kinds, change.Retraction) {
			return cmp.Or(e.After, e.Before)
		}
	}
	if d.Declared && strings.HasPrefix(d.Reason, "the text ") {
		return d.Reason
	}
	return ""
}

// sort puts the newest first. What one crawl found counts as found at once, for
// in which order a crawl comes to its pages means nothing.
func (b *builder) sort() {
	ends := map[archive.RunID]time.Time{}
	for _, c := range slices.Concat(b.r.Cards, b.r.Withdrawn, b.r.Small, b.r.Doubtful) {
		if c.Before.After(ends[c.run]) {
			ends[c.run] = c.Before
		}
	}
	found := func(run archive.RunID, before time.Time) time.Time {
		if end, known := ends[run]; known && run != 0 && end.After(before) {
			return end
		}
		return before
	}
	newest := func(x, y Card) int {
		return cmp.Or(found(y.run, y.Before).Compare(found(x.run, x.Before)), cmp.Compare(x.Site, y.Site), cmp.Compare(x.URL, y.URL), cmp.Compare(y.To, x.To))
	}
	slices.SortStableFunc(b.r.Cards, func(x, y Card) int {
		return cmp.Or(cmp.Compare(y.Grade, x.Grade), newest(x, y))
	})
	for _, list := range [][]Card{b.r.Withdrawn, b.r.Small, b.r.Doubtful} {
		slices.SortStableFunc(list, newest)
	}
	slices.SortStableFunc(b.r.Corrections, func(x, y Admission) int {
		return cmp.Or(found(y.run, y.Before).Compare(found(x.run, x.Before)), cmp.Compare(x.Site, y.Site), cmp.Compare(x.URL, y.URL))
	})
	slices.SortFunc(b.r.Papers, func(x, y Paper) int {
		return cmp.Or(cmp.Compare(y.Changed, x.Changed), cmp.Compare(x.Site, y.Site))
	})
	slices.SortStableFunc(b.r.Stories, func(x, y Story) int {
		return cmp.Or(cmp.Compare(len(y.Copies), len(x.Copies)), cmp.Compare(x.Title, y.Title), cmp.Compare(x.ID, y.ID))
	})
	slices.SortFunc(b.r.Unseen, func(x, y Unseen) int {
		return cmp.Or(cmp.Compare(x.Site, y.Site), cmp.Compare(x.Reason, y.Reason))
	})
}
