package main

import (
	"fmt"
	"net/url"

	"github.com/goccy/go-yaml/ast"

	"pressmark/crawler/fetch"
	"pressmark/extract/urlkey"
)

// manners checks how the file and its sites want servers to be asked.
func (e *configFaults) manners(c *config, root ast.Node) {
	proxy := func(at, raw string) {
		if _, err := fetch.ParseProxy(raw); raw != "" && err != nil {
			e.at(node(root, at), "proxy is no URL: write http://host:port or socks5://host:port")
		}
	}
	http2 := func(at, word string) {
		if word != "" && word != "on" && word != "off" {
			e.at(node(root, at), "http2 is %q: write on or off", word)
		}
	}
	proxy("$.crawl.proxy", c.Crawl.Proxy)
	http2("$.crawl.http2", c.Crawl.HTTP2)
	for i, s := range c.Sites {
		at := fmt.Sprintf("$.sites[%d].", i)
		if s.Proxy != fetch.Direct {
			proxy(at+"proxy", s.Proxy)
		}
		http2(at+"http2", s.HTTP2)
		if err := fetch.CheckCookies(s.Cookies); err != nil {
			e.at(node(root, at+"cookies"), "%v", err)
		}
	}
}

// manner says how the site that a URL belongs to is asked; nil if all are
// asked alike. Cookies go to a site's own hosts only.
func (c *config) manner() func(*url.URL) fetch.Manner {
	of := map[string]fetch.Manner{}
	for i, s := range c.Sites {
		m := fetch.Manner{Proxy: s.Proxy, Cookies: s.Cookies, HTTP1: s.HTTP2 == "off" || s.HTTP2 == "" && c.Crawl.HTTP2 == "off"}
		if s.KeepCookies {
			m.Site = fmt.Sprintf("site %d", i)
		}
		if s.HTTP2 == "" && s.Proxy == "" && s.Cookies == "" && !s.KeepCookies {
			continue
		}
		for _, host := range append([]string{s.URL}, s.Hosts...) {
			if group, err := urlkey.Group(host); err == nil {
				of[group] = m
			} else if group, err := urlkey.Group("https://" + host); err == nil {
				of[group] = m
			}
		}
	}
	all := fetch.Manner{HTTP1: c.Crawl.HTTP2 == "off"}
	if len(of) == 0 && all == (fetch.Manner{}) {
		return nil
	}
	return func(u *url.URL) fetch.Manner {
		if group, err := urlkey.Group(u.String()); err == nil {
			if m, ok := of[group]; ok {
				return m
			}
		}
		return all
	}
}
