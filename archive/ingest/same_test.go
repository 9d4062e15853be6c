package ingest

import (
	"strings"
	"testing"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/extract/urlkey"
)

const gazette = "https://gazette.example"

// names is a page whose publisher says that another address stands for it.
func names(body, address string) string {
	return strings.Replace(body, "</title>", `</title><link rel="canonical" href="`+address+`">`, 1)
}

// other is another article.
var other = paper{title: "Lighthouse keeper retires after forty years", paragraphs: []string{
	"The last keeper of the lighthouse on Gull Point handed over his keys on Sunday, and nobody will take his place in the tower.",
	"Since last autumn the lamp has been watched from the mainland, where three people look after the lights of the whole coast in turns.",
	"Anselm Pyke, who is 64, said that he would miss the storms, and that he had bought a house from which the tower can be seen.",
	"The building is to become a museum, for which the county has set aside 380,000, and is to open its doors in the summer after next.",
}}

// A page has one history, at whatever address it is seen, and two pages never
// share one.
func TestAddresses(t *testing.T) {
	renamed := ferry.with(func(p *paper) { p.title = "Ferry passengers to pay more for fewer boats" })
	short := ferry.with(func(p *paper) { p.paragraphs = p.paragraphs[:4] })
	type see struct {
		look
		want string // the path of the page, and what is concluded
	}
	at := func(path string) string { return gazette + path }
	rows := []struct {
		name string
		see  []see
		now  map[string]string // the path of an address: the path at which its page is asked for
	}{
		{name: "the slug follows the headline, under the publisher's number", see: []see{
			{look{url: at("/news/ferry-fares-1234567"), body: whole}, "/news/ferry-fares-1234567 new v1 live"},
			{look{url: at("/news/pay-more-1234567"), body: renamed}, "/news/ferry-fares-1234567 changed v2 live | [headline] 1→2 stealth 00–01"},
			{look{url: at("/news/ferry-fares-1234567"), body: whole}, "/news/ferry-fares-1234567 same v2 live"}, // a cache's old copy
			{look{url: at("/news/pay-more-1234567"), status: 304}, "/news/ferry-fares-1234567 unchanged v2 live"},
			{look{url: at("/news/pay-more-1234567"), status: 410}, "/news/ferry-fares-1234567 gone v0 withdrawn | [unpublished] 2→2 03–04"},
		}, now: map[string]string{"/news/ferry-fares-1234567": "", "/news/pay-more-1234567": ""}},
		{name: "the slug changes, and the old address leads to the new one", see: []see{
			{look{url: at("/2026/ferry-fares"), body: whole}, "/2026/ferry-fares new v1 live"},
			{look{url: at("/2026/ferry-fares"), final: at("/2026/pay-more"), body: renamed}, "/2026/ferry-fares changed v2 live | [headline] 1→2 stealth 00–01"},
			{look{url: at("/2026/pay-more"), body: renamed}, "/2026/ferry-fares unchanged v2 live"},
			{look{url: at("/2026/ferry-fares"), final: at("/2026/pay-more"), body: renamed}, "/2026/ferry-fares unchanged v2 live"},
			{look{url: at("/2026/pay-more"), body: whole}, "/2026/ferry-fares changed v3 live | [headline headline_flip] 2→3 stealth 03–04"},
		}, now: map[string]string{"/2026/ferry-fares": "/2026/pay-more", "/2026/pay-more": ""}},
		{name: "and twice", see: []see{
			{look{url: at("/a-long-name"), body: whole}, "/a-long-name new v1 live"},
			{look{url: at("/a-long-name"), final: at("/b-long-name"), body: whole}, "/a-long-name unchanged v1 live"},
			{look{url: at("/b-long-name"), final: at("/c-long-name"), body: edited}, "/a-long-name changed v2 live | [numbers] 1→2 stealth 01–02"},
			{look{url: at("/c-long-name"), body: edited}, "/a-long-name unchanged v2 live"},
		}, now: map[string]string{"/a-long-name": "/c-long-name", "/b-long-name": "/c-long-name"}},
		{name: "and the new address was seen first", see: []see{
			{look{url: at("/2026/ferry-fares"), body: whole}, "/2026/ferry-fares new v1 live"},
			{look{url: at("/2026/pay-more"), body: renamed}, "/2026/pay-more new v1 live"},
			{look{url: at("/2026/ferry-fares"), final: at("/2026/pay-more"), body: renamed}, "/2026/ferry-fares changed v2 live | [headline] 1→2 stealth 00–02"},
			{look{url: at("/2026/pay-more"), body: renamed}, "/2026/ferry-fares unchanged v2 live"},
		}, now: map[string]string{"/2026/ferry-fares": "/2026/pay-more", "/2026/pay-more": ""}},
		{name: "an address that leads to another article is gone", see: []see{
			{look{url: at("/2026/ferry-fares"), body: whole}, "/2026/ferry-fares new v1 live"},
			{look{url: at("/2026/ferry-fares"), final: at("/2026/keeper"), body: other.page()}, "/2026/ferry-fares absent v0 live"},
			{look{url: at("/2026/ferry-fares"), final: at("/2026/keeper"), body: other.page()}, "/2026/ferry-fares gone v0 withdrawn | [unpublished] 1→1 00–02"},
			{look{url: at("/2026/keeper"), body: other.page()}, "/2026/keeper new v1 live"},
			{look{url: at("/2026/ferry-fares"), body: whole}, "/2026/ferry-fares restored v1 live | [restored] 1→1 02–04"},
		}},
		{name: "a page for other devices names the one that stands for it", see: []see{
			{look{url: at("/story/ferry"), body: names(whole, at("/story/ferry"))}, "/story/ferry new v1 live"},
			{look{url: at("/lite.php?story=ferry"), body: names(short, at("/story/ferry"))}, "/story/ferry same v1 live"},
			{look{url: at("/lite.php?story=ferry"), body: names(whole, at("/story/ferry"))}, "/story/ferry same v1 live"},
			{look{url: at("/lite.php?story=ferry"), status: 404}, "/story/ferry error v0 live"},
			{look{url: at("/story/ferry"), body: names(edited, at("/story/ferry"))}, "/story/ferry changed v2 live | [numbers] 1→2 stealth 00–04"},
		}, now: map[string]string{"/lite.php?story=ferry": "/story/ferry", "/story/ferry": ""}},
		{name: "and is seen before it", see: []see{
			{look{url: at("/lite.php?story=ferry"), body: names(whole, at("/story/ferry"))}, "/lite.php?story=ferry new v1 live"},
			{look{url: at("/story/ferry"), body: names(whole, at("/story/ferry"))}, "/lite.php?story=ferry same v1 live"},
			{look{url: at("/lite.php?story=ferry"), body: names(short, at("/story/ferry"))}, "/lite.php?story=ferry same v1 live"},
			{look{url: at("/story/ferry"), body: names(edited, at("/story/ferry"))}, "/lite.php?story=ferry changed v2 live | [numbers] 1→2 stealth 01–03"},
		}, now: map[string]string{"/lite.php?story=ferry": "/story/ferry"}},
		{name: "the old address takes over again when the new one is gone", see: []see{
			{look{url: at("/ferry-1234567"), body: whole}, "/ferry-1234567 new v1 live"},
			{look{url: at("/boats-1234567"), body: whole}, "/ferry-1234567 same v1 live"},
			{look{url: at("/boats-1234567"), status: 410}, "/ferry-1234567 gone v0 withdrawn | [unpublished] 1→1 01–02"},
			{look{url: at("/ferry-1234567"), body: edited}, "/ferry-1234567 changed v2 live | [restored numbers] 1→2 stealth 01–03"},
		}, now: map[string]string{"/boats-1234567": "/ferry-1234567"}},

		{name: "the site shows another article in its place, and says 200", see: []see{
			{look{url: at("/ferry"), body: whole}, "/ferry new v1 live"},
			{look{url: at("/keeper"), body: other.page()}, "/keeper new v1 live"},
			{look{url: at("/ferry"), body: other.page()}, "/ferry other v0 other"},
			{look{url: at("/ferry"), body: other.page()}, "/ferry other v0 other"},
			{look{url: at("/ferry"), body: edited}, "/ferry changed v2 live | [numbers] 1→2 stealth 00–04"},
		}},

		{name: "canonical is the home page", see: []see{
			{look{url: at("/one"), body: names(whole, at("/"))}, "/one new v1 live"},
			{look{url: at("/two"), body: names(whole, at("/"))}, "/two new v1 live"},
		}},
		{name: "canonical is a section", see: []see{
			{look{url: at("/news"), body: names(service, at("/news"))}, "/news other v0 other"},
			{look{url: at("/news/one"), body: names(whole, at("/news"))}, "/news/one new v1 live"},
		}},
		{name: "canonical is on another site", see: []see{
			{look{url: "https://herald.example/ferry", body: whole, site: "Herald"}, " new v1 live"},
			{look{url: at("/ferry"), body: names(whole, "https://herald.example/ferry")}, "/ferry new v1 live"},
		}},
		{name: "canonical is on another domain of the site", see: []see{
			{look{url: at("/ferry"), body: whole}, "/ferry new v1 live"},
			{look{url: "https://gazette-lite.example/ferry", body: names(short, at("/ferry"))}, "/ferry same v1 live"},
			{look{url: at("/ferry"), body: edited}, "/ferry changed v2 live | [numbers] 1→2 stealth 00–02"},
		}},
		{name: "the site moves to another domain, with its numbers", see: []see{
			{look{url: at("/ferry-1234567"), body: whole}, "/ferry-1234567 new v1 live"},
			{look{url: "https://gazette-news.example/ferry-1234567", body: whole}, "/ferry-1234567 same v1 live"},
		}},
		{name: "canonical is not there", see: []see{
			{look{url: at("/ferry"), body: whole}, "/ferry new v1 live"},
			{look{url: at("/ferry"), status: 410}, "/ferry gone v0 withdrawn | [unpublished] 1→1 00–01"},
			{look{url: at("/boats"), body: names(whole, at("/ferry"))}, "/boats new v1 live"},
		}},
		{name: "one canonical on every page", see: []see{
			{look{url: at("/ferry"), body: names(whole, at("/ferry"))}, "/ferry new v1 live"},
			{look{url: at("/keeper"), body: names(other.page(), at("/ferry"))}, "/keeper new v1 live"},
		}},
		{name: "canonical of the first page on the second", see: []see{
			{look{url: at("/long?id=1"), body: names(whole, at("/long?id=1"))}, "/long?id=1 new v1 live"},
			{look{url: at("/long?id=1&page=2"), body: names(other.page(), at("/long?id=1"))}, "/long?id=1&page=2 new v1 live"},
		}},
		{name: "two pages that name each other", see: []see{
			{look{url: at("/ferry"), body: names(whole, at("/boats"))}, "/ferry new v1 live"},
			{look{url: at("/boats"), body: names(whole, at("/ferry"))}, "/ferry same v1 live"},
			{look{url: at("/ferry"), body: names(edited, at("/boats"))}, "/ferry changed v2 live | [numbers] 1→2 stealth 00–02"},
		}},
		{name: "one text at two addresses, and nothing that says why", see: []see{
			{look{url: at("/ferry"), body: whole}, "/ferry new v1 live"},
			{look{url: at("/local/ferry"), body: whole}, "/local/ferry new v1 live"},
		}},
		{name: "one number, two texts", see: []see{
			{look{url: at("/news/1234567"), body: whole}, "/news/1234567 new v1 live"},
			{look{url: at("/video/1234567"), body: other.page()}, "/video/1234567 new v1 live"},
		}},
		{name: "the pictures of an article, with a part of its text", see: []see{
			{look{url: at("/ferry-1234567"), body: whole}, "/ferry-1234567 new v1 live"},
			{look{url: at("/ferry-1234567/pictures"), body: whole}, "/ferry-1234567/pictures new v1 live"},
			{look{url: at("/pictures-1234567"), body: ferry.with(func(p *paper) { p.paragraphs = p.paragraphs[:2] })}, "/pictures-1234567 new v1 live"},
			{look{url: at("/ferry-1234567"), body: edited}, "/ferry-1234567 changed v2 live | [numbers] 1→2 stealth 00–03"},
		}},
		{name: "one day, two pages", see: []see{
			{look{url: at("/20261114/ferry"), body: whole}, "/20261114/ferry new v1 live"},
			{look{url: at("/20261114/local-ferry"), body: whole}, "/20261114/local-ferry new v1 live"},
		}},
		{name: "one number on two sites", see: []see{
			{look{url: at("/ferry-1234567"), body: whole}, "/ferry-1234567 new v1 live"},
			{look{url: "https://herald.example/ferry-1234567", body: whole, site: "Herald"}, " new v1 live"},
		}},
	}
	for _, tt := range rows {
		t.Run(tt.name, func(t *testing.T) {
			store := archivetest.Open(t)
			var wants []string
			for n, x := range tt.see {
				take(t, store, n, x.look)
				wants = append(wants, x.want)
			}
			check := func(what string) {
				t.Helper()
				var got []string
				in := New(store, Options{Seen: func(s archive.Sighting, c *archive.Change) {
					_, path, _ := strings.Cut(string(s.Page), "example,gazette)")
					got = append(got, path+" "+told(t, store, s, c))
				}})
				drain(t, in)
				for i, want := range wants {
					if i >= len(got) || outcomeOf(got[i]) != outcomeOf(want) {
						t.Errorf("%s, look %d:\n got %s\nwant %s", what, i, strings.Join(got[min(i, len(got)):min(i+1, len(got))], ""), want)
					}
				}
			}
			check("ingest")
			if err := store.Reset(t.Context()); err != nil {
				t.Fatal(err)
			}
			check("anew")
			for address, want := range tt.now {
				key, err := urlkey.Of(at(address))
				if err != nil {
					t.Fatal(err)
				}
				url, moved, err := store.Moved(key)
				if err != nil || moved != (want != "") || moved && url != at(want) {
					t.Errorf("%s is asked for at %q, %v, %v; want %q", address, url, moved, err, want)
				}
				page, err := store.Resolve(at(address))
				if first, _ := urlkey.Of(tt.see[0].url); err != nil || page != first {
					t.Errorf("%s names %s, %v", address, page, err)
				}
				if byID, err := store.Resolve(key.ID()); err != nil || byID != page {
					t.Errorf("%s names %s, %v", key.ID(), byID, err)
				}
			}
		})
	}
}

// outcomeOf leaves out the page's state, which in a run over several looks at
// once is that after the last.
func outcomeOf(s string) string {
	f := strings.SplitN(s, " ", 5)
	if len(f) > 3 {
		f[3] = ""
	}
	return strings.Join(f, " ")
}

func TestNumber(t *testing.T) {
	for raw, want := range map[string]string{
		"/news/council-votes-1234567":                   "1234567",
		"/news/council-votes-1234567.html":              "1234567",
		"/article1234567.ece":                           "1234567",
		"/a/2026/11/14/title_6012345_823448.html":       "823448",
		"/2026/11/14/title":                             "",
		"/20261114/title":                               "",
		"/202611/title":                                 "",
		"/2026-11-14/title":                             "",
		"/x/20269914":                                   "20269914",
		"/covid-19-in-2026":                             "",
		"/show.php?id=123456":                           "123456",
		"/show.php?id=123456&page=2":                    "",
		"/n/0f8fad5b-d9cb-469f-a165-70867728950e/title": "0f8fad5b-d9cb-469f-a165-70867728950e",
		"/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%31%32%33456": "123456",
	} {
		if got := number(gazette + raw); got != want {
			t.Errorf("number of %s: %q, want %q", raw, got, want)
		}
	}
}

// An address of a page goes with it when it is taken down, and is refused.
func TestAddressesAreTakenDown(t *testing.T) {
	store := archivetest.Open(t)
	for n, path := range []string{"/ferry-1234567", "/boats-1234567"} {
		take(t, store, n, look{url: gazette + path, body: whole})
	}
	in := New(store, Options{})
	drain(t, in)
	take(t, store, 3, look{url: gazette + "/boats-1234567", body: edited})
	drain(t, in)
	page, err := store.Resolve(gazette + "/boats-1234567")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.PlanTakedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{page}, Version: 1, By: "the editor"}); err == nil || !strings.Contains(err.Error(), "2 addresses") {
		t.Errorf("a version: %v", err)
	}
	done, err := store.Takedown(t.Context(), archive.TakedownOptions{Pages: []urlkey.Key{page}, By: "the editor", Reason: "an order"})
	if err != nil {
		t.Fatal(err)
	}
	left := 0
	for range store.Captures(t.Context(), 0) {
		left++
	}
	if left > 0 || len(done.Tombstones) != 2 {
		t.Errorf("%d captures are left, %d tombstones", left, len(done.Tombstones))
	}
	for _, path := range []string{"/ferry-1234567", "/boats-1234567"} {
		if key, _ := urlkey.Of(gazette + path); !store.Refuses(key) {
			t.Errorf("%s is not refused", path)
		}
	}
	if key, err := store.Resolve(gazette + "/boats-1234567"); err == nil {
		t.Errorf("%s is still there", key)
	}
}
