// Package robots tells what a site lets this crawler fetch, by RFC 9309: its
// robots.txt is read once a day, over restarts too, and only if it has changed;
// when it cannot be read nothing is fetched.
//
// The parser is our own. The one at hand (temoto/robotstxt) forgets the whole
// file over one bad line, obeys a group named "press" for an agent named
// "pressmark" but not one named "pressmark/1.0", lets Disallow win a tie, and
// compares escapes byte by byte; the RFC says otherwise in each case.
package robots

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// An Ask is one request for a robots.txt, conditional when the validators of
// what was read there before are known.
type Ask struct {
	URL          string
	ETag         string
	LastModified string
}

// An Answer is what came for it.
type Answer struct {
	Status       int
	Body         []byte
	Location     string // absolute, for a redirect
	ETag         string
	LastModified string
	RetryAfter   time.Duration // as a busy server asked for; 0 when it did not
}

// A Getter makes one request, following no redirect. Its error means that no
// answer came. It should accept bodies well beyond 500 KiB; what is longer
// than that is not read.
type Getter func(ctx context.Context, ask Ask) (Answer, error)

// ErrNotAsked is wrapped by a Getter's error when it has not asked, and somebody
// may later: nothing is concluded from it.
var ErrNotAsked = errors.New("not asked")

// Options say for whom the rules are read.
type Options struct {
	Agent string // product token, such as "pressmark"
	Now   func() time.Time

	// Shelf keeps what was read over restarts; nil keeps it with the Rules.
	Shelf Shelf
	// Name and Named turn a Getter's error into a word that is kept, and back;
	// without them an error is kept as its text alone.
	Name  func(error) string
	Named func(string) error
	Log   *slog.Logger // nil discards
}

// A Decision is what robots.txt says about one URL.
type Decision struct {
	Allowed    bool
	Why        string        // the rule that decided, or why there is none
	CrawlDelay time.Duration // wanted between requests; 0 when none is named
	RetryAt    time.Time     // when to ask again, if robots.txt could not be read
	Err        error         // the Getter's, if it is why robots.txt could not be read
}

// Limits. What cannot be read stays forbidden however long that lasts: the RFC
// would let a crawler in after 30 days (§2.3.1.4), but a server that has failed
// for a month has nothing that may not wait, and its owner never said yes. A
// file's Cache-Control is not heeded either way: a day is what the RFC names, and
// many servers forbid to keep anything at all. A file is kept for a day at most and read up to 500 KiB, as the RFC
// has it; a server that fails is asked again after minutes, then hours.
const (
	keepFor      = 24 * time.Hour
	maxBody      = 500 << 10
	maxRedirects = 5
	firstRetry   = 5 * time.Minute
	lastRetry    = 4 * time.Hour
	maxKept      = 64 << 20 // bytes of rules in memory, over all hosts
)

// Rules remember what each host allows. They are safe for concurrent use.
type Rules struct {
	get     Getter
	agent   string
	options Options
	now     func() time.Time

	mu    sync.Mutex
	hosts map[string]*entry // by scheme://host:port
	kept  int               // bytes, over all hosts
	led   map[string]led    // by host, where asking was interrupted after a redirect
}

// An entry is what is known of one host. Its fields are set before ready is
// closed and never change after.
type entry struct {
	ready    chan struct{}
	err      error // the asking was given up; somebody else must ask
	cause    error // the answer that there was none
	file     *file // nil when robots.txt could not be read
	why      string
	until    time.Time // when to ask again
	failures int
	size     int
	last     *reading // what was read last, if it can be asked whether that has changed
}

// A reading is a robots.txt with what tells whether it is still the same.
type reading struct {
	file         *file
	from         string // the URL that answered
	etag         string
	lastModified string
}

// New makes Rules that fetch through get.
func New(get Getter, o Options) *Rules {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Rules{get: get, agent: productToken(o.Agent), options: o, now: o.Now, hosts: map[string]*entry{}, led: map[string]led{}}
}

// Allowed tells whether rawURL may be fetched now, after fetching the host's
// robots.txt if that is not known. The error is the context's, or says that
// rawURL is no http or https URL.
func (r *Rules) Allowed(ctx context.Context, rawURL string) (Decision, error) {
	u, err := parseURL(rawURL)
	if err != nil {
		return Decision{}, err
	}
	e, err := r.lookUp(ctx, u)
	if err != nil {
		return Decision{}, fmt.Errorf("reading robots.txt of %s: %w", u.Host, err)
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return Decision{Allowed: true, Why: "robots.txt itself"}, nil
	}
	if e.file == nil {
		return Decision{Why: e.why, RetryAt: e.until, Err: e.cause}, nil
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery // in its own order: rules are written for it
	}
	d := Decision{Allowed: true, Why: e.why, CrawlDelay: e.file.delay}
	if rule := e.file.decide(path); rule != nil {
		d.Allowed, d.Why = rule.allow, rule.String()
	}
	return d, nil
}

// Sitemaps are the sitemaps that the robots.txt of site's host names; none if
// that cannot be read.
func (r *Rules) Sitemaps(ctx context.Context, site string) []string {
	u, err := parseURL(site)
	if err != nil {
		return nil
	}
	e, err := r.lookUp(ctx, u)
	if err != nil || e.file == nil {
		return nil
	}
	return append([]string(nil), e.file.sitemaps...)
}

func parseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("reading robots.txt: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("reading robots.txt: %q is not an http or https URL", raw)
	}
	return u, nil
}

// lookUp is the fresh entry of u's host. Of callers that come at once one
// asks the host and the others wait for it.
func (r *Rules) lookUp(ctx context.Context, u *url.URL) (*entry, error) {
	host := u.Scheme + "://" + strings.ToLower(u.Host)
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.mu.Lock()
		e := r.hosts[host]
		if e == nil || e.isDone() && !r.now().Before(e.until) {
			before := e
			if before != nil {
				r.kept -= before.size
			}
			e = &entry{ready: make(chan struct{})}
			r.hosts[host] = e
			r.mu.Unlock()
			r.fill(ctx, host, e, before)
			return e, e.err
		}
		r.mu.Unlock()
		select {
		case <-e.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if e.err == nil {
			return e, nil
		}
	}
}

func (e *entry) isDone() bool {
	select {
	case <-e.ready:
		return true
	default:
		return false
	}
}

// makeRoom drops what expires first when the rules outgrow their memory, and
// some more, so that it is seldom needed.
func (r *Rules) makeRoom(keep *entry) {
	if r.kept <= maxKept {
		return
	}
	hosts := slices.Collect(maps.Keys(r.hosts))
	hosts = slices.DeleteFunc(hosts, func(h string) bool { return r.hosts[h] == keep || !r.hosts[h].isDone() })
	slices.SortFunc(hosts, func(a, b string) int { return r.hosts[a].until.Compare(r.hosts[b].until) })
	for _, h := range hosts {
		if r.kept <= maxKept/8*7 {
			return
		}
		r.kept -= r.hosts[h].size
		delete(r.hosts, h)
	}
}
