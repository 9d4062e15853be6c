package extract

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

var (
	sample     = flag.String("eval", "", "folder of pages with known answers: gold.jsonl and pages/ID.html.gz")
	samplePage = flag.String("pages", "", "write a line of JSON for each page of the sample there")
)

// A known is a page of the sample and what is known of it.
type known struct {
	ID, Corpus, Site, URL, Charset, Type string
	Title, Date, Author                  string
	Body                                 *string
	With, Without                        []string
	dir                                  string
}

// page reads what a server would have sent.
func (k *known) page(t testing.TB) Page {
	f, err := os.Open(filepath.Join(k.dir, "pages", k.ID+".html.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatalf("%s: %v", k.ID, err)
	}
	body, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("%s: %v", k.ID, err)
	}
	p := Page{URL: k.URL, Body: body}
	if k.Charset != "" {
		p.ContentType = "text/html; charset=" + k.Charset
	}
	return p
}

// half halves the sample by site, so that what was learned from one half can be tried on the other.
func (k *known) half() string { return "AB"[crc32.ChecksumIEEE([]byte(k.Site))%2:][:1] }

// readSample reads the answers; without -eval the test is skipped.
func readSample(t testing.TB) []*known {
	if *sample == "" {
		t.Skip("no pages: name their folder with -eval")
	}
	f, err := os.Open(filepath.Join(*sample, "gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []*known
	s := bufio.NewScanner(f)
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		k := &known{dir: *sample}
		if err := json.Unmarshal(s.Bytes(), k); err != nil {
			t.Fatal(err)
		}
		all = append(all, k)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// extracted gives every page's article, in order, by all processors.
func extracted(t testing.TB, all []*known, extract func(*known, Page) Article) []Article {
	articles := make([]Article, len(all))
	var wg sync.WaitGroup
	for n := range runtime.NumCPU() {
		wg.Go(func() {
			for i := n; i < len(all); i += runtime.NumCPU() {
				articles[i] = extract(all[i], all[i].page(t))
			}
		})
	}
	wg.Wait()
	return articles
}

// A tally is one line of the golden table.
type tally struct {
	pages, other        int
	body                bodyScore
	segments            segmentScore
	title, date, author [2]int // right, asked
}

// A verdict is what is written of each page with -pages.
type verdict struct {
	ID                  string
	F1, P, R            float64
	Title, Date, Author string `json:",omitempty"` // what was found in place of the known, where that is wrong
	Kind                Kind
	Lost, Extra         int
}

func (y *tally) add(k *known, a *Article) verdict {
	v := verdict{ID: k.ID, Kind: a.Kind}
	y.pages++
	if a.Kind != News {
		y.other++
	}
	text := a.Text()
	if a.Kind == Wall {
		text = ""
	}
	if k.Body != nil {
		o := compareRuns(runs(*k.Body), runs(text))
		v.F1 = y.body.add(o)
		v.P, v.R, v.Extra, v.Lost = share(o.both, o.extra), share(o.both, o.lost), o.extra, o.lost
	}
	if len(k.With)+len(k.Without) > 0 {
		s := segmentScore{}
		s.add(text, k.With, k.Without)
		y.segments.add(text, k.With, k.Without)
		if k.Body == nil {
			v.F1, v.P, v.R = s.sums()
			v.Extra, v.Lost = s.wrong, s.missed
		}
	}
	count := func(c *[2]int, known, found string, same bool) string {
		if known == "" {
			return ""
		}
		c[1]++
		if same {
			c[0]++
			return ""
		}
		return fmt.Sprintf("%q, known: %q", found, known)
	}
	by := strings.Join(a.Byline, ", ")
	v.Title = count(&y.title, k.Title, a.Title, sameTitle(a.Title, k.Title))
	v.Author = count(&y.author, k.Author, by, sameNames(by, k.Author))
	if day := a.Published.String(); len(k.Date) >= 10 {
		v.Date = count(&y.date, k.Date, day, strings.HasPrefix(day, k.Date[:10]))
	}
	return v
}

func (y *tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%5d", y.pages)
	if y.body.pages > 0 {
		f1, p, r := y.body.sums()
		fmt.Fprintf(&b, "  %.3f %.3f %.3f %.3f", f1, p, r, float64(y.body.exact)/float64(y.body.pages))
	} else {
		fmt.Fprintf(&b, "%25s", "")
	}
	if y.segments.found+y.segments.missed > 0 {
		f1, p, r := y.segments.sums()
		fmt.Fprintf(&b, "  %.3f %.3f %.3f", f1, p, r)
	} else {
		fmt.Fprintf(&b, "%19s", "")
	}
	b.WriteByte(' ')
	for _, c := range [][2]int{y.title, y.date, y.author} {
		if c[1] > 0 {
			fmt.Fprintf(&b, "  %.3f", float64(c[0])/float64(c[1]))
		} else {
			fmt.Fprintf(&b, "%7s", "")
		}
	}
	fmt.Fprintf(&b, "  %5d", y.other)
	return b.String()
}

// TestQuality measures the extractor on pages with known answers and holds the
// figures to testdata/quality.txt, so that a rule's price stands in the diff.
func TestQuality(t *testing.T) {
	all := readSample(t)
	var order []string
	tallies := map[string]*tally{}
	var pages []verdict
	for i, a := range extracted(t, all, func(_ *known, p Page) Article { return Extract(p) }) {
		k := all[i]
		if tallies[k.Corpus] == nil {
			order = append(order, k.Corpus)
		}
		for n, key := range []string{k.Corpus, k.Corpus + " " + k.half()} {
			if tallies[key] == nil {
				tallies[key] = &tally{}
			}
			v := tallies[key].add(k, &a)
			if n == 0 {
				pages = append(pages, v)
			}
		}
	}
	var b strings.Builder
	b.WriteString("# What the extractor gets right on pages with known answers, and on their halves by site.\n" +
		"# Written by go test ./extract -run TestQuality -eval DIR -update\n")
	fmt.Fprintf(&b, "%-15s%5s  %-23s  %-17s   %-5s  %-5s  %-5s  %5s\n", "", "pages", "body F1, P, R, exact", "segments F1, P, R", "title", "date", "auth", "other")
	for _, corpus := range order {
		for _, half := range []string{"", " A", " B"} {
			if y := tallies[corpus+half]; y != nil {
				fmt.Fprintf(&b, "%-15s%s\n", corpus+half, y)
			}
		}
	}
	t.Log("\n" + b.String())
	if *samplePage != "" {
		writePages(t, *samplePage, pages)
	}
	golden := filepath.Join("testdata", "quality.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("the figures are not those of %s; look at the difference, then run with -update. They were:\n%s", golden, want)
	}
}

func writePages(t *testing.T, path string, pages []verdict) {
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	e := json.NewEncoder(f)
	e.SetEscapeHTML(false)
	for _, v := range pages {
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
