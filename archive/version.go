package archive

import (
	"fmt"
	"time"

	"pressmark/extract"
	"pressmark/extract/change"
	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// A Page is what the archive knows of one page: the head of its versions.
type Page struct {
	Key       urlkey.Key
	URL       string // the URL last seen to answer for it
	Site      string
	FirstSeen time.Time
	LastSeen  time.Time // when the text of version Head was last seen to stand
	LastCheck time.Time // when the page was last asked for, whatever came
	Head      int       // number of the latest version; 0 when there is none
	State     PageState
	Why       string // why State is not Live, in words for people
	Misses    int    // answers 404 in a row
	Story     StoryID
	SameAs    urlkey.Key // the page whose history this address goes on with; "" for all pages that have one of their own
}

// A PageState says how a page stood when it was last asked for.
type PageState string

// The states of a page.
const (
	Live      PageState = "live"      // it holds an article
	Withdrawn PageState = "withdrawn" // it held one and is gone (410, or 404 more than once)
	Walled    PageState = "walled"    // a consent wall or challenge stood before it
	Cut       PageState = "partial"   // a teaser above a wall
	NoArticle PageState = "other"     // it shows none: it never did, or no longer for certain
	Failing   PageState = "failing"   // the server answered with an error
	Elsewhere PageState = "elsewhere" // it is another address of the page SameAs
	Doubted   PageState = "doubtful"  // most of its text was gone at the last look; it must be seen so twice
)

// A VersionID names one version of one page.
type VersionID struct {
	Page urlkey.Key
	N    int // from 1
}

// String is the ID as people see it: the page's short name, "@" and the number.
func (id VersionID) String() string { return fmt.Sprintf("%.8s@%d", id.Page.ID(), id.N) }

// A Version is one distinct text of one page.
type Version struct {
	ID          VersionID
	Doc         uint64    // its number among all versions, in the order of arrival; PutVersion fills it
	First, Last Seq       // the captures in which it was first and last seen
	FirstSeen   time.Time // when First was fetched
	LastSeen    time.Time // when it was last seen to stand, 304s included
	URL         string
	Site        string
	Article     extract.Article
	Sketch      dedup.Sketch
	Story       StoryID
	Extractor   string  // the extractor's version, such as "1"
	Erased      Erasure // why the text is no longer kept; "" while it is
}

// A StoryID names a story by the version that founded it: 16 hexadecimal digits.
type StoryID string

// A Story is the versions, of many papers, that tell the same text.
type Story struct {
	ID      StoryID
	Lead    VersionID // the earliest known copy
	Title   string    // of Lead
	Agency  string
	Members []Member // in order of arrival; Lead among them
}

// A Member is one version's part in a story.
type Member struct {
	Version  VersionID
	Site     string
	Seen     time.Time
	Relation dedup.Relation
	Score    float64 // 0–1
	Of       VersionID
	Why      string    // evidence, in words for people
	Follows  VersionID // the text of another story that this one is new news to, if it founded its story so
}

// A Change is one step from a version to the next, or the withdrawal or return of a page.
type Change struct {
	Seq      Seq       // its place in the journal
	From, To VersionID // the same for a withdrawal; From.N+1 == To.N for an edit
	After    time.Time // last seen old
	Before   time.Time // first seen new
	Site     string
	URL      string
	Title    string // of To
	Run      RunID
	Diff     change.Diff
}

// An Outcome says what a capture turned out to be.
type Outcome string

// The outcomes of a capture.
const (
	New       Outcome = "new"       // the first version of a page
	Changed   Outcome = "changed"   // a further version
	Same      Outcome = "same"      // the text of the latest version
	Unchanged Outcome = "unchanged" // 304, or the same body
	Gone      Outcome = "gone"      // the page was withdrawn: it is not there for the first time
	Absent    Outcome = "absent"    // it is not there, as before, or not for certain yet
	Restored  Outcome = "restored"  // a withdrawn page is back with the same text
	Walls     Outcome = "wall"
	Teaser    Outcome = "partial"
	Doubtful  Outcome = "doubtful" // a sudden great loss of text: no version until it is seen again
	Nothing   Outcome = "other"    // no article on it
	Error     Outcome = "error"    // an answer that is no page: 403, 5xx
)

// A Sighting is the conclusion drawn from one capture.
type Sighting struct {
	Seq     Seq // of the capture
	Page    urlkey.Key
	At      time.Time
	Status  int
	Outcome Outcome
	Version int    // the version seen; 0 when none was
	Why     string // for outcomes that give no version, in words for people
	Run     RunID
	Removed map[string]int // how many pieces of text of each kind were left out
}
