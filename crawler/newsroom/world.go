package newsroom

import "slices"

// Truth is what is right at every instant, the visitors' edits so far
// included. It is for after Start, since it names addresses.
func (r *Room) Truth() Truth {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var t Truth
	stories := map[string]*Story{}
	var names []string
	for _, p := range r.papers {
		if !p.outage.From.IsZero() {
			t.Outages = append(t.Outages, p.outage)
		}
		for _, a := range p.articles {
			t.Pages = append(t.Pages, r.truePage(a))
			t.Edits = append(t.Edits, a.edits()...)
			if a.old != "" {
				t.Redirects = append(t.Redirects, Redirect{From: p.base + a.old, To: a.url(), Status: 301})
			}
			if a.tracked != "" {
				t.Redirects = append(t.Redirects, Redirect{From: p.base + a.tracked, To: a.url(), Status: 302})
			}
			if o := r.all[a.apart]; o != nil && a.id < o.id {
				t.Apart = append(t.Apart, Pair{A: a.url(), B: o.url(), Why: "two newsrooms on one event"})
			}
			if a.story == "" {
				continue
			}
			if stories[a.story] == nil {
				stories[a.story] = &Story{Name: a.story}
				names = append(names, a.story)
			}
			s := stories[a.story]
			s.Members = append(s.Members, Member{URL: a.url(), Relation: a.relation, From: a.editions[0].at})
		}
	}
	t.Redirects = append(t.Redirects, Redirect{From: r.papers[0].base + "/out/spring-sale", To: r.shop + "/spring-sale", Status: 302, Outside: true})
	slices.SortStableFunc(t.Edits, func(a, b Edit) int { return a.At.Compare(b.At) })
	for _, name := range names {
		s := stories[name]
		slices.SortStableFunc(s.Members, func(a, b Member) int { return a.From.Compare(b.From) })
		t.Stories = append(t.Stories, *s)
	}
	return t
}

// edits are the article's changes that a reader would call so.
func (a *article) edits() []Edit {
	var all []Edit
	for _, e := range a.editions {
		if e.edit != nil {
			all = append(all, a.named(*e.edit))
		}
	}
	return all
}

// named completes an edit with what only a started room knows.
func (a *article) named(e Edit) Edit {
	e.URL, e.Paper = a.url(), a.paper.Name
	e.Kinds, e.Words = slices.Clone(e.Kinds), slices.Clone(e.Words)
	return e
}

func (r *Room) truePage(a *article) Page {
	p := Page{ID: a.id, Paper: a.paper.Name, URL: a.url(), Disallowed: a.disallowed}
	for i := range a.editions {
		e := &a.editions[i]
		s := State{From: e.at, Kind: e.kind, Title: e.title}
		if i+1 < len(a.editions) {
			s.To = a.editions[i+1].at
		}
		if e.kind == Live {
			r.fill(&s, a, e)
		}
		p.States = append(p.States, s)
	}
	return p
}

// fill writes down what an article's page says.
func (r *Room) fill(s *State, a *article, e *edition) {
	s.Dek, s.Byline, s.Agency, s.Language = e.dek, slices.Clone(e.byline), e.agency, a.paper.Language
	s.Published, s.Modified = a.published, e.modified
	if e.dek != "" {
		s.Blocks = append(s.Blocks, Block{Kind: "lead", Text: e.dek})
	}
	s.Blocks = append(s.Blocks, e.blocks...)
	for _, x := range a.paper.sections {
		if x.Slug == e.section {
			s.Section = x.Name
		}
	}
	notices, _ := a.notices(e) // the page itself was rendered with the same ones
	for _, n := range notices {
		if n.place == "embed" {
			s.Embeds = append(s.Embeds, n.text)
		} else {
			s.Notices = append(s.Notices, n.text)
		}
	}
	s.Furniture = []string{a.paper.newsletter}
	if e.caption != "" {
		s.Furniture = append(s.Furniture, fold(e.caption+" "+e.credit))
	}
	if e.ago != "" {
		s.Furniture = append(s.Furniture, e.ago)
	}
	for _, slug := range e.related {
		s.Furniture = append(s.Furniture, r.all[a.paper.key+"/"+slug].editions[0].title)
	}
}
