package crawler

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"pressmark/extract/urlkey"
)

// A Site is a publication to crawl.
type Site struct {
	Name     string // what it is called everywhere: in the archive, in reports, on the command line
	URL      string // its home page
	Feeds    []string
	Sitemaps []string
	Sections []string // pages that link to articles; with Feeds and Sitemaps empty, all three are looked for
	Allow    []string // regular expressions; when there are any, a page's URL must match one
	Deny     []string // regular expressions; a page's URL must match none
	Hosts    []string // further hosts of the site, with all below them, beside its registrable domain
	Delay    time.Duration
	MaxPages int            // pages asked for in one run; 0 means no limit
	PerDay   Budget         // what it may be asked for on one day
	Quiet    Hours          // when it is not asked for anything
	Zone     *time.Location // its clock, for PerDay and Quiet; nil means the machine's
	Tags     []string
}

// A scope says which URLs belong to a site.
type scope struct {
	domain      string   // the registrable one, or the host with its port
	hosts       []string // further ones, with all below them
	allow, deny []*regexp.Regexp
}

func newScope(s Site) (*scope, error) {
	domain, err := urlkey.Group(s.URL)
	if err != nil {
		return nil, fmt.Errorf("site %s: %w", s.Name, err)
	}
	sc := &scope{domain: domain}
	for _, h := range s.Hosts {
		name, err := HostName(h)
		if err != nil {
			return nil, fmt.Errorf("site %s: %w", s.Name, err)
		}
		sc.hosts = append(sc.hosts, name)
	}
	for _, set := range []struct {
		from []string
		to   *[]*regexp.Regexp
		name string
	}{{s.Allow, &sc.allow, "allow"}, {s.Deny, &sc.deny, "deny"}} {
		for _, p := range set.from {
			re, err := regexp.Compile(p)
			if err != nil {
				return nil, fmt.Errorf("site %s: %s pattern %q: %w", s.Name, set.name, p, err)
			}
			*set.to = append(*set.to, re)
		}
	}
	return sc, nil
}

// page reports whether a URL may be an article of the site; if not, why.
func (sc *scope) page(raw string) (ok bool, why string) {
	if ok, why := sc.host(raw); !ok {
		return false, why
	}
	for _, re := range sc.deny {
		if re.MatchString(raw) {
			return false, "denied by " + re.String()
		}
	}
	if len(sc.allow) == 0 {
		return true, ""
	}
	for _, re := range sc.allow {
		if re.MatchString(raw) {
			return true, ""
		}
	}
	return false, "matches no allow pattern"
}

// host reports whether a URL stands on the site's own hosts: feeds and
// redirects must stay there too, whatever the patterns for articles say.
func (sc *scope) host(raw string) (ok bool, why string) {
	domain, err := urlkey.Group(raw)
	if err != nil {
		return false, err.Error()
	}
	if domain == sc.domain || sc.further(raw) {
		return true, ""
	}
	return false, "on another site, " + hostOf(raw)
}

// further reports whether a URL stands on one of the further hosts, or below.
func (sc *scope) further(raw string) bool {
	if len(sc.hosts) == 0 {
		return false
	}
	clean, err := urlkey.Clean(raw)
	if err != nil {
		return false
	}
	host := hostOf(clean)
	for _, h := range sc.hosts {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.Host
}
