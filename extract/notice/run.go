package notice

// A run is a row of sentences that may be one notice.
type run struct {
	first, last int  // in text.list
	buttons     bool // button labels follow or stand in it
	sure        bool // it has a core, not only a faint one
}

// A text is a document as sentences.
type text struct {
	x      *lexicon
	blocks []string
	list   []sentence
	begin  []int     // index of the first sentence of each block; one more at the end
	home   languages // what the document seems to be written in
}

func newText(x *lexicon, blocks []string) *text {
	t := &text{x: x, blocks: blocks, begin: make([]int, 0, len(blocks)+1)}
	var tally [64]int
	var buf []byte
	for i, b := range blocks {
		t.begin = append(t.begin, len(t.list))
		t.list = append(t.list, sentences(i, b)...)
		for j := t.begin[i]; j < len(t.list); j++ {
			s := &t.list[j]
			buf = fold(buf[:0], s.text)
			x.read(buf, &s.marks)
			x.tally(&s.marks, &tally)
			s.words = wordCount(s.text)
		}
	}
	t.begin = append(t.begin, len(t.list))
	t.home = home(&tally)
	for i := range t.list {
		t.list[i].judge(t.home)
	}
	return t
}

// tally counts the sentences in which each language's small words stand.
func (x *lexicon) tally(m *marks, n *[64]int) {
	for i := range x.names {
		if m.in[stop]&(1<<i) != 0 {
			n[i]++
		}
	}
}

// home is the set of languages that fit the document about as well as the best.
func home(n *[64]int) languages {
	most := 0
	for _, c := range n {
		most = max(most, c)
	}
	var set languages
	for i, c := range n {
		if c > 0 && c*4 >= most*3 {
			set |= 1 << i
		}
	}
	return set
}

// runs finds what may be a notice.
func (t *text) runs() []run {
	var list []run
	for i := 0; i < len(t.list); i++ {
		s := &t.list[i]
		sure := s.core()
		if !sure && !s.faint() {
			continue
		}
		low := 0
		if len(list) > 0 {
			low = list[len(list)-1].last + 1
		}
		r := run{first: i, last: i, sure: sure}
		t.extendDown(&r)
		t.extendUp(&r, low)
		list = append(list, r)
		i = r.last
	}
	return list
}

func (t *text) extendDown(r *run) {
	for r.last+1 < len(t.list) {
		here, next := &t.list[r.last], &t.list[r.last+1]
		if next.block != here.block {
			if t.x.buttons(t.blocks[next.block]) {
				r.last = t.begin[next.block+1] - 1
				r.buttons = true
				continue
			}
			if next.core() || next.companion() && next.score >= 26 {
				r.sure = r.sure || next.core()
				r.last++
				continue
			}
			return
		}
		switch {
		case next.core():
			r.sure = true
			r.last++
		case !next.stops && t.x.buttons(next.text) || next.words <= 3 && t.x.buttons(next.text):
			r.buttons = true
			r.last++
		case next.companion():
			r.last++
		case t.bridge(r.last + 1):
			r.last++
		case t.tail(r):
			r.last++
		default:
			return
		}
	}
}

// bridge tells a plain sentence between two of a notice, in one block.
func (t *text) bridge(i int) bool {
	s := &t.list[i]
	if s.quoted || s.has(report) || s.words > 30 || i+1 >= len(t.list) || t.list[i+1].block != s.block {
		return false
	}
	next := &t.list[i+1]
	return next.core() || next.companion() && next.score >= 22 || !next.stops && t.x.buttons(next.text)
}

// tail tells that the next sentence is the last of a block that was all notice so far.
func (t *text) tail(r *run) bool {
	next := &t.list[r.last+1]
	begin, end := t.begin[next.block], t.begin[next.block+1]
	if !r.sure || r.first > begin || r.last+2 != end || next.quoted || next.has(report) {
		return false
	}
	words := 0
	for i := begin; i <= r.last; i++ {
		words += t.list[i].words
	}
	return next.words <= 25 && words >= 2*next.words
}

func (t *text) extendUp(r *run, low int) {
	for r.first > low {
		here, above := &t.list[r.first], &t.list[r.first-1]
		if above.block == here.block {
			if above.core() || above.companion() && (above.score >= 20 || t.x.heading(above.text)) && above.has(storage, device, site, act, voice, you) ||
				!above.stops && t.x.heading(above.text) {
				r.first--
				continue
			}
			return
		}
		if begin := t.begin[above.block]; begin >= low && t.x.heading(t.blocks[above.block]) && (here.block == t.list[r.last].block || above.block > 0) {
			r.first = begin
			continue
		}
		if above.companion() && above.score >= 30 && t.begin[above.block] == r.first-1 {
			r.first--
			continue
		}
		return
	}
}
