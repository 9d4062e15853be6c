package frontier

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/crawler/newsroom/month"
)

var (
	wholeMonth = flag.Bool("month", false, "measure freshness over whole virtual months, and compare with testdata/freshness.txt")
	recordIt   = flag.Bool("record", false, "with -month: write testdata/freshness.txt anew")
)

// TestFreshness measures the policy against others, in worlds where every
// edition is known. Some two minutes:
//
//	go test ./crawler/frontier -run TestFreshness -v -month
func TestFreshness(t *testing.T) {
	b := &strings.Builder{}
	fmt.Fprint(b, legend)
	if !*wholeMonth {
		us := compare(b, "eight sites, six days", month.New(month.Usual()[6:14], 3, 6), []int{3})
		t.Log("\n" + b.String())
		us.judge(t)
		return
	}
	for _, one := range []struct {
		name string
		w    *month.World
	}{
		{"usual sites, seed 1: the policy was made with these", month.New(month.Usual(), 1, 30)},
		{"usual sites, seed 7: held out", month.New(month.Usual(), 7, 30)},
		{"other sites, seed 11: held out, with other habits and another law of edits", month.New(month.Others(11), 11, 30)},
		{"other sites, seed 12: held out", month.New(month.Others(12), 12, 30)},
	} {
		us := compare(b, one.name, one.w, []int{1, 3, 7})
		us.judge(t)
	}
	t.Log("\n" + b.String())
	golden := filepath.Join("testdata", "freshness.txt")
	if *recordIt {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("the figures have changed; if for the better, record them with -record:\n%s", d)
	}
}

const legend = `How fresh a virtual month of thirty sites is, by policy. go test ./crawler/frontier -run TestFreshness -v -month

requests   in all, and of these for feeds, sitemaps and sections
found      first editions that were seen
edits      later editions that were seen: of all, and of those that stood for over an hour
first, edit  the time from a publication and from an edit until it is seen, median and 90 %, of editions that
           stood for over an hour; what is never seen is later than all else
r/v        requests for each edition that was seen
A fixed interval asks for all lists, and for the articles of the last days, each so often; of those with the same
delay stands here the cheapest that sees 90 % of the edits that stood for over an hour.
`

// A verdict is what the floors are held to.
type verdict struct {
	name     string
	us       figure
	cheapest int // requests of a fixed interval with the same median delay
}

func (v verdict) judge(t *testing.T) {
	t.Helper()
	if s := share(v.us.edits, time.Hour); s < 0.95 {
		t.Errorf("%s: %.1f %% of the edits that stood for over an hour were seen, want 95 %%", v.name, 100*s)
	}
	if v.cheapest > 0 && v.us.requests()*2 > v.cheapest {
		t.Errorf("%s: %d requests, more than half the %d of a fixed interval with the same median delay", v.name, v.us.requests(), v.cheapest)
	}
}

// compare writes a world's table. Fixed intervals are tried with articles of
// so many days.
func compare(b *strings.Builder, name string, w *month.World, spans []int) verdict {
	fmt.Fprintf(b, "\n%s\n%-42s %9s %8s %7s %7s %7s %8s %8s %8s %8s %8s\n", name, "", "requests", "of lists",
		"found", "edits", ">1h", "first50", "first90", "edit50", "edit90", "r/v")
	row := func(name string, f figure) figure {
		fmt.Fprintf(b, "%-42s %v\n", name, f)
		return f
	}
	const tick = 5 * time.Minute
	fixed := rhythmless(w)
	v := verdict{name: name, us: row("pressmark, a round every 5m", simulate(w, ours(), tick))}
	row("pressmark, a round every 15m", simulate(w, ours(), 3*tick))
	for _, days := range spans {
		n := sort.Search(intervals-1, func(n int) bool { return fixed(n, days).requests() <= v.us.requests() })
		row(fmt.Sprintf("fixed, same budget: %d days each %v", days, interval(n)), fixed(n, days))
	}
	for _, q := range []struct {
		name string
		at   float64
	}{{"median", 0.5}, {"90 %", 0.9}} {
		want, best, found := quantile(v.us.edits, q.at), figure{}, ""
		for _, days := range spans {
			n := sort.Search(intervals, func(n int) bool { return quantile(fixed(n, days).edits, q.at) > want }) - 1
			if n < 0 {
				continue
			}
			f := fixed(n, days)
			if share(f.edits, time.Hour) < 0.9 {
				continue
			}
			if found == "" || f.requests() < best.requests() {
				best, found = f, fmt.Sprintf("fixed, same %s: %d days each %v", q.name, days, interval(n))
			}
		}
		if found == "" {
			fmt.Fprintf(b, "%-42s none that sees 90 %% of the edits\n", "fixed, same "+q.name)
			continue
		}
		row(found, best)
		fmt.Fprintf(b, "%-42s pressmark needs %.0f %% of its requests\n", "", 100*float64(v.us.requests())/float64(best.requests()))
		if q.at == 0.5 {
			v.cheapest = best.requests()
		}
	}
	row("Nutch, StormCrawler: first after 1h", simulate(w, nutch(time.Hour), tick))
	row("a feed reader: lists each 30m", simulate(w, reader(30*time.Minute), tick))
	row("an oracle, a round every 5m", oracle(w, tick))
	return v
}
