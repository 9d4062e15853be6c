package dedup

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

// A Sketch is what is kept of a text to recognise it again.
type Sketch struct{}
