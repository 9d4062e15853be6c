package archive

import (
	"context"
	"errors"
	"slices"
	"time"
)

// findByPage finds what the rules don't keep of pages' histories.
func (g *prunable) findByPage(ctx context.Context) error {
	var at uint64 // the page looked at last
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		more := false
		err := g.s.View(func(tx *Tx) error {
			pages, err := tx.pagesBehind(at, chunkItems)
			if err != nil {
				return err
			}
			for _, page := range pages {
				at, more = page, true
				if err := g.findInPage(tx, page); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || !more {
			return err
		}
	}
}

// pagesBehind gives the numbers of some captured pages, in order.
func (tx *Tx) pagesBehind(at uint64, most int) (list []uint64, err error) {
	err = tx.access(func() error {
		c := tx.bucket(bucketCapture).Cursor()
		for len(list) < most {
			key, _ := c.Seek(number(at + 1))
			if key == nil {
				return nil
			}
			at = numberOf(key)
			list = append(list, at)
		}
		return nil
	})
	return list, err
}

func (g *prunable) findInPage(tx *Tx, page uint64) error {
	head, err := tx.head(page)
	if err != nil {
		return err
	}
	var versions []storedVersion
	pinned := map[Seq]bool{} // captures that versions speak of
	for n := 1; n <= head; n++ {
		v, err := tx.version(page, n)
		if unreadable(err) {
			return nil // nothing is pruned of a page that is damaged
		}
		if err != nil {
			return err
		}
		versions = append(versions, v)
		pinned[v.First], pinned[v.Last] = true, true
	}
	if err := g.findTexts(tx, page, versions); err != nil {
		return err
	}
	if err := tx.pinElsewhere(page, pinned); err != nil {
		if unreadable(err) {
			return nil
		}
		return err
	}
	return g.findLooks(tx, page, pinned)
}

// findTexts finds the versions that are to go without their texts.
func (g *prunable) findTexts(tx *Tx, page uint64, versions []storedVersion) error {
	if len(versions) < 3 {
		return nil
	}
	k := g.rule(versions[len(versions)-1].Site)
	if k.Versions == "" || k.Versions == KeepAll {
		return nil
	}
	graded := map[int]bool{}
	if k.Versions == KeepGraded {
		changes, err := tx.changesOf(page, 0)
		if err != nil {
			return err
		}
		for _, seq := range changes {
			c, err := tx.change(seq)
			if unreadable(err) {
				return nil
			}
			if err != nil {
				return err
			}
			graded[c.To.N] = graded[c.To.N] || c.Diff.Grade >= 2
		}
	}
	for _, v := range versions[1 : len(versions)-1] {
		if v.Erased != "" || graded[v.ID.N] || v.LastSeen.After(g.now.Add(-k.Texts)) {
			continue
		}
		x := prunableText{page: page, n: v.ID.N, site: v.Site}
		if err := tx.access(func() error {
			x.stored = int64(len(tx.bucket(bucketTexts).Get(versionKey(page, v.ID.N))))
			return nil
		}); err != nil {
			return err
		}
		g.texts = append(g.texts, x)
	}
	return nil
}

// findLooks finds captures that found nothing new. The last of each day stays,
// and the last before anything else was found: a change lies behind it.
func (g *prunable) findLooks(tx *Tx, page uint64, pinned map[Seq]bool) error {
	type look struct {
		prunableLook
		day  string
		thin bool
	}
	var looks []look
	var later *look // the next capture, for they come latest first
	err := tx.eachBack(page, func(seq Seq, _ uint64) (bool, error) {
		x := look{prunableLook: prunableLook{page: page, seq: seq}}
		c, err := tx.capture(seq)
		if err == nil {
			x.site = c.Site
			d := g.rule(c.Site).Unchanged
			x.thin = d > 0 && c.RevisitOf != 0 && !pinned[seq] && c.FetchedAt.Before(g.now.Add(-d))
			x.day = c.FetchedAt.UTC().Format(time.DateOnly)
		}
		if errors.Is(err, ErrDamaged) {
			err = nil
		}
		if err == nil && x.thin {
			var s Sighting
			var found bool
			s, found, err = tx.Sighting(seq)
			x.thin, x.run = found && s.Outcome == Unchanged, s.Run
			if unreadable(err) {
				err, x.thin = nil, false
			}
		}
		if x.thin && later != nil && later.thin && later.day == x.day {
			looks = append(looks, x)
		}
		later = &x
		return true, err
	})
	slices.Reverse(looks)
	for _, x := range looks {
		g.unchanged = append(g.unchanged, x.prunableLook)
	}
	return err
}
