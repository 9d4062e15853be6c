package newsroom

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Law is what a group's servers may expect of a crawler. It is told by who
// made the servers, and read from no robots.txt: the crawler's own reading of
// one is what is judged.
type Law struct {
	Delay     time.Duration                // between the end of a request and the next
	Forbidden func(url string) bool        // by the robots.txt of the URL's host, when that can be read; nil: nothing is
	Quiet     func(time.Time) bool         // nil: never
	PerDay    func(time.Time) (day string) // what day a request counts for; nil: days are not counted
	Most      int                          // requests on one day
}

// The offences.
const (
	RobotsViolation = "robots violations"
	Overlap         = "overlapping requests in a group"
	ShortGap        = "gaps shorter than the delay"
	DuringRetry     = "requests during Retry-After"
	NeedlessFetch   = "full fetches where a 304 was to be had"
	RobotsAgain     = "requests for a robots.txt that was known"
	DuringQuiet     = "requests in quiet hours"
	OverBudget      = "requests beyond a day's budget"
)

// Offences names all, in the order in which they are told.
var Offences = []string{RobotsViolation, Overlap, ShortGap, DuringRetry, NeedlessFetch, RobotsAgain, DuringQuiet, OverBudget}

// A Verdict is what a judge found in an access log.
type Verdict struct {
	Requests int
	Counts   map[string]int    // by offence
	First    map[string]string // the first of each offence
}

// robotsAge is how long a robots.txt may be remembered (RFC 9309 §2.4).
const robotsAge = 24 * time.Hour

// Judge holds a crawler to the law of each group that it has asked. What it
// asks of a crawler, beyond the law:
//   - each URL is asked for only when the robots.txt of its host was, within the
//     last day; not when the latest answer to that was a server's failure or
//     none (RFC 9309 §2.3.1.4);
//   - one request at a time in a group;
//   - after an answer 429 or 503 with Retry-After, in either form, nothing of
//     the group before that time;
//   - no URL is fetched whole again that still has the entity tag or the date
//     with which it was fetched last, robots.txt and where it leads included;
//   - a robots.txt that was there, or was not, isn't asked for again within the
//     day, over however many restarts of the crawler.
func Judge(log []Request, law func(group string) Law) Verdict {
	v := Verdict{Requests: len(log), Counts: map[string]int{}, First: map[string]string{}}
	groups := map[string]*dock{}
	for i := range log {
		q := &log[i]
		d := groups[q.Group]
		if d == nil {
			d = &dock{Law: law(q.Group), rules: map[string]*Request{}, whole: map[string]*Request{}, days: map[string]int{}}
			groups[q.Group] = d
		}
		for _, offence := range d.hear(q) {
			if v.Counts[offence.name]++; v.First[offence.name] == "" {
				v.First[offence.name] = fmt.Sprintf("%s %s: %s", q.Began.UTC().Format("2006-01-02 15:04:05.000"), q.URL, offence.why)
			}
		}
	}
	return v
}

// A dock is a group as its requests are gone through.
type dock struct {
	Law
	last  *Request
	retry time.Time
	rules map[string]*Request // the latest request for the robots.txt of each origin
	whole map[string]*Request // the latest whole answer of each URL
	days  map[string]int
}

type offence struct{ name, why string }

func (d *dock) hear(q *Request) (all []offence) {
	accuse := func(name, format string, args ...any) {
		all = append(all, offence{name, fmt.Sprintf(format, args...)})
	}
	if q.Busy {
		accuse(Overlap, "%s was still being answered", d.last.URL)
	} else if d.last != nil {
		if gap := q.Began.Sub(d.last.Ended); gap < d.Delay {
			accuse(ShortGap, "%v after %s, the delay is %v", gap, d.last.URL, d.Delay)
		}
	}
	if q.Began.Before(d.retry) {
		accuse(DuringRetry, "asked to stay away until %s", d.retry.UTC().Format("15:04:05"))
	}
	if d.Quiet != nil && d.Quiet(q.Began) {
		accuse(DuringQuiet, "it is quiet")
	}
	if d.PerDay != nil {
		day := d.PerDay(q.Began)
		if d.days[day]++; d.days[day] > d.Most {
			accuse(OverBudget, "request %d of %d on %s", d.days[day], d.Most, day)
		}
	}
	if from, path := origin(q.URL); path == "/robots.txt" {
		if before := d.rules[from]; before != nil && isVerdict(before) && q.Began.Sub(before.Ended) < robotsAge {
			accuse(RobotsAgain, "it was asked for %v ago", q.Began.Sub(before.Ended))
		}
	}
	if why := d.unruly(q); why != "" {
		accuse(RobotsViolation, "%s", why)
	}
	if q.Status == http.StatusOK && !q.Left && !q.Cut {
		if before := d.whole[q.URL]; before != nil && unchanged(before, q) {
			accuse(NeedlessFetch, "it was fetched at %s with %s", before.Began.UTC().Format("2006-01-02 15:04:05"), validatorsOf(before.Replied))
		}
		d.whole[q.URL] = q
	}
	if after := retryAfter(q); after.After(d.retry) {
		d.retry = after
	}
	d.last = q
	return all
}

// unruly says why a request breaks the robots.txt of its host.
func (d *dock) unruly(q *Request) string {
	from, path := origin(q.URL)
	if strings.HasPrefix(path, "/robots") { // and where it leads
		if path == "/robots.txt" {
			d.rules[from] = q
		}
		return ""
	}
	rules := d.rules[from]
	switch {
	case rules == nil:
		return "its robots.txt was never asked for"
	case q.Began.Sub(rules.Ended) > robotsAge:
		return fmt.Sprintf("its robots.txt is of %v ago", q.Began.Sub(rules.Ended))
	case rules.Status == 0 || rules.Status >= 500 || rules.Status == http.StatusTooManyRequests:
		return fmt.Sprintf("its robots.txt answered %d", rules.Status)
	case rules.Status < 400 && d.Forbidden != nil && d.Forbidden(q.URL):
		return "its robots.txt forbids that"
	}
	return ""
}

// isVerdict reports whether an answer for a robots.txt holds for a day. Where a
// redirect leads may have no time for the crawler, which then asks that again.
func isVerdict(q *Request) bool {
	return !q.Left && !q.Cut && (q.Status == http.StatusOK || q.Status == http.StatusNotModified || q.Status >= 400 && q.Status < 500 && q.Status != http.StatusTooManyRequests)
}

// unchanged reports whether a whole answer is the one before, so that it need
// not have been sent.
func unchanged(before, q *Request) bool {
	if tag := q.Replied.Get("ETag"); tag != "" || before.Replied.Get("ETag") != "" {
		return tag == before.Replied.Get("ETag")
	}
	date := q.Replied.Get("Last-Modified")
	return date != "" && date == before.Replied.Get("Last-Modified")
}

func validatorsOf(h http.Header) string {
	return strings.TrimSpace(h.Get("ETag") + " " + h.Get("Last-Modified"))
}

// retryAfter is the time until which an answer asks the client to stay away.
func retryAfter(q *Request) time.Time {
	if q.Status != http.StatusTooManyRequests && q.Status != http.StatusServiceUnavailable {
		return time.Time{}
	}
	text := q.Replied.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil {
		return q.Ended.Add(time.Duration(seconds) * time.Second)
	}
	date, err := http.ParseTime(text)
	if err != nil {
		return time.Time{}
	}
	return date
}

// String is the verdict as a table.
func (v Verdict) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%7d requests\n", v.Requests)
	for _, name := range Offences {
		fmt.Fprintf(&b, "%7d %s\n", v.Counts[name], name)
	}
	for _, name := range Offences {
		if v.First[name] != "" {
			fmt.Fprintf(&b, "first of the %s: %s\n", name, v.First[name])
		}
	}
	return b.String()
}

// Guilty are the offences that were found.
func (v Verdict) Guilty() []string {
	return slices.DeleteFunc(slices.Clone(Offences), func(name string) bool { return v.Counts[name] == 0 })
}
