package change

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pressmark/extract"
	"pressmark/extract/meta"
)

// A tongue is one language's invented town: sentences to make articles of, what
// an editor may put in their place, and the furniture of its paper.
// In them {A} and {B} are persons, {P} the town, {n}, {m} and {k} numbers.
type tongue struct {
	Lang, Site             string
	Names, Places, Heads   []string
	Lede                   []string    // the opening, and the same written anew
	Lines                  []string    // the facts; 0 has {n}, 1 has {A}, 9 has the word of Typo
	Half                   [][2]any    // the number of a line, and the line written half anew
	Quotes                 [][2]string // a sentence with a quotation, and with another one
	More                   []string
	Typo                   [2]string
	Correction, Retraction string
	Wall                   string
	Cookie, Newsletter     string
	Ago, Reading, Count    string // with {i}
	Related, Label, Also   string
}

func tongues(t *testing.T) (list []tongue) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "edits.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// classes are what is done to an article. The last three are no change of it.
var classes = []string{"headline", "headline_flip", "lede", "numbers", "quotes", "names", "correction", "retraction", "unpublished", "paywall", "byline",
	"added", "removed", "moved", "reworded", "typo", "dates", "noise", "loss"}

// A made pair is two looks at one page, and what happened between them.
type made struct {
	before, after Snapshot
	earlier       []string
	kinds         []Kind
	stealth       bool
	doubtful      bool
}

// make writes an article, edits it as class says, and puts furniture around both.
func (l *tongue) make(class string, seed uint64) made {
	r := rand.New(rand.NewPCG(seed, uint64(slices.Index(classes, class))))
	names := slices.Clone(l.Names)
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	n := 12 + r.IntN(80)
	fill := func(s, a string, n int, place string) string {
		return strings.NewReplacer("{A}", a, "{B}", names[1], "{P}", place, "{n}", strconv.Itoa(n), "{m}", strconv.Itoa(100+int(seed%300)), "{k}", strconv.Itoa(2000+int(seed%7000))).Replace(s)
	}
	place := l.Places[r.IntN(len(l.Places))]
	put := func(s string) string { return fill(s, names[0], n, place) }
	heads := r.Perm(len(l.Heads))
	old := draft{head: put(l.Heads[heads[0]]), byline: names[2], lede: put(l.Lede[0]), modified: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
	at := map[int]int{}
	for _, i := range r.Perm(len(l.Lines)) {
		at[i] = len(old.text)
		old.text = append(old.text, put(l.Lines[i]))
	}
	q := l.Quotes[r.IntN(len(l.Quotes))]
	old.text = append(old.text, put(q[0]))
	spoken := len(old.text) - 1
	edited := old
	edited.text = slices.Clone(old.text)
	m := made{kinds: []Kind{Kind(class)}, stealth: true}
	status := http.StatusOK
	switch class {
	case "headline", "headline_flip":
		edited.head = put(l.Heads[heads[1]])
		if class == "headline_flip" {
			m.kinds = []Kind{Headline, HeadlineFlip}
			m.earlier = []string{edited.head}
		}
	case "lede":
		edited.lede = put(l.Lede[1])
	case "numbers":
		edited.text[at[0]] = fill(l.Lines[0], names[0], n+1+r.IntN(9), place)
	case "quotes":
		edited.text[spoken] = put(q[1])
	case "names":
		edited.text[at[1]] = fill(l.Lines[1], names[3], n, place)
	case "correction":
		edited.text[at[0]] = fill(l.Lines[0], names[0], n+1+r.IntN(9), place)
		edited.text = append(edited.text, l.Correction)
		m.kinds, m.stealth = []Kind{Correction, Numbers}, false
	case "retraction":
		edited.text = slices.Insert(edited.text, 0, l.Retraction)
		m.stealth = false
	case "unpublished":
		status, m.stealth = http.StatusGone, false
	case "paywall":
		edited.text, m.stealth = []string{edited.text[0], l.Wall}, false
	case "byline":
		edited.byline, m.stealth = names[4], false
	case "added":
		edited.text = slices.Insert(edited.text, 3+r.IntN(6), l.More[r.IntN(len(l.More))])
	case "removed":
		edited.text = slices.Delete(edited.text, at[7], at[7]+1)
	case "moved":
		i := 7 + r.IntN(4)
		edited.text = slices.Insert(slices.Delete(edited.text, i, i+1), 1+r.IntN(3), old.text[i])
	case "reworded":
		h := l.Half[r.IntN(len(l.Half))]
		edited.text[at[int(h[0].(float64))]] = put(h[1].(string))
	case "typo":
		edited.text[at[9]] = strings.Replace(edited.text[at[9]], l.Typo[0], l.Typo[1], 1)
		m.stealth = false
	case "dates":
		edited.modified = edited.modified.Add(26 * time.Hour)
		m.stealth = false
	case "noise":
		m.kinds, m.stealth = nil, false
	case "loss":
		edited.text = nil
		m.doubtful = true
	}
	if m.stealth && r.IntN(4) == 0 {
		edited.modified, m.stealth = edited.modified.Add(26*time.Hour), false
	}
	m.before, m.after = l.page(r, old, http.StatusOK), l.page(r, edited, status)
	return m
}

// A draft is an article before it is printed.
type draft struct {
	head, byline, lede string
	text               []string
	modified           time.Time
}

// page prints a draft with whatever furniture the page happens to have that day.
func (l *tongue) page(r *rand.Rand, d draft, status int) Snapshot {
	a := extract.Article{Language: l.Lang, SiteName: l.Site, Title: d.head, Byline: []string{d.byline}}
	a.Published.Time, a.Modified = time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC), meta.Date{Time: d.modified}
	add := func(k extract.BlockKind, s string) {
		count := strings.NewReplacer("{i}", strconv.Itoa(2+r.IntN(58)), "{h}", l.other(r))
		a.Blocks = append(a.Blocks, extract.Block{Kind: k, Text: count.Replace(s)})
	}
	maybe := func(s string) {
		if r.IntN(2) == 0 {
			add(extract.Paragraph, s)
		}
	}
	if r.IntN(3) == 0 {
		a.Title += []string{" | ", " - ", " – "}[r.IntN(3)] + l.Site
	}
	maybe(l.Ago)
	maybe(l.Reading)
	add(extract.Paragraph, d.lede)
	straight := r.IntN(3) == 0
	label, also := r.IntN(12), r.IntN(12)
	for i, s := range d.text {
		if straight {
			s = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "’", "'", " ", "\u00a0").Replace(s)
		}
		add(extract.Paragraph, s)
		if i == label {
			add(extract.Paragraph, l.Label)
		}
		if i == also {
			add(extract.Paragraph, l.Also)
		}
	}
	maybe(l.Newsletter)
	maybe(l.Count)
	maybe(l.Cookie)
	if r.IntN(2) == 0 {
		add(extract.Heading, l.Related)
		for range 3 {
			add(extract.Item, l.other(r))
		}
	}
	return Snapshot{Article: a, URL: "https://paper.example/story", Status: status}
}

// other is the headline of another article.
func (l *tongue) other(r *rand.Rand) string {
	return strings.ReplaceAll(l.Heads[r.IntN(len(l.Heads))], "{P}", l.Places[r.IntN(len(l.Places))])
}
