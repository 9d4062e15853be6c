package dedup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// A made text is one of a stream, with what is true of it.
type made struct {
	kind  string
	id    string
	of    string   // the id of the text that it is made from or looks like
	story []string // the stories that it may be put into; its own for what must stand alone
	day   float64
	text  Text
}

// The kinds of copies, and those of texts that look alike and must stand alone.
var (
	copies     = strings.Fields("copied damaged spun-15 spun-25 spun-40 reworded translated retold brief-copied cut part combined combined-40 respun short-25 short-40 spliced clad late wire moved")
	lookAlikes = strings.Fields("brief form form-names form-figures event follow-up background gallery sister digest live")
)

// A stream is what a press of one tongue prints in some weeks.
type stream struct {
	*desk
	out       []made
	furniture map[string]string
}

const perKind = 6 // texts of each kind in a stream

// newStream prints a stream: the same one for the same tongue and seed, in order of arrival.
func newStream(t tongue, seed uint64) []made {
	r := rand.New(rand.NewPCG(seed, hashOf([]byte(t.name))))
	s := &stream{desk: &desk{newDictionary(t, r), r}, furniture: make(map[string]string)}
	var reports []report
	var firsts []made
	for i := range 4 * perKind {
		p := s.report(10 + r.IntN(18))
		reports = append(reports, p)
		firsts = append(firsts, s.print("original", "", s.site(), r.Float64()*10, s.write(p, voice{})))
		s.last().story = []string{s.last().id}
		firsts[i] = *s.last()
	}
	for n, kind := range append(slices.Clone(copies), lookAlikes...) {
		for i := range perKind {
			k := (n*5 + i*7) % len(reports)
			s.derive(kind, reports[k], firsts[k], reports[(k+11)%len(reports)], firsts[(k+11)%len(reports)])
		}
	}
	slices.SortStableFunc(s.out, func(a, b made) int {
		switch {
		case a.day < b.day:
			return -1
		case a.day > b.day:
			return 1
		}
		return 0
	})
	return s.out
}

func (s *stream) last() *made { return &s.out[len(s.out)-1] }

// print adds a text to the stream; a copy tells the story of the text that it is made from.
func (s *stream) print(kind, of, site string, day float64, t Text) made {
	t.Site = site
	t.Published = time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC).Add(time.Duration(day * 24 * float64(time.Hour)))
	m := made{kind: kind, id: fmt.Sprintf("%s-%d", kind, len(s.out)), of: of, day: day, text: t}
	if slices.Contains(copies, kind) {
		m.story = []string{of}
	} else {
		m.story = []string{m.id}
	}
	s.out = append(s.out, m)
	return m
}

func (s *stream) site() string { return fmt.Sprintf("paper%d.test", s.r.IntN(60)) }

// around gives what a site prints beneath every article: the same on each.
func (s *stream) around(site string, facts int) string {
	if s.furniture[site] == "" {
		p := s.report(40)
		s.furniture[site] = s.write(p, voice{}).Body
	}
	paras := strings.Split(s.furniture[site], "\n\n")
	return strings.Join(paras[:min(len(paras), facts)], "\n\n")
}

func (s *stream) notice(site string) string { return s.notices[hashOf([]byte(site))%3] }

// piece is a report cut to some of its paragraphs.
func piece(p report, from, to int) report {
	p.paras = slices.Clone(p.paras[max(0, from):min(to, len(p.paras))])
	return p
}

// derive prints what comes of a report.
func (s *stream) derive(kind string, p report, of made, other report, otherOf made) {
	v := voice{salt: s.r.IntN(3)}
	site, day := s.site(), of.day+0.02+s.r.Float64()*2
	for site == of.text.Site || site == otherOf.text.Site {
		site = s.site()
	}
	n := len(p.paras)
	var t Text
	switch kind {
	case "copied":
		t = s.write(p, v)
		t.Body += "\n\n" + s.notice(site)
	case "damaged":
		v.damage = 0.08
		t = s.write(p, v)
	case "spun-15", "spun-25", "spun-40":
		v.swap = map[string]float64{"spun-15": .15, "spun-25": .25, "spun-40": .40}[kind]
		v.alter = .03
		t = s.write(p, v)
	case "reworded":
		v = voice{swap: .28, loose: .4, form: .3, order: .5, salt: v.salt}
		t = s.write(p, v)
	case "translated":
		v = voice{swap: .40, loose: .8, form: .3, order: .2, salt: v.salt}
		t = s.write(p, v)
	case "retold":
		v = voice{swap: .50, loose: .8, form: .4, order: .5, alter: .03, salt: v.salt}
		t = s.write(p, v)
	case "cut": // the first paragraphs under an own headline and opening
		own := p
		own.head, own.paras = s.fact(p, true), s.paragraphs(p, 1)
		t = s.write(own, v)
		v.swap = .08
		t.Body += "\n\n" + s.write(piece(p, 0, max(3, n*(25+s.r.IntN(35))/100)), v).Body
	case "part":
		from := s.r.IntN(n / 3)
		t = s.write(piece(p, from, from+max(4, n/2)), v)
	case "combined": // all at once
		v.swap = .25
		t = s.write(piece(p, 0, max(4, n*6/10)), v)
		t.Body = s.notice(site) + "\n\n" + t.Body + "\n\n" + s.around(site, 2)
	case "combined-40": // and hardly a third of what is printed is of the story
		v.swap, v.form, v.loose, v.order = .40, .1, .2, .1
		t = s.write(piece(p, 0, max(5, n/2)), v)
		t.Body = s.notice(site) + "\n\n" + s.around(site, 3) + "\n\n" + t.Body + "\n\n" + s.around(site+" below", n*2/3)
	case "respun": // a copy of a copy
		p.paras = slices.Clone(p.paras)
		for i, facts := range p.paras {
			p.paras[i] = s.swapped(facts, .25, v.salt)
		}
		v.swap, v.salt = .25, v.salt+1
		t = s.write(p, v)
	case "short-25", "short-40": // of a report of a few sentences
		p = s.report(4 + s.r.IntN(3))
		of = s.print("original", "", of.text.Site, of.day, s.write(p, voice{}))
		s.last().story = []string{s.last().id}
		v.swap = map[string]float64{"short-25": .25, "short-40": .40}[kind]
		t = s.write(p, v)
	case "spliced": // two stories in one text
		v.swap = .10
		t = s.write(piece(p, 0, max(4, n*7/10)), v)
		t.Body += "\n\n" + s.write(piece(other, 0, max(4, len(other.paras)*7/10)), v).Body
		day = max(of.day, otherOf.day) + 0.02 + s.r.Float64()
	case "clad": // in as much furniture as text
		v.swap = .05
		t = s.write(p, v)
		t.Body += "\n\n" + s.around(site, n*(50+s.r.IntN(90))/100)
	case "late":
		v.swap, v.order = .20, .1
		t = s.write(p, v)
		day = of.day + 5 + s.r.Float64()*25
	case "wire": // edited for its readers
		v.swap = .03
		kept := p
		kept.paras = nil
		for i, f := range p.paras {
			if i == 0 || s.r.Float64() < .8 {
				kept.paras = append(kept.paras, f)
			}
			if s.r.Float64() < .12 {
				kept.paras = append(kept.paras, s.paragraphs(p, 1)...)
			}
		}
		t = s.write(kept, v)
		t.Body = "(AP) " + t.Body
	case "moved":
		v.swap, v.order = .10, .3
		kept := p
		kept.paras = slices.Clone(p.paras)
		s.r.Shuffle(len(kept.paras), func(i, j int) { kept.paras[i], kept.paras[j] = kept.paras[j], kept.paras[i] })
		t = s.write(kept, v)
	default:
		s.alone(kind, p, of, other, site, day)
		return
	}
	s.print(kind, of.id, site, day, t)
	if kind == "spliced" {
		s.last().story = append(s.last().story, otherOf.id)
	}
}

// swapped replaces a share of the words for good.
func (s *stream) swapped(facts []fact, share float64, salt int) (out []fact) {
	for _, f := range facts {
		g := fact{quote: f.quote}
		for _, c := range f.clauses {
			c = slices.Clone(c)
			for i := range c {
				if c[i].sort == plain && s.r.Float64() < share {
					c[i].n = s.synonyms[c[i].n][salt]
				}
			}
			g.clauses = append(g.clauses, c)
		}
		out = append(out, g)
	}
	return out
}
