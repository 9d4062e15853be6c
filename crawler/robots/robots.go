// Package robots tells what a site lets this crawler fetch, by RFC 9309: its
// robots.txt is read once, remembered for a while, and when it cannot be read
// nothing is fetched.
package robots

import (
	"context"
	"time"
)

// An Answer is what came for one request of a robots.txt.
type Answer struct {
	Status   int
	Body     []byte
	Location string // absolute, for a redirect
}

// A Getter makes one request, following no redirect. Its error means that no
// answer came. It should accept bodies well beyond 500 KiB; what is longer
// than that is not read.
type Getter func(ctx context.Context, url string) (Answer, error)

// Options say for whom the rules are read.
type Options struct {
	Agent string // product token, such as "pressmark"; required
	Now   func() time.Time
}

// A Decision is what robots.txt says about one URL.
type Decision struct {
	Allowed    bool
	Why        string        // the rule that decided, or why there is none
	CrawlDelay time.Duration // wanted between requests; 0 when none is named
	RetryAt    time.Time     // when to ask again, if robots.txt could not be read
}

// Rules remember what each host allows. They are safe for concurrent use.
type Rules struct{}

// New makes Rules that fetch through get.
func New(get Getter, o Options) *Rules { return &Rules{} }

// Allowed tells whether rawURL may be fetched now, after fetching the host's
// robots.txt if that is not known. The error is the context's, or says that
// rawURL is no URL.
func (r *Rules) Allowed(ctx context.Context, rawURL string) (Decision, error) {
	return Decision{}, nil
}

// Sitemaps are the sitemaps that the robots.txt of site's host names.
func (r *Rules) Sitemaps(ctx context.Context, site string) []string { return nil }
