package crawler

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"pressmark/extract/urlkey"
)

// group names what a URL's server belongs to, to be treated politely as one:
// its registrable domain, or the group that this was put into.
func (c *Crawler) group(raw string) (string, error) {
	domain, err := urlkey.Group(raw)
	if err != nil {
		return "", err
	}
	if whole := c.o.Groups[domain]; whole != "" {
		return whole, nil
	}
	return domain, nil
}

// GroupOf is the registrable domain that a host stands for when it is put into
// a group of servers, or a host of no domain with its port. A part of a domain
// is refused: its servers would be asked by two at once, one for the part and
// one for the rest.
func GroupOf(host string) (string, error) {
	name, err := HostName(host)
	if err != nil {
		return "", err
	}
	domain, err := urlkey.Group("https://" + name + "/")
	suffix, _ := publicsuffix.PublicSuffix(name)
	switch {
	case err != nil:
		return "", fmt.Errorf("%q is no host: write example.org", host)
	case domain == name || domain == strings.TrimPrefix(name, "www."):
		if suffix == name {
			return "", fmt.Errorf("%s is no server's name, but what many have in common: write example.%s", name, name)
		}
		return domain, nil
	case strings.HasPrefix(domain, name+":"):
		return "", fmt.Errorf("%s is no domain: write it with its port, %s:80 or %s:443", name, name, name)
	}
	return "", fmt.Errorf("%s is a part of %s, and in a group of its own its servers would be asked by two at once: write %s", name, domain, domain)
}

// HostName is a host as URLs have it, in lower case and in ASCII, with a port
// that is not the usual one.
func HostName(host string) (string, error) {
	clean, err := urlkey.Clean("https://" + host + "/")
	if err == nil && !strings.ContainsAny(host, "/?#@ ") {
		if u, err := url.Parse(clean); err == nil && u.Path == "/" {
			return u.Host, nil
		}
	}
	return "", fmt.Errorf("%q is no host: write example.org", host)
}
