package notice

import (
	"bytes"
	"embed"
	"encoding/binary"
	"path"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// A slot is a part that a word plays in a notice; lexicon/README.txt explains them.
type slot uint8

const (
	stop slot = iota
	storage
	device
	voice
	site
	you
	act
	purpose
	policy
	embedded
	provider
	pay
	report
	gate
	enter
	assent
	gear
	held
	terms
	kitchen
	slots // how many there are
	button
	title
	needed
	category
	related
	newsletter
	share
)

var slotNames = map[string]slot{
	"stop": stop, "storage": storage, "device": device, "voice": voice, "site": site, "you": you, "act": act,
	"purpose": purpose, "policy": policy, "embed": embedded, "provider": provider, "pay": pay, "report": report,
	"gate": gate, "enter": enter, "assent": assent, "gear": gear, "held": held, "terms": terms, "kitchen": kitchen, "needed": needed, "category": category, "button": button, "title": title, "related": related, "newsletter": newsletter, "share": share,
}

// languages is a set of lexicons. The highest bit is the common lexicon alone.
type languages uint64

const every = ^languages(0)

type entry struct {
	text string // folded; ends with a space unless the last word may go on
	slot slot
	in   languages
}

// A lexicon knows the words of all languages at once.
type lexicon struct {
	names   []string             // of the languages, by bit
	entries table                // what to mark
	heat    table                // those of them that make a text hot
	warm    sieve                // hashes of how those begin
	glance  glance               // knows most texts that are not hot
	stops   table                // small frequent words
	labels  map[string]languages // whole labels of buttons, folded
	words   map[string]languages // single words of those labels
	titles  map[string]languages // whole headings of notices, folded
	headed  beginnings           // how those begin
	sorts   sorts                // names of sorts of cookies
	lines   map[string]slot      // lines of the page's machinery, folded
}

var cookie = []byte("cookie")

var words = sync.OnceValue(readLexicon)

func readLexicon() *lexicon {
	x := &lexicon{
		entries: newTable(), heat: newTable(), stops: newTable(), labels: map[string]languages{}, words: map[string]languages{}, titles: map[string]languages{}, sorts: sorts{needed: map[string]languages{}, others: map[string]languages{}}, lines: map[string]slot{},
	}
	files, err := lexiconFiles.ReadDir("lexicon")
	if err != nil {
		panic("notice: the lexicons are not in the program: " + err.Error())
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".txt")
		if name == "README" {
			continue
		}
		text, err := lexiconFiles.ReadFile(path.Join("lexicon", f.Name()))
		if err != nil {
			panic("notice: " + err.Error())
		}
		in := every
		if name != "common" {
			in = 1 << len(x.names)
			x.names = append(x.names, name)
		}
		for _, line := range strings.Split(string(text), "\n") {
			key, list, ok := strings.Cut(line, ":")
			if !ok {
				continue
			}
			s, ok := slotNames[key]
			if !ok {
				panic("notice: " + f.Name() + " has no such slot: " + key)
			}
			for _, e := range strings.Split(list, "|") {
				x.add(e, s, in)
			}
		}
	}
	return x
}

func (x *lexicon) add(raw string, s slot, in languages) {
	raw = strings.TrimSpace(raw)
	open := strings.HasSuffix(raw, "*")
	text := folded(raw)
	if text == "" {
		return
	}
	switch s {
	case button:
		x.labels[text] |= in
		for _, w := range strings.Fields(text) {
			x.words[w] |= in
		}
		return
	case title:
		x.titles[text] |= in
		x.headed.add(text)
		return
	case needed, category:
		x.sorts.add(text, s, in)
		return
	case related, newsletter, share:
		x.lines[text] = s
		return
	}
	if last, _ := utf8.DecodeLastRuneInString(text); !open && !unscripted(last) {
		text += " "
	}
	if s == stop {
		x.stops.add(entry{text, s, in})
		return
	}
	x.entries.add(entry{text, s, in})
	if s == storage || s == device || s == act || s == held || s == terms {
		x.heat.add(entry{text, s, in})
		x.warmUp(text)
	}
}

// A table finds entries by a hash of their first three bytes.
type table [][]entry

func newTable() table { return make(table, 1<<13) }

func hash(k uint32) uint32 { return k * 2654435761 >> (32 - 13) }

func (b table) add(e entry) {
	h := hash(key(e.text))
	for j := range b[h] {
		if old := &b[h][j]; old.text == e.text && old.slot == e.slot {
			old.in |= e.in
			return
		}
	}
	b[h] = append(b[h], e)
}

// at gives the entries that the text may begin with.
func (b table) at(t []byte) []entry { return b[hash(key(t))] }

func key[T string | []byte](s T) uint32 {
	switch len(s) {
	case 0:
		return 0
	case 1:
		return uint32(s[0])<<16 | ' '<<8
	case 2:
		return uint32(s[0])<<16 | uint32(s[1])<<8
	}
	if s[1] == ' ' {
		return uint32(s[0])<<16 | ' '<<8
	}
	return uint32(s[0])<<16 | uint32(s[1])<<8 | uint32(s[2])
}

// marks says which slots the words of a stretch of text fill, in which languages.
type marks struct {
	in   [slots]languages
	seen languages // languages with a word of their own
}

// warmUp notes how a hot word begins. One that is a letter short may go on with any.
func (x *lexicon) warmUp(text string) {
	x.glance.learn(text)
	switch {
	case len(text) >= warmth:
		x.warm.set(warmHash([]byte(text)))
	case len(text) == warmth-1:
		for last := range 256 {
			x.warm.set(warmHash(append([]byte(text), byte(last))))
		}
	default:
		for i := range x.warm {
			x.warm[i] = ^uint64(0)
		}
	}
}

// A sieve is a set of hashes.
type sieve [1 << 16 / 64]uint64

func (v *sieve) set(h uint64)      { v[h/64] |= 1 << (h % 64) }
func (v *sieve) has(h uint64) bool { return v[h/64]&(1<<(h%64)) != 0 }

// hot tells of every block whether there may be a notice in it: whether a word
// names what is stored, or what the reader is to do about it.
func (x *lexicon) hot(blocks []string) []bool {
	list := make([]bool, len(blocks))
	var buf []byte
	for i, b := range blocks {
		if x.maybeHot(b) {
			buf = fold(buf[:0], b)
			list[i] = x.hotIn(buf)
		}
	}
	return list
}

// hotIn is hot for one folded text.
func (x *lexicon) hotIn(t []byte) bool {
	start := true
	for i := 0; i+2 < len(t); i++ {
		c := t[i]
		switch {
		case c == ' ':
			start = true
			continue
		case c < utf8.RuneSelf:
			if start && x.begins(t[i:]) || c == 'c' && t[i+1] == 'o' && bytes.HasPrefix(t[i:], cookie) {
				return true
			}
			start = false
			continue
		case c&0xc0 == 0x80: // inside a letter
			continue
		}
		r, n := utf8.DecodeRune(t[i:])
		if start || unscripted(r) {
			if x.begins(t[i:]) || proclitic(r) && x.begins(t[i+n:]) {
				return true
			}
		}
		start = false
	}
	return false
}

// warmth is how many bytes of a hot word are looked at first. Nearly all have as many.
const warmth = 5

func warmHash(t []byte) uint64 {
	return (uint64(binary.LittleEndian.Uint32(t)) | uint64(t[4])<<32) * 0x9E3779B97F4A7C15 >> (64 - 16)
}

// begins tells whether the text begins with a hot word.
func (x *lexicon) begins(t []byte) bool {
	if len(t) >= warmth {
		if !x.warm.has(warmHash(t)) {
			return false
		}
	}
	for _, e := range x.heat.at(t) {
		if len(e.text) <= len(t) && string(t[:len(e.text)]) == e.text {
			return true
		}
	}
	return false
}

// read marks a folded text.
func (x *lexicon) read(t []byte, m *marks) {
	start := true
	for i := 0; i < len(t); {
		if t[i] == ' ' {
			start = true
			i++
			continue
		}
		r, n := rune(t[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(t[i:])
		}
		if start || unscripted(r) {
			x.match(t[i:], m)
			if proclitic(r) {
				x.match(t[i+n:], m)
			}
		}
		if !start && r == 'c' && bytes.HasPrefix(t[i:], cookie) { // a compound
			m.in[storage] |= every
		}
		start = false
		i += n
	}
}

// proclitic tells the letters that Arabic and Hebrew write together with the word that follows.
func proclitic(r rune) bool {
	switch r {
	case 'و', 'ب', 'ل', 'ف', 'ו', 'ה', 'ב', 'ל', 'ש', 'כ', 'מ':
		return true
	}
	return false
}

func (x *lexicon) match(t []byte, m *marks) {
	for _, e := range x.entries.at(t) {
		if len(e.text) <= len(t) && string(t[:len(e.text)]) == e.text {
			m.in[e.slot] |= e.in
			if e.in != every {
				m.seen |= e.in
			}
		}
	}
}
