package memory

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// A memory is kept as
//
//	version   1 byte, 1
//	pages     uvarint, copies uvarint
//	texts     how many, then each: hash(8), pages, how far first and last lie before the last page
//	places    how many, then each: hash(8), pages, texts, again, beside, how far last lies before the last page
//	holders   how many, then each: hash(8), pages
//	once      for each of the 256 sets: how many slots are filled (1), then each: 4 bytes, newest first
//
// with fixed numbers big-endian and all others as uvarint.
const binaryVersion = 1

var errBinary = errors.New("bad memory of a site")

// MarshalBinary writes a memory down.
func (s *Site) MarshalBinary() ([]byte, error) {
	b := make([]byte, 0, 16+len(s.texts)*12+len(s.places)*14+len(s.holders)*10+sets*ways*4)
	b = append(b, binaryVersion)
	put := func(numbers ...uint32) {
		for _, n := range numbers {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	put(s.pages, s.copies, uint32(len(s.texts)))
	for _, t := range s.texts {
		b = binary.BigEndian.AppendUint64(b, t.hash)
		put(t.pages, s.pages-t.first, s.pages-t.last)
	}
	put(uint32(len(s.places)))
	for _, p := range s.places {
		b = binary.BigEndian.AppendUint64(b, p.hash)
		put(p.pages, p.texts, p.again, p.beside, s.pages-p.last)
	}
	put(uint32(len(s.holders)))
	for _, h := range s.holders {
		b = binary.BigEndian.AppendUint64(b, h.hash)
		put(h.pages)
	}
	for _, slots := range s.once {
		n := 0
		for n < ways && slots[n] != 0 {
			n++
		}
		b = append(b, byte(n))
		for _, slot := range slots[:n] {
			b = binary.BigEndian.AppendUint32(b, slot)
		}
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (s *Site) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != binaryVersion {
		return fmt.Errorf("%w: not of version %d", errBinary, binaryVersion)
	}
	d := decoder{b: b[1:]}
	n := Site{pages: d.number(), copies: d.number()}
	d.pages = n.pages
	n.texts = make([]text, d.length(maxTexts))
	for i := range n.texts {
		n.texts[i] = text{hash: d.hash(), pages: d.number(), first: d.before(), last: d.before()}
		d.sorted(i > 0 && n.texts[i-1].hash >= n.texts[i].hash)
	}
	n.places = make([]place, d.length(maxPlaces))
	for i := range n.places {
		n.places[i] = place{hash: d.hash(), pages: d.number(), texts: d.number(), again: d.number(), beside: d.number(), last: d.before()}
		d.sorted(i > 0 && n.places[i-1].hash >= n.places[i].hash)
	}
	n.holders = make([]holder, d.length(maxHolders))
	for i := range n.holders {
		n.holders[i] = holder{hash: d.hash(), pages: d.number()}
	}
	for set := range n.once {
		for i := range int(d.byte(ways)) {
			if n.once[set][i] = uint32(d.fixed(4)); n.once[set][i] == 0 {
				d.bad = true
			}
		}
	}
	if d.bad || len(d.b) > 0 {
		return errBinary
	}
	*s = n
	return nil
}

// A decoder reads until something is amiss, and zeros from there on.
type decoder struct {
	b     []byte
	pages uint32
	bad   bool
}

func (d *decoder) number() uint32 {
	n, used := binary.Uvarint(d.b)
	if used <= 0 || n > 1<<31 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[used:]
	return uint32(n)
}

func (d *decoder) fixed(size int) uint64 {
	if len(d.b) < size {
		d.bad, d.b = true, nil
		return 0
	}
	var n uint64
	for _, c := range d.b[:size] {
		n = n<<8 | uint64(c)
	}
	d.b = d.b[size:]
	return n
}

func (d *decoder) hash() uint64 { return d.fixed(8) }

func (d *decoder) byte(most int) byte {
	n := d.fixed(1)
	if n > uint64(most) {
		d.bad = true
		return 0
	}
	return byte(n)
}

// before reads the number of a page as its distance from the last.
func (d *decoder) before() uint32 {
	ago := d.number()
	if ago > d.pages {
		d.bad = true
		return 0
	}
	return d.pages - ago
}

func (d *decoder) length(most int) int {
	n := d.number()
	if int(n) > most || int(n)*9 > len(d.b) {
		d.bad = true
		return 0
	}
	return int(n)
}

func (d *decoder) sorted(wrong bool) { d.bad = d.bad || wrong }
