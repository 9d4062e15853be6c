package crawler_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/fetch/hostile"
	"pressmark/crawler/robots"
)

var updateHostile = flag.Bool("update-hostile", false, "write testdata/hostile.txt anew")

// hasty asks the servers that never end with little patience, and all others
// with as much as they need.
type hasty struct {
	*fetch.Fetcher
	short *fetch.Fetcher
	never map[string]bool
}

func (h hasty) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	if h.never[r.URL] {
		return h.short.Get(ctx, r)
	}
	return h.Fetcher.Get(ctx, r)
}

// One crawl over the whole gallery, beside three papers in order: these are
// read to the end, and each hostile server is in the run by the name of what
// it does.
func TestHostileCrawl(t *testing.T) {
	g := hostile.Open(t)
	var text strings.Builder
	for _, paper := range []string{"A", "B", "C"} {
		text.WriteString(entry(paper+"/feed", feed("$"+paper+"/one", "$"+paper+"/two", "$"+paper+"/three")))
		for _, p := range []string{"/one", "/two", "/three"} {
			text.WriteString(entry(paper+p, page()))
		}
	}
	var own []crawler.Site
	w := newWorld(t, text.String(), func(o *crawler.Options) {
		own = nil
		never := map[string]bool{}
		manners := map[string]fetch.Manner{}
		for i, e := range g.Exhibits {
			at := e.URL
			if e.Proxy != "" { // one name a proxy, or they would be one site
				host := fmt.Sprintf("proxied%d.example", i)
				at = strings.Replace(at, "news.example", host, 1)
				manners[host] = fetch.Manner{Proxy: e.Proxy}
			}
			never[at], never[at+"robots.txt"] = e.Hangs, e.Hangs && !e.Polite
			own = append(own, crawler.Site{Name: e.Name, URL: at, Sections: []string{at}})
		}
		options := fetch.Options{
			UserAgent: "pressmark/test", PrivateNetworks: true, Now: o.Now, Resolver: g.Resolver, Roots: g.Roots,
			MaxBytes: 1 << 20, Manner: func(u *url.URL) fetch.Manner { return manners[u.Host] },
		}
		long, err := fetch.New(options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(long.Close)
		options.Timeout = 300 * time.Millisecond
		short, err := fetch.New(options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(short.Close)
		h := hasty{long, short, never}
		o.Fetch, o.Rules, o.Workers = h, crawler.ReadRules(h, robots.Options{Agent: "pressmark", Now: o.Now}), 32
		o.Patience = -1
	})
	sites := own
	for _, paper := range []string{"A", "B", "C"} {
		sites = append(sites, w.site(crawler.Site{Name: paper, URL: "$" + paper + "/", Feeds: []string{"$" + paper + "/feed"}}))
	}
	counts, err := w.crawler.Round(t.Context(), w.run(), sites, crawler.Due)
	if err != nil {
		t.Fatal(err)
	}
	var list bytes.Buffer
	fmt.Fprintf(&list, "# A crawl of %d hostile sites beside three in order: what the run holds of each.\n# Made by TestHostileCrawl (-update-hostile).\n\n", len(own))
	for i, n := range counts {
		if i >= len(own) {
			if n.Pages != 3 || len(n.Failed) > 0 || n.Blocked != "" {
				t.Errorf("paper %s came to harm: %+v", n.Site, n)
			}
			continue
		}
		e := g.Exhibits[i]
		got := slices.Sorted(maps.Keys(n.Failed))
		for _, word := range slices.Sorted(maps.Keys(n.Skipped)) {
			got = append(got, "skipped: "+word)
		}
		if len(got) == 0 {
			got = []string{"read"}
		}
		// Which of its timeouts a server runs into is the machine's to say; that
		// is held to where nothing depends on the clock, in package fetch.
		if e.Hangs {
			for k, word := range got {
				if strings.HasSuffix(word, "-timeout") || word == "too-slow" {
					got[k] = "a timeout"
				}
			}
		} else if e.Name == "HTTP/2 endless page" { // as robots.txt, which may be larger than the window of a stream
			continue
		} else if failed := e.Gets[0] > '9'; failed && !slices.Contains(got, e.Gets) {
			t.Errorf("%s (%s): the run says %v, not %s: %+v", e.Name, e.Does, got, e.Gets, n)
		}
		fmt.Fprintf(&list, "%-30s %s\n", e.Name, strings.Join(got, ", "))
	}
	if runtime.GOOS != "linux" {
		return
	}
	if *updateHostile {
		if err := os.WriteFile("testdata/hostile.txt", list.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile("testdata/hostile.txt"); err != nil || !bytes.Equal(want, list.Bytes()) {
		t.Errorf("testdata/hostile.txt is not what was found (%v); -update-hostile writes it:\n%s", err, list.String())
	}
}
