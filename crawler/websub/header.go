package websub

import (
	"net/http"
	"net/url"
	"strings"
)

// Bounds on a Link header.
const (
	maxHubs      = 4
	maxLinks     = 50
	maxLinkValue = 16 << 10
)

// fromHeader reads the hubs and the own address that the answer of a feed names
// in Link headers (RFC 8288), which come before what the feed itself says.
func fromHeader(h http.Header, base string) (hubs []string, self string) {
	from, err := url.Parse(base)
	if err != nil {
		return nil, ""
	}
	for _, l := range links(h.Values("Link")) {
		u, err := from.Parse(l.target)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || len(l.target) > maxTopic {
			continue
		}
		to := l.target // as it is spelt: to a hub another spelling is another feed
		if !strings.HasPrefix(to, u.Scheme+"://") {
			to = u.String()
		}
		for _, rel := range strings.Fields(strings.ToLower(l.rel)) {
			switch {
			case rel == "hub" && len(hubs) < maxHubs:
				hubs = append(hubs, to)
			case rel == "self" && self == "":
				self = to
			}
		}
	}
	return hubs, self
}

type link struct{ target, rel string }

// links reads <target>; rel="…", … as far as it is well formed.
func links(values []string) []link {
	var list []link
	for _, v := range values {
		v = v[:min(len(v), maxLinkValue)]
		for len(list) < maxLinks {
			v = strings.TrimLeft(v, " \t,")
			if !strings.HasPrefix(v, "<") {
				break
			}
			end := strings.IndexByte(v, '>')
			if end < 0 {
				break
			}
			l := link{target: strings.TrimSpace(v[1:end])}
			var rest string
			l.rel, rest = params(v[end+1:])
			v = rest
			list = append(list, l)
		}
	}
	return list
}

// params reads the parameters of a link, of which the first rel counts, and
// gives what comes behind them.
func params(s string) (rel, rest string) {
	for {
		s = strings.TrimLeft(s, " \t")
		if !strings.HasPrefix(s, ";") {
			return rel, s
		}
		s = strings.TrimLeft(s[1:], " \t;")
		end := strings.IndexAny(s, "=;,")
		if end < 0 {
			return rel, ""
		}
		name := strings.ToLower(strings.TrimSpace(s[:end]))
		if s[end] != '=' {
			s = s[end:]
			continue
		}
		var value string
		value, s = paramValue(strings.TrimLeft(s[end+1:], " \t"))
		if name == "rel" && rel == "" {
			rel = value
		}
	}
}

// paramValue reads a token or a quoted string.
func paramValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexAny(s, ";,")
		if end < 0 {
			end = len(s)
		}
		return strings.TrimSpace(s[:end]), s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}
