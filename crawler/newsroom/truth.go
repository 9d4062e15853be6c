package newsroom

import "time"

// A Truth is what a perfect crawler, extractor and archive would say of the
// world. All texts have their white space folded to single spaces; the pages
// themselves may have line breaks and no-break spaces.
type Truth struct {
	Pages     []Page     // articles, in order of paper and appearance
	Edits     []Edit     // what a reader would call a change, in order of time
	Stories   []Story    // articles that tell the same text, two or more each
	Apart     []Pair     // articles on one event by two newsrooms: never one story
	Redirects []Redirect // URLs that the papers list and that lead elsewhere
	Outages   []Outage   // when a paper answers nothing but 503
}

// A Page is one article's page over time.
type Page struct {
	ID         string // names the article in this world, such as "gazette/dock-fire"
	Paper      string // the name of its paper
	URL        string
	Disallowed bool    // the paper's robots.txt forbids it, though the paper lists it
	States     []State // in order of time, each ending where the next begins
}

// A Kind says what a page answers with.
type Kind string

// The kinds of answer.
const (
	Live Kind = "article" // the article
	Wall Kind = "wall"    // a consent wall in its place
	Gone Kind = "gone"    // 410
)

// A State is how a page stands from one instant to the next. Before its first
// state a page is answered with 404 and listed nowhere.
type State struct {
	From, To  time.Time // To is zero in the last state: until someone edits it
	Kind      Kind
	Title     string
	Dek       string
	Blocks    []Block // the whole article in reading order, the standfirst included
	Byline    []string
	Agency    string
	Published time.Time
	Modified  time.Time
	Language  string
	Section   string
	Notices   []string // the cookie notices on the page, one text each: never part of the article
	Embeds    []string // the placeholders in place of embedded posts: likewise
	Furniture []string // captions, newsletter boxes, links to other articles …: likewise
}

// A Block is one paragraph, heading, list item or quotation. The kinds are
// those of package extract: lead, paragraph, heading, item, quote.
type Block struct {
	Kind string
	Text string
}

// An Edit is one thing that was done to one article.
type Edit struct {
	URL      string
	Paper    string
	Title    string // after the edit
	At       time.Time
	Visitor  bool     // done by hand on the control page
	Did      string   // headline, text, withdrawn, restored, banner, wall …, in words for people
	Kinds    []string // as package extract/change names them; empty for furniture, and for texts edited by a visitor
	Declared bool     // the page says that it was changed: its modified date moved, or a note was added
	Stealth  bool     // it does not, and more than spelling changed
	Words    []Words  // what went and what came
}

// Words are what went and what came in one place; either may be empty.
type Words struct{ Old, New string }

// A Story is the articles that tell the same text.
type Story struct {
	Name    string
	Members []Member // the original first
}

// A Member is one article's part in a story.
type Member struct {
	URL      string
	Relation string // as package extract/dedup names them: original, same, syndicated, rewritten, excerpt
	From     time.Time
}

// A Pair is two articles that look alike and are not.
type Pair struct {
	A, B string // URLs
	Why  string
}

// A Redirect is a URL that a paper lists and that leads elsewhere.
type Redirect struct {
	From, To string
	Status   int
	Outside  bool // To is on a host that belongs to no paper: it must not be asked for
}

// An Outage is a time in which a whole paper answers 503 with Retry-After.
type Outage struct {
	Paper    string
	From, To time.Time
}

// Page finds the page of a URL.
func (t *Truth) Page(url string) (Page, bool) {
	for _, p := range t.Pages {
		if p.URL == url {
			return p, true
		}
	}
	return Page{}, false
}

// At gives the page's state at an instant; false before its first.
func (p Page) At(t time.Time) (State, bool) {
	for i := len(p.States) - 1; i >= 0; i-- {
		if !t.Before(p.States[i].From) {
			return p.States[i], true
		}
	}
	return State{}, false
}
