// Package dedup knows a text again under another masthead: cut, edited, reworded or put through a paraphraser.
//
// A text is reduced to a Sketch, once. The sketch holds the content words in their order, each as a short hash with a mark
// for names and figures, and everything else follows from it: the Keys by which earlier texts are looked up, and the
// comparison that decides. So a pair can be judged, and judged again by a better rule, without either text at hand.
//
// Place decides on a text with only earlier ones before it, through an Index that an archive keeps on disk and Memory keeps
// in memory.
package dedup

import "time"

// A Relation says how a text stands to an earlier one.
type Relation string

// The relations of two texts.
const (
	Original   Relation = "original"   // nothing earlier tells it
	Same       Relation = "same"       // the same words but for noise
	Syndicated Relation = "syndicated" // the same text under another masthead, lightly edited
	Rewritten  Relation = "rewritten"  // reworded, by a person or a machine
	Excerpt    Relation = "excerpt"    // a part of it
	FollowUp   Relation = "follow-up"  // new news with shared background: linked, never merged
)

// A Text is what a sketch is made of: an article without the page around it. Paragraphs of the body are separated by a line
// break or a blank line.
type Text struct {
	Title, Body, Byline, Site string
	Published                 time.Time
	DayOnly                   bool // Published is a day, not a moment
}

// A DocID numbers the sketches of an index, in the order of arrival.
type DocID uint64

// An Index answers what Place asks about earlier texts. It must not change during one call of Place.
type Index interface {
	// Postings gives documents that were added under the key, oldest first, at most MaxPostings of them, and how many
	// there are in all.
	Postings(key uint64) (docs []DocID, total int, err error)
	// Sketch gives the sketch of a document that Postings or Story named.
	Sketch(DocID) (Sketch, error)
	// Story gives the story a document belongs to and its members, oldest first (at least the document itself). The
	// first is the story's representative. Beyond the first 32 members an index may leave some out.
	Story(DocID) (id string, members []DocID, err error)
}

// A Namer is an Index that can name the story of a document without its members, at less cost. Place asks so where it can.
type Namer interface {
	StoryOf(DocID) (id string, err error)
}

// MaxPostings is how many documents of a key are ever needed: so many tell whether it is the mark of one story.
const MaxPostings = 24

// A Match is the verdict on a new text. Its zero value says that nothing earlier tells it.
type Match struct {
	Of       DocID    // the earlier text it was found in
	Story    string   // that text's story
	Relation Relation // "" when there is none
	Score    float64  // 0 to 1, how sure
	Why      string   // the evidence, in words for people
	at       uint32   // when Of says it was published, as in its sketch
}

// Joins reports whether the new text belongs to the story. A follow-up does not: it is linked and founds its own.
func (m Match) Joins() bool {
	return m.Relation != "" && m.Relation != Original && m.Relation != FollowUp
}
