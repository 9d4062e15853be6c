package notice

import (
	"slices"
	"strings"
)

// A run is a row of sentences that may be one notice.
type run struct {
	first, last int  // in text.list
	buttons     bool // button labels follow or stand in it
	sure        bool // it has a core, not only a faint one
	apart       bool // it is a notice beside the document, whatever the document is about
	held        bool // it says whose content is held back, then what it takes to see it
}

// A text is a document as sentences.
type text struct {
	x      *lexicon
	blocks []string
	list   []sentence
	begin  []int     // index of the first sentence of each block; one more at the end
	stated string    // the language that the document is said to be in
	home   languages // what it seems to be written in; 0 until somebody asks
	buf    []byte    // for folding
	marks  []marks   // for sentences to come

	stored, storedApart int // sentences about storage, and those of them in runs apart
}

// newText makes sentences of blocks. hot tells which blocks may have something of
// a notice in them; nil when that is not known yet. Where none has, as in nearly
// every article, there is nothing in the list.
func newText(x *lexicon, blocks []string, hot []bool, language string) *text {
	t := &text{x: x, blocks: blocks, stated: language}
	if hot == nil {
		hot = x.hot(blocks)
	}
	if !slices.Contains(hot, true) {
		return t
	}
	t.begin = make([]int, 1, len(blocks)+1)
	t.list = make([]sentence, 0, len(blocks)+16)
	for i, b := range blocks {
		if hot[i] {
			at := len(t.list)
			t.list = sentences(t.list, i, b)
			for j := at; j < len(t.list); j++ {
				t.list[j].hot = true
				t.at(j)
			}
		} else if text := strings.TrimSpace(b); text != "" { // nothing in it to tell sentences apart for
			start := strings.Index(b, text)
			t.list = append(t.list, sentence{block: i, start: start, end: start + len(text), text: text, stops: ended(text)})
		}
		t.begin = append(t.begin, len(t.list))
	}
	return t
}

// at gives a sentence that is weighed. Most of a page is never asked for.
func (t *text) at(i int) *sentence {
	s := &t.list[i]
	if s.weighed {
		return s
	}
	s.weighed = true
	t.buf = fold(t.buf[:0], s.text)
	if len(t.marks) == 0 {
		t.marks = make([]marks, 16)
	}
	s.marks, t.marks = &t.marks[0], t.marks[1:]
	t.x.read(t.buf, s.marks)
	if !s.hot {
		s.quoted = s.marks.seen != 0 && quotes(s.text)
	}
	t.count(i)
	s.judge(t)
	return s
}

// count gives the words of a sentence.
func (t *text) count(i int) int {
	s := &t.list[i]
	if !s.counted {
		s.counted, s.words = true, wordCount(s.text)
	}
	return s.words
}

// runs finds what may be a notice, once.
func (t *text) runs() []run {
	var list []run
	for i := 0; i < len(t.list); i++ {
		s := &t.list[i]
		if !s.hot {
			continue
		}
		sure := s.core()
		if !sure && !s.faint() {
			if r, ok := t.pair(i); ok && (len(list) == 0 || list[len(list)-1].last < r.first) {
				t.extendDown(&r)
				r.apart = true
				list, i = append(list, r), r.last
			}
			continue
		}
		low := 0
		if len(list) > 0 {
			low = list[len(list)-1].last + 1
		}
		r := run{first: i, last: i, sure: sure}
		t.extendDown(&r)
		t.extendUp(&r, low)
		r.sure = r.sure || t.together(r) || t.softly(r)
		if r.apart = r.buttons || r.sure && t.spoken(r); r.apart {
			t.storedApart += t.storedIn(r)
		}
		list = append(list, r)
		i = r.last
	}
	t.stored = t.storedIn(run{last: len(t.list) - 1})
	return t.joined(list)
}

func (t *text) extendDown(r *run) {
	for r.last+1 < len(t.list) {
		here, next := t.at(r.last), t.at(r.last+1)
		if next.block != here.block {
			if b := t.blocks[next.block]; t.x.buttons(b) || (r.sure || t.poised(r)) && (t.x.like(b) || t.ending(next.block)) {
				r.last = t.begin[next.block+1] - 1
				r.buttons = true
				continue
			}
			if r.sure && (next.core() && t.at(r.first).has(voice, site, embedded, pay) || !next.core() && next.companion() && next.score >= 26 && next.has(site, voice, act)) {
				r.sure = r.sure || next.core()
				r.last++
				continue
			}
			if n := t.rest(r); n > 0 {
				r.last += n
				continue
			}
			return
		}
		switch {
		case next.core():
			if first := t.at(r.first); !(r.sure && first.plain()) && !first.has(voice, site, embedded) && (!first.has(pay) || first.has(storage)) {
				return // the core stands for itself
			}
			r.sure = true
			r.last++
		case !next.stops && (t.x.buttons(next.text) || r.sure && next.words <= 6 && r.last+2 == t.begin[next.block+1]),
			next.words <= 3 && t.x.buttons(next.text):
			r.buttons = true
			r.last++
		case next.companion(), r.sure && next.aside():
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

// poised tells a run of one whole block that needs no more than buttons below:
// what is stored, and that it is the site's, or the reader's to decide.
func (t *text) poised(r *run) bool {
	s := t.at(r.first)
	return t.begin[s.block] == r.first && r.last+1 == t.begin[s.block+1] && s.has(storage, device, held) && s.has(voice, site, you) && s.score >= 25
}

// ending tells that from a block on there is nothing but a few labels: after a
// notice they are its buttons, in whatever words.
func (t *text) ending(block int) bool {
	if len(t.blocks)-block > 6 {
		return false
	}
	for i := t.begin[block]; i < len(t.list); i++ {
		if !t.label(i) || t.begin[t.list[i].block] != i {
			return false
		}
	}
	return true
}

// rest counts the sentences of a few small blocks below that go on with a notice
// whose heart is above, up to its buttons or the end of the text.
func (t *text) rest(r *run) int {
	if !r.sure {
		return 0
	}
	asides := false
	for n := 1; n <= 6; n++ {
		i := r.last + n
		if i == len(t.list) {
			if asides {
				return 0
			}
			return n - 1
		}
		s := t.at(i)
		if n > 1 && t.begin[s.block] == i && t.x.buttons(t.blocks[s.block]) {
			return n - 1
		}
		if s.core() && !t.at(r.first).has(voice, site, embedded, pay) {
			return 0
		}
		if !s.companion() || s.score < 20 && s.has(provider) || s.words > 40 {
			if !s.aside() {
				return 0
			}
			asides = true
		}
	}
	return 0
}

// bridge tells a plain sentence between two of a notice, in one block.
func (t *text) bridge(i int) bool {
	s := t.at(i)
	if s.quoted || s.has(report) || s.words > 30 || i+1 >= len(t.list) || t.list[i+1].block != s.block {
		return false
	}
	next := t.at(i + 1)
	return next.core() || s.words <= 12 && s.has(you, voice) && next.has(assent, act) && next.words <= 12 || next.companion() && next.score >= 22 || !next.stops && t.x.buttons(next.text)
}

// tail tells that the next sentence is the last of a block that was all notice so far.
func (t *text) tail(r *run) bool {
	next := t.at(r.last + 1)
	begin, end := t.begin[next.block], t.begin[next.block+1]
	if !r.sure || r.first > begin || r.last+2 != end || next.quoted || next.has(report) {
		return false
	}
	words := 0
	for i := begin; i <= r.last; i++ {
		words += t.at(i).words
	}
	return next.words <= 25 && words >= 2*next.words
}

func (t *text) extendUp(r *run, low int) {
	for r.first > low {
		here, above := t.at(r.first), t.at(r.first-1)
		if above.block == here.block {
			if above.has(voice, site) && (above.plain() || above.companion() && above.score >= 20) ||
				above.plain() && above.has(act) && above.has(you) || t.x.heading(above.text) ||
				!above.stops && t.x.heading(above.text) || t.opening(r) || t.greeting(r) {
				r.first--
				continue
			}
			if begin := t.begin[here.block]; begin >= low && t.filled(begin, r.first) {
				r.first = begin
				continue
			}
			return
		}
		if begin := t.begin[above.block]; begin >= low && (t.x.heading(t.blocks[above.block]) || r.sure && t.headline(r.first-1)) && (here.block == t.list[r.last].block || above.block > 0) {
			r.first = begin
			continue
		}
		if t.begin[above.block] == r.first-1 && (above.plain() && above.has(site, voice) || t.announces(above, here) && (r.buttons || r.last+1 == len(t.list))) {
			r.first--
			continue
		}
		return
	}
}

// headline tells a line of a few words about what is stored, with the site's name perhaps.
func (t *text) headline(i int) bool {
	s := t.at(i)
	return t.begin[s.block] == i && !s.stops && !s.quoted && s.words <= 7 && s.has(storage) && !s.has(report)
}

// filled tells that every sentence of a stretch says something that notices
// say. The start of a block that is a notice does, that of an article's
// paragraph with a notice glued to it does not.
func (t *text) filled(from, to int) bool {
	for i := from; i < to; i++ {
		s := t.at(i)
		if s.quoted || s.has(report) || s.words > 40 || s.score < 8 || !s.has(device, site, policy, embedded, pay) && (!s.has(purpose) || s.score < 20 && to-from == 1) || s.has(storage) && !s.has(voice, site) {
			return false
		}
	}
	return true
}

// announces tells a line of a few words about the embed that the run below holds back.
func (t *text) announces(s, run *sentence) bool {
	return s.stops && s.words <= 12 && !s.quoted && s.marks.in[report] == 0 && run.core() && run.has(embedded, provider, held) &&
		s.marks.in[provider]&(s.marks.in[embedded]|s.marks.in[held])&run.lang != 0
}

// greeting tells that the block begins with a word or two to whoever reads it: "Hello!"
func (t *text) greeting(r *run) bool {
	s := t.at(r.first - 1)
	return t.begin[s.block] == r.first-1 && s.words <= 2 && strings.HasSuffix(s.text, "!") && !s.quoted && t.at(r.first).has(voice, site, you)
}

// opening tells that the sentence above speaks of what is held back ("This post
// is on another site."), in a block that is all notice after it.
func (t *text) opening(r *run) bool {
	s := t.at(r.first - 1)
	here := t.at(r.first)
	if here.has(site) && !here.has(held) || !here.has(embedded, provider, held) || s.words > 20 || s.quoted || s.has(report) || r.last+1 < t.begin[s.block+1] {
		return false
	}
	return s.has(embedded) || s.marks.in[provider] != 0 && (s.marks.in[embedded]|s.marks.in[held]) != 0
}
