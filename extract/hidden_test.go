package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract/filter"
)

func filters(t testing.TB, list string) *filter.Set {
	t.Helper()
	l, err := filter.Read("list.txt", strings.NewReader(list))
	if err != nil || len(l.Faults) > 0 {
		t.Fatal(err, l.Faults)
	}
	return filter.New(l)
}

const filtered = `<!doctype html><html lang="en"><head><title>The kiln is lit | Clay Courier</title><meta name="author" content="Edda Brandt"></head><body class="page">
<main><article class="story"><h1>The kiln is lit</h1><span class="writer">By Edda Brandt</span>
<p class="t">The great kiln behind the station was lit on Saturday for the first time in eleven years, and the smoke stood over the town until the evening.</p>
<div class="goose-offer" onclick="buy()"><p>Every reader who takes a friend along to the fair of the potters gets a goose of clay for nothing, said the sheet that lay at the door.</p></div>
<p class="t">Twelve potters had carried four thousand bowls up the hill, one by one, because the old <a class="link" href="/lift">lift had been sold</a> to a circus.</p>
<p class="t">“We shall know on Thursday whether anything holds water,” said the oldest of them, who was born in the house beside the kiln.</p>
<p class="t">The town gives the wood this year; next winter the potters will have to find their own, and the forester has said what he thinks.</p>
</article></main></body></html>`

// What a filter hides is no part of the text, and is kept as evidence.
func TestFilters(t *testing.T) {
	p := Page{URL: "https://clay.example/kiln", Body: []byte(filtered)}
	without := Extract(p)
	if !strings.Contains(without.Text(), "goose of clay") {
		t.Fatal("the offer is not in the text to begin with: " + without.Text())
	}
	for list, rule := range map[string]string{
		"##.goose-offer":                     "filter/##.goose-offer",
		"clay.example##.story > div":         "filter/clay.example##.story > div",
		`##[onclick*="buy"]`:                 `filter/##[onclick*="buy"]`, // an attribute that nobody else asks for
		"##.goose-offer\n##.writer\n##.page": "filter/##.goose-offer",
	} {
		p.Filters = filters(t, list)
		a := Extract(p)
		if strings.Contains(a.Text(), "goose") || !strings.Contains(a.Text(), "had been sold to a circus") {
			t.Errorf("%s: %s", list, a.Text())
		}
		found := false
		for _, r := range a.Removed {
			found = found || r.Kind == "filter" && r.Rule == rule && strings.HasPrefix(r.Text, "Every reader who takes")
		}
		if !found {
			t.Errorf("%s: no evidence in %+v", list, a.Removed)
		}
		if a.Title != without.Title || !cmp.Equal(a.Byline, without.Byline) {
			t.Errorf("%s: %q by %q", list, a.Title, a.Byline)
		}
		x := Explain(p)
		if d := cmp.Diff(a, x.Article); d != "" {
			t.Errorf("%s: Explain gives another article:\n%s", list, d)
		}
		at := x.Find("goose of clay")
		if len(at) != 1 || x.Pieces[at[0]].Rule != rule || !strings.Contains(x.Pieces[at[0]].Why, "filter list") {
			t.Errorf("%s: explained as %v", list, x.Pieces)
		}
	}
}

// A list made to empty the page gives the article that there is without it.
func TestHostileFilters(t *testing.T) {
	p := Page{URL: "https://clay.example/kiln", Body: []byte(filtered)}
	want := Extract(p)
	for _, list := range []string{"##*", "##p", "##.t", "##div > p\n##p", "##article", "##main", "##body", "##html", "##.story", "##[class]", "clay.example##p",
		"clay.example##.story > *", "##:not(x)", "##.t:nth-child(n+2)", "##h1", "##.link", "##a", `##a[href*="lift"]`, "clay.example##p a"} {
		p.Filters = filters(t, list)
		got := Extract(p)
		for _, b := range want.Blocks {
			if !strings.Contains(got.Text(), b.Text) && !strings.Contains(b.Text, "goose") {
				t.Errorf("%s: %q is gone", list, b.Text)
			}
		}
		if got.Title != want.Title || got.Kind != News {
			t.Errorf("%s: %s %q", list, got.Kind, got.Title)
		}
		if list != "clay.example##.story > *" && list != "##[class]" && list != "##*" && len(Explain(p).Refused) == 0 {
			t.Errorf("%s: nothing says that it is not followed", list)
		}
	}
}

// On a page with much other prose the article is still the article: what a rule
// may take is measured by it.
func TestFiltersAmongFurniture(t *testing.T) {
	talk := strings.Repeat(`<div class="talk"><p>A reader from the lower town writes that the smoke came in at her window, and that she does not mind it as long as it is birch.</p></div>`, 12)
	p := Page{URL: "https://clay.example/kiln", Body: []byte(strings.Replace(filtered, "</main>", "</main><section class=\"comments\">"+talk+"</section>", 1))}
	want := Extract(p)
	for _, list := range []string{"##.t", "clay.example##article p", "##.t:nth-child(odd)"} {
		p.Filters = filters(t, list)
		if got := Extract(p); got.Text() != want.Text() {
			t.Errorf("%s: %s", list, cmp.Diff(want.Text(), got.Text()))
		}
		if r := Explain(p).Refused; len(r) == 0 || !strings.Contains(r[0].Why, "too much of the article") {
			t.Errorf("%s: refused %v", list, r)
		}
	}
}

func TestVersionWith(t *testing.T) {
	if v := VersionWith(nil); v != Version {
		t.Error(v)
	}
	a, b := VersionWith(filters(t, "##.a")), VersionWith(filters(t, "##.b"))
	if a == b || !strings.HasPrefix(a, Version+"+") {
		t.Error(a, b)
	}
}
