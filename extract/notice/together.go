package notice

// joined makes one of two runs where the first, which is not sure of itself,
// stands in the block above the second, and nothing else in the text is about
// what is stored: "Necessary cookies let you sign in." above "Statistics cookies …".
func (t *text) joined(list []run) []run {
	for i := len(list) - 1; i > 0; i-- {
		a, b := list[i-1], list[i]
		if a.sure || a.buttons || !b.sure || !b.apart || a.last+1 != b.first || t.list[a.last].block == t.list[b.first].block {
			continue
		}
		r := run{first: a.first, last: b.last, sure: true, buttons: b.buttons, apart: true}
		if s := t.at(a.first); a.first != t.begin[s.block] || !s.has(storage, pay) || !t.filled(a.first, b.first) || t.stored != t.storedIn(r) {
			continue
		}
		t.storedApart += t.storedIn(a)
		list[i-1] = r
		list = append(list[:i], list[i+1:]...)
	}
	return list
}

// spoken tells a run of whole blocks in which the site speaks for itself all along.
func (t *text) spoken(r run) bool {
	for i := r.first; i <= r.last; i++ {
		if s := t.at(i); s.stored() && !s.has(voice, site, embedded) || s.quoted || s.has(report) {
			return false
		}
	}
	return r.first == t.begin[t.list[r.first].block] && r.last+1 == t.begin[t.list[r.last].block+1]
}

// together tells whether two sentences make the heart of a notice that neither is alone.
func (t *text) together(r run) bool {
	var all uint32
	first, second := 0, 0
	for i := r.first; i <= r.last; i++ {
		s := t.at(i)
		all |= s.bits
		if s.score > first {
			first, second = s.score, first
		} else {
			second = max(second, s.score)
		}
	}
	return all&(1<<storage|1<<device) != 0 && all&(1<<act) != 0 && first+second >= 64
}

// softly tells the same of words of one language that others use too, where the run is whole blocks.
func (t *text) softly(r run) bool {
	if r.last == r.first || r.first != t.begin[t.list[r.first].block] || r.last+1 != t.begin[t.list[r.last].block+1] {
		return false
	}
	var in [slots]languages
	sum := 0
	for i := r.first; i <= r.last; i++ {
		s := t.at(i)
		sum += s.score
		for k := range in {
			in[k] |= s.marks.in[k]
		}
	}
	decides := in[act] | in[assent]
	return in[storage]&decides&(in[you]|in[voice]|in[site]|in[gear])&^in[report] != 0 && sum >= 50 ||
		in[held]&in[you]&(in[provider]|decides)&^in[report] != 0 && sum >= 60
}

const pairWords = 35

// pair makes a run of a whole block of two or three sentences, the first of
// which says that something of a provider stands here, another what the reader is
// to allow: neither names what is stored, nor does an article say it so.
func (t *text) pair(i int) (r run, ok bool) {
	block := t.list[i].block
	r = run{first: t.begin[block], last: t.begin[block+1] - 1, sure: true, held: true}
	if r.last == r.first || r.last-r.first > 2 || t.wordsIn(r.first, r.last+1) > pairWords {
		return r, false
	}
	head := t.at(r.first)
	in := head.marks.in[provider] & (head.marks.in[embedded] | head.marks.in[held])
	var allows languages
	for i := r.first; i <= r.last; i++ {
		s := t.at(i)
		if s.quoted || s.marks.in[report]&in != 0 {
			return r, false
		}
		if i > r.first {
			allows |= s.marks.in[act] & (s.marks.in[voice] | s.marks.in[you] | s.marks.in[embedded])
		}
	}
	return r, in&allows != 0
}
