package main

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
)

// perSection is how many articles a section page lists.
const perSection = 14

// serve is the sites: on each host a home page that links to sections, section
// pages that link to their articles, and articles that link to the sections
// and to some others. It prints its port, and for each line that it reads how
// many articles, each counted once, and how many pages were asked for since.
func serve(o options) error {
	var requests atomic.Int64
	var mu sync.Mutex
	articles := map[string]bool{}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
			return
		}
		var n, section int
		var page string
		switch {
		case r.URL.Path == "/":
			page = o.front()
		case scan(r.URL.Path, "/section/%d/", &section) && section < o.sections():
			page = o.section(section)
		case scan(r.URL.Path, "/2026/11/02/report-number-%d-of-the-harbour-board.html", &n) && n < o.pages:
			page = o.article(r.Host, n)
			mu.Lock()
			articles[r.Host+r.URL.Path] = true
			mu.Unlock()
		default:
			http.NotFound(w, r)
			return
		}
		requests.Add(1)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("ETag", fmt.Sprintf("%q", r.URL.Path))
		fmt.Fprint(w, page)
	})
	port := "0"
	for i := range o.hosts {
		o.address = port
		l, err := net.Listen("tcp", o.host(i))
		if err != nil {
			return err
		}
		_, port, _ = net.SplitHostPort(l.Addr().String())
		go http.Serve(l, handler)
	}
	fmt.Println(port)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		mu.Lock()
		fmt.Println(len(articles), requests.Swap(0))
		clear(articles)
		mu.Unlock()
	}
	return nil
}

func scan(path, form string, n *int) bool {
	_, err := fmt.Sscanf(path, form, n)
	return err == nil && path == fmt.Sprintf(form, *n)
}

func (o options) sections() int { return (o.pages + perSection - 1) / perSection }

func (o options) articlePath(n int) string {
	return fmt.Sprintf("/2026/11/02/report-number-%d-of-the-harbour-board.html", n)
}

// nav links to ten sections, those around one.
func (o options) nav(around int) string {
	var b strings.Builder
	b.WriteString(`<header class="site-header"><nav class="menu"><ul>`)
	for i := range min(10, o.sections()) {
		s := (around + i) % o.sections()
		fmt.Fprintf(&b, `<li class="menu-item menu-item-%d"><a href="/section/%d/">Section %d</a></li>`, i, s, s)
	}
	b.WriteString("</ul></nav></header>")
	return b.String()
}

// teasers link to articles.
func (o options) teasers(from int) string {
	var b strings.Builder
	b.WriteString(`<section class="teasers">`)
	for i := range min(perSection, o.pages) {
		n := (from + i) % o.pages
		fmt.Fprintf(&b, `<article class="teaser"><h3><a href="%s">Report number %d of the harbour board</a></h3><p>%s</p></article>`, o.articlePath(n), n, words(rand.New(rand.NewPCG(uint64(n), 3)), 12))
	}
	b.WriteString("</section>")
	return b.String()
}

func shell(title, body string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>` + title + ` - The Harbour Paper</title>` +
		`<meta property="og:site_name" content="The Harbour Paper"><link rel="stylesheet" href="/style.css">` + furniture + `</head><body>` + body +
		`<footer class="site-footer"><p>The Harbour Paper, published since 1871. All rights reserved.</p></footer></body></html>`
}

// furniture is what makes a page of a newspaper large: scripts and styles.
var furniture = func() string {
	r := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	b.WriteString("<script>window.settings={")
	for i := range 260 {
		fmt.Fprintf(&b, "%q:{\"id\":%d,\"path\":\"/static/%x.js\",\"lazy\":%t},", "module"+fmt.Sprint(i), r.IntN(1e6), r.Uint64(), r.IntN(2) == 0)
	}
	b.WriteString("};</script><style>")
	for i := range 60 {
		fmt.Fprintf(&b, ".c%d{margin:%dpx;color:#%06x;padding:%dpx %dpx}", i, r.IntN(40), r.IntN(1<<24), r.IntN(9), r.IntN(9))
	}
	b.WriteString("</style>")
	return b.String()
}()

func (o options) front() string {
	var b strings.Builder
	for i := range o.sections() {
		fmt.Fprintf(&b, `<li><a href="/section/%d/">Section %d</a></li>`, i, i)
	}
	return shell("Home", o.nav(0)+"<main><ul>"+b.String()+"</ul>"+o.teasers(0)+"</main>")
}

func (o options) section(s int) string {
	return shell(fmt.Sprint("Section ", s), o.nav(s)+"<main>"+o.teasers(s*perSection)+"</main>")
}

func (o options) article(host string, n int) string {
	h := fnv.New64a()
	h.Write([]byte(host))
	r := rand.New(rand.NewPCG(h.Sum64(), uint64(n)))
	title := fmt.Sprintf("Report number %d of the harbour board: %s", n, words(r, 5))
	var b strings.Builder
	fmt.Fprintf(&b, `<main><article class="story"><h1>%s</h1><p class="byline">By <a rel="author" href="/section/0/">%s</a></p><time datetime="2026-11-02T%02d:00:00Z">2 November 2026</time>`, title, "Ada Quill", n%24)
	for range 14 {
		fmt.Fprintf(&b, "<p>%s. %s, the board said on Monday. %s.</p>", words(r, 24), words(r, 14), words(r, 20))
	}
	b.WriteString("</article></main>")
	return shell(title, o.nav(n/perSection)+b.String()+o.teasers(n+1))
}

// small are the words that every text is held together by; the others are made
// up, and as rare as words are: by Zipf's law.
var small = strings.Fields("the of and to in a that is was for on with as it by at from his her its be are not this have has had but they which one would will there been were who their more when said")

var vocabulary = func() []string {
	r := rand.New(rand.NewPCG(7, 7))
	heads, tails := strings.Fields("b br c ch d dr f fl g gr h j k l m n p pl r s sh st t tr v w"), strings.Fields("ack ain al an ard eck ell en er est ick ill in ish it ock old on or ot uck ull um und y")
	seen, list := map[string]bool{}, []string(nil)
	for len(list) < 12_000 {
		w := ""
		for range 1 + r.IntN(3) {
			w += heads[r.IntN(len(heads))] + tails[r.IntN(len(tails))]
		}
		if !seen[w] {
			seen[w] = true
			list = append(list, w)
		}
	}
	return list
}()

// words is n words that mean nothing, the first with a capital, with now and
// then a name or a number.
func words(r *rand.Rand, n int) string {
	zipf := rand.NewZipf(r, 1.07, 4, uint64(len(vocabulary)-1))
	var b strings.Builder
	for i := range n {
		w := vocabulary[zipf.Uint64()]
		switch k := r.IntN(100); {
		case i > 0 && k < 45:
			w = small[r.IntN(len(small))]
		case k > 93:
			w = vocabulary[r.IntN(len(vocabulary))]
			w = strings.ToUpper(w[:1]) + w[1:]
		case i > 0 && k > 91:
			w = fmt.Sprint(r.IntN(2000))
		}
		if i == 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}
