package dedup

import (
	"fmt"
	"testing"
)

// A watched index counts what is read of it, and can't name stories quickly.
type watched struct {
	Index
	sketches int
}

func (w *watched) Sketch(d DocID) (Sketch, error) {
	w.sketches++
	return w.Index.Sketch(d)
}

// Any text has a phrase that others have, too. In a large corpus they are many, and must not all be looked at.
func TestWorkStaysAsTheCorpusGrows(t *testing.T) {
	const phrase = "Council members debated harbour financing yesterday evening."
	text := func(i int) Text {
		return Text{Body: prose(uint64(i), 60) + "\n\n" + phrase + "\n\n" + prose(uint64(i)+1e6, 60), Site: fmt.Sprint("paper", i, ".test")}
	}
	for _, size := range []int{10, 300} {
		m := NewMemory(0)
		for i := range size {
			m.Add(NewSketch(text(i)), fmt.Sprint(i))
		}
		if docs, _, err := m.Postings(NewSketch(Text{Body: phrase}).Keys()[0]); err != nil || len(docs) == 0 {
			t.Fatalf("nobody has the phrase: %v", err)
		}
		w := &watched{Index: m}
		if match, err := Place(w, NewSketch(text(size+1))); err != nil || match.Relation != "" || w.sketches > maxLone {
			t.Errorf("of %d: %+v %v, %d sketches read", size, match, err, w.sketches)
		}
		again := text(size - 1)
		again.Site, again.Body = "another.test", again.Body+"\n\n"+prose(7, 20)
		w.sketches = 0
		match, err := Place(w, NewSketch(again))
		if err != nil || match.Story != fmt.Sprint(size-1) || !match.Joins() || w.sketches > maxLone+1 {
			t.Errorf("a copy among %d: %+v %v, %d sketches read", size, match, err, w.sketches)
		}
		if quick, err := Place(m, NewSketch(again)); err != nil || quick != match {
			t.Errorf("asked for names: %+v %v", quick, err)
		}
	}
}

// Of those that share one key alone a few are compared, and they take no place from others.
func TestChoose(t *testing.T) {
	m := NewMemory(0)
	for i := range 30 {
		m.Add(Sketch{}, fmt.Sprint(i/4))
	}
	var list []rated
	for d := range 8 { // of two stories, alone with a key each
		list = append(list, rated{DocID(d), 1, 1})
	}
	list = append(list, rated{8, 0.5, 2}, rated{12, 0.4, manyKeys}, rated{16, 1.25, 2}, rated{20, 9, 50}, rated{21, 8, 40}, rated{22, 7, 40}, rated{23, 6, 40})
	p := placing{ix: m}
	got, err := p.choose(list)
	if want := []DocID{20, 21, 22, 16, 0, 1, 2, 12}; err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("chosen are %v, not %v (%v)", got, want, err)
	}
}
