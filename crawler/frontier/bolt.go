package frontier

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

// frontier.db, a bbolt file:
//
//	meta   "format"             → byte
//	       "epoch"              → be64, how often the file was opened; the upper part of every token
//	       "open"               → present while a process has it open, and after one that died or left leases
//	item   seq                  → record: lane, URL, page key, validators, counters, times
//	page   hash of a page's key → seqs; see pageHash
//	lane   lane                 → record: group, site, counts of the items
//	due    lane due seq         → nothing; one for each item that isn't retired
//	group  name                 → record: not before, blocked until, why, conduct
//	robots scheme://host:port   → when it was kept, in microseconds since 1970; what was kept
//
//	seq (be64) is the order of discovery. A lane (be32) is one site's items in
//	one politeness group; due (be64) is microseconds since 1970, sign flipped.
//
// In memory stand the lanes with the head of each one's queue, the groups and
// the leases: nothing that grows with the number of items. Leases need not
// be stored: the file's lock says that no other process has one.

var (
	bucketMeta   = []byte("meta")
	bucketItem   = []byte("item")
	bucketPage   = []byte("page")
	bucketLane   = []byte("lane")
	bucketDue    = []byte("due")
	bucketGroup  = []byte("group")
	bucketRobots = []byte("robots")

	keyFormat = []byte("format")
	keyEpoch  = []byte("epoch")
	keyOpen   = []byte("open")
)

const (
	format     = 2
	tokenBits  = 40       // of a token below the epoch
	mapSize    = 64 << 20 // small ones are remapped often, for which readers must pause
	growth     = 2 << 20  // of the file, at a time
	defaultTTL = time.Minute

	// pageSize is of a new file's pages. What a commit takes is the writing of
	// its pages, which stand all over the file: with 8 KB they are a sixth fewer
	// than with 4, as the trees have fewer branches. The free page that stands
	// first in the file is taken first (bbolt's array; its map takes any), so
	// that those that each commit writes anew stay near each other.
	pageSize = 8 << 10
)

// Options of Open.
type Options struct {
	Now func() time.Time // the clock; nil is time.Now
	Log *slog.Logger     // nil discards

	// Gap is how long a group is left alone after a lease that ended without
	// saying when the group may be asked next: completed so, released,
	// expired, or held by a process that died.
	Gap time.Duration

	// Groups names groups that are part of another: what is of "a.example" and
	// "b.example" may be asked as "one-server". Items stand under their own
	// group's name in the file, so that this may change from one Open to the next.
	Groups map[string]string

	// Wait is how long Open waits for another process to let the file go.
	Wait time.Duration
}

// Bolt is a Frontier in one bbolt file, for one process.
type Bolt struct {
	path string
	now  func() time.Time
	log  *slog.Logger
	gap  time.Duration
	part map[string]string // groups that are part of another

	jobs    chan *job
	broken  chan broken
	quit    chan struct{}
	stopped chan struct{}
	closing sync.Once

	dbmu sync.RWMutex // held for reading by whoever uses db
	db   *bbolt.DB

	// mu guards what follows. Only the writer adds or drops lanes and sites, so
	// it may look them up without. Never wait for dbmu's writer side, or
	// for the writer, with mu held.
	mu       sync.Mutex
	lanes    map[uint32]*lane
	sites    map[string]*siteLanes
	groups   map[string]*group
	all      agenda
	lastUsed uint64    // token
	loose    bool      // a lease ended without a stored pause since Open
	rested   time.Time // until then groups rest that are not known to have rested by now
}

var _ Frontier = (*Bolt)(nil)

// Open opens or creates the frontier in a file. A file that cannot be read is
// renamed, which is logged, and an empty one takes its place.
// ErrInUse: another process has it open.
func Open(path string, o Options) (*Bolt, error) {
	b := &Bolt{
		path: path, now: o.Now, log: o.Log, gap: o.Gap, part: o.Groups,
		jobs: make(chan *job), broken: make(chan broken), quit: make(chan struct{}), stopped: make(chan struct{}),
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	db, err := openFile(path, o.Wait)
	if isDamage(err) {
		if err := b.setAside(err); err != nil {
			return nil, err
		}
		db, err = openFile(path, o.Wait)
	}
	if err != nil {
		return nil, fmt.Errorf("open frontier %s: %w", path, err)
	}
	b.db = db
	err = guarded(b.load)
	if isDamage(err) {
		db.Close()
		if err := b.setAside(err); err != nil {
			return nil, err
		}
		if b.db, err = openFile(path, o.Wait); err == nil {
			err = guarded(b.load)
		}
	}
	if err != nil {
		if b.db != nil {
			b.db.Close()
		}
		return nil, fmt.Errorf("open frontier %s: %w", path, err)
	}
	go b.writer()
	return b, nil
}

// load reads lanes and groups, and marks the file as open.
func (b *Bolt) load() error {
	b.lanes, b.sites = map[uint32]*lane{}, map[string]*siteLanes{}
	b.groups, b.all = map[string]*group{}, agenda{}
	return b.db.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketMeta, bucketItem, bucketPage, bucketLane, bucketDue, bucketGroup, bucketRobots} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		meta := tx.Bucket(bucketMeta)
		if f := meta.Get(keyFormat); f != nil && (len(f) != 1 || f[0] != format) {
			return &damage{what: fmt.Sprintf("its format is %d, this program writes %d", f, format), other: true}
		}
		var epoch uint64
		if e := meta.Get(keyEpoch); len(e) == 8 {
			epoch = binary.BigEndian.Uint64(e)
		}
		epoch++
		b.lastUsed = max(b.lastUsed, epoch<<tokenBits)
		died := meta.Get(keyOpen) != nil
		err := errors.Join(
			meta.Put(keyFormat, []byte{format}),
			meta.Put(keyEpoch, binary.BigEndian.AppendUint64(nil, epoch)),
			meta.Put(keyOpen, []byte{1}))
		if err != nil {
			return err
		}
		if err := errors.Join(b.loadGroups(tx), b.loadLanes(tx), dropRobots(tx, b.clock())); err != nil {
			return err
		}
		now := b.clock()
		for _, g := range b.groups {
			if rest := max(b.gap, g.conduct.Delay); died && rest > 0 { // the process before may have asked it a moment ago
				g.next = later(g.next, now.Add(rest))
				b.rested = later(b.rested, g.next)
			}
			b.stir(g)
		}
		return nil
	})
}

func (b *Bolt) loadGroups(tx *bbolt.Tx) error {
	return tx.Bucket(bucketGroup).ForEach(func(k, v []byte) error {
		p, err := decodePauses(v)
		if err != nil {
			return damagef("group %q: %v", k, err)
		}
		g := b.group(string(k))
		if g.name != string(k) { // its own pauses, and those of what it is now part of
			p = g.pauses.with(p)
		} else {
			p = p.with(g.pauses)
		}
		g.pauses = p
		return nil
	})
}

func (b *Bolt) loadLanes(tx *bbolt.Tx) error {
	due := tx.Bucket(bucketDue)
	return tx.Bucket(bucketLane).ForEach(func(k, v []byte) error {
		if len(k) != 4 {
			return damagef("lane %x", k)
		}
		group, site, c, err := decodeLane(v)
		if err != nil {
			return damagef("lane %x: %v", k, err)
		}
		l := b.addLane(binary.BigEndian.Uint32(k), laneName{group, site})
		l.counts = c
		l.head, l.waits = headOf(due, l.id)
		return nil
	})
}

// Close waits for what is being written and lets the file go. Leases end.
func (b *Bolt) Close() error {
	err := ErrClosed
	b.closing.Do(func() {
		close(b.quit)
		<-b.stopped
		b.mu.Lock()
		settled := !b.loose && !b.clock().Before(b.rested) // every group's last request has its pause in the file
		for _, g := range b.groups {
			settled = settled && g.lease == nil
		}
		b.mu.Unlock()
		b.dbmu.Lock()
		defer b.dbmu.Unlock()
		err = guarded(func() error {
			if !settled {
				return nil
			}
			return b.db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Delete(keyOpen) })
		})
		if err != nil {
			err = fmt.Errorf("close frontier: %w", err)
		}
		if cerr := b.db.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("close frontier: %w", cerr)
		}
	})
	return err
}

// clock is the time in the file's precision.
func (b *Bolt) clock() time.Time { return b.now().Round(0).Truncate(time.Microsecond) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
