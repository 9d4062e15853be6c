package crawler

import (
	"fmt"
	"time"

	"pressmark/crawler/frontier"
)

// walled settles a page in whose place a wall stood. A group that shows one
// wall after the other is left alone for a while, which is longer each time
// that it shows nothing else: more requests open no wall.
func (v *visit) walled(why string) {
	v.outcome.Result, v.outcome.Error = frontier.Walled, why
	c := &v.turn.conduct
	if c.Walls++; c.Walls < tooMany {
		return
	}
	v.leave(v.o.Now().Add(grown(whileOff, c.Walled)), fmt.Sprintf("%d pages in a row were walls (%s)", c.Walls, why))
	c.Walled++
	c.Walls = 0
}

// leave has the item's group left alone until a time.
func (v *visit) leave(until time.Time, why string) {
	v.block, v.blockWhy = wholeMicro(until), why
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site.blocked[v.item.Group] = leftAlone(why, v.site.moment(v.block))
}

func leftAlone(why, until string) string { return why + ", left alone until " + until }

// moment is a time on the site's own clock, in a sentence that is kept: with
// its zone, whoever reads it.
func (s *Site) moment(t time.Time) string { return t.In(s.zone()).Format("2006-01-02 15:04:05 MST") }
