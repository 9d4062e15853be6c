package main

import (
	"testing"

	"pressmark/archive"
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
