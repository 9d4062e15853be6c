package warc

import (
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"
)

// The types of record that carry what a server sent, or stand for it.
const (
	TypeResponse   = "response"   // an answer, with its HTTP headers
	TypeResource   = "resource"   // a document as such
	TypeRevisit    = "revisit"    // an answer whose body another record has
	TypeConversion = "conversion" // what was made of what another record has
)

// A Position is where a record begins.
type Position struct {
	Offset int64 // of the file: its first byte, or that of the gzip member which holds it
	Within int64 // bytes of text before it in its gzip member; 0 where each record has its own
}

// After tells whether p lies behind q.
func (p Position) After(q Position) bool {
	return p.Offset > q.Offset || p.Offset == q.Offset && p.Within > q.Within
}

func (p Position) String() string {
	if p.Within > 0 {
		return fmt.Sprintf("byte %d of the text compressed at byte %d", p.Within, p.Offset)
	}
	return fmt.Sprintf("byte %d", p.Offset)
}

// A Field is one named field of a record.
type Field struct{ Name, Value string }

// A Header is a record's fields in the order of the file.
type Header []Field

// Get is the first value of a name, whose case does not matter; "" when there is none.
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// A Record is one record. Its block is read through Read, before the reader's next Next.
type Record struct {
	Position
	Version string // such as "1.1"
	Header  Header
	Length  int64 // of the block, as stated

	from *Reader
	left int64 // of the block, still to be read
	sum  hash.Hash
}

// Type is the record's type, such as "response".
func (r *Record) Type() string { return strings.ToLower(r.Header.Get("WARC-Type")) }

// URL is the address that the record is about; "" when it is about none. Old
// tools write it in angle brackets.
func (r *Record) URL() string {
	return strings.TrimSuffix(strings.TrimPrefix(r.Header.Get("WARC-Target-URI"), "<"), ">")
}

// Date is when what the record holds was captured; zero when it does not say.
func (r *Record) Date() time.Time {
	t, err := time.Parse(time.RFC3339Nano, r.Header.Get("WARC-Date"))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Read reads the record's block. A block that ends too early gives a *Damage.
func (r *Record) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	if r.from.record != r {
		return 0, errors.New("warc: read of a record after the next")
	}
	n, err := r.from.text.Read(p[:min(int64(len(p)), r.left)])
	r.left -= int64(n)
	if r.sum != nil {
		r.sum.Write(p[:n])
	}
	if err == io.EOF && r.left > 0 {
		err = fmt.Errorf("%w: the record states %d bytes and has %d", io.ErrUnexpectedEOF, r.Length, r.Length-r.left)
	}
	if err != nil && err != io.EOF {
		return n, r.from.damaged(r.Position, err)
	}
	return n, nil
}
