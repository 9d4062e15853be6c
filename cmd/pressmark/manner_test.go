package main

import (
	"net/url"
	"testing"

	"pressmark/crawler/fetch"
)

func TestManner(t *testing.T) {
	c, err := parseConfig("x.yaml", []byte(`contact: a@b.example
crawl: {http2: off}
sites:
  - url: https://www.one.example/
    cookies: consent=none; lang=de
    keep_cookies: true
    hosts: [one.test]
  - url: https://two.example/
    proxy: direct
    http2: on
  - url: https://three.example/
`))
	if err != nil {
		t.Fatal(err)
	}
	manner := c.manner()
	for raw, want := range map[string]fetch.Manner{
		"https://news.one.example/a": {Site: "site 0", Cookies: "consent=none; lang=de", HTTP1: true},
		"http://one.test/":           {Site: "site 0", Cookies: "consent=none; lang=de", HTTP1: true},
		"https://two.example/":       {Proxy: "direct"},
		"https://three.example/":     {HTTP1: true},
		"https://one.example.evil/":  {HTTP1: true},
	} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := manner(u); got != want {
			t.Errorf("%s: %+v, want %+v", raw, got, want)
		}
	}
	for _, bad := range []string{"sites: [{url: 'https://a.example/', http2: maybe}]", "sites: [{url: 'https://a.example/', proxy: nowhere}]",
		"sites: [{url: 'https://a.example/', cookies: 'no name'}]", "crawl: {http2: 3}"} {
		if _, err := parseConfig("x.yaml", []byte("contact: a@b.example\n"+bad+"\n")); err == nil {
			t.Errorf("accepted: %s", bad)
		}
	}
}
