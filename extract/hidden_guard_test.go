package extract

import (
	"fmt"
	"strings"
	"testing"

	"pressmark/extract/filter"
)

// quayPage is an article of nine paragraphs; every third stands in a box.
func quayPage() Page {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><head><title>The quay</title></head><body><article><h1>The quay</h1>`)
	for i := range 9 {
		p := fmt.Sprintf("<p>Stone %d of the quay was laid in the year in which the council of the harbour had nothing else to quarrel about, and it has not moved since then, whatever the sea did.</p>", i+1)
		if i%3 == 0 {
			p = fmt.Sprintf(`<div class="stone s%d">%s</div>`, i, p)
		}
		b.WriteString(p)
	}
	b.WriteString(`<div class="shop"><p>The harbour shop sells stones of chalk in three sizes, all of them washed.</p></div></article></body></html>`)
	return Page{URL: "https://harbour.example/quay", Body: []byte(b.String())}
}

func TestGreedyRules(t *testing.T) {
	for _, c := range []struct {
		list string
		kept bool
	}{
		{"##.stone\n", true},                // a third of the article in three places
		{"##.s0\n##.s3\n##.s6\n", true},     // three rules, each a ninth
		{"##.shop\n", false},                // a box
		{"##.stone\n##.shop\n", true},       // the box goes, the stones stay
		{"harbour.example##.stone\n", true}, // whoever names the site
	} {
		list, err := filter.Read("own", strings.NewReader(c.list))
		if err != nil {
			t.Fatal(err)
		}
		p := quayPage()
		p.Filters = filter.New(list)
		a := Extract(p)
		stones := strings.Count(a.Text(), "Stone ")
		told := false
		for _, r := range a.Removed {
			told = told || r.Rule == "filter/refused" && r.Text != ""
		}
		if stones < 7 {
			t.Errorf("%q leaves %d of nine paragraphs", c.list, stones)
		}
		if c.kept != told {
			t.Errorf("%q: tells of rules that are not followed: %v", c.list, told)
		}
	}
}
