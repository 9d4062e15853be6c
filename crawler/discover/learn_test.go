package discover

import (
	"fmt"
	"html"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// A frontPage is one of the invented sites of testdata/sections.txtar.
type frontPage struct {
	name, base string
	html       string
	articles   map[string]bool // its links: whether they lead to one
	known      *Shapes
}

func frontPages(t *testing.T) []frontPage {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/sections.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var pages []frontPage
	for i, f := range archive.Files {
		p := frontPage{name: f.Name, base: fmt.Sprintf("https://www.paper%d.example/", i), articles: map[string]bool{}, known: NewShapes()}
		var b strings.Builder
		b.WriteString("<!doctype html><html><body>")
		for line := range strings.Lines(string(f.Data)) {
			w := strings.SplitN(strings.TrimSpace(line), " ", 4)
			if w[0] == "=" || w[0] == "#" {
				p.known.Learn(clean(t, p.base, w[1]), w[0] == "=")
				continue
			}
			if len(w) < 4 {
				t.Fatalf("%s: %q", f.Name, line)
			}
			p.articles[clean(t, p.base, w[2])] = w[0] == "+"
			around := map[string]string{"menu": "<nav>%s</nav>", "footer": "<footer>%s</footer>", "heading": "<h2>%s</h2>", "teaser": `<div class="teaser">%s</div>`, "plain": "<p>%s</p>"}[w[1]]
			fmt.Fprintf(&b, around, fmt.Sprintf(`<a href="%s">%s</a>`, html.EscapeString(w[2]), html.EscapeString(w[3])))
		}
		p.html = b.String() + "</body></html>"
		pages = append(pages, p)
	}
	return pages
}

func clean(t *testing.T, base, ref string) string {
	t.Helper()
	u := resolved(base, ref)
	if _, err := url.Parse(u); err != nil || u == base {
		t.Fatalf("%s: %v", ref, err)
	}
	return u
}

// How well the links to articles are told from others on the front pages of
// sites of different make, before anything is known of a site and after some of
// its pages have been crawled: testdata/sections.golden.
func TestSectionsBeforeAndAfterLearning(t *testing.T) {
	const golden = "testdata/sections.golden"
	var b strings.Builder
	var sum [2]score
	fmt.Fprintf(&b, "%-46s %-24s %s\n", "articles found, and what else was taken for one", "before learning", "after")
	pages := frontPages(t)
	for _, p := range pages {
		var s [2]score
		for i, known := range []*Shapes{nil, p.known} {
			f, err := known.Parse([]byte(p.html), "text/html", p.base)
			if err != nil {
				t.Fatal(err)
			}
			s[i] = p.score(f.Links)
			sum[i].add(s[i])
		}
		fmt.Fprintf(&b, "%-46s %-24s %s\n", p.name, s[0], s[1])
	}
	fmt.Fprintf(&b, "\n%d sites: precision %.3f, recall %.3f before; precision %.3f, recall %.3f after\n",
		len(pages), sum[0].precision(), sum[0].recall(), sum[1].precision(), sum[1].recall())
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", golden, diff)
	}
}

type score struct{ found, all, wrong int }

func (p *frontPage) score(links []Link) score {
	var s score
	for _, is := range p.articles {
		if is {
			s.all++
		}
	}
	for _, l := range links {
		if p.articles[l.URL] {
			s.found++
		} else {
			s.wrong++
		}
	}
	return s
}

func (s *score) add(o score) { s.found, s.all, s.wrong = s.found+o.found, s.all+o.all, s.wrong+o.wrong }
func (s score) precision() float64 {
	return float64(s.found) / float64(max(1, s.found+s.wrong))
}
func (s score) recall() float64 { return float64(s.found) / float64(max(1, s.all)) }
func (s score) String() string  { return fmt.Sprintf("%d of %d, %d wrong", s.found, s.all, s.wrong) }

// What is remembered of a site has a bound, whatever its addresses are, and a
// form that is known by one page only decides nothing.
func TestShapesAreBounded(t *testing.T) {
	s := NewShapes()
	s.Learn("https://a.example/x/77", false)
	if n := s.points(mustParse("https://a.example/x/78"), 0); n != 0 {
		t.Errorf("%d points after one page", n)
	}
	for i := range 5 * maxForms {
		s.Learn(fmt.Sprintf("https://h%d.example/part%d/%d", i, i, i), i%2 == 0)
	}
	if len(s.forms) > maxForms {
		t.Errorf("%d forms", len(s.forms))
	}
}

// Whatever an address is, learning it doesn't fail, and what was seen three
// times and never was an article is judged so.
func FuzzShapes(f *testing.F) {
	for _, s := range []string{"https://a.example/2026/11/14/x", "http://[::1]/?a=1&b=2", "/", "https://a.example/%e6%9c%ac/%zz", "https://a.example/a.b.c/d~e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		s := NewShapes()
		for range 3 {
			s.Learn(address, false)
		}
		u, err := url.Parse(address)
		if err == nil && s.points(u, 0) != pointsRefute {
			t.Errorf("%q: %d points", address, s.points(u, 0))
		}
	})
}
