package render

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// settled is how long a page must have asked for nothing to be done.
const settled = 500 * time.Millisecond

// page renders a page in a tab of its own, with a memory of its own.
func (p *process) page(ctx context.Context, sheet Sheet, get Getter, o Options) (html []byte, err error) {
	tab, leave := chromedp.NewContext(p.ctx, chromedp.WithNewBrowserContext())
	defer leave()
	stop := context.AfterFunc(ctx, leave)
	defer stop()
	s := &session{tab: tab, ctx: ctx, sheet: sheet, get: get, left: o.Requests, calm: time.Now(), changed: make(chan struct{}, 1), loaded: make(chan struct{}), crashed: make(chan struct{})}
	defer s.busy.Wait()
	defer leave()
	if err = chromedp.Listen(tab, s.event); err == nil {
		html, err = s.render()
	}
	select {
	case <-s.crashed:
		err = ErrCrashed
	default:
		if err != nil && ctx.Err() == nil && !p.alive() {
			err = ErrCrashed
		}
	}
	if err == nil && len(html) > o.MaxBytes {
		html, err = nil, ErrTooLarge
	}
	return html, err
}

// render loads the page, waits for its scripts, and takes it as it stands.
func (s *session) render() ([]byte, error) {
	_, err := chromedp.Call(s.tab, network.Enable, network.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(s.tab, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true})
	}
	if err == nil {
		_, err = chromedp.Call(s.tab, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*"}}})
	}
	if err != nil {
		return nil, err
	}
	to, err := chromedp.Call(s.tab, page.Navigate, page.NavigateParams{URL: s.sheet.URL})
	if err == nil && to.ErrorText != "" {
		err = errors.New(to.ErrorText)
	}
	if err == nil {
		err = s.settle()
	}
	if err != nil {
		return nil, err
	}
	doc, err := chromedp.Call(s.tab, dom.GetDocument, dom.GetDocumentParams{}) // not of the page's scripts, which may say what they like
	if err != nil {
		return nil, err
	}
	text, err := chromedp.Call(s.tab, dom.GetOuterHTML, dom.GetOuterHTMLParams{BackendNodeID: doc.Root.BackendNodeID})
	return []byte(text.OuterHTML), err
}

// A session is a page while it is rendered.
type session struct {
	tab     context.Context
	ctx     context.Context
	sheet   Sheet
	get     Getter
	changed chan struct{}
	loaded  chan struct{}
	crashed chan struct{}
	busy    sync.WaitGroup

	mu     sync.Mutex
	sent   bool // the page itself was given
	left   int  // requests that it may make
	flying int
	calm   time.Time // since when nothing is asked for
	once   [2]sync.Once
	asking sync.Mutex // one request at a time
}

// event is called by chromedp, and must not wait.
func (s *session) event(e any) {
	switch e := e.(type) {
	case *fetch.EventRequestPaused:
		s.fly(1)
		s.busy.Go(func() {
			defer s.fly(-1)
			s.answer(e)
		})
	case *page.EventLoadEventFired:
		s.once[0].Do(func() { close(s.loaded) })
	case *inspector.EventTargetCrashed:
		s.once[1].Do(func() { close(s.crashed) })
	case *page.EventJavascriptDialogOpening:
		s.busy.Go(func() {
			chromedp.Call(s.tab, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{}) // a page that asks again and again ends by its time
		})
	}
}

func (s *session) fly(n int) {
	s.mu.Lock()
	s.flying += n
	s.calm = time.Now()
	s.mu.Unlock()
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// settle waits until a page is loaded and asks for nothing more.
func (s *session) settle() error {
	select {
	case <-s.loaded:
	case <-s.crashed:
		return ErrCrashed
	case <-s.tab.Done():
		return s.tab.Err()
	}
	for {
		s.mu.Lock()
		wait := settled - time.Since(s.calm)
		if s.flying > 0 {
			wait = time.Hour // until it changes
		}
		s.mu.Unlock()
		if wait <= 0 {
			return nil
		}
		t := time.NewTimer(wait)
		select {
		case <-t.C:
		case <-s.changed:
		case <-s.crashed:
			t.Stop()
			return ErrCrashed
		case <-s.tab.Done():
			t.Stop()
			return s.tab.Err()
		}
		t.Stop()
	}
}

// wanted reports whether a request is for what a page's text may need.
func wanted(e *fetch.EventRequestPaused) bool {
	switch e.ResourceType {
	case network.ResourceTypeScript, network.ResourceTypeXHR, network.ResourceTypeFetch, network.ResourceTypeStylesheet:
		return e.Request.Method == http.MethodGet // a crawl only ever asks
	}
	return false // pictures, films, fonts, other pages, frames, beacons
}

// answer gives a page what it asked for, or refuses.
func (s *session) answer(e *fetch.EventRequestPaused) {
	// A tab that has gone needs no answer, so that errors mean nothing here.
	fail := func(why network.ErrorReason) {
		chromedp.Call(s.tab, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: why})
	}
	give := func(a *Answer, headers ...string) {
		chromedp.Call(s.tab, fetch.FulfillRequest, fulfilment(e.RequestID, a, headers...))
	}
	s.mu.Lock()
	first := !s.sent && e.ResourceType == network.ResourceTypeDocument
	s.sent = s.sent || first
	ok := first || wanted(e) && s.left > 0
	if ok && !first {
		s.left--
	}
	s.mu.Unlock()
	if first {
		give(&Answer{Status: http.StatusOK, Header: s.sheet.Header, Body: s.sheet.Body}, "Content-Type", "Content-Language")
		return
	}
	if !ok {
		fail(network.ErrorReasonBlockedByClient)
		return
	}
	s.asking.Lock()
	a, err := s.get(s.ctx, e.Request.URL)
	s.asking.Unlock()
	if err != nil {
		fail(network.ErrorReasonAccessDenied)
		return
	}
	give(a, "Content-Type", "Access-Control-Allow-Origin")
}

// fulfilment is the answer to a request, with some of the headers that there are.
func fulfilment(id fetch.RequestID, a *Answer, headers ...string) fetch.FulfillRequestParams {
	var list []*fetch.HeaderEntry
	for _, name := range headers {
		if v := a.Header.Get(name); v != "" {
			list = append(list, &fetch.HeaderEntry{Name: name, Value: v})
		}
	}
	return fetch.FulfillRequestParams{RequestID: id, ResponseCode: int64(a.Status), ResponseHeaders: list, Body: a.Body}
}
