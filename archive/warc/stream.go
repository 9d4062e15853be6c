package warc

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// A stream is a file's text, with gzip undone one member at a time. Read gives
// io.EOF at the end of a member; a plain file is a single one.
type stream struct {
	file    *bufio.Reader
	offset  int64 // of the file: of the next byte that file gives
	zipped  bool
	packed  bool // with zstd as a whole; then offsets are those of what it unpacks to
	started bool
	ended   bool  // the member has ended
	torn    bool  // the member cannot be read on
	failed  error // of the reader below
	member  int64
	z       *gzip.Reader
	out     *bufio.Reader // over the member's text
	given   int64         // bytes of the member that out was given
}

// A counted reads the file by bytes and keeps the offset, so that inflating
// takes no byte of the next member.
type counted struct{ s *stream }

func (c counted) ReadByte() (byte, error) {
	b, err := c.s.file.ReadByte()
	if err == nil {
		c.s.offset++
	} else if err != io.EOF && !c.s.packed {
		c.s.failed = err
	}
	return b, err
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.s.file.Read(p)
	c.s.offset += int64(n)
	if err != nil && err != io.EOF && !c.s.packed {
		c.s.failed = err
	}
	return n, err
}

// A member reads the text of the stream's member.
type member struct{ s *stream }

func (m member) Read(p []byte) (n int, err error) {
	if m.s.zipped {
		n, err = m.s.z.Read(p)
	} else {
		n, err = counted(m).Read(p)
	}
	m.s.given += int64(n)
	m.s.torn = m.s.torn || err != nil && err != io.EOF
	return n, err
}

func newStream(r io.Reader, offset int64) *stream {
	s := &stream{file: bufio.NewReaderSize(r, 1<<16), offset: offset}
	s.out = bufio.NewReaderSize(member{s}, 1<<14)
	return s
}

// at is the position of the next byte of text.
func (s *stream) at() Position {
	within := s.given - int64(s.out.Buffered())
	if s.zipped {
		return Position{s.member, within}
	}
	return Position{Offset: s.member + within}
}

func (s *stream) Read(p []byte) (int, error) { return s.out.Read(p) }

// next goes to the next member, the first at first. io.EOF means that the file has ended.
func (s *stream) next() error {
	magic, err := s.file.Peek(4)
	if err != nil && err != io.EOF {
		s.failed = err
	}
	if len(magic) == 0 {
		return err
	}
	if !s.started {
		s.started = true
		s.zipped = bytes.HasPrefix(magic, []byte{0x1f, 0x8b})
		if s.packed = packed(magic); s.packed {
			if err := s.unpack(); err != nil {
				return err
			}
		}
	} else if !s.zipped {
		return io.EOF
	}
	s.begin()
	if !s.zipped {
		return nil
	}
	if !bytes.HasPrefix(magic, []byte{0x1f, 0x8b}) {
		return fmt.Errorf("no gzip where a record should begin")
	}
	if s.z == nil {
		s.z = new(gzip.Reader)
	}
	if err := s.z.Reset(counted{s}); err != nil {
		return fmt.Errorf("gunzip: %w", cut(err))
	}
	s.z.Multistream(false)
	return nil
}

func (s *stream) begin() {
	s.member, s.given = s.offset, 0
	s.out.Reset(member{s})
}

// seek goes on to where the next gzip member may begin.
func (s *stream) seek() error {
	s.torn, s.ended = false, true
	for {
		magic, err := s.file.Peek(4)
		if len(magic) < 4 {
			return err
		}
		if magic[0] == 0x1f && magic[1] == 0x8b && magic[2] == 8 && magic[3] < 0x20 {
			return nil
		}
		n := 1
		if buffered, _ := s.file.Peek(s.file.Buffered()); len(buffered) > 4 {
			if n = bytes.IndexByte(buffered[1:], 0x1f) + 1; n == 0 {
				n = len(buffered)
			}
		}
		if n, err = s.file.Discard(n); err != nil {
			return err
		}
		s.offset += int64(n)
	}
}

// cut names an end where there should be none.
func cut(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
