package memory

// short is how many letters a text must have to be somebody's: "This is a
// developing story" repeats as it should.
const short = 30

// recent is over how many of the last pages a share is reckoned at least: three
// stories on one event, one after another, are not the site.
const recent = 12

// judge gives the verdict of each block. What would leave nothing of a page
// is not believed.
func (s *Site) judge(blocks []Block, own bool) []Verdict {
	verdicts := make([]Verdict, len(blocks))
	for i, b := range blocks[:min(len(blocks), maxBlocks)] {
		verdicts[i] = s.verdict(b, own)
	}
	left := 0
	for i, b := range blocks {
		if verdicts[i] == Keep && !b.Label && !b.Out && b.Size >= short {
			left += b.Size
		}
	}
	if left == 0 {
		clear(verdicts)
	}
	return verdicts
}

// verdict judges one block. Reporters repeat themselves too: the paragraph
// that says how the war began stands in every story on it. But only furniture
// stands on a good part of all pages, or in a place where everything repeats.
func (s *Site) verdict(b Block, own bool) Verdict {
	if b.Label || b.Out {
		return Keep
	}
	others, span := s.standing(b.Text, own)
	if b.Size < short {
		if others >= 5 && others*2 >= span {
			return Repeated
		}
		return Keep
	}
	if others >= 2 && others*3 >= span*2 || others >= 3 && others*2 >= span || others >= window/5 && others*3 >= span {
		return Repeated
	}
	i, ok := findPlace(s.places, b.Place)
	if !ok {
		return Keep
	}
	switch p := s.places[i]; {
	case others >= 2 && p.pages >= 4 && p.again*2 >= p.texts:
		return Repeated
	case p.pages >= 8 && p.again*10 >= p.texts*9:
		return Misplaced
	}
	return Keep
}

// standing gives on how many other pages a text stood, and of how many.
func (s *Site) standing(hash uint64, own bool) (others, span uint32) {
	if i, ok := findText(s.texts, hash); ok {
		t := s.texts[i]
		others, span = t.pages, s.pages-t.first+1
	} else if ago, ok := s.seenOnce(hash); ok {
		others, span = 1, ago+1
	}
	span = max(span, min(s.pages, recent))
	if own && others > 0 {
		others, span = others-1, span-1
	}
	return others, span
}

// where gives the place that held the article on three pages or more and on
// six in ten, and whether another place is known for standing beside articles.
func (s *Site) where(place uint64) (holder uint64, doubted bool) {
	if place == 0 || len(s.holders) == 0 {
		return 0, false
	}
	var all, here uint32
	for _, h := range s.holders {
		all += h.pages
		if h.hash == place {
			here = h.pages
		}
	}
	if best := s.holders[0]; best.pages >= 3 && best.pages*10 >= all*6 {
		holder = best.hash
	}
	if i, ok := findPlace(s.places, place); ok {
		doubted = s.places[i].beside >= 3 && s.places[i].beside >= 4*here
	}
	return holder, doubted
}
