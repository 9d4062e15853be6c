package extract

import (
	"flag"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"strings"
	"testing"

	"pressmark/extract/meta"
)

var learnTitles = flag.Bool("learn-titles", false, "learn titleWeights from the pages of -eval and write them")

// A lesson is a page of the sample: the evidence for each of its names, and which are right.
type lesson struct {
	corpus string
	fold   uint32
	names  [][titleEvidence]float64
	right  []bool
	any    bool
}

func lessons(t *testing.T) []lesson {
	var all []lesson
	for _, k := range readSample(t) {
		if k.Title == "" {
			continue
		}
		p := k.page(t)
		doc, err := parse(decode(p.Body, p.ContentType))
		if err != nil {
			continue
		}
		f := meta.Read(doc, p.URL)
		names, news := pageNames(&f, p.URL)
		l := lesson{corpus: k.Corpus, fold: crc32.ChecksumIEEE([]byte(k.Site)) % 5}
		for i := range names {
			is := sameTitle(names[i].text, k.Title)
			l.any = l.any || is
			l.right = append(l.right, is)
			l.names = append(l.names, nameFeatures(names, i, news))
		}
		all = append(all, l)
	}
	return all
}

// share of each corpus in what is learned: news and articles count, the rest leans on them.
var lessonWeight = map[string]float64{"fundus": 1.5, "wcxb": 1, "trafilatura": 1, "postlight": 0.2, "wcxb-other": 0.3, "newspaper4k": 0.05, "goose3": 0.05}

// learn fits the weights: the right name of each page should have the greatest
// score, as the choice of one among several (softmax), with small weights preferred.
func learn(all []lesson, leaveOut int) (w [titleEvidence]float64) {
	size := map[string]float64{}
	for _, l := range all {
		if l.any {
			size[l.corpus]++
		}
	}
	const rounds, prefer = 600, 0.0015
	var velocity [titleEvidence]float64
	for range rounds {
		var slope [titleEvidence]float64
		for _, l := range all {
			if !l.any || int(l.fold) == leaveOut || lessonWeight[l.corpus] == 0 {
				continue
			}
			score := make([]float64, len(l.names))
			sum, good := 0.0, 0.0
			for i, f := range l.names {
				for k, v := range f {
					score[i] += v * w[k]
				}
				score[i] = math.Exp(min(score[i], 50))
				sum += score[i]
				if l.right[i] {
					good += score[i]
				}
			}
			share := lessonWeight[l.corpus] / size[l.corpus]
			for i, f := range l.names {
				push := -score[i] / sum
				if l.right[i] {
					push += score[i] / good
				}
				for k, v := range f {
					slope[k] += share * push * v
				}
			}
		}
		for k := range w {
			velocity[k] = 0.9*velocity[k] + 0.3*(slope[k]-prefer*w[k])
			w[k] += velocity[k]
		}
	}
	return w
}

// rightTitles counts, by corpus, the pages whose best name is right.
func rightTitles(all []lesson, w [titleEvidence]float64, fold int, right, pages map[string]int) {
	for _, l := range all {
		if fold >= 0 && int(l.fold) != fold {
			continue
		}
		pages[l.corpus]++
		at, best := -1, 0.0
		for i, f := range l.names {
			score := 0.0
			for k, v := range f {
				score += v * w[k]
			}
			if at < 0 || score > best {
				at, best = i, score
			}
		}
		if at >= 0 && l.right[at] {
			right[l.corpus]++
		}
	}
}

// TestLearnTitles learns titleWeights anew, and says how right they are on
// sites that they were not learned from (in fifths of the sample, by site).
func TestLearnTitles(t *testing.T) {
	if !*learnTitles {
		t.Skip("run with -eval DIR -learn-titles")
	}
	all := lessons(t)
	right, pages, could := map[string]int{}, map[string]int{}, map[string]int{}
	for fold := range 5 {
		rightTitles(all, learn(all, fold), fold, right, pages)
	}
	for _, l := range all {
		if l.any {
			could[l.corpus]++
		}
	}
	w := learn(all, -1)
	seen, n := map[string]int{}, map[string]int{}
	rightTitles(all, w, -1, seen, n)
	for c := range pages {
		t.Logf("%-12s %4d pages  unseen sites %.3f  seen %.3f  one of the names is right %.3f", c, pages[c],
			float64(right[c])/float64(pages[c]), float64(seen[c])/float64(n[c]), float64(could[c])/float64(pages[c]))
	}
	file, err := os.ReadFile("title_weights.go")
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(file), "var titleWeights")
	if !ok {
		t.Fatal("title_weights.go has no titleWeights")
	}
	var b strings.Builder
	b.WriteString(head + "var titleWeights = [titleEvidence]titleWeight{\n")
	for k := range titleWeights {
		fmt.Fprintf(&b, "\t{%q, %.2f},\n", titleWeights[k].evidence, w[k])
	}
	b.WriteString("}\n")
	if err := os.WriteFile("title_weights.go", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
