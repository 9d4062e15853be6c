package frontier

import (
	"maps"
	"slices"
	"time"
)

// A Conduct is how a group's servers took our requests, and what they cost.
// Whoever holds the group's lease gets it and hands it back, with the outcomes,
// as it is then; the frontier only keeps it, so that a crawl that starts anew
// is no ruder than the one before.
type Conduct struct {
	Failures int       // requests in a row that failed
	Strikes  int       // times that the group was left alone for that, as far as they are not forgiven
	Struck   time.Time // until when it was left alone the last time; forgiving counts from there
	Open     bool      // it has not shown since that it answers: the next request is a probe
	Walls    int       // pages in a row that were walls
	Walled   int       // times in a row that the group was left alone for these

	Answer time.Duration // the time that an answer takes, smoothed; 0 when none is known
	Delay  time.Duration // the pause between two requests that was kept last

	Spent map[string]Spending // by site: what the requests of a day came to
}

// A Spending is what a site was asked for on one day.
type Spending struct {
	Day      string // in the site's own zone, as 2006-01-02
	Requests int
	Bytes    int64 // of the answers, as they came over the network
}

// A Group is how things stand with a politeness group.
type Group struct {
	Name string
	Next time.Time // when it may be asked again; it may have come
	Conduct
}

func (c Conduct) clone() Conduct {
	c.Spent = maps.Clone(c.Spent)
	return c
}

func (e *encoder) conduct(c Conduct) {
	open := 0
	if c.Open {
		open = 1
	}
	for _, n := range []int{c.Failures, c.Strikes, open, c.Walls, c.Walled, int(c.Answer.Microseconds()), int(c.Delay.Microseconds())} {
		e.num(n)
	}
	e.time(c.Struck)
	e.num(len(c.Spent))
	for _, site := range slices.Sorted(maps.Keys(c.Spent)) {
		s := c.Spent[site]
		e.str(site)
		e.str(s.Day)
		e.num(s.Requests)
		e.num(int(s.Bytes))
	}
}

func (d *decoder) conduct() (c Conduct) {
	var open, answer, delay int
	for _, n := range []*int{&c.Failures, &c.Strikes, &open, &c.Walls, &c.Walled, &answer, &delay} {
		*n = d.num()
	}
	c.Open = open != 0
	c.Answer, c.Delay = time.Duration(answer)*time.Microsecond, time.Duration(delay)*time.Microsecond
	c.Struck = d.time()
	for n := d.num(); n > 0 && !d.bad; n-- {
		site := d.str()
		if c.Spent == nil {
			c.Spent = map[string]Spending{}
		}
		c.Spent[site] = Spending{Day: d.str(), Requests: d.num(), Bytes: int64(d.num())}
	}
	return c
}
