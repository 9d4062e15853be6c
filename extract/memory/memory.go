// Package memory remembers what the pages of one site have in common, so that
// each further page is read better: a paragraph that stands on page after page
// is furniture, and the element that held the article on ten pages holds it on
// the eleventh.
//
// It sees hashes of texts and of places in the tree, never the texts: a Site
// is some ten thousand bytes, however many pages it was taught and whatever
// their owner puts on them. What it was taught long ago counts for less than
// what it was taught of late.
package memory

import "slices"

// The bounds of a Site.
const (
	sets, ways = 256, 8 // of texts seen once
	maxTexts   = 384    // that were seen again
	maxPlaces  = 256
	maxHolders = 16
	maxBlocks  = 800 // of one page
	maxBeside  = 24

	window = 64 // pages over which a text's share is reckoned
)

// A Site is the memory of one site. A Site that may be read by several
// goroutines must not be taught meanwhile: teach a Clone.
type Site struct {
	pages   uint32 // articles it was taught
	copies  uint32 // of them those that repeated most of an earlier one
	once    [sets][ways]uint32
	texts   []text   // seen on two pages or more, by hash
	places  []place  // by hash
	holders []holder // most pages first
}

// A text is a block that stood on more than one page.
type text struct {
	hash  uint64
	pages uint32 // that it stood on, within the window
	first uint32 // number of the page where the window begins
	last  uint32 // number of the page that had it last
}

// A place is where in the tree blocks of articles stood, or other text.
type place struct {
	hash   uint64
	pages  uint32 // that had blocks there
	texts  uint32 // how many
	again  uint32 // of them those that were on other pages too, or that a page's own rules took out
	beside uint32 // pages that had text there and their article elsewhere
	last   uint32 // the last page of either
}

// A holder is a place that held an article.
type holder struct {
	hash  uint64
	pages uint32
}

// New makes the memory of a site of which nothing is known.
func New() *Site { return &Site{} }

// Pages is how many articles the memory was taught.
func (s *Site) Pages() int { return int(s.pages) }

// Clone copies a memory.
func (s *Site) Clone() *Site {
	c := *s
	c.texts, c.places, c.holders = slices.Clone(s.texts), slices.Clone(s.places), slices.Clone(s.holders)
	return &c
}

func findText(list []text, hash uint64) (int, bool) {
	return slices.BinarySearchFunc(list, hash, func(t text, h uint64) int { return compare(t.hash, h) })
}

func findPlace(list []place, hash uint64) (int, bool) {
	return slices.BinarySearchFunc(list, hash, func(p place, h uint64) int { return compare(p.hash, h) })
}

func compare(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
