package crawler

import (
	"fmt"
	"strings"
	"time"

	"pressmark/crawler/frontier"
)

// A group that fails is a circuit that opens: it is left alone, then asked for
// one thing, and left alone for longer when that fails too. What is known of
// it stands in the frontier, so that a crawl that starts anew does not begin
// with a server's patience as if nothing had been.
const (
	tooMany      = 5                // failures in a row, after which a group is left alone for a while
	whileOff     = 30 * time.Minute // that while, the first time
	slowDown     = 5 * time.Minute  // after a 429 that does not say for how long, the first time
	longestOff   = 4 * time.Hour    // the longest while, unless the server names one
	bearWith     = 2                // times that a server's own Retry-After counts for what it says; then it grows too
	forgiveAfter = time.Hour        // without one more, after which a strike is forgiven
)

// AskedBack ends the reason for leaving a group alone that its server has asked
// for itself.
const AskedBack = "asks to come back later"

// strike opens the circuit because of a failure, if that is reason enough, and
// says until when the group is to be left alone, and why. A time that the
// server names is in until.
func strike(c *frontier.Conduct, now time.Time, reason string, until time.Time) (off time.Time, why string) {
	c.Failures++
	var pause time.Duration
	switch {
	case !until.IsZero():
		why = "the server answered " + reason + " and " + AskedBack
		if pause = until.Sub(now); c.Strikes >= bearWith {
			pause = max(pause, grown(slowDown, c.Strikes-bearWith))
		}
	case strings.HasPrefix(reason, "429"):
		why = "the server answered " + reason + ": too many requests"
		pause = grown(slowDown, c.Strikes)
	case c.Failures >= tooMany:
		why = fmt.Sprintf("%d requests in a row failed (%s)", c.Failures, reason)
		pause = grown(whileOff, c.Strikes)
	case c.Open && reason != "403": // which a page behind a paywall may answer, of a server that is well
		why = fmt.Sprintf("it still fails (%s)", reason)
		pause = grown(whileOff, c.Strikes)
	default:
		return time.Time{}, ""
	}
	c.Strikes++
	c.Failures, c.Open = 0, true
	c.Struck = wholeMicro(now.Add(pause))
	return c.Struck, why
}

// well closes the circuit: the group has answered.
func well(c *frontier.Conduct, now time.Time) {
	c.Failures, c.Open = 0, false
	for c.Strikes > 0 && now.Sub(c.Struck) >= forgiveAfter {
		c.Strikes--
		c.Struck = c.Struck.Add(forgiveAfter)
	}
}

// grown doubles a pause n times, up to the longest, and draws it out a little
// so that servers that failed together are not asked together.
func grown(d time.Duration, n int) time.Duration {
	for ; n > 0 && d < longestOff; n-- {
		d *= 2
	}
	return jitter(min(d, longestOff))
}
