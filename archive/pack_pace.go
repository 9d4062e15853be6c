package archive

import (
	"runtime"
	"sync/atomic"
	"time"
)

// A pace tells whether captures come faster than they can be packed well.
type pace struct {
	waiting atomic.Int64 // captures that are to be stored
	crowded atomic.Int64 // when too many did last, in nanoseconds
}

// swing is for how long a crawl is taken to be in full swing when too many
// captures have waited at once: what they show is packed after them.
const swing = 2 * time.Second

func (p *pace) begin() {
	if p.waiting.Add(1) > int64(2*runtime.GOMAXPROCS(0)) {
		p.crowded.Store(time.Now().UnixNano())
	}
}

func (p *pace) end() { p.waiting.Add(-1) }

// hasty tells whether more captures wait to be stored than two for each
// processor, or did a moment ago.
func (p *pace) hasty() bool {
	last := p.crowded.Load()
	return last != 0 && time.Since(time.Unix(0, last)) < swing
}
