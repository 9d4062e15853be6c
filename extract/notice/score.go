package notice

import "math/bits"

// weight is what a slot adds to the score of a sentence, in tenths.
var weight = [slots]int{
	storage: 20, device: 25, voice: 8, site: 18, you: 5, act: 22, purpose: 15, policy: 8, embedded: 10, provider: 8, pay: 10,
	assent: 14, gear: 12, held: 18, terms: 40,
}

const against = 32 // what a quotation or the voice of an article takes away

// judge gives the sentence the score of the language in which it sounds most
// like a notice. Reporting words of the languages the document seems to be in
// count against it whatever its own language.
func (s *sentence) judge(t *text) {
	m := s.marks
	var home languages
	if m.in[report] != 0 {
		home = t.homes()
	}
	candidates := m.seen
	if candidates == 0 {
		candidates = 1 << 63 // the common words alone
	}
	best := -1 << 30
	for c := candidates; c != 0; c &= c - 1 {
		one := languages(1) << bits.TrailingZeros64(uint64(c))
		var have uint32
		score := 0
		for k := storage; k < slots; k++ {
			if m.in[k]&one != 0 {
				have |= 1 << k
				score += weight[k]
			}
		}
		if have&(1<<act|1<<assent) == 1<<act|1<<assent { // two words for one thing
			score -= weight[assent]
		}
		if have&(1<<device|1<<gear) == 1<<device|1<<gear {
			score -= weight[gear]
		}
		if m.in[report]&(one|home) != 0 {
			have |= 1 << report
			score -= against
		}
		if score > best {
			best, s.lang, s.bits = score, one, have
		}
	}
	if s.quoted {
		best -= against
	}
	s.score = best
}

func (s *sentence) has(k ...slot) bool {
	for _, k := range k {
		if s.bits&(1<<k) != 0 {
			return true
		}
	}
	return false
}

// stored tells whether the sentence names what is stored, in any language.
func (s *sentence) stored() bool { return s.hot && s.marks.in[storage]|s.marks.in[device] != 0 }

// core tells a sentence that is the heart of a notice by itself.
func (s *sentence) core() bool { return s.plain() || s.asks() }

// plain tells a heart in words that nothing but a notice has.
func (s *sentence) plain() bool {
	switch {
	case s.has(report) && !s.has(voice, site): // told of others
		return false
	case s.repairs():
		return false
	case s.has(terms):
		return s.score >= 40
	case s.has(device) && !s.has(storage, act, purpose, site): // what is on a device is not what is stored there
		return false
	case s.has(storage, device) && s.has(voice, site, act):
		return s.score >= 36
	case s.has(act) && s.has(embedded, provider) && s.has(policy, storage, device, provider):
		return s.score >= 36
	case s.has(act) && s.has(embedded) && s.has(you) && s.has(voice, storage, device):
		return s.score >= 44
	case s.has(act) && s.has(site) && s.has(you) && s.has(purpose, policy, pay):
		return s.score >= 50
	}
	return false
}

// asks tells a sentence in which words that may say other things too make the heart of a
// notice together: what is stored or held back, the reader's consent or device, and whose it is.
func (s *sentence) asks() bool {
	if s.has(report) || s.quoted || s.words > 45 || s.repairs() {
		return false
	}
	switch {
	case s.has(storage) && (s.has(assent, gear) && s.has(voice, site) || s.has(assent) && s.has(pay)):
		return s.score >= 38
	case s.has(device) && s.has(assent) && s.has(voice, site, you) && s.has(purpose, policy, pay):
		return s.score >= 44
	case s.has(storage) && s.has(assent) && s.has(you) && s.has(act, gear, device, purpose, policy, embedded, provider):
		return s.score >= 38
	case s.has(provider) && s.has(embedded, held) && s.has(assent, act, storage, device):
		return s.score >= 32
	case s.has(held) && (s.has(provider) && s.has(you, act, assent) || s.has(assent, act) && s.has(you, embedded)):
		return s.score >= 30
	}
	return false
}

// repairs tells what one is to do with a browser that does not show an embed:
// who advises that speaks neither of itself nor of what is held back.
func (s *sentence) repairs() bool {
	return s.has(gear) && s.has(storage) && s.has(provider) && !s.has(voice, site, held, policy, embedded)
}

// faint tells a sentence that is the heart of a notice if buttons follow: "We use cookies."
func (s *sentence) faint() bool {
	if s.quoted || s.has(report) || s.repairs() {
		return false
	}
	return (s.has(storage) && s.has(voice, you) || s.has(storage, device) && s.has(site, act, purpose, embedded)) && s.score >= 25 && s.words <= 40 ||
		s.has(device) && s.has(pay) && s.words <= 40 ||
		s.has(storage) && s.has(gear, assent) && s.score >= 32 && s.words <= 40 ||
		s.has(held) && s.has(provider, embedded) && s.words <= 25 ||
		s.has(act) && s.has(site, purpose, embedded, policy) && s.score >= 30
}

// aside tells a short sentence that adds to a notice where the rest can be read, or what is held back.
func (s *sentence) aside() bool {
	return s.words <= 14 && s.has(policy, pay, embedded) && !s.quoted && !s.has(report)
}

// companion tells a sentence that belongs to a notice beside it.
func (s *sentence) companion() bool {
	return s.score >= 13 && !s.quoted && (s.has(assent) && s.words <= 12 || s.has(storage, device, site, act, purpose, policy, embedded, pay))
}
