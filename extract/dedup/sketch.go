package dedup

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
)

// A Sketch is what is kept of a text to recognise it again. The zero Sketch is that of an empty text.
type Sketch struct {
	version uint8
	blind   bool    // names can't be told from other words
	site    uint32  // of the masthead, 0 unknown
	at      uint32  // of publication, minutes since 1970; at midnight the day alone is known; 0 unknown
	wire    string  // the agency it credits, "" for none
	total   int     // content words of the whole body, of which body may hold the first only
	title   []token // content words of the headline
	body    []token // content words of the body, in order
}

// A token is a content word of a sketch: fourteen bits of its hash, whether it is a landmark, and whether it was quoted.
type token uint16

const (
	hashMask   token = 1<<14 - 1
	anchorMark token = 1 << 14
	quoteMark  token = 1 << 15
)

func (t token) hash() token    { return t & hashMask }
func (t token) anchored() bool { return t&anchorMark != 0 }
func (t token) quoted() bool   { return t&quoteMark != 0 }
func (t token) figure() bool   { return t.anchored() && t.hash() < figureHashes }

// The sizes of a sketch. Content words are about half of the words: 1,100 of them are the first 2,200 words, which all but one
// article in a hundred end before.
const (
	maxTitle      = 24
	maxBody       = 1100
	maxAt         = 1 << 20 * 1440
	sketchVersion = 2 // 1 did not know figures from names, nor that it was blind

	figureHashes = 1 << 11 // the hashes below are those of figures
)

// ErrSketch says that bytes are no sketch of a version this program reads. The sketch can be made anew from its text.
var ErrSketch = errors.New("not a readable sketch")

// NewSketch reduces a text.
func NewSketch(t Text) Sketch {
	s := Sketch{version: sketchVersion}
	if site := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(t.Site), "www.")); site != "" {
		s.site = max(1, crc32.ChecksumIEEE([]byte(site)))
	}
	if u := t.Published.Unix(); !t.Published.IsZero() && u > 0 {
		s.at = uint32(min(u/60, maxAt))
		if t.DayOnly {
			s.at -= s.at % 1440
		} else if s.at%1440 == 0 {
			s.at++
		}
	}
	if s.wire = creditIn(t.Byline, t.Body); len(s.wire) > maxAgency {
		s.wire = ""
	}
	title, _ := words(t.Title)
	body, blind := words(t.Body)
	s.blind = blind
	s.total = len(body)
	names := make(map[uint64]struct{}, 64)
	s.body = make([]token, 0, min(len(body), maxBody))
	for _, w := range body {
		if w.anchor {
			names[w.hash] = struct{}{}
		}
		if len(s.body) < maxBody {
			s.body = append(s.body, w.token())
		}
	}
	// Headlines capitalise as they please: what the body writes as a name is one, and what neither has in capitals is none.
	for _, w := range title[:min(len(title), maxTitle)] {
		if _, ok := names[w.hash]; !ok && w.title && len(names) > 0 {
			w.anchor = false
		} else if ok {
			w.anchor = true
		}
		s.title = append(s.title, w.token())
	}
	return s
}

func (w word) token() token {
	t := token(w.hash>>50) & hashMask
	switch {
	case w.figure:
		t %= figureHashes
	case t < figureHashes:
		t = token(w.hash>>34)&hashMask | figureHashes
	}
	if w.anchor {
		t |= anchorMark
	}
	if w.quoted {
		t |= quoteMark
	}
	return t
}

// moment reports whether minutes since 1970 name one, and not a day alone.
func moment(at uint32) bool { return at%1440 != 0 }

// day is that of publication, counted from 1970, 0 unknown.
func (s Sketch) day() int { return int(s.at / 1440) }

// MarshalBinary gives the stored form: version, site, whether it is blind, the length of the agency's name and the name, the minute
// of publication, the whole length, how many headline and body tokens, the tokens. Version 1 has the agency by its number instead,
// is never blind, and knows the day alone. What was read is written as it was.
func (s Sketch) MarshalBinary() ([]byte, error) {
	b := make([]byte, 0, 17+2*len(s.title)+2*len(s.body))
	version := s.made()
	b = append(b, version)
	b = binary.LittleEndian.AppendUint32(b, s.site)
	if version > 1 {
		b = append(append(b, bit(s.blind), byte(len(s.wire))), s.wire...)
		b = binary.AppendUvarint(b, uint64(s.at))
	} else {
		b = binary.AppendUvarint(append(b, firstNumber(s.wire)), uint64(s.day()))
	}
	b = binary.AppendUvarint(b, uint64(s.total))
	b = binary.AppendUvarint(b, uint64(len(s.title)))
	b = binary.AppendUvarint(b, uint64(len(s.body)))
	for _, t := range s.title {
		b = binary.LittleEndian.AppendUint16(b, uint16(t))
	}
	for _, t := range s.body {
		b = binary.LittleEndian.AppendUint16(b, uint16(t))
	}
	return b, nil
}

// made is the version by which the sketch was made; that of an empty text is the same in all.
func (s Sketch) made() uint8 { return cmp.Or(s.version, sketchVersion) }

func bit(yes bool) byte {
	if yes {
		return 1
	}
	return 0
}

// UnmarshalBinary reads what MarshalBinary gave; anything else is an error that wraps ErrSketch.
func (s *Sketch) UnmarshalBinary(b []byte) error {
	if len(b) < 10 {
		return fmt.Errorf("%w: %d bytes", ErrSketch, len(b))
	}
	version := b[0]
	if version < 1 || version > sketchVersion {
		return fmt.Errorf("%w: version %d", ErrSketch, version)
	}
	site, rest := binary.LittleEndian.Uint32(b[1:]), b[5:]
	blind, wire := false, ""
	if n := int(rest[0]); version == 1 {
		if n > len(firstAgencies) {
			return fmt.Errorf("%w: agency %d", ErrSketch, n)
		}
		if n > 0 {
			wire = firstAgencies[n-1]
		}
		rest = rest[1:]
	} else {
		size := int(rest[1])
		if n > 1 || size > maxAgency || len(rest) < 2+size {
			return fmt.Errorf("%w: an agency of %d bytes", ErrSketch, size)
		}
		blind, wire, rest = n == 1, string(rest[2:2+size]), rest[2+size:]
	}
	var sizes [4]uint64
	for i := range sizes {
		v, n := binary.Uvarint(rest)
		if n <= 0 || n > 1 && rest[n-1] == 0 { // cut short, too long, or written longer than need be
			return fmt.Errorf("%w: a length cannot be read", ErrSketch)
		}
		sizes[i], rest = v, rest[n:]
	}
	at, total, title, body := sizes[0], sizes[1], sizes[2], sizes[3]
	if version == 1 {
		at = min(at, maxAt) * 1440
	}
	if at > maxAt || title > maxTitle || body > maxBody || total < body || total > maxText || total > body && body < maxBody {
		return fmt.Errorf("%w: impossible lengths", ErrSketch)
	}
	if uint64(len(rest)) != 2*(title+body) {
		return fmt.Errorf("%w: %d bytes of tokens instead of %d", ErrSketch, len(rest), 2*(title+body))
	}
	read := func(n uint64) []token {
		if n == 0 {
			return nil
		}
		t := make([]token, n)
		for i := range t {
			t[i] = token(binary.LittleEndian.Uint16(rest[2*i:]))
		}
		rest = rest[2*n:]
		return t
	}
	*s = Sketch{version: version, blind: blind, site: site, wire: wire, at: uint32(at), total: int(total)}
	s.title = read(title)
	s.body = read(body)
	return nil
}

// Equal reports whether two sketches say the same. Records that hold a sketch are compared by it.
func (s Sketch) Equal(o Sketch) bool {
	return s.made() == o.made() && s.blind == o.blind && s.site == o.site && s.at == o.at && s.wire == o.wire && s.total == o.total &&
		slices.Equal(s.title, o.title) && slices.Equal(s.body, o.body)
}
