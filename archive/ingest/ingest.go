// Package ingest draws the conclusions: it follows an archive's captures
// behind a durable cursor and turns each into what it shows, a new page, a
// further version, a change, a copy of a story, a wall, or nothing new. A page
// is read with what the captures before it taught of its site: the longer a
// site is watched, the better it is read.
//
// The captures are facts and stay as they are; everything that ingest writes
// can be dropped and computed again from them. Each step commits its
// conclusions and the cursor in one transaction, so that a crash repeats a
// page and never loses or doubles it.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/filter"
	"pressmark/extract/urlkey"
)

// Cursor is the name under which the archive remembers how far ingest has come.
const Cursor = "ingest"

// batch is how many captures share a transaction: enough to make the price of
// a commit small, few enough to keep their bodies in memory.
const batch = 64

// Options of an Ingester; the zero value does.
type Options struct {
	Log *slog.Logger
	// Filters are the user's rules for what to leave out. Versions that were read
	// with others, or with none, are read anew before they are compared.
	Filters *filter.Set
	// Seen is called after each commit, once a capture, in their order; the
	// change may be nil. It must not call the Ingester.
	Seen func(archive.Sighting, *archive.Change)
}

// An Ingester is the stage from captures to conclusions. Its methods may be
// called by several goroutines, of which one at a time works, apart from Glance; an archive has
// one Ingester at a time.
type Ingester struct {
	store  *archive.Store
	o      Options
	mu     sync.Mutex // held while working
	stage  *stage     // of a rehearsal; nil otherwise
	recall recall
	reader string // the extractor, with its filters

	glances glances
}

// New makes an Ingester for a store.
func New(store *archive.Store, o Options) *Ingester {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Seen == nil {
		o.Seen = func(archive.Sighting, *archive.Change) {}
	}
	return &Ingester{store: store, o: o, reader: extract.VersionWith(o.Filters)}
}

// Run works until no capture is left, and returns how many it took.
func (in *Ingester) Run(ctx context.Context) (int, error) {
	total := 0
	for {
		n, _, err := in.step(ctx)
		total += n
		if n == 0 || err != nil {
			return total, err
		}
	}
}

// catchUp works until no capture was left when it last looked. What has come
// in since is left for the next wake: to take each as it comes would cost a
// commit each.
func (in *Ingester) catchUp(ctx context.Context) error {
	for {
		n, more, err := in.step(ctx)
		if n == 0 || !more || err != nil {
			return err
		}
	}
}

// Follow works until ctx ends or wake is closed, looking for new captures each
// time that wake gets a value. When wake is closed it takes what is left.
func (in *Ingester) Follow(ctx context.Context, wake <-chan struct{}) error {
	for {
		if err := in.catchUp(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case _, open := <-wake:
			if !open {
				_, err := in.Run(ctx)
				return err
			}
		}
	}
}

// step takes the next captures, reads their pages side by side, and commits
// the conclusions in order. It tells how many, and whether there were more.
// Between two steps whoever asked for a rest gets it, however much is to be done.
func (in *Ingester) step(ctx context.Context) (total int, more bool, err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	list, more, err := in.next(ctx)
	if err == nil {
		err = in.readAll(ctx, list)
	}
	for total < len(list) && err == nil {
		n := 0
		if err = in.settle(ctx, list[total:]); err == nil {
			n, err = in.commit(ctx, list[total:])
			total += n
		}
	}
	if err != nil {
		return total, false, fmt.Errorf("ingest: %w", err)
	}
	return total, more, nil
}

func (in *Ingester) readAll(ctx context.Context, list []reading) error {
	in.recall.begin()
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range list {
		g.Go(func() error {
			if err := gctx.Err(); err != nil {
				return err
			}
			return in.read(&list[i])
		})
	}
	return g.Wait()
}

// settle goes through readings in order, as commit will, and reads those anew
// that were read without what the pages before them teach. So one transaction
// does for all of them, and none waits for a page to be read.
func (in *Ingester) settle(ctx context.Context, list []reading) error {
	in.recall.begin()
	for i := range list {
		if list[i].stale || !in.recall.upholds(list[i]) {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := in.read(&list[i]); err != nil {
				return err
			}
		}
		if list[i].teaches() {
			in.recall.learn(list[i])
		}
	}
	return nil
}

// commit concludes readings in order, and tells how many: should one not have
// taught what settle took it to teach, it ends before the first that is upset
// by it.
func (in *Ingester) commit(ctx context.Context, list []reading) (int, error) {
	var done []conclusion
	var last archive.Seq
	taken := 0
	err := in.update(ctx, func(tx *archive.Tx) error {
		in.recall.begin()
		done = nil
		touched := map[urlkey.Key]bool{}
		for i, r := range list {
			if i > 0 && !in.recall.upholds(r) {
				break
			}
			if touched[r.page] { // by a capture from another address of the page
				list[i].stale = true
				break
			}
			last, taken = r.capture.Seq, i+1
			held, err := tx.Holds(r.capture.Seq)
			if err != nil {
				return err
			}
			if !held { // it was taken down since it was read
				continue
			}
			c, err := conclude(tx, r)
			if err != nil {
				return fmt.Errorf("capture %d of %s: %w", r.capture.Seq, r.capture.URL, err)
			}
			if c.sighting.Outcome == archive.New && r.memory != nil {
				in.recall.learn(r)
			}
			last = r.capture.Seq
			done = append(done, c)
			if touched[r.page] = true; c.joined { // who was read as a page of his own may be none
				for j := i + 1; j < len(list); j++ {
					list[j].stale = true
				}
				break
			}
		}
		if err := in.recall.put(tx); err != nil {
			return err
		}
		return tx.SetCursor(Cursor, last)
	})
	if err != nil {
		return 0, err
	}
	in.recall.committed(last)
	for _, c := range done {
		in.o.Seen(c.sighting, c.change)
	}
	return taken, nil
}

// next lists the captures behind the cursor, and tells whether there are more.
// A batch holds a page once, since what a capture repeats is known only when
// the earlier one is concluded. A capture whose record is damaged can't be
// concluded from and stops nobody.
func (in *Ingester) next(ctx context.Context) (list []reading, more bool, err error) {
	var from archive.Seq
	if err := in.view(func(tx *archive.Tx) (err error) {
		from, err = tx.Cursor(Cursor)
		return err
	}); err != nil {
		return nil, false, err
	}
	pages := map[urlkey.Key]bool{}
	for c, err := range in.store.Captures(ctx, from) {
		if errors.Is(err, archive.ErrDamaged) {
			in.o.Log.Warn("a capture is damaged and passed over", "error", err)
			continue
		}
		if err != nil {
			return nil, false, err
		}
		if c.Seq <= from { // the cursor would stand still, or go back
			return nil, false, fmt.Errorf("%w: capture %d stands behind capture %d", archive.ErrDamaged, c.Seq, from)
		}
		if pages[c.Page] || len(list) == batch {
			more = true
			break
		}
		pages[c.Page] = true
		list = append(list, reading{capture: c, site: siteOf(c)})
	}
	return list, more, in.load(from, list)
}
