package ingest

import (
	"bytes"
	"sync"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/memory"
)

// A crawler wants to know of some answers what they show before they are
// captured. They are read again soon, when they are concluded. Most sites'
// memories say nothing of most pages: then the first reading is the second, and
// its article is kept at hand for it.

// What is kept at hand of glances: their bodies together are no more than
// maxGlancedBytes, and they no more than maxGlanced.
const (
	maxGlanced      = 64
	maxGlancedBytes = 8 << 20
)

// glances are articles of captures that nobody has concluded from yet.
type glances struct {
	mu   sync.Mutex
	list []glance // the oldest first
	size int      // of their bodies
}

type glance struct {
	page    extract.Page // with the reading of a memory that knows nothing
	article extract.Article
}

// Glance reads what an answer shows, before it is captured and without what is
// known of its site. Unlike the other methods it waits for none of them, and
// several goroutines may call it at a time.
func (in *Ingester) Glance(c archive.Capture) extract.Article {
	p := in.page(c)
	p.Memory = memory.New().Read(false)
	a := extract.Extract(p)
	in.glances.put(glance{p, a})
	return a
}

func (g *glances) put(x glance) {
	if len(x.page.Body) > maxGlancedBytes/8 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.list = append(g.list, x)
	g.size += len(x.page.Body)
	for len(g.list) > maxGlanced || g.size > maxGlancedBytes {
		g.drop(0)
	}
}

// take gives the article of a page as memory would have it, once, if the page
// was glanced at and memory has nothing to say of it.
func (g *glances) take(p extract.Page) (extract.Article, *memory.Reading, bool) {
	x, found := g.find(p)
	if !found || p.Memory == nil {
		return x.article, nil, found
	}
	r, same := x.page.Memory.Again(p.Memory)
	return x.article, r, same
}

func (g *glances) find(p extract.Page) (glance, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, x := range g.list {
		if q := x.page; q.URL == p.URL && q.Final == p.Final && q.Status == p.Status && q.ContentType == p.ContentType && bytes.Equal(q.Body, p.Body) {
			g.drop(i)
			return x, true
		}
	}
	return glance{}, false
}

func (g *glances) drop(i int) {
	g.size -= len(g.list[i].page.Body)
	copy(g.list[i:], g.list[i+1:])
	g.list[len(g.list)-1] = glance{}
	g.list = g.list[:len(g.list)-1]
}
