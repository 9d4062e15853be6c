package dedup

import (
	"cmp"
	"slices"
)

// Which of the documents that share a key are compared. In a large corpus any text shares a key with many, by chance and by
// what everybody writes: to compare all of them would cost more with each text, and find nothing.
const (
	maxCompared = 12  // candidates that are compared
	perStory    = 3   // of them from one story
	maxLone     = 3   // of them such as share one key alone
	wellRated   = 1.0 // who shares keys worth less than one that a single story has is compared for their number only,
	manyKeys    = 6   // when there are so many: a text that was often copied, and once told apart
)

// A rated is an earlier document and how much speaks for it.
type rated struct {
	doc    DocID
	rating float64 // a key counts the less the more have it
	keys   int     // that it shares
}

// worthwhile reports whether a document is compared at all.
func (r rated) worthwhile() bool { return r.rating >= wellRated || r.keys >= manyKeys }

// summed adds up what speaks for each document.
func summed(list []rated) []rated {
	slices.SortStableFunc(list, func(a, b rated) int { return cmp.Compare(a.doc, b.doc) })
	sums := list[:0]
	for _, r := range list {
		if n := len(sums); n > 0 && sums[n-1].doc == r.doc {
			sums[n-1].rating += r.rating
			sums[n-1].keys++
			continue
		}
		sums = append(sums, r)
	}
	return sums
}

// choose picks the documents to compare, the best rated first.
func (p *placing) choose(list []rated) ([]DocID, error) {
	list = slices.DeleteFunc(list, func(r rated) bool { return !r.worthwhile() })
	slices.SortFunc(list, func(a, b rated) int {
		return cmp.Or(cmp.Compare(b.rating, a.rating), cmp.Compare(a.doc, b.doc))
	})
	var out []DocID
	taken := make(map[string]int)
	lone := 0
	for _, r := range list {
		if r.keys == 1 && lone == maxLone {
			continue
		}
		story, err := p.story(r.doc)
		if err != nil {
			return nil, err
		}
		if taken[story] == perStory {
			continue
		}
		taken[story]++
		if r.keys == 1 {
			lone++
		}
		if out = append(out, r.doc); len(out) == maxCompared {
			break
		}
	}
	return out, nil
}
