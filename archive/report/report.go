// Package report tells what the papers changed: from an archive's changes to
// one page that can be read in a terminal, in a browser without a network, in
// an e-mail, or by a program.
package report

import (
	"time"

	"pressmark/archive"
	"pressmark/extract/change"
	"pressmark/extract/dedup"
)

// A Report is what was changed in a span of time. Its JSON form is stable.
type Report struct {
	Title     string    `json:"title"`
	Since     time.Time `json:"since,omitzero"`   // changes that were first seen after it; none: from the beginning
	Until     time.Time `json:"until"`            // and not after it
	Site      string    `json:"site,omitempty"`   // none: all
	Filter    string    `json:"filter,omitempty"` // what it is limited to, in words
	Cursor    string    `json:"cursor,omitempty"` // since whose last report
	Program   string    `json:"program"`
	Extractor string    `json:"extractor"`

	Sites    int `json:"sites"`    // with at least one article in the archive
	Articles int `json:"articles"` // in the archive
	Pages    int `json:"pages"`    // articles looked at in the span
	Changed  int `json:"changed"`  // changes in all
	Worth    int `json:"worth"`    // of grade 2 and 3, and withdrawals
	Stealth  int `json:"stealth"`  // changes of which the paper said nothing

	Papers      []Paper     `json:"papers"`      // those that changed something, busiest first
	Cards       []Card      `json:"changes"`     // grade 2 and 3, gravest first, newest first within a grade
	Alike       []Alike     `json:"alike"`       // the same change on many pages of a site
	Withdrawn   []Card      `json:"withdrawn"`   // pages taken down, and brought back
	Corrections []Admission `json:"corrections"` // what papers told their readers about their changes
	Small       []Card      `json:"small"`       // grade 0 and 1
	Doubtful    []Card      `json:"doubtful"`    // sudden losses of text that were seen once; they are no changes yet
	Stories     []Story     `json:"stories"`     // told by more than one page
	Unseen      []Unseen    `json:"unseen"`      // what the report can't know

	Checkpoint *Witness `json:"checkpoint,omitempty"` // the newest of the archive's log

	Omitted int      `json:"omitted,omitempty"` // changes that are counted and not in the lists
	Damaged []string `json:"damaged,omitempty"` // records of the archive that can't be read, and are missing here

	upTo archive.Seq // the last change in the journal that was looked at
}

// A Paper counts what one site did.
type Paper struct {
	Site      string `json:"site"`
	Changed   int    `json:"changed"`
	Worth     int    `json:"worth"`
	Stealth   int    `json:"stealth"`
	Admitted  int    `json:"admitted"` // by a note or a new date
	Withdrawn int    `json:"withdrawn"`

	Corrections int `json:"corrections"`                         // notes to the readers
	FirstEdit   int `json:"median_first_edit_minutes,omitempty"` // minutes from publication within which half of the articles that were edited had their first edit
}

// A Card is one change.
type Card struct {
	Page      string        `json:"page"` // the page's short name
	From      int           `json:"from"` // versions
	To        int           `json:"to"`
	Site      string        `json:"site"`
	URL       string        `json:"url"`
	Title     string        `json:"title"`
	Language  string        `json:"language,omitempty"`
	Published time.Time     `json:"published,omitzero"` // as the page says, if it names the hour
	After     time.Time     `json:"after"`              // last seen old
	Before    time.Time     `json:"before"`             // first seen new
	Grade     int           `json:"grade"`
	Kinds     []string      `json:"kinds"`
	Stealth   bool          `json:"stealth"`
	Declared  bool          `json:"declared"`
	Reason    string        `json:"reason,omitempty"`
	Digest    string        `json:"digest,omitempty"`     // SHA-256 of the body that first showed it; of a withdrawal, the last one before
	DigestOld string        `json:"digest_old,omitempty"` // SHA-256 of the body that last showed what was before
	Edits     []change.Edit `json:"edits"`
	Also      []Copy        `json:"also,omitempty"`    // other pages that tell the story
	Watched   []Watched     `json:"watched,omitempty"` // the watches that it concerns
	Alike     []AlikePage   `json:"alike,omitempty"`   // of an edit that many pages of the site share: they
	Furniture bool          `json:"furniture,omitempty"`

	run archive.RunID
}

// Alike is one edit that many pages of a site went through: one line says it.
type Alike struct {
	Site      string      `json:"site"`
	Furniture bool        `json:"furniture"` // the site's template, and not its journalism
	Pages     []AlikePage `json:"pages"`     // in this report
	InAll     int         `json:"in_all"`    // pages, with those told of before
	Card      Card        `json:"example"`   // the first of them, with the shared edit alone
}

// An AlikePage is one of the pages that were changed alike.
type AlikePage struct {
	Page   string    `json:"page"`
	From   int       `json:"from"` // versions
	To     int       `json:"to"`
	URL    string    `json:"url"`
	Title  string    `json:"title"`
	Before time.Time `json:"before"` // first seen new
}

// An Admission is a word to the readers: a correction, a retraction, an update.
type Admission struct {
	Page   string    `json:"page"`
	To     int       `json:"to"` // the version that carries it
	Site   string    `json:"site"`
	URL    string    `json:"url"`
	Title  string    `json:"title"`
	Before time.Time `json:"before"` // first seen
	Note   string    `json:"note"`   // its text, or what is known of it

	run archive.RunID
}

// A Story is a text that several pages tell.
type Story struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Agency string `json:"agency,omitempty"`
	Copies []Copy `json:"copies"` // the earliest known first
}

// A Copy is one page's part in a story.
type Copy struct {
	Page     string    `json:"page"`
	Site     string    `json:"site"`
	Relation string    `json:"relation"`
	Score    float64   `json:"score"`
	Seen     time.Time `json:"seen"`
	Why      string    `json:"why,omitempty"`
	KeepsOld bool      `json:"keeps_old,omitempty"` // beside a change: this copy still has the words that went
}

// Unseen is a reason for which pages could not be looked at.
type Unseen struct {
	Site   string `json:"site"`
	Reason string `json:"reason"`
	Times  int    `json:"times"` // a page that was missed by ten crawls counts ten times
}

// CardOf makes the card of a change alone, without what the archive says around it.
func CardOf(c archive.Change) Card {
	card := Card{
		Page: c.To.Page.ID(), From: c.From.N, To: c.To.N, Site: c.Site, URL: c.URL, Title: c.Title,
		After: c.After.UTC(), Before: c.Before.UTC(), Grade: c.Diff.Grade, Stealth: c.Diff.Stealth,
		Declared: c.Diff.Declared, Reason: c.Diff.Reason, Kinds: []string{}, Edits: append([]change.Edit{}, c.Diff.Edits...), run: c.Run,
	}
	for _, k := range c.Diff.Kinds {
		card.Kinds = append(card.Kinds, string(k))
	}
	return card
}

// StoryOf makes a report's story of an archive's.
func StoryOf(s archive.Story) Story {
	return Story{ID: string(s.ID), Title: s.Title, Agency: s.Agency, Copies: copiesOf(s)}
}

// copiesOf lists a story's pages, each by the version that joined first.
func copiesOf(s archive.Story) []Copy {
	list := []Copy{}
	seen := map[string]bool{}
	for _, m := range s.Members {
		id := m.Version.Page.ID()
		if seen[id] || m.Relation == dedup.FollowUp {
			continue
		}
		seen[id] = true
		list = append(list, Copy{Page: id, Site: m.Site, Relation: string(m.Relation), Score: m.Score, Seen: m.Seen.UTC(), Why: m.Why})
	}
	return list
}

// Has reports whether the change is of a kind.
func (c Card) Has(k change.Kind) bool {
	for _, x := range c.Kinds {
		if x == string(k) {
			return true
		}
	}
	return false
}
