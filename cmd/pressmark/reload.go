package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"sync"
	"syscall"

	"pressmark/crawler"
	"pressmark/extract"
	"pressmark/schedules"
)

// A roster is what a daemon crawls, and how: the configuration as it was read
// last. What was begun by an older one goes on by that to its end.
type roster struct {
	c       *cli
	history *history
	runner  *schedules.Runner
	hubs    *hubDesk
	counts  *meter
	page    *metricsPage // may be nil

	mu      sync.Mutex
	conf    *config
	session *session // of the rounds that begin now
}

// config is the configuration as it was read last.
func (r *roster) config() *config {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.conf
}

// current is the session of the rounds that begin now.
func (r *roster) current() *session {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.session
}

// of gives sites by their names, and the session to crawl them in.
func (r *roster) of(names []string) (*session, []crawler.Site, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []crawler.Site
	for _, name := range names {
		s, err := r.conf.find(name)
		if err != nil { // it has gone in this moment
			return nil, nil, err
		}
		list = append(list, r.conf.site(s))
	}
	return r.session, list, nil
}

// follow reads the configuration again at each SIGHUP. It returns when ctx ends,
// or when the signal has come because the terminal is gone.
func (r *roster) follow(ctx context.Context) {
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGHUP)
	defer signal.Stop(again)
	for {
		select {
		case <-ctx.Done():
			return
		case <-again:
		}
		what, err := r.reload(ctx)
		switch {
		case err != nil:
			text := strings.TrimRight(clean(err.Error()), "\n")
			fmt.Fprintf(r.c.err, "pressmark: the configuration is not read again, what was read before holds:\n%s\n", text)
			var h hinted
			if errors.As(err, &h) {
				fmt.Fprintf(r.c.err, "  %s\n", clean(h.hint))
			}
		case r.c.err.tty: // also a quiet one must notice that it has gone
			fmt.Fprintf(r.c.err, "the configuration is read again: %s\n", what)
		default:
			r.c.say("the configuration is read again: %s", what)
		}
		if r.c.err.tty && r.c.err.err != nil {
			return
		}
	}
}

// reload reads the configuration and its filter lists again, and tells what has
// changed. When anything is wrong with them all stays as it was.
func (r *roster) reload(ctx context.Context) (what string, err error) {
	old := r.config()
	conf, err := r.c.configuration()
	if err != nil {
		return "", err
	}
	if err := reachable(conf); err != nil {
		return "", err
	}
	if len(conf.sites()) == 0 {
		return "", errors.New("there are no sites to crawl")
	}
	if was, is := r.c.folderOf(old), r.c.folderOf(conf); was != is {
		return "", hint(fmt.Errorf("the archive is %s now, and %s is open", is, was), "stop pressmark run, and start it again")
	}
	hidden, err := r.c.filters(conf)
	if err != nil {
		return "", err
	}
	plans, err := plansOf(conf)
	if err != nil {
		return "", err
	}
	if err := r.history.learn(ctx, namesOf(plans)); err != nil {
		return "", err
	}
	if err := r.page.serve(conf.Metrics); err != nil {
		return "", err
	}
	if err := r.hubs.settle(ctx, conf); err != nil {
		return "", err
	}
	next, err := r.renewed(conf)
	if err != nil {
		return "", err
	}
	r.counts.know(conf)
	what = alterations(old, conf)
	reader := extract.VersionWith(hidden)
	if e := next.engine; e.settle(conf, reader) {
		e.ingest.Filter(hidden)
		what += ", other filters"
	}
	if !reflect.DeepEqual(old.Reports, conf.Reports) || !reflect.DeepEqual(old.Watches, conf.Watches) || old.Mail != conf.Mail {
		what += ", other reports"
	}
	if !maps.Equal(next.groups, conf.groups()) {
		what += ", other groups of servers from the next start on"
	}
	r.mu.Lock()
	r.conf, r.session = conf, next
	r.mu.Unlock()
	return what, r.runner.Replace(ctx, plans)
}

// renewed is a session for another configuration, on the same engine. Where
// that says otherwise how to ask, it asks so from now on.
func (r *roster) renewed(conf *config) (*session, error) {
	r.mu.Lock()
	next := *r.session
	r.mu.Unlock()
	next.conf = conf
	e := next.engine
	if was, _ := e.settings(); was.Contact != conf.Contact || !reflect.DeepEqual(was.Crawl, conf.Crawl) {
		fetcher, err := newCrawlFetcher(conf)
		if err != nil {
			return nil, err
		}
		rules := newRules(fetcher, e.shelved())
		e.ask(fetcher, rules)
		next.crawler = r.c.crawler(e, conf, fetcher, rules, sessionOptions{room: next.room})
	}
	return &next, nil
}

func namesOf(plans []*schedules.Plan) []string {
	names := make([]string, len(plans))
	for i, p := range plans {
		names[i] = p.Name
	}
	return names
}

// alterations tells which sites are new, gone or other than they were.
func alterations(old, conf *config) string {
	was := map[string]siteConfig{}
	for _, s := range old.Sites {
		was[s.name()] = s
	}
	var added, altered, gone []string
	for _, s := range conf.Sites {
		before, there := was[s.name()]
		switch {
		case !there:
			added = append(added, s.name())
		case !reflect.DeepEqual(before, s):
			altered = append(altered, s.name())
		}
		delete(was, s.name())
	}
	for _, s := range old.Sites {
		if _, left := was[s.name()]; left {
			gone = append(gone, s.name())
		}
	}
	list := []string{count(len(conf.Sites), "site")}
	for _, x := range []struct {
		word  string
		names []string
	}{{"added", added}, {"altered", altered}, {"removed", gone}} {
		if len(x.names) > 0 {
			list = append(list, x.word+" "+fewNames(x.names))
		}
	}
	if len(list) == 1 {
		list = append(list, "as before")
	}
	return strings.Join(list, ", ")
}

// fewNames are the first names of a list, and how many there are besides.
func fewNames(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
