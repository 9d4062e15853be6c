package extract

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// How a text is scored against a gold one: both are cut into runs of four
// words, and what they share is weighed against what only one of them has.
// A page's precision and recall are averaged over pages; F1 is their harmonic
// mean. It is the measure of scrapinghub's article extraction benchmark.

// runs counts the runs of four words of a text.
func runs(text string) map[string]int {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
	count := map[string]int{}
	for i := 0; i == 0 || i+4 <= len(words); i++ {
		if run := strings.Join(words[i:min(i+4, len(words))], " "); run != "" {
			count[run]++
		}
	}
	return count
}

// An overlap is how much two texts share, and what only the gold or only the found one has.
type overlap struct{ both, extra, lost int }

func compareRuns(gold, found map[string]int) overlap {
	var o overlap
	for run, n := range found {
		o.both += min(n, gold[run])
		o.extra += n - min(n, gold[run])
	}
	for run, n := range gold {
		o.lost += n - min(n, found[run])
	}
	return o
}

func share(right, wrong int) float64 {
	switch {
	case wrong == 0:
		return 1
	case right == 0:
		return 0
	}
	return float64(right) / float64(right+wrong)
}

// A bodyScore sums up pages with a gold body.
type bodyScore struct {
	pages, exact              int
	precision, recall         float64
	withPrecision, withRecall int // pages that count for each
}

// add counts a page, and gives its own F1.
func (s *bodyScore) add(o overlap) float64 {
	s.pages++
	if o.extra == 0 && o.lost == 0 {
		s.exact++
	}
	p, r := share(o.both, o.extra), share(o.both, o.lost)
	if o.both+o.extra > 0 {
		s.precision += p
		s.withPrecision++
	}
	if o.both+o.lost > 0 {
		s.recall += r
		s.withRecall++
	}
	return harmonic(p, r)
}

func (s *bodyScore) sums() (f1, p, r float64) {
	p, r = s.precision/float64(max(s.withPrecision, 1)), s.recall/float64(max(s.withRecall, 1))
	return harmonic(p, r), p, r
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// A segmentScore sums up segments that must and must not be in a text.
type segmentScore struct{ found, wrong, missed int }

func (s *segmentScore) add(text string, with, without []string) {
	text = flat(text)
	for _, w := range with {
		if strings.Contains(text, flat(w)) {
			s.found++
		} else {
			s.missed++
		}
	}
	for _, w := range without {
		if strings.Contains(text, flat(w)) {
			s.wrong++
		}
	}
}

func (s *segmentScore) sums() (f1, p, r float64) {
	p, r = share(s.found, s.wrong), share(s.found, s.missed)
	return harmonic(p, r), p, r
}

// flat has white space collapsed.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

var folded = cases.Fold()

// levelled writes quotes, dashes and spaces one way.
var levelled = strings.NewReplacer(
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "`", "'", "´", "'", "′", "'", "“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "″", `"`,
	"‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-")

// sameTitle compares titles but for case, white space, kinds of quotation marks and a last full stop.
func sameTitle(a, b string) bool {
	k := func(s string) string {
		return strings.TrimRight(strings.TrimSpace(flat(folded.String(levelled.Replace(norm.NFKC.String(s))))), ".")
	}
	return k(a) == k(b)
}

var joints = regexp.MustCompile(`^(by|von|par|por|and|und|et|y|e|di|da|od|af|av)$`)

// sameNames compares authors as sets of words.
func sameNames(a, b string) bool {
	k := func(s string) map[string]bool {
		set := map[string]bool{}
		for _, w := range strings.FieldsFunc(folded.String(norm.NFKC.String(s)), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if !joints.MatchString(w) {
				set[w] = true
			}
		}
		return set
	}
	x, y := k(a), k(b)
	if len(x) != len(y) {
		return false
	}
	for w := range x {
		if !y[w] {
			return false
		}
	}
	return true
}
