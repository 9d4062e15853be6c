package archive

import (
	"slices"
	"sync"
)

// Whoever follows the captures as they come in reads each body soon after it
// was stored. So the last ones are kept at hand for the first who asks, as they
// were packed: to unpack them would give the same bytes.

// maxFresh is how many bytes of bodies are kept at hand.
const maxFresh = 8 << 20

// fresh are bodies that nobody has read yet.
type fresh struct {
	mu     sync.Mutex
	bodies map[Seq][]byte
	order  []Seq // of bodies, the oldest first, and of some that were taken
	size   int
}

// put keeps the body of a capture that was stored. It must not be altered.
func (f *fresh) put(seq Seq, body []byte) {
	if len(body) > maxFresh/8 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.bodies == nil {
		f.bodies = map[Seq][]byte{}
	}
	f.bodies[seq] = body
	f.order = append(f.order, seq)
	f.size += len(body)
	gone := 0
	for ; f.size > maxFresh || gone < len(f.order) && f.bodies[f.order[gone]] == nil; gone++ {
		f.drop(f.order[gone])
	}
	f.order = slices.Delete(f.order, 0, gone)
}

// take gives a body, once.
func (f *fresh) take(seq Seq) ([]byte, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	body, found := f.bodies[seq]
	f.drop(seq)
	return body, found
}

func (f *fresh) drop(seq Seq) {
	f.size -= len(f.bodies[seq])
	delete(f.bodies, seq)
}
