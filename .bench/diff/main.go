// Command diff times pressmark's comparison of two versions of an article
// beside two libraries that diff text, and tells how well each finds the words
// that were changed.
//
//	go run ./diff [-rounds 5] [-patience 20s]
//
// The texts are invented and the edits known: one word in twenty put for
// another, left out or put in; and, apart from that, one paragraph moved.
// Every contender takes every pair in turn, so that what disturbs the machine
// disturbs all of them; the best time of the rounds counts. pressmark's time is
// that of the whole verdict: furniture, kinds, grade and reason included.
//
//	P, R    words that are marked and were changed, words that were changed and are marked
//	edits   marked places, in % of those that there are
//	cut     words of which only a part is marked
//	moved   words marked as gone or new because a paragraph of 40 to 60 moved; "a move" when it is told as one
package main

import (
	"flag"
	"fmt"
	"os"
	"text/tabwriter"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 5, "how often each pair is compared")
	patience := flag.Duration("patience", 20*time.Second, "a contender that would need longer for one pair sits that size out")
	flag.Parse()
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "words\t\ttime\tP\tR\tedits\tcut\tmoved\t")
	last := map[string]time.Duration{} // of the size before
	before := 0
	for _, n := range []int{100, 1000, 10000, 50000} {
		old := invent(n, uint64(n))
		edited, moved := old.edit(20, 7), old.move(7)
		best := map[string]time.Duration{}
		sits := map[string]bool{}
		for _, c := range contenders {
			ratio := time.Duration(n / max(before, 1))
			sits[c.name] = before > 0 && (last[c.name] == 0 || last[c.name]*ratio*ratio > *patience && last[c.name]*ratio > *patience/8)
		}
		for range *rounds {
			for _, c := range contenders {
				if sits[c.name] {
					continue
				}
				start := time.Now()
				c.run(old.String(), edited.String())
				if d := time.Since(start); best[c.name] == 0 || d < best[c.name] {
					best[c.name] = d
				}
			}
		}
		for _, c := range contenders {
			if sits[c.name] {
				fmt.Fprintf(w, "%d\t%s\tover %v\t\t\t\t\t\t\n", n, c.name, *patience)
				continue
			}
			s := judge(c.marks(old.String(), edited.String()), old, edited)
			m := c.marks(old.String(), moved.String())
			told := fmt.Sprint(marked(m))
			if m.moves > 0 && marked(m) == 0 {
				told = "a move"
			}
			fmt.Fprintf(w, "%d\t%s\t%s\t%.3f\t%.3f\t%.0f %%\t%d\t%s\t\n", n, c.name, short(best[c.name]), s.precision, s.recall, 100*s.places, s.cut, told)
		}
		last, before = best, n
	}
	w.Flush()
}

func short(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }
