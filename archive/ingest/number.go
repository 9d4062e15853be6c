package ingest

import (
	"net/url"
	"strings"

	"pressmark/extract/urlkey"
)

// leastDigits is how long a publisher's number of an article must be to be told
// from a year, a page or a part of a headline.
const leastDigits = 5

// number is the publisher's own number of the article in an address, the part
// that stays when the headline, and with it the slug, is written anew:
// /news/council-votes-1234567. It is a run of digits or a UUID, the last one of
// the path or, where that has none, of a query's only parameter; "" when there
// is none, or it may be a date.
func number(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	path := strings.ToLower(u.EscapedPath())
	if strings.Contains(path, "%") { // the digits of escapes are none
		path = strings.ToLower(u.Path)
	}
	if n := lastNumber(path); n != "" || strings.Contains(u.RawQuery, "&") {
		return n
	}
	return lastNumber(strings.ToLower(u.RawQuery))
}

func lastNumber(s string) string {
	isPart := func(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || c >= 0x80 }
	found := ""
	for i := 0; i < len(s); {
		if !isPart(s[i]) {
			i++
			continue
		}
		end := i
		for end < len(s) && isPart(s[end]) {
			end++
		}
		if end-i == 8 && isUUID(s, i) {
			found, i = s[i:i+36], i+36
			continue
		}
		if n := strings.TrimLeft(s[i:end], "abcdefghijklmnopqrstuvwxyz"); len(s[i:end])-len(n) <= 8 && isNumber(n) {
			found = n
		}
		i = end
	}
	return found
}

// isNumber tells a run of digits that is long enough and no date.
func isNumber(s string) bool {
	if len(s) < leastDigits || strings.Trim(s, "0123456789") != "" {
		return false
	}
	if len(s) != 6 && len(s) != 8 || s[:2] != "19" && s[:2] != "20" {
		return true
	}
	month := s[4:6]
	return month == "00" || month > "12" // else it is 202611 or 20261114
}

// isUUID tells the form 8-4-4-4-12, of hexadecimal digits.
func isUUID(s string, at int) bool {
	if at+36 > len(s) {
		return false
	}
	for i := range 36 {
		c := s[at+i]
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (c == '-') || !dash && !('0' <= c && c <= '9' || 'a' <= c && c <= 'f') {
			return false
		}
	}
	return true
}

// sameNumber reports whether two addresses bear one number, and are built
// alike: what stands below an article's address are its pictures or comments.
func sameNumber(a, b string) bool {
	n := number(a)
	return n != "" && n == number(b) && depth(a) == depth(b)
}

func depth(raw string) int {
	u, err := url.Parse(raw)
	if err != nil {
		return 0
	}
	return strings.Count(strings.Trim(u.Path, "/"), "/")
}

func sameGroup(a, b string) bool {
	g, err := urlkey.Group(a)
	if err != nil {
		return false
	}
	h, err := urlkey.Group(b)
	return err == nil && g == h
}

// isFront reports whether an address is that of a front page, or of a section:
// articles have a number or a name of several words.
func isFront(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return true
	}
	path := strings.Trim(u.Path, "/")
	return path == "" && u.RawQuery == ""
}
