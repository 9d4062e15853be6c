package memory

import "slices"

// A Block is a piece of text where an article was found on a page.
type Block struct {
	Text  uint64 // see Text
	Size  int    // of the text, in letters
	Place uint64 // of the element around it
	Label bool   // it is to stay, however often it repeats: a heading, a row of a table
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
	place    uint64 // where the page's own evidence sees the article
	holder   uint64 // and the answers to that
	doubted  bool
	moved    bool
	beside   []uint64
	blocks   []Block
	verdicts []Verdict
}

// Read begins the reading of a page. own says that the memory was taught this
// very page before: what stands on it counts for one page less.
func (s *Site) Read(own bool) *Reading { return &Reading{site: s, own: own} }

// Where tells the place in which the page's own evidence sees the article, and
// gives the one that held it on most pages of the site, 0 when there is none.
// The page's own place is doubted when other pages have it too, and their
// article elsewhere.
func (r *Reading) Where(place uint64) (holder uint64, doubted bool) {
	if r == nil {
		return 0, false
	}
	r.place = place
	r.holder, r.doubted = r.site.where(place)
	return r.holder, r.doubted
}

// Move tells that memory was believed, not the page.
func (r *Reading) Move() { r.moved = true }

// Beside tells the places of other text on the page, apart from the article.
func (r *Reading) Beside(places []uint64) { r.beside = places }

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
	holder, doubted := s.where(r.place)
	return holder == r.holder && doubted == r.doubted && slices.Equal(r.verdicts, s.judge(r.blocks, r.own))
}

// Again gives r as it would be had its page been read with the memory and as
// begun says, and whether that would have answered the same.
func (r *Reading) Again(begun *Reading) (*Reading, bool) {
	n := *r
	n.site, n.own = begun.site, begun.own
	n.holder, n.doubted = n.site.where(n.place)
	n.verdicts = n.site.judge(n.blocks, n.own)
	return &n, n.holder == r.holder && n.doubted == r.doubted && slices.Equal(n.verdicts, r.verdicts)
}
