package archive

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Setting an encoder up costs more than packing a small record, and filling its
// tables from a dictionary more than packing a page. But encoders are large:
// their tables and what they can look back take up to 10 MB. So no more are at
// work than there are processors, however many want to pack, and those at rest
// are kept by weight, with their tables filled, the ones used last.
const (
	// smallWindow is what the encoders of most contents can look back: a page and
	// its dictionary. It takes memory, with a dictionary only.
	smallWindow = 256 << 10
	// largeWindow is that of the encoders of large contents; those of larger ones
	// still are not kept.
	largeWindow = 2 << 20

	restWeight = 16 << 20         // of the encoders at rest, for each processor
	restEach   = 2                // of one kind, for each processor
	restFor    = 20 * time.Second // until all are forgotten, when nobody packs
)

// A kind of encoders can stand in for one another, but for their dictionary.
type encoderKind struct {
	level  zstd.EncoderLevel
	window int // 0: as zstd has it
	dict   bool
}

// kindFor is what packs a content with a dictionary, or without.
func kindFor(level zstd.EncoderLevel, content, dict []byte) encoderKind {
	k := encoderKind{level: level, dict: len(dict) > 0}
	switch length := len(content) + len(dict); {
	case length <= smallWindow && level < zstd.SpeedBetterCompression: // whose tables outweigh any window
		k.window = smallWindow
	case length <= largeWindow:
		k.window = largeWindow
	}
	return k
}

// weight is about what an encoder takes.
func (k encoderKind) weight() int {
	tables := map[zstd.EncoderLevel]int{zstd.SpeedFastest: 256 << 10, zstd.SpeedDefault: 1280 << 10}[k.level]
	if tables == 0 {
		tables = 4160 << 10
	}
	const block = 256 << 10 // what a block at work takes
	switch {
	case k.dict:
		return 2*tables + k.window + 2*block
	case k.window == largeWindow: // it looks back
		return tables + k.window + block
	}
	return tables + block
}

// changing is the number of a dictionary that nobody else will pack with.
const changing = 0

// encoders are those at rest, and the seats of those at work.
type encoders struct {
	once  sync.Once
	seats chan struct{}

	mu      sync.Mutex
	resting []*restingEncoder // the one used longest ago first
	weight  int
	forget  *time.Timer
}

type restingEncoder struct {
	encoderKind
	id  uint64 // of its dictionary
	enc *zstd.Encoder
	out outlet
}

// An outlet is where an encoder writes.
type outlet struct{ b []byte }

func (p *outlet) Write(b []byte) (int, error) {
	p.b = append(p.b, b...)
	return len(b), nil
}

// pack packs a content with the dictionary of a number, or with none.
func (e *encoders) pack(level zstd.EncoderLevel, content []byte, id uint64, dict []byte) ([]byte, error) {
	e.once.Do(func() { e.seats = make(chan struct{}, runtime.GOMAXPROCS(0)) })
	e.seats <- struct{}{}
	defer func() { <-e.seats }()
	r := e.take(kindFor(level, content, dict), id)
	b, err := r.pack(content, id, dict)
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	e.rest(r)
	return b, nil
}

// take gives an encoder: the one that has the dictionary, or of those that have
// another the one used longest ago, or when there is room a new one.
func (e *encoders) take(k encoderKind, id uint64) *restingEncoder {
	e.mu.Lock()
	defer e.mu.Unlock()
	oldest, kin := -1, 0
	for i := len(e.resting) - 1; i >= 0; i-- {
		switch r := e.resting[i]; {
		case r.encoderKind != k:
		case r.id == id:
			return e.remove(i)
		default:
			oldest = i
			kin++
		}
	}
	if oldest >= 0 && (kin >= restEach*runtime.GOMAXPROCS(0) || e.weight+k.weight() > mostResting()) {
		return e.remove(oldest)
	}
	return &restingEncoder{encoderKind: k}
}

// remove takes one out of those at rest.
func (e *encoders) remove(i int) *restingEncoder {
	r := e.resting[i]
	e.resting = slices.Delete(e.resting, i, i+1)
	e.weight -= r.weight()
	return r
}

func mostResting() int { return restWeight * min(max(2, runtime.GOMAXPROCS(0)), 6) }

// rest puts an encoder back.
func (e *encoders) rest(r *restingEncoder) {
	if r.window == 0 {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.resting = append(e.resting, r)
	e.weight += r.weight()
	for e.weight > mostResting() && len(e.resting) > 1 {
		e.remove(0)
	}
	if e.forget == nil {
		e.forget = time.AfterFunc(restFor, e.drop)
	} else {
		e.forget.Reset(restFor)
	}
}

// drop forgets the encoders at rest.
func (e *encoders) drop() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.resting, e.weight = nil, 0
}

// pack packs a content. After an error the encoder is of no use.
func (r *restingEncoder) pack(content []byte, id uint64, dict []byte) ([]byte, error) {
	if !r.dict || r.window == 0 {
		if err := r.setUp(nil, dict); err != nil {
			return nil, err
		}
		return r.enc.EncodeAll(content, make([]byte, 0, len(content)/4+64)), nil
	}
	// As a stream: to be given another dictionary it fills the tables of its
	// stream, and EncodeAll has tables besides.
	var err error
	switch {
	case r.enc == nil:
		err = r.setUp(&r.out, dict)
	case r.id != id || id == changing:
		err = r.enc.ResetWithOptions(&r.out, zstd.WithEncoderDictRaw(rawDict, dict))
	default:
		r.enc.Reset(&r.out)
	}
	if err != nil {
		return nil, err
	}
	r.id = id
	_, err = r.enc.Write(content)
	err = errors.Join(err, r.enc.Close())
	b := r.out.b
	r.out.b = nil
	return b, err
}

// setUp makes the encoder, unless there is one.
func (r *restingEncoder) setUp(w io.Writer, dict []byte) (err error) {
	if r.enc != nil {
		return nil
	}
	o := []zstd.EOption{zstd.WithEncoderLevel(r.level), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true)}
	if r.window > 0 {
		o = append(o, zstd.WithWindowSize(r.window))
	}
	if r.dict {
		o = append(o, zstd.WithEncoderDictRaw(rawDict, dict))
	}
	r.enc, err = zstd.NewWriter(w, o...)
	return err
}
