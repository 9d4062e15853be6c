package crawler

import (
	"net/http"
	"testing"
	"time"
)

func TestFresh(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"":                             0,
		"max-age=300":                  5 * time.Minute,
		"public, MAX-AGE=\"60\"":       time.Minute,
		"s-maxage=900, max-age=60":     time.Minute,
		"no-store":                     0,
		"max-age=-1":                   0,
		"max-age=later":                0,
		"max-age=99999999999999999999": 0,
		"max-age=31536000":             7 * 24 * time.Hour,
	} {
		if got := fresh(http.Header{"Cache-Control": {value}}); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

func FuzzFresh(f *testing.F) {
	f.Add("public, max-age=60", "no-cache")
	f.Fuzz(func(t *testing.T, a, b string) {
		if d := fresh(http.Header{"Cache-Control": {a, b}}); d < 0 || d > 7*24*time.Hour {
			t.Errorf("%q, %q: %v", a, b, d)
		}
	})
}

func TestDated(t *testing.T) {
	came := time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)
	for value, want := range map[string]bool{
		"":                              false,
		"Mon, 02 Mar 2026 05:00:00 GMT": true,
		"Mon, 02 Mar 2026 06:00:30 GMT": true, // clocks differ by a little
		"Mon, 02 Mar 2026 08:00:00 GMT": false,
		"yesterday":                     true, // it is the server's own word: it may know what it means
	} {
		if got := dated(http.Header{"Last-Modified": {value}}, came); (got != "") != want || got != "" && got != value {
			t.Errorf("%q: %q", value, got)
		}
	}
}
