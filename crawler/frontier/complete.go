package frontier

import (
	"context"
	"fmt"
	"time"

	"pressmark/extract/urlkey"
)

// Complete stores outcomes; see Frontier.
func (b *Bolt) Complete(ctx context.Context, l *Lease, batch Batch) error {
	links := b.name(batch.Links)
	b.mu.Lock()
	g, h, err := b.holder(l)
	if err == nil {
		err = h.covers(batch.Outcomes)
	}
	if err == nil {
		h.busy = true // from here nobody can claim the group until the commit is through
		b.stir(g)
	}
	b.mu.Unlock()
	if err != nil {
		return fmt.Errorf("complete: %w", err)
	}

	err = b.write(ctx, func(t *txn) error {
		if h.lost { // the file was replaced
			return fmt.Errorf("%w: %w", errRefused, ErrLeaseLost)
		}
		now := b.clock()
		for _, o := range batch.Outcomes {
			if err := t.outcome(h.items[o.Page], o, now); err != nil {
				return err
			}
		}
		if _, err := t.discover(links, now); err != nil {
			return err
		}
		p, err := t.pauses(l.Group)
		if err != nil {
			return err
		}
		p.next = batch.NextAllowed.Round(0)
		if p.next.IsZero() {
			p.next = now.Add(b.gap)
		}
		if batch.Conduct != nil {
			p.conduct = batch.Conduct.clone()
		}
		if err := t.pause(l.Group, p); err != nil {
			return err
		}
		t.then(g, func() { g.lease = nil })
		return nil
	})
	if err != nil {
		b.mu.Lock()
		h.busy = false
		if b.groups[l.Group] == g {
			b.stir(g)
		}
		b.mu.Unlock()
		return fmt.Errorf("complete %s: %w", l.Group, err)
	}
	return nil
}

// covers checks that every outcome is of an item that the lease still has.
func (h *held) covers(outcomes []Outcome) error {
	seen := make(map[urlkey.Key]bool, len(outcomes))
	for _, o := range outcomes {
		if _, ok := h.items[o.Page]; !ok || seen[o.Page] {
			return fmt.Errorf("the lease has no item %q, or two outcomes of it", o.Page)
		}
		switch o.Result {
		case Changed, Unchanged, Missing, Failed, Walled, Skipped:
		default:
			return fmt.Errorf("%q: there is no result %q", o.Page, o.Result)
		}
		seen[o.Page] = true
	}
	return nil
}

func (t *txn) outcome(seq uint64, o Outcome, now time.Time) error {
	it, d, ok, err := t.load(seq)
	if err != nil || !ok { // not there: its site was forgotten meanwhile
		return err
	}
	return t.put(seq, d, &it, it.after(o, now))
}

// pauses are those of a group as the transaction has them so far.
func (t *txn) pauses(name string) (pauses, error) {
	raw := t.groups.Get([]byte(name))
	if raw == nil {
		return pauses{}, nil
	}
	p, err := decodePauses(raw)
	if err != nil {
		return pauses{}, damagef("group %q: %v", name, err)
	}
	return p, nil
}
