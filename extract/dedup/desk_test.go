package dedup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A report is what an article says, before anybody has put it into words.
type report struct {
	head   fact
	paras  [][]fact
	people []person
	places []int
	topic  []int
}

type person struct{ first, last, office int }

// A fact is a sentence: clauses in some order.
type fact struct {
	clauses [][]item
	quote   bool
}

// An item is one thing in a clause: a content word, a person, a place, or a figure.
type item struct {
	sort itemSort
	n    int // word, person or place in its list; the figure's value
	form int // how it is written: which ending, which form of a name or a figure
}

type itemSort uint8

const (
	plain itemSort = iota
	little
	who
	where
	figure
)

// A desk writes reports in one tongue.
type desk struct {
	*dictionary
	r *rand.Rand
}

func (d *desk) report(facts int) report {
	var p report
	for range 3 + d.r.IntN(3) {
		p.people = append(p.people, person{d.r.IntN(len(d.names)), d.r.IntN(len(d.names)), d.r.IntN(len(d.offices))})
	}
	for range 3 + d.r.IntN(4) {
		p.places = append(p.places, d.r.IntN(len(d.names)))
	}
	for range 20 {
		p.topic = append(p.topic, zipf(d.r))
	}
	p.head = d.fact(p, true)
	p.paras = d.paragraphs(p, facts)
	return p
}

// paragraphs writes new facts about what a report is about.
func (d *desk) paragraphs(p report, facts int) (out [][]fact) {
	for facts > 0 {
		n := min(facts, 1+d.r.IntN(3))
		var para []fact
		for range n {
			para = append(para, d.fact(p, false))
		}
		out, facts = append(out, para), facts-n
	}
	return out
}

func (d *desk) fact(p report, head bool) fact {
	f := fact{quote: !head && d.r.IntN(7) == 0}
	n := 1 + d.r.IntN(3)
	if head {
		n = 1
	}
	for range n {
		var c []item
		for size := 6 + d.r.IntN(6); len(c) < size; {
			switch x := d.r.Float64(); {
			case x < 0.34 && (len(c) == 0 || c[len(c)-1].sort != little):
				c = append(c, item{little, d.r.IntN(len(d.little)), 0})
			case x < 0.44:
				c = append(c, item{who, d.r.IntN(len(p.people)), d.r.IntN(10)})
			case x < 0.50:
				c = append(c, item{where, d.r.IntN(len(p.places)), d.r.IntN(12)})
			case x < 0.56:
				c = append(c, item{figure, d.value(), d.r.IntN(2)})
			case x < 0.60 && !head:
				for _, w := range d.phrases[d.r.IntN(len(d.phrases))] {
					c = append(c, item{plain, w, 0})
				}
			case x < 0.76:
				c = append(c, item{plain, p.topic[d.r.IntN(len(p.topic))], d.r.IntN(12)})
			default:
				c = append(c, item{plain, zipf(d.r), d.r.IntN(12)})
			}
		}
		f.clauses = append(f.clauses, c)
	}
	return f
}

// value draws a figure as news has them: small ones, round ones, years, and odd ones.
func (d *desk) value() int {
	switch d.r.IntN(5) {
	case 0:
		return 2 + d.r.IntN(11)
	case 1:
		return (1 + d.r.IntN(90)) * 1000
	case 2:
		return (1 + d.r.IntN(90)) * 1_000_000
	case 3:
		return 1960 + d.r.IntN(70)
	}
	return 13 + d.r.IntN(3000)
}

// A voice is how a writer puts a report into words, apart from how its first writer did.
type voice struct {
	swap   float64 // share of content words replaced by a synonym
	loose  float64 // share of function words replaced, put in or left out
	form   float64 // share of endings, names and figures written in another form
	order  float64 // share of sentences whose clauses change places, or that are split or merged
	alter  float64 // share of names and figures that come out wrong
	damage float64 // share of words with a letter wrong
	salt   int     // of the synonyms
}

// write puts a report into words.
func (d *desk) write(p report, v voice) Text {
	head := v
	head.order = 0
	t := Text{Title: strings.TrimSuffix(d.sentences(p, []fact{p.head}, head), strings.TrimSpace(d.stop))}
	var paras []string
	for _, f := range p.paras {
		paras = append(paras, d.sentences(p, f, v))
	}
	t.Body = strings.Join(paras, "\n\n")
	return t
}

func (d *desk) sentences(p report, facts []fact, v voice) string {
	var out strings.Builder
	end := func() {
		s := strings.TrimRight(out.String(), " ")
		out.Reset()
		out.WriteString(s + d.stop)
		if !d.dense {
			out.WriteByte(' ')
		}
	}
	for i, f := range facts {
		said := v
		if f.quote && d.r.IntN(2) == 0 {
			said = voice{} // a quotation is kept, often
		}
		clauses := slices.Clone(f.clauses)
		moved := d.r.Float64() < v.order
		if moved && !f.quote {
			d.r.Shuffle(len(clauses), func(i, j int) { clauses[i], clauses[j] = clauses[j], clauses[i] })
		}
		split := moved && len(clauses) > 1 && d.r.IntN(2) == 0
		if f.quote {
			out.WriteString(d.open)
		}
		for j, c := range clauses {
			if j > 0 {
				if split && !f.quote {
					end()
				} else {
					s := strings.TrimRight(out.String(), " ")
					out.Reset()
					out.WriteString(s + d.comma)
					if !d.dense {
						out.WriteByte(' ')
					}
				}
			}
			text := d.clause(p, c, said)
			if d.capitals && (j == 0 || split) {
				text = upper(text)
			}
			out.WriteString(text)
		}
		if f.quote {
			s := strings.TrimRight(out.String(), " ")
			out.Reset()
			out.WriteString(s + d.close)
		}
		if d.r.Float64() < v.order/2 && i+1 < len(facts) && !f.quote { // merged with the next
			if !d.dense {
				out.WriteByte(' ')
			}
			out.WriteString(d.little[d.r.IntN(len(d.little))])
			if !d.dense {
				out.WriteByte(' ')
			}
			continue
		}
		end()
	}
	return strings.TrimSpace(out.String())
}

func (d *desk) clause(p report, c []item, v voice) string {
	var w []string
	for _, x := range c {
		if x.sort != plain && x.sort != little && d.r.Float64() < v.alter {
			if x.sort == figure {
				x.n = d.value()
			} else {
				x.n = d.r.IntN(len(p.places))
				x.sort = where
			}
		}
		if x.sort != little && d.r.Float64() < v.form {
			x.form = d.r.IntN(12)
		}
		switch x.sort {
		case little:
			if d.r.Float64() < v.loose {
				if d.r.IntN(3) == 0 {
					continue
				}
				x.n = d.r.IntN(len(d.little))
			}
			w = append(w, d.little[x.n])
		case plain:
			if d.r.Float64() < v.swap {
				x.n = d.synonyms[x.n][(v.salt+d.r.IntN(8)/7)%3] // the same one for a word all through, mostly
			}
			s := d.inflect(d.words[x.n], d.ends, x.form)
			if d.r.Float64() < v.damage {
				s = d.harm(s)
			}
			w = append(w, s)
		case who:
			w = append(w, d.call(p.people[x.n%len(p.people)], x.form)...)
		case where:
			w = append(w, d.inflect(d.names[p.places[x.n%len(p.places)]], d.nameEnds, x.form))
		case figure:
			w = append(w, d.figure(x.n, x.form)...)
		}
	}
	if d.dense {
		return strings.Join(w, "")
	}
	return strings.Join(w, " ") + " "
}

// inflect hangs an ending on two words of three, where the tongue has endings.
func (d *desk) inflect(s, ends string, form int) string {
	if f := strings.Fields(d.fronts); len(f) > 0 && form < 5 && ends == d.ends {
		return f[form] + s
	}
	f := strings.Fields(ends)
	if len(f) == 0 || form%3 == 0 {
		return s
	}
	return s + f[form%len(f)]
}

// call names a person: in full, by last name, with a title, or by office.
func (d *desk) call(p person, form int) []string {
	last := d.inflect(d.names[p.last], d.nameEnds, form)
	switch {
	case form < 2:
		return []string{d.names[p.first], last}
	case form < 7:
		return []string{last}
	case form < 9:
		if d.dense || d.name == "korean" { // behind the name
			return []string{last, d.title}
		}
		return []string{d.title, last}
	}
	return strings.Fields(d.offices[p.office])
}

// figure writes a number: two or 2, two thousand or 2,000, 3 million or 3,000,000.
func (d *desk) figure(n, form int) []string {
	switch {
	case n <= 12 && form%2 == 0:
		return []string{d.tally[n-2]}
	case n >= 1_000_000 && n%1_000_000 == 0 && form%4 != 3:
		return append(d.figure(max(2, n/1_000_000), form), d.million)
	case n >= 10_000 && n%1000 == 0 && form%2 == 0:
		return append(d.figure(max(2, n/1000), form), d.thousand)
	}
	s := fmt.Sprint(n)
	if n > 12 && n < 1000 && n%3 == 0 {
		return []string{s[:len(s)-1] + d.point + s[len(s)-1:]}
	}
	if form%4 != 1 && (n < 1900 || n > 2040) {
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + d.group + s[i:]
		}
	}
	return []string{s}
}

// harm gets a letter wrong.
func (d *desk) harm(s string) string {
	r := []rune(s)
	i := d.r.IntN(len(r))
	if i+1 < len(r) && d.r.IntN(2) == 0 {
		r[i], r[i+1] = r[i+1], r[i]
		return string(r)
	}
	r[i] = []rune(d.words[d.r.IntN(100)])[0]
	return string(r)
}
