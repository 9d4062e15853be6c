package notice

import "strings"

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
	switch {
	case n >= 10 && m.in[you]|m.in[voice]|m.in[site]|m.in[act] == 0 && status < 400: // walls speak to the reader, or of themselves
		return ""
	case n > 60, n >= 12 && strings.ContainsAny(s, "“”«»„「"), n >= 12 && m.in[report] != 0 && !both(w[placeWord], w[shutWord]):
		return ""
	}
	embeds := m.in[embedded]|m.in[provider] != 0 && n < 12 && w[readWord] == 0 // a player that does not play
	switch {
	case w[manyWord] != 0:
		return slow
	case w[checkWord] != 0 || m.in[gate] != 0:
		return checks
	case both(w[robotWord], w[proveWord]):
		return people
	case both(w[blockerWord], w[turnWord]):
		return adverts
	case both(w[scriptWord], w[turnWord]) && !embeds, both(w[browserWord], w[turnWord]) && n <= 25 && !embeds:
		return scripts
	case m.in[storage] != 0 && w[turnWord] != 0 && m.in[purpose] == 0 && (both(w[turnWord], w[browserWord]|w[readWord]) || n <= 4):
		return storing
	case both(w[placeWord], w[shutWord]):
		return regions
	case (w[ageWord] != 0 || grownUp(s)) && n <= 30 && (w[ageWord] != 0 && grownUp(s) || asks(s) || m.in[you] != 0 || both(w[ageWord], w[readWord]|w[proveWord])):
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
