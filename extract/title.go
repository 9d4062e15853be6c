package extract

import (
	"net/url"
	"strings"
	"unicode"

	"pressmark/extract/meta"
)

// headline chooses the page's title among the names that it gives itself.
// The h1 is what readers see, so it wins when another source bears it out;
// without that, what the page tells search engines wins.
func headline(f meta.Facts, pageURL string) string {
	var heads, stated []string
	for _, t := range f.Titles {
		if t.Source == meta.FromHeading {
			heads = append(heads, t.Text)
		}
	}
	for _, from := range []meta.Source{meta.FromGraph, meta.FromJSON, meta.FromTitle} {
		for _, t := range f.Titles {
			if t.Source == from {
				stated = append(stated, withoutSite(t.Text, f.SiteName, pageURL, heads))
				break
			}
		}
	}
	best, agree := "", 0.0
	for _, h := range heads {
		if isSite(h, f.SiteName, pageURL) {
			continue
		}
		for _, s := range stated {
			if a := alike(h, s); a > agree+0.001 {
				best, agree = h, a
			}
		}
	}
	switch {
	case agree >= 0.5:
		return told(withoutSite(best, f.SiteName, pageURL, stated), stated)
	case len(heads) == 1 && len(strings.Fields(heads[0])) >= 3 && !isSite(heads[0], f.SiteName, pageURL) && (agree > 0.2 || len(stated) == 0):
		return heads[0]
	}
	for _, s := range stated {
		if s != "" && !isSite(s, f.SiteName, pageURL) {
			return s
		}
	}
	for _, h := range append(heads, stated...) {
		if h != "" {
			return h
		}
	}
	return ""
}

// told gives the headline in the words of the page's other names where an h1
// sets a kicker before it, or spaces its parts for the eye.
func told(h string, stated []string) string {
	k := bare(h)
	for _, s := range stated {
		if b := bare(s); b == k && s != h && strings.Contains(h, " :") {
			return s
		} else if len(b)*2 > len(k) && len(b) < len(k) && strings.HasSuffix(k, b) && !strings.HasSuffix(h, s) {
			return s
		}
	}
	return h
}

// seams are what titles put between the headline and the site's name.
var seams = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " > ", "|", " _ ", "_", " : ", " ― ", "｜", " -- "}

// withoutSite takes the site's name, and the section's, off a title. Other names
// of the page are evidence: what is a headline elsewhere stays whole.
func withoutSite(title, site, pageURL string, others []string) string {
	for range 3 {
		cut := ""
		for _, seam := range seams {
			if i := strings.LastIndex(title, seam); i > 0 {
				left, right := strings.TrimSpace(title[:i]), strings.TrimSpace(title[i+len(seam):])
				switch {
				case isSite(right, site, pageURL), equalAny(left, others) && !equalAny(title, others):
					cut = left
				case isSite(left, site, pageURL) && right != "":
					cut = right
				}
			}
			if cut == "" {
				if i := strings.Index(title, seam); i > 0 {
					left, right := strings.TrimSpace(title[:i]), strings.TrimSpace(title[i+len(seam):])
					switch {
					case isSite(left, site, pageURL) && right != "", equalAny(right, others) && !equalAny(title, others):
						cut = right
					case equalAny(left, others) && !equalAny(title, others):
						cut = left
					}
				}
			}
			if cut != "" {
				break
			}
		}
		if cut == "" {
			return title
		}
		title = cut
	}
	return title
}

// isSite tells whether a text is the site's name: what the page calls it, or its domain.
func isSite(s, site, pageURL string) bool {
	k := bare(s)
	if k == "" {
		return false
	}
	if site != "" {
		b := bare(site)
		if k == b || len(b) >= 4 && strings.Contains(k, b) && len(k) < len(b)+14 || len(k) >= 4 && strings.Contains(b, k) && len(k)*2 > len(b) {
			return true
		}
	}
	u, err := url.Parse(pageURL)
	if err != nil || u.Host == "" {
		return false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if k == bare(host) {
		return true
	}
	for _, label := range strings.Split(host, ".") {
		l := bare(label)
		if len(l) >= 4 && (k == l || k == "the"+l || len(k) < 2*len(l) && (strings.HasPrefix(k, l) || strings.HasSuffix(k, l)) || len(k) >= 5 && len(k)*2 > len(l) && strings.Contains(l, k)) {
			return true
		}
	}
	return false
}

// bare keeps a text's letters and digits, in lower case.
func bare(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func equalAny(s string, list []string) bool {
	k := bare(s)
	for _, x := range list {
		if k != "" && bare(x) == k {
			return true
		}
	}
	return false
}

// alike is the share of words that two short texts have in common.
func alike(a, b string) float64 {
	if bare(a) == bare(b) && bare(a) != "" {
		return 1
	}
	x, y := wordSet(a), wordSet(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(x)+len(y))
}

// wordSet is the set of words of a text; letters of scripts without spaces count as words.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if wideRunes(w) > 0 {
			for _, r := range w {
				set[string(r)] = true
			}
			continue
		}
		set[w] = true
	}
	return set
}
