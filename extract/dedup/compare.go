package dedup

// A comparison holds in numbers how two texts lie beside each other. Shares are 0 to 1 and leave out common passages.
type comparison struct {
	small, large portion
	smallIsNew   bool
	sameSite     bool // both mastheads are known and equal
	otherSite    bool // both are known and differ
	dated        bool // both days are known
	apart        int  // days between them
	before       int  // minutes that the later text says it was published before the earlier, 0 for none or not known
	wire         string
	earlierWire  string
	title        float64 // share of the shorter headline's words that stand in the other
	titleWords   int     // content words of the shorter headline
	whole        bool    // the bodies are equal word by word
	runs, among  int     // landmark runs of the smaller text, in order, found in the larger; and how many there are
	replaced     float64 // share of the words inside what is shared that are not equal
	words        float64 // share of plain words kept inside what is shared
	landmarks    float64 // share of landmarks kept inside what is shared
	marks        int     // landmarks inside what is shared
	blind        bool    // names can't be told from other words: the landmarks are figures and words of no meaning
	figures      int     // inside what is shared, if they are known from names
	figuresKept  int     // of them
	gone, torn   int     // words that stand there more than once: those replaced wherever they stand, and those here and there
}

// A portion is what is shared of one of the texts.
type portion struct {
	words  int     // content words that count
	shared int     // of them in the other text
	cover  float64 // shared / words
	head   float64 // of the opening
	lead   float64 // of the first sentence or so
}

const (
	headWords = 50 // content words of an opening: some hundred running words
	leadWords = 10
)

// compare lays two sketches beside each other, a being the later one. weight is that of a's body.
func compare(l *aligner, a, b Sketch, weight []uint8) comparison {
	c := comparison{wire: a.wire, earlierWire: b.wire}
	if a.site != 0 && b.site != 0 {
		c.sameSite, c.otherSite = a.site == b.site, a.site != b.site
	}
	if a.at != 0 && b.at != 0 {
		c.dated, c.apart = true, max(a.day(), b.day())-min(a.day(), b.day())
		if moment(a.at) && moment(b.at) && a.at < b.at {
			c.before = int(b.at - a.at)
		}
	}
	need := minChain
	if min(len(a.body), len(b.body)) < shortText {
		need = minChainShort
	}
	al := l.align(a.body, b.body, need)
	weightB := l.carry(len(b.body), weight, need)
	lead := min(leadWords, counted(weight), counted(weightB))
	pa, pb := measure(a.body, al.a, weight, lead), measure(b.body, al.b, weightB, lead)
	c.small, c.large, c.smallIsNew = pa, pb, true
	small, side := a.body, al.a
	if pb.words < pa.words {
		c.small, c.large, c.smallIsNew = pb, pa, false
		small, side = b.body, al.b
	}
	c.blind = a.blind || b.blind
	c.inside(small, side, a.version > 1 && b.version > 1)
	c.title, c.titleWords = overlap(a.title, b.title)
	c.whole = len(a.body) == len(b.body) && a.total == b.total && sequence(wholeSeed, a.body) == sequence(wholeSeed, b.body)
	if c.whole { // words that stand often are not aligned, and would pass for replaced
		c.replaced, c.small.cover, c.large.cover = 0, 1, 1
	}
	return c
}

// counted is how many words of a body are no common passage.
func counted(weight []uint8) int {
	n := 0
	for _, w := range weight {
		n += int(w)
	}
	return n
}

func measure(body []token, s side, weight []uint8, leadWords int) portion {
	var p portion
	var head, lead int
	for i := range body {
		if weight[i] == 0 {
			continue
		}
		p.words++
		if !s.shared[i] {
			continue
		}
		p.shared++
		if p.words <= headWords {
			head++
		}
		if p.words <= leadWords {
			lead++
		}
	}
	p.cover, p.head, p.lead = ratio(p.shared, p.words), ratio(head, min(p.words, headWords)), ratio(lead, leadWords)
	return p
}

// inside looks at what was done to the words of the shared passages; of the common ones too, since a form is common everywhere
// but in what was filled in.
func (c *comparison) inside(body []token, s side, figures bool) {
	if c.blind {
		c.substituted(body, s)
	}
	var equal, shared, anchors, kept int
	run, at := 0, 0
	for i, t := range body {
		if t.anchored() {
			at++
			if s.equal[i] {
				run++
			} else {
				run = 0
			}
			if at >= 3 {
				c.among++
				if run >= 3 {
					c.runs++
				}
			}
		}
		if !s.shared[i] {
			continue
		}
		shared++
		if s.equal[i] {
			equal++
		}
		if t.anchored() {
			anchors++
			if s.equal[i] {
				kept++
			}
		}
		if figures && t.figure() {
			c.figures++
			if s.equal[i] {
				c.figuresKept++
			}
		}
	}
	c.marks = anchors
	c.landmarks = ratio(kept, anchors)
	c.words = ratio(equal-kept, shared-anchors)
	c.replaced = 1 - ratio(equal, shared)
}

// substituted looks at words that stand in the shared passages more than once. Whoever fills in a form puts other names in all
// the places of the old ones; whoever rewords a text hits a word in one place and leaves it in another.
func (c *comparison) substituted(body []token, s side) {
	type fate struct{ kept, lost int }
	seen := make(map[token]fate, len(body))
	for i, t := range body {
		if !s.shared[i] {
			continue
		}
		f := seen[t.hash()]
		if s.equal[i] {
			f.kept++
		} else {
			f.lost++
		}
		seen[t.hash()] = f
	}
	for _, f := range seen {
		switch {
		case f.kept > 0 && f.lost > 0:
			c.torn++
		case f.lost > 1:
			c.gone++
		}
	}
}

// overlap gives the share of the shorter headline's words that the other has too.
func overlap(a, b []token) (share float64, words int) {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for _, x := range a {
		for _, y := range b {
			if x.hash() == y.hash() {
				n++
				break
			}
		}
	}
	return ratio(n, len(a)), len(a)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
