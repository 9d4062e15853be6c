package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/meta"
)

// A nameSource is where a page gives itself a name, and what was done to it.
type nameSource uint8

const (
	inHeading nameSource = 1 << iota // an h1
	inMain                           // an h1 without its kicker
	inGraph                          // og:title
	inJSON                           // JSON-LD's headline
	inTitle                          // <title>
	inFirst                          // the first h1
	inCut                            // cut at a mark that often parts headline and site, without more evidence
)

// A pageName is one of the names between which headline chooses.
type pageName struct {
	text   string
	key    string     // letters and digits only, lower case
	from   nameSource // where it stands in these very letters
	shared nameSource // where it stands but for punctuation
}

// mostNames bounds the choice: some pages have a hundred h1s.
const mostNames = 24

// headline chooses the page's title among the names that it gives itself: h1,
// og:title, JSON-LD and <title>, each without the site's name. Which of them
// readers see as the headline is weighed by titleWeights.
func headline(f meta.Facts, pageURL string) string {
	names, news := pageNames(&f, pageURL)
	best, at := 0.0, -1
	for i := range names {
		score := 0.0
		for k, v := range nameFeatures(names, i, news) {
			score += v * titleWeights[k].weight
		}
		if at < 0 || score > best {
			best, at = score, i
		}
	}
	if at < 0 {
		return ""
	}
	return names[at].text
}

// pageNames lists the names of a page, and tells whether it is news by its own word.
func pageNames(f *meta.Facts, pageURL string) (names []pageName, news bool) {
	news = strings.HasSuffix(f.Type, "NewsArticle") || f.Type == "LiveBlogPosting"
	site := siteNameOf(f.SiteName, pageURL)
	var keys []string // of all the names as they stand
	var stated [4]bool
	for _, t := range f.Titles {
		if len(keys) < mostNames {
			keys = append(keys, bare(t.Text))
		}
	}
	heads := 0
	for _, t := range f.Titles {
		var from nameSource
		switch t.Source {
		case meta.FromHeading:
			from = inHeading
			if heads++; heads == 1 {
				from |= inFirst
			}
		case meta.FromGraph:
			from = inGraph
		case meta.FromJSON:
			from = inJSON
		default:
			from = inTitle
		}
		if from&inHeading == 0 { // of these only the first of each counts
			k := map[nameSource]int{inGraph: 0, inJSON: 1, inTitle: 2}[from]
			if stated[k] {
				continue
			}
			stated[k] = true
		}
		text := site.without(t.Text, nil)
		names = addName(names, text, from, &site)
		if closer := site.without(text, keys); closer != text {
			names = addName(names, closer, from|inCut, &site)
		}
		if main := withoutKicker(t); main != "" {
			names = addName(names, main, inMain|from&inFirst, &site)
		}
		if i := lastSeam(text); i > 0 && from&inHeading == 0 {
			names = addName(names, strings.TrimSpace(text[:i]), inCut, &site)
		}
	}
	if len(names) == 0 { // nothing but the site's own name
		for _, t := range f.Titles {
			if i := lastSeam(t.Text); i > 0 {
				return []pageName{{text: strings.TrimSpace(t.Text[:i]), key: bare(t.Text[:i]), from: inTitle}}, news
			} else if t.Text != "" {
				return []pageName{{text: t.Text, key: bare(t.Text), from: inTitle}}, news
			}
		}
	}
	for i := range names {
		for k := range names {
			if names[k].key == names[i].key {
				names[i].shared |= names[k].from
			}
		}
	}
	return names, news
}

// addName lists a name once; the site's own name is none.
func addName(names []pageName, text string, from nameSource, site *siteName) []pageName {
	text = strings.TrimSpace(text)
	for i := range names {
		if strings.EqualFold(names[i].text, text) {
			if from&inCut == 0 {
				names[i].from &^= inCut
			} else if names[i].from&inCut == 0 {
				from &^= inCut
			}
			names[i].from |= from
			return names
		}
	}
	key := bare(text)
	if key == "" || len(names) >= mostNames || site.isKey(key) {
		return names
	}
	return append(names, pageName{text: text, key: key, from: from})
}

// withoutKicker gives an h1 without the short element before its headline.
func withoutKicker(t meta.Title) string {
	rest, cut := strings.CutPrefix(t.Text, t.Kicker)
	if !cut || t.Kicker == "" {
		return ""
	}
	rest = strings.TrimLeft(rest, " :|–—-+/•·")
	if utf8.RuneCountInString(rest) < 8 || len(t.Kicker) > len(rest) && len(t.Kicker) > 60 {
		return ""
	}
	return rest
}

// lastSeam is where a title is cut when its last part is short and may be a site's name.
func lastSeam(title string) int {
	at := -1
	for _, seam := range seams[:12] {
		if !strings.Contains(title, seam) { // which is quickly known
			continue
		}
		if i := strings.LastIndex(title, seam); i > at {
			at = i
		}
	}
	if at < 12 || len(title)-at > at+8 {
		return -1
	}
	return at
}

// A titleWeight is what one piece of evidence is worth.
type titleWeight struct {
	evidence string
	weight   float64
}

// nameFeatures is the evidence for one of the names, in the order of titleWeights.
func nameFeatures(names []pageName, at int, news bool) (v [titleEvidence]float64) {
	n := &names[at]
	var all nameSource
	heads, likest := 0, 0
	starts, ends, started, ended := nameSource(0), nameSource(0), nameSource(0), nameSource(0)
	for i := range names {
		o := &names[i]
		all |= o.from
		if o.from&inHeading != 0 {
			heads++
		}
		if i == at || o.key == n.key {
			continue
		}
		if o.from&inCut == 0 {
			switch {
			case strings.HasPrefix(o.key, n.key):
				starts |= o.from
			case strings.HasSuffix(o.key, n.key):
				ends |= o.from
			case strings.HasPrefix(n.key, o.key):
				started |= o.from
			case strings.HasSuffix(n.key, o.key):
				ended |= o.from
			}
		}
		if o.from&(inGraph|inJSON|inTitle) != 0 {
			likest = max(likest, likeness(n.text, o.text))
		}
	}
	if n.shared&(inGraph|inJSON|inTitle) != 0 {
		likest = 100
	}
	const stated = inHeading | inGraph | inJSON | inTitle
	set := func(k int, is bool) {
		if is {
			v[k] = 1
		}
	}
	is := func(s nameSource) bool { return n.from&s != 0 && n.from&inCut == 0 }
	set(0, is(inHeading))
	set(1, is(inMain))
	set(2, is(inGraph))
	set(3, is(inJSON))
	set(4, is(inTitle))
	set(5, news && is(inHeading))
	set(6, news && is(inGraph))
	set(7, news && is(inJSON))
	set(8, is(inFirst))
	set(9, n.from&inCut != 0)
	set(10, n.from&inCut != 0 && n.from&stated != 0)
	v[11] = float64(count(n.shared & stated))
	set(12, n.shared&stated == all&stated)
	set(13, is(inHeading) && heads > 1 && likest < 50)
	v[14] = float64(likest) / 100
	set(15, is(inHeading) && likest < 30)
	set(16, starts&inHeading != 0)
	set(17, ends&inHeading != 0)
	set(18, started&inHeading != 0)
	set(19, ended&inHeading != 0)
	set(20, starts&(inGraph|inJSON) != 0)
	set(21, ends&(inGraph|inJSON) != 0)
	set(22, started&(inGraph|inJSON) != 0)
	set(23, ended&(inGraph|inJSON) != 0)
	set(24, starts&inTitle != 0)
	set(25, ends&inTitle != 0)
	set(26, !strings.Contains(n.text, " ") && wideRunes(n.text) == 0)
	set(27, shouted(n.text))
	set(28, strings.HasSuffix(n.text, "…") || strings.HasSuffix(n.text, "..."))
	set(29, strings.Contains(n.text, " | ") || strings.Contains(n.text, " » ") || strings.Contains(n.text, " :: "))
	set(30, strings.Contains(n.text, " :") || strings.Contains(n.text, "  "))
	set(31, news && is(inGraph) && n.shared&inHeading == 0 && ends&inHeading != 0)
	set(32, news && is(inGraph) && n.shared&inHeading == 0 && ended&inHeading != 0)
	set(33, news && is(inGraph) && n.shared&inHeading == 0 && starts&inHeading != 0)
	set(34, n.from&inGraph != 0 && n.shared&inJSON != 0 && n.shared&inHeading == 0)
	set(35, n.from&inHeading != 0 && n.shared&inJSON != 0 && n.shared&inGraph == 0)
	set(36, n.from&inTitle != 0 && n.shared&inGraph != 0 && n.shared&inHeading == 0)
	set(37, n.from&inTitle != 0 && n.shared&inHeading != 0 && n.shared&inGraph == 0)
	set(38, is(inGraph) && n.shared&inHeading != 0 && n.from&inHeading == 0)
	set(39, n.from&(inGraph|inJSON) == 0 && completed(names, at))
	return v
}

// completed tells whether a name and og:title or JSON-LD's headline together make up <title>: it is the site's.
func completed(names []pageName, at int) bool {
	n := &names[at]
	for i := range names {
		t := &names[i]
		if t.from&inTitle == 0 || len(t.key) <= len(n.key) {
			continue
		}
		rest, is := strings.CutSuffix(t.key, n.key)
		if !is {
			if rest, is = strings.CutPrefix(t.key, n.key); !is {
				continue
			}
		}
		for k := range names {
			if names[k].from&(inGraph|inJSON) != 0 && names[k].key == rest {
				return true
			}
		}
	}
	return false
}

func count(s nameSource) (n int) {
	for ; s != 0; s &= s - 1 {
		n++
	}
	return n
}

// shouted tells a text in capitals only.
func shouted(s string) bool {
	return utf8.RuneCountInString(s) > 8 && strings.ToUpper(s) == s && strings.ContainsFunc(s, unicode.IsUpper)
}

// likeness is the share of words that two short texts have in common, of a hundred.
func likeness(a, b string) int {
	x, y := wordList(a), wordList(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			both++
		}
	}
	return 200 * both / (len(x) + len(y))
}

// wordList lists the words of a text once each, at most forty; letters of
// scripts without spaces count as words.
func wordList(s string) []string {
	out := make([]string, 0, 16)
	add := func(w string) {
		if len(out) < 40 && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if wideRunes(w) > 0 {
			for _, r := range w {
				add(string(r))
			}
			continue
		}
		add(w)
	}
	return out
}
