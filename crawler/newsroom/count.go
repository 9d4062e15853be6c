package newsroom

import "time"

// A Count is what one crawl of one paper, or of all, should report, provided
// that it asks for every article that is listed or that it knows already, once,
// and that the earlier crawls did so too. Home pages, sections, mastheads,
// feeds, robots.txt and URLs that redirect come on top.
type Count struct {
	At        time.Time
	Paper     string // "" for all papers together
	Down      bool   // the paper answers 503 throughout: nothing is learnt of it
	Pages     int    // articles asked for
	New       int    // first versions
	Changed   int    // further versions
	Same      int    // 200 with other bytes and the same text: only furniture changed
	Unchanged int    // 304
	Withdrawn int    // 410, for the first time since the article was there
	Restored  int    // an article that was withdrawn is back with the same text
	StillGone int    // 410 again
	Walls     int    // a consent wall in place of the article
	Robots    int    // listed, but left out because robots.txt forbids them; not among Pages
	Outside   int    // listed, but leading to a host out of scope; not among Pages
	Notices   int    // cookie notices on the articles' pages that were sent whole
}

// add sums up.
func (c *Count) add(o Count) {
	c.Pages += o.Pages
	c.New += o.New
	c.Changed += o.Changed
	c.Same += o.Same
	c.Unchanged += o.Unchanged
	c.Withdrawn += o.Withdrawn
	c.Restored += o.Restored
	c.StillGone += o.StillGone
	c.Walls += o.Walls
	c.Robots += o.Robots
	c.Outside += o.Outside
	c.Notices += o.Notices
}

// Expect says what crawls at these instants should count: for each instant
// one Count a paper, in the order of Papers, and one for all together.
func (r *Room) Expect(crawls []time.Time) [][]Count {
	r.mu.RLock()
	defer r.mu.RUnlock()
	seen := map[string]*sighting{}
	var all [][]Count
	for _, now := range crawls {
		var row []Count
		total := Count{At: now}
		for _, p := range r.papers {
			c := r.expect(p, now, seen)
			total.add(c)
			row = append(row, c)
		}
		all = append(all, append(row, total))
	}
	return all
}

// A sighting is what an imagined crawler remembers of a page.
type sighting struct {
	version *edition // the latest text
	page    string   // entity tag of the latest body; "" when none is remembered
	gone    bool
}

func (r *Room) expect(p *paper, now time.Time, seen map[string]*sighting) Count {
	c := Count{At: now, Paper: p.Name}
	if o := p.outage; !now.Before(o.From) && now.Before(o.To) {
		c.Down = true
		return c
	}
	if p == r.papers[0] {
		c.Outside = 1
	}
	for _, a := range p.articles {
		e := a.at(now)
		s := seen[a.id]
		switch {
		case e == nil || e.kind == Gone && s == nil:
			continue // listed nowhere
		case a.disallowed:
			c.Robots++
			continue
		case s == nil:
			s = &sighting{}
			seen[a.id] = s
		}
		c.Pages++
		if e.kind != Live {
			c.absent(e, s)
			continue
		}
		d, err := r.page(a, e, now)
		if err != nil {
			r.log.Error("newsroom", "article", a.id, "err", err)
			continue
		}
		c.present(a, e, s, etag(d.body))
	}
	return c
}

// absent counts a page that holds no article.
func (c *Count) absent(e *edition, s *sighting) {
	s.page = ""
	switch {
	case e.kind == Wall:
		c.Walls++
	case s.gone:
		c.StillGone++
	default:
		c.Withdrawn++
		s.gone = true
	}
}

// present counts an article's page.
func (c *Count) present(a *article, e *edition, s *sighting, page string) {
	if s.page == page {
		c.Unchanged++
		return
	}
	notices, _ := a.notices(e)
	for _, n := range notices {
		if n.place != "embed" {
			c.Notices++
		}
	}
	switch {
	case s.version == nil:
		c.New++
	case !e.sameText(*s.version):
		c.Changed++
	case s.gone:
		c.Restored++
	default:
		c.Same++
	}
	s.version, s.page, s.gone = e, page, false
}
