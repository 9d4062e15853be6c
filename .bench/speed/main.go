// Command speed times pressmark's extractor beside its peers on the same pages:
// processor time a page, parsing included, one page at a time.
//
//	go run ./speed [-rounds 3] [-sizes] DIR|FILE…
//
// Files are HTML or gzipped HTML. Every contender reads every page in turn, so
// that what disturbs the machine disturbs all of them; of the rounds the median
// counts. The time is that of the whole process, the garbage collector's share included.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"net/url"
	"sort"
	"strings"
	"syscall"
	"time"

	readeck "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"pressmark/bench/pages"
	"pressmark/extract"
)

// A contender reads one page and tells how many letters of text it found.
type contender struct {
	name string
	read func(page []byte) int
}

var address = &url.URL{Scheme: "https", Host: "news.example", Path: "/story"}

var contenders = []contender{
	{"html.Parse alone", func(page []byte) int {
		html.Parse(bytes.NewReader(page))
		return 0
	}},
	{"pressmark", func(page []byte) int {
		a := extract.Extract(extract.Page{URL: address.String(), Body: page})
		return len(a.Text())
	}},
	{"readeck/go-readability", func(page []byte) int {
		a, err := readeck.FromReader(bytes.NewReader(page), address)
		if err != nil {
			return 0
		}
		var text strings.Builder
		if a.RenderText(&text) != nil {
			return 0
		}
		return text.Len()
	}},
	{"go-trafilatura", func(page []byte) int { return trafilaturaReads(page, false) }},
	{"go-trafilatura + fallback", func(page []byte) int { return trafilaturaReads(page, true) }},
}

func trafilaturaReads(page []byte, fallback bool) int {
	a, err := trafilatura.Extract(bytes.NewReader(page), trafilatura.Options{
		OriginalURL: address, EnableFallback: fallback, ExcludeComments: true,
	})
	if err != nil {
		return 0
	}
	return len(a.ContentText)
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("speed: ")
	rounds := flag.Int("rounds", 3, "how often each page is read")
	flag.Parse()
	list, err := pages.Gather(flag.Args())
	if err != nil {
		log.Fatal(err)
	}
	if len(list) == 0 {
		log.Fatal("no pages: name files or a folder of them")
	}
	times := make([][]float64, len(contenders)) // milliseconds, by contender and page
	letters := make([]int, len(contenders))
	for n, page := range list {
		for i, c := range contenders {
			var took []float64
			for range *rounds {
				start := processor()
				found := c.read(page)
				took = append(took, float64(processor()-start)/float64(time.Millisecond))
				if found > 0 && len(took) == 1 {
					letters[i]++
				}
			}
			times[i] = append(times[i], at(took, 50))
		}
		if (n+1)%100 == 0 {
			log.Printf("%d of %d pages", n+1, len(list))
		}
	}
	base := at(times[0], 50)
	fmt.Printf("%d pages, %d rounds; milliseconds of processor time a page\n", len(list), *rounds)
	fmt.Printf("%-28s%8s%8s%8s%12s%10s\n", "", "median", "p95", "mean", "× parsing", "with text")
	for i, c := range contenders {
		sum := 0.0
		for _, t := range times[i] {
			sum += t
		}
		median := at(times[i], 50)
		fmt.Printf("%-28s%8.2f%8.2f%8.2f%12.2f%10d\n", c.name, median, at(times[i], 95), sum/float64(len(list)), median/base, letters[i])
	}
}

// at gives a percentile; it sorts its list.
func at(list []float64, percent int) float64 {
	sorted := append([]float64{}, list...)
	sort.Float64s(sorted)
	return sorted[(len(sorted)-1)*percent/100]
}

// processor is the time that this process has used of all processors.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		log.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
