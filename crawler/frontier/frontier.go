// Package frontier remembers which page is due when, and who may fetch it.
//
// A worker claims a politeness group: until its lease ends nobody else may ask
// that group's servers for anything. It fetches the lease's items, and hands
// the outcomes back in one transaction. What was acknowledged survives the
// death of the process; what was not is claimed again.
//
// The frontier is disposable. Losing it costs time, never an archived page: a
// file that cannot be read is set aside and an empty one takes its place.
package frontier

import (
	"context"
	"errors"
	"iter"
	"time"

	"pressmark/extract/urlkey"
)

var (
	// ErrNone: nothing that was asked for may be fetched now. NextDue says when.
	ErrNone = errors.New("nothing is due")

	// ErrLeaseLost: the lease has ended, or another worker holds the group by
	// now. Nothing of the refused batch was stored.
	ErrLeaseLost = errors.New("the lease is no longer held")

	// ErrInUse: another process holds the frontier.
	ErrInUse = errors.New("the frontier is in use by another process")

	// ErrDamaged: the file turned out to be damaged. It was set aside and the
	// frontier is empty now; the work goes on by discovering pages anew.
	ErrDamaged = errors.New("the frontier was damaged and starts anew")

	// ErrClosed: the frontier was closed.
	ErrClosed = errors.New("the frontier is closed")
)

// A Frontier is the durable queue of a crawl. Package frontiertest holds every
// implementation to what is written here.
type Frontier interface {
	// Discover adds the links that are not known yet and reports how many
	// those were. A known page that a link says was modified since the last
	// look becomes due. A link whose URL names no page is skipped.
	Discover(ctx context.Context, links []Link) (added int, err error)

	// Claim takes the group with the earliest due item (by due time, then in
	// the order of discovery) that nobody holds and that may be asked now,
	// and leases it with its due items in that order. ErrNone: there is none.
	Claim(ctx context.Context, c Claim) (*Lease, error)

	// Complete stores, in one transaction, what came of a lease's items. Items
	// without an outcome stay due: an empty batch gives a lease back. A lease
	// that expired may still be completed while nobody has claimed the group
	// since; otherwise ErrLeaseLost.
	Complete(ctx context.Context, l *Lease, b Batch) error

	// Renew moves the expiry of a lease to ttl from now.
	Renew(ctx context.Context, l *Lease, ttl time.Duration) error

	// Block keeps everybody from a group until a time, across restarts. Of
	// several blocks the longest holds; a zero time lifts them all.
	Block(ctx context.Context, group string, until time.Time, why string) error

	// NextDue is the time at which the next item of the sites (of all, when
	// none is named) is due and its group may be asked; leases don't count,
	// so a time that has come means that somebody is at work on that group.
	// Zero: nothing will ever be due.
	NextDue(ctx context.Context, sites []string) (time.Time, error)

	// Recheck makes due now every item of a site that was last checked before
	// a time and isn't retired. To ask again changes nothing, so that a crawl
	// that is resumed does not fetch a page twice.
	Recheck(ctx context.Context, site string, before time.Time) (n int, err error)

	// Retry makes due now those of the pages that are known, and reports how
	// many were not due before. A retired one is given up again soon if
	// nothing comes of it.
	Retry(ctx context.Context, pages []urlkey.Key) (n int, err error)

	// Forget drops every item of a site.
	Forget(ctx context.Context, site string) (n int, err error)

	// Stats counts the items of the sites, of all when none is named.
	Stats(ctx context.Context, sites []string) (Stats, error)

	// List yields items in the order in which they fall due.
	List(ctx context.Context, q Query) iter.Seq2[Item, error]
}

// What an item is.
const (
	Feed    = "feed"
	Sitemap = "sitemap"
	Section = "section"
	Page    = "page"
)

// A Link is something to fetch that was found somewhere.
type Link struct {
	URL       string
	Site      string    // whose budget and schedule it belongs to
	Via       string    // the feed, sitemap or page that names it
	Kind      string    // Feed, Sitemap, Section or Page; "" is Page
	Group     string    // politeness group; "" means urlkey.Group(URL)
	Due       time.Time // when to fetch it first; zero is now
	Published time.Time // as the feed or sitemap says
	Modified  time.Time // likewise
}

// How an item stands.
const (
	Live    = "live"    // fetched again and again
	Gone    = "gone"    // answered 404 or 410; looked at a few more times
	Retired = "retired" // never due again, unless somebody links to it anew
)

// An Item is one page and what is known about fetching it.
type Item struct {
	URL          string
	Page         urlkey.Key
	Site, Via    string
	Kind         string
	Group        string
	Due          time.Time // zero when retired
	ETag         string    // validators for a conditional request
	LastModified string

	Checks    int // outcomes so far
	Failures  int // failures in a row, until now
	Unchanged int // checks in a row that found nothing new
	Looks     int // checks in a row that found it gone
	Walls     int // checks in a row that found a wall in its place
	Changes   int // edits so far that no list told of

	Told   bool   // due because a list says that it was modified
	Rhythm string // of a list: at which hours its entries come
	Size   int    // of a list: its entries
	Skips  Skips  // of a list: when it asks to be left alone

	FirstSeen   time.Time
	Published   time.Time
	LastChecked time.Time // the last outcome, of whatever kind
	LastChanged time.Time // the last time it was new or changed
	State       string    // Live, Gone or Retired
	LastError   string    // of the last failure, or why a list is looked at rarely; "" after a success

	Habit Habit // of its site's pages; only for Next, and not stored
}

// A Claim asks for work.
type Claim struct {
	Worker string        // who asks; kept for Stats
	Max    int           // items at most; 0 is 1
	TTL    time.Duration // how long the lease holds; 0 is a minute
	Sites  []string      // only items of these sites; none means all
	// Group names a group that is wanted for what is no item of it, such as a
	// page that a person asks for: the lease has no items. Who asks for a group
	// by name is the next to get it.
	Group string
}

// A Lease is the right to ask a group's servers, alone, until it expires.
type Lease struct {
	Group   string
	Worker  string
	Token   uint64 // rises with every lease, over restarts too
	Expires time.Time
	Items   []Item
	Conduct Conduct // as the lease before left it
}

// A Result is what came of fetching an item.
type Result string

const (
	Changed   Result = "changed"   // new, or not as it was
	Unchanged Result = "unchanged" // 304, or the same content
	Missing   Result = "missing"   // 404, 410
	Failed    Result = "failed"    // no usable answer; asked again with growing pauses
	Walled    Result = "walled"    // a wall stood in its place; asked again with growing pauses, and never given up
	Skipped   Result = "skipped"   // not asked: robots, scope, budget
)

// An Outcome is what came of one item of a lease.
type Outcome struct {
	Page         urlkey.Key
	Result       Result
	ETag         string // validators of an answer with a body; kept as they are otherwise
	LastModified string
	Error        string // why it failed or was skipped, or why a list rests

	// Hints for the next look; all may be zero.
	Every     time.Duration // mean time between the entries of a feed; see Interval
	Entries   []time.Time   // when a list's entries were published; zero for those that don't say
	Fresh     time.Duration // how long a list says that it stays as it is: TTL, Cache-Control
	Skips     Skips         // when a list asks to be left alone; counts with Entries, else it is as before
	NotBefore time.Time     // Retry-After, or because its changes are told
	Due       time.Time     // decides, whatever the policy says
}

// A Batch is what Complete stores.
type Batch struct {
	Outcomes    []Outcome
	Links       []Link    // found meanwhile; as Discover takes them
	NextAllowed time.Time // when the group may be asked again; zero: after the frontier's own gap
	Conduct     *Conduct  // how the group took it; nil: as before
}

// Stats counts items.
type Stats struct {
	Known   int // of every state
	Waiting int // live or gone, not due yet
	Due     int // to be fetched now
	Gone    int
	Retired int
	Failing int // last outcome was a failure
	Leases  []LeaseInfo
	Blocked []Blocked
	Groups  []Group // those with items, by name
}

// A LeaseInfo says who is at work on a group.
type LeaseInfo struct {
	Group, Worker string
	Expires       time.Time
}

// A Blocked group may not be asked.
type Blocked struct {
	Group string
	Until time.Time
	Why   string
}

// A Query says which items List yields.
type Query struct {
	Page    urlkey.Key // this one, whatever its state; what follows but Sites does not count
	Sites   []string   // of these sites; none means all
	Group   string     // of this group
	Kind    string     // of this kind
	Until   time.Time  // due by then; zero: whenever
	Retired bool       // the retired ones instead, in the order of discovery
	Limit   int        // at most so many; 0 means all
}
