// Package newsroom is a small invented news world on loopback: four papers
// that publish, edit and withdraw articles along a clock which the caller
// turns, and that know their own truth. It is the demo, the end-to-end test
// and the benchmark fixture.
package newsroom

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// DefaultPort is tried first, so that the world's URLs are mostly the same.
const DefaultPort = 40211

// Options says how a Room is set up. The zero value does.
type Options struct {
	Now    func() time.Time // the world's clock; nil means one that stands still at Start
	Log    *slog.Logger     // nil means none
	Port   int              // the port of all papers; 0 means DefaultPort, or any free one when that is taken
	OnEdit func(Edit)       // called for each edit that a visitor makes; may be nil
}

// A Paper is one publication of the world.
type Paper struct {
	Name     string
	URL      string // of its home page
	Language string
	Note     string // what a crawler meets there, in a few words
}

// A Room is the world while it is served.
type Room struct {
}

// New reads the world's content.
func New(o Options) (*Room, error) { return &Room{}, nil }

// Start serves the papers until ctx ends or Close is called. It listens on
// 127.0.0.1, 127.0.0.2 … at one port or, where the system answers no other
// loopback address, at several ports of 127.0.0.1.
func (r *Room) Start(ctx context.Context) error { return nil }

// Close ends the serving and waits for the requests that are being answered.
func (r *Room) Close() error { return nil }

// Papers lists the papers with their addresses. It is for after Start.
func (r *Room) Papers() []Paper { return nil }

// Control is the URL of the page on which a visitor edits the world by hand.
func (r *Room) Control() string { return "" }

// Truth is what is right at every instant, the visitors' edits so far included.
// It is for after Start, for it names addresses.
func (r *Room) Truth() Truth { return Truth{} }

// Edits lists what visitors did so far.
func (r *Room) Edits() []Edit { return nil }

// Moments are the instants of the week at which some page changes, in order.
func (r *Room) Moments() []time.Time { return nil }

// A Tally counts the answers to requests for one URL.
type Tally struct {
	Total       int
	NotModified int // of those, answered 304
	ByStatus    map[int]int
}

// Requests tells how often each URL was asked for since the start or the last
// ResetRequests. The control page is not counted.
func (r *Room) Requests() map[string]Tally { return nil }

// ResetRequests sets all counts to nothing.
func (r *Room) ResetRequests() {}

// Folder serves the saved pages below dir as a site: each *.html and
// *.html.gz at its relative path (without .gz), with a home page, robots.txt
// and an RSS feed of them all at /feed.xml.
func Folder(dir string) (http.Handler, error) { return nil, nil }
