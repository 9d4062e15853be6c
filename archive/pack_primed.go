package archive

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Bodies are packed at a level higher than the default, for 5 % less; when many
// wait, at the default, which takes half of the time. With a dictionary the
// encoder first fills its tables from it, which takes longer than the page
// itself; so encoders are kept filled, the few used last. When many wait and
// none is filled the fastest level is good for a page: with a dictionary it
// finds nearly as much, and filling its tables takes next to nothing.
const (
	bodyLevel  = zstd.SpeedBetterCompression
	hastyLevel = zstd.SpeedDefault
	// bodyWindow is what the encoders can look back. It bounds their memory, 10 MB
	// each with a dictionary: a dictionary and a page that are larger together
	// go to encoders of a larger window, which are not kept.
	bodyWindow = 2 << 20
	textWindow = 512 << 10 // for texts, whose encoders take 9 MB each
	// shortText is a text that the fastest level is good for: a better one packs
	// it a few bytes smaller in three times the time.
	shortText  = 2 << 10
	shortLevel = zstd.SpeedFastest
)

// primed are encoders that are filled with a dictionary.
type primed struct {
	mu     sync.Mutex
	idle   []*primedEncoder // the one used longest ago first
	missed int              // times that none was filled with what was wanted
}

type primedEncoder struct {
	dict uint64
	enc  *zstd.Encoder
}

// mostPrimed is how many are kept: as many as are at work at once.
func mostPrimed() int { return min(max(2, runtime.GOMAXPROCS(0)), 6) }

// take gives an encoder for a dictionary.
func (p *primed) take(level zstd.EncoderLevel, id uint64, dict []byte, window int) (*primedEncoder, error) {
	p.mu.Lock()
	at := len(p.idle) - 1
	for at >= 0 && p.idle[at].dict != id {
		at--
	}
	if at < 0 && len(p.idle) == mostPrimed() {
		at = 0
	}
	var e *primedEncoder
	if at >= 0 {
		e = p.idle[at]
		p.idle = append(p.idle[:at], p.idle[at+1:]...)
	}
	p.mu.Unlock()
	var err error
	switch {
	case e == nil:
		e = &primedEncoder{dict: id}
		e.enc, err = encoder(level, zstd.WithWindowSize(window), zstd.WithEncoderDictRaw(rawDict, dict))
	case e.dict != id:
		e.dict = id
		err = e.enc.ResetWithOptions(nil, zstd.WithEncoderDictRaw(rawDict, dict))
	}
	return e, err
}

// give puts an encoder back.
func (p *primed) give(e *primedEncoder) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.idle = append(p.idle, e); len(p.idle) > mostPrimed() {
		p.idle = append(p.idle[:0], p.idle[1:]...)
	}
}

// ready tells whether an encoder is filled with a dictionary, or should be: each
// that is asked for again and again comes to its turn.
func (p *primed) ready(id uint64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.idle {
		if e.dict == id {
			return true
		}
	}
	p.missed++
	return len(p.idle) < mostPrimed() || p.missed%refill == 0
}

// refill is how many pages with other dictionaries an encoder keeps its own for.
const refill = 8

// pack packs a content with the dictionary of a number.
func (p *primed) pack(seats *seats, level zstd.EncoderLevel, content []byte, id uint64, dict []byte, window int) ([]byte, error) {
	defer seats.take()()
	e, err := p.take(level, id, dict, window)
	if err != nil {
		return nil, fmt.Errorf("zstd with dictionary %d: %w", id, err)
	}
	packed := e.enc.EncodeAll(content, make([]byte, 0, len(content)/4+64))
	p.give(e)
	return packed, nil
}

// packBodyWith packs a page with the dictionary of a number; codec and ref are the caller's.
func (p *packer) packBodyWith(content []byte, id uint64, dict []byte) ([]byte, error) {
	switch {
	case len(content)+len(dict) > bodyWindow:
		return p.packPair(content, dict)
	case !p.pace.hasty():
		return p.keptBodies.pack(&p.seats, bodyLevel, content, id, dict, bodyWindow)
	case p.keptHasty.ready(id):
		return p.keptHasty.pack(&p.seats, hastyLevel, content, id, dict, bodyWindow)
	}
	return p.packWith(&p.quick, zstd.SpeedFastest, bodyWindow, content, dict)
}

// packTextWith packs an article with the dictionary of a number; codec and ref are the caller's.
func (p *packer) packTextWith(content []byte, id uint64, dict []byte) ([]byte, error) {
	if len(content)+len(dict) > textWindow {
		return p.packPair(content, dict)
	}
	if len(content) <= shortText || p.pace.hasty() {
		return p.keptShort.pack(&p.seats, shortLevel, content, id, dict, textWindow)
	}
	return p.keptTexts.pack(&p.seats, bodyLevel, content, id, dict, textWindow)
}

// packRecordWith packs a capture's record with the dictionary of a number; codec
// and ref are the caller's.
func (p *packer) packRecordWith(content []byte, id uint64, dict []byte) ([]byte, error) {
	if len(content)+len(dict) > textWindow || !p.keptRecord.ready(id) {
		return p.packText(content, dict)
	}
	return p.keptRecord.pack(&p.seats, shortLevel, content, id, dict, textWindow)
}

// packBody gives the frame of a page without kind, packed by itself.
func (p *packer) packBody(content []byte) (frame, error) {
	if len(content) > bodyWindow || p.pace.hasty() {
		return p.packPlain(&p.plain, hastyLevel, content)
	}
	return p.packPlain(&p.pages, bodyLevel, content)
}
