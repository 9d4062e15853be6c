package frontier

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	"pressmark/extract/urlkey"
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

func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// encodeItem leaves out group and site, which the item's lane knows. The number
// is in it so that a record which turns up in another's place is found out.
func encodeItem(it Item, seq uint64, lane uint32) []byte {
	e := newRecord(128 + len(it.URL) + len(it.Page) + len(it.Via) + len(it.ETag) + len(it.LastError))
	e.b = binary.AppendUvarint(e.b, seq)
	e.num(int(lane))
	for _, s := range []string{it.URL, string(it.Page), it.Via, it.Kind, it.ETag, it.LastModified, it.State, it.LastError} {
		e.str(s)
	}
	for _, n := range []int{it.Checks, it.Failures, it.Unchanged, it.Looks} {
		e.num(n)
	}
	for _, t := range []time.Time{it.Due, it.FirstSeen, it.Published, it.LastChecked, it.LastChanged} {
		e.time(t)
	}
	if it.Walls > 0 { // which few have, and older programs don't know
		e.num(it.Walls)
	}
	return e.bytes()
}

func decodeItem(b []byte, seq uint64) (it Item, lane uint32, err error) {
	d, err := openRecord(b)
	if err != nil {
		return Item{}, 0, err
	}
	if n := d.uvarint(); n != seq {
		return Item{}, 0, fmt.Errorf("it says that it is item %d", n)
	}
	lane = uint32(d.num())
	var page string
	for _, s := range []*string{&it.URL, &page, &it.Via, &it.Kind, &it.ETag, &it.LastModified, &it.State, &it.LastError} {
		*s = d.str()
	}
	it.Page = urlkey.Key(page)
	for _, n := range []*int{&it.Checks, &it.Failures, &it.Unchanged, &it.Looks} {
		*n = d.num()
	}
	for _, t := range []*time.Time{&it.Due, &it.FirstSeen, &it.Published, &it.LastChecked, &it.LastChanged} {
		*t = d.time()
	}
	if len(d.b) > 0 {
		it.Walls = d.num()
	}
	return it, lane, d.close()
}

// counts of a lane's items.
type counts struct{ known, gone, retired, failing int }

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
}

func encodeLane(group, site string, c counts) []byte {
	e := newRecord(32 + len(group) + len(site))
	e.str(group)
	e.str(site)
	for _, n := range []int{c.known, c.gone, c.retired, c.failing} {
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
	for _, n := range []*int{&c.known, &c.gone, &c.retired, &c.failing} {
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
