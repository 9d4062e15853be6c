// Package change tells what a paper changed in an article: the words, their kind, and whether it said so.
package change

// A Kind is what a journalist would call a change.
type Kind string

// The kinds of change.
const (
	Headline     Kind = "headline"
	HeadlineFlip Kind = "headline_flip" // back to a headline that it had before
	Lede         Kind = "lede"
	Numbers      Kind = "numbers"
	Quotes       Kind = "quotes"
	Names        Kind = "names"
	Correction   Kind = "correction"
	Retraction   Kind = "retraction"
	Unpublished  Kind = "unpublished"
	Restored     Kind = "restored" // an unpublished page is back
	Paywall      Kind = "paywall"
	Byline       Kind = "byline"
	Added        Kind = "added"
	Removed      Kind = "removed"
	Moved        Kind = "moved"
	Reworded     Kind = "reworded"
	Typo         Kind = "typo"
	Dates        Kind = "dates" // nothing but a date
)

// updated is a note that the text was updated. It makes a change declared; it
// counts as Added when there is no other.
const updated Kind = "updated"

// order is the order in which kinds are told, weightiest first.
var order = []Kind{Unpublished, Restored, Retraction, Correction, Paywall, Headline, HeadlineFlip, Lede, Quotes, Numbers, Names, Removed, Added, Reworded, Moved, Byline, Typo, Dates}

// A Diff is what a reader would find different between two versions of a page.
type Diff struct {
	Changed  bool   `json:"changed"`
	Kinds    []Kind `json:"kinds"`
	Grade    int    `json:"grade"`              // 0 nothing or furniture, 1 small, 2 worth a look, 3 worth reading
	Declared bool   `json:"declared"`           // the page says that it was changed
	Stealth  bool   `json:"stealth"`            // it does not, and more than spelling changed
	Reason   string `json:"reason,omitempty"`   // why declared or stealth, in words for people
	Doubtful bool   `json:"doubtful,omitempty"` // a sudden great loss of text: look again before you believe it
	Edits    []Edit `json:"edits"`
}

// An Op is what happened to a piece of text.
type Op string

// The operations of an Edit.
const (
	Insert  Op = "insert"
	Delete  Op = "delete"
	Replace Op = "replace"
	Move    Op = "move"
)

// What an Edit is about.
const (
	whereTitle  = "title"
	whereDek    = "dek"
	whereByline = "byline"
	whereDate   = "date"
	whereStatus = "status"
	whereText   = "text"
)

// An Edit is one changed place.
type Edit struct {
	Where  string `json:"where"` // title, dek, byline, date, status or text
	Block  int    `json:"block"` // index of the block in the new text, or in the old one for a deletion; -1 outside the text
	Op     Op     `json:"op"`
	Kinds  []Kind `json:"kinds,omitempty"`
	Before string `json:"before,omitempty"` // the sentence or paragraph as it was
	After  string `json:"after,omitempty"`  // and as it is
	Spans  []Span `json:"spans,omitempty"`  // for Replace: the words that went and came
}

// A Span is a run of text in a Replace: the Spans' texts without Insert give
// Before, without Delete After. Op is "" for text that stayed.
type Span struct {
	Op   Op     `json:"op,omitempty"`
	Text string `json:"text"`
}
