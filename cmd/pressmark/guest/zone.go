package guest

import (
	"encoding/binary"
	"time"
)

// A time zone goes over the socket as a TZif file (RFC 8536), which time can
// read: the machine's own zone has no name that the other end could look up.

// The span of time in which a zone is told exactly.
const (
	zoneFrom  = 1970
	zoneUntil = 2100
)

// Zone writes a time zone as TimeZone reads it.
func Zone(of *time.Location) []byte {
	type kind struct {
		offset int
		name   string
		dst    bool
	}
	var kinds []kind
	var names []byte
	var nameAt []byte
	index := func(t time.Time) byte {
		name, offset := t.Zone()
		k := kind{offset, name, t.IsDST()}
		for i, old := range kinds {
			if old == k {
				return byte(i)
			}
		}
		kinds, nameAt = append(kinds, k), append(nameAt, byte(len(names)))
		names = append(append(names, name...), 0)
		return byte(len(kinds) - 1)
	}
	at := time.Date(zoneFrom, 1, 1, 0, 0, 0, 0, time.UTC).In(of)
	index(at)
	var when []int64
	var which []byte
	for at.Year() <= zoneUntil && len(kinds) < 100 && len(names) < 200 {
		_, end := at.ZoneBounds()
		if end.IsZero() {
			break
		}
		if !end.After(at) { // on the last day of a leap year; time is not sure of that one
			at = at.AddDate(0, 0, 1)
			continue
		}
		at = end.Add(time.Minute)
		if k := index(at); len(which) == 0 || which[len(which)-1] != k {
			when, which = append(when, end.Unix()), append(which, k)
		}
	}
	head := func(times, kinds, chars int) []byte {
		b := append([]byte("TZif2"), make([]byte, 15)...)
		for _, n := range []int{0, 0, 0, times, kinds, chars} {
			b = binary.BigEndian.AppendUint32(b, uint32(n))
		}
		return b
	}
	// Readers of version 2 pass over the first part, which has 32 bits.
	b := append(head(0, 1, 1), 0, 0, 0, 0, 0, 0, 0)
	b = append(b, head(len(when), len(kinds), len(names))...)
	for _, t := range when {
		b = binary.BigEndian.AppendUint64(b, uint64(t))
	}
	b = append(b, which...)
	for i, k := range kinds {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(k.offset)))
		dst := byte(0)
		if k.dst {
			dst = 1
		}
		b = append(b, dst, nameAt[i])
	}
	return append(append(b, names...), "\n\n"...)
}

// TimeZone reads what Zone wrote; nil when it is none.
func TimeZone(b []byte) *time.Location {
	zone, err := time.LoadLocationFromTZData("Local", b)
	if err != nil {
		return nil
	}
	return zone
}
