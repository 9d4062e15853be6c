package main

import (
	"testing"

	"pressmark/archive"
	"pressmark/crawler"
)

// A dead feed is no trouble of a site whose other lists are read: when nothing
// was due, nothing was to be fetched.
func TestTroubleWithLists(t *testing.T) {
	n := archive.SiteRun{Requests: 2, Listed: 5, Failed: map[string]int{"feed": 1}}
	if why := trouble(n); why != "" {
		t.Errorf("another list was read: %q", why)
	}
	for _, n := range []archive.SiteRun{
		{Requests: 1, Failed: map[string]int{"feed": 1}},
		{Requests: 9, Listed: 5, Failed: map[string]int{"feed": 1, "503": 5}},
		{Requests: 2, Listed: 5, Failed: map[string]int{"feed": 1}, Skipped: map[string]int{"robots": 5}},
	} {
		if trouble(n) == "" {
			t.Errorf("no trouble with %+v", n)
		}
	}
}

// A page or two that fail when nothing else is due say nothing of their site.
func TestTroubleWithPages(t *testing.T) {
	for _, test := range []struct {
		n    archive.SiteRun
		well bool
	}{
		{archive.SiteRun{Requests: 1, Failed: map[string]int{"timeout": 1}, Note: crawler.OnlyPages}, true},
		{archive.SiteRun{Requests: 2, Failed: map[string]int{"timeout": 1, "500": 1}, Note: crawler.OnlyPages}, true},
		{archive.SiteRun{Requests: 5, Failed: map[string]int{"timeout": 5}, Note: crawler.OnlyPages}, false},
		{archive.SiteRun{Requests: 1, Failed: map[string]int{"timeout": 1}}, false},
	} {
		if why := trouble(test.n); (why == "") != test.well {
			t.Errorf("%+v: %q", test.n, why)
		}
	}
}
