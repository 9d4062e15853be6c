package memory

import "slices"

// A Block is a piece of text where an article was found on a page.
type Block struct {
	Text  uint64 // see Text
	Size  int    // of the text, in letters
	Place uint64 // of the element around it
	Label bool   // a heading or a row of a table: these repeat by nature
	Out   bool   // the page's own rules have taken it out
}

// A Verdict says what memory holds of a block.
type Verdict byte

// The verdicts.
const (
	Keep      Verdict = iota
	Repeated          // it stands on other pages of the site too
	Misplaced         // what stands there is furniture, on every page
)

// A Reading is what passes between the memory of a site and the reading of one
// of its pages: what the page asks is what it teaches. A nil Reading is that
// of a page whose site has no memory.
type Reading struct {
	site     *Site
	own      bool
	asked    bool
	holder   uint64
	held     uint64
	blocks   []Block
	verdicts []Verdict
	moved    bool
}

// Read begins the reading of a page. own says that the memory was taught this
// very page before: what stands on it counts for one page less.
func (s *Site) Read(own bool) *Reading { return &Reading{site: s, own: own} }

// Holder gives the place that held the article on most pages of the site; 0 when there is none.
func (r *Reading) Holder() uint64 {
	if r == nil {
		return 0
	}
	r.asked, r.holder = true, r.site.holder()
	return r.holder
}

// Held tells where the page's own evidence sees the article, and whether
// memory was believed instead.
func (r *Reading) Held(place uint64, moved bool) {
	if r != nil {
		r.held, r.moved = place, moved
	}
}

// Judge tells the blocks of the page's article, in order, and gives what
// memory holds of each.
func (r *Reading) Judge(blocks []Block) []Verdict {
	if r == nil {
		return make([]Verdict, len(blocks))
	}
	r.blocks = blocks
	r.verdicts = r.site.judge(blocks, r.own)
	return r.verdicts
}

// Touched reports whether memory made a difference to the page.
func (r *Reading) Touched() bool {
	return r != nil && (r.moved || slices.ContainsFunc(r.verdicts, func(v Verdict) bool { return v != Keep }))
}

// Holds reports whether a memory that was taught more since would have
// answered the same.
func (r *Reading) Holds(s *Site) bool {
	if r == nil || r.site == s {
		return true
	}
	return (!r.asked || r.holder == s.holder()) && slices.Equal(r.verdicts, s.judge(r.blocks, r.own))
}

// holder is the place that held the article on three pages or more, and on six in ten.
func (s *Site) holder() uint64 {
	if len(s.holders) == 0 {
		return 0
	}
	var all uint32
	for _, h := range s.holders {
		all += h.pages
	}
	if best := s.holders[0]; best.pages >= 3 && best.pages*10 >= all*6 {
		return best.hash
	}
	return 0
}
