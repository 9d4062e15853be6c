package archive

import "github.com/klauspost/compress/zstd"

// Pages are packed at a level higher than the default, for 5 % less. When many
// wait, at the fastest: with a dictionary that is a quarter of the time, for
// some 5 % more. What changes little from one to the next gains nothing by a
// higher level.
const (
	bodyLevel  = zstd.SpeedBetterCompression
	hastyLevel = zstd.SpeedFastest
	// bodyDelta is the level of deltas between pages: a higher one finds no more
	// in two pages that are nearly the same.
	bodyDelta = zstd.SpeedDefault
	// largeBase is the length of a base of which the tables of the default level
	// would know only a part.
	largeBase = 192 << 10
	// shortText is a text that the fastest level is good for: a better one packs
	// it a few bytes smaller in three times the time.
	shortText  = 2 << 10
	shortLevel = zstd.SpeedFastest
)

// packText packs a small content with base as dictionary; codec and ref are the caller's.
func (p *packer) packText(content, base []byte) ([]byte, error) {
	return p.encoders.pack(shortLevel, content, changing, base)
}

// packPair packs a page with another one, or a dictionary, as dictionary.
func (p *packer) packPair(content, base []byte) ([]byte, error) {
	level := bodyDelta
	if len(base) > largeBase {
		level = bodyLevel
	}
	return p.encoders.pack(level, content, changing, base)
}

// packBodyWith packs a page with the dictionary of a number; codec and ref are the caller's.
func (p *packer) packBodyWith(content []byte, id uint64, dict []byte) ([]byte, error) {
	return p.encoders.pack(p.bodyLevel(content, dict), content, id, dict)
}

// packBody gives the frame of a page without kind, packed by itself.
func (p *packer) packBody(content []byte) (frame, error) {
	return p.packPlain(p.bodyLevel(content, nil), content)
}

func (p *packer) bodyLevel(content, dict []byte) zstd.EncoderLevel {
	switch {
	case p.pace.hasty():
		return hastyLevel
	case len(content)+len(dict) > largeWindow:
		return bodyDelta
	}
	return bodyLevel
}

// packTextWith packs an article with the dictionary of a number; codec and ref are the caller's.
func (p *packer) packTextWith(content []byte, id uint64, dict []byte) ([]byte, error) {
	level := bodyLevel
	switch {
	case len(content) <= shortText || p.pace.hasty():
		level = shortLevel
	case len(content)+len(dict) > largeWindow:
		level = bodyDelta
	}
	return p.encoders.pack(level, content, id, dict)
}

// packRecordWith packs a capture's record with the dictionary of a number; codec
// and ref are the caller's.
func (p *packer) packRecordWith(content []byte, id uint64, dict []byte) ([]byte, error) {
	return p.encoders.pack(shortLevel, content, id, dict)
}
