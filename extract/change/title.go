package change

import (
	"net/url"
	"strings"
	"unicode"
)

// headline gives a title without the name of the site around it.
func headline(s Snapshot) string {
	title := strings.Join(strings.Fields(plain(s.Article.Title)), " ")
	for {
		cut := title
		for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " ‹ ", " « ", "｜", " ｜ "} {
			if i := strings.Index(title, sep); i > 0 && siteName(title[:i], "", s) {
				cut = title[i+len(sep):]
				break
			}
			if i := strings.LastIndex(title, sep); i > 0 && siteName(title[i+len(sep):], sep, s) {
				cut = title[:i]
				break
			}
		}
		if cut = strings.TrimSpace(cut); cut == title || cut == "" {
			return title
		}
		title = cut
	}
}

// siteName tells a site's name at the end of a title from the end of a
// headline: the page says so, the address has its letters, it stands after a
// sign that headlines don't use, or it has a newspaper's name.
func siteName(name, sep string, s Snapshot) bool {
	words := folded(name)
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	if s.Article.SiteName != "" && letters(name) == letters(s.Article.SiteName) {
		return true
	}
	if u, err := url.Parse(s.URL); err == nil {
		host := letters(strings.TrimPrefix(u.Hostname(), "www."))
		if n := letters(name); len(n) >= 3 && strings.HasPrefix(host, n) || len(n) >= 6 && strings.Contains(host, strings.TrimPrefix(n, "the")) {
			return true
		}
	}
	switch strings.TrimSpace(sep) {
	case "|", "｜", "::", "»", "·", "•", "‹", "«":
		return true
	case "":
		return false
	}
	return papers()[words[len(words)-1]] && unicode.IsUpper(firstRune(name)) && len(words) <= 4
}

// letters are the letters and digits of a name, small.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// papers are words that end the name of a newspaper or a station.
var papers = words(`
news times post herald tribune guardian telegraph gazette chronicle observer examiner journal daily press online magazine today independent mirror express mail
sun star globe review standard reuters bbc cnn npr ap afp dpa zeitung anzeiger rundschau nachrichten tageblatt kurier allgemeine spiegel zeit welt bild stern
monde figaro libération parisien croix dépêche mundo país vanguardia periódico razón corriere repubblica stampa messaggero sole folha globo estadão público
observador expresso nieuws volkskrant telegraaf trouw courant parool nrc nos`)

// headlineFinding tells whether the headline changed, and whether it went back
// to an earlier one.
func (c *comparer) headlineFinding(before, after Snapshot, earlier []string) (finding, bool) {
	old, new := c.titlePassage(headline(before)), c.titlePassage(headline(after))
	if len(old.tokens) == 0 || len(new.tokens) == 0 || sameHeadline(old, new) {
		return finding{}, false
	}
	f := finding{Edit: Edit{Where: whereTitle, Block: -1, Op: Replace, Kinds: []Kind{Headline}}}
	f.Spans = c.spans(old, new, c.hunks(old.tokens, new.tokens))
	f.Before, f.After = sides(f.Spans)
	if k := c.labelled(old, new); k != "" {
		f.Kinds = []Kind{k}
		return f, true
	}
	for _, e := range earlier {
		s := after
		s.Article.Title = e
		if sameHeadline(c.titlePassage(headline(s)), new) {
			f.Kinds = append(f.Kinds, HeadlineFlip)
			break
		}
	}
	return f, true
}

// labelled tells the note that was set before a headline that stayed as it
// was, such as "Retracted:" or "Editor's note:".
func (c *comparer) labelled(old, new passage) Kind {
	n := len(new.tokens) - len(old.tokens)
	if n <= 0 || n > 6 || !(passage{new.text, new.tokens[n:]}).readsLike(old) {
		return ""
	}
	label := passage{new.text, new.tokens[:n]}
	if noteIn(fold(c.l, new.text, label.tokens)) == noNote {
		return ""
	}
	return c.said(label)
}

func (c *comparer) titlePassage(title string) passage {
	return passage{title, c.l.tokens(title)}
}

// sameHeadline compares titles with their quotation marks: to put a word of a
// headline in quotes is to change it. Capitals alone are not.
func sameHeadline(a, b passage) bool {
	x, y := a.cited(), b.cited()
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i].id != y[i].id && !strings.EqualFold(a.text[x[i].start:x[i].end], b.text[y[i].start:y[i].end]) {
			return false
		}
	}
	return true
}

// cited are the tokens that are heard, and quotation marks, which all read the same.
func (p passage) cited() []token {
	const anyQuote = ^uint32(0)
	var out []token
	for _, t := range p.tokens {
		if t.class == mark {
			switch plainMark(p.text[t.start:t.end]) {
			case `"`, "'":
				t.id = anyQuote
			default:
				continue
			}
		}
		out = append(out, t)
	}
	return out
}
