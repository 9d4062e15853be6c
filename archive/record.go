package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// Records are kept as numbered fields, in the wire form of protocol buffers
// (varint and length-delimited fields only), each record's first byte being
// the version of its kind. Unlike JSON that is quick enough to scan an archive
// by, small without a packer, and as tolerant: fields that are zero are left
// out, fields that are not known are passed over. The numbers stand beside the
// types in record_*.go.

// A recordWriter builds a record. Zero values are left out.
type recordWriter struct{ b []byte }

func newRecord(version byte) *recordWriter { return &recordWriter{b: []byte{version}} }

const (
	wireVarint = 0
	wireBytes  = 2
)

func (w *recordWriter) uint(field int, v uint64) {
	if v == 0 {
		return
	}
	w.b = binary.AppendUvarint(w.b, uint64(field)<<3|wireVarint)
	w.b = binary.AppendUvarint(w.b, v)
}

func (w *recordWriter) int(field, v int) { w.uint(field, zigzag(int64(v))) }

func (w *recordWriter) bool(field int, v bool) {
	if v {
		w.uint(field, 1)
	}
}

func (w *recordWriter) float(field int, v float64) { w.uint(field, math.Float64bits(v)) }

func (w *recordWriter) text(field int, v string) {
	if v != "" {
		w.element(field, v)
	}
}

// element writes a text even when it is empty, as one of a list.
func (w *recordWriter) element(field int, v string) {
	w.b = binary.AppendUvarint(w.b, uint64(field)<<3|wireBytes)
	w.b = binary.AppendUvarint(w.b, uint64(len(v)))
	w.b = append(w.b, v...)
}

func (w *recordWriter) bytes(field int, v []byte) {
	if len(v) > 0 {
		w.element(field, string(v))
	}
}

// time writes a moment, seconds and nanoseconds, without its zone.
func (w *recordWriter) time(field int, t time.Time) {
	if t.IsZero() {
		return
	}
	b := binary.AppendUvarint(nil, zigzag(t.Unix()))
	if n := t.Nanosecond(); n != 0 {
		b = binary.AppendUvarint(b, uint64(n))
	}
	w.bytes(field, b)
}

// message writes a record within the record, even when it is empty.
func (w *recordWriter) message(field int, fill func(*recordWriter)) {
	var in recordWriter
	fill(&in)
	w.element(field, string(in.b))
}

// counts writes a map as messages {1: name, 2: count}, in the order of the names.
func (w *recordWriter) counts(field int, m map[string]int) {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w.message(field, func(w *recordWriter) {
			w.text(1, name)
			w.int(2, m[name])
		})
	}
}

var errRecord = errors.New("bad record")

// A value is one field's content: a number or bytes.
type value struct {
	n uint64
	b []byte
}

func (v value) int() int       { return int(unzigzag(v.n)) }
func (v value) bool() bool     { return v.n != 0 }
func (v value) float() float64 { return math.Float64frombits(v.n) }
func (v value) text() string   { return string(v.b) }
func (v value) time() time.Time {
	s, used := binary.Uvarint(v.b)
	if used <= 0 {
		return time.Time{}
	}
	n, _ := binary.Uvarint(v.b[used:])
	return time.Unix(unzigzag(s), int64(n)).UTC()
}

// addTo reads what counts wrote, one entry at a time.
func (v value) addTo(m *map[string]int) error {
	var name string
	var n int
	err := fields(v.b, func(field int, v value) error {
		switch field {
		case 1:
			name = v.text()
		case 2:
			n = v.int()
		}
		return nil
	})
	if *m == nil {
		*m = map[string]int{}
	}
	(*m)[name] = n
	return err
}

// readRecord calls f for each field of a record of at most the given version.
func readRecord(b []byte, newest byte, f func(field int, v value) error) error {
	if len(b) == 0 {
		return fmt.Errorf("%w: empty", errRecord)
	}
	if b[0] > newest {
		return fmt.Errorf("%w: record version %d", ErrNewer, b[0])
	}
	return fields(b[1:], f)
}

// fields calls f for each field of a message.
func fields(b []byte, f func(field int, v value) error) error {
	for len(b) > 0 {
		tag, used := binary.Uvarint(b)
		if used <= 0 || tag>>3 == 0 || tag>>3 > math.MaxInt32 {
			return fmt.Errorf("%w: no field number", errRecord)
		}
		b = b[used:]
		n, used := binary.Uvarint(b)
		if used <= 0 {
			return fmt.Errorf("%w: field %d cut short", errRecord, tag>>3)
		}
		b = b[used:]
		v := value{n: n}
		switch tag & 7 {
		case wireVarint:
		case wireBytes:
			if n > uint64(len(b)) {
				return fmt.Errorf("%w: field %d cut short", errRecord, tag>>3)
			}
			v.b, b = b[:n:n], b[n:]
		default:
			return fmt.Errorf("%w: field %d of wire type %d", errRecord, tag>>3, tag&7)
		}
		if err := f(int(tag>>3), v); err != nil {
			return err
		}
	}
	return nil
}

func zigzag(v int64) uint64   { return uint64(v<<1) ^ uint64(v>>63) }
func unzigzag(u uint64) int64 { return int64(u>>1) ^ -int64(u&1) }
