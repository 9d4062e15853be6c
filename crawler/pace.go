package crawler

import (
	"math/rand/v2"
	"time"

	"pressmark/crawler/frontier"
)

const (
	answerTimes  = 3                // a pause is at least so many times as long as an answer takes
	longestAdapt = time.Minute      // for that reason, and for strikes
	smoothing    = 4                // an answer counts for one part in so many of the smoothed time
	longestPace  = 2 * time.Minute  // between two requests that a round keeps; a site that wants more is asked once a round
	jitterShare  = 5                // the part of a pause by which it is drawn out at most
	slowestSeen  = 30 * time.Second // an answer that takes longer says no more about the server's load
)

// adapted is the pause between two requests to a group that is to be asked
// each delay: a server that takes its time over an answer gets three times as
// much to recover, and one that had to be left alone lately twice the pause for
// each time. Who sets the delay to nothing has the server for himself, and
// wants neither.
func adapted(delay time.Duration, c *frontier.Conduct) time.Duration {
	if delay <= 0 {
		return 0
	}
	d := max(delay, answerTimes*c.Answer)
	for n := c.Strikes; n > 0 && d < longestAdapt; n-- {
		d *= 2
	}
	return max(delay, min(d, longestAdapt))
}

// answered takes the time of one answer into the smoothed one.
func answered(c *frontier.Conduct, took time.Duration) {
	took = min(max(took, 0), slowestSeen)
	if c.Answer == 0 {
		c.Answer = took
		return
	}
	c.Answer += (took - c.Answer) / smoothing
}

// jitter draws a pause out, so that a site's visits have no beat.
func jitter(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return d + rand.N(d/jitterShare+1)
}

// wholeMicro rounds a time up to the frontier's precision: what is later by
// less would be looked for in vain when it comes.
func wholeMicro(t time.Time) time.Time {
	if u := t.Truncate(time.Microsecond); u.Before(t) {
		return u.Add(time.Microsecond)
	}
	return t
}
