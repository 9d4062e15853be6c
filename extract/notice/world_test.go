package notice

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// TestWorld sets the notices of world.txt, which were written before the rules
// for them, into flattened text and into the places of a page whose markup says
// nothing, and wants the traps of world-traps.txt whole. A failure is a line of
// the golden file, so that the price of a rule shows where it is paid.
func TestWorld(t *testing.T) {
	w := newTally()
	first := w.notices(t, "world.txt")
	for _, s := range samples(t, "world-traps.txt") {
		w.trap(s, first)
	}
	w.golden(t, "world.golden")
}

// TestLater does the same with notices that were written when those rules were
// done, in wordings that nobody had in mind then.
func TestLater(t *testing.T) {
	w := newTally()
	w.notices(t, "later.txt")
	w.golden(t, "later.golden")
}

// TestUsual is for notices that no rule was made for.
func TestUsual(t *testing.T) {
	w := newTally()
	w.notices(t, "usual.txt")
	w.golden(t, "usual.golden")
}

// TestPress is for notices as the tools and papers that readers meet every day word them.
func TestPress(t *testing.T) {
	w := newTally()
	w.notices(t, "press.txt")
	w.golden(t, "press.golden")
}

// TestWide is for notices and traps as other houses in yet other languages would
// write them, of which some have no lexicon.
func TestWide(t *testing.T) {
	w := newTally()
	first := w.notices(t, "wide.txt")
	for _, s := range samples(t, "wide-traps.txt") {
		w.trap(s, first)
	}
	w.golden(t, "wide.golden")
}

// TestLast is for those that were written when the rules for these were done.
func TestLast(t *testing.T) {
	w := newTally()
	first := w.notices(t, "last.txt")
	for _, s := range samples(t, "last-traps.txt") {
		w.trap(s, first)
	}
	w.golden(t, "last.golden")
}

// notices tries those of a file in all places, and gives the first banner of each language.
func (w *tally) notices(t *testing.T, file string) (first map[string][]string) {
	t.Helper()
	articles := map[string][]string{}
	for _, file := range []string{"articles.txt", "world-articles.txt", "wide-articles.txt"} {
		for _, a := range samples(t, file) {
			articles[a.head] = a.lines
		}
	}
	first = map[string][]string{}
	for _, n := range samples(t, file) {
		lang, kind, _ := strings.Cut(n.head, " ")
		news := articles[lang]
		if len(news) != 3 {
			t.Fatalf("%s: an article of three paragraphs is needed", n.head)
		}
		prose, labels := n.lines, []string(nil)
		if l, ok := strings.CutPrefix(n.lines[len(n.lines)-1], "> "); ok {
			prose, labels = n.lines[:len(n.lines)-1], strings.Split(l, " | ")
		}
		if kind == "banner" && first[lang] == nil {
			first[lang] = []string{strings.Join(prose, " "), strings.Join(labels, " ")}
		}
		want := strings.Join(news, "\n")
		var leaks, losses []string
		try := func(place, got string) {
			leak, loss := got != want, false
			for _, p := range news {
				if !strings.Contains(got, p) {
					leak, loss = false, true
				}
			}
			w.count("leak, "+place, leak)
			w.count("leak of kind "+kind, leak)
			w.count("leak in "+lang, leak)
			w.count("loss", loss)
			if leak {
				leaks = append(leaks, place)
			} else if loss {
				losses = append(losses, place)
			}
		}
		for _, f := range flattened(news, prose, labels) {
			kept, _ := Blocks(f.text, Options{Flat: true})
			try("text "+f.name, compact(kept))
		}
		for _, p := range placed(news, prose, labels) {
			doc := parsed(t, `<html lang="`+lang+`"><body>`+p.markup)
			ReadPage(doc).Prune()
			kept, _ := Blocks(ReadPage(doc).texts, Options{Language: lang})
			try("page "+p.name, strings.ReplaceAll(compact(kept), "\n\n", "\n"))
		}
		name := n.head + " (" + clip(prose[0]) + ")"
		if leaks != nil {
			w.failures = append(w.failures, "leaks: "+name+": "+strings.Join(leaks, ", "))
		}
		if losses != nil {
			w.failures = append(w.failures, "loses: "+name+": "+strings.Join(losses, ", "))
		}
	}
	return first
}

// trap wants a text whole: in a page's body, flattened, above a notice, and
// with the notice glued to its last paragraph.
func (w *tally) trap(s sample, notices map[string][]string) {
	var in, want []string
	marked := false
	for _, line := range s.lines {
		in = append(in, strings.NewReplacer("[[", "", "]]", "").Replace(line))
		if strings.HasPrefix(line, "[[") {
			marked = true
			continue
		}
		want = append(want, line)
	}
	whole := compact(want)
	try := func(row string, text []string, o Options) {
		kept, removed := Blocks(text, o)
		got := compact(kept)
		loss := false
		for _, p := range want {
			loss = loss || !strings.Contains(got, p)
		}
		w.count("trap damaged, "+row, loss)
		if row != "alone" && row != "in a body" || marked {
			w.count("trap leaves a notice, "+row, !loss && got != whole)
		}
		if got != whole {
			w.failures = append(w.failures, fmt.Sprintf("trap %s %s: damaged %v: %v", s.head, row, loss, removed))
		}
	}
	lang, _, _ := strings.Cut(s.head, " ")
	try("in a body", in, Options{Language: lang})
	try("alone", in, Options{Flat: true})
	if n := notices[lang]; n != nil && !marked {
		try("above a notice", concat(in, n), Options{Flat: true})
		glued := append([]string(nil), in...)
		glued[len(glued)-1] += " " + n[0] + " " + n[1]
		try("glued to a notice", glued, Options{Flat: true})
	}
}

type place struct {
	name   string
	text   []string
	markup string
}

func flattened(news, prose, labels []string) []place {
	body, row, last := strings.Join(prose, " "), strings.Join(labels, " "), len(news)-1
	var sentences []string
	for _, p := range prose {
		for _, s := range strings.SplitAfter(p, ". ") {
			sentences = append(sentences, strings.TrimSpace(s))
		}
	}
	return []place{
		{name: "first", text: concat([]string{body, row}, news)},
		{name: "middle", text: concat(news[:1], []string{body}, news[1:])},
		{name: "middle with labels", text: concat(news[:1], []string{body, row}, news[1:])},
		{name: "last", text: concat(news, []string{body, row})},
		{name: "lines", text: concat(news, prose, labels)},
		{name: "sentences", text: concat(news, sentences, []string{row})},
		{name: "joined", text: concat(news, []string{body + row})},
		{name: "tail", text: concat(news[:last], []string{news[last] + " " + body + " " + row})},
		{name: "glued", text: concat(news[:last], []string{news[last] + body + strings.Join(labels, "")})},
		{name: "bare", text: concat(news, prose)},
	}
}

func placed(news, prose, labels []string) []place {
	box, loose := `<div class="x7f3">`, ""
	for _, line := range prose {
		box += "<p>" + html.EscapeString(line) + "</p>"
		for _, s := range strings.SplitAfter(line, ". ") {
			loose += "<div><span>" + html.EscapeString(strings.TrimSpace(s)) + "</span></div>"
		}
	}
	for _, l := range labels {
		box += "<button>" + html.EscapeString(l) + "</button> "
		loose += `<div class="k2"><a href="#">` + html.EscapeString(l) + "</a></div>"
	}
	box += "</div>"
	p := make([]string, len(news))
	for i := range news {
		p[i] = "<p>" + html.EscapeString(news[i]) + "</p>"
	}
	all := strings.Join(p, "")
	line := html.EscapeString(strings.Join(prose, " ")) + " " + html.EscapeString(strings.Join(labels, " "))
	return []place{
		{name: "named", markup: "<article>" + all + strings.Replace(box, "x7f3", "gz-privacy-sheet", 1) + "</article>"},
		{name: "above", markup: box + "<article>" + all + "</article>"},
		{name: "below", markup: "<article>" + all + "</article>" + box},
		{name: "inside", markup: "<article>" + all + box + "</article>"},
		{name: "between", markup: "<article>" + p[0] + box + p[1] + p[2] + "</article>"},
		{name: "in pieces", markup: "<article>" + all + loose + "</article>"},
		{name: "after a break", markup: "<article>" + strings.TrimSuffix(all, "</p>") + "<br>" + line + "</p></article>"},
	}
}

// A tally counts what went wrong, by row.
type tally struct {
	wrong, all map[string]int
	failures   []string
}

func newTally() *tally { return &tally{wrong: map[string]int{}, all: map[string]int{}} }

func (w *tally) count(row string, bad bool) {
	w.all[row]++
	if bad {
		w.wrong[row]++
	}
}

func (w *tally) golden(t *testing.T, name string) {
	t.Helper()
	var rows []string
	for row := range w.all {
		rows = append(rows, row)
	}
	sort.Strings(rows)
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%-36s %4d of %4d\n", row, w.wrong[row], w.all[row])
	}
	b.WriteString("\n" + strings.Join(w.failures, "\n") + "\n")
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s is not what the tables give now; go test -update writes it anew\n%s", name, b.String())
	}
}
