package frontier

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"pressmark/extract/urlkey"
)

// A dueKey orders the items of a lane: by due time, then by discovery.
type dueKey struct {
	due int64 // microseconds
	seq uint64
}

func (k dueKey) less(o dueKey) bool {
	return k.due < o.due || k.due == o.due && k.seq < o.seq
}

func (k dueKey) in(lane uint32) []byte {
	b := make([]byte, 0, 20)
	b = binary.BigEndian.AppendUint32(b, lane)
	b = binary.BigEndian.AppendUint64(b, uint64(k.due)^1<<63)
	return binary.BigEndian.AppendUint64(b, k.seq)
}

// parseDue reads a key of the due bucket; ok is false when it is of another
// lane, or there is none.
func parseDue(b []byte, lane uint32) (k dueKey, ok bool) {
	if len(b) != 20 || binary.BigEndian.Uint32(b) != lane {
		return dueKey{}, false
	}
	return dueKey{due: int64(binary.BigEndian.Uint64(b[4:]) ^ 1<<63), seq: binary.BigEndian.Uint64(b[12:])}, true
}

func seqKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func laneKey(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// pageHash names a page in the page bucket: 4 bytes for its host, 2 for its
// folder and 6 for all of it, so that the pages of one host, and of one day or
// section there, stand together: they are found together.
func pageHash(page urlkey.Key) []byte {
	key := string(page)
	host, _, _ := strings.Cut(key, ")")
	folder, _, _ := strings.Cut(key, "?")
	folder = folder[:strings.LastIndexByte(folder, '/')+1]
	b := make([]byte, 0, 12)
	for _, part := range []struct {
		of string
		n  int
	}{{host, 4}, {folder, 2}, {key, 6}} {
		sum := sha256.Sum256([]byte(part.of))
		b = append(b, sum[:part.n]...)
	}
	return b
}

// seqs are the items of the pages that have one hash: as good as always one.
func decodeSeqs(b []byte) (seqs []uint64, ok bool) {
	for len(b) > 0 {
		n, used := binary.Uvarint(b)
		if used <= 0 {
			return nil, false
		}
		seqs, b = append(seqs, n), b[used:]
	}
	return seqs, true
}

func encodeSeqs(seqs []uint64) []byte {
	b := make([]byte, 0, 5*len(seqs))
	for _, n := range seqs {
		b = binary.AppendUvarint(b, n)
	}
	return b
}
