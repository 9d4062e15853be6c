package fetch

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/publicsuffix"
)

const (
	maxJars        = 4096    // sites that cookies are kept of; beyond, one of them is forgotten
	maxCookies     = 50      // of one answer
	maxCookieBytes = 4 << 10 // of one cookie, and of all that are sent
	maxSet         = 500     // set in the life of one jar; then it starts empty
)

// jars keep cookies, a jar a site: what one site sets no other ever gets, even
// where both lead to one host. They are in memory only, for cookies tell
// visitors apart, and a crawl has no need to be known again tomorrow.
type jars struct {
	mu   sync.Mutex
	site map[string]*jar
}

type jar struct {
	*cookiejar.Jar
	set int
}

func newJar() *jar {
	j, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil { // it has never one
		return nil
	}
	return &jar{Jar: j}
}

// header is the Cookie header for u: what is always sent, and what the site set.
func (js *jars) header(m Manner, u *url.URL) string {
	line := m.Cookies
	if m.Site == "" {
		return line
	}
	js.mu.Lock()
	defer js.mu.Unlock()
	j := js.site[m.Site]
	if j == nil {
		return line
	}
	for _, c := range j.Cookies(u) {
		if next := c.Name + "=" + c.Value; len(line)+len(next)+2 <= maxCookieBytes {
			line = strings.TrimPrefix(line+"; "+next, "; ")
		}
	}
	return line
}

// take keeps what an answer sets.
func (js *jars) take(m Manner, u *url.URL, h http.Header) {
	lines := h["Set-Cookie"]
	if m.Site == "" || len(lines) == 0 {
		return
	}
	var set []*http.Cookie
	for _, line := range lines[:min(len(lines), maxCookies)] {
		if c, err := http.ParseSetCookie(line); err == nil && len(line) <= maxCookieBytes {
			set = append(set, c)
		}
	}
	js.mu.Lock()
	defer js.mu.Unlock()
	j := js.site[m.Site]
	if j == nil || j.set+len(set) > maxSet {
		if j == nil && len(js.site) >= maxJars {
			for any := range js.site {
				delete(js.site, any)
				break
			}
		}
		if j = newJar(); j == nil {
			return
		}
		if js.site == nil {
			js.site = map[string]*jar{}
		}
		js.site[m.Site] = j
	}
	j.set += len(set)
	j.SetCookies(u, set)
}
