package frontier

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// groupCommit is how many jobs share one transaction at most.
const groupCommit = 256

// A commit waits for those whose jobs were in the one before, who are likely
// to be back soon with their next, for a part of what a commit takes and no
// longer: else it would take one of them, and all others the next.
const (
	waitShare = 4
	waitMost  = 2 * time.Millisecond
)

// A job is something to write. Jobs that wait at the same time are committed
// together, and each is answered once that is on the disk.
type job struct {
	do   func(*txn) error
	err  error
	done chan struct{}
}

// errRefused wraps what a job answers when it has written nothing: the other
// jobs of its transaction go on.
var errRefused = errors.New("refused")

// write has a job done. Once the writer has it, ctx no longer counts: the
// caller must know whether it happened.
func (b *Bolt) write(ctx context.Context, do func(*txn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{do: do, done: make(chan struct{})}
	select {
	case b.jobs <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-b.quit:
		return ErrClosed
	}
	<-j.done
	return j.err
}

func (b *Bolt) writer() {
	defer close(b.stopped)
	before, took := 1, time.Duration(0) // the commit before: jobs and time
	for {
		select {
		case j := <-b.jobs:
			jobs := b.gather(j, before, min(took/waitShare, waitMost))
			begun := time.Now()
			b.commit(jobs)
			before, took = len(jobs), time.Since(begun)
		case r := <-b.broken:
			r.done <- b.replace(r.db, r.cause)
		case <-b.quit:
			return
		}
	}
}

// gather takes the jobs that wait by now, and waits a little until they are as
// many as were expected.
func (b *Bolt) gather(first *job, expected int, patience time.Duration) []*job {
	jobs := []*job{first}
	var late <-chan time.Time
	for len(jobs) < groupCommit {
		select {
		case j := <-b.jobs:
			jobs = append(jobs, j)
			continue
		default:
		}
		if len(jobs) >= expected || patience == 0 {
			return jobs
		}
		if late == nil {
			late = time.After(patience)
		}
		select {
		case j := <-b.jobs:
			jobs = append(jobs, j)
		case <-late:
			return jobs
		case <-b.quit:
			return jobs
		}
	}
	return jobs
}

func (b *Bolt) commit(jobs []*job) {
	var t *txn
	b.dbmu.RLock()
	db := b.db
	err := guarded(func() error {
		return db.Update(func(tx *bbolt.Tx) (err error) {
			t = newTxn(b, tx)
			for _, j := range jobs {
				if j.err = j.do(t); j.err != nil && !errors.Is(j.err, errRefused) {
					return j.err
				}
			}
			return t.finish()
		})
	})
	b.dbmu.RUnlock()
	switch {
	case err == nil:
		b.mu.Lock()
		t.apply()
		b.mu.Unlock()
	case isDamage(err):
		err = b.replace(db, err)
	}
	for _, j := range jobs {
		if err != nil {
			j.err = err
		}
		close(j.done)
	}
}

// view reads the file. Whoever holds mu must use viewLocked.
func (b *Bolt) view(do func(*bbolt.Tx) error) error {
	db, err := b.viewLocked(do)
	if isDamage(err) {
		return b.report(db, err)
	}
	return err
}

// viewLocked is view that leaves it to the caller to report damage.
func (b *Bolt) viewLocked(do func(*bbolt.Tx) error) (*bbolt.DB, error) {
	b.dbmu.RLock()
	defer b.dbmu.RUnlock()
	db := b.db
	err := guarded(func() error { return db.View(do) })
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		err = ErrClosed
	}
	return db, err
}

// A txn is one transaction of the writer: changes to the file, and those to
// lanes and groups in memory that follow once the file has them.
type txn struct {
	b                                           *Bolt
	meta, item, page, lane, due, groups, robots *bbolt.Bucket
	touched                                     map[uint32]*draft
	added                                       map[laneName]*draft
	hooks                                       []func()
	stirred                                     map[*group]bool // of which something changes
}

// A draft is a lane as it will be.
type draft struct {
	id    uint32
	name  laneName
	known *lane // nil: a new one
	counts
	recount bool // counts changed
	head    dueKey
	waits   bool
}

func newTxn(b *Bolt, tx *bbolt.Tx) *txn {
	t := &txn{
		b: b, meta: tx.Bucket(bucketMeta), item: tx.Bucket(bucketItem), page: tx.Bucket(bucketPage),
		lane: tx.Bucket(bucketLane), due: tx.Bucket(bucketDue), groups: tx.Bucket(bucketGroup), robots: tx.Bucket(bucketRobots),
		touched: map[uint32]*draft{}, added: map[laneName]*draft{}, stirred: map[*group]bool{},
	}
	t.item.FillPercent = 0.8 // numbers rise; some room for validators to come
	return t
}

// then has something done to a group in memory, with mu held, after the commit.
func (t *txn) then(g *group, do func()) {
	t.hooks = append(t.hooks, do)
	t.stirred[g] = true
}

// draft is the lane with a number, to be changed.
func (t *txn) draft(id uint32) (*draft, error) {
	if d := t.touched[id]; d != nil {
		return d, nil
	}
	l := t.b.lanes[id]
	if l == nil {
		return nil, damagef("lane %d is not there", id)
	}
	d := &draft{id: id, name: l.name, known: l, counts: l.counts}
	t.touched[id] = d
	return d, nil
}

// draftOf finds or adds the lane of a site in a group.
func (t *txn) draftOf(name laneName) (*draft, error) {
	if d := t.added[name]; d != nil {
		return d, nil
	}
	if l := t.b.sites[name.site].lane(name.group); l != nil {
		return t.draft(l.id)
	}
	n, err := t.lane.NextSequence()
	if err != nil {
		return nil, err
	}
	d := &draft{id: uint32(n), name: name}
	t.touched[d.id], t.added[name] = d, d
	return d, nil
}

// load reads an item; ok is false if there is none with that number.
func (t *txn) load(seq uint64) (it Item, d *draft, ok bool, err error) {
	raw := t.item.Get(seqKey(seq))
	if raw == nil {
		return Item{}, nil, false, nil
	}
	it, id, err := decodeItem(raw, seq)
	if err != nil {
		return Item{}, nil, false, damagef("item %d: %v", seq, err)
	}
	if d, err = t.draft(id); err != nil {
		return Item{}, nil, false, err
	}
	it.Group, it.Site, it.Habit = d.name.group, d.name.site, d.habit()
	return it, d, true, nil
}

// put stores an item in place of how it was before (nil: a new one).
func (t *txn) put(seq uint64, d *draft, before *Item, it Item) error {
	was := d.counts
	if before != nil {
		d.counts.add(*before, -1)
		if !before.Due.IsZero() && !before.Due.Equal(it.Due) {
			if err := t.due.Delete(dueKey{micros(before.Due), seq}.in(d.id)); err != nil {
				return err
			}
		}
	}
	d.counts.add(it, 1)
	d.recount = d.recount || d.counts != was
	if !it.Due.IsZero() && (before == nil || !before.Due.Equal(it.Due)) {
		if err := t.due.Put(dueKey{micros(it.Due), seq}.in(d.id), nil); err != nil {
			return err
		}
	}
	return t.item.Put(seqKey(seq), encodeItem(it, seq, d.id))
}

// drop removes an item.
func (t *txn) drop(seq uint64, d *draft, it Item) error {
	d.counts.add(it, -1)
	d.recount = true
	if !it.Due.IsZero() {
		if err := t.due.Delete(dueKey{micros(it.Due), seq}.in(d.id)); err != nil {
			return err
		}
	}
	hash := pageHash(it.Page)
	seqs, err := seqsOf(t.page, hash)
	if err != nil {
		return err
	}
	if seqs = slices.DeleteFunc(seqs, func(n uint64) bool { return n == seq }); len(seqs) == 0 {
		err = t.page.Delete(hash)
	} else {
		err = t.page.Put(hash, encodeSeqs(seqs))
	}
	return errors.Join(err, t.item.Delete(seqKey(seq)))
}

// pause stores until when a group must not be asked.
func (t *txn) pause(name string, p pauses) error {
	if err := t.groups.Put([]byte(name), encodePauses(p)); err != nil {
		return fmt.Errorf("group %s: %w", name, err)
	}
	t.hooks = append(t.hooks, func() {
		g := t.b.group(name)
		g.pauses = p
		t.stirred[g] = true
	})
	return nil
}

// finish writes the lanes that changed, at the end of the transaction.
func (t *txn) finish() error {
	for id, d := range t.touched {
		d.head, d.waits = headOf(t.due, id)
		var err error
		switch {
		case !d.recount:
		case d.counts.known > 0:
			err = t.lane.Put(laneKey(id), encodeLane(d.name.group, d.name.site, d.counts))
		default:
			err = t.lane.Delete(laneKey(id))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// apply brings memory in line with what was committed.
func (t *txn) apply() {
	for _, d := range t.touched {
		l := d.known
		if l == nil {
			l = t.b.addLane(d.id, d.name)
		}
		t.b.all.leave(l, ofAll) // before what it stands there by changes
		l.site.agenda.leave(l, ofSite)
		l.counts, l.head, l.waits = d.counts, d.head, d.waits
		t.stirred[l.group] = true
		if d.counts.known == 0 {
			t.b.dropLane(l)
		}
	}
	for _, do := range t.hooks {
		do()
	}
	for g := range t.stirred {
		t.b.stir(g)
	}
}
