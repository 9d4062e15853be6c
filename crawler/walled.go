package crawler

import (
	"fmt"
	"time"

	"pressmark/crawler/frontier"
)

// longestOff is the longest that a group is left alone for its walls, which it
// is for longer each time that it shows nothing else.
const longestOff = 4 * time.Hour

// walled settles a page in whose place a wall stood. A group that shows one
// wall after the other is left alone for a while: more requests open no wall.
func (v *visit) walled(why string) {
	v.outcome.Result, v.outcome.Error = frontier.Walled, why
	group := v.item.Group
	v.mu.Lock()
	defer v.mu.Unlock()
	v.walls[group]++
	if v.walls[group] < tooMany {
		return
	}
	v.Crawler.mu.Lock()
	pause := whileOff
	for n := v.Crawler.walled[group]; n > 0 && pause < longestOff; n-- {
		pause *= 2
	}
	v.Crawler.walled[group]++
	v.Crawler.mu.Unlock()
	v.block = wholeMicro(v.o.Now().Add(min(pause, longestOff)))
	v.blockWhy = fmt.Sprintf("%d pages in a row were walls (%s)", v.walls[group], why)
	v.site.blocked[group] = v.blockWhy + ", left alone until " + v.block.UTC().Format(time.RFC3339)
	delete(v.walls, group)
}

// open notes that the item's group shows a page.
func (v *visit) open() {
	v.mu.Lock()
	delete(v.walls, v.item.Group)
	v.mu.Unlock()
	v.Crawler.mu.Lock()
	delete(v.Crawler.walled, v.item.Group)
	v.Crawler.mu.Unlock()
}
