package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"pressmark/crawler"
	"pressmark/schedules"
)

// pausesName is the file of an archive's folder in which it stands which sites
// are paused: a line of JSON for each pause and for each end of one, of which
// the last one of a site counts. Lines are only ever added, so that several
// may do it at the same time, beside whoever crawls.
const pausesName = "pauses.jsonl"

// maxPauses is the largest file of pauses that is read.
const maxPauses = 16 << 20

type pauseObject struct {
	Schema int       `json:"schema"`
	Site   string    `json:"site"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until,omitzero"` // missing while it lasts
	Why    string    `json:"why,omitempty"`
}

// parsePauses reads a file of pauses: the last one of each site. What is no
// line of it, as one that was cut off, is passed over.
func parsePauses(b []byte) map[string]schedules.Pause {
	list := map[string]schedules.Pause{}
	for row := range bytes.Lines(b) {
		var o pauseObject
		if json.Unmarshal(row, &o) == nil && o.Schema == 1 && o.Site != "" {
			list[o.Site] = schedules.Pause{Since: o.Since, Until: o.Until, Why: o.Why}
		}
	}
	return list
}

// pauses are the last pauses of the sites, which may be over.
func (c *cli) pauses(conf *config) (map[string]schedules.Pause, error) {
	b, err := c.read(filepath.Join(c.folderOf(conf), pausesName), maxPauses)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read which sites are paused: %w", err)
	}
	return conf.pauses(parsePauses(b)), nil
}

// pauses adds those sites that the file pauses to others.
func (c *config) pauses(list map[string]schedules.Pause) map[string]schedules.Pause {
	for _, s := range c.Sites {
		if s.Paused {
			list[s.name()] = schedules.Pause{Why: "by " + filepath.Base(c.path)}
		}
	}
	return list
}

// folderOf is the archive's folder.
func (c *cli) folderOf(conf *config) string {
	if c.archive != "" {
		return c.archive
	}
	return conf.Archive
}

// addPause writes a pause of a site, or the end of one.
func addPause(dir, site string, p schedules.Pause) error {
	b, err := json.Marshal(pauseObject{1, site, p.Since, p.Until, p.Why})
	if err != nil {
		return fmt.Errorf("pause %s: %w", site, err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("pause %s: %w", site, err)
	}
	f, err := os.OpenFile(filepath.Join(dir, pausesName), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return fmt.Errorf("pause %s: %w", site, err)
	}
	_, err = f.Write(append(append([]byte("\n"), b...), '\n')) // after one that was cut off, too
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("pause %s: %w", site, err)
	}
	return nil
}

// unpaused leaves out sites that are paused now, and says which.
func (c *cli) unpaused(conf *config, sites []crawler.Site) ([]crawler.Site, error) {
	list, err := c.pauses(conf)
	if err != nil {
		return nil, err
	}
	var left []crawler.Site
	for _, s := range sites {
		if p, ok := list[s.Name]; ok && p.Holds(time.Now()) {
			c.say("left out: %s is %s", s.Name, shownPause(p, conf.zone))
			continue
		}
		left = append(left, s)
	}
	if len(left) == 0 && len(sites) > 0 {
		return nil, hint(errors.New("all sites are paused"), "pressmark site resume ends a pause; a site that is named is crawled all the same")
	}
	return left, nil
}

// shownPause says of a pause since when, until when, and why.
func shownPause(p schedules.Pause, zone *time.Location) string {
	s := "paused"
	if !p.Since.IsZero() {
		s += " since " + clock(p.Since, zone)
	}
	if !p.Until.IsZero() {
		s += " until " + clock(p.Until, zone)
	}
	if p.Why != "" {
		s += ": " + line(p.Why)
	}
	return s
}

// whyPaused is why a site is paused, for JSON; "" when it isn't.
func whyPaused(p schedules.Pause, paused bool) string {
	if !paused {
		return ""
	}
	return p.Why
}

// A pauseWatch tells a daemon which schedules are paused: it looks at the file
// each time that it is asked, and reads it when it has grown.
type pauseWatch struct {
	path string
	conf func() *config
	log  func(error)

	mu    sync.Mutex
	size  int64
	found map[string]schedules.Pause
}

// of gives the last pause of a schedule.
func (w *pauseWatch) of(name string) (schedules.Pause, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	size := int64(0)
	info, err := os.Stat(w.path)
	if err == nil {
		size = info.Size()
	}
	if err == nil && size != w.size && size <= maxPauses {
		var b []byte
		if b, err = os.ReadFile(w.path); err == nil {
			w.size, w.found = size, parsePauses(b)
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.log(err) // what was known holds
	}
	list := map[string]schedules.Pause{}
	if p, ok := w.found[name]; ok {
		list[name] = p
	}
	p, ok := w.conf().pauses(list)[name]
	return p, ok
}
