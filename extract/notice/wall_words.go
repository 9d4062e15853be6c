package notice

import (
	_ "embed"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed walls.txt
var wallWordsFile string

// What words of a wall's page speak of.
const (
	robotWord   slot = iota // robots, captchas
	personWord              // a person, somebody real
	proveWord               // to prove something
	checkWord               // the server looks at the browser
	laterWord               // in a moment, try again
	scriptWord              // JavaScript
	turnWord                // to turn something on or off, to need it
	browserWord             // browsers
	placeWord               // where the reader is
	shutWord                // not available, denied
	ageWord                 // grown up
	accountWord             // log in, subscribers
	readWord                // to read on, this article
	blockerWord             // ad blockers
	worksWord               // maintenance
	manyWord                // too many requests
	meterWord               // so many articles are free
	notWord                 // not, only
	viewWord                // to be seen, to be had
	netWord                 // the reader's line
	loadWord                // requests, traffic
	dataWord                // advertisers, partners, the reader's data
	sorryWord               // sorry
	thingWord               // this page, the article
	wallSlots
)

// wallWords are the words of walls in all languages. They are looked up on
// pages with little text only, and are no part of the other lexicon, whose
// words are looked up in every paragraph.
var wallWords = sync.OnceValue(func() table {
	names := map[string]slot{
		"robot": robotWord, "prove": proveWord, "check": checkWord, "later": laterWord, "script": scriptWord, "turn": turnWord, "browser": browserWord, "place": placeWord,
		"shut": shutWord, "age": ageWord, "account": accountWord, "read": readWord, "blocker": blockerWord, "works": worksWord, "many": manyWord, "meter": meterWord,
		"person": personWord, "not": notWord, "view": viewWord, "net": netWord, "load": loadWord, "data": dataWord, "sorry": sorryWord, "only": readWord,
	}
	t := newTable()
	x := &lexicon{entries: t, heat: newTable()}
	lexicons := words().names
	in := languages(0)
	for _, line := range strings.Split(wallWordsFile, "\n") {
		key, list, ok := strings.Cut(line, ": ")
		key, faint := strings.CutSuffix(key, "?")
		s, known := names[key]
		if faint {
			s += wallSlots
		}
		switch {
		case len(line) == 2:
			i := slices.Index(lexicons, line)
			if i < 0 {
				panic("notice: walls.txt has a language without a lexicon: " + line)
			}
			in = 1 << i
		case ok && known && in != 0:
			for _, e := range strings.Split(list, "|") {
				x.addWall(e, s, in)
				if key == "read" {
					x.addWall(e, s+thingWord-readWord, in)
				}
			}
		case in != 0 && line != "":
			panic("notice: walls.txt has a line that is none: " + line)
		}
	}
	return t
})

// addWall adds an entry of a wall's words.
func (x *lexicon) addWall(raw string, s slot, in languages) {
	raw = strings.TrimSpace(raw)
	text := folded(raw)
	if text == "" {
		return
	}
	if last, _ := utf8.DecodeLastRuneInString(text); !strings.HasSuffix(raw, "*") && !unscripted(last) {
		text += " "
	}
	x.entries.add(entry{text, s, in})
}

// wallMarks say which slots of a wall a text fills, in which languages. The
// second half is of faint words, which count where the reader is spoken to.
type wallMarks [2 * wallSlots]languages

// wallMarksOf reads a folded text.
func wallMarksOf(t []byte) (m wallMarks) {
	words := wallWords()
	start := true
	for i := 0; i < len(t); {
		if t[i] == ' ' {
			start = true
			i++
			continue
		}
		r, n := utf8.DecodeRune(t[i:])
		if start || unscripted(r) {
			m.match(words, t[i:])
			if proclitic(r) {
				m.match(words, t[i+n:])
			}
		}
		start = false
		i += n
	}
	return m
}

func (m *wallMarks) match(words table, t []byte) {
	for _, e := range words.at(t) {
		if len(e.text) <= len(t) && string(t[:len(e.text)]) == e.text {
			m[e.slot] |= e.in
		}
	}
}

// mentions tells a text with a word that hardly stands anywhere but on a wall or beside one.
func (m *wallMarks) mentions() bool {
	for _, s := range []slot{robotWord, laterWord, scriptWord, browserWord, accountWord, blockerWord, worksWord} {
		if m[s] != 0 {
			return true
		}
	}
	return false
}

// spoken makes what faint words say as good as the rest, in the languages in
// which the reader is spoken to. A country, and too many of something, stay faint.
func (m *wallMarks) spoken(in languages) {
	for i := range wallSlots {
		if i != placeWord && i != manyWord {
			m[i] |= m[i+wallSlots] & in
		}
	}
}

// topics counts the slots that a text fills in the language in which it fills
// most: a sentence that speaks of a robot, a box to tick and an article is
// hardly of anything but a wall. many are the languages in which it fills three.
func (m *wallMarks) topics() (most int, many languages) {
	var n [64]int8
	for i := range wallSlots {
		switch slot(i) {
		case notWord, viewWord, laterWord, dataWord, sorryWord, thingWord:
			continue
		}
		for in := m[i] | m[i+wallSlots]; in != 0; in &= in - 1 {
			l := bits.TrailingZeros64(uint64(in))
			n[l]++
			most = max(most, int(n[l]))
			if n[l] >= 3 {
				many |= 1 << l
			}
		}
	}
	return most, many
}

// within leaves only what is of some languages.
func (m *wallMarks) within(home languages) {
	for i := range m {
		m[i] &= home
	}
}

// grownUp tells a text that names an age at which one is grown up.
func grownUp(s string) bool {
	number, digits := 0, 0
	for _, r := range s + " " {
		switch {
		case r >= '0' && r <= '9':
			number, digits = number*10+int(r-'0'), digits+1
			continue
		case r >= '٠' && r <= '٩':
			number, digits = number*10+int(r-'٠'), digits+1
			continue
		case r >= '۰' && r <= '۹':
			number, digits = number*10+int(r-'۰'), digits+1
			continue
		case r >= '０' && r <= '９':
			number, digits = number*10+int(r-'０'), digits+1
			continue
		}
		if digits == 2 && (number == 16 || number >= 18 && number <= 21) && !unicode.IsDigit(r) {
			return true
		}
		number, digits = 0, 0
	}
	return false
}
