package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/render"
	"pressmark/extract"
)

// A studio renders pages for an engine, by the configuration that holds now.
type studio struct {
	engine *engine

	mu      sync.Mutex
	browser *render.Browser
	of      renderConfig // that the browser was made by
	hour    time.Time
	done    map[string]int // pages rendered in that hour, by site
	closing sync.WaitGroup
}

// Wants implements crawler.Renderer.
func (s *studio) Wants(name string, c archive.Capture) bool {
	conf, _ := s.engine.settings()
	site, err := conf.find(name)
	if err != nil || !site.Render || conf.Render.Browser == "off" || !render.Shell(c.Body) {
		return false
	}
	// What asks for scripts where there are none is no wall; what stands there
	// all the same is one, and is not to be got round.
	body := unscripted.ReplaceAll(c.Body, nil)
	a := extract.Extract(extract.Page{URL: c.URL, Final: c.Final, Status: c.Status, ContentType: c.Header.Get("Content-Type"), Body: body})
	return a.Kind == extract.Other
}

// within counts a page that is to be rendered. Its error says that there were
// as many in this hour as there may be.
func (s *studio) within(name string) error {
	conf, _ := s.engine.settings()
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.engine.now(); s.done == nil || now.Sub(s.hour) >= time.Hour || now.Before(s.hour) {
		s.hour, s.done = now, map[string]int{}
	}
	if s.done[name] >= conf.Render.Pages {
		return fmt.Errorf("%s of the site were rendered within the hour, and render: {max_pages_per_run: %d} allows no more", count(s.done[name], "page"), conf.Render.Pages)
	}
	s.done[name]++
	return nil
}

// unscripted is what a page shows only where scripts don't run.
var unscripted = regexp.MustCompile(`(?is)<noscript\b.*?</noscript\s*>`)

// errRoot is the error of a browser that would have to do without its sandbox.
var errRoot = errors.New("root has no sandbox for a browser: run pressmark as somebody else, or say render: {no_sandbox: true}")

// Render implements crawler.Renderer.
func (s *studio) Render(ctx context.Context, c archive.Capture, get func(context.Context, string) (*fetch.Response, error)) ([]byte, string, error) {
	if err := s.within(c.Site); err != nil {
		return nil, "", fmt.Errorf("%w: %w", crawler.ErrNoRendering, err)
	}
	b, err := s.open()
	if err != nil {
		return nil, "", fmt.Errorf("%w: %w", crawler.ErrNoRendering, err)
	}
	html, by, err := b.Render(ctx, render.Sheet{URL: c.Final, Header: c.Header, Body: c.Body}, func(ctx context.Context, url string) (*render.Answer, error) {
		res, err := get(ctx, url)
		if err != nil {
			return nil, err
		}
		return &render.Answer{Status: res.Status, Header: res.Header, Body: res.Body}, nil
	})
	if errors.Is(err, render.ErrNoBrowser) || errors.Is(err, render.ErrStart) {
		err = fmt.Errorf("%w: %w", crawler.ErrNoRendering, err)
	}
	return html, by, err
}

// open gives the browser that the configuration wants.
func (s *studio) open() (*render.Browser, error) {
	conf, _ := s.engine.settings()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.browser != nil && s.of == conf.Render {
		return s.browser, nil
	}
	path := conf.Render.Browser
	if path == "auto" {
		var err error
		if path, err = render.Find(); err != nil {
			return nil, err
		}
	}
	if os.Getuid() == 0 && !conf.Render.NoSandbox {
		return nil, errRoot
	}
	if s.browser != nil {
		s.closing.Go(s.browser.Close) // once it has done the page that it is at
	}
	s.of = conf.Render
	s.browser = render.New(render.Options{
		Path: path, UserAgent: userAgent(conf.Contact), Timeout: time.Duration(conf.Render.Timeout), MaxBytes: int(conf.Crawl.MaxPageSize), Unboxed: conf.Render.NoSandbox,
	})
	return s.browser, nil
}

func (s *studio) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.browser != nil {
		s.browser.Close()
		s.browser = nil
	}
	s.closing.Wait()
}
