package frontier

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"time"

	"pressmark/extract/urlkey"
)

// An item's record is its number, so that a record that turns up in another's
// place is found out, and its lane, which knows group and site. Most of what
// follows resembles something before it, and is written as what it is more:
// the key ends as the URL does, what named the page begins so, and all times
// are near the one when the page was first seen.

// Kinds and states have a number. What has none yet is written out.
var words = []string{"", Page, Feed, Sitemap, Section, Live, Gone, Retired}

func encodeItem(it Item, seq uint64, lane uint32) []byte {
	e := newRecord(96 + len(it.URL) + len(it.ETag) + len(it.LastError))
	e.b = binary.AppendUvarint(e.b, seq)
	e.num(int(lane))
	e.str(it.URL)
	e.ending(string(it.Page), it.URL)
	e.beginning(it.Via, it.URL)
	e.word(it.Kind)
	e.word(it.State)
	e.str(it.ETag)
	e.date(it.LastModified)
	e.str(it.LastError)
	for _, n := range []int{it.Checks, it.Failures, it.Unchanged, it.Looks, it.Walls} {
		e.num(n)
	}
	e.time(it.FirstSeen)
	for _, t := range []time.Time{it.Due, it.Published, it.LastChecked, it.LastChanged} {
		e.near(t, it.FirstSeen)
	}
	if it.Changes > 0 || it.Told || it.Rhythm != "" || it.Size > 0 || it.Skips != (Skips{}) { // which most pages have none of
		e.num(it.Changes)
		e.flag(it.Told)
		e.str(it.Rhythm)
		e.num(it.Size)
		if it.Skips != (Skips{}) {
			e.num(int(it.Skips.Hours))
			e.num(int(it.Skips.Days))
		}
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
	it.URL = d.str()
	it.Page = urlkey.Key(d.ending(it.URL))
	it.Via = d.beginning(it.URL)
	it.Kind, it.State = d.word(), d.word()
	it.ETag, it.LastModified, it.LastError = d.str(), d.date(), d.str()
	for _, n := range []*int{&it.Checks, &it.Failures, &it.Unchanged, &it.Looks, &it.Walls} {
		*n = d.num()
	}
	it.FirstSeen = d.time()
	for _, t := range []*time.Time{&it.Due, &it.Published, &it.LastChecked, &it.LastChanged} {
		*t = d.near(it.FirstSeen)
	}
	if len(d.b) > 0 {
		it.Changes, it.Told, it.Rhythm, it.Size = d.num(), d.flag(), d.str(), d.num()
	}
	if len(d.b) > 0 {
		hours, days := d.num(), d.num()
		if it.Skips = (Skips{Hours: uint32(hours), Days: uint8(days)}); int(it.Skips.Hours) != hours || int(it.Skips.Days) != days {
			d.bad = true
		}
	}
	return it, lane, d.close()
}

// ending writes what ends like something that is known.
func (e *encoder) ending(s, like string) {
	n := 0
	for n < len(s) && n < len(like) && s[len(s)-1-n] == like[len(like)-1-n] {
		n++
	}
	e.num(n)
	e.str(s[:len(s)-n])
}

func (d *decoder) ending(like string) string {
	n, s := d.num(), d.str()
	if n > len(like) {
		d.bad = true
		return ""
	}
	return s + like[len(like)-n:]
}

// beginning writes what begins like something that is known.
func (e *encoder) beginning(s, like string) {
	n := 0
	for n < len(s) && n < len(like) && s[n] == like[n] {
		n++
	}
	e.num(n)
	e.str(s[n:])
}

func (d *decoder) beginning(like string) string {
	n, s := d.num(), d.str()
	if n > len(like) {
		d.bad = true
		return ""
	}
	return like[:n] + s
}

func (e *encoder) word(s string) {
	for n, w := range words {
		if s == w {
			e.num(n)
			return
		}
	}
	e.num(len(words))
	e.str(s)
}

func (d *decoder) word() string {
	switch n := d.num(); {
	case n < len(words):
		return words[n]
	case n == len(words):
		return d.str()
	}
	d.bad = true
	return ""
}

// date writes a header's date: as a time, when it is one in the usual form.
func (e *encoder) date(s string) {
	if len(s) == len(http.TimeFormat) {
		if t, err := http.ParseTime(s); err == nil && t.Unix() > 0 && t.Format(http.TimeFormat) == s {
			e.num(int(t.Unix()))
			return
		}
	}
	e.num(0)
	e.str(s)
}

func (d *decoder) date() string {
	n := d.num()
	if n == 0 {
		return d.str()
	}
	s := time.Unix(int64(n), 0).UTC().Format(http.TimeFormat)
	if t, err := http.ParseTime(s); err != nil || t.Unix() != int64(n) {
		d.bad = true
	}
	return s
}

// near writes a time as its distance from another; 0 is the zero time.
func (e *encoder) near(t, from time.Time) {
	if micros(t) == 0 {
		e.num(0)
		return
	}
	e.b = binary.AppendUvarint(e.b, zigzag(micros(t)-micros(from))+1)
}

func (d *decoder) near(from time.Time) time.Time {
	n := d.uvarint()
	if n == 0 {
		return time.Time{}
	}
	n--
	t := fromMicros(micros(from) + (int64(n>>1) ^ -int64(n&1)))
	if t.IsZero() {
		d.bad = true
	}
	return t
}

func zigzag(n int64) uint64 { return uint64(n<<1) ^ uint64(n>>63) }
