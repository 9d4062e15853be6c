package change

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/extract/meta"
)

var (
	sample = flag.String("eval", "", "folder of pairs with known answers: pairs.jsonl and gold.jsonl")
	anew   = flag.Bool("update", false, "write the golden figures anew")
)

type sampled struct {
	URL       string
	FinalURL  string `json:"final_url"`
	Status    int
	Title     string
	Byline    string
	Published string
	Modified  string
	Body      string
}

func (s sampled) snapshot() Snapshot {
	a := FromText(s.Title, s.Byline, s.Body)
	date := func(v string) (d meta.Date) {
		d.Time, _ = time.Parse(time.RFC3339, v)
		return d
	}
	a.Published, a.Modified = date(s.Published), date(s.Modified)
	return Snapshot{Article: a, URL: s.URL, Final: s.FinalURL, Status: s.Status}
}

// A tallied counts what was right of one half of the sample.
type tallied struct {
	pairs, exact, exactOf             int
	found, falseAlarms, still, missed int
	kinds                             map[Kind]*[3]int // right, wrong, missed
}

func (q *tallied) String() string {
	var b strings.Builder
	sum := 0.0
	var names []Kind
	for k := range q.kinds {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		c := q.kinds[k]
		f := 2 * float64(c[0]) / float64(max(1, 2*c[0]+c[1]+c[2]))
		sum += f
		fmt.Fprintf(&b, "  %-14s F1 %.3f of %d\n", k, f, c[0]+c[2])
	}
	return fmt.Sprintf("%d pairs, exact %.3f, false alarms %d of %d, missed %d of %d, kinds macro-F1 %.3f\n%s", q.pairs, float64(q.exact)/float64(max(1, q.exactOf)),
		q.falseAlarms, q.falseAlarms+q.still, q.missed, q.missed+q.found, sum/float64(max(1, len(names))), &b)
}

// The sample is halved by its pairs' names: the rules are made with one half,
// and the other is only ever measured. Both stand in testdata/quality.txt.
//
//	go test ./extract/change -run TestQuality -v -eval DIR
func TestQuality(t *testing.T) {
	if *sample == "" {
		t.Skip("no pairs: name their folder with -eval")
	}
	type gold struct {
		Pair    string `json:"pair_id"`
		Changed bool
		Kinds   []Kind
		Scored  []Kind `json:"scored_kinds"`
	}
	type pair struct {
		Pair     string `json:"pair_id"`
		Old, New sampled
		Earlier  []string `json:"earlier_titles"`
	}
	answers := map[string]gold{}
	for _, g := range readLines[gold](t, "gold.jsonl") {
		answers[g.Pair] = g
	}
	halves := [2]tallied{{kinds: map[Kind]*[3]int{}}, {kinds: map[Kind]*[3]int{}}}
	for _, p := range readLines[pair](t, "pairs.jsonl") {
		h := fnv.New32a()
		h.Write([]byte(p.Pair))
		q, g := &halves[h.Sum32()%2], answers[p.Pair]
		d := Compare(p.Old.snapshot(), p.New.snapshot(), p.Earlier)
		q.pairs++
		switch {
		case d.Changed && g.Changed:
			q.found++
		case d.Changed:
			q.falseAlarms++
		case g.Changed:
			q.missed++
		default:
			q.still++
		}
		got := d.Kinds
		if g.Scored != nil {
			got = slices.DeleteFunc(slices.Clone(got), func(k Kind) bool { return !slices.Contains(g.Scored, k) })
		} else {
			q.exactOf++
			a, b := slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(g.Kinds))
			if slices.Equal(a, b) && d.Changed == g.Changed {
				q.exact++
			}
		}
		count := func(k Kind, at int) {
			if q.kinds[k] == nil {
				q.kinds[k] = &[3]int{}
			}
			q.kinds[k][at]++
		}
		for _, k := range got {
			if slices.Contains(g.Kinds, k) {
				count(k, 0)
			} else {
				count(k, 1)
			}
		}
		for _, k := range g.Kinds {
			if !slices.Contains(got, k) {
				count(k, 2)
			}
		}
	}
	text := "# Written by go test ./extract/change -run TestQuality -eval DIR -update\nto work with: " + halves[0].String() + "kept for testing: " + halves[1].String()
	t.Log("\n" + text)
	golden := filepath.Join("testdata", "quality.txt")
	if *anew {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || string(want) != text {
		t.Errorf("the figures are others than in %s (%v); if better, write them with -update", golden, err)
	}
}

func readLines[T any](t *testing.T, name string) (list []T) {
	t.Helper()
	f, err := os.Open(filepath.Join(*sample, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 16<<20)
	for s.Scan() {
		var x T
		if err := json.Unmarshal(s.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		list = append(list, x)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// What is left when some edits are put aside has a verdict of its own.
func TestWithout(t *testing.T) {
	d := Compare(snapshot(story), snapshot(with(t, "vehicles", "vehciles", "", "Readers can now listen to this article as they drive over the bridge.")), nil)
	if !slices.Equal(d.Kinds, []Kind{Added, Typo}) || !d.Stealth {
		t.Fatalf("%+v", d)
	}
	rest := d.Without(func(e Edit) bool { return e.Op == Insert })
	if !slices.Equal(rest.Kinds, []Kind{Typo}) || rest.Stealth || rest.Reason != "" || rest.Grade != 1 || len(rest.Edits) != 1 {
		t.Errorf("%+v", rest)
	}
	if none := d.Without(func(Edit) bool { return true }); none.Changed || none.Grade != 0 || none.Stealth {
		t.Errorf("%+v", none)
	}
}
