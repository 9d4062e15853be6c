package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"pressmark/archive"
)

// archive looks at what the archive holds and tells: also of the sites.
func (x *examination) archive(ctx context.Context, store *archive.Store) error {
	st, err := store.Stats()
	if err != nil {
		return err
	}
	x.fine("archive", "%s: %s, %s, %s", x.dir, count(st.Captures, "capture"), count(st.Versions, "version"), bytesOf(st.Catalog+st.Raw))
	m, err := readRhythms(ctx, store, x.now)
	if err != nil {
		return err
	}
	x.daemon(m)
	const most = 10_000
	waiting, err := unread(ctx, store, most)
	if err != nil {
		return err
	}
	switch {
	case waiting == 0:
	case x.c.host != nil && waiting < 1000:
		x.fine("ingest", "%s wait to be read, which is being done", count(waiting, "capture"))
	case x.c.host != nil:
		x.attention("ingest", "the machine is too slow for so many pages, or the disk is: fewer sites, longer delays", "%s wait to be read", count(waiting, "capture"))
	default:
		x.attention("ingest", "the next pressmark crawl or run reads them", "%s wait to be read: a crawl or reextract was cut off", count(waiting, "capture"))
	}
	if err := x.growth(store, st); err != nil {
		return err
	}
	x.sites(m)
	return nil
}

// daemon tells whether the crawls go on.
func (x *examination) daemon(m rhythms) {
	last := time.Time{}
	for _, r := range m {
		if r.lastRun.After(last) {
			last = r.lastRun
		}
	}
	when := "nothing was crawled in 28 days"
	if !last.IsZero() {
		when = "the last crawl was at " + clock(last, x.conf.zone)
	}
	switch {
	case len(x.conf.sites()) == 0:
	case x.c.host != nil:
		x.fine("daemon", "%s is at work; %s", x.c.host.holder, when)
	default:
		x.attention("daemon", "pressmark run crawls on schedule; let the system start it (systemd, launchd)", "pressmark run is not at work; %s", when)
	}
	if last.After(x.now.Add(time.Minute)) {
		x.attention("clock", "set the clock, by NTP best", "the last crawl lies in the future, at %s: the clock was wrong then, or is now", clock(last, x.conf.zone))
	}
}

const (
	tightDays = 30      // of room, by the growth of the last week
	tightRoom = 2 << 30 // bytes
	noRoomYet = 200 << 20
)

// growth compares the room on the disk with how the archive grows.
func (x *examination) growth(store *archive.Store, st archive.Stats) error {
	free, all, err := diskRoom(x.dir)
	if err != nil {
		return nil // a system that does not tell
	}
	text := fmt.Sprintf("%s free of %s", bytesOf(free), bytesOf(all))
	perDay := 0.0
	if st.Captures > 100 {
		week := 0
		from := x.now.AddDate(0, 0, -7)
		for run, err := range store.Runs(context.Background(), archive.Filter{Newest: true}) {
			if err != nil {
				return err
			}
			if began(run).Before(from) {
				break
			}
			for _, n := range run.Sites {
				week += n.Pages
			}
		}
		days := min(7, max(1, x.now.Sub(st.Created).Hours()/24))
		perDay = float64(st.Catalog+st.Raw) * min(1, float64(week)/float64(st.Captures)) / days
	}
	left := 0.0
	if perDay > 0 {
		left = float64(free) / perDay
		text += fmt.Sprintf("; the archive grows by some %s a day: room for %s", bytesOf(int64(perDay)), count(int(min(left, 36500)), "day"))
	}
	const way = "a larger disk, pressmark prune for what need not stay, pressmark compact for what is free within"
	switch {
	case free < noRoomYet:
		x.failing("disk", way, "%s: crawls will wait for room", text)
	case free < tightRoom || perDay > 0 && left < tightDays:
		x.attention("disk", way, "%s", text)
	default:
		x.fine("disk", "%s", text)
	}
	for _, name := range []string{"archive.db", "frontier.db"} {
		if info, err := os.Stat(filepath.Join(x.dir, name)); err == nil && info.ModTime().After(x.now.Add(time.Minute)) {
			x.attention("clock", "set the clock, by NTP best: captures are evidence only with the right time", "%s was written at %s, which is yet to come", name, clock(info.ModTime(), x.conf.zone))
			break
		}
	}
	return nil
}

// sites tells of each that is not well.
func (x *examination) sites(m rhythms) {
	well := 0
	for _, s := range x.conf.sites() {
		r := m[s.Name]
		if r == nil || r.lastRun.IsZero() {
			x.attention("site", fmt.Sprintf("pressmark site test %q shows what would be found", s.Name), "%s was not crawled in 28 days", s.Name)
			continue
		}
		q, quiet := r.quiet(x.conf.zone)
		why := trouble(r.last)
		switch {
		case why != "":
			x.attention("site", fmt.Sprintf("pressmark site stats %q, pressmark site test %[1]q", s.Name), "%s: %s", s.Name, why)
		case quiet:
			x.attention("site", fmt.Sprintf("pressmark site test %q: has its feed moved?", s.Name), "%s is quiet: %s", s.Name, q)
		default:
			well++
		}
	}
	if well > 0 {
		x.fine("sites", "%s without trouble in the last crawl", count(well, "site"))
	}
}
