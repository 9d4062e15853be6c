package fetch

import (
	"bytes"
	"fmt"
	"io"
	"sync"
	"time"
)

// counted counts what comes over the network and remembers how it ended, so
// that a broken connection is not taken for a broken encoding.
type counted struct {
	r    io.Reader
	n    *int64
	rate *rate // may be nil
	err  error
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.n += int64(n)
	if err == nil && c.rate != nil {
		err = c.rate.check(*c.n)
	}
	if err != nil {
		c.err = err
	}
	return n, err
}

// slowStart is how long a body may come as slowly as it likes.
const slowStart = 10 * time.Second

// A rate is how fast a body must come at the least, on the whole. A server
// that sends a byte a second would else hold its group for the whole timeout,
// with an answer that never ends.
type rate struct {
	least int64 // bytes a second
	start time.Time
	now   func() time.Time
}

func (r *rate) check(n int64) error {
	took := r.now().Sub(r.start)
	if took > slowStart && float64(n) < took.Seconds()*float64(r.least) {
		return fmt.Errorf("%w: %d bytes in %v", ErrTooSlow, n, took.Round(time.Second))
	}
	return nil
}

// body is a decoded body under its limits.
type body struct {
	decoded  io.ReadCloser
	wire     *counted
	maxBytes int64
	maxRatio int64
	size     int64
}

// ratioFree is how far any body may inflate: a small page of blanks is no
// attack.
const ratioFree = 1 << 20

func (b *body) Read(p []byte) (int, error) {
	n, err := b.decoded.Read(p)
	b.size += int64(n)
	if b.size > ratioFree && b.size > b.maxRatio*(*b.wire.n) {
		return n, fmt.Errorf("%w: %d bytes received, %d after %d times as many", ErrBomb, *b.wire.n, b.size, b.maxRatio)
	}
	if b.size > b.maxBytes {
		return n, fmt.Errorf("%w: more than the %d bytes allowed", ErrTooLarge, b.maxBytes)
	}
	if err != nil && err != io.EOF && b.wire.err != nil && b.wire.err != io.EOF {
		err = b.wire.err
	}
	return n, err
}

// buffers are what bodies are gathered in: they grow once, and what leaves
// them has the size that it needs.
type buffers struct{ pool sync.Pool }

// maxKept is the largest buffer that is kept for another body.
const maxKept = 1 << 20

func (b *buffers) gather(r io.Reader) ([]byte, error) {
	buf, ok := b.pool.Get().(*bytes.Buffer)
	if !ok {
		buf = bytes.NewBuffer(make([]byte, 0, 64<<10))
	}
	defer func() {
		if buf.Cap() <= maxKept {
			buf.Reset()
			b.pool.Put(buf)
		}
	}()
	if _, err := buf.ReadFrom(r); err != nil {
		return nil, err
	}
	return bytes.Clone(buf.Bytes()), nil
}
