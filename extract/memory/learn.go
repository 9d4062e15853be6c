package memory

import (
	"cmp"
	"slices"
)

// Learn teaches a page by its reading. Teach each page once, not each edition
// of it, or a page that changes often would speak for many.
func (s *Site) Learn(r *Reading) {
	if r == nil || len(r.blocks) == 0 {
		return
	}
	blocks := r.blocks[:min(len(r.blocks), maxBlocks)]
	again := make([]bool, len(blocks)) // as it was before this page
	for i, b := range blocks {
		others, _ := s.standing(b.Text, false)
		again[i] = others > 0
	}
	verdicts := s.judge(blocks, false)
	double := s.double(blocks, verdicts, again)
	s.pages++
	if double {
		s.copies++
	}
	told := make(map[uint64]bool, len(blocks))
	for i, b := range blocks {
		if b.Label || b.Out && b.Size < short || told[b.Text] {
			continue
		}
		told[b.Text] = true
		if !double || !again[i] || verdicts[i] != Keep {
			s.tell(b.Text)
		}
	}
	if double {
		return
	}
	s.tellPlaces(blocks, again)
	if r.place != 0 && !r.moved {
		s.tellHolder(r.place)
		for i, hash := range r.beside[:min(len(r.beside), maxBeside)] {
			if !slices.Contains(r.beside[:i], hash) {
				s.placeAt(hash).beside++
			}
		}
	}
}

// double tells a story under a second address, or told on under a new one:
// most of what is no furniture was seen before. What repeats so is no
// furniture for it. On a site where that happens all the time it is.
func (s *Site) double(blocks []Block, verdicts []Verdict, again []bool) bool {
	if s.pages >= 6 && s.copies*2 > s.pages {
		return false
	}
	known, all := 0, 0
	for i, b := range blocks {
		if b.Label || b.Out || verdicts[i] != Keep {
			continue
		}
		all += b.Size
		if again[i] {
			known += b.Size
		}
	}
	return known*2 >= all && all > 0
}

// tell notes that a text stands on the page being taught.
func (s *Site) tell(hash uint64) {
	if i, ok := findText(s.texts, hash); ok {
		t := &s.texts[i]
		t.pages++
		t.last = s.pages
		if span := s.pages - t.first + 1; span > window {
			t.pages = (t.pages + 1) / 2
			t.first += span / 2
		}
		return
	}
	ago, ok := s.seenOnce(hash)
	if !ok {
		s.addOnce(hash)
		return
	}
	s.dropOnce(hash)
	if len(s.texts) >= maxTexts {
		s.texts = slices.Delete(s.texts, s.stalest(), s.stalest()+1)
	}
	i, _ := findText(s.texts, hash)
	s.texts = slices.Insert(s.texts, i, text{hash: hash, pages: 2, first: s.pages - min(ago, s.pages-1), last: s.pages})
}

// stalest is the text that is missed least: seen on few pages, long ago.
func (s *Site) stalest() int {
	worst, least := 0, ^uint64(0)
	for i, t := range s.texts {
		if worth := uint64(t.pages) << 20 / uint64(s.pages-t.last+4); worth < least {
			worst, least = i, worth
		}
	}
	return worst
}

// tellPlaces notes where the blocks stand, and whether they are any page's own.
func (s *Site) tellPlaces(blocks []Block, again []bool) {
	seen := make([]uint64, 0, 8)
	for i, b := range blocks {
		if b.Label {
			continue
		}
		p := s.placeAt(b.Place)
		if !slices.Contains(seen, b.Place) {
			seen = append(seen, b.Place)
			p.pages++
		}
		p.texts++
		if again[i] || b.Out {
			p.again++
		}
		if p.texts > 1024 {
			p.pages, p.texts, p.again, p.beside = (p.pages+1)/2, p.texts/2, p.again/2, p.beside/2
		}
	}
}

// placeAt gives what is known of a place, for the page being taught. It is
// good until the next is asked for.
func (s *Site) placeAt(hash uint64) *place {
	at, ok := findPlace(s.places, hash)
	if !ok {
		if len(s.places) >= maxPlaces {
			worst, least := 0, ^uint64(0)
			for i, p := range s.places {
				if worth := uint64(p.pages+p.beside) << 20 / uint64(s.pages-p.last+4); worth < least {
					worst, least = i, worth
				}
			}
			s.places = slices.Delete(s.places, worst, worst+1)
			at, _ = findPlace(s.places, hash)
		}
		s.places = slices.Insert(s.places, at, place{hash: hash})
	}
	s.places[at].last = s.pages
	return &s.places[at]
}

func (s *Site) tellHolder(hash uint64) {
	at := slices.IndexFunc(s.holders, func(h holder) bool { return h.hash == hash })
	if at < 0 {
		if len(s.holders) == maxHolders {
			s.holders = s.holders[:maxHolders-1]
		}
		at = len(s.holders)
		s.holders = append(s.holders, holder{hash: hash})
	}
	s.holders[at].pages++
	var all uint32
	for _, h := range s.holders {
		all += h.pages
	}
	if all > 2*window {
		for i := range s.holders {
			s.holders[i].pages /= 2
		}
		s.holders = slices.DeleteFunc(s.holders, func(h holder) bool { return h.pages == 0 })
	}
	slices.SortStableFunc(s.holders, func(a, b holder) int { return cmp.Compare(b.pages, a.pages) })
}
