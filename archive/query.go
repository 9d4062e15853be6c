package archive

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"pressmark/extract/urlkey"
)

// A Filter chooses. Its zero value chooses everything, in the order of arrival.
type Filter struct {
	Site         string      // pages, versions and changes of the site; stories and runs with a part in it
	Page         urlkey.Key  // versions and changes of the page
	Since, Until time.Time   // after Since and not after Until: FirstSeen of pages and versions, Before of changes, Started of runs, Seen of one of a story's members
	Language     string      // pages (by their latest version) and versions: "en" takes "en-GB" too
	States       []PageState // pages
	After        Seq         // versions and changes that came into the journal after it
	Run          RunID       // changes
	Limit        int         // 0 means no limit
	Newest       bool        // latest arrival first
}

// within reports whether a moment is in the span.
func (f *Filter) within(t time.Time) bool {
	return (f.Since.IsZero() || t.After(f.Since)) && (f.Until.IsZero() || !t.After(f.Until))
}

// recordName says what stands under a key, for people.
func recordName(bucket string, key []byte) string {
	switch bucket {
	case bucketCaptures:
		return fmt.Sprintf("capture %d", numberOf(key))
	case bucketVersions, bucketTexts, bucketSketches:
		page, n := versionOf(key)
		return fmt.Sprintf("%s of page %d, number %d", bucket[:len(bucket)-1], page, n)
	case bucketPages, bucketSightings, bucketChanges, bucketRuns:
		return fmt.Sprintf("%s %d", bucket[:len(bucket)-1], numberOf(key))
	case bucketStories:
		return fmt.Sprintf("story %d", numberOf(key))
	case bucketJournal:
		return fmt.Sprintf("journal entry %d", numberOf(key))
	case bucketVolumes:
		return fmt.Sprintf("volume %d", numberOf(key))
	case bucketDicts:
		return fmt.Sprintf("dictionary %d", numberOf(key))
	case bucketTombstone:
		return fmt.Sprintf("tombstone %d", numberOf(key))
	case bucketDecisions:
		return fmt.Sprintf("decision %d", numberOf(key))
	case bucketBodies:
		return fmt.Sprintf("body of capture %d", numberOf(key))
	case bucketFiled:
		return fmt.Sprintf("filed document %d", numberOf(key))
	case bucketMemory:
		return fmt.Sprintf("memory of %s", key)
	case bucketMeta, bucketCursor, bucketStory:
		return fmt.Sprintf("%s %q", bucket, key)
	}
	return fmt.Sprintf("%s %x", bucket, key)
}

// Pages gives pages, in the order in which they were first captured; those that
// are only another address of one when the filter names their state. Here as
// in the other queries a record that can't be read is given as an error, and
// the next ones follow.
func (s *Store) Pages(ctx context.Context, f Filter) iter.Seq2[Page, error] {
	return scan(ctx, s, scanOf[Page]{bucket: bucketPages, newest: f.Newest, limit: f.Limit, read: func(tx *Tx, key, v []byte) (Page, bool, error) {
		content, err := tx.unframe(key, v, kindPage, nil)
		if err != nil {
			return Page{}, false, err
		}
		p, err := readPage(content)
		if err != nil || f.Site != "" && p.Site != f.Site || !f.within(p.FirstSeen) ||
			p.SameAs != "" && len(f.States) == 0 || len(f.States) > 0 && !slices.Contains(f.States, p.State) {
			return p, false, err
		}
		if f.Language != "" {
			if p.Head == 0 {
				return p, false, nil
			}
			head, err := tx.version(numberOf(key), p.Head)
			return p, speaks(head.language, f.Language), err
		}
		return p, true, nil
	}})
}

// Versions gives versions whole, in the order of arrival, or by number when
// the filter names a page.
func (s *Store) Versions(ctx context.Context, f Filter) iter.Seq2[Version, error] {
	w := scanOf[Version]{bucket: bucketDoc, newest: f.Newest, limit: f.Limit}
	w.read = func(tx *Tx, key, v []byte) (Version, bool, error) {
		at := v
		if f.Page != "" {
			at = key
		}
		page, n := versionOf(at)
		b, err := tx.version(page, n)
		if err != nil || f.Site != "" && b.Site != f.Site || !f.within(b.FirstSeen) || b.seq <= uint64(f.After) ||
			f.Language != "" && !speaks(b.language, f.Language) {
			return Version{}, false, err
		}
		whole, err := tx.complete(page, &b)
		return whole, true, err
	}
	if f.Page == "" {
		return scan(ctx, s, w)
	}
	return ofPage(ctx, s, f.Page, bucketVersions, w)
}

// Changes gives changes in the order of the journal.
func (s *Store) Changes(ctx context.Context, f Filter) iter.Seq2[Change, error] {
	choose := func(key, content []byte) (Change, bool, error) {
		c, err := readChange(Seq(numberOf(key)), content)
		return c, (f.Site == "" || c.Site == f.Site) && f.within(c.Before) && c.Seq > f.After && (f.Run == 0 || c.Run == f.Run), err
	}
	w := scanOf[Change]{bucket: bucketChanges, newest: f.Newest, limit: f.Limit}
	if f.Page == "" {
		if !f.Newest && f.After > 0 {
			w.from = number(uint64(f.After) + 1)
		}
		w.read = func(tx *Tx, key, v []byte) (Change, bool, error) {
			content, err := tx.unframe(key, v, kindChange, nil)
			if err != nil {
				return Change{}, false, err
			}
			return choose(key, content)
		}
		return scan(ctx, s, w)
	}
	w.read = func(tx *Tx, key, _ []byte) (Change, bool, error) {
		content, found, err := tx.content(bucketChanges, key[8:], kindChange, nil)
		if err == nil && !found {
			err = fmt.Errorf("%w: change %d is not there", ErrDamaged, numberOf(key[8:]))
		}
		if err != nil {
			return Change{}, false, err
		}
		return choose(key[8:], content)
	}
	return ofPage(ctx, s, f.Page, bucketChange, w)
}

// ofPage walks the part of a bucket that belongs to a page.
func ofPage[T any](ctx context.Context, s *Store, key urlkey.Key, bucket string, w scanOf[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var page uint64
		err := s.View(func(tx *Tx) (err error) {
			page, err = tx.pageNumber(key)
			return err
		})
		if err != nil {
			var none T
			yield(none, err)
			return
		}
		if page == 0 {
			return
		}
		w.bucket, w.prefix = bucket, number(page)
		scan(ctx, s, w)(yield)
	}
}

// Stories gives stories in the order in which they were founded.
func (s *Store) Stories(ctx context.Context, f Filter) iter.Seq2[Story, error] {
	return scan(ctx, s, scanOf[Story]{bucket: bucketStories, newest: f.Newest, limit: f.Limit, read: func(tx *Tx, key, v []byte) (Story, bool, error) {
		content, err := tx.unframe(key, v, kindStory, nil)
		if err != nil {
			return Story{}, false, err
		}
		story, err := readStory(content)
		inSite := f.Site == "" || slices.ContainsFunc(story.Members, func(m Member) bool { return m.Site == f.Site })
		inSpan := f.Since.IsZero() && f.Until.IsZero() || slices.ContainsFunc(story.Members, func(m Member) bool { return f.within(m.Seen) })
		return story, inSite && inSpan, err
	}})
}

// SightingsOfRun gives what became of a run's captures, in their order.
func (s *Store) SightingsOfRun(ctx context.Context, run RunID) iter.Seq2[Sighting, error] {
	return scan(ctx, s, scanOf[Sighting]{bucket: bucketRun, prefix: number(uint64(run)), read: func(tx *Tx, key, _ []byte) (Sighting, bool, error) {
		x, found, err := tx.Sighting(Seq(numberOf(key[8:])))
		if err == nil && !found {
			err = fmt.Errorf("%w: sighting %d is not there", ErrDamaged, numberOf(key[8:]))
		}
		return x, found, err
	}})
}
