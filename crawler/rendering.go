package crawler

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/crawler/fetch"
)

// A Renderer shows what a page is once its scripts have run.
type Renderer interface {
	// Wants reports whether a page of a site is to be rendered: it was answered,
	// and shows nothing without its scripts.
	Wants(site string, c archive.Capture) bool
	// Render runs the page's scripts, gives them what get gets, and nothing
	// else, and says by which program. The error wraps ErrNoRendering when it
	// says nothing of the page.
	Render(ctx context.Context, c archive.Capture, get func(ctx context.Context, url string) (*fetch.Response, error)) (html []byte, by string, err error)
}

// RenderedHeader is a field of a rendered page, which is a capture of its own
// beside what the server sent: it says what its Via does to whom the capture is
// passed on.
const RenderedHeader = "Pressmark-Rendered"

// isRendered reports whether a capture is what scripts made of a page.
func isRendered(c archive.Capture) bool { _, is := c.Rendered(); return is }

// ErrNoRendering says that pages can't be rendered here, or not now.
var ErrNoRendering = errors.New("no page can be rendered")

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
	form, _ := shapeOf(c.URL, v.o.Now())
	if why := v.inVain(form); why != "" {
		v.remark("not rendered: " + why)
		return c, nil
	}
	html, by, err := v.o.Render.Render(ctx, c, v.resource)
	if ctx.Err() != nil {
		return c, ctx.Err()
	}
	if err != nil {
		if !errors.Is(err, ErrNoRendering) {
			v.memory.scripts.failed(v.site.Name, form, v.foreign, v.o.Now())
		}
		v.remark("not rendered: " + err.Error())
		return c, nil
	}
	shown := c
	shown.Body, shown.Header = html, http.Header{"Content-Type": {"text/html; charset=utf-8"}}
	if v.o.Render.Wants(v.site.Name, shown) {
		v.memory.scripts.failed(v.site.Name, form, v.foreign, v.o.Now())
		v.remark("rendered, and it shows nothing all the same" + lacking(v.foreign))
	} else {
		v.memory.scripts.worked(v.site.Name, form)
	}
	kept, err := v.o.Archive.Append(context.WithoutCancel(ctx), archive.Capture{
		URL: c.URL, Page: c.Page, Final: c.Final, FetchedAt: v.o.Now(), Status: http.StatusOK,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, RenderedHeader: {fmt.Sprintf("%s; from=%s", by, c.Digest)}},
		Body:   html, Site: c.Site, Via: archive.RenderedVia(by, c.Digest), Run: c.Run,
	})
	if errors.Is(err, archive.ErrTooLarge) || errors.Is(err, archive.ErrTakenDown) {
		v.remark("not rendered: " + err.Error())
		return c, nil
	}
	return kept, err
}

// resource gets what a page's scripts ask for, in the page's own turn: on its
// site only, as robots.txt allows, at the site's pace, and once for all pages as
// far as the server lets us.
func (v *visit) resource(ctx context.Context, url string) (*fetch.Response, error) {
	if ok, _ := v.site.scope.host(url); !ok {
		if host := hostOf(url); host != "" && len(v.foreign) < hostsTold && !slices.Contains(v.foreign, host) {
			v.foreign = append(v.foreign, host)
		}
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
	key := resourceKey{v.site.Name, url}
	req := fetch.Request{URL: url, MaxBytes: maxResource}
	kept, have := v.resources.of(key)
	if have {
		if v.o.Now().Before(kept.until) {
			return kept.answer, nil
		}
		req.ETag, req.LastModified = kept.answer.Header.Get("ETag"), dated(kept.answer.Header, kept.answer.FetchedAt)
	}
	if err := v.turn.wait(ctx); err != nil {
		return nil, err
	}
	res, err := v.turn.ask(ctx, v.o.Fetch, req)
	event := Event{Site: v.site.Name, URL: url, Kind: "resource"}
	if err != nil {
		event.Reason = fetch.Reason(err)
		v.o.Progress(event)
		return nil, err
	}
	v.answered(event, res)
	switch {
	case have && res.Status == http.StatusNotModified:
		v.resources.keep(key, kept.answer, res.Header, v.o.Now())
		return kept.answer, nil
	case res.Status == http.StatusTooManyRequests || res.Status >= 500:
		v.trip(fmt.Sprint(res.Status), fetch.RetryAfter(res.Header, v.o.Now()))
		return nil, errAnswer
	case res.Status >= 300 && res.Status < 400:
		return nil, errAnswer
	}
	v.resources.keep(key, res, res.Header, v.o.Now())
	return res, nil
}

// To render a page costs its site a request for each of its scripts. Where
// that brought nothing for some pages in a row, as when what they need stands
// on another site, pages of their shape are left as they were sent, but for one
// now and then.
const (
	vainlyTried = 3
	vainlyFor   = 7 * 24 * time.Hour
)

// scripts remembers where pages show nothing with their scripts either.
type scripts struct {
	mu    sync.Mutex
	sites map[string]map[string]*vain // by the shape of their addresses
	news  bool                        // since it was saved
}

// A vain is how often in a row rendering brought nothing, and when last.
type vain struct {
	Times     int       `json:"times"`
	At        time.Time `json:"at"`
	Elsewhere []string  `json:"elsewhere,omitempty"` // hosts that were not asked, as they are not the site's
}

// hostsTold is how many hosts a person is told of.
const hostsTold = 5

// lacking says what may help a page that shows nothing.
func lacking(hosts []string) string {
	if len(hosts) == 0 {
		return ""
	}
	list := strings.Join(hosts, ", ")
	return fmt.Sprintf(": its scripts ask %s, which is not of the site and was not asked; if the text comes from there, add hosts: [%s] to the site", list, list)
}

// of gives a shape of a site; nil when there are too many to tell apart.
// Called with mu held.
func (s *scripts) of(site, form string, now time.Time) *vain {
	if s.sites == nil {
		s.sites = map[string]map[string]*vain{}
	}
	m := s.sites[site]
	if m == nil {
		m = map[string]*vain{}
		s.sites[site] = m
	}
	x := m[form]
	if x == nil && len(m) >= shapesOfSite {
		maps.DeleteFunc(m, func(_ string, old *vain) bool { return now.Sub(old.At) >= rarely })
	}
	if x == nil && len(m) < shapesOfSite && len(form) <= longestShape {
		x = &vain{}
		m[form] = x
	}
	return x
}

// inVain says why it is not worth rendering a page of a shape; "" when it is.
func (v *visit) inVain(form string) string {
	s, now := &v.memory.scripts, v.o.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.sites[v.site.Name][form]
	if x == nil || x.Times < vainlyTried {
		return ""
	}
	if slices.ContainsFunc(x.Elsewhere, func(host string) bool { ok, _ := v.site.scope.host("https://" + host + "/"); return ok }) {
		return "" // it has become one of the site's
	}
	again := x.At.Add(vainlyFor)
	if !now.Before(again) {
		return ""
	}
	return fmt.Sprintf("the last %d pages of the shape %s showed nothing with their scripts either, and the next is tried on %s%s",
		vainlyTried, form, v.site.moment(again), lacking(x.Elsewhere))
}

// failed notes that a page showed nothing with its scripts, and whom these asked in vain.
func (s *scripts) failed(site, form string, elsewhere []string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x := s.of(site, form, now); x != nil {
		x.Times, x.At, x.Elsewhere, s.news = x.Times+1, now, elsewhere, true
	}
}

// worked notes that scripts brought something.
func (s *scripts) worked(site, form string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sites[site][form] != nil {
		delete(s.sites[site], form)
		s.news = true
	}
}
