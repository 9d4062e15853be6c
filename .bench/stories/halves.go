package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"pressmark/extract/dedup"
)

// A result is how one program did on a sample.
type result struct {
	precision, recall, f1 float64
	found, merged         map[string][2]int // by kind: how many, and of how many
	perSecond             float64
}

// measure scores the stories that texts were put into.
func (s sample) measure(story map[string]string, spent time.Duration) result {
	r := result{found: map[string][2]int{}, merged: map[string][2]int{}, perSecond: float64(len(s.docs)) / spent.Seconds()}
	var inTruth, inPlaces, both int
	for i, a := range s.docs {
		for _, b := range s.docs[:i] {
			alike, together := s.truth[a.ID].Cluster == s.truth[b.ID].Cluster, story[a.ID] == story[b.ID]
			if alike {
				inTruth++
			}
			if together {
				inPlaces++
			}
			if alike && together {
				both++
			}
		}
		if t := s.truth[a.ID]; t.Of != "" {
			count(r.found, t.Category, story[a.ID] == story[t.Of])
		}
	}
	for _, p := range s.apart {
		count(r.merged, p.Category, story[p.A] == story[p.B])
	}
	r.precision, r.recall = share(both, inPlaces), share(both, inTruth)
	if r.precision+r.recall > 0 {
		r.f1 = 2 * r.precision * r.recall / (r.precision + r.recall)
	}
	return r
}

func count(m map[string][2]int, kind string, hit bool) {
	n := m[kind]
	if n[1]++; hit {
		n[0]++
	}
	m[kind] = n
}

func share(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

func (s sample) byPressmark() (map[string]string, time.Duration, error) {
	g, story := dedup.NewGrouper(0), make(map[string]string)
	start := time.Now()
	for _, d := range s.docs {
		p, err := g.Add(d.ID, dedup.Text{Title: d.Title, Body: d.Body, Byline: d.Byline, Site: d.Site, Published: d.Published})
		if err != nil {
			return nil, 0, err
		}
		story[d.ID] = p.Story
	}
	return story, time.Since(start), nil
}

func (s sample) byMinHash() (map[string]string, time.Duration) {
	story := make(map[string]string)
	start := time.Now()
	signatures := make([][]uint64, len(s.docs))
	for i, d := range s.docs {
		signatures[i] = signature(d.Title + "\n" + d.Body)
	}
	for i, first := range groups(signatures) {
		story[s.docs[i].ID] = s.docs[first].ID
	}
	return story, time.Since(start)
}

// compare measures both programs on both halves of a sample. The record has no speeds: it is to be the same everywhere.
func compare(dir, record string) error {
	whole, err := readSample(dir)
	if err != nil {
		return fmt.Errorf("read sample: %w", err)
	}
	var by [2][2]result // half, program
	for i, h := range whole.halves() {
		story, spent, err := h.byPressmark()
		if err != nil {
			return err
		}
		by[i][0] = h.measure(story, spent)
		rival, spent := h.byMinHash()
		by[i][1] = h.measure(rival, spent)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%-22s %31s   %31s\n%-22s", "", "first half", "second half", "")
	for range 2 {
		fmt.Fprintf(&out, " %7s %11s %11s  ", "n", "pressmark", "minhash-lsh")
	}
	out.WriteByte('\n')
	table := func(title string, pick func(result) map[string][2]int) {
		fmt.Fprintln(&out, title)
		kinds := maps.Clone(pick(by[0][0]))
		maps.Copy(kinds, pick(by[1][0]))
		for _, k := range slices.Sorted(maps.Keys(kinds)) {
			fmt.Fprintf(&out, "  %-20s", k)
			for i := range by {
				a, b := pick(by[i][0])[k], pick(by[i][1])[k]
				fmt.Fprintf(&out, " %7d %11.3f %11.3f  ", a[1], float64(a[0])/float64(cmp.Or(a[1], 1)), float64(b[0])/float64(cmp.Or(b[1], 1)))
			}
			out.WriteByte('\n')
		}
	}
	table("found, of copies", func(r result) map[string][2]int { return r.found })
	table("merged wrongly, of look-alikes", func(r result) map[string][2]int { return r.merged })
	fmt.Fprintln(&out, "pairs")
	for _, row := range []struct {
		name string
		of   func(result) float64
	}{{"precision", func(r result) float64 { return r.precision }}, {"recall", func(r result) float64 { return r.recall }}, {"F1", func(r result) float64 { return r.f1 }}} {
		fmt.Fprintf(&out, "  %-20s", row.name)
		for i := range by {
			fmt.Fprintf(&out, " %7s %11.3f %11.3f  ", "", row.of(by[i][0]), row.of(by[i][1]))
		}
		out.WriteByte('\n')
	}
	lines := strings.Split(out.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	text := strings.Join(lines, "\n")
	fmt.Print(text)
	fmt.Printf("texts/s                        %11.0f %11.0f           %11.0f %11.0f\n", by[0][0].perSecond, by[0][1].perSecond, by[1][0].perSecond, by[1][1].perSecond)
	if record == "" {
		return nil
	}
	return os.WriteFile(record, []byte("# Written by go run ./stories -sample DIR -record FILE\n# Rules are made by the first half alone; those from before the halves were told apart had seen both.\n"+text), 0o644)
}
