// Stories measures what finding copies costs as a corpus grows, and how many are found: dedup of this project, and MinHash
// with LSH (github.com/ekzhu/minhash-lsh, 128 hashes over 5-word shingles, Jaccard 0.7) over the same invented texts.
//
//	go run ./stories -texts 10000,100000       # the growth table, as text
//	go run ./stories -sample DIR               # by kind, on each half of a folder of texts with known answers
//	go run ./stories -texts 1000000 -write FILE # the texts themselves, a line of JSON each
//	go run ./stories stored -texts 10000,100000 # what the index of an archive costs on disk, and as it grows
//	go run ./stories dedup --list texts.jsonl  # MinHash in the place of pressmark dedup --list, to be scored alike
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"pressmark/extract/dedup"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "stories:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 3 && args[0] == "dedup" && args[1] == "--list" {
		return answer(args[2])
	}
	if len(args) > 0 && args[0] == "stored" {
		return stored(args[1:])
	}
	f := flag.NewFlagSet("stories", flag.ContinueOnError)
	sizes := f.String("texts", "10000", "how many texts, sizes with commas between")
	rival := f.Bool("minhash", true, "MinHash, too")
	seed := f.Uint64("seed", 1, "of the texts")
	list := f.String("write", "", "write the texts to this file instead, as pressmark dedup --list reads them")
	dir := f.String("sample", "", "measure on both halves of the sample in this folder instead: docs.jsonl(.gz), gold.jsonl, pairs.jsonl")
	record := f.String("record", "", "write the figures of -sample, but for speed, to this file")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *dir != "" {
		return compare(*dir, *record)
	}
	if *list != "" {
		n, err := strconv.Atoi(*sizes)
		if err != nil {
			return fmt.Errorf("-texts %s: %w", *sizes, err)
		}
		return write(*list, n, *seed)
	}
	fmt.Println("texts    who      texts/s  heap B/text  disk B/text  recall: copy cut spun combined | merged wrongly: original follow-up template")
	for _, s := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return fmt.Errorf("-texts %s: %q is no number of texts", *sizes, s)
		}
		if err := ours(n, *seed); err != nil {
			return err
		}
		if *rival {
			minhash(n, *seed)
		}
	}
	return nil
}

// A tally counts by kind how many texts there were, and how many came into the story of the text that they were made from,
// or, of those that are to stand alone, into any.
type tally struct{ of, found map[string]int }

func newTally() tally { return tally{map[string]int{}, map[string]int{}} }

// add notes where a text was put: story is a text of its story, itself when it founds one.
func (t tally) add(m made, self int, story int, storyOf []int) {
	t.of[m.kind]++
	if m.story == self && story != self || m.story != self && storyOf[m.from] == story {
		t.found[m.kind]++
	}
}

func (t tally) String() string {
	s := ""
	for _, k := range []string{"copy", "cut", "spun", "combined", "original", "follow-up", "template"} {
		s += fmt.Sprintf("%6.3f", float64(t.found[k])/float64(max(1, t.of[k])))
	}
	return s
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func ours(n int, seed uint64) error {
	d, t := newDesk(seed), newTally()
	g := dedup.NewGrouper(0)
	before := heap()
	var spent time.Duration
	var disk int
	storyOf := make([]int, n)
	for i := range n {
		m := d.next()
		start := processor()
		p, err := g.Add(strconv.Itoa(i), m.text)
		spent += processor() - start
		if err != nil {
			return err
		}
		if storyOf[i], err = strconv.Atoi(p.Story); err != nil {
			return err
		}
		if i%50 == 0 { // what the archive would keep, but for its pages
			s := dedup.NewSketch(m.text)
			b, err := s.MarshalBinary()
			if err != nil {
				return err
			}
			disk += len(b) + 8*len(s.Keys())
		}
		t.add(m, i, storyOf[i], storyOf)
	}
	size := heap() - before
	runtime.KeepAlive(g)
	fmt.Printf("%-8d pressmark %7.0f %12d %12d  %s\n", n, float64(n)/spent.Seconds(), size/uint64(n), disk/((n+49)/50), t)
	return nil
}
