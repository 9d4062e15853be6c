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

// A packer packs and unpacks contents with zstd.
type packer struct {
	encoders encoders
	pace     pace
	undo     sync.Pool // *zstd.Decoder without a dictionary
	redo     sync.Pool // *zstd.Decoder with one
}

func decoder() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(maxContent), zstd.WithDecodeAllCapLimit(true))
}

// pack gives the frame of a content without kind: zstd where that is smaller.
func (p *packer) pack(content []byte) (frame, error) {
	return p.packPlain(zstd.SpeedDefault, content)
}

func (p *packer) packPlain(level zstd.EncoderLevel, content []byte) (frame, error) {
	f := frame{codec: codecPlain, size: uint64(len(content)), payload: content}
	if len(content) < smallest {
		return f, nil
	}
	packed, err := p.encoders.pack(level, content, changing, nil)
	if err == nil && len(packed) < len(content) {
		f.codec, f.payload = codecZstd, packed
	}
	return f, err
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

// smallPatch is the length of a patch that nothing else is tried against.
const smallPatch = 1 << 10

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
	f, err := p.packPlain(zstd.SpeedFastest, patch)
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
