package archive

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/zstd"
)

// A backup is packed with zstd, as any tool unpacks it, in pieces of a
// megabyte that can be unpacked alone. Before each stands a frame that zstd
// skips: which piece it is, how long it is packed, and the checksum of that.
// So damage costs the megabytes that it hits, and not what comes after.
const (
	pieceSize   = 1 << 20
	pieceMagic  = 0x184D2A5B // a skippable frame of zstd
	pieceHead   = 8 + 16     // the frame's magic and size; number (8), packed length (4), CRC32C of the packed piece (4)
	largestPack = pieceSize + pieceSize/8 + 1024
)

// A pieceWriter packs.
type pieceWriter struct {
	w   io.Writer
	enc *zstd.Encoder
	buf []byte
	n   uint64
}

func newPieceWriter(w io.Writer) (*pieceWriter, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(pieceSize))
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	return &pieceWriter{w: w, enc: enc, buf: make([]byte, 0, pieceSize)}, nil
}

func (p *pieceWriter) Write(b []byte) (int, error) {
	written := len(b)
	for len(b) > 0 {
		n := min(len(b), pieceSize-len(p.buf))
		p.buf, b = append(p.buf, b[:n]...), b[n:]
		if len(p.buf) == pieceSize {
			if err := p.flush(); err != nil {
				return 0, err
			}
		}
	}
	return written, nil
}

func (p *pieceWriter) flush() error {
	packed := p.enc.EncodeAll(p.buf, make([]byte, pieceHead, pieceHead+len(p.buf)/2))
	order := binary.LittleEndian
	order.PutUint32(packed, pieceMagic)
	order.PutUint32(packed[4:], pieceHead-8)
	order.PutUint64(packed[8:], p.n)
	order.PutUint32(packed[16:], uint32(len(packed)-pieceHead))
	order.PutUint32(packed[20:], crc32.Checksum(packed[pieceHead:], crc32.MakeTable(crc32.Castagnoli)))
	p.buf = p.buf[:0]
	p.n++
	_, err := p.w.Write(packed)
	return err
}

// Close writes what is left; it does not close what it writes to.
func (p *pieceWriter) Close() error {
	if len(p.buf) == 0 {
		return nil
	}
	return p.flush()
}

// A pieceReader unpacks. A piece that is damaged ends it, or with lost set
// comes out as zeros and is counted there.
type pieceReader struct {
	r    *bufio.Reader
	dec  *zstd.Decoder
	next uint64
	left []byte
	lost *int

	missing uint64 // how many pieces to give as zeros
}

// maxGap is how many pieces may be missing in a row: a terabyte.
const maxGap = 1 << 20

// unpacker reads a backup that was packed by a pieceWriter, repacked by
// another tool, or not at all.
func unpacker(r io.Reader, lost *int) (io.ReadCloser, error) {
	in := bufio.NewReaderSize(r, 2*largestPack)
	start, err := in.Peek(4)
	if err != nil && len(start) < 4 {
		return nil, fmt.Errorf("%w: it is empty", ErrDamaged)
	}
	switch binary.LittleEndian.Uint32(start) {
	case pieceMagic:
		dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(pieceSize), zstd.WithDecodeAllCapLimit(true))
		if err != nil {
			return nil, fmt.Errorf("zstd: %w", err)
		}
		return &pieceReader{r: in, dec: dec, lost: lost}, nil
	case 0xFD2FB528:
		dec, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20))
		if err != nil {
			return nil, fmt.Errorf("zstd: %w", err)
		}
		return dec.IOReadCloser(), nil
	}
	return io.NopCloser(in), nil
}

func (p *pieceReader) Read(b []byte) (int, error) {
	for len(p.left) == 0 {
		if err := p.piece(); err != nil {
			return 0, err
		}
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}

// Close lets go of the unpacker.
func (p *pieceReader) Close() error {
	p.dec.Close()
	return nil
}

// piece unpacks the next piece.
func (p *pieceReader) piece() error {
	if p.missing > 0 {
		p.missing--
		p.next++
		p.left = make([]byte, pieceSize)
		return nil
	}
	number, packed, err := p.whole()
	if err == nil && number != p.next {
		err = fmt.Errorf("piece %d where %d should be", number, p.next)
	}
	var content []byte
	if err == nil {
		content, err = p.dec.DecodeAll(packed, make([]byte, 0, pieceSize))
	}
	switch {
	case err == nil:
		p.skip(pieceHead + len(packed))
		p.next++
		p.left = content
		return nil
	case err == io.EOF:
		return io.EOF
	case p.lost == nil:
		return fmt.Errorf("after %d MB: %w", p.next, err)
	}
	return p.pass()
}

// whole looks at the piece that comes, without taking it.
func (p *pieceReader) whole() (number uint64, packed []byte, err error) {
	head, err := p.r.Peek(pieceHead)
	if len(head) == 0 && err == io.EOF {
		return 0, nil, io.EOF
	}
	if len(head) < pieceHead {
		if err == io.EOF {
			err = errors.New("it is cut short")
		}
		return 0, nil, err
	}
	order := binary.LittleEndian
	size := order.Uint32(head[16:])
	if order.Uint32(head) != pieceMagic || order.Uint32(head[4:]) != pieceHead-8 || size > largestPack {
		return 0, nil, errors.New("no piece begins there")
	}
	number, sum := order.Uint64(head[8:]), order.Uint32(head[20:])
	all, err := p.r.Peek(pieceHead + int(size))
	if err == io.EOF {
		return 0, nil, errors.New("it is cut short")
	}
	if err != nil {
		return 0, nil, err
	}
	if got := crc32.Checksum(all[pieceHead:], crc32.MakeTable(crc32.Castagnoli)); got != sum {
		return 0, nil, fmt.Errorf("checksum %08x, should be %08x", got, sum)
	}
	return number, all[pieceHead:], nil
}

func (p *pieceReader) skip(n int) { _, _ = p.r.Discard(n) } // it was peeked at: it is there

// pass looks for the next piece that is whole; zeros come out for those before it.
func (p *pieceReader) pass() error {
	for {
		p.skip(1)
		number, _, err := p.whole()
		switch {
		case err == io.EOF:
			*p.lost++ // or more: nobody knows
			return io.EOF
		case err == nil && number >= p.next && number-p.next < maxGap:
			p.missing = number - p.next
			*p.lost += int(p.missing)
			return nil
		}
	}
}
