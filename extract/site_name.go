package extract

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// seams are what titles put between the headline and the site's name.
var seams = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " > ", "|", " _ ", "_", " : ", " ― ", "｜", " -- "}

// A siteName is what a site may be called in its titles: what the page calls it, or its domain.
type siteName struct {
	key    string
	host   string
	labels []string // of the domain
}

func siteNameOf(name, pageURL string) siteName {
	n := siteName{key: bare(name)}
	u, err := url.Parse(pageURL)
	if err != nil || u.Host == "" {
		return n
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	n.host = bare(host)
	for label := range strings.SplitSeq(host, ".") {
		if l := bare(label); len(l) >= 4 {
			n.labels = append(n.labels, l)
		}
	}
	return n
}

// isKey tells whether a key is that of the site's name.
func (n *siteName) isKey(k string) bool {
	if k == "" {
		return false
	}
	if b := n.key; b != "" {
		if k == b || len(b) >= 4 && strings.Contains(k, b) && len(k) < len(b)+14 || len(k) >= 4 && strings.Contains(b, k) && len(k)*2 > len(b) {
			return true
		}
	}
	if k == n.host {
		return true
	}
	for _, l := range n.labels {
		if k == l || k == "the"+l || len(k) < 2*len(l) && (strings.HasPrefix(k, l) || strings.HasSuffix(k, l)) || len(k) >= 5 && len(k)*2 > len(l) && strings.Contains(l, k) {
			return true
		}
	}
	return false
}

// without takes the site's name, and the section's, off a title. Other names of
// the page are evidence, by their keys: what is a headline elsewhere stays whole.
func (n *siteName) without(title string, others []string) string {
	for range 3 {
		cut := n.cut(title, others)
		if cut == "" {
			return title
		}
		title = cut
	}
	return title
}

// cut gives the title without its first or last part, if that is the site's; else "".
func (n *siteName) cut(title string, others []string) string {
	whole, known := false, len(others) == 0
	elsewhere := func(part string) bool {
		if len(others) == 0 || !slices.Contains(others, part) {
			return false
		}
		if !known {
			whole, known = slices.Contains(others, bare(title)), true
		}
		return !whole
	}
	for _, seam := range seams {
		first := strings.Index(title, seam)
		if first < 0 {
			continue
		}
		last := strings.LastIndex(title, seam)
		if last <= 0 {
			continue
		}
		for k, i := range [2]int{last, first} {
			if k == 1 && first == last || i <= 0 {
				continue
			}
			left, right := strings.TrimSpace(title[:i]), strings.TrimSpace(title[i+len(seam):])
			l, r := bare(left), bare(right)
			switch {
			case k == 0 && n.isKey(r), l != "" && elsewhere(l):
				return left
			case right != "" && n.isKey(l), r != "" && elsewhere(r):
				return right
			}
		}
	}
	return ""
}

// bare keeps a text's letters and digits, in lower case.
func bare(s string) string {
	var room [512]byte
	b := room[:0]
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c = bareASCII[c]; c != 0 {
				b = append(b, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b = utf8.AppendRune(b, unicode.ToLower(r))
		}
		i += n
	}
	return string(b)
}
