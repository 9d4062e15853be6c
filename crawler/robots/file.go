package robots

import (
	"bytes"
	"encoding/binary"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// A file is what one robots.txt says to us.
type file struct {
	rules    []rule
	delay    time.Duration
	sitemaps []string
	size     int // bytes kept, about
}

const (
	maxSitemaps   = 1000
	maxCrawlDelay = 24 * time.Hour
)

// parse reads the groups that address agent, or when there are none those that
// address everybody. Lines that it does not understand count for nothing.
func parse(body []byte, agent, from string) *file {
	if len(body) > maxBody {
		body = body[:maxBody]
		body = body[:bytes.LastIndexAny(body, "\r\n")+1] // half a rule is another rule
	}
	body = bytes.TrimPrefix(inUTF8(body), []byte("\xef\xbb\xbf"))

	f := &file{}
	var ours, all group
	found := false
	var forUs, forAll, inRules bool
	for line := range bytes.FieldsFuncSeq(body, func(c rune) bool { return c == '\n' || c == '\r' }) {
		name, value, ok := field(line)
		if !ok {
			continue
		}
		switch name {
		case "user-agent", "useragent", "user agent":
			if inRules { // the first agent of a new group
				forUs, forAll, inRules = false, false, false
			}
			if strings.HasPrefix(value, "*") {
				forAll = true
			} else if agent != "" && productToken(value) == agent {
				forUs, found = true, true
			}
		case "allow", "disallow", "crawl-delay", "crawldelay":
			inRules = true
			if forUs {
				ours.add(name, value)
			}
			if forAll {
				all.add(name, value)
			}
		case "sitemap":
			f.addSitemap(value, from)
		}
	}
	chosen := all
	if found {
		chosen = ours
	}
	f.rules, f.delay = chosen.rules, chosen.delay
	for _, r := range f.rules {
		f.size += len(r.pattern) + 48
	}
	return f
}

// inUTF8 is a file that says to be UTF-16, as some editors save what they are
// asked to. The RFC knows UTF-8 alone; but whoever wrote rules meant them.
func inUTF8(body []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return body
	}
	units := make([]uint16, 0, len(body)/2)
	for body = body[2:]; len(body) > 1; body = body[2:] {
		units = append(units, order.Uint16(body))
	}
	return []byte(string(utf16.Decode(units)))
}

// field takes a line apart: a name in lower case, a value without comment.
func field(line []byte) (name, value string, ok bool) {
	line, _, _ = bytes.Cut(line, []byte("#"))
	n, v, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(n) > 40 {
		return "", "", false
	}
	return strings.ToLower(string(bytes.TrimSpace(n))), string(bytes.TrimSpace(v)), true
}

// productToken is the part of a user agent that names the crawler, in lower
// case: of "Pressmark/1.0 (+https://…)" it is "pressmark".
func productToken(agent string) string {
	agent = strings.ToLower(strings.TrimSpace(agent))
	end := strings.IndexFunc(agent, func(c rune) bool {
		return !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_')
	})
	if end >= 0 {
		agent = agent[:end]
	}
	return agent
}

func (f *file) addSitemap(value, from string) {
	base, err := url.Parse(from)
	if err != nil || value == "" || len(f.sitemaps) == maxSitemaps || len(value) > 4000 {
		return
	}
	u, err := base.Parse(value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || slices.Contains(f.sitemaps, u.String()) {
		return
	}
	f.sitemaps = append(f.sitemaps, u.String())
	f.size += len(value) + 16
}

// A group gathers the rules of all groups for one agent.
type group struct {
	rules []rule
	delay time.Duration
}

func (g *group) add(name, value string) {
	switch name {
	case "allow", "disallow":
		if r, ok := newRule(name == "allow", value); ok {
			g.rules = append(g.rules, r)
		}
	default:
		seconds, err := strconv.ParseFloat(value, 64)
		if err != nil || math.IsNaN(seconds) || seconds <= 0 {
			return
		}
		d := maxCrawlDelay
		if seconds < maxCrawlDelay.Seconds() {
			d = time.Duration(seconds * float64(time.Second))
		}
		g.delay = max(g.delay, d)
	}
}
