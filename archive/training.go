package archive

import (
	"context"
	"errors"
	"sync"
	"time"

	"pressmark/extract/urlkey"
)

// Training makes dictionaries while captures come in, beside the writer: one
// goroutine hears of each capture, keeps in mind the last pages of each site,
// and now and then makes a dictionary of them. A new one is kept when it would
// have saved more on the pages seen so far than it takes itself. What it does
// not hear because it is at work it does without.
type training struct {
	s     *Store
	heard chan any // lesson or a question of settle
	quit  chan struct{}
	ended chan struct{}
	stop  sync.Once

	sites map[string]*pupil
	house pupil             // the pages of all sites, one of each
	rest  time.Time         // until when nothing is tried
	texts map[string]*pupil // by language, "" being all others; nil until one is heard
}

// A lesson is what training hears of a capture.
type lesson struct {
	page  urlkey.Key
	seq   Seq
	whole bool    // its body is a page, and no delta
	ratio float64 // of its length, what it takes
}

// A pupil is a site that learns.
type pupil struct {
	pages    []lesson // of the last pages, no page twice
	seen     int      // pages that were stored whole
	captures int      // all
	next     int      // seen, when to try again
	tried    int      // seen, when it was last tried
	learned  float64  // the ratio when a dictionary was last made
	ratio    float64  // of late
}

const (
	minPages   = 6  // of a site, before the first dictionary is tried
	maxPages   = 10 // that one is made of, with those it is tried on
	trialPages = 2  // that it is tried on
	maxSample  = 192 << 10
	maxSites   = 20_000 // that are kept in mind
	recallable = 2_000  // captures that are looked at when an archive is opened
	worse      = 1.25   // times the ratio: the site has a new face

	houseSites  = 24 // of one page each, that the house's dictionary is made of
	houseFirst  = 6  // before it is first tried: until there is one every page waits for it
	houseTrials = 6  // at most; a quarter
	houseSample = 64 << 10
)

func (s *Store) train() *training {
	t := &training{s: s, heard: make(chan any, 1024), quit: make(chan struct{}), ended: make(chan struct{}), sites: map[string]*pupil{}}
	go t.run()
	return t
}

// hear tells of a capture that was stored.
func (t *training) hear(p *plan) {
	l := lesson{page: p.Page, seq: p.Seq, whole: p.volume != 0 && p.depth == 0 && isPage(p.Body)}
	if l.whole {
		l.ratio = float64(len(p.body.payload)) / float64(max(1, p.size))
	}
	select {
	case t.heard <- l:
	default:
	}
}

// settle waits until all that was heard is dealt with.
func (t *training) settle() {
	done := make(chan struct{})
	select {
	case t.heard <- done:
	case <-t.ended:
		return
	}
	select {
	case <-done:
	case <-t.ended:
	}
}

// end stops training and waits for it.
func (t *training) end() {
	t.stop.Do(func() { close(t.quit) })
	<-t.ended
}

func (t *training) run() {
	defer close(t.ended)
	first := true
	for {
		select {
		case <-t.quit:
			return
		case x := <-t.heard:
			switch x := x.(type) {
			case chan struct{}:
				t.rest = time.Time{} // who asks waits anyway
				close(x)
			case textLesson:
				t.learnText(x)
			case lesson:
				if first {
					t.recall(x.seq)
					first = false
				}
				t.learn(x)
			}
		}
	}
}

// recall brings back to mind what came in before the archive was opened.
func (t *training) recall(before Seq) {
	var list []lesson
	err := t.s.View(func(tx *Tx) error {
		return tx.access(func() error {
			c := tx.bucket(bucketCaptures).Cursor()
			c.Seek(number(uint64(before)))
			for key, v := c.Prev(); key != nil && len(list) < recallable; key, v = c.Prev() {
				content, err := tx.unframe(key, v, kindCapture, nil)
				if err != nil {
					continue
				}
				if c, err := readCapture(Seq(numberOf(key)), content); err == nil {
					list = append(list, lesson{page: c.Page, seq: c.Seq, whole: c.volume != 0 && c.depth == 0})
				}
			}
			return nil
		})
	})
	if err != nil {
		return // there will be new ones
	}
	for i := len(list) - 1; i >= 0; i-- {
		t.remember(list[i])
	}
}

// remember keeps a capture in mind, with its site.
func (t *training) remember(l lesson) *pupil {
	name := siteOf(l.page)
	site := t.sites[name]
	if site == nil {
		if len(t.sites) >= maxSites {
			for other := range t.sites { // any; it is soon known again
				delete(t.sites, other)
				break
			}
		}
		site = &pupil{next: minPages}
		t.sites[name] = site
	}
	site.captures++
	if !l.whole {
		return site
	}
	site.see(l, maxPages, func(a, b urlkey.Key) bool { return a == b })
	if t.s.dicts.use(forBodies, name) == 0 {
		if t.house.next == 0 {
			t.house.next = houseFirst
		}
		t.house.see(l, houseSites, func(a, b urlkey.Key) bool { return siteOf(a) == siteOf(b) })
	}
	return site
}

// see puts a page among the last ones.
func (p *pupil) see(l lesson, most int, same func(a, b urlkey.Key) bool) {
	p.seen++
	if l.ratio > 0 {
		if p.ratio == 0 {
			p.ratio = l.ratio
		}
		p.ratio += (l.ratio - p.ratio) / 8
	}
	for i, old := range p.pages {
		if same(old.page, l.page) {
			p.pages = append(p.pages[:i], p.pages[i+1:]...)
			break
		}
	}
	if len(p.pages) == most {
		p.pages = append(p.pages[:0], p.pages[1:]...)
	}
	p.pages = append(p.pages, l)
}

// learn trains when it is time to.
func (t *training) learn(l lesson) {
	site := t.remember(l)
	if !l.whole {
		return
	}
	name := siteOf(l.page)
	if t.due(&t.house, "", houseSites) { // which most need
		t.try(&t.house, "", min(max(1, len(t.house.pages)/4), houseTrials), houseSample)
	}
	if t.due(site, name, minPages) {
		t.try(site, name, trialPages, maxSample)
	}
}

// due reports whether a dictionary should be tried.
func (t *training) due(p *pupil, site string, least int) bool {
	if len(p.pages) < min(least, p.next) || p.next == 0 || time.Now().Before(t.rest) && (p != &t.house || p.tried > 0) {
		return false // but the house's first is waited for by every page
	}
	if p.learned > 0 && t.s.dicts.use(forBodies, site) == 0 && p.seen >= p.tried+least { // it was taken away
		return true
	}
	return p.seen >= p.next || p.learned > 0 && p.seen >= p.tried+maxPages && p.ratio > worse*p.learned
}

// try makes the dictionaries of a site, and keeps those that pay.
func (t *training) try(p *pupil, site string, trials, sample int) {
	defer t.tired(time.Now())
	p.tried = p.seen
	p.next = p.seen + max(2, p.seen/2)
	m, err := t.material(p.pages, site)
	if err != nil || len(m.bodies) < trials+3 {
		return
	}
	keep := m.bodyDictionary(site, trials, sample, p.seen)
	var made []*storedDictionary
	if keep != nil {
		made = append(made, keep)
	}
	if d := m.recordDictionary(site, trials, max(p.captures, p.seen)); d != nil {
		made = append(made, d)
	}
	if len(made) == 0 {
		return
	}
	if t.keep(made) && keep != nil {
		p.learned = p.ratio
	}
}

// tired lets training rest: it takes a tenth of the time of one processor at
// most, a twentieth when captures come in faster than they can be packed well.
// What was due is so afterwards.
func (t *training) tired(since time.Time) {
	rest := 9 * time.Since(since)
	if t.s.pack.pace.hasty() {
		rest *= 2
	}
	t.rest = time.Now().Add(rest)
}

// keep stores dictionaries and lets them be used.
func (t *training) keep(made []*storedDictionary) bool {
	err := t.s.Update(context.Background(), func(tx *Tx) error {
		for _, d := range made {
			if err := tx.putDictionary(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		if !errors.Is(err, ErrClosed) {
			t.s.o.Log.Warn("a dictionary was made and can't be kept", "error", err)
		}
		return false
	}
	for _, d := range made {
		t.s.dicts.adopt(d)
		t.s.o.Log.Debug("a dictionary is made", "dictionary", d.id, "use", d.use, "site", d.site, "bytes", len(d.content))
	}
	return true
}
