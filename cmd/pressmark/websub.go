package main

import (
	"context"
	"net/http"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/websub"
	"pressmark/schedules"
)

// websubName is the file of an archive's folder in which it stands what is
// subscribed to. It may be lost, as the queue may.
const websubName = "websub.json"

// A push is an engine's ear for hubs; deaf as long as it has no subscriber.
type push struct {
	subscriber atomic.Pointer[websub.Subscriber]
}

// Read implements crawler.Push.
func (p *push) Read(l crawler.List) {
	if s := p.subscriber.Load(); s != nil {
		s.Read(websub.Listing{Site: l.Site, Feed: l.URL, Final: l.Final, Header: l.Header, Found: l.Found})
	}
}

// Rest implements crawler.Push.
func (p *push) Rest(site, feed string, every time.Duration) time.Duration {
	if s := p.subscriber.Load(); s != nil {
		return s.Rest(site, feed, every)
	}
	return 0
}

// ServeHTTP answers hubs.
func (p *push) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s := p.subscriber.Load(); s != nil {
		s.ServeHTTP(w, r)
		return
	}
	http.NotFound(w, r)
}

// A poster asks hubs as the engine asks servers now.
type poster struct{ *engine }

// Post implements websub.Poster.
func (p poster) Post(ctx context.Context, to string, form url.Values, maxBytes int64) (*fetch.Response, error) {
	p.mu.Lock()
	f := p.fetcher
	p.mu.Unlock()
	return f.Post(ctx, to, form, maxBytes)
}

// A hubDesk is where a daemon hears from hubs. A site of which one tells that a
// feed has changed gets a round at once.
type hubDesk struct {
	c      *cli
	engine *engine
	who    *roster
	paused func(site string) (schedules.Pause, bool)
	tell   func(archive.Run) // of a round that was made

	mu    sync.Mutex // held while it is set up
	conf  websubConfig
	door  *listener
	leave func() // ends the asking of hubs

	bells rounds
}

// settle has the desk do as the configuration says now. What is wrong leaves it
// as it was.
func (d *hubDesk) settle(ctx context.Context, conf *config) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := make([]string, len(conf.Sites))
	for i, s := range conf.Sites {
		names[i] = s.name()
	}
	if conf.WebSub != d.conf || d.leave == nil && conf.WebSub.URL != "" {
		if err := d.move(ctx, conf); err != nil {
			return err
		}
	}
	if s := d.engine.push.subscriber.Load(); s != nil {
		s.Keep(names)
	}
	return nil
}

// move sets the desk up where another configuration wants it.
func (d *hubDesk) move(ctx context.Context, conf *config) (err error) {
	e := d.engine
	door := d.door
	if conf.WebSub.URL == "" {
		door = nil
	} else if door == nil || conf.WebSub.Listen != d.conf.Listen {
		if door, err = listen(listenOptions{Name: "hubs", Address: conf.WebSub.Listen, Handler: &e.push, MaxBody: websub.MaxBody + 1, Log: d.c.log}); err != nil {
			return err
		}
	}
	if d.leave != nil { // it has the file
		d.leave()
		d.leave = nil
	}
	e.push.subscriber.Store(nil)
	if d.door != nil && d.door != door {
		err = d.door.close()
	}
	d.door, d.conf = door, conf.WebSub
	if door == nil || err != nil {
		return err
	}
	s, err := websub.Open(websub.Options{
		Path: filepath.Join(d.c.folderOf(conf), websubName), Callback: conf.WebSub.URL, Post: poster{e}, Now: e.now, Log: d.c.log,
		Ring: func(p websub.Ping) { d.bells.ring(ctx, d, p) },
	})
	if err != nil {
		return err
	}
	d.catchUp(ctx, conf, s)
	e.push.subscriber.Store(s)
	asking, stop := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		if err := s.Run(asking); err != nil {
			d.c.log.Warn("what is subscribed to is not written down, and is subscribed to anew", "error", err)
		}
	})
	d.leave = func() {
		stop()
		done.Wait()
	}
	d.c.say("listening for hubs at %s, as %s", door.address(), conf.WebSub.URL)
	return nil
}

// catchUp has the feeds read whose hubs may have told of changes while nobody
// was here to listen.
func (d *hubDesk) catchUp(ctx context.Context, conf *config, s *websub.Subscriber) {
	crawls := d.who.current().crawler
	for _, x := range s.List() {
		if site, err := conf.find(x.Site); err == nil && x.State == websub.Active {
			if err := crawls.Pinged(ctx, conf.site(site), x.Feed, nil); err != nil {
				d.c.log.Warn("a feed that a hub tells about is read in its usual time", "feed", x.Feed, "error", err)
			}
		}
	}
}

// close ends the listening, and what was begun because of it.
func (d *hubDesk) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var err error
	if d.door != nil {
		err = d.door.close()
		d.door = nil
	}
	if d.leave != nil {
		d.leave()
		d.leave = nil
	}
	d.engine.push.subscriber.Store(nil)
	d.bells.atWork.Wait()
	return err
}
