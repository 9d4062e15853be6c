package dedup

import (
	"cmp"
	"fmt"
	"slices"
)

const (
	commonFrom = 3 // a passage that stands in so many stories belongs to none: furniture, a background, a phrase
	maxVoters  = 7 // members of a story that are asked when the representative does not agree
)

// Place finds the earlier text that s tells again. A zero Match means there is none. The new text joins a story only if the
// story's representative, or most of its members, agree: a chain of small likenesses makes no story.
func Place(ix Index, s Sketch) (Match, error) {
	p := placing{ix: ix, s: s}
	candidates, err := p.candidates()
	if err != nil || len(candidates) == 0 {
		return Match{}, err
	}
	p.lines = aligners.Get().(*aligner)
	m, err := p.decide(candidates)
	aligners.Put(p.lines)
	return m, err
}

// decide compares the text with the candidates and takes the best that its story agrees to.
func (p *placing) decide(candidates []DocID) (Match, error) {
	var verdicts []Match
	for _, c := range candidates {
		m, err := p.judge(c)
		if err != nil {
			return Match{}, err
		}
		if m.Relation != "" {
			verdicts = append(verdicts, m)
		}
	}
	// Joins before links, then the surest, then the earliest.
	slices.SortFunc(verdicts, func(a, b Match) int {
		if a.Joins() != b.Joins() {
			if a.Joins() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Of, b.Of))
	})
	soonest(verdicts)
	for _, m := range verdicts {
		if m.Joins() {
			ok, err := p.agreed(m)
			if err != nil {
				return Match{}, err
			}
			if !ok {
				continue
			}
		}
		return m, nil
	}
	return Match{}, nil
}

// A placing is the work on one new text.
type placing struct {
	ix      Index
	s       Sketch
	weight  []uint8          // of each token of the body: 0 where it stands in a passage that many stories have
	stories map[DocID]string // by which documents are known so far
	judged  map[DocID]Match
	lines   *aligner
}

// story names the story of a document.
func (p *placing) story(d DocID) (string, error) {
	if id, ok := p.stories[d]; ok {
		return id, nil
	}
	var id string
	var err error
	if ix, ok := p.ix.(Namer); ok {
		id, err = ix.StoryOf(d)
	} else {
		id, _, err = p.ix.Story(d)
	}
	if err != nil {
		return "", fmt.Errorf("story of document %d: %w", d, err)
	}
	if p.stories == nil {
		p.stories = make(map[DocID]string)
	}
	p.stories[d] = id
	return id, nil
}

// candidates looks up the keys, rates earlier documents by the rare keys they share, and learns which passages are common.
func (p *placing) candidates() ([]DocID, error) {
	var common, rare []spot
	found := make([]rated, 0, 2*MaxPostings)
	for _, k := range p.s.spots() {
		docs, total, err := p.ix.Postings(k.key)
		if err != nil {
			return nil, fmt.Errorf("look up a key: %w", err)
		}
		stories, err := p.tellers(docs)
		if err != nil {
			return nil, err
		}
		// A key that one story alone has is its mark, however many copies there are.
		holders := stories
		if stories == commonFrom {
			common = append(common, k)
			holders = total // at least as many
		} else {
			rare = append(rare, k)
		}
		for _, d := range docs {
			found = append(found, rated{d, 1 / float64(holders), 1})
		}
	}
	out, err := p.choose(summed(found))
	if len(out) > 0 {
		p.weight = slices.Repeat([]uint8{1}, len(p.s.body))
		p.discount(common, rare)
	}
	return out, err
}

// tellers counts in how many stories the documents are, up to commonFrom.
func (p *placing) tellers(docs []DocID) (int, error) {
	if len(docs) < 2 {
		return len(docs), nil
	}
	seen := make([]string, 0, commonFrom)
	for _, d := range docs {
		id, err := p.story(d)
		if err != nil {
			return 0, err
		}
		if !slices.Contains(seen, id) {
			if seen = append(seen, id); len(seen) == commonFrom {
				break
			}
		}
	}
	return len(seen), nil
}

// discount takes the weight from common passages: the words of common keys, and what lies between two of them that are near. An
// earlier text files other keys of a passage than this one, so that one rare key among common ones means nothing.
func (p *placing) discount(common, rare []spot) {
	nowhere := func(s spot) bool { return s.to < s.from } // the headline's and the whole's keys stand nowhere
	common, rare = slices.DeleteFunc(common, nowhere), slices.DeleteFunc(rare, nowhere)
	if len(common) == 0 {
		return
	}
	byPlace := func(a, b spot) int { return cmp.Or(a.from-b.from, a.to-b.to) }
	slices.SortFunc(common, byPlace)
	slices.SortFunc(rare, byPlace)
	near := 12 + 3*len(p.weight)/(len(common)+len(rare)) // a few keys should stand in so many words
	end, r := 0, 0                                       // of the last common passage; the first rare key after it
	for _, k := range append(common, spot{from: len(p.weight), to: len(p.weight) - 1}) {
		from := k.from
		for r < len(rare) && rare[r].from < end {
			r++
		}
		between := 0
		for r+between < len(rare) && rare[r+between].to < from {
			between++
		}
		if from-end <= near && between <= 1 {
			from = min(from, end)
		}
		for i := from; i <= k.to; i++ {
			p.weight[i] = 0
		}
		end = max(end, k.to+1)
	}
	// A text that is common from its first words to its last is no furniture: it is often copied, and was once told apart.
	if opening := p.weight[:min(len(p.weight), 2*leadWords)]; counted(opening)*3 < len(opening) && counted(p.weight)*10 < len(p.weight) {
		for i := range p.weight {
			p.weight[i] = 1
		}
	}
}

// judge compares the new text with one earlier document.
func (p *placing) judge(d DocID) (Match, error) {
	if m, ok := p.judged[d]; ok {
		return m, nil
	}
	earlier, err := p.ix.Sketch(d)
	if err != nil {
		return Match{}, fmt.Errorf("sketch of document %d: %w", d, err)
	}
	story, err := p.story(d)
	if err != nil {
		return Match{}, err
	}
	m := compare(p.lines, p.s, earlier, p.weight).verdict()
	m.Of, m.at, m.Story = d, earlier.at, story
	if p.judged == nil {
		p.judged = make(map[DocID]Match)
	}
	p.judged[d] = m
	return m, nil
}

// agreed asks the representative of the story, and then its members.
func (p *placing) agreed(m Match) (bool, error) {
	_, members, err := p.ix.Story(m.Of)
	if err != nil {
		return false, fmt.Errorf("story of document %d: %w", m.Of, err)
	}
	if len(members) == 0 || members[0] == m.Of {
		return true, nil
	}
	lead, err := p.judge(members[0])
	if err != nil {
		return false, err
	}
	if lead.Joins() || lead.Relation == FollowUp {
		return lead.Joins(), nil
	}
	voters := members[:min(len(members), maxVoters)]
	votes := 0
	for _, d := range voters {
		v, err := p.judge(d)
		if err != nil {
			return false, err
		}
		if v.Joins() {
			votes++
		}
	}
	return votes*2 > len(voters), nil
}
