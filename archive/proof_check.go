package archive

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// A LogFault is a leaf that does not say what the archive holds, or no leaf's fault but the log's.
type LogFault struct {
	Leaf    int64 // -1 for the log itself
	Op      Op
	Seq     Seq
	URL     string // as far as it is known
	Version int
	Problem string
}

// A LogCheck is what CheckLog found.
type LogCheck struct {
	LogRoot                       // all of it, made anew of the leaves
	Roots     map[int64]tlog.Hash // at the sizes that were asked for, as far as the log goes
	Compared  int64               // leaves whose capture or version is as it was
	Bodies    int                 // read, and compared with their SHA-256
	Pruned    int64               // leaves whose capture or text the rules of keeping took out since
	TakenDown int64               // leaves of what was taken down
	Redrawn   int64               // leaves of versions that were dropped by a reextract
	Faults    []LogFault
}

// maxFaults bounds what is told one by one.
const maxFaults = 1000

// CheckLog looks whether the captures and versions are what the log says of
// them, every body and text included, and makes the roots of the tree anew, at
// these sizes and the log's own. It names what is not so. The error is for
// being unable to look.
func (s *Store) CheckLog(ctx context.Context, sizes []int64, progress func(done, total int64)) (LogCheck, error) {
	k := &logChecker{s: s, LogCheck: LogCheck{Roots: map[int64]tlog.Hash{}}}
	err := s.View(func(tx *Tx) (err error) {
		if k.head, err = tx.logHead(); err == nil {
			k.reset, err = tx.lastReset()
		}
		return err
	})
	if err != nil || k.head.secret == nil {
		return k.LogCheck, err
	}
	k.Origin = k.head.origin()
	if slices.Contains(sizes, 0) {
		k.Roots[0], _ = tlog.TreeHash(0, nil)
	}
	for k.Size < k.head.size {
		if err := ctx.Err(); err != nil {
			return k.LogCheck, err
		}
		if err := s.View(k.block); err != nil {
			return k.LogCheck, fmt.Errorf("check the log: %w", err)
		}
		for _, l := range k.leaves {
			if made := k.tree.add(l.hash); l.hash != (tlog.Hash{}) && !slices.Equal(made, l.stored[1:]) {
				k.fault(LogFault{Leaf: k.Size, Op: l.op, Seq: l.seq, Problem: "the inner hashes of the log do not follow from its leaves"})
			}
			k.Size++
			if slices.Contains(sizes, k.Size) {
				k.Roots[k.Size] = k.tree.root()
			}
			if l.op == OpCapture && l.compare {
				k.body(l.seq)
			}
		}
		if len(k.leaves) < logBlock && k.Size < k.head.size {
			k.fault(LogFault{Leaf: -1, Problem: fmt.Sprintf("the log's list of leaves ends at %d of %d", k.Size, k.head.size)})
			break
		}
		if progress != nil {
			progress(k.Size, k.head.size)
		}
	}
	k.Root = k.tree.root()
	return k.LogCheck, nil
}

type checkedLeaf struct {
	leafPlace
	hash    tlog.Hash
	stored  []tlog.Hash // with it, and behind it those of the trees that it completes
	compare bool        // it is there, and as it was
}

type logChecker struct {
	s      *Store
	head   logHead
	reset  Seq // versions before it were dropped
	tree   logTree
	leaves []checkedLeaf
	LogCheck
}

func (k *logChecker) fault(f LogFault) {
	if len(k.Faults) < maxFaults {
		k.Faults = append(k.Faults, f)
	}
}

// block looks at the leaves of the next block.
func (k *logChecker) block(tx *Tx) error {
	k.leaves = k.leaves[:0]
	places, err := tx.leafBlock(uint64(k.Size) / logBlock)
	if err != nil {
		k.fault(LogFault{Leaf: -1, Problem: err.Error()})
		return nil
	}
	hashes := tx.logHashes()
	places = places[:min(int64(len(places)), k.head.size-k.Size)]
	for i, p := range places {
		n := k.Size + int64(i)
		var indexes []int64
		for x := tlog.StoredHashCount(n); x < tlog.StoredHashCount(n+1); x++ {
			indexes = append(indexes, x)
		}
		l := checkedLeaf{leafPlace: p}
		if l.stored, err = hashes.ReadHashes(indexes); err != nil {
			k.fault(LogFault{Leaf: n, Op: p.op, Seq: p.seq, Problem: err.Error()})
		} else {
			l.hash = l.stored[0]
			l.compare = k.compare(tx, n, &l)
		}
		k.leaves = append(k.leaves, l)
	}
	return nil
}

// compare makes a leaf anew, and looks whether the log has the same.
func (k *logChecker) compare(tx *Tx, n int64, l *checkedLeaf) bool {
	f := LogFault{Leaf: n, Op: l.op, Seq: l.seq}
	leaf, err := tx.leafAt(&k.head, l.op, l.seq)
	f.Version = leaf.Version
	if leaf.Page != "" {
		f.URL = string(leaf.Page)
		if p, ok, err := tx.Page(leaf.Page); err == nil && ok {
			f.URL = p.URL
		}
	}
	switch {
	case err == nil && tlog.RecordHash(leaf.Data) == l.hash:
		k.Compared++
		return true
	case err == nil:
		f.Problem = "it is not what it was when it was entered into the log"
	case errors.Is(err, errGone):
		k.gone(tx, l)
		return false
	case errors.Is(err, ErrNoSuch):
		why, err := tx.voided(l.seq)
		switch {
		case err != nil:
			f.Problem = err.Error()
		case l.op == OpVersion && l.seq < k.reset:
			k.Redrawn++
			return false
		case why == Pruned:
			k.Pruned++
			return false
		case why == TakenDown:
			k.TakenDown++
			return false
		default:
			f.Problem = "it is no longer there, and nothing says that it was taken down or pruned"
		}
	default:
		f.Problem = err.Error()
	}
	k.fault(f)
	return false
}

// gone counts a leaf of what is there without what the leaf speaks of.
func (k *logChecker) gone(tx *Tx, l *checkedLeaf) {
	if l.op == OpVersion {
		if e, found, err := tx.entry(l.seq); err == nil && found {
			if v, err := tx.Brief(VersionID{e.Page, e.Version}); err == nil && v.Erased == Pruned {
				k.Pruned++
				return
			}
		}
	}
	k.TakenDown++
}

// body looks whether the body of a capture is that of its SHA-256.
func (k *logChecker) body(seq Seq) {
	head, err := k.s.CaptureHead(seq)
	if err != nil || head.Erased != "" {
		return // it went in this moment, or long ago
	}
	f := LogFault{Leaf: -1, Op: OpCapture, Seq: seq, URL: head.URL}
	if head.RevisitOf != 0 { // the body is looked at where it is kept
		holder, err := k.s.CaptureHead(head.RevisitOf)
		switch {
		case errors.Is(err, ErrNoSuch) || err == nil && holder.Digest != head.Digest && holder.Erased == "":
			f.Problem = fmt.Sprintf("it is said to have the body of capture %d, which is another", head.RevisitOf)
			k.fault(f)
		}
		return
	}
	c, err := k.s.Capture(seq)
	k.Bodies++
	switch {
	case errors.Is(err, ErrNoSuch), errors.Is(err, ErrErased):
		return
	case err != nil:
		f.Problem = err.Error()
	case sha256.Sum256(c.Body) != head.Digest:
		f.Problem = "the body is not that of its SHA-256"
	default:
		return
	}
	k.fault(f)
}

// entry gives an entry of the journal.
func (tx *Tx) entry(seq Seq) (e Entry, found bool, err error) {
	content, found, err := tx.content(bucketJournal, number(uint64(seq)), kindEntry, nil)
	if err != nil || !found {
		return e, false, err
	}
	if e, err = readEntry(seq, content); err != nil {
		return e, false, fmt.Errorf("journal entry %d: %w", seq, damaged(err))
	}
	return e, true, nil
}

// lastReset gives the place of the last reset in the journal, with which what
// is left of the journal begins; 0 when there was none.
func (tx *Tx) lastReset() (at Seq, err error) {
	var first []byte
	if err := tx.access(func() error {
		first, _ = tx.bucket(bucketJournal).Cursor().First()
		first = slices.Clone(first)
		return nil
	}); err != nil || first == nil {
		return 0, err
	}
	e, found, err := tx.entry(Seq(numberOf(first)))
	if err == nil && found && e.Op == OpReset {
		at = e.Seq
	}
	return at, err
}

// A logTree makes the root of a tree of leaves that come one after another.
type logTree struct {
	n    int64
	left []tlog.Hash // roots of whole trees, the greatest first
}

// add gives the roots of the trees that the leaf completes.
func (t *logTree) add(h tlog.Hash) (whole []tlog.Hash) {
	for n := t.n; n&1 == 1; n >>= 1 {
		h = tlog.NodeHash(t.left[len(t.left)-1], h)
		t.left = t.left[:len(t.left)-1]
		whole = append(whole, h)
	}
	t.left = append(t.left, h)
	t.n++
	return whole
}

func (t *logTree) root() tlog.Hash {
	if t.n == 0 {
		h, _ := tlog.TreeHash(0, nil)
		return h
	}
	h := t.left[len(t.left)-1]
	for i := len(t.left) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.left[i], h)
	}
	return h
}
