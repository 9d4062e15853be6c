package archive

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// rawDict is the dictionary number in our zstd frames, none: every raw
// dictionary is the only one its decoder knows, and any zstd tool that is given
// it unpacks the frame. Schema 1 had numberedDict in each.
const (
	rawDict      = 0
	numberedDict = 1
)

// smallest is the length below which packing is not tried.
const smallest = 48

// A packer packs and unpacks contents with zstd. Setting an encoder up costs
// more than packing a small record, so they are kept. Levels: with a base the
// match finder's tables are filled anew for every record, which costs the
// default level 0.2 ms and the fastest 0.03 ms; on texts they find the same.
type packer struct {
	seats seats
	// Without a dictionary, for contents of bodyWindow at most.
	pages encoders // at bodyLevel
	plain encoders // at the default: pages that come too fast, records
	small encoders // at the fastest: patches
	// With one that changes each time, for contents that are as small together with it.
	texts encoders // small records
	pairs encoders // pages
	broad encoders // large pages
	quick encoders // pages that come too fast
	// With dictionaries that many need.
	keptBodies primed
	keptHasty  primed // for pages that come too fast
	keptTexts  primed
	keptShort  primed
	keptRecord primed
	pace       pace
	undo       sync.Pool // *zstd.Decoder without
	redo       sync.Pool // *zstd.Decoder with one
}

// bodyDelta is the level of deltas between pages: a higher one finds no more
// in two pages that are nearly the same.
const bodyDelta = zstd.SpeedDefault

func decoder() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(maxContent), zstd.WithDecodeAllCapLimit(true))
}

// pack gives the frame of a content without kind: zstd where that is smaller.
func (p *packer) pack(content []byte) (frame, error) {
	return p.packPlain(&p.plain, zstd.SpeedDefault, content)
}

func (p *packer) packPlain(kept *encoders, level zstd.EncoderLevel, content []byte) (frame, error) {
	f := frame{codec: codecPlain, size: uint64(len(content)), payload: content}
	if len(content) < smallest {
		return f, nil
	}
	defer p.seats.take()()
	enc, err := kept.take(level, bodyWindow, len(content))
	if err != nil {
		return frame{}, err
	}
	packed := enc.EncodeAll(content, make([]byte, 0, len(content)/4+64))
	kept.give(enc, bodyWindow, len(content))
	if len(packed) < len(content) {
		f.codec, f.payload = codecZstd, packed
	}
	return f, nil
}

// packText packs a small content with base as dictionary; codec and ref are the caller's.
func (p *packer) packText(content, base []byte) ([]byte, error) {
	return p.packWith(&p.texts, zstd.SpeedFastest, textWindow, content, base)
}

// packDelta packs a page as a delta to base; codec and ref are the caller's. It
// is a patch when there is little to say, else a zstd frame, whichever is smaller.
func (p *packer) packDelta(content, base []byte) ([]byte, error) {
	patch, err := p.packPatch(content, base)
	if err != nil || patch != nil && len(patch) <= smallPatch {
		return patch, err
	}
	packed, err := p.packPair(content, base)
	if err == nil && patch != nil && len(patch) <= len(packed) {
		packed = patch
	}
	return packed, err
}

const (
	// smallPatch is the length of a patch that nothing else is tried against.
	smallPatch = 1 << 10
	// largeBase is the length of a base of which the tables of the default level
	// would know only a part.
	largeBase = 192 << 10
)

// A payload of codecDelta that is no zstd frame, which begins with 0x28, is a
// patch behind one of these.
const (
	patchPlain = 0 // as it is
	patchZstd  = 1 // as a zstd frame
)

// packPatch gives a patch, nil when it would say too much.
func (p *packer) packPatch(content, base []byte) ([]byte, error) {
	patch := makePatch(content, base, max(smallPatch, len(content)/32))
	if patch == nil {
		return nil, nil
	}
	f, err := p.packPlain(&p.small, zstd.SpeedFastest, patch)
	if err != nil {
		return nil, err
	}
	mark := byte(patchPlain)
	if f.codec == codecZstd {
		mark = patchZstd
	}
	return append([]byte{mark}, f.payload...), nil
}

// unpackDelta is the way back.
func (p *packer) unpackDelta(f frame, base []byte) ([]byte, error) {
	if len(f.payload) == 0 || f.payload[0] > patchZstd {
		return unpackWith(&p.redo, f.payload, make([]byte, 0, f.size), zstd.WithDecoderDictRaw(rawDict, base), zstd.WithDecoderDictRaw(numberedDict, base))
	}
	patch := f.payload[1:]
	if f.payload[0] == patchZstd {
		var h zstd.Header
		err := h.Decode(patch)
		length := h.FrameContentSize
		if !h.HasFCS { // zstd does not say it of less than 256 bytes
			length = 256
		}
		if err == nil && length > f.size+smallPatch {
			err = fmt.Errorf("%w: longer than what it makes", errPatch)
		}
		if err == nil {
			patch, err = unpackWith(&p.undo, patch, make([]byte, 0, length))
		}
		if err != nil {
			return nil, err
		}
	}
	return applyPatch(patch, base, f.size)
}

// packPair packs a page with another one, or a dictionary, as dictionary.
func (p *packer) packPair(content, base []byte) ([]byte, error) {
	if len(base) > largeBase {
		return p.packWith(&p.broad, bodyLevel, bodyWindow, content, base)
	}
	return p.packWith(&p.pairs, bodyDelta, bodyWindow, content, base)
}

func (p *packer) packWith(kept *encoders, level zstd.EncoderLevel, window int, content, base []byte) ([]byte, error) {
	defer p.seats.take()()
	enc, err := kept.take(level, window, len(content)+len(base))
	if err != nil {
		return nil, err
	}
	if err := enc.ResetWithOptions(nil, zstd.WithEncoderDictRaw(rawDict, base)); err != nil {
		return nil, fmt.Errorf("zstd with a dictionary: %w", err)
	}
	packed := enc.EncodeAll(content, make([]byte, 0, len(content)/16+64))
	kept.give(enc, window, len(content)+len(base))
	return packed, nil
}

// unpack gives the content of a frame; base is the dictionary or base that its
// codec wants. The content does not share memory with the frame.
func (p *packer) unpack(f frame, base []byte) ([]byte, error) {
	var content []byte
	var err error
	dst := make([]byte, 0, f.size)
	switch f.codec {
	case codecPlain:
		content = append(dst, f.payload...)
	case codecZstd:
		content, err = unpackWith(&p.undo, f.payload, dst)
	case codecDict:
		content, err = unpackWith(&p.redo, f.payload, dst, zstd.WithDecoderDictRaw(rawDict, base), zstd.WithDecoderDictRaw(numberedDict, base))
	case codecDelta:
		content, err = p.unpackDelta(f, base)
	default:
		return nil, fmt.Errorf("%w: packed by codec %d", ErrNewer, f.codec)
	}
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	if uint64(len(content)) != f.size {
		return nil, fmt.Errorf("unpack: %d bytes, should be %d", len(content), f.size)
	}
	return content, nil
}

func unpackWith(pool *sync.Pool, packed, dst []byte, dict ...zstd.DOption) ([]byte, error) {
	dec, _ := pool.Get().(*zstd.Decoder)
	if dec == nil {
		var err error
		if dec, err = decoder(); err != nil {
			return nil, err
		}
	}
	if len(dict) > 0 {
		if err := dec.ResetWithOptions(nil, dict...); err != nil {
			return nil, err
		}
	}
	content, err := dec.DecodeAll(packed, dst)
	pool.Put(dec)
	return content, err
}
