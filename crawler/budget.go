package crawler

import (
	"context"
	"fmt"
	"sync"
	"time"

	"pressmark/crawler/frontier"
)

// A Budget is what a site may be asked for on one day of its own clock, by all
// crawls together. What counts is every request, robots.txt and the hops of a
// redirect included.
type Budget struct {
	Requests int   // 0 means no limit
	Bytes    int64 // of the answers, as they come over the network; 0 means no limit
}

// A rest is why a site is not asked now, although nothing is wrong with it.
type rest struct {
	until  time.Time
	reason string // as a run counts it
	why    string
}

// The reasons of a rest.
const (
	quietHours = "quiet hours"
	daysBudget = "day's budget"
)

func (r rest) Error() string { return r.why }

// rests tells whether a site is to be left alone at this moment.
func (c *Crawler) rests(s *Site) (rest, bool) {
	now := c.o.Now().In(s.zone())
	if end, quiet := s.Quiet.Until(now); quiet {
		return rest{end, quietHours, "quiet hours: it goes on at " + on(end, now)}, true
	}
	if s.PerDay == (Budget{}) {
		return rest{}, false
	}
	spent := c.ledger.of(s.Name, dayOf(now))
	why := ""
	switch b := s.PerDay; {
	case b.Requests > 0 && spent.Requests >= b.Requests:
		why = fmt.Sprintf("%d of today's %d requests are spent", spent.Requests, b.Requests)
	case b.Bytes > 0 && spent.Bytes >= b.Bytes:
		why = fmt.Sprintf("%s of today's %s are spent", megabytes(spent.Bytes), megabytes(b.Bytes))
	default:
		return rest{}, false
	}
	end := tomorrow(now)
	return rest{end, daysBudget, why + ": it goes on at " + on(end, now)}, true
}

func (s *Site) zone() *time.Location {
	if s.Zone == nil {
		return time.Local
	}
	return s.Zone
}

func dayOf(t time.Time) string { return t.Format(time.DateOnly) }

// tomorrow is when the next day begins, which in some zones is at one o'clock
// on the day on which the clock is put forward.
func tomorrow(t time.Time) time.Time {
	y, m, d := t.Date()
	next := time.Date(y, m, d+1, 0, 0, 0, 0, t.Location())
	for dayOf(next) == dayOf(t) { // midnight does not happen, and Date took the hour before
		next = next.Add(time.Minute)
	}
	return next
}

// on is a time of the day with its zone, and its date when that is not today's.
func on(t, now time.Time) string {
	format := "15:04"
	if t.Sub(now) > 24*time.Hour {
		format = "2006-01-02 15:04"
	}
	zone := t.Location().String()
	if t.Location() == time.Local {
		zone, _ = t.Zone()
	}
	return t.Format(format) + " " + zone
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// A ledger is what sites were asked for today, as far as this process knows:
// of each politeness group what the frontier keeps, and what a lease that is
// out has spent since.
type ledger struct {
	mu    sync.Mutex
	sites map[string]map[string]frontier.Spending // by site and group
}

// of is what all groups together spent for a site on a day.
func (l *ledger) of(site, day string) (sum frontier.Spending) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.sites[site] {
		if s.Day == day {
			sum.Requests += s.Requests
			sum.Bytes += s.Bytes
		}
	}
	return sum
}

// learn takes over what a group is known to have spent.
func (l *ledger) learn(group string, spent map[string]frontier.Spending) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sites == nil {
		l.sites = map[string]map[string]frontier.Spending{}
	}
	for site, s := range spent {
		if l.sites[site] == nil {
			l.sites[site] = map[string]frontier.Spending{}
		}
		if old := l.sites[site][group]; old.Day != s.Day || old.Requests < s.Requests || old.Bytes < s.Bytes {
			l.sites[site][group] = s
		}
	}
}

// recall learns from the frontier what a site was asked for before this
// process began, and by others.
func (c *Crawler) recall(ctx context.Context, s *Site) error {
	if s.PerDay == (Budget{}) {
		return nil
	}
	stats, err := c.o.Frontier.Stats(ctx, []string{s.Name})
	if err != nil {
		return err
	}
	for _, g := range stats.Groups {
		c.ledger.learn(g.Name, g.Spent)
	}
	return nil
}

// spend notes that a request of the turn's site was made, and what it took.
func (t *turn) spend(requests int, bytes int64) {
	if t.site == nil {
		return
	}
	day := dayOf(t.o.Now().In(t.site.zone()))
	c := &t.conduct
	if c.Spent == nil {
		c.Spent = map[string]frontier.Spending{}
	}
	s := c.Spent[t.site.Name]
	if s.Day != day {
		s = frontier.Spending{Day: day}
	}
	s.Requests += requests
	s.Bytes += bytes
	c.Spent[t.site.Name] = s
	t.ledger.learn(t.lease.Group, map[string]frontier.Spending{t.site.Name: s})
}

// forget drops the spendings of days that are over for everybody, so that a
// group does not carry along each site that was ever asked through it.
func forget(spent map[string]frontier.Spending, now time.Time) {
	over := dayOf(now.Add(-48 * time.Hour))
	for site, s := range spent {
		if s.Day < over {
			delete(spent, site)
		}
	}
}
