package archive

import (
	"runtime"
	"sync"
)

// The first text of a page is packed beside the transaction that stores it,
// since that takes longer than all the rest. It is put into its place when
// someone wants to look at the texts, or the transaction ends.

// mostLater is how many texts may be on their way.
const mostLater = 64

// A laterText is a text on its way.
type laterText struct {
	key     []byte
	content []byte
	packed  chan struct{} // closed when frame or err is there
	frame   frame
	err     error
}

// A packing is the texts of a transaction that wait to be packed, and how many
// goroutines are at it. They end when there are no more.
type packing struct {
	s       *Store
	mu      sync.Mutex
	waiting []*laterText
	working int
}

func (p *packing) add(t *laterText) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = append(p.waiting, t)
	if p.working < runtime.GOMAXPROCS(0) {
		p.working++
		go p.work()
	}
}

func (p *packing) work() {
	for {
		p.mu.Lock()
		if len(p.waiting) == 0 {
			p.working--
			p.mu.Unlock()
			return
		}
		t := p.waiting[0]
		p.waiting = p.waiting[1:]
		p.mu.Unlock()
		t.frame, t.err = p.s.wholeText(t.content)
		close(t.packed)
	}
}

// putLater stores a whole text, which is not altered any more.
func (tx *Tx) putLater(key, content []byte) {
	if tx.packing == nil {
		tx.packing = &packing{s: tx.s}
	}
	t := &laterText{key: key, content: content, packed: make(chan struct{})}
	tx.packing.add(t)
	tx.later = append(tx.later, t)
	if len(tx.later) > mostLater {
		tx.settle(mostLater / 2)
	}
}

// settle puts the first n texts that are on their way into their places. When
// that fails the transaction can't be committed.
func (tx *Tx) settle(n int) {
	list := tx.later[:n]
	tx.later = tx.later[n:]
	for _, t := range list {
		<-t.packed
		err := t.err
		if err == nil {
			t.frame.kind = kindText
			err = tx.put(bucketTexts, t.key, appendFrame(nil, t.key, t.frame))
		}
		if err != nil {
			if tx.broken == nil {
				tx.broken = err
			}
			return
		}
		tx.state.textBytes += int64(len(t.content))
		tx.state.textStored += int64(len(t.frame.payload))
	}
}
