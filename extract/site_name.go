package extract

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// seams are what titles put between the headline and the site's name.
var seams = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " > ", "|", " _ ", "_", " : ", " ― ", "｜", " -- "}

// withoutSite takes the site's name, and the section's, off a title. Other names of the page are evidence,
// by their keys: what is a headline elsewhere stays whole.
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
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c = bareASCII[c]; c != 0 {
				b.WriteByte(c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(unicode.ToLower(r))
		}
		i += n
	}
	return b.String()
}

// equalAny tells whether a text is one of the keys, but for case and punctuation.
func equalAny(s string, keys []string) bool {
	k := bare(s)
	if k == "" {
		return false
	}
	for _, x := range keys {
		if x == k {
			return true
		}
	}
	return false
}
