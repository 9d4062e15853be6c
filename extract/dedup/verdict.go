package dedup

import (
	"fmt"
	"math"
)

// The bars. What is shared of the smaller text counts most, then the opening of each in the other, then the headline.
const (
	headShare     = 0.20
	titleShare    = 0.15
	joinBar       = 0.66
	sameSiteBar   = 0.88 // one paper writes on: new news over old background
	briefBar      = 0.85 // a text too short for much evidence
	emptyHead     = 0.10 // openings that share nothing, while the rest does: furniture or background
	templateGap   = 0.12 // landmarks replaced oftener than the words between, by this much:
	templateLoss  = 2.5  // and this many of them: a form that was filled in
	followUpCover = 0.20
	followUpWords = 30
	reworded      = 0.12
	partOf        = 0.60
)

// verdict decides. The Match names no document yet.
func (c comparison) verdict() Match {
	if c.small.words == 0 {
		return Match{}
	}
	score, joins := c.score()
	switch {
	case joins:
		return Match{Relation: c.relation(), Score: round(score), Why: c.why()}
	case c.followsUp():
		return Match{Relation: FollowUp, Score: round(c.small.cover), Why: c.why()}
	}
	return Match{}
}

func (c comparison) score() (float64, bool) {
	if c.whole {
		return 1, true
	}
	if c.template() || c.stranger() {
		return 0, false
	}
	bar := joinBar
	if c.sameSite {
		bar = sameSiteBar
	}
	if c.small.words < shortText {
		if s, ok := c.brief(); ok || c.small.words < shortText/2 {
			return s, ok
		}
		if bar = briefBar; min(c.small.lead, c.large.lead) < 0.7 {
			return 0, false
		}
	}
	heads := min(c.small.head, c.large.head)
	s := c.small.cover + headShare*heads + titleShare*c.title
	if c.small.head < emptyHead && c.large.head < emptyHead {
		return 0, false
	}
	return min(1, s/(1+headShare+titleShare)), s >= bar
}

// template tells a form that was filled in anew from a copy: the names and figures changed, the words between did not.
func (c comparison) template() bool {
	gap := c.words - c.landmarks
	return gap > templateGap && gap*float64(c.marks) >= templateLoss
}

// stranger tells two texts that merely have the same build: little of what lies side by side is equal, names included.
func (c comparison) stranger() bool {
	return c.replaced > 0.65 || c.replaced > 0.2 && c.marks >= 4 && c.landmarks < 0.65
}

// brief judges short texts by headline and opening: the rest may be a notice that a hundred briefs carry.
func (c comparison) brief() (float64, bool) {
	if c.marks > 0 && c.landmarks < 0.75 || c.replaced > 0.3 {
		return 0, false
	}
	if c.titleWords >= 3 {
		s := (c.title + c.small.lead + c.large.lead) / 3
		return s, c.title >= 0.75 && min(c.small.lead, c.large.lead) >= 0.7
	}
	s := min(c.small.cover, c.large.cover)
	return s, s >= 0.9 && c.replaced <= 0.1
}

func (c comparison) followsUp() bool {
	return c.sameSite && c.small.shared >= followUpWords && c.small.cover >= followUpCover && !c.template()
}

func (c comparison) relation() Relation {
	switch {
	case c.replaced > reworded:
		return Rewritten
	case c.large.cover < partOf && c.smallIsNew:
		return Excerpt
	case c.sameSite || c.small.cover >= 0.97 && c.large.cover >= 0.97 && c.replaced <= 0.02:
		return Same
	}
	return Syndicated
}

// why gives the evidence in numbers.
func (c comparison) why() string {
	if c.whole {
		return fmt.Sprintf("all %d content words are the same", c.small.words)
	}
	s := fmt.Sprintf("%.0f %% of the shorter text shared, %.0f %% of the words in it replaced", 100*c.small.cover, 100*c.replaced)
	if c.among > 0 {
		s = fmt.Sprintf("%d of %d name and number runs shared in order, ", c.runs, c.among) + s
	}
	return s
}

func round(x float64) float64 { return math.Round(x*1000) / 1000 }
