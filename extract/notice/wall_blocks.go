package notice

import (
	"math/bits"
)

// block counts what one block of the page is.
func (v *seen) block(x *lexicon, s string, taken int, at where, status int) {
	n := wordCount(s)
	if at&framed != 0 && taken == 0 {
		return
	}
	m, w := v.read(x, s)
	topics, _ := w.topics()
	asked := m.consents()
	v.total += n
	told := v.told
	v.gather(&m, w, s, n, at)
	if !v.entrance && len(s) <= 2000 {
		v.entrance = m.in[enter]|m.in[pay] != 0
	}
	v.offers = v.offers || m.in[pay]&(m.in[storage]|m.in[device]|m.in[purpose]|m.in[act]) != 0
	if taken > 0 && n-taken >= 40 { // a notice glued to much other text
		v.paragraphs++
		v.prose += n - taken
		return
	}
	if at&pressed != 0 || n < 5 && x.buttons(s) {
		v.buttons++
		return
	}
	if at&linked == 0 || n >= 8 && ended(s) {
		if wall := v.said(&m, &w, s, n, status); wall != "" {
			v.walls, v.told = append(v.walls, wall), told
			v.late = v.late || len(v.walls) == 1 && v.spoken
			if at&headed != 0 {
				v.head = wall
			}
			return
		}
	}
	if x.buttons(s) {
		v.buttons++
		return
	}
	if at&headed != 0 && n <= 12 && m.in[you]|m.in[voice] != 0 && w[dataWord]|m.in[act]|m.in[device]|m.in[purpose] != 0 && m.in[report] == 0 {
		v.hints++ // "your data, your choice"
		return
	}
	if taken > 0 || at&beside != 0 || x.heading(s) {
		return
	}
	speaks := m.in[voice]|m.in[site]|m.in[you] != 0 && (m.in[report] == 0 || m.in[you] != 0 && (n <= 25 || m.in[voice] != 0)) && n <= 60
	if about := m.in[storage] | m.in[device] | m.in[purpose] | m.in[act]; speaks && about|m.in[pay] != 0 || n <= 30 && m.in[pay]&about != 0 {
		v.soft++
		return
	}
	if speaks && w[dataWord] != 0 {
		v.hints++
		return
	}
	if asked >= 4 && n <= 60 && !cites(s) {
		v.soft++
		return
	}
	switch {
	case n >= 8 && ended(s) && m.in[act]|m.in[policy] != 0 && m.in[voice]|m.in[site]|m.in[you] != 0 && n <= 25:
		v.rest += n
	case speaks && n >= 4 && ended(s), (w.mentions() && n <= 20 || topics >= 3 || w[shutWord] != 0 && n <= 12) && m.in[report] == 0:
		v.asides += n
		v.spoken = v.spoken || n >= 8 && at&headed == 0
	case n >= 8 && ended(s):
		v.paragraphs++
		v.prose += n
		if topics == 2 && n <= 30 && m.in[report] == 0 {
			v.doubts++
			v.doubtful += n
		}
	default:
		v.rest += n
		if m.in[storage]|m.in[device]|m.in[purpose]|w[dataWord] != 0 && m.in[report] == 0 && n >= 3 && at&linked == 0 {
			v.purposes++
		}
	}
}

// gather adds a block to what the page says as a whole.
func (v *seen) gather(m *marks, w wallMarks, s string, n int, at where) {
	addressed := m.in[voice] | m.in[site] | m.in[you] | m.in[act]
	topics, _ := w.topics()
	w.spoken(every)
	v.shut = v.shut || n <= 40 && m.in[report] == 0 && (w[placeWord]|w[placeWord+wallSlots])&(w[shutWord]|w[notWord]&w[viewWord])&(w[thingWord]|w[sorryWord]) != 0
	v.asks = v.asks || at&headed != 0 && asks(s) && m.in[you] == 0
	switch {
	case at&beside != 0:
		v.scriptless += n
	case at&pressed != 0 || at&(linked|headed) == 0 && n <= 5 && !ended(s):
		if v.pressAs == "" {
			v.pressAs = presses(&w, s)
		}
	case at&linked != 0:
		v.links += n
	}
	if at&headed != 0 {
		v.headings++
	}
	if at&headed != 0 && v.hint == "" {
		v.hint = sortOf(m, &w, s, n, 0, addressed)
	}
	for i := range wallSlots {
		v.pool[i] |= w[i]
	}
	for i := range m.in {
		v.pooled.in[i] |= m.in[i]
	}
	switch {
	case n >= 8 && m.in[report] != 0 && !(m.in[you] != 0 && (topics >= 3 || m.in[voice] != 0)) && m.consents() < 4, n >= 12 && cites(s):
		v.told += n
	case addressed != 0, topics >= 3, topics == 2 && n <= 30:
		v.addressed += n
	}
	v.policy = v.policy || at&headed != 0 && n <= 5 && m.in[policy] != 0
}

// presses is what the label of a button says of a wall: "I am not a robot", "I am over 18".
func presses(w *wallMarks, s string) wallSort {
	switch {
	case w[robotWord]|w[personWord] != 0:
		return people
	case w[ageWord] != 0 || grownUp(s):
		return adults
	case w[accountWord] != 0:
		return accounts
	}
	return ""
}

// consents counts what a text has of a request for consent, in the language in which it has most.
func (m *marks) consents() (most int) {
	var n [64]int8
	for _, in := range [...]languages{m.in[storage], m.in[device], m.in[act], m.in[purpose], m.in[policy], m.in[voice] | m.in[site], m.in[you]} {
		for ; in != 0; in &= in - 1 {
			c := &n[bits.TrailingZeros64(uint64(in))]
			*c++
			most = max(most, int(*c))
		}
	}
	return most
}

// titled is what a title says of a wall.
func (v *seen) titled(x *lexicon, s string, status int) wallSort {
	m, w := v.read(x, s)
	return v.said(&m, &w, s, wordCount(s), status)
}

// read marks a text, in the languages of the page only: a word of one is
// another word in the next. Challenges are in English everywhere.
func (v *seen) read(x *lexicon, s string) (m marks, w wallMarks) {
	v.buf = fold(v.buf[:0], s)
	x.read(v.buf, &m)
	w = wallMarksOf(v.buf)
	if m.in[gate] == every { // a bare word such as captcha
		m.in[gate] = 0
	}
	en := x.language("en")
	for i := range m.in {
		switch slot(i) {
		case you, voice, site:
			m.in[i] &= v.home | en
		default:
			m.in[i] &= v.home
		}
	}
	w.within(v.home | en)
	return m, w
}

// look reads a block that is no longer there.
func (v *seen) look(x *lexicon, s string, status int) {
	if len(s) > 2000 {
		return
	}
	m, w := v.read(x, s)
	v.gather(&m, w, s, 0, 0)
	v.entrance = v.entrance || m.in[enter]|m.in[pay] != 0
	v.offers = v.offers || m.in[pay]&(m.in[storage]|m.in[device]|m.in[purpose]|m.in[act]) != 0
	if wall := v.said(&m, &w, s, wordCount(s), status); wall != "" {
		v.walls = append(v.walls, wall)
	} else if x.buttons(s) {
		v.buttons++
	}
}
