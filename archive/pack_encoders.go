package archive

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Encoders are large: their tables and what they can look back take up to 10
// MB. So no more are at work than there are processors, however many want to
// pack.

func encoder(level zstd.EncoderLevel, o ...zstd.EOption) (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, append([]zstd.EOption{zstd.WithEncoderLevel(level), zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true)}, o...)...)
}

// seats are the places of those who pack at once.
type seats struct {
	once  sync.Once
	taken chan struct{}
}

// take waits for a place, and gives what gives it back.
func (s *seats) take() (leave func()) {
	s.once.Do(func() { s.taken = make(chan struct{}, runtime.GOMAXPROCS(0)) })
	s.taken <- struct{}{}
	return s.leave
}

func (s *seats) leave() { <-s.taken }

// encoders are those of one kind; they are forgotten when nobody wants them for
// a while. Who takes one has a seat.
type encoders struct{ idle sync.Pool }

// take gives an encoder for so much, with its dictionary: one that can look back
// over a window where that is enough, else one that is not kept.
func (k *encoders) take(level zstd.EncoderLevel, window, length int) (*zstd.Encoder, error) {
	var o []zstd.EOption
	if length <= window {
		if enc, _ := k.idle.Get().(*zstd.Encoder); enc != nil {
			return enc, nil
		}
		o = append(o, zstd.WithWindowSize(window))
	}
	enc, err := encoder(level, o...)
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	return enc, nil
}

// give puts an encoder back.
func (k *encoders) give(enc *zstd.Encoder, window, length int) {
	if length <= window {
		k.idle.Put(enc)
	}
}

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
