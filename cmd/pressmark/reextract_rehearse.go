package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/extract"
	filters "pressmark/extract/filter"
	"pressmark/extract/urlkey"
)

// largestShown is how many versions reextract names whose text would differ most.
const largestShown = 10

// A rehearsal is what reextract would change.
type rehearsal struct {
	Done      bool             `json:"done"`
	Captures  int              `json:"captures"`
	Versions  int              `json:"versions"`
	Changes   int              `json:"changes"`
	Stories   int              `json:"stories"`
	Same      int              `json:"same"` // versions that would stay as they are
	Text      int              `json:"text"` // versions that would get another one
	Title     int              `json:"title"`
	Byline    int              `json:"byline"`
	Published int              `json:"published"`
	Come      int              `json:"come"`
	Go        int              `json:"go"`
	Edits     int              `json:"new_changes"` // how many changes there would be
	Largest   []versionChanged `json:"largest"`
}

// A versionChanged is a version whose text would be another.
type versionChanged struct {
	ID       string `json:"id"`
	Version  int    `json:"version"`
	URL      string `json:"url"`
	Title    string `json:"title"`
	What     string `json:"what"` // "text", "come" or "go"
	Lost     int    `json:"words_lost"`
	Gained   int    `json:"words_gained"`
	Sentence string `json:"first_lost,omitempty"`
	New      string `json:"first_gained,omitempty"`
}

// rehearse draws all conclusions anew in memory, and tells what would be different.
func (c *cli) rehearse(ctx context.Context, store *archive.Store, hidden *filters.Set, before archive.Stats) error {
	r := rehearsal{Captures: before.Captures, Versions: before.Versions, Changes: before.Changes, Stories: before.Stories, Largest: []versionChanged{}}
	pages := map[urlkey.Key]bool{}
	progress := c.counting(before.Captures)
	err := ingest.Rehearse(ctx, store, ingest.Options{Log: c.log, Filters: hidden, Seen: func(s archive.Sighting, d *archive.Change) {
		if s.Outcome == archive.New {
			pages[s.Page] = true
		}
		if d != nil {
			r.Edits++
		}
		progress(s, d)
	}}, func(tx *archive.Tx) error { return r.compare(ctx, store, tx, pages) })
	if !c.quiet {
		c.err.status("")
	}
	if err != nil {
		return err
	}
	if c.json {
		return object(c.out, r)
	}
	return c.printRehearsal(r)
}

// compare goes through the pages that have versions now or would have some.
func (r *rehearsal) compare(ctx context.Context, store *archive.Store, tx *archive.Tx, pages map[urlkey.Key]bool) error {
	for p, err := range store.Pages(ctx, archive.Filter{}) {
		if err != nil {
			return err
		}
		pages[p.Key] = true
	}
	for _, key := range slices.Sorted(maps.Keys(pages)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		var old []archive.Version
		if err := store.View(func(now *archive.Tx) (err error) {
			old, err = now.Versions(key)
			return err
		}); err != nil {
			return err
		}
		anew, err := tx.Versions(key)
		if err != nil {
			return err
		}
		r.page(old, anew)
	}
	return nil
}

// page compares the versions of a page: those that are first seen in the same
// capture are the same version.
func (r *rehearsal) page(old, anew []archive.Version) {
	first := map[archive.Seq]*archive.Version{}
	for i := range anew {
		first[anew[i].First] = &anew[i]
	}
	for i := range old {
		a := &old[i]
		b := first[a.First]
		if b == nil {
			r.Go++
			r.differs(a, &archive.Version{}, "go")
			continue
		}
		delete(first, a.First)
		x, y := &a.Article, &b.Article
		same := true
		for _, d := range []struct {
			n       *int
			differs bool
		}{
			{&r.Text, !slices.EqualFunc(x.Blocks, y.Blocks, func(a, b extract.Block) bool { return a.Kind == b.Kind && a.Text == b.Text })},
			{&r.Title, x.Title != y.Title},
			{&r.Byline, !slices.Equal(x.Byline, y.Byline)},
			{&r.Published, !x.Published.Equal(y.Published)},
		} {
			if d.differs {
				*d.n++
				same = false
			}
		}
		if same {
			r.Same++
		}
		r.differs(a, b, "text")
	}
	for i := range anew {
		if first[anew[i].First] != nil {
			r.Come++
			r.differs(&archive.Version{}, &anew[i], "come")
		}
	}
}

// differs notes how much the texts of a version differ, if that is among the most.
func (r *rehearsal) differs(a, b *archive.Version, what string) {
	x, y := a.Article.Text(), b.Article.Text()
	d := versionChanged{What: what}
	if d.Lost, d.Gained = wordsBetween(x, y); d.Lost+d.Gained == 0 {
		return
	}
	named := a
	if what == "come" {
		named = b
	}
	d.ID, d.Version, d.URL, d.Title = named.ID.Page.ID(), named.ID.N, named.URL, named.Article.Title
	if what == "text" {
		d.Sentence, d.New = firstMissing(x, y), firstMissing(y, x)
	}
	r.Largest = append(r.Largest, d)
	slices.SortStableFunc(r.Largest, func(a, b versionChanged) int {
		return cmp.Or(cmp.Compare(b.Lost+b.Gained, a.Lost+a.Gained), strings.Compare(a.ID, b.ID), a.Version-b.Version)
	})
	r.Largest = r.Largest[:min(len(r.Largest), largestShown)]
}

// wordsBetween counts the words of a that b has not, and the other way round.
func wordsBetween(a, b string) (lost, gained int) {
	if a == b {
		return 0, 0
	}
	has := map[string]int{}
	for w := range strings.FieldsSeq(a) {
		has[w]++
	}
	for w := range strings.FieldsSeq(b) {
		if has[w]--; has[w] < 0 {
			gained++
		}
	}
	for _, n := range has {
		lost += max(n, 0)
	}
	return lost, gained
}

// firstMissing is the first sentence of a that b does not have.
func firstMissing(a, b string) string {
	for paragraph := range strings.SplitSeq(a, "\n\n") {
		if strings.Contains(b, paragraph) {
			continue
		}
		for paragraph != "" {
			end := len(paragraph)
			for _, stop := range []string{". ", "! ", "? ", ".” ", ".\" ", "。", "！", "？"} {
				if i := strings.Index(paragraph, stop); i >= 0 {
					end = min(end, i+len(stop))
				}
			}
			if s := strings.TrimSpace(paragraph[:end]); s != "" && !strings.Contains(b, s) {
				return s
			}
			paragraph = paragraph[end:]
		}
	}
	return ""
}

func (c *cli) printRehearsal(r rehearsal) error {
	if r.Same == r.Versions && r.Come == 0 && r.Changes == r.Edits {
		c.say("would drop and compute again %s, %s and %s from %s, and all come out as they are; --yes does it",
			count(r.Versions, "version"), count(r.Changes, "change"), count(r.Stories, "story"), count(r.Captures, "capture"))
		return nil
	}
	w := c.out
	for _, x := range []struct {
		n    int
		what string
	}{
		{r.Same, "as they are"}, {r.Text, "with another text"}, {r.Title, "with another headline"}, {r.Byline, "with another byline"},
		{r.Published, "with another date of publication"}, {r.Go, "gone"}, {r.Come, "more"},
	} {
		if x.n > 0 || x.what == "as they are" {
			_, noun, _ := strings.Cut(count(x.n, "version"), " ")
			fmt.Fprintf(w, "%8s  %s %s\n", thousands(x.n), noun, x.what)
		}
	}
	if r.Changes != r.Edits {
		fmt.Fprintf(w, "%8s  changes, and now %s\n", thousands(r.Edits), thousands(r.Changes))
	}
	if len(r.Largest) > 0 {
		fmt.Fprintf(w, "\n%s\n", w.style(bold, "where the texts differ most"))
	}
	for _, d := range r.Largest {
		fate := map[string]string{"come": w.style(green, " comes"), "go": w.style(red, " goes")}[d.What]
		fmt.Fprintf(w, "%s@%d  %s %s%s  %s\n", d.ID[:8], d.Version, w.style(red, fmt.Sprintf("−%d", d.Lost)), w.style(green, fmt.Sprintf("+%d", d.Gained)), fate,
			fit(line(d.Title), max(20, w.columns()-32)))
		if d.Sentence != "" {
			fmt.Fprintf(w, "    %s %s\n", w.style(red, "−"), fit(line(d.Sentence), max(20, w.columns()-7)))
		}
		if d.New != "" {
			fmt.Fprintf(w, "    %s %s\n", w.style(green, "+"), fit(line(d.New), max(20, w.columns()-7)))
		}
	}
	c.say("would drop %s, %s and %s and compute them again from %s; nothing is changed yet: --yes does it",
		count(r.Versions, "version"), count(r.Changes, "change"), count(r.Stories, "story"), count(r.Captures, "capture"))
	return w.err
}
