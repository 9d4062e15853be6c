package crawler

import (
	"context"
	"iter"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/crawler/discover"
)

// Pages is what an Archive may offer besides: what its pages turned out to be,
// by which the links of section pages are judged.
type Pages interface {
	Pages(context.Context, archive.Filter) iter.Seq2[archive.Page, error]
}

const (
	learnFrom  = 20_000    // of the archive's latest pages
	learnAgain = time.Hour // until what came meanwhile is learned
)

// lessons are what was learned of the sites' addresses.
type lessons struct {
	mu sync.Mutex
	of map[string]*discover.Shapes // by site
	at time.Time
}

// lesson is what is known of a site's addresses. It is computed from the
// archive, which outlasts everything, the first time that a section page is read
// and from time to time after that.
func (c *Crawler) lesson(ctx context.Context, site string) *discover.Shapes {
	from, ok := c.o.Archive.(Pages)
	if !ok {
		return nil
	}
	l := &c.lessons
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := c.o.Now(); l.of == nil || now.Sub(l.at) >= learnAgain {
		l.of, l.at = map[string]*discover.Shapes{}, now
		for p, err := range from.Pages(ctx, archive.Filter{Newest: true, Limit: learnFrom}) {
			if err != nil {
				continue // one page less to learn from
			}
			article, told := turnedOut(p)
			if !told {
				continue
			}
			s := l.of[p.Site]
			if s == nil {
				s = discover.NewShapes()
				l.of[p.Site] = s
			}
			s.Learn(p.URL, article)
		}
	}
	return l.of[site]
}

// turnedOut says whether a page is an article, if that is known. A wall or an
// error says nothing about what stands behind it.
func turnedOut(p archive.Page) (article, told bool) {
	switch p.State {
	case archive.Live, archive.Withdrawn, archive.Cut, archive.Doubted:
		return true, true
	case archive.NoArticle:
		return p.Head > 0, true
	}
	return false, false
}
