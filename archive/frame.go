package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

// A frame wraps every record of an archive, so that a bit that turns is
// noticed: bbolt itself notices one in three.
//
//	version  1 byte, 1
//	kind     1 byte, what the record is; see the kinds
//	codec    1 byte, how the payload is packed; see the codecs
//	ref      uvarint, the dictionary or base that the codec wants, else 0
//	size     uvarint, length of the content, unpacked
//	payload  the rest, but for
//	crc      4 bytes, big-endian CRC32C over the record's key and all of the above
//
// The key is in the checksum so that a record in another's place is noticed too.
type frame struct {
	kind    kind
	codec   codec
	ref     uint64
	size    uint64
	payload []byte
}

// A kind says what a record is.
type kind byte

const (
	kindState     kind = 's'
	kindCapture   kind = 'c'
	kindBody      kind = 'b'
	kindPage      kind = 'p'
	kindVersion   kind = 'v'
	kindText      kind = 't'
	kindSketch    kind = 'k'
	kindSighting  kind = 'g'
	kindStory     kind = 'y'
	kindChange    kind = 'h'
	kindEntry     kind = 'j'
	kindRun       kind = 'r'
	kindCursor    kind = 'u'
	kindPosting   kind = 'o'
	kindFiled     kind = 'f'
	kindVolume    kind = 'w'
	kindDict      kind = 'd'
	kindMemory    kind = 'm'
	kindTombstone kind = 'x'
	kindLeaves    kind = 'l'
	kindHashes    kind = 'n'
	kindVoid      kind = 'e'
	kindNote      kind = 'q'
	kindDecision  kind = 'i'
)

// A codec says how a payload is packed.
type codec byte

const (
	codecPlain codec = 0 // as it is
	codecZstd  codec = 1 // a zstd frame
	codecDict  codec = 2 // a zstd frame whose raw dictionary is the record ref of the bucket dicts
	codecDelta codec = 3 // a zstd frame whose raw dictionary is the content of an earlier record, or a patch of it (see patch.go): for a body that of capture ref, for a text that of version ref
)

const frameVersion = 1

// maxContent bounds what a frame may say of its size: a record of MaxRecord
// bytes and what stands before it.
const maxContent = MaxRecord + 1<<20

var errFrame = errors.New("bad frame")

// appendFrame appends f, as the record under key, to dst.
func appendFrame(dst, key []byte, f frame) []byte {
	start := len(dst)
	dst = append(dst, frameVersion, byte(f.kind), byte(f.codec))
	dst = binary.AppendUvarint(dst, f.ref)
	dst = binary.AppendUvarint(dst, f.size)
	dst = append(dst, f.payload...)
	return binary.BigEndian.AppendUint32(dst, checksum(key, dst[start:]))
}

// parseFrame reads what appendFrame wrote. The payload is part of b.
func parseFrame(key, b []byte, want kind) (frame, error) {
	if len(b) < 3+2+4 {
		return frame{}, fmt.Errorf("%w: only %d bytes", errFrame, len(b))
	}
	body, sum := b[:len(b)-4], binary.BigEndian.Uint32(b[len(b)-4:])
	if got := checksum(key, body); got != sum {
		return frame{}, fmt.Errorf("%w: checksum %08x, should be %08x", errFrame, got, sum)
	}
	if body[0] != frameVersion {
		return frame{}, fmt.Errorf("%w: frame version %d", ErrNewer, body[0])
	}
	f := frame{kind: kind(body[1]), codec: codec(body[2])}
	if f.kind != want {
		return frame{}, fmt.Errorf("%w: a record of kind %q where %q should be", errFrame, f.kind, want)
	}
	rest := body[3:]
	for _, n := range []*uint64{&f.ref, &f.size} {
		v, used := binary.Uvarint(rest)
		if used <= 0 {
			return frame{}, fmt.Errorf("%w: cut short", errFrame)
		}
		*n, rest = v, rest[used:]
	}
	if f.size > maxContent {
		return frame{}, fmt.Errorf("%w: content of %d bytes", errFrame, f.size)
	}
	f.payload = rest
	return f, nil
}

func checksum(key, b []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Update(0, table, key), table, b)
}
