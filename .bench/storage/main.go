// Command storage measures pressmark's archive beside other ways to keep the
// same pages: how many bytes a page takes at the first look and at later ones,
// how many a version of its text, and how fast pages and texts go in and out.
//
//	go run ./storage [-looks 10] [-pages 300] [-texts 100000] [-dir DIR] DIR|FILE…
//
// Files are HTML or gzipped HTML. The later looks are the same pages with small
// edits (see package pages). All figures are of one run, the contenders in turn
// on the same disk, everything synced; sizes are those of the closed files.
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"time"

	"pressmark/bench/pages"
	"pressmark/extract"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("storage: ")
	looks := flag.Int("looks", 10, "how often each page is looked at again")
	count := flag.Int("pages", 300, "how many pages at most")
	texts := flag.Int("texts", 100_000, "how many small texts the timing of texts writes")
	keep := flag.String("dir", "", "a new folder to work in, which stays to be looked at")
	flag.Parse()
	list, err := pages.Gather(flag.Args())
	if err != nil {
		log.Fatal(err)
	}
	if len(list) == 0 {
		log.Fatal("no pages: name files or a folder of them")
	}
	// Every nth, so that a folder sorted by site gives all of them.
	var chosen []capture
	for i, step := 0, max(1, len(list)/(*count)); i < len(list) && len(chosen) < *count; i += step {
		chosen = append(chosen, capture{url: address(list[i], i), body: list[i]})
	}
	dir, done, err := folder(*keep)
	if err != nil {
		log.Fatal(err)
	}
	defer done()
	for _, table := range []func() error{
		func() error { return sizes(dir, chosen, *looks) },
		func() error { return speeds(dir, chosen, *texts) },
	} {
		if err := table(); err != nil {
			log.Print(err)
			done()
			os.Exit(1)
		}
	}
}

// folder makes the folder to work in, and says how to be rid of it.
func folder(keep string) (dir string, done func(), err error) {
	if keep != "" {
		return keep, func() {}, os.Mkdir(keep, 0o755)
	}
	dir, err = os.MkdirTemp("", "storage")
	return dir, func() { os.RemoveAll(dir) }, err
}

// A capture is one page as it was at one look.
type capture struct {
	url  string
	at   time.Time
	body []byte
}

// address is what the page says that its address is: the archive groups pages by site.
func address(page []byte, i int) string {
	if a := extract.Extract(extract.Page{URL: "https://unknown.test/", Body: page}); a.Canonical != "" && a.Canonical != "https://unknown.test/" {
		return fmt.Sprintf("%s?page=%d", a.Canonical, i)
	}
	return fmt.Sprintf("https://site%d.test/page", i)
}

// rounds are the looks at all pages, the first and the later ones.
func rounds(first []capture, looks int) [][]capture {
	r := rand.New(rand.NewPCG(1, 2))
	all := [][]capture{make([]capture, len(first))}
	for i, c := range first {
		c.at = time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC)
		all[0][i] = c
	}
	for n := 1; n <= looks; n++ {
		round := make([]capture, len(first))
		for i, c := range all[n-1] {
			round[i] = capture{url: c.url, at: c.at.Add(time.Hour), body: pages.Edited(c.body, r)}
		}
		all = append(all, round)
	}
	return all
}
