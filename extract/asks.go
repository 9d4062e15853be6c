package extract

import "strings"

// pleas drops lines that by their shape ask the reader for something. An article
// may be about newsletters or apps and say the same things; it says them more than once.
func (t *trimmer) pleas() {
	var asks []int
	var what []asking
	runs := 0 // of lines among the text
	for i := range t.in {
		p := t.at(i)
		if t.gone[i] != 0 || p.runes > longestPlea || p.kind == Preformatted || p.kind == Row || p.kind == Quote || p.kind == Item && p.linked == 0 {
			continue
		}
		lower := strings.ToLower(p.text)
		a := asksFor(lower)
		if a == 0 && p.runes <= longestLock {
			a = offered(lower)
		}
		if a != 0 && !(p.linked > 0 && t.outward(p)) {
			if t.flows(i) && (len(asks) == 0 || asks[len(asks)-1] < i-1) {
				runs++
			}
			asks, what = append(asks, i), append(what, a)
		}
	}
	if len(asks) == 0 {
		return
	}
	const most = 3   // a list of clubs or of letters has one for each
	var about asking // what other paragraphs speak of
	looked := false
	for k := len(asks) - 1; k >= 0; k-- {
		i, p := asks[k], t.at(asks[k])
		if p.kind == Heading && t.heads(i) && t.gone[i+1] == 0 {
			continue
		}
		if t.flows(i) && runs > most {
			continue
		}
		if t.flows(i) && p.linked*2 < p.runes {
			if !looked {
				about, looked = t.subjects(asks), true
			}
			if about&what[k] != 0 {
				continue
			}
		}
		t.drop(i, newsletterMark, "asks")
	}
}

// subjects tells of which verbs of pleas the nouns stand in the title or in two
// paragraphs that ask for nothing.
func (t *trimmer) subjects(asks []int) asking {
	var once, twice asking
	read := func(text string) {
		var has asking
		pleaSpotter.each(strings.ToLower(text), func(_ int, phrase string) {
			for _, w := range pleaLexicon[phrase] {
				has |= w.asking
			}
		})
		var of asking
		if has&aLetter != 0 {
			of |= enrolling | subscribing | tempting
		}
		if has&subscribing != 0 {
			of |= subscribing | tempting
		}
		if has&anApp != 0 {
			of |= loading
		}
		twice |= once & of
		once |= of
	}
	next := 0
	for i := range t.in {
		if next < len(asks) && asks[next] == i {
			next++
		} else if p := t.at(i); t.gone[i] == 0 && p.runes >= 40 {
			read(p.text)
		}
	}
	once &= twice
	read(t.title)
	return once | twice
}
