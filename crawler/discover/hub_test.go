package discover

import (
	"slices"
	"strings"
	"testing"
)

func TestFeedNamesItsHub(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		hubs []string
		self string
	}{
		"atom": {`<feed xmlns="http://www.w3.org/2005/Atom"><title/><link rel="self" href="https://a.test/Feed?b=1&amp;a=2"/><link rel="hub" href="https://hub.test/"/><entry><title>x</title><link rel="hub" href="https://not.test/"/></entry></feed>`,
			[]string{"https://hub.test/"}, "https://a.test/Feed?b=1&a=2"},
		"rss": {`<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>x</title><link>https://a.test/</link><atom:link href="/feed" rel="self" type="application/rss+xml"/><atom10:link rel="hub" href="https://one.test/h"/><atom10:link rel="hub" href="https://two.test/h"/><item><link>https://a.test/1</link></item></channel></rss>`,
			[]string{"https://one.test/h", "https://two.test/h"}, "https://a.test/feed"},
		"both in one": {`<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub self" href="https://a.test/all"/></feed>`, []string{"https://a.test/all"}, "https://a.test/all"},
		"json": {`{"version":"https://jsonfeed.org/version/1.1","feed_url":"https://a.test/feed.json","hubs":[{"type":"rssCloud","url":"https://no.test/"},{"type":"WebSub","url":"https://hub.test/"}],"items":[{"id":"1","url":"https://a.test/1"}]}`,
			[]string{"https://hub.test/"}, "https://a.test/feed.json"},
		"no hubs": {`<rss version="2.0"><channel><item><link>https://a.test/1</link></item></channel></rss>`, nil, ""},
		"nonsense": {`<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="javascript:alert(1)"/><link rel="hub"/><link rel="hub" href="https://user:pass@hub.test/"/><link rel="hub" href="https://` + strings.Repeat("x", 3000) + `.test/"/></feed>`,
			nil, ""},
		"broken": {`<rss><channel nonsense><atom:link rel=hub href="https://hub.test/"/><title>a & b</channel><item><link>https://a.test/1</link></item>`, []string{"https://hub.test/"}, ""},
	} {
		f, err := Parse([]byte(c.doc), "", "https://a.test/feed")
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.Equal(f.Hubs, c.hubs) || f.Self != c.self {
			t.Errorf("%s: hubs %q of %q, want %q of %q", name, f.Hubs, f.Self, c.hubs, c.self)
		}
	}
}
