package crawler

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// fresh is how long an answer says that it may be kept; 0 when it does not say,
// or forbids it.
func fresh(h http.Header) time.Duration {
	for _, line := range h.Values("Cache-Control") {
		for part := range strings.SplitSeq(line, ",") {
			name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
			if !strings.EqualFold(name, "max-age") {
				continue
			}
			if n, err := strconv.Atoi(strings.Trim(value, `" `)); err == nil && n > 0 {
				return time.Duration(min(n, 7*24*3600)) * time.Second
			}
		}
	}
	return 0
}

// dated is an answer's Last-Modified, to ask with the next time. One that was
// ahead of the clock when it came must be ignored by servers (RFC 9110, 13.1.3),
// and those that don't would take every edit before it for an older one.
func dated(h http.Header, came time.Time) string {
	modified := h.Get("Last-Modified")
	if t, err := http.ParseTime(modified); err == nil && t.After(came.Add(time.Minute)) { // clocks differ
		return ""
	}
	return modified
}
