package warc

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Files that zstd compressed (.warc.zst) are read as one text. Many begin with
// the dictionary that their records need, in a frame of its own.
var (
	zstdFrame = []byte{0x28, 0xb5, 0x2f, 0xfd}
	dictFrame = []byte{0x5d, 0x2a, 0x4d, 0x18}
)

// Bounds of what a file may make its reader keep.
const (
	maxDict   = 16 << 20
	maxWindow = 128 << 20
)

func packed(magic []byte) bool {
	return bytes.Equal(magic, zstdFrame) || bytes.Equal(magic, dictFrame)
}

// unpack puts zstd's decoder between the file and the stream.
func (s *stream) unpack() error {
	var dict []byte
	if magic, _ := s.file.Peek(4); bytes.Equal(magic, dictFrame) {
		var head [8]byte
		if _, err := io.ReadFull(s.file, head[:]); err != nil {
			return fmt.Errorf("read the dictionary: %w", cut(err))
		}
		size := binary.LittleEndian.Uint32(head[4:])
		if size > maxDict {
			return fmt.Errorf("a dictionary of %d bytes", size)
		}
		dict = make([]byte, size)
		if _, err := io.ReadFull(s.file, dict); err != nil {
			return fmt.Errorf("read the dictionary: %w", cut(err))
		}
		if bytes.HasPrefix(dict, zstdFrame) {
			var err error
			if dict, err = unpackDict(dict); err != nil {
				return fmt.Errorf("unpack the dictionary: %w", err)
			}
		}
	}
	o := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow)}
	if dict != nil {
		o = append(o, zstd.WithDecoderDicts(dict))
	}
	z, err := zstd.NewReader(s.file, o...) // without other goroutines there is nothing to close
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	s.file, s.offset = bufio.NewReaderSize(z, 1<<16), 0
	return nil
}

func unpackDict(b []byte) ([]byte, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDict))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return z.DecodeAll(b, nil)
}
