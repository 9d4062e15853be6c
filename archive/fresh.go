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
	bodies map[Seq]freshBody
	order  []Seq // of bodies, the oldest first, and of some that were taken
	size   int
}

type freshBody struct {
	digest Digest
	sum    uint32 // of the body, to know it again: a digest takes longer than all the rest
	body   []byte
}

// put keeps the body of a capture that was stored. It must not be altered.
func (f *fresh) put(seq Seq, digest Digest, body []byte) {
	if len(body) > maxFresh/8 {
		return
	}
	b := freshBody{digest, checksum(digest[:], body), body}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.bodies == nil {
		f.bodies = map[Seq]freshBody{}
	}
	f.bodies[seq] = b
	f.order = append(f.order, seq)
	f.size += len(body)
	gone := 0
	for ; f.size > maxFresh || gone < len(f.order) && f.bodies[f.order[gone]].body == nil; gone++ {
		f.drop(f.order[gone])
	}
	f.order = slices.Delete(f.order, 0, gone)
}

// take gives a body, once, if it is the one of a digest and as it was.
func (f *fresh) take(seq Seq, digest Digest) ([]byte, bool) {
	f.mu.Lock()
	b, found := f.bodies[seq]
	f.drop(seq)
	f.mu.Unlock()
	return b.body, found && b.digest == digest && b.sum == checksum(digest[:], b.body)
}

func (f *fresh) drop(seq Seq) {
	f.size -= len(f.bodies[seq].body)
	delete(f.bodies, seq)
}
