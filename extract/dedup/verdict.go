package dedup

import (
	"fmt"
	"math"
	"strings"
)

// The bars a pair must pass. What is shared of the smaller text counts most, then the opening of each in the other, then the
// headline.
const (
	headShare   = 0.20
	titleShare  = 0.15
	joinBar     = 0.66
	sameDayBar  = 0.80 // two pages of one paper on one day
	sameSiteBar = 0.88 // two pages of one paper: it writes on, new news over old background
	briefBar    = 0.85 // a text too short for much evidence

	shortText = 40   // content words below which a text is a brief
	emptyHead = 0.10 // openings that share less, while the rest is shared: furniture or background

	templateGap  = 0.12 // landmarks replaced oftener than the words between, by this much:
	templateLoss = 2.5  // and this many of them: a form that was filled in anew

	followUpCover = 0.20 // what a follow-up shares of the shorter text
	followUpWords = 30

	hour = 60 // minutes: papers date their articles no better

	reworded = 0.12 // words replaced, from here on it is a rewrite
	partOf   = 0.60 // of the longer text: a text that covers less is an excerpt
)

// verdict decides. The Match names no document yet.
func (c comparison) verdict() Match {
	if c.small.words == 0 {
		return Match{}
	}
	score, joins := c.score()
	switch {
	case joins:
		return Match{Relation: c.relation(), Score: round(score * (1 - 0.1*c.replaced)), Why: c.why()}
	case c.followsUp():
		return Match{Relation: FollowUp, Score: round(c.small.cover), Why: c.whyLinked()}
	}
	return Match{}
}

func (c comparison) score() (float64, bool) {
	if c.whole && (c.small.words >= shortText || c.title >= 0.5) { // a short one may be a wall or a teaser's "read on"
		return 1, true
	}
	if c.template() || c.stranger() {
		return 0, false
	}
	if c.ownOpening() {
		return 0, false
	}
	bar := joinBar
	switch {
	case c.sameSite && c.apart == 0 && c.dated:
		bar = sameDayBar
	case c.sameSite:
		bar = sameSiteBar
	}
	if c.small.words < shortText {
		if s, ok := c.brief(); ok || c.small.words < shortText/2 {
			return s, ok
		}
		// Both begin alike, or nearly all of the one makes the opening of the other.
		if min(c.small.lead, c.large.lead) < 0.7 && (c.small.cover < 0.9 || c.large.head < 0.7) {
			return 0, false
		}
		bar = briefBar
	}
	if c.small.head < emptyHead && c.large.head < emptyHead {
		return 0, false
	}
	s := c.small.cover + headShare*min(c.small.head, c.large.head) + titleShare*c.title
	if p, ok := c.begun(); ok && s < bar {
		return p.cover, true
	}
	return min(1, s/(1+headShare+titleShare)), s >= bar
}

// template tells a form that was filled in anew from a copy: the names and figures changed, the words between did not. In a copy
// it is the other way round.
func (c comparison) template() bool {
	if refilled := c.figures - c.figuresKept; c.blind {
		// No name can be seen to change. But a form changes it in every place, and hardly a figure stays.
		return refilled >= 3 && refilled > c.figuresKept && 1-c.replaced-ratio(c.figuresKept, c.figures) > 2*templateGap ||
			c.replaced > templateGap/2 && refilled >= c.figuresKept && c.gone >= 3*c.torn && (c.sameSite || c.gone+refilled >= 2)
	} else if refilled >= 3 && refilled > c.figuresKept && c.words >= 0.9 || refilled >= 5 && refilled >= 4*c.figuresKept && c.words >= 0.8 {
		return true
	}
	gap := c.words - c.landmarks
	return gap > templateGap && gap*float64(c.marks) >= templateLoss
}

// ownOpening tells a text under a headline and with a first sentence of its own: in the same paper it is another one, whatever
// stands beneath both; another paper may have rewritten the opening, if all the rest is there.
func (c comparison) ownOpening() bool {
	if c.title >= 0.3 || max(c.small.lead, c.large.lead) > 2*emptyHead {
		return false
	}
	return c.sameSite || max(c.small.head, c.large.head) <= 2*emptyHead && c.small.cover < 0.8
}

// begun tells a copy that was cut, and put among other things: the earlier text's headline and the whole of its opening are there.
func (c comparison) begun() (portion, bool) {
	p := c.small
	if c.smallIsNew {
		p = c.large
	}
	return p, !c.sameSite && c.titleWords >= 3 && c.title >= 0.5 && p.head >= 0.7 && c.title+p.head >= 1.4 && p.words >= shortText && p.cover >= 0.3
}

// stranger tells two texts that merely have the same build: little of what lies side by side is equal, names included.
func (c comparison) stranger() bool {
	if c.blind {
		return c.replaced > 0.5 || c.replaced > 0.2 && c.figures >= 4 && c.figuresKept*2 < c.figures
	}
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
	if c.titleWords == 2 && c.title == 1 && min(c.small.lead, c.large.lead) >= 0.9 { // as long as a headline gets without spaces
		return 1, true
	}
	s := min(c.small.cover, c.large.cover)
	return s, s >= 0.9 && c.replaced <= 0.1
}

// followsUp tells news over background that the same paper printed before.
func (c comparison) followsUp() bool {
	return c.sameSite && c.small.shared >= followUpWords && c.small.cover >= followUpCover && !c.template() && !c.stranger()
}

func (c comparison) relation() Relation {
	switch {
	case c.replaced > reworded:
		return Rewritten
	case c.smallIsNew && c.large.cover < partOf && c.small.cover > c.large.cover+partOf/2:
		return Excerpt
	case c.otherSite || c.large.cover < 0.95 || c.replaced > 0.02:
		return Syndicated
	}
	return Same
}

// why gives the evidence in numbers.
func (c comparison) why() string {
	var parts []string
	switch {
	case c.whole:
		parts = append(parts, fmt.Sprintf("all %d content words are the same", c.small.words))
	case c.among > 0:
		parts = append(parts, fmt.Sprintf("%d of %d name and number runs shared in order", c.runs, c.among), fmt.Sprintf("%s of content words replaced", percent(c.replaced)))
	default:
		parts = append(parts, fmt.Sprintf("%d of %d content words shared", c.small.shared, c.small.words), fmt.Sprintf("%s of content words replaced", percent(c.replaced)))
	}
	if !c.whole && c.large.cover < partOf {
		if c.smallIsNew {
			parts = append(parts, percent(c.large.cover)+" of the earlier text")
		} else {
			parts = append(parts, "the earlier text is "+percent(c.large.cover)+" of this one")
		}
	}
	switch {
	case c.wire == c.earlierWire && c.wire != "":
		parts = append(parts, "both credit "+c.wire)
	case c.wire != "":
		parts = append(parts, "credits "+c.wire)
	case c.earlierWire != "":
		parts = append(parts, "the earlier text credits "+c.earlierWire)
	}
	if c.before > hour {
		parts = append(parts, "says it was published "+span(c.before)+" before the text that was seen first")
	}
	return strings.Join(parts, ", ")
}

// span writes minutes in words.
func span(minutes int) string {
	if minutes >= 2*24*hour {
		return fmt.Sprintf("%d days", minutes/(24*hour))
	}
	if minutes >= 2*hour {
		return fmt.Sprintf("%d hours", minutes/hour)
	}
	return fmt.Sprintf("%d minutes", minutes)
}

// soonest puts first, of those that match equally well, the text that was published more than an hour before the one that was seen
// first. A date without an hour decides nothing.
func soonest(verdicts []Match) {
	best := 0
	for i, m := range verdicts {
		first := verdicts[best]
		if !m.Joins() || m.Score != verdicts[0].Score {
			break
		}
		if moment(m.at) && moment(first.at) && m.at+hour < first.at {
			best = i
		}
	}
	if best > 0 {
		m := verdicts[best]
		m.Why += ", published " + span(int(verdicts[0].at-m.at)) + " before an equal copy that was seen first"
		copy(verdicts[1:best+1], verdicts[:best])
		verdicts[0] = m
	}
}

func (c comparison) whyLinked() string {
	s := fmt.Sprintf("%d content words of background shared, %s of the shorter text", c.small.shared, percent(c.small.cover))
	if c.apart > 0 {
		s += fmt.Sprintf(", %d days apart", c.apart)
	}
	return s
}

func percent(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }

func round(x float64) float64 { return math.Round(x*1000) / 1000 }
