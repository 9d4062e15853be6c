package extract

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract/memory"
)

// taught gives the memory of a site that was taught these pages.
func taught(pages ...Page) *memory.Site {
	s := memory.New()
	for _, p := range pages {
		p.Memory = s.Read(false)
		if a := Extract(p); a.Kind == News || a.Kind == Partial {
			s.Learn(p.Memory)
		}
	}
	return s
}

// seenPages are how many other pages of a site memory has seen in the tables below.
var seenPages = [...]int{0, 1, 3, 10}

// A growth is how well pages are read after so many others.
type growth struct {
	bodies   [len(seenPages)]bodyScore
	segments [len(seenPages)]segmentScore
}

func (g *growth) log(t *testing.T, name string) {
	for i, n := range seenPages {
		f1, p, r := g.bodies[i].sums()
		s1, _, _ := g.segments[i].sums()
		t.Logf("%s, %2d other pages seen: body of %d pages F1 %.4f P %.4f R %.4f, segments F1 %.4f", name, n, g.bodies[i].pages, f1, p, r, s1)
	}
}

// add reads k after so many of the others, and gives the first and the last reading.
func (g *growth) add(k *known, page Page, others []Page) (first, last Article) {
	for i, n := range seenPages {
		n = min(n, len(others))
		if i == 0 || n > seenPages[i-1] {
			page.Memory = taught(others[:n]...).Read(false)
			if last = Extract(page); i == 0 {
				first = last
			}
		}
		text := last.Text()
		if k.Body != nil {
			g.bodies[i].add(compareRuns(runs(*k.Body), runs(text)))
		}
		g.segments[i].add(text, k.With, k.Without)
	}
	return first, last
}

// With -eval it prints how well pages of the sample's own sites are read after
// others of theirs, and names those that memory changed.
func TestGrowsOnSites(t *testing.T) {
	sites := map[string][]*known{}
	for _, k := range readSample(t) {
		if k.Corpus != "wcxb-other" && k.Site != "" {
			sites[k.Site] = append(sites[k.Site], k)
		}
	}
	halves := map[string]*growth{"A": {}, "B": {}}
	for _, site := range slices.Sorted(maps.Keys(sites)) {
		for _, k := range sites[site] {
			var others []Page
			for _, other := range sites[site] {
				if other != k && other.URL != k.URL && path.Base(other.ID) != path.Base(k.ID) {
					others = append(others, other.page(t))
				}
			}
			if len(others) == 0 || k.Body == nil && len(k.With)+len(k.Without) == 0 {
				continue
			}
			first, last := halves[k.half()].add(k, k.page(t), others)
			if first.Text() != last.Text() {
				t.Logf("%s reads otherwise:\n%s\n%s", k.ID, first.Text(), last.Text())
			}
		}
	}
	halves["A"].log(t, "half A")
	halves["B"].log(t, "half B")
}

// The sample has no site with many pages of one make, so furniture of one
// house is put into the articles of many pages: below the last paragraph, in
// its container, as nothing but paragraphs.
const housed = "<p>The Harbour Letter goes out to eleven thousand readers each Friday, with the best reporting of the week and a riddle at its end.</p>" +
	"<p>This house is paid for by the people who read it and by nobody else, and each of them has a vote in how it is run.</p>" +
	"<p>All texts and pictures on these pages may be used elsewhere when the editors have agreed to it in writing beforehand.</p>"

// With -eval it prints how well pages with the furniture of one house are read
// after others with it.
func TestGrowsWithFurniture(t *testing.T) {
	byID := map[string]*known{}
	for _, k := range readSample(t) {
		byID[k.ID] = k
	}
	f, err := os.Open(filepath.Join(*sample, "inject.jsonl"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	type housedPage struct {
		k    *known
		page Page
	}
	halves := map[string][]housedPage{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var at struct {
			Base, Kind string
			At         int
		}
		if err := json.Unmarshal(lines.Bytes(), &at); err != nil {
			t.Fatal(err)
		}
		if k := byID[at.Base]; k != nil && k.Body != nil && at.Kind == "tail-p" {
			p := k.page(t)
			p.Body = slices.Concat(p.Body[:at.At], []byte(housed), p.Body[at.At:])
			halves[k.half()] = append(halves[k.half()], housedPage{k, p})
		}
	}
	for _, half := range slices.Sorted(maps.Keys(halves)) {
		var g, bare growth
		list := halves[half]
		for i, h := range list {
			var others []Page
			for n := range seenPages[len(seenPages)-1] {
				others = append(others, list[(i+1+n)%len(list)].page)
			}
			g.add(h.k, h.page, others)
			bare.add(h.k, h.k.page(t), nil)
		}
		g.log(t, "half "+half)
		f1, p, r := bare.bodies[0].sums()
		t.Logf("half %s, without the furniture: F1 %.4f P %.4f R %.4f", half, f1, p, r)
	}
}

// gazettePage is the nth page of an invented paper, whose house puts a promise
// of a letter, a note on the author and a line of law into every article, and
// what of it is the article.
func gazettePage(n int) (Page, string) {
	places := []string{"the harbour", "the mill", "the old town hall", "the ferry landing", "the school on the hill", "the market", "the dry dock"}
	people := []string{"Ansa Berling", "Teo Marchetti", "Wil Okonta"}
	where, who := places[n%len(places)], people[n%len(people)]
	text := []string{
		fmt.Sprintf("The council put off its decision on %s for the %d. time on Tuesday, after a debate of %d hours that changed no vote.", where, n+2, n%5+2),
		fmt.Sprintf("Its members had before them report number %d, in which the surveyors name %d faults in the walls and one in the roof.", 1400+n, n+3),
		fmt.Sprintf("“Nobody in this room would sleep there,” said the chair of the works committee, who had walked through %s on the %d. of the month.", where, n+4),
		fmt.Sprintf("The money would have to come out of next year’s budget, where %d thousand crowns are set aside for repairs of every kind.", 120+7*n),
	}
	page := fmt.Sprintf(`<!doctype html><html lang="en"><head><title>Council puts off %[1]s again, report %[2]d</title></head><body>
<header><a href="/">The Gazette</a></header><main><article class="story"><h1>Council puts off %[1]s again, report %[2]d</h1>
<div class="copy"><p>%[3]s</p><p>%[4]s</p>
<p>The Gazette Letter goes out to eleven thousand readers each Friday, with the best reporting of the week and a riddle at its end.</p>
<p>%[5]s</p><p>%[6]s</p>
<div class="who"><p>%[7]s has written about the council for this paper since the old press stood in the yard behind the church.</p></div>
<p>All texts and pictures on these pages may be used elsewhere when the editors have agreed to it in writing beforehand.</p></div>
</article></main></body></html>`, where, n, text[0], text[1], text[2], text[3], who)
	return Page{URL: fmt.Sprintf("https://gazette.example/council/%d", n), Body: []byte(page)}, strings.Join(text, "\n\n")
}

// The more pages of a site were seen, the better a further one is read.
func TestGrows(t *testing.T) {
	const pages = 12
	var f1 []float64
	for seen := range pages {
		var score bodyScore
		for n := range pages {
			var others []Page
			for i := range seen {
				p, _ := gazettePage((n + 1 + i) % pages)
				others = append(others, p)
			}
			page, text := gazettePage(n)
			page.Memory = taught(others...).Read(false)
			a := Extract(page)
			if a.Kind != News {
				t.Fatalf("%s is %s: %s", page.URL, a.Kind, a.Why)
			}
			found := a.Text()
			score.add(compareRuns(runs(text), runs(found)))
			for _, p := range strings.Split(text, "\n\n") {
				if !strings.Contains(found, p) {
					t.Errorf("after %d pages %s loses %q", seen, page.URL, p)
				}
			}
		}
		f, _, _ := score.sums()
		if seen > 0 && f < f1[seen-1] {
			t.Errorf("F1 falls from %.3f to %.3f with page %d", f1[seen-1], f, seen)
		}
		f1 = append(f1, f)
	}
	t.Logf("F1 by pages seen: %.3f", f1)
	if f1[0] > 0.8 || f1[3] < 0.9 || f1[11] < 1 {
		t.Errorf("F1 by pages seen: %.3f, want it to begin low and end with 1", f1)
	}
}

// Of a site that nothing is known of, a page is read as if it were alone.
func TestEmptyMemoryChangesNothing(t *testing.T) {
	for n := range 3 {
		page, _ := gazettePage(n)
		alone := Extract(page)
		page.Memory = memory.New().Read(false)
		if diff := cmp.Diff(alone, Extract(page)); diff != "" {
			t.Error(diff)
		}
	}
}

// What memory takes out is told of, by a rule of its own.
func TestRemovedByMemory(t *testing.T) {
	var others []Page
	for n := range 8 {
		p, _ := gazettePage(n + 1)
		others = append(others, p)
	}
	page, _ := gazettePage(0)
	page.Memory = taught(others...).Read(false)
	a := Extract(page)
	rules := map[string]int{}
	for _, r := range a.Removed {
		rules[r.Rule]++
	}
	if rules["site/repeated"] == 0 || !a.Remembered() {
		t.Errorf("removed by %v, want by site/repeated too", rules)
	}
}

// A brief with many readers' letters below it is found where all other pages
// of its site have their article.
func TestFoundWhereOthersHaveIt(t *testing.T) {
	page := func(n, paragraphs, letters int) Page {
		var copy, voices strings.Builder
		for i := range paragraphs {
			fmt.Fprintf(&copy, "<p>In the %d. week of the dispute the pilots and the port named figure number %d for what a night on the water is worth.</p>", n, n*100+i)
		}
		for i := range letters {
			fmt.Fprintf(&voices, "<section><p>I have lived by this port for %d years, and never in all that time, from the flood of year %d to the strike, have I heard so much said so loudly by so few about so little.</p><p>Let them row, is what my neighbour says, who is %d and still does so himself each morning.</p></section>", i+n+20, i+n+1900, i+n+60)
		}
		return Page{URL: fmt.Sprintf("https://gazette.example/port/%d", n), Body: fmt.Appendf(nil,
			`<!doctype html><html lang="en"><head><title>Pilots and port, part %[1]d</title></head><body><div class="page"><div class="sheet"><h1>Pilots and port, part %[1]d</h1><div class="copy">%[2]s</div></div><div class="voices"><div class="all">%[3]s</div></div></div></body></html>`,
			n, &copy, &voices)}
	}
	brief := page(99, 2, 30)
	if a := Extract(brief); !strings.Contains(a.Text(), "my neighbour") {
		t.Fatal("alone it is found too, which is no test")
	}
	var others []Page
	for n := range 6 {
		others = append(others, page(n, 16, 1))
	}
	brief.Memory = taught(others...).Read(false)
	if a := Extract(brief); strings.Contains(a.Text(), "my neighbour") || len(a.Blocks) != 2 || !brief.Memory.Touched() {
		t.Errorf("read with its site's memory it is\n%s", a.Text())
	}
}

// What it costs to read a page with the memory of its site, beside reading it alone.
func BenchmarkKnown(b *testing.B) {
	var others []Page
	for n := range 12 {
		p, _ := gazettePage(n)
		others = append(others, p)
	}
	site := taught(others...)
	page, _ := gazettePage(20)
	long := strings.Repeat("<p>Paragraph that says of the harbour, the council and the mill what was said of them before, at some length and to no avail.</p>", 30)
	page.Body = bytes.Replace(page.Body, []byte(`<div class="who">`), []byte(long+`<div class="who">`), 1)
	for name, m := range map[string]*memory.Site{"alone": nil, "known": site} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if m != nil {
					page.Memory = m.Read(false)
				}
				Extract(page)
			}
		})
	}
}
