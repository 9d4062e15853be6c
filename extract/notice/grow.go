package notice

// grown is the span of the box around a notice: the largest element that holds
// nothing beside it but a few words, such as the line above it or buttons in
// words that no lexicon knows. Where the page has little other text it is the
// span itself, for the few words may be the article then.
func (c *cutter) grown(s span) span {
	words := 0
	for b := s.from; b < s.to; b++ {
		words += wordCount(c.texts[b])
	}
	best := s
	i := c.owners[s.from]
	for range 6 {
		e := &c.all[i]
		if protected(e.node) || c.holdsHeading(e.node) {
			break
		}
		if e.from <= s.from && e.to >= s.to {
			if !c.fits(e.span, s, words) {
				break
			}
			best = e.span
		}
		if e.over == i {
			break
		}
		i = e.over
	}
	return best
}

// strays is how many words a box may hold beside its notice.
const strays = 15

func (c *cutter) fits(box, s span, words int) bool {
	n, size := 0, 0
	for b := box.from; b < box.to; b++ {
		if len(c.texts[b]) >= 40 {
			size += len(c.texts[b])
		}
		if b >= s.from && b < s.to || c.taken[b] {
			continue
		}
		if n += wordCount(c.texts[b]); n > strays || n*3 > words*2 {
			return false
		}
	}
	return c.prose-size >= 400
}
