package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"pressmark/archive"
	"pressmark/crawler/fetch"
)

// A Renderer shows what a page is once its scripts have run.
type Renderer interface {
	// Wants reports whether a page of a site is to be rendered: it was answered,
	// and shows nothing without its scripts.
	Wants(site string, c archive.Capture) bool
	// Render runs the page's scripts, gives them what get gets, and nothing
	// else, and says by which program.
	Render(ctx context.Context, c archive.Capture, get func(ctx context.Context, url string) (*fetch.Response, error)) (html []byte, by string, err error)
}

// A rendered page is a capture of its own, beside what the server sent. Its
// Via, which no server has a say in, begins with Rendered and names the program
// and the digest of the page that it ran; the header says the same to whom the
// capture is passed on.
const (
	Rendered       = "rendered"
	RenderedHeader = "Pressmark-Rendered"
)

// isRendered reports whether a capture is what scripts made of a page.
func isRendered(c archive.Capture) bool { return strings.HasPrefix(c.Via, Rendered+" by ") }

// Why a page's scripts don't get what they ask for.
var (
	errElsewhere = errors.New("it is not on the site")
	errRobots    = errors.New("robots.txt forbids it")
	errAnswer    = errors.New("the answer is of no use to a script")
)

// maxResource bounds what one request of a page's scripts may bring.
const maxResource = 4 << 20

// rendered renders a page that wants it, and archives what comes of it. When
// nothing does the site's count says why; the page is as the server sent it.
func (v *visit) rendered(ctx context.Context, c archive.Capture, a *answer) (archive.Capture, error) {
	c.Body, c.Header = a.Body, a.Header
	if v.o.Render == nil || a.Status != http.StatusOK || !v.o.Render.Wants(v.site.Name, c) {
		return c, nil
	}
	html, by, err := v.o.Render.Render(ctx, c, v.resource)
	if ctx.Err() != nil {
		return c, ctx.Err()
	}
	if err != nil {
		v.remark("not rendered: " + err.Error())
		return c, nil
	}
	kept, err := v.o.Archive.Append(context.WithoutCancel(ctx), archive.Capture{
		URL: c.URL, Page: c.Page, Final: c.Final, FetchedAt: v.o.Now(), Status: http.StatusOK,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, RenderedHeader: {fmt.Sprintf("%s; from=%s", by, c.Digest)}},
		Body:   html, Site: c.Site, Via: fmt.Sprintf("%s by %s from %s", Rendered, by, c.Digest), Run: c.Run,
	})
	if errors.Is(err, archive.ErrTooLarge) || errors.Is(err, archive.ErrTakenDown) {
		v.remark("not rendered: " + err.Error())
		return c, nil
	}
	return kept, err
}

// resource gets what a page's scripts ask for, in the page's own turn: on its
// site only, as robots.txt allows, and at the site's pace.
func (v *visit) resource(ctx context.Context, url string) (*fetch.Response, error) {
	if ok, _ := v.site.scope.host(url); !ok {
		return nil, errElsewhere
	}
	ctx = withTurn(ctx, v.turn)
	d, err := v.o.Rules.Allowed(ctx, url)
	if err != nil {
		return nil, err
	}
	if !d.Allowed {
		return nil, fmt.Errorf("%w: %s", errRobots, d.Why)
	}
	if err := v.turn.wait(ctx); err != nil {
		return nil, err
	}
	res, err := v.turn.ask(ctx, v.o.Fetch, fetch.Request{URL: url, MaxBytes: maxResource})
	event := Event{Site: v.site.Name, URL: url, Kind: "resource"}
	if err != nil {
		event.Reason = fetch.Reason(err)
		v.o.Progress(event)
		return nil, err
	}
	v.answered(event, res)
	switch {
	case res.Status == http.StatusTooManyRequests || res.Status >= 500:
		v.trip(fmt.Sprint(res.Status), fetch.RetryAfter(res.Header, v.o.Now()))
		return nil, errAnswer
	case res.Status >= 300 && res.Status < 400:
		return nil, errAnswer
	}
	return res, nil
}
