package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pressmark/archive"
)

// A tombstoneObject is what was, or would be, taken down, as JSON.
type tombstoneObject struct {
	ID        string     `json:"id"`
	URL       string     `json:"url,omitempty"`
	Site      string     `json:"site,omitempty"`
	Version   int        `json:"version,omitempty"`
	Done      bool       `json:"done"`
	At        *time.Time `json:"at,omitempty"`
	By        string     `json:"by"`
	Reason    string     `json:"reason"`
	Refused   bool       `json:"refused"`
	Digests   []string   `json:"digests,omitempty"`
	Captures  int        `json:"captures"`
	Bodies    int        `json:"bodies"`
	BodyBytes int64      `json:"body_bytes"`
	Versions  int        `json:"versions"`
	Changes   int        `json:"changes"`
	Stories   int        `json:"stories"`
	Moved     int        `json:"moved"`
}

func tombstoneForm(t archive.Tombstone) tombstoneObject {
	r := t.Removed
	o := tombstoneObject{
		ID: t.Page.ID(), URL: t.URL, Site: t.Site, Version: t.Version, Done: !t.Done.IsZero(), By: t.By, Reason: t.Reason,
		Refused: t.Version == 0 && t.Lifted.IsZero(), Captures: r.Captures, Bodies: r.Bodies, BodyBytes: r.BodyBytes,
		Versions: r.Versions, Changes: r.Changes, Stories: r.Stories, Moved: r.Moved,
	}
	if !t.At.IsZero() {
		at := t.At.UTC()
		o.At = &at
	}
	for _, d := range t.Digests {
		o.Digests = append(o.Digests, d.String())
	}
	return o
}

// nameOfTombstone names what a tombstone stands for.
func nameOfTombstone(t archive.Tombstone) string {
	id := t.Page.ID()[:8]
	if t.Version > 0 {
		id += fmt.Sprintf("@%d", t.Version)
	}
	url := t.URL
	if url == "" {
		url = string(t.Page)
	}
	return id + "  " + line(url)
}

// removal says in words what goes.
func removal(r archive.Removal) string {
	parts := []string{count(r.Captures, "capture")}
	if r.Bodies > 0 {
		parts[0] += fmt.Sprintf(" (%s of originals)", bytesOf(r.BodyBytes))
	}
	if r.Versions > 0 {
		parts = append(parts, count(r.Versions, "version"))
	}
	if r.Changes > 0 {
		parts = append(parts, count(r.Changes, "change"))
	}
	if r.Stories > 0 {
		parts = append(parts, "its part in "+count(r.Stories, "story"))
	}
	return strings.Join(parts, ", ")
}

func (c *cli) printTakedown(store *archive.Store, t archive.Takedown, o takedownOptions) error {
	for _, x := range t.Tombstones {
		var err error
		if c.json {
			err = object(c.out, tombstoneForm(x))
		} else {
			head := "would go "
			if o.yes {
				head = "taken down"
			}
			_, err = fmt.Fprintf(c.out, "%s  %s\n            %s\n", pad(head, 10), nameOfTombstone(x), removal(x.Removed))
		}
		if err != nil {
			return err
		}
	}
	c.printBesides(store, t)
	if !o.yes {
		c.say("files written anew: %s", strings.Join(t.Files, ", "))
		c.say("nothing was done: --yes does it, and it can't be undone")
		return nil
	}
	c.say("backups, exports and reports made before still hold it: delete or redo those that you have")
	return nil
}

// maxStays is how many things of a kind are named that stay.
const maxStays = 20

// printBesides tells what stays and has to do with what goes.
func (c *cli) printBesides(store *archive.Store, t archive.Takedown) {
	told := func(n int, what string) bool {
		if n == maxStays {
			c.say("stays: and more pages: %s", what)
		}
		return n < maxStays
	}
	for i, key := range t.Shared {
		if told(i, "with the same bytes") {
			c.say("stays: %.8s  %s: it showed the same bytes, and keeps them (--everywhere takes it down, too)", key.ID(), key)
		}
	}
	for i, key := range t.Led {
		if told(i, "that led to it") {
			c.say("stays: %.8s  %s: it once led to what goes; look whether it shows the same", key.ID(), key)
		}
	}
	for i, v := range t.Told {
		if !told(i, "in the same story") {
			break
		}
		url := string(v.Page)
		_ = store.View(func(tx *archive.Tx) error {
			b, err := tx.Brief(v)
			if err == nil {
				url = b.URL
			}
			return err
		})
		c.say("stays: %s  %s: it tells the same story", v, line(url))
	}
	if t.Snapshots {
		c.say("older states of archive.db, in snapshots/, go too")
	}
}

// printTombstones lists what was taken down.
func (c *cli) printTombstones(ctx context.Context, store *archive.Store) error {
	n, zone := 0, c.zone()
	for t, err := range store.Tombstones(ctx) {
		if err != nil {
			return err
		}
		n++
		if c.json {
			if err := object(c.out, tombstoneForm(t)); err != nil {
				return err
			}
			continue
		}
		state := ""
		switch {
		case t.Done.IsZero():
			state = "  " + c.out.style(red, "not finished: some file may still hold it")
		case !t.Lifted.IsZero() && t.Version == 0:
			state = "  may be archived again"
		}
		if _, err := fmt.Fprintf(c.out, "%s  %s\n    %s, by %s: %s%s\n", clock(t.At, zone), nameOfTombstone(t), removal(t.Removed), line(t.By), line(t.Reason), state); err != nil {
			return err
		}
	}
	if n == 0 {
		c.say("nothing was taken down")
	}
	return nil
}
