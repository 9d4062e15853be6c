package fetch

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// A Manner is how one site wants to be asked. The zero value asks as all are
// asked.
type Manner struct {
	Site    string // whose cookies are kept together; empty keeps none
	Cookies string // sent with each request, as "name=value; name=value"
	Proxy   string // in place of Options.Proxy; "direct" for none
	HTTP1   bool   // never HTTP/2
}

// Direct is the Proxy of a Manner that goes round the proxy of all.
const Direct = "direct"

// CheckCookies reports what is wrong with the Cookies of a Manner.
func CheckCookies(line string) error {
	if line == "" {
		return nil
	}
	if len(line) > maxCookieBytes {
		return fmt.Errorf("cookies of %d bytes: %d are the most", len(line), maxCookieBytes)
	}
	if _, err := http.ParseCookie(line); err != nil || !httpguts.ValidHeaderFieldValue(line) {
		return fmt.Errorf("cookies %.60q are not written as name=value; name=value", line)
	}
	return nil
}

// ParseProxy reads a proxy's URL.
func ParseProxy(raw string) (*url.URL, error) {
	proxy, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("reading the proxy's URL: %w", err)
	}
	switch strings.ToLower(proxy.Scheme) {
	case "http", "https", "socks5", "socks5h":
	default:
		return nil, fmt.Errorf("proxy %q: scheme is not http, https or socks5", proxy.Redacted())
	}
	if proxy.Host == "" {
		return nil, fmt.Errorf("proxy %q: no host", proxy.Redacted())
	}
	return proxy, nil
}
