package dedup

// landmark picks one word in four by its hash, for scripts that do not tell a name by its letters.
func landmark(h uint64) bool { return h>>40&3 == 0 }

// marks decides which capitalised words are names, when the whole text is known.
func (s *segmenter) marks() {
	shouting := s.shouts()
	german := s.german*12 > s.all
	names := make(map[uint64]struct{}, len(s.out)/4)
	for _, w := range s.out {
		if w.title && !w.first && !(german && w.noun) {
			names[w.hash] = struct{}{}
		}
	}
	for i := range s.out {
		w := &s.out[i]
		if !w.title {
			continue
		}
		switch {
		case shouting:
			w.anchor = landmark(w.hash)
		case german:
			// Every noun has a capital. A name is one that stands nowhere with an article, or beside another capital.
			_, seen := names[w.hash]
			beside := w.follow && i > 0 && s.out[i-1].title || i+1 < len(s.out) && s.out[i+1].follow && s.out[i+1].title
			w.anchor = seen && (!w.noun && !w.first || beside)
		case w.first:
			// A capital at the start of a sentence counts if the word has one elsewhere, or if another name follows.
			_, seen := names[w.hash]
			w.anchor = seen || i+1 < len(s.out) && s.out[i+1].follow && s.out[i+1].title
		default:
			w.anchor = true
		}
	}
}
