package notice

// Locked tells whether the page says, behind the beginning of a text, that the
// rest is for those who log in or pay. A box that counts how many articles are
// still free, and one that asks for support, lock nothing.
func (p *Page) Locked() bool {
	x := words()
	texts, _, places := p.rest()
	v := seen{home: x.home(texts) | x.language(spoken(p))}
	if v.home == 0 {
		v.home = every
	}
	begun := 0 // paragraphs
	for i, s := range texts {
		if len(s) > 2000 {
			begun++
			continue
		}
		n := wordCount(s)
		if n < 3 || p.where(places[i])&(framed|pressed) != 0 {
			continue
		}
		m, w := v.read(x, s)
		switch {
		case w[meterWord] != 0:
		case w[accountWord]&w[readWord] != 0 && n <= 40 && m.in[report] == 0, m.in[enter]&w[accountWord] != 0 && n <= 40:
			if begun > 0 {
				return true
			}
		case n >= 8 && ended(s):
			begun++
		}
	}
	if begun != 1 {
		return false
	}
	for i := range p.went() { // "accept to read on", with a single paragraph
		s := p.texts[i]
		if m, w := v.read(x, s); m.in[enter] != 0 && w[readWord] != 0 && wordCount(s) <= 40 {
			return true
		}
	}
	return false
}
