package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An entreaty is how one language asks a reader for something: verbs first, then
// the nouns that the verbs need beside them.
type entreaty struct {
	subscribe, enrol, load, follow, share   string
	letter, app, offer, network, here, mail string
}

// asking is what a word of a plea is.
type asking uint16

const (
	subscribing asking = 1 << iota
	enrolling
	loading
	following
	sharing
	aLetter
	anApp
	anOffer
	aNetwork
	thisArticle
	byMail
	tempting // a verb of subscribing that other things take too
	aPrice
	acting = subscribing | enrolling | loading | following | sharing | tempting
)

// needs are the nouns of which each verb needs one.
var needs = []struct{ act, things asking }{
	{subscribing, aLetter | anOffer | aPrice},
	{tempting, anOffer},
	{enrolling, aLetter},
	{loading, anApp},
	{following, aNetwork | aLetter},
	{sharing, aNetwork | thisArticle},
}

// A pleaWord is a phrase in one language.
type pleaWord struct {
	asking
	tongue   uint8 // 0: any
	anywhere bool  // needs no clause to begin with it
}

// pleaLexicon is what pleaWords say, by phrase, and a spotter of the phrases.
var pleaLexicon, pleaSpotter = func() (map[string][]pleaWord, *spotter) {
	m, all := map[string][]pleaWord{}, []string(nil)
	for i, w := range pleaWords {
		for k, list := range []string{w.subscribe, w.enrol, w.load, w.follow, w.share, w.letter, w.app, w.offer, w.network, w.here, w.mail} {
			if list == "" {
				continue
			}
			for phrase := range strings.SplitSeq(list, "|") {
				phrase, anywhere := strings.CutPrefix(phrase, "~")
				phrase, weak := strings.CutPrefix(phrase, "?")
				what := asking(1) << k
				if weak {
					what = tempting
				}
				if strings.HasSuffix(phrase, "$") {
					phrase = phrase[:len(phrase)-1] + "\n"
				}
				if m[phrase] == nil {
					all = append(all, phrase)
				}
				m[phrase] = append(m[phrase], pleaWord{what, uint8(i), anywhere})
			}
		}
	}
	return m, newSpotter(all)
}()

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

const longestPlea = 160 // letters

// asksFor tells which verbs of pleas a line in small letters has, together with
// what they ask for: "sign up for the newsletter", "subscribe from £1". A line
// that quotes or reports, or that says more beside, has none.
func asksFor(lower string) asking {
	if strings.ContainsAny(lower, "“”„«»「」『』\"") {
		return 0
	}
	text := "\n" + strings.TrimRight(lower, " .!。！…>›»→") + "\n"
	var said [64]asking // by language
	var spans [24]span  // where words of pleas stand
	n := 0
	pleaSpotter.each(text, func(at int, phrase string) {
		for _, w := range pleaLexicon[phrase] {
			if w.asking&acting != 0 && !w.anywhere && !begins(text[:at]) || w.asking == anApp && within(text, at, phrase) {
				continue
			}
			said[w.tongue] |= w.asking
			if n < len(spans) {
				spans[n] = span{at, w.asking}
				n++
			}
		}
	})
	var priced, found asking
	if price(lower) {
		if priced = aPrice; terms.in(lower) {
			priced |= anOffer
		}
	}
	for i := 1; i < len(pleaWords); i++ {
		has := said[i] | said[0] | priced
		for _, need := range needs {
			if said[i]&need.act != 0 && has&need.things != 0 {
				found |= said[i] & need.act
			}
		}
	}
	if found == 0 || told.in(lower) || besides(text, spans[:n]) > mostBesides {
		return 0
	}
	return found
}

// A span is a word of a plea and where it begins.
type span struct {
	at int
	asking
}

const mostBesides = 50

// besides counts the letters of a line's sentences in which no word of a plea stands.
func besides(text string, words []span) int {
	sum, from := 0, 0
	for i, r := range text {
		end := r == '。' || r == '！' || r == '？' || r == '।' || (r == '.' || r == '!' || r == '?') && i+1 < len(text) && (text[i+1] == ' ' || text[i+1] == '\n')
		if !end && i+1 < len(text) {
			continue
		}
		said := false
		for _, w := range words {
			said = said || w.at >= from && w.at <= i
		}
		if !said {
			sum += utf8.RuneCountInString(text[from:i])
		}
		from = i + 1
	}
	return sum
}

// within tells whether a phrase is part of longer words: "our app" of "your apparel".
func within(text string, at int, phrase string) bool {
	letter := func(b byte) bool { return b >= 'a' && b <= 'z' }
	return letter(phrase[0]) && letter(text[at-1]) || strings.HasSuffix(phrase, "app") && letter(text[at+len(phrase)])
}

// begins tells whether a clause begins after the text, or after small words at its end.
func begins(before string) bool {
	for range 3 {
		s := strings.TrimRight(before, " ")
		r, _ := utf8.DecodeLastRuneInString(s)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\'' && r != '’' && (r != '-' || s != before) {
			return true
		}
		if s == before && r < 0x2e80 { // within a word
			return false
		}
		cut := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) + 1
		if cut <= 0 || !hastens[s[cut:]] {
			return false
		}
		before = s[:cut]
	}
	return false
}

// price tells whether an amount of money stands in the text.
func price(text string) bool {
	digit := func(b byte) bool { return b >= '0' && b <= '9' }
	for i, r := range text {
		if unicode.Is(unicode.Sc, r) {
			before, after := strings.TrimRight(text[:i], " \u00a0"), strings.TrimLeft(text[i+utf8.RuneLen(r):], " \u00a0")
			if after != "" && digit(after[0]) || before != "" && digit(before[len(before)-1]) {
				return true
			}
		} else if i > 0 && digit(text[i-1]) && !digit(text[i]) {
			rest := strings.TrimLeft(text[i:], " \u00a0,-–")
			for _, m := range moneys {
				if strings.HasPrefix(rest, m) {
					return true
				}
			}
		}
	}
	return false
}

// moneys are names of money that follow an amount.
var moneys = []string{"euro", "eur ", "kr", "kč", "zł", "ft", "forint", "lei", "lv", "лв", "руб", "грн", "ден", "дин", "tl", "ευρώ", "円", "元", "원", "rupi", "đ", "บาท", "ريال", "درهم", "دراهم", "leu", "تومان", "रुपये"}
