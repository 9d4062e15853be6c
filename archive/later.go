package archive

import "runtime"

// The first text of a page is packed beside the transaction that stores it,
// since that takes longer than all the rest. It is put into its place when
// someone wants to look at the texts, or the transaction ends.

// mostLater is how many texts may be on their way.
const mostLater = 32

// A laterText is a text on its way.
type laterText struct {
	key    []byte
	size   int
	packed chan struct{} // closed when frame or err is there
	frame  frame
	err    error
}

// putLater stores a whole text, which is not altered any more.
func (tx *Tx) putLater(key, content []byte) {
	if tx.packers == nil { // the transaction itself keeps one core busy
		tx.packers = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1))
	}
	packers := tx.packers
	t := &laterText{key: key, size: len(content), packed: make(chan struct{})}
	go func() {
		defer close(t.packed)
		packers <- struct{}{}
		defer func() { <-packers }()
		t.frame, t.err = tx.s.wholeText(content)
	}()
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
		tx.state.textBytes += int64(t.size)
		tx.state.textStored += int64(len(t.frame.payload))
	}
}
