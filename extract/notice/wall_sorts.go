package notice

import (
	"strings"
	"unicode/utf8"
)

// A wallSort is a sort of wall, named by what is said of it to people; "" is none.
type wallSort string

// The sorts of walls.
const (
	slow      wallSort = "the site asks for fewer requests"
	checks    wallSort = "the server checks browsers before it answers"
	people    wallSort = "the page asks whether a person is reading"
	adverts   wallSort = "the page asks to turn an ad blocker off"
	scripts   wallSort = "the page asks for a script or another browser"
	storing   wallSort = "the page asks to allow cookies"
	regions   wallSort = "the site shuts out this region"
	adults    wallSort = "the page asks for the reader's age"
	upkeep    wallSort = "the site is down for maintenance"
	accounts  wallSort = "the page asks to log in or to subscribe"
	forbidden wallSort = "the server refuses the page"
)

// said is what a block of the page says of a wall. Two words of one language
// must meet: neither "JavaScript" nor "enable" makes a wall.
func (v *seen) said(m *marks, w *wallMarks, s string, n, status int) wallSort {
	both := func(a, b languages) bool { return a&b != 0 }
	addressed := m.in[you] | m.in[voice] | m.in[site] | m.in[act]
	about, many := w.topics()
	here := both(w[placeWord], w[shutWord])
	w.spoken(addressed | many)
	here = here || m.in[you]&w[thingWord]&(w[placeWord]|w[placeWord+wallSlots])&(w[notWord]&w[viewWord]|w[shutWord]) != 0
	switch {
	case n >= 10 && addressed == 0 && about < 3 && status < 400: // walls speak to the reader, or of themselves
		return ""
	case n > 60, n >= 12 && cites(s), n >= 12 && m.in[report] != 0 && !here && !(m.in[you] != 0 && about >= 3 && n <= 30):
		return ""
	}
	return sortOf(m, w, s, n, status, addressed)
}

// sortOf names the wall that words speak of.
func sortOf(m *marks, w *wallMarks, s string, n, status int, addressed languages) wallSort {
	both := func(a, b languages) bool { return a&b != 0 }
	embeds := m.in[embedded]|m.in[provider] != 0 && n < 12 && w[readWord] == 0 // a player that does not play
	switch {
	case w[manyWord] != 0 && (addressed != 0 || n < 10 || both(w[manyWord], w[laterWord])), both(w[loadWord], w[netWord]) && both(w[laterWord], w[loadWord]),
		both((w[manyWord]|w[manyWord+wallSlots])&w[loadWord], w[laterWord]&addressed|w[netWord]):
		return slow
	case w[checkWord] != 0 || m.in[gate] != 0:
		return checks
	case both(w[robotWord], w[proveWord]), both(w[personWord]&addressed, w[proveWord]):
		return people
	case both(w[blockerWord], w[turnWord]):
		return adverts
	case both(w[scriptWord], w[turnWord]) && !embeds, both(w[browserWord], w[turnWord]) && n <= 25 && !embeds, both(w[scriptWord], w[notWord]&w[browserWord]):
		return scripts
	case m.in[storage] != 0 && w[turnWord] != 0 && m.in[purpose] == 0 && (both(w[turnWord], w[browserWord]|w[readWord]) || n <= 4):
		return storing
	case both(w[placeWord], w[shutWord]), n <= 40 && both(w[placeWord]|w[placeWord+wallSlots]&(w[thingWord]|w[sorryWord]|m.in[you]&(m.in[voice]|m.in[site])), w[notWord]&w[viewWord]|w[shutWord]):
		return regions
	case w[ageWord] != 0 && n <= 30 && (grownUp(s) || asks(s) || m.in[you] != 0 || both(w[ageWord], w[readWord]|w[proveWord])), n <= 12 && grownUp(s) && asks(s):
		return adults
	case both(w[worksWord], w[laterWord]|w[shutWord]) || n < 10 && both(w[worksWord], w[readWord]) || w[worksWord] != 0 && n <= 5:
		return upkeep
	case both(w[accountWord], w[readWord]):
		return accounts
	case w[shutWord] != 0 && (status >= 400 && n <= 30 || n <= 8 && both(w[shutWord], w[readWord])):
		return forbidden
	}
	return ""
}

// asks tells a text that ends as a question.
func asks(s string) bool {
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "؟") || strings.HasSuffix(s, "？")
}

// cites tells a text in which more than a name or a label stands in quotation marks.
func cites(s string) bool {
	for {
		i := strings.IndexAny(s, "“”«»„「")
		if i < 0 {
			return false
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
		if i = strings.IndexAny(s, "“”«»„」"); i < 0 {
			return true
		}
		if wordCount(s[:i]) > 3 {
			return true
		}
		_, n = utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
	}
}
