// Package render shows what a page is once its scripts have run, in a browser
// that never has the network.
//
// Every request of the page is held, and answered with what the caller has got
// for it; what the browser would send by another way ends at a proxy that
// refuses all. So what guards a crawl, from robots.txt to the addresses that it
// must not reach, guards the page's scripts too, and the browser's own ways to
// the network need not be known. Nothing of a page stays for the next one.
package render

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// Why a page was not rendered.
var (
	ErrNoBrowser = errors.New("no browser is there")
	ErrStart     = errors.New("the browser does not start")
	ErrTimeout   = errors.New("the page's scripts did not come to an end in time")
	ErrCrashed   = errors.New("the browser crashed over the page")
	ErrTooLarge  = errors.New("the rendered page is too large")
)

// Options of New. The zero value of a field takes the default named beside it.
type Options struct {
	Path      string        // of the browser; required, Find gives one
	UserAgent string        // the same that servers are told by the crawl
	Timeout   time.Duration // for one page; 20 s
	MaxBytes  int           // of the rendered page; 8 MiB
	Requests  int           // that one page may make; 60
	Unboxed   bool          // without the browser's sandbox, which root can't have
}

// Find looks for a browser in the usual places.
func Find() (string, error) {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"}
	if runtime.GOOS == "darwin" {
		names = append(names, "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w: none of %v is in PATH", ErrNoBrowser, names)
}

// A Sheet is a page as its server sent it.
type Sheet struct {
	URL    string
	Header http.Header // of which only Content-Type and Content-Language count
	Body   []byte
}

// An Answer is what the caller has got for a request of a page.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// A Getter gets what a page's scripts ask for, one thing at a time, or refuses.
type Getter func(ctx context.Context, url string) (*Answer, error)

// A Browser renders pages, one at a time. It is started when it is needed, and
// ended when it is not, when anything is wrong, and with this process.
type Browser struct {
	o    Options
	turn chan struct{}

	mu   sync.Mutex
	work *process // nil while none runs
	idle *time.Timer
}

// How long a process is kept.
const (
	idleFor  = time.Minute
	maxPages = 50
)

// New makes a Browser. Close it.
func New(o Options) *Browser {
	if o.Timeout <= 0 {
		o.Timeout = 20 * time.Second
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 8 << 20
	}
	if o.Requests <= 0 {
		o.Requests = 60
	}
	return &Browser{o: o, turn: make(chan struct{}, 1)}
}

// Render runs a page's scripts and gives the page as it then stands, and the
// name of the browser. The error wraps one of this package's sentinels, or the
// context's.
func (b *Browser) Render(ctx context.Context, page Sheet, get Getter) (html []byte, by string, err error) {
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return nil, "", ctx.Err()
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("rendering %s: %w", page.URL, err)
		}
	}()
	p, err := b.process()
	if err != nil {
		return nil, "", err
	}
	timed, cancel := context.WithTimeout(ctx, b.o.Timeout)
	defer cancel()
	html, err = p.page(timed, page, get, b.o)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		err = ctx.Err()
	case timed.Err() != nil:
		err = ErrTimeout
	}
	if p.pages++; err != nil || p.pages >= maxPages { // whatever is wrong, the next page finds a fresh one
		b.end()
		return html, p.name, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.idle = time.AfterFunc(idleFor, func() {
		select {
		case b.turn <- struct{}{}:
			b.end()
			<-b.turn
		default: // it is at work again
		}
	})
	return html, p.name, nil
}

// process is the browser that runs, or a new one.
func (b *Browser) process() (*process, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.idle != nil {
		b.idle.Stop()
	}
	if b.work != nil && b.work.alive() {
		return b.work, nil
	}
	if b.work != nil {
		b.work.end()
	}
	var err error
	b.work, err = start(b.o)
	return b.work, err
}

func (b *Browser) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.idle != nil {
		b.idle.Stop()
	}
	if b.work != nil {
		b.work.end()
		b.work = nil
	}
}

// Close ends the browser, and waits until nothing is left of it.
func (b *Browser) Close() {
	b.turn <- struct{}{}
	defer func() { <-b.turn }()
	b.end()
}
