package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/crawler/robots"
	"pressmark/extract/urlkey"
)

// nowhere is an archive that forgets: the crawl alone, as the others crawl.
type nowhere struct {
	mu sync.Mutex
	n  archive.Seq
}

func (a *nowhere) Append(_ context.Context, c archive.Capture) (archive.Capture, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.n++
	c.Seq = a.n
	return c, nil
}

func (*nowhere) LastCapture(urlkey.Key) (archive.Capture, bool, error) {
	return archive.Capture{}, false, nil
}

func (o options) site(i int) crawler.Site {
	home := "http://" + o.host(i) + "/"
	s := crawler.Site{Name: fmt.Sprint("Site ", i), URL: home}
	for n := range o.sections() {
		s.Sections = append(s.Sections, fmt.Sprintf("%ssection/%d/", home, n))
	}
	return s
}

// crawlOnly is one round of pressmark's crawler, with its frontier on disk.
func crawlOnly(o options) error {
	f, err := fetch.New(fetch.Options{UserAgent: "pressmark-bench", PrivateNetworks: true})
	if err != nil {
		return err
	}
	defer f.Close()
	q, err := frontier.Open("frontier.db", frontier.Options{})
	if err != nil {
		return err
	}
	defer q.Close()
	c := crawler.New(crawler.Options{Archive: &nowhere{}, Frontier: q, Fetch: f, Rules: crawler.ReadRules(f, robots.Options{Agent: "pressmark-bench", Shelf: q}), Workers: 16})
	var sites []crawler.Site
	for i := range o.hosts {
		sites = append(sites, o.site(i))
	}
	_, err = c.Round(context.Background(), archive.Run{ID: 1, Started: time.Now()}, sites, crawler.Due)
	return err
}

// program is pressmark itself: crawl, archive, articles, versions, stories.
func program(o options, dir string) (*exec.Cmd, error) {
	if o.pressmark == "" {
		return nil, nil
	}
	path, err := filepath.Abs(o.pressmark)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprint(&b, "crawl: {delay: 0s, workers: 16, private_networks: allow, max_pages_per_run: 1000000}\nsites:\n")
	for i := range o.hosts {
		s := o.site(i)
		fmt.Fprintf(&b, "  - {name: %s, url: %q, sections: [%s]}\n", s.Name, s.URL, `"`+strings.Join(s.Sections, `", "`)+`"`)
	}
	if err := os.WriteFile(filepath.Join(dir, "pressmark.yaml"), []byte(b.String()), 0o644); err != nil {
		return nil, err
	}
	return exec.Command(path, "-q", "crawl"), nil
}
