package dedup

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// prose makes n words of invented text that depend on the seed only, with a name now and then.
func prose(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 7))
	syllables := strings.Fields("ba cor den fal gim hul jer kas lom mer nos pir quel ras sol tum vex wir yor zan")
	word := func() string {
		w := ""
		for range 2 + r.IntN(3) {
			w += syllables[r.IntN(len(syllables))]
		}
		return w
	}
	var b strings.Builder
	for i := range n {
		w := word()
		if r.IntN(7) == 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		b.WriteString(w)
		if i%15 == 14 {
			b.WriteString(". ")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func add(t *testing.T, g *Grouper, name string, x Text) Placed {
	t.Helper()
	p, err := g.Add(name, x)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Neighbours that each share much with the next are no story from end to end.
func TestNoChaining(t *testing.T) {
	g := NewGrouper(0)
	in := make(map[string]int)
	for i := range uint64(12) {
		// Each text drops the first fifth of the one before and ends in a new one.
		var body string
		for part := range uint64(5) {
			body += prose(i+part, 60) + "\n\n"
		}
		p := add(t, g, fmt.Sprint(i), Text{Title: fmt.Sprintf("Rolling %d news", i), Body: body, Site: fmt.Sprintf("s%d.test", i)})
		in[p.Story]++
	}
	for s, n := range in {
		if n > 4 {
			t.Errorf("story %s has %d members of a rolling text", s, n)
		}
	}
}

// A passage that stands in several stories of a site loses its weight: pages that share it are not one text.
func TestLearnedFurniture(t *testing.T) {
	furniture := prose(1000, 400)
	g := NewGrouper(0)
	for i := range uint64(8) {
		id := fmt.Sprint(i)
		p := add(t, g, id, Text{Title: prose(i, 5), Body: prose(i+50, 250) + "\n\n" + furniture, Site: "gallery.test"})
		if p.Story != id {
			t.Errorf("text %d lies in story %s: %s", i, p.Story, p.Why)
		}
	}
	// Nor does a page that is nearly all furniture draw others to it.
	if p := add(t, g, "stub", Text{Title: prose(90, 5), Body: prose(91, 25) + "\n\n" + furniture, Site: "gallery.test"}); p.Story != "stub" {
		t.Errorf("stub over furniture: %+v", p)
	}
	if p := add(t, g, "other", Text{Title: prose(92, 5), Body: prose(93, 600) + "\n\n" + furniture, Site: "sister.test"}); p.Story != "other" {
		t.Errorf("page beside a stub: %+v", p)
	}
	// And a copy without the furniture, or with another's, is found for its own words.
	p := add(t, g, "bare", Text{Title: prose(7, 5), Body: prose(57, 250), Site: "copy.test"})
	if p.Story != "7" {
		t.Errorf("bare copy: %+v", p)
	}
	p = add(t, g, "clad", Text{Title: prose(5, 5), Body: prose(55, 250) + "\n\n" + prose(2000, 300), Site: "copy.test"})
	if p.Story != "5" {
		t.Errorf("copy in other furniture: %+v", p)
	}
}

// Furniture of another site, once learned, does not hide that the rest is a copy.
func TestCopyAmongFurniture(t *testing.T) {
	g := NewGrouper(0)
	page := func(own, furniture uint64, site string) Text {
		return Text{Title: prose(own, 5), Body: prose(own+50, 150) + "\n\n" + prose(furniture, 400), Site: site}
	}
	for i := range uint64(6) {
		add(t, g, fmt.Sprint("a", i), page(i, 1000, "a.test"))
		add(t, g, fmt.Sprint("b", i), page(i+20, 2000, "b.test"))
	}
	if p := add(t, g, "copy", page(4, 2000, "b.test")); p.Story != "a4" {
		t.Errorf("copy: %+v", p)
	}
}

// Pairs of texts that share much and are not one text, and the same where they are.
func TestLookAlikes(t *testing.T) {
	every := func(n int, from, other string) string { // every nth word of from, the rest of other
		a, b := strings.Fields(from), strings.Fields(other)
		for i := range a {
			if i%n != 0 {
				a[i] = b[i]
			}
		}
		return strings.Join(a, " ")
	}
	for _, c := range []struct {
		name         string
		first, then  string
		site1, site2 string
		days         int
		want         Relation
	}{
		{"a word in four in place", prose(1, 300), every(4, prose(1, 300), prose(2, 300)), "a.test", "b.test", 0, Original},
		{"a new opening before a long tail", prose(3, 150) + prose(4, 600), prose(5, 150) + prose(4, 600), "a.test", "b.test", 0, Original},
		{"a paper's second text over the first", prose(6, 300) + prose(7, 250), prose(6, 300) + prose(8, 250), "a.test", "a.test", 3, FollowUp},
		{"the same in another paper", prose(6, 300) + prose(7, 250), prose(6, 300) + prose(8, 250), "a.test", "b.test", 3, Syndicated},
		{"a paper's page under a new address", prose(9, 300) + prose(10, 60), prose(9, 300) + prose(11, 60), "a.test", "a.test", 3, Syndicated},
		{"paragraphs moved", prose(12, 100) + prose(13, 100) + prose(14, 100), prose(14, 100) + prose(12, 100) + prose(13, 100), "a.test", "b.test", 0, Syndicated},
		{"one sentence over and over", strings.Repeat(prose(17, 12)+". ", 9), strings.Repeat(prose(17, 12)+". ", 9), "a.test", "a.test", 0, Same},
		{"the whole after a part", prose(15, 150), prose(15, 150) + prose(16, 300), "a.test", "b.test", 0, Syndicated},
	} {
		g := NewGrouper(0)
		day := time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC)
		add(t, g, "first", Text{Title: "A headline of some length here", Body: c.first, Site: c.site1, Published: day})
		p := add(t, g, "then", Text{Title: "Quite another one stands there", Body: c.then, Site: c.site2, Published: day.AddDate(0, 0, c.days)})
		if p.Relation != c.want {
			t.Errorf("%s: %+v, want %s", c.name, p, c.want)
		}
	}
}

// A text that is copied by everybody stays one story, though its passages are common.
func TestOftenCopied(t *testing.T) {
	g := NewGrouper(0)
	for i := range 120 {
		x := read(t, "agency", fmt.Sprintf("s%d.test", i), 3)
		if i%2 == 1 {
			x = read(t, "spun", fmt.Sprintf("s%d.test", i), 3)
		}
		if p := add(t, g, fmt.Sprint(i), x); p.Story != "0" {
			t.Fatalf("copy %d: %+v", i, p)
		}
	}
}

func TestDiscount(t *testing.T) {
	at := func(from ...int) (s []spot) {
		for _, f := range from {
			s = append(s, spot{from: f, to: f + 2})
		}
		return s
	}
	for _, c := range []struct {
		name         string
		common, rare []spot
		want         string
	}{
		{"nothing common", nil, at(0, 4, 9), "111111111111111111111111111111"},
		{"the end", at(14, 20, 25), at(0, 3, 6, 9), "111111111111110000000000000000"},
		{"one rare key among common ones", at(9, 25), at(0, 2, 5, 15), "111111111000000000000000000000"},
		{"own words between", at(0, 25), at(5, 9, 12, 15), "000111111111111111111111100000"},
		{"all of it is an often copied text", at(0, 5, 10, 15, 20, 26), nil, "111111111111111111111111111111"},
		{"the headline's key stands nowhere", []spot{{from: 0, to: -1}}, at(3), "111111111111111111111111111111"},
	} {
		p := placing{weight: []uint8(strings.Repeat("\x01", 30))}
		p.discount(c.common, c.rare)
		got := ""
		for _, w := range p.weight {
			got += string('0' + rune(w))
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestTeasersAreNoCopies(t *testing.T) {
	g := NewGrouper(0)
	for i, title := range []string{"Harbour master resigns over oil spill", "Voters reject the new tram line", "Choir wins national contest"} {
		if p := add(t, g, title, Text{Title: title, Body: "Subscribe to continue reading this article.", Site: "gazette.test"}); p.Story != title {
			t.Errorf("teaser %d: %+v", i, p)
		}
	}
	for i := range 3 { // and nothing at all is like nothing
		if p := add(t, g, fmt.Sprint(i), Text{}); p.Story != fmt.Sprint(i) {
			t.Errorf("empty text %d: %+v", i, p)
		}
	}
}

func TestMemoryForgets(t *testing.T) {
	const limit = 20
	m := NewMemory(limit)
	for i := range uint64(200) {
		body := prose(i/2, 120) // every text twice
		s := NewSketch(Text{Body: body})
		match, err := Place(m, s)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprint(i)
		if i%2 == 1 {
			if !match.Joins() {
				t.Fatalf("copy %d is not found", i)
			}
			name = match.Story
		} else if match.Joins() {
			t.Fatalf("text %d is found in %d", i, match.Of)
		}
		if doc := m.Add(s, name); uint64(doc) != i {
			t.Fatalf("document %d has number %d", i, doc)
		}
	}
	old := NewSketch(Text{Body: prose(3, 120)})
	if match, _ := Place(m, old); match.Relation != "" {
		t.Errorf("a forgotten text is found: %+v", match)
	}
	if len(m.kept) != limit || len(m.stories) != limit/2 || len(m.links) > limit*60 || len(m.keys) > limit*60 {
		t.Errorf("%d documents, %d stories, %d links, %d keys are kept", len(m.kept), len(m.stories), len(m.links), len(m.keys))
	}
	for k, p := range m.keys {
		docs, total, _ := m.Postings(k)
		if total != int(p.total) || len(docs) > total {
			t.Errorf("key %x: %d postings of %d", k, len(docs), total)
		}
		for _, d := range docs {
			if _, err := m.Sketch(d); err != nil {
				t.Error(err)
			}
		}
	}
	if _, _, err := m.Story(3); err == nil {
		t.Error("a forgotten document has a story")
	}
}

// broken fails at one of its questions.
type broken struct {
	*Memory
	at int
}

var errBroken = errors.New("disk gone")

func (b broken) Postings(k uint64) ([]DocID, int, error) {
	if b.at == 0 {
		return nil, 0, errBroken
	}
	return b.Memory.Postings(k)
}

func (b broken) Sketch(d DocID) (Sketch, error) {
	if b.at == 1 {
		return Sketch{}, errBroken
	}
	return b.Memory.Sketch(d)
}

func (b broken) Story(d DocID) (string, []DocID, error) {
	if b.at == 2 {
		return "", nil, errBroken
	}
	return b.Memory.Story(d)
}

func TestIndexErrors(t *testing.T) {
	m := NewMemory(0)
	s := NewSketch(read(t, "agency", "a.test", 3))
	m.Add(s, "first")
	for at := range 3 {
		if _, err := Place(broken{m, at}, s); !errors.Is(err, errBroken) {
			t.Errorf("question %d: error is %v", at, err)
		}
	}
}

// One article in five is a copy of an earlier one, each of some 600 words (the words of prose are all content words).
func BenchmarkAdd(b *testing.B) {
	texts := make([]Text, 4000)
	for i := range texts {
		texts[i] = Text{Title: prose(uint64(i), 5), Body: prose(uint64(i), 300), Site: fmt.Sprint(i % 7)}
		if i%5 == 4 {
			texts[i].Body = texts[i/2].Body
		}
	}
	var g *Grouper
	for i := 0; b.Loop(); i++ {
		if i%len(texts) == 0 {
			g = NewGrouper(0)
		}
		if _, err := g.Add("x", texts[i%len(texts)]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

func BenchmarkNewSketch(b *testing.B) {
	x := read(b, "agency", "a.test", 3)
	x.Body = strings.Repeat(x.Body+"\n\n", 3)
	b.SetBytes(int64(len(x.Body)))
	for b.Loop() {
		NewSketch(x)
	}
}
