package extract

import (
	"encoding/binary"
	"strings"
)

// A spotter finds out whether a text holds any of many phrases, in one pass
// over the text. The phrases are in small letters, of four bytes at least.
type spotter struct {
	bits [1 << 14 / 64]uint64 // hashes of how they begin
	rows map[uint32][]string  // by how they begin
}

func newSpotter(phrases []string) *spotter {
	s := &spotter{rows: map[uint32][]string{}}
	for _, p := range phrases {
		k := binary.LittleEndian.Uint32([]byte(p))
		h := spotHash(k)
		s.bits[h/64] |= 1 << (h % 64)
		s.rows[k] = append(s.rows[k], p)
	}
	return s
}

func spotHash(k uint32) uint32 { return k * 2654435761 >> (32 - 14) }

// in tells whether any of the phrases stands in the text.
func (s *spotter) in(text string) bool {
	if len(text) < 4 {
		return false
	}
	k := uint32(text[0])<<8 | uint32(text[1])<<16 | uint32(text[2])<<24
	for i := 3; i < len(text); i++ {
		k = k>>8 | uint32(text[i])<<24
		if h := spotHash(k); s.bits[h/64]&(1<<(h%64)) != 0 && s.begins(text[i-3:], k) {
			return true
		}
	}
	return false
}

// each calls found with every phrase that stands in the text, and where.
func (s *spotter) each(text string, found func(at int, phrase string)) {
	if len(text) < 4 {
		return
	}
	k := uint32(text[0])<<8 | uint32(text[1])<<16 | uint32(text[2])<<24
	for i := 3; i < len(text); i++ {
		k = k>>8 | uint32(text[i])<<24
		if h := spotHash(k); s.bits[h/64]&(1<<(h%64)) != 0 {
			for _, p := range s.rows[k] {
				if strings.HasPrefix(text[i-3:], p) {
					found(i-3, p)
				}
			}
		}
	}
}

// starts tells whether the text begins with any of the phrases.
func (s *spotter) starts(text string) bool {
	if len(text) < 4 {
		return false
	}
	k := uint32(text[0]) | uint32(text[1])<<8 | uint32(text[2])<<16 | uint32(text[3])<<24
	h := spotHash(k)
	return s.bits[h/64]&(1<<(h%64)) != 0 && s.begins(text, k)
}

func (s *spotter) begins(text string, k uint32) bool {
	for _, p := range s.rows[k] {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return false
}
