package frontier

import (
	"container/heap"
	"fmt"
	"slices"
	"time"

	"pressmark/crawler/newsroom/month"
	"pressmark/extract/urlkey"
)

// A policy says how an item stands after an outcome, and after a list names it
// again.
type policy struct {
	after  func(Item, Outcome, time.Time) Item
	linked func(Item, Link, time.Time) (Item, bool)
}

// ours is the policy of this package, as Bolt has it.
func ours() policy { return policy{Item.after, Item.linked} }

// A figure is what came of a policy in a world.
type figure struct {
	lists, pages  int
	firsts, edits []sighting
}

// A sighting is an edition that lived, and how late it was seen.
type sighting struct {
	lived time.Duration
	delay time.Duration // unseen, when it never was
}

const unseen = time.Duration(1<<63 - 1)

func (f *figure) add(o figure) {
	f.lists += o.lists
	f.pages += o.pages
	f.firsts = append(f.firsts, o.firsts...)
	f.edits = append(f.edits, o.edits...)
}

// What is born on the first day, while the crawler still learns what there is,
// and on the last two, when there is hardly time to see it, is left out.
const early, late = 24 * time.Hour, 2 * 24 * time.Hour

// judge turns the first sightings of an article's editions into figures.
func (f *figure) judge(w *month.World, a *month.Article, seen []time.Time) {
	for i, e := range a.Editions {
		if e.At.Before(w.Start.Add(early)) || e.At.After(w.End.Add(-late)) {
			continue
		}
		s := sighting{lived: w.End.Sub(e.At), delay: unseen}
		if i+1 < len(a.Editions) {
			s.lived = a.Editions[i+1].At.Sub(e.At)
		}
		if seen != nil && !seen[i].IsZero() {
			s.delay = seen[i].Sub(e.At)
		}
		if i == 0 {
			f.firsts = append(f.firsts, s)
		} else {
			f.edits = append(f.edits, s)
		}
	}
}

// share is how many were seen of those that lived longer than d.
func share(list []sighting, d time.Duration) float64 {
	n, seen := 0, 0
	for _, s := range list {
		if s.lived > d {
			n++
			if s.delay != unseen {
				seen++
			}
		}
	}
	return float64(seen) / float64(max(n, 1))
}

// quantile is a delay of those that lived over an hour; one that was never
// seen is later than all others.
func quantile(list []sighting, q float64) time.Duration {
	var delays []time.Duration
	for _, s := range list {
		if s.lived > time.Hour {
			delays = append(delays, s.delay)
		}
	}
	if len(delays) == 0 {
		return 0
	}
	slices.Sort(delays)
	return delays[min(int(q*float64(len(delays))), len(delays)-1)]
}

func (f figure) requests() int { return f.lists + f.pages }

func (f figure) found() int {
	n := 0
	for _, s := range append(slices.Clone(f.firsts), f.edits...) {
		if s.delay != unseen {
			n++
		}
	}
	return n
}

// String is the figure's row of the table.
func (f figure) String() string {
	return fmt.Sprintf("%9d %8d %6.1f%% %6.1f%% %6.1f%% %8s %8s %8s %8s %8.2f",
		f.requests(), f.lists, 100*share(f.firsts, 0), 100*share(f.edits, 0), 100*share(f.edits, time.Hour),
		brief(quantile(f.firsts, 0.5)), brief(quantile(f.firsts, 0.9)), brief(quantile(f.edits, 0.5)), brief(quantile(f.edits, 0.9)),
		float64(f.requests())/float64(max(f.found(), 1)))
}

func brief(d time.Duration) string {
	switch {
	case d == unseen:
		return "never"
	case d >= 48*time.Hour:
		return fmt.Sprintf("%.1fd", d.Hours()/24)
	case d >= time.Hour:
		return fmt.Sprintf("%.1fh", d.Hours())
	}
	return fmt.Sprintf("%.1fm", d.Minutes())
}

// simulate runs a policy in a world where a round is made every so often. It
// does what the crawler does, without its costs: what is due is asked for, lists
// first, and takes no time. TestFreshness in package crawler holds the crawler
// itself, over HTTP, to the same over two days.
func simulate(w *month.World, p policy, tick time.Duration) figure {
	var total figure
	for _, s := range w.Sites {
		x := &office{world: w, site: s, policy: p, known: map[*month.Article]*entry{}}
		x.run(tick)
		total.add(x.figure)
	}
	return total
}

// An entry is an item of the simulated queue.
type entry struct {
	Item
	article *month.Article
	seen    []time.Time
	text    int
	at      int // in the heap
}

// An office is one site being crawled.
type office struct {
	figure
	world  *month.World
	site   *month.Site
	policy policy
	known  map[*month.Article]*entry
	queue  queue
	counts counts
}

func (x *office) run(tick time.Duration) {
	start := x.world.Start
	for _, kind := range x.site.Lists() {
		x.put(&entry{Item: Item{Kind: kind, Page: urlkey.Key(x.site.Base + "/" + kind), Due: start, FirstSeen: start, State: Live}})
	}
	for now := start; now.Before(x.world.End); now = now.Add(tick) {
		for len(x.queue) > 0 && !x.queue[0].Due.After(now) {
			x.look(x.queue[0], now)
		}
	}
	for _, a := range x.site.Articles {
		if e := x.known[a]; e != nil {
			x.judge(x.world, a, e.seen)
		} else {
			x.judge(x.world, a, nil)
		}
	}
}

func (x *office) put(e *entry) { heap.Push(&x.queue, e) }

func (x *office) look(e *entry, now time.Time) {
	var o Outcome
	if e.article == nil {
		x.lists++
		o = x.list(e, now)
	} else {
		x.pages++
		o = x.page(e, now)
	}
	e.Habit = x.counts.habit()
	before := e.Item
	e.Item = x.policy.after(e.Item, o, now)
	x.counts.add(before, -1)
	x.counts.add(e.Item, 1)
	if e.State == Retired || e.Due.IsZero() {
		heap.Remove(&x.queue, e.at)
		return
	}
	heap.Fix(&x.queue, e.at)
}

func (x *office) page(e *entry, now time.Time) Outcome {
	n := e.article.At(now)
	if e.seen[n].IsZero() {
		e.seen[n] = now
	}
	text := e.article.Editions[n].Text
	same := e.text == text && e.Checks > 0 && !x.site.Noisy
	e.text = text
	if same {
		return Outcome{Result: Unchanged}
	}
	return Outcome{Result: Changed}
}

func (x *office) list(e *entry, now time.Time) Outcome {
	changed, _ := x.site.State(now)
	if e.Checks > 0 && x.site.Holds() && !changed.After(e.LastChecked) {
		return Outcome{Result: Unchanged}
	}
	o := Outcome{Result: Changed}
	if e.Kind == Feed {
		o.Fresh = x.site.TTL
	}
	var dates []time.Time
	for _, l := range x.site.List(e.Kind, now) {
		dates = append(dates, l.Published)
		link := Link{Kind: Page, Published: l.Published, Modified: l.Modified}
		old := x.known[l.Article]
		if old == nil {
			it := Item{Kind: Page, Page: urlkey.Key(x.site.Base + l.Article.Path), Due: now, FirstSeen: now, Published: l.Published, State: Live}
			old = &entry{Item: it, article: l.Article, seen: make([]time.Time, len(l.Article.Editions))}
			x.known[l.Article] = old
			x.put(old)
			continue
		}
		if it, changes := x.policy.linked(old.Item, link, now); changes {
			old.Item = it
			heap.Fix(&x.queue, old.at)
		}
	}
	o.Entries, o.Every = dates, Interval(dates, now)
	return o
}

// A queue is a heap of entries by due time, lists before pages.
type queue []*entry

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if !q[i].Due.Equal(q[j].Due) {
		return q[i].Due.Before(q[j].Due)
	}
	return q[i].article == nil && q[j].article != nil
}
func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].at, q[j].at = i, j
}
func (q *queue) Push(x any) {
	e := x.(*entry)
	e.at = len(*q)
	*q = append(*q, e)
}
func (q *queue) Pop() any {
	old := *q
	e := old[len(old)-1]
	*q = old[:len(old)-1]
	return e
}
