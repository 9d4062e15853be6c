package change

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAlign(t *testing.T) {
	before := FromText("Bridge closes", "Mia Lang", "One stays. Two stays too.\n\nUpdated 3 hours ago\n\nThe third of them is about the price, which is 30 euros.\n\nThe fourth goes away for good.\n\nThe fifth wanders through the text.")
	after := FromText("Bridge closed", "Mia Lang", "One stays. Two stays too.\n\nUpdated 5 hours ago\n\nThe fifth wanders through the text.\n\nThe third of them is about the price, which is 34 euros.\n\nSomething else was written down here.")
	var got []string
	for _, x := range Align(Snapshot{Article: before}, Snapshot{Article: after}) {
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
