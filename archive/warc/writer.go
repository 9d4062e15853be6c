package warc

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// A Writer writes the records of one file, WARC 1.1, each in a gzip member of
// its own or plain. The same records make the same bytes.
type Writer struct {
	out    io.Writer
	z      *gzip.Writer // nil for a plain file
	offset int64
	err    error // that ended it: what comes after half a record is not written
}

// NewWriter writes a file from its first byte on.
func NewWriter(w io.Writer, zip bool) *Writer {
	out := &Writer{out: w}
	if zip {
		out.z = gzip.NewWriter(nil) // without name and time
	}
	return out
}

// A Place is where a record lies in its file, as an index has it.
type Place struct{ Offset, Length int64 }

// Offset is the length of the file so far.
func (w *Writer) Offset() int64 { return w.offset }

// Write writes a record of these fields, to which it adds the block's digest
// and length. A field that a reader would not read as it stands is an error
// before anything is written.
func (w *Writer) Write(h Header, block []byte) (Place, error) {
	if w.err != nil {
		return Place{}, w.err
	}
	var head strings.Builder
	head.WriteString("WARC/1.1\r\n")
	for _, f := range h {
		if !Fits(f.Name, f.Value) {
			return Place{}, fmt.Errorf("write a WARC record: %.60q can't be a field's value, or %.60q its name", f.Value, f.Name)
		}
		head.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	head.WriteString("WARC-Block-Digest: " + SHA1(block) + "\r\n")
	head.WriteString("Content-Length: " + strconv.Itoa(len(block)) + "\r\n\r\n")
	if head.Len() > maxHeader {
		return Place{}, fmt.Errorf("write a WARC record: its fields take more than %d bytes", maxHeader)
	}
	from := w.offset
	if w.err = w.member([]byte(head.String()), block, []byte("\r\n\r\n")); w.err != nil {
		return Place{}, fmt.Errorf("write a WARC record: %w", w.err)
	}
	return Place{from, w.offset - from}, nil
}

func (w *Writer) member(parts ...[]byte) error {
	to := io.Writer(counting{w})
	if w.z != nil {
		w.z.Reset(to)
		to = w.z
	}
	var err error
	for _, p := range parts {
		_, perr := to.Write(p)
		err = errors.Join(err, perr)
	}
	if w.z != nil {
		err = errors.Join(err, w.z.Close())
	}
	return err
}

// A counting keeps the offset of what is written.
type counting struct{ w *Writer }

func (c counting) Write(p []byte) (int, error) {
	n, err := c.w.out.Write(p)
	c.w.offset += int64(n)
	return n, err
}

// Fits reports whether a field of this name and value, of a record or of an
// HTTP answer, is read as it was written.
func Fits(name, value string) bool {
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == ':' }) {
		return false
	}
	for i := range len(value) {
		if c := value[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return strings.TrimSpace(value) == value
}
