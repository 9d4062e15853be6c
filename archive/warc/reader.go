package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A Reader reads the records of one file.
type Reader struct {
	text   *stream
	record *Record // the last one
	whole  int     // records read whole
	lost   bool    // the beginning of the next record has to be looked for
	err    error   // that ended it
}

// NewReader reads a file from its first byte.
func NewReader(r io.Reader) *Reader { return &Reader{text: newStream(r, 0)} }

// Resume reads a file on from a record's position. r gives the file's bytes
// from p.Offset on.
func Resume(r io.Reader, p Position) (*Reader, error) {
	read := &Reader{text: newStream(r, p.Offset)}
	if p.Within == 0 {
		return read, nil
	}
	err := read.text.next()
	if err == nil {
		_, err = io.CopyN(io.Discard, read.text, p.Within)
	}
	if err != nil {
		return nil, fmt.Errorf("read on from %s: %w", p, cut(err))
	}
	return read, nil
}

// Offset is how many bytes of the file have been read, for progress.
func (r *Reader) Offset() int64 { return r.text.offset }

// Next goes on to the next record. It gives io.EOF at the end of the file and a
// *Damage where that cannot be read; after a *Damage it may be called again.
// All other errors are those of the reader below, and final.
func (r *Reader) Next() (*Record, error) {
	if r.err != nil {
		return nil, r.err
	}
	rec, err := r.next()
	if err == nil {
		return rec, nil
	}
	if r.text.failed != nil {
		err = fmt.Errorf("after %d whole records, at %s: %w", r.whole, r.text.at(), r.text.failed)
	}
	var bad *Damage
	if !errors.As(err, &bad) {
		r.err = err
	}
	return nil, err
}

func (r *Reader) next() (*Record, error) {
	if last := r.record; last != nil && !r.lost {
		_, err := io.Copy(io.Discard, last)
		r.record = nil
		if err != nil {
			return nil, err
		}
		r.whole++
	}
	r.record = nil
	for {
		p, err := r.begin()
		switch {
		case err == nil:
		case err == io.EOF:
			return nil, err
		case r.lost: // told already
			continue
		default:
			return nil, r.damaged(p, err)
		}
		rec, err := r.header(p)
		switch {
		case err == nil:
			r.lost, r.record = false, rec
			return rec, nil
		case !r.lost:
			return nil, r.damaged(p, err)
		}
	}
}

// damaged is the error of a record that begins at p; the next has to be looked for.
func (r *Reader) damaged(p Position, err error) error {
	r.lost = true
	return &Damage{Position: p, Records: r.whole, Err: err}
}

// errSense marks text that can be read and is no record.
var errSense = errors.New("no WARC record")

// begin goes to the first byte of a record.
func (r *Reader) begin() (Position, error) {
	if r.text.torn {
		if err := r.text.seek(); err != nil {
			return r.text.at(), io.EOF
		}
	}
	for {
		if !r.text.started || r.text.ended {
			r.text.ended = false
			if err := r.text.next(); err != nil {
				r.text.torn = err != io.EOF
				return r.text.at(), err
			}
		}
		c, err := r.text.out.ReadByte()
		switch {
		case err == io.EOF:
			r.text.ended = true
			continue
		case err != nil:
			return r.text.at(), cut(err)
		case c == '\r' || c == '\n':
			continue
		}
		if err := r.text.out.UnreadByte(); err != nil {
			return r.text.at(), err
		}
		p := r.text.at()
		if !r.lost {
			return p, nil
		}
		if head, _ := r.text.out.Peek(7); string(head) == "WARC/1." || string(head) == "WARC/0." {
			return p, nil
		}
		if err := r.skipLine(); err != nil && err != io.EOF {
			return p, cut(err)
		}
	}
}

// skipLine goes behind the end of the line.
func (r *Reader) skipLine() error {
	for {
		_, err := r.text.out.ReadSlice('\n')
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}

// maxHeader bounds what a record's fields may take.
const maxHeader = 1 << 20

// header reads the fields of the record that begins at p.
func (r *Reader) header(p Position) (*Record, error) {
	size := 0
	line, err := r.line(&size)
	if err != nil {
		return nil, err
	}
	version, ok := strings.CutPrefix(line, "WARC/")
	if !ok {
		return nil, fmt.Errorf("%w begins here, but %.40q", errSense, line)
	}
	rec := &Record{Position: p, Version: strings.TrimSpace(version), from: r}
	for {
		if line, err = r.line(&size); err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		if n := len(rec.Header); (line[0] == ' ' || line[0] == '\t') && n > 0 { // folded
			rec.Header[n-1].Value = strings.TrimSpace(rec.Header[n-1].Value + " " + strings.TrimSpace(line))
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("%w: %.40q is no field", errSense, line)
		}
		rec.Header = append(rec.Header, Field{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	stated := rec.Header.Get("Content-Length")
	if rec.Length, err = strconv.ParseInt(stated, 10, 64); err != nil || rec.Length < 0 {
		return nil, fmt.Errorf("%w: Content-Length is %.40q", errSense, stated)
	}
	rec.left = rec.Length
	return rec, nil
}

// line reads a line of a header, without its end.
func (r *Reader) line(size *int) (string, error) {
	var b []byte
	for {
		part, err := r.text.out.ReadSlice('\n')
		if *size += len(part); *size > maxHeader {
			return "", fmt.Errorf("%w: its fields take more than %d bytes", errSense, maxHeader)
		}
		b = append(b, part...)
		switch err {
		case nil:
			return strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r"), nil
		case bufio.ErrBufferFull:
		default:
			return "", fmt.Errorf("the record ends within its fields: %w", cut(err))
		}
	}
}
