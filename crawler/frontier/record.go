package frontier

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"
)

// A record is: version byte, fields in a fixed order, CRC32C of all that.
// Strings and whole numbers carry their length as a varint; times are
// microseconds since 1970, the zero time is 0.

const recordVersion = 1

var errRecord = errors.New("a record does not match its checksum")

type encoder struct{ b []byte }

func newRecord(size int) *encoder {
	return &encoder{b: append(make([]byte, 0, size), recordVersion)}
}

func (e *encoder) str(s string) {
	e.b = binary.AppendUvarint(e.b, uint64(len(s)))
	e.b = append(e.b, s...)
}

func (e *encoder) num(n int) { e.b = binary.AppendUvarint(e.b, uint64(max(n, 0))) }

func (e *encoder) flag(is bool) {
	n := 0
	if is {
		n = 1
	}
	e.num(n)
}

func (e *encoder) time(t time.Time) { e.b = binary.AppendVarint(e.b, micros(t)) }

func (e *encoder) bytes() []byte {
	return binary.BigEndian.AppendUint32(e.b, crc32.Checksum(e.b, crc32.MakeTable(crc32.Castagnoli)))
}

type decoder struct {
	b   []byte
	bad bool
}

func openRecord(b []byte) (*decoder, error) {
	if len(b) < 5 {
		return nil, errRecord
	}
	body, sum := b[:len(b)-4], binary.BigEndian.Uint32(b[len(b)-4:])
	if crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)) != sum {
		return nil, errRecord
	}
	if body[0] != recordVersion {
		return nil, fmt.Errorf("a record has version %d, this program knows %d", body[0], recordVersion)
	}
	return &decoder{b: body[1:]}, nil
}

func (d *decoder) uvarint() uint64 {
	n, used := binary.Uvarint(d.b)
	if used <= 0 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[used:]
	return n
}

func (d *decoder) str() string {
	n := d.uvarint()
	if n > uint64(len(d.b)) {
		d.bad, d.b = true, nil
		return ""
	}
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}

func (d *decoder) num() int { return int(d.uvarint() & (1<<62 - 1)) }

func (d *decoder) flag() bool { return d.num() == 1 }

func (d *decoder) time() time.Time {
	n, used := binary.Varint(d.b)
	if used <= 0 {
		d.bad, d.b = true, nil
		return time.Time{}
	}
	d.b = d.b[used:]
	return fromMicros(n)
}

// close reports whether the record held what was read from it and no more.
func (d *decoder) close() error {
	if d.bad || len(d.b) > 0 {
		return errRecord
	}
	return nil
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// ceilMicros is the first microsecond that is not before a time.
func ceilMicros(t time.Time) int64 {
	n := micros(t)
	if t.Nanosecond()%1000 > 0 {
		n++
	}
	return n
}

func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// counts of a lane's items.
type counts struct {
	known, gone, retired, failing int
	learned
}

func (c *counts) add(it Item, n int) {
	c.known += n
	switch it.State {
	case Gone:
		c.gone += n
	case Retired:
		c.retired += n
	}
	if it.Failures > 0 {
		c.failing += n
	}
	c.learn(it, n)
}

func encodeLane(group, site string, c counts) []byte {
	e := newRecord(32 + len(group) + len(site))
	e.str(group)
	e.str(site)
	for _, n := range []int{c.known, c.gone, c.retired, c.failing, c.edits, c.watched, c.restless, c.settled} {
		e.num(n)
	}
	return e.bytes()
}

func decodeLane(b []byte) (group, site string, c counts, err error) {
	d, err := openRecord(b)
	if err != nil {
		return "", "", counts{}, err
	}
	group, site = d.str(), d.str()
	for _, n := range []*int{&c.known, &c.gone, &c.retired, &c.failing, &c.edits, &c.watched, &c.restless, &c.settled} {
		*n = d.num()
	}
	return group, site, c, d.close()
}

// pauses say until when a group must not be asked.
type pauses struct {
	next    time.Time // the delay between requests
	blocked time.Time
	why     string
	conduct Conduct // never changed in place
}

// with is the longer of two groups' pauses, and the conduct of the first.
func (p pauses) with(o pauses) pauses {
	p.next = later(p.next, o.next)
	if o.blocked.After(p.blocked) {
		p.blocked, p.why = o.blocked, o.why
	}
	return p
}

func (p pauses) until() time.Time {
	if p.blocked.After(p.next) {
		return p.blocked
	}
	return p.next
}

func encodePauses(p pauses) []byte {
	e := newRecord(32 + len(p.why))
	e.time(p.next)
	e.time(p.blocked)
	e.str(p.why)
	e.conduct(p.conduct)
	return e.bytes()
}

func decodePauses(b []byte) (p pauses, err error) {
	d, err := openRecord(b)
	if err != nil {
		return pauses{}, err
	}
	p.next, p.blocked, p.why = d.time(), d.time(), d.str()
	if len(d.b) > 0 { // older programs did not write it
		p.conduct = d.conduct()
	}
	return p, d.close()
}
