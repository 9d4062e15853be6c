package frontier

import (
	"context"
	"fmt"
	"time"

	"pressmark/extract/urlkey"
)

// discoverChunk is how many links are added in one transaction: a sitemap may
// name 50,000, and others want to write meanwhile.
const discoverChunk = 2000

// A found link is one whose page is known.
type found struct {
	Link
	page urlkey.Key
}

// name finds out which pages links name. Those that name none are left out.
func (b *Bolt) name(links []Link) []found {
	named := make([]found, 0, len(links))
	for _, l := range links {
		page, err := urlkey.Of(l.URL)
		if err == nil && l.Group == "" {
			l.Group, err = urlkey.Group(l.URL)
		}
		if err != nil {
			b.log.Debug("a link names no page", "url", l.URL, "via", l.Via, "error", err)
			continue
		}
		if l.Kind == "" {
			l.Kind = Page
		}
		named = append(named, found{Link: l, page: page})
	}
	return named
}

// Discover adds links; see Frontier.
func (b *Bolt) Discover(ctx context.Context, links []Link) (int, error) {
	named := b.name(links)
	total := 0
	for len(named) > 0 {
		n := min(len(named), discoverChunk)
		chunk, added := named[:n], 0
		named = named[n:]
		err := b.write(ctx, func(t *txn) (err error) {
			added, err = t.discover(chunk, b.clock())
			return err
		})
		if err != nil {
			return total, fmt.Errorf("discover: %w", err)
		}
		total += added
	}
	return total, nil
}

func (t *txn) discover(links []found, now time.Time) (added int, err error) {
	for _, l := range links {
		isNew, err := t.discoverOne(l, now)
		if err != nil {
			return added, err
		}
		if isNew {
			added++
		}
	}
	return added, nil
}

func (t *txn) discoverOne(l found, now time.Time) (isNew bool, err error) {
	hash := pageHash(l.page)
	seqs, err := seqsOf(t.page, hash)
	if err != nil {
		return false, err
	}
	seq, it, d, err := t.find(l.page, seqs)
	if err != nil {
		return false, err
	}
	if d != nil {
		if next, changed := it.linked(l.Link, now); changed {
			return false, t.put(seq, d, &it, next)
		}
		return false, nil
	}
	if d, err = t.draftOf(laneName{l.Group, l.Site}); err != nil {
		return false, err
	}
	if seq, err = t.item.NextSequence(); err != nil {
		return false, err
	}
	it = Item{
		URL: l.URL, Page: l.page, Site: l.Site, Via: l.Via, Kind: l.Kind, Group: l.Group,
		Due: l.Due, FirstSeen: now, Published: l.Published, State: Live,
	}
	if it.Due.IsZero() {
		it.Due = now
	}
	if err := t.page.Put(hash, encodeSeqs(append(seqs, seq))); err != nil {
		return false, err
	}
	return true, t.put(seq, d, nil, it)
}
