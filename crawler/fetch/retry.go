package fetch

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// longestRetry bounds what a server may ask for: a mistake of theirs should
// not end the watch for good.
const longestRetry = 7 * 24 * time.Hour

// RetryAfter is the time until which a server asks to be left alone, in either
// form of the header (RFC 9110 §10.2.3); zero when it does not.
func RetryAfter(h http.Header, now time.Time) time.Time {
	v := strings.TrimSpace(h.Get("Retry-After"))
	var until time.Time
	if n, err := strconv.ParseUint(v, 10, 32); err == nil {
		until = now.Add(time.Duration(n) * time.Second)
	} else if errors.Is(err, strconv.ErrRange) { // more seconds than can be counted
		until = now.Add(2 * longestRetry)
	} else if t, err := http.ParseTime(v); err == nil {
		until = t
	}
	if !until.After(now) {
		return time.Time{}
	}
	if longest := now.Add(longestRetry); until.After(longest) {
		return longest
	}
	return until
}
