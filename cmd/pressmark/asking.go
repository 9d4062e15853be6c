package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"pressmark/crawler"
	"pressmark/crawler/fetch"
	"pressmark/crawler/robots"
	"pressmark/extract/urlkey"
)

// productToken is the name that robots.txt files address.
const productToken = "pressmark"

// userAgent says who asks and whom to complain to.
func userAgent(contact string) string {
	if contact == "" {
		return productToken + "/" + release
	}
	if strings.Contains(contact, "@") && !strings.Contains(contact, ":") {
		contact = "mailto:" + contact
	}
	return fmt.Sprintf("%s/%s (+%s)", productToken, release, contact)
}

func newFetcher(conf *config, log *slog.Logger) (*fetch.Fetcher, error) {
	return fetch.New(fetch.Options{
		UserAgent: userAgent(conf.Contact), Timeout: time.Duration(conf.Crawl.Timeout), MaxBytes: int64(conf.Crawl.MaxPageSize),
		PrivateNetworks: conf.Crawl.PrivateNetworks == "allow", Proxy: conf.Crawl.Proxy, Manner: conf.manner(), Log: log,
	})
}

// newCrawlFetcher makes one for crawls, which tell of each request themselves.
func newCrawlFetcher(conf *config) (*fetch.Fetcher, error) { return newFetcher(conf, nil) }

// newRules reads robots.txt through f, as what we call ourselves.
func newRules(f crawler.Fetcher, o robots.Options) *robots.Rules {
	o.Agent = productToken
	return crawler.ReadRules(f, o)
}

// follow asks for a URL and goes where it is sent, as a browser does; turn, if
// there is one, is asked before each request.
func follow(ctx context.Context, f *fetch.Fetcher, raw string, turn func(context.Context, string) error) (*fetch.Response, string, error) {
	at, err := urlkey.Clean(raw)
	if err != nil {
		return nil, "", usage(err)
	}
	for range 6 {
		if turn != nil {
			if err := turn(ctx, at); err != nil {
				return nil, "", err
			}
		}
		res, err := f.Get(ctx, fetch.Request{URL: at})
		if err != nil {
			if tip := fetch.Hint(fetch.Reason(err)); tip != "" {
				err = hint(err, tip)
			}
			return nil, "", err
		}
		if res.Location == "" || res.Status < 300 || res.Status > 399 || res.Status == http.StatusNotModified {
			return res, at, nil
		}
		if at, err = urlkey.Resolve(at, res.Location); err != nil {
			return nil, "", fmt.Errorf("redirect of %s: %w", raw, err)
		}
	}
	return nil, "", fmt.Errorf("%s: too many redirects", raw)
}

// reachable refuses to crawl other people's servers without saying who asks.
func reachable(conf *config) error {
	if conf.Contact != "" {
		return nil
	}
	for _, s := range conf.sites() {
		if !loopback(s.URL) {
			return hint(&configFaults{path: conf.path, faults: []fault{{line: 1, column: 1, message: "contact is missing: the people behind " + s.URL + " must be able to reach you"}}},
				"write contact: you@example.org into "+conf.path)
		}
	}
	return nil
}

func loopback(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	return u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
}
