package fetch

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for in, want := range map[string]time.Duration{
		"120": 2 * time.Minute, " 5 ": 5 * time.Second, "0": 0, "-1": 0, "": 0, "soon": 0, "99999999999999999999": longestRetry, "99999999999": longestRetry,
		"Mon, 02 Mar 2026 10:00:00 GMT": time.Hour, "Mon, 02 Mar 2026 08:00:00 GMT": 0, "4000000000": longestRetry,
	} {
		got := RetryAfter(http.Header{"Retry-After": {in}}, now)
		if want == 0 && !got.IsZero() || want > 0 && !got.Equal(now.Add(want)) {
			t.Errorf("%q: %v, want %v later", in, got, want)
		}
	}
}
