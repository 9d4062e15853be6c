package archive

// A raw dictionary is a text to point into. Ours is made of the passages that
// several pages have in common, and of nothing else: that is the site's
// template, which the next page has too, and it is no one page's own words,
// which must be forgotten with that page when it is taken down.

// sharedRules say what passages are shared.
type sharedRules struct {
	window int // a passage's shortest length: any stretch of so many bytes of it stands in as many pages as
	pages  int // this, at least
	max    int // bytes of all passages
}

// maxWindows bounds the memory of shared: 8 bytes each. What they have no room
// for comes up last, and would be in few pages.
const maxWindows = 1 << 20

// A window is one stretch of bytes, by its hash.
type window struct {
	tag   uint32 // 0: free
	pages uint16 // how many have it, and whether it is taken
	last  uint16 // the page that had it last, counted from 1
}

const taken = 1 << 15

// shared gives the passages that the pages have in common, those of the last
// page last. There may be 30,000 of them. Windows are told apart by what they hash to:
// two in a billion are taken for the same.
func shared(pages [][]byte, r sharedRules) []byte {
	seen := newWindows(pages, r.window)
	if seen == nil {
		return nil
	}
	for n, page := range pages {
		seen.count(n, page, r.window)
	}
	var parts [][]byte
	room := r.max
	for n := len(pages) - 1; n >= 0 && room > 0; n-- {
		part := seen.passages(pages[n], r, room)
		parts = append(parts, part)
		room -= len(part)
	}
	content := make([]byte, 0, r.max-room)
	for n := len(parts) - 1; n >= 0; n-- {
		content = append(content, parts[n]...)
	}
	return content
}

// count notes that page n has its windows.
func (s *windows) count(n int, page []byte, length int) {
	eachWindow(page, length, func(_ int, h uint64) {
		w := s.find(h)
		if w == nil {
			return
		}
		if w.tag == 0 {
			s.left--
			w.tag = tag(h)
		}
		if w.last != uint16(n+1) {
			w.last = uint16(n + 1)
			w.pages++
		}
	})
}

// passages gives the stretches of a page that are shared and not yet taken,
// each with a zero byte behind it: side by side they might say what no other
// page does.
func (s *windows) passages(page []byte, r sharedRules, room int) []byte {
	var part []byte
	var mine []*window
	from, to := 0, 0 // the passage being made
	flush := func() {
		if fits := min(to-from, room-len(part)-1); fits >= r.window {
			part = append(append(part, page[from:from+fits]...), 0)
		}
	}
	eachWindow(page, r.window, func(at int, h uint64) {
		w := s.find(h)
		if w == nil || w.tag == 0 || w.pages&taken != 0 || int(w.pages) < r.pages {
			return
		}
		mine = append(mine, w)
		if at+r.window != to+1 {
			flush()
			from = at
		}
		to = at + r.window
	})
	flush()
	for _, w := range mine { // not before: a page repeats itself, and passages should stay whole
		w.pages |= taken
	}
	return part
}

type windows struct {
	list []window
	left int // that may still be filled
}

func newWindows(pages [][]byte, length int) *windows {
	total := 0
	for _, page := range pages {
		total += max(0, len(page)-length+1)
	}
	if total == 0 {
		return nil
	}
	size := 1 << 10
	for size < 2*total && size < maxWindows {
		size *= 2
	}
	return &windows{list: make([]window, size), left: size / 4 * 3}
}

// find gives the place of a window, taken by it or free; nil when there is no
// more room, and then it is not shared as far as we know.
func (s *windows) find(h uint64) *window {
	mask := len(s.list) - 1
	for at := int(h>>32) & mask; ; at = (at + 1) & mask {
		w := &s.list[at]
		if w.tag == tag(h) {
			return w
		}
		if w.tag == 0 {
			if s.left == 0 {
				return nil
			}
			return w
		}
	}
}

func tag(h uint64) uint32 { return uint32(h) | 1 }

// eachWindow calls f with the hash of every stretch of so many bytes.
func eachWindow(b []byte, length int, f func(at int, h uint64)) {
	const prime = 0x9E3779B185EBCA87
	if len(b) < length {
		return
	}
	out := uint64(1) // what the byte that leaves the window was multiplied with
	for range length {
		out *= prime
	}
	h := uint64(0)
	for i, c := range b {
		h = h*prime + uint64(c) + 1
		if i >= length {
			h -= (uint64(b[i-length]) + 1) * out
		}
		if i >= length-1 {
			mixed := (h ^ h>>29) * prime
			f(i-length+1, mixed^mixed>>32)
		}
	}
}
