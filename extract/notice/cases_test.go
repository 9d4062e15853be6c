package notice

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden results anew")

// A sample is one entry of a table in testdata: a head line, then lines.
type sample struct {
	head  string
	lines []string
}

func samples(t *testing.T, name string) []sample {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var list []sample
	fresh := true
	for _, line := range strings.Split(string(data), "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			fresh = true
		case fresh:
			list = append(list, sample{head: line})
			fresh = false
		default:
			list[len(list)-1].lines = append(list[len(list)-1].lines, line)
		}
	}
	return list
}

// counts are golden results: how many of how many passed, by row.
type counts struct {
	passed, all map[string]int
	failures    []string
}

func newCounts() *counts { return &counts{passed: map[string]int{}, all: map[string]int{}} }

func (c *counts) add(row string, ok bool, failure string) {
	c.all[row]++
	if ok {
		c.passed[row]++
	} else {
		c.failures = append(c.failures, failure)
	}
}

func (c *counts) golden(t *testing.T, name string) {
	t.Helper()
	var b strings.Builder
	rows := make([]string, 0, len(c.all))
	for row := range c.all {
		rows = append(rows, row)
	}
	sort.Strings(rows)
	for _, row := range rows {
		fmt.Fprintf(&b, "%-28s %4d of %4d\n", row, c.passed[row], c.all[row])
	}
	b.WriteString("\n")
	for _, f := range c.failures {
		fmt.Fprintf(&b, "failed: %s\n", f)
	}
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

// TestNotices sets every notice into an article of its language in seven ways.
func TestNotices(t *testing.T) {
	articles := map[string][]string{}
	for _, a := range samples(t, "articles.txt") {
		articles[a.head] = a.lines
	}
	c := newCounts()
	for _, n := range samples(t, "notices.txt") {
		lang, kind, _ := strings.Cut(n.head, " ")
		news := articles[lang]
		if len(news) != 3 {
			t.Fatalf("%s: an article of three paragraphs is needed", n.head)
		}
		var prose, labels []string
		for _, line := range n.lines {
			if l, ok := strings.CutPrefix(line, "> "); ok {
				labels = strings.Split(l, " | ")
			} else {
				prose = append(prose, line)
			}
		}
		body := strings.Join(prose, " ")
		row := strings.Join(labels, " ")
		last := len(news) - 1
		for _, way := range []struct {
			name string
			text []string
		}{
			{"first", concat([]string{body, row}, news)},
			{"middle", concat(news[:1], []string{body}, news[1:])},
			{"last", concat(news, []string{body, row})},
			{"lines", concat(news, prose, labels)},
			{"joined", concat(news, []string{body + row})},
			{"tail", concat(news[:last], []string{news[last] + " " + body + " " + row})},
			{"bare", concat(news, prose)},
		} {
			kept, _ := Blocks(way.text, Options{Flat: true})
			got, want := compact(kept), strings.Join(news, "\n")
			if got == want {
				c.add("notices "+kind, true, "")
				c.add("position "+way.name, true, "")
				c.add("language "+lang, true, "")
				continue
			}
			why := "leaves " + clip(strings.TrimPrefix(got, want))
			for _, p := range news {
				if !strings.Contains(got, p) {
					why = "takes " + clip(p)
				}
			}
			fail := fmt.Sprintf("%s %s: %s", n.head, way.name, why)
			c.add("notices "+kind, false, fail)
			c.all["position "+way.name]++
			c.all["language "+lang]++
		}
	}
	c.golden(t, "notices.golden")
}

// TestTraps wants every text whole but for what stands in [[…]], and every text
// without such a stretch whole again when a notice follows it.
func TestTraps(t *testing.T) {
	notices := map[string][]string{}
	for _, n := range samples(t, "notices.txt") {
		if lang, kind, _ := strings.Cut(n.head, " "); kind == "banner" && notices[lang] == nil {
			prose, labels := n.lines[0], strings.TrimPrefix(n.lines[len(n.lines)-1], "> ")
			notices[lang] = []string{prose, strings.ReplaceAll(labels, " | ", " ")}
		}
	}
	c := newCounts()
	for _, s := range samples(t, "traps.txt") {
		var in, want []string
		marked := false
		for _, line := range s.lines {
			in = append(in, strings.NewReplacer("[[", "", "]]", "").Replace(line))
			if a, rest, ok := strings.Cut(line, "[["); ok {
				_, b, _ := strings.Cut(rest, "]]")
				line = strings.TrimSpace(a + b)
				marked = true
			}
			want = append(want, line)
		}
		for _, flat := range []bool{false, true} {
			kept, removed := Blocks(in, Options{Flat: flat})
			c.add("traps", compact(kept) == compact(want), fmt.Sprintf("%s: %v", s.head, removed))
		}
		if lang, _, _ := strings.Cut(s.head, " "); !marked && notices[lang] != nil {
			kept, _ := Blocks(append(in[:len(in):len(in)], notices[lang]...), Options{Flat: true})
			got := compact(kept)
			c.add("traps before a notice", got == compact(want), fmt.Sprintf("%s and a notice: %s", s.head, clip(strings.TrimPrefix(got, compact(want)))))
			glued := append([]string(nil), in...)
			glued[len(glued)-1] += " " + strings.Join(notices[lang], " ")
			kept, removed := Blocks(glued, Options{Flat: true})
			got = compact(kept)
			c.add("traps glued to a notice", got == compact(want), fmt.Sprintf("%s and a notice in one: %v", s.head, removed))
		}
	}
	c.golden(t, "traps.golden")
}

func concat(lists ...[]string) []string {
	var all []string
	for _, l := range lists {
		for _, s := range l {
			if s != "" {
				all = append(all, s)
			}
		}
	}
	return all
}

func compact(kept []string) string {
	var b []string
	for _, k := range kept {
		if k != "" {
			b = append(b, k)
		}
	}
	return strings.Join(b, "\n")
}

func clip(s string) string {
	r := []rune(strings.TrimSpace(s))
	return string(r[:min(len(r), 70)])
}
