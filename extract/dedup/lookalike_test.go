package dedup

import "slices"

// alone prints what merely looks like something else; and briefs with a copy of each.
func (s *stream) alone(kind string, p report, of made, other report, site string, day float64) {
	var t Text
	switch kind {
	case "brief":
		b := s.report(2)
		t = s.write(b, voice{})
		t.Body += "\n\n" + s.notices[0]
		m := s.print(kind, of.id, site, day, t)
		t = s.write(b, voice{swap: .05})
		again := s.site()
		t.Body += "\n\n" + s.notices[1]
		s.print("brief-copied", m.id, again, day+0.1, t)
		return
	case "brief-copied":
		return // with its brief
	case "form", "form-names": // what a machine fills in anew, in two papers each
		f := s.report(5)
		for _, para := range f.paras {
			for _, x := range para {
				for _, c := range x.clauses {
					for i := range c { // most forms are made of figures
						if kind == "form" && c[i].sort == plain && s.r.Float64() < .12 {
							c[i] = item{figure, s.value(), 1 + 2*s.r.IntN(2)}
						}
					}
				}
			}
		}
		for range 3 {
			filled := f
			filled.people, filled.places, filled.paras = slices.Clone(f.people), slices.Clone(f.places), nil
			for i := range filled.people {
				filled.people[i] = person{s.r.IntN(len(s.names)), s.r.IntN(len(s.names)), f.people[i].office}
			}
			for i := range filled.places {
				filled.places[i] = s.r.IntN(len(s.names))
			}
			for _, para := range f.paras {
				var facts []fact
				for _, x := range para {
					facts = append(facts, s.refilled(x))
				}
				filled.paras = append(filled.paras, facts)
			}
			filled.head = s.refilled(f.head)
			day += s.r.Float64()
			s.print(kind, of.id, site, day, s.write(filled, voice{}))
		}
		return
	case "form-figures": // of one place, day by day
		f := s.report(5)
		for _, para := range f.paras {
			for _, x := range para {
				for _, c := range x.clauses {
					for i := range c {
						if c[i].sort == plain && s.r.Float64() < .12 {
							c[i] = item{figure, s.value(), 1 + 2*s.r.IntN(2)}
						}
					}
				}
			}
		}
		for i := range 2 {
			next := f
			next.paras = nil
			for _, para := range f.paras {
				var facts []fact
				for _, x := range para {
					facts = append(facts, s.refilled(x))
				}
				next.paras = append(next.paras, facts)
			}
			s.print(kind, of.id, site, day+float64(i), s.write(next, voice{}))
		}
		return
	case "background": // another paper's news over paragraphs that an agency wrote for both
		own := p
		own.head, own.paras = s.fact(p, true), s.paragraphs(p, 6+s.r.IntN(6))
		t = s.write(own, voice{})
		t.Body += "\n\n" + s.write(piece(p, len(p.paras)*2/3, len(p.paras)), voice{}).Body
		day += 1
	case "sister": // papers of one house print the same beneath their own texts
		house := site
		for range 2 {
			t = s.write(s.report(5+s.r.IntN(8)), voice{})
			t.Body += "\n\n" + s.around(house, 10)
			day += s.r.Float64() * 3
			s.print(kind, of.id, s.site(), day, t)
		}
		return
	case "event": // another paper's own report: the same names, matters, quotations, and a paragraph of an agency's
		own := p
		own.head, own.paras = s.fact(p, true), s.paragraphs(p, 8+s.r.IntN(8))
		for _, para := range p.paras {
			if i := slices.IndexFunc(para, func(f fact) bool { return f.quote }); i >= 0 {
				at := s.r.IntN(len(own.paras))
				own.paras[at] = append(own.paras[at], para[i])
			}
		}
		own.paras = append(own.paras, p.paras[len(p.paras)-1])
		t = s.write(own, voice{})
	case "follow-up": // new news over half the paragraphs of the old
		site, day = of.text.Site, of.day+1+s.r.Float64()*8
		own := p
		own.head, own.paras = s.fact(p, true), s.paragraphs(p, 5+s.r.IntN(6))
		t = s.write(own, voice{})
		t.Body += "\n\n" + s.write(piece(p, len(p.paras)/2, len(p.paras)), voice{swap: .02}).Body
	case "gallery": // little text over a page of furniture
		for range 2 {
			t = s.write(s.report(4+s.r.IntN(8)), voice{})
			t.Body += "\n\n" + s.around(site, 12)
			day += s.r.Float64() * 3
			s.print(kind, of.id, site, day, t)
		}
		return
	case "digest": // the openings of two others, in a round-up
		own := s.report(6)
		t = s.write(own, voice{})
		for _, q := range []report{p, other} {
			t.Body += "\n\n" + s.write(piece(q, 0, 1), voice{}).Body
		}
		day = 10 + s.r.Float64()*3
	case "live": // one headline and frame, other posts
		frame := s.report(2)
		for i := range 2 {
			own := frame
			own.paras = append(slices.Clone(frame.paras), s.paragraphs(s.report(1), 9)...)
			t = s.write(own, voice{})
			s.print(kind, of.id, of.text.Site, day+float64(i), t)
		}
		return
	}
	s.print(kind, of.id, site, day, t)
}

// refilled gives the figures of a sentence other values.
func (s *stream) refilled(f fact) fact {
	out := fact{quote: f.quote}
	for _, c := range f.clauses {
		c = slices.Clone(c)
		for i := range c {
			if c[i].sort == figure {
				c[i].n = s.value()
			}
		}
		out.clauses = append(out.clauses, c)
	}
	return out
}
