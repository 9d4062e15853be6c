package change

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAlign(t *testing.T) {
	before := FromText("Bridge closes", "Mia Lang", "One stays. Two stays too.\n\nUpdated 3 hours ago\n\nThe third of them is about the price, which is 30 euros.\n\nThe fourth goes away for good.\n\nThe fifth wanders through the text.")
	after := FromText("Bridge closed", "Mia Lang", "One stays. Two stays too.\n\nUpdated 5 hours ago\n\nThe fifth wanders through the text.\n\nThe third of them is about the price, which is 34 euros.\n\nSomething else was written down here.")
	var got []string
	for _, x := range Align(before, after) {
		s := string(x.Op) + " " + x.Where + ": "
		switch {
		case len(x.Spans) > 0:
			s += marked(x.Spans)
		case x.Op == Delete:
			s += x.Before
		default:
			s += x.After
		}
		if x.Greyed {
			s += " (grey)"
		}
		got = append(got, s)
	}
	want := []string{
		"replace title: Bridge [-closes-]{+closed+}",
		" byline: Mia Lang",
		" text: One stays. Two stays too.",
		"delete text: Updated 3 hours ago (grey)",
		"insert text: Updated 5 hours ago (grey)",
		"move text: The fifth wanders through the text.",
		"replace text: The third of them is about the price, which is [-30-]{+34+} euros.",
		"delete text: The fourth goes away for good.",
		"insert text: Something else was written down here.",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestSentenceKeys(t *testing.T) {
	a := Sentences(FromText("", "", "He said “no”. It costs 1,000 euros.\n\n29 comments"))
	b := Sentences(FromText("", "", "Updated 3 hours ago\n\nHe said \"no\".\n\nIt costs 1000 euros."))
	if len(a) != 2 || len(b) != 2 || a[0].Key != b[0].Key || a[1].Key != b[1].Key || a[0].Key == a[1].Key {
		t.Errorf("got %+v\nand %+v", a, b)
	}
	if a[1].Block != 0 || b[1].Block != 2 {
		t.Errorf("blocks %d and %d, want 0 and 2", a[1].Block, b[1].Block)
	}
}
