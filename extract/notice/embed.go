package notice

import (
	"strings"

	"golang.org/x/net/html"
)

// hosts are the providers whose embeds papers hold back, by what their
// addresses or the placeholder's classes hold.
var hosts = []struct{ part, name string }{
	{"youtube", "youtube"}, {"youtu.be", "youtube"}, {"vimeo", "vimeo"}, {"twitter", "twitter"}, {"//x.com", "twitter"},
	{"instagram", "instagram"}, {"facebook", "facebook"}, {"fb.com", "facebook"}, {"tiktok", "tiktok"}, {"spotify", "spotify"},
	{"soundcloud", "soundcloud"}, {"podigee", "podigee"}, {"dailymotion", "dailymotion"}, {"datawrapper", "datawrapper"}, {"flourish", "flourish"},
	{"infogram", "infogram"}, {"pinterest", "pinterest"}, {"reddit", "reddit"}, {"bsky", "bluesky"}, {"bluesky", "bluesky"}, {"mastodon", "mastodon"},
	{"telegram", "telegram"}, {"t.me/", "telegram"}, {"twitch", "twitch"}, {"google.com/maps", "google-maps"}, {"google-maps", "google-maps"},
	{"openstreetmap", "openstreetmap"}, {"riddle", "riddle"}, {"opinary", "opinary"}, {"glomex", "glomex"}, {"jwplayer", "jwplayer"}, {"apple.com", "apple"},
}

// host is the provider that a text in small letters names.
func host(lower string) string {
	for _, h := range hosts {
		if strings.Contains(lower, h.part) {
			return h.name
		}
	}
	return ""
}

// marker is the comment that stands for a placeholder: the provider, and its address where the markup has it.
func marker(n *html.Node) string {
	provider, address := "", ""
	look := func(s string) {
		lower := strings.ToLower(s)
		if name := host(lower); name != "" {
			if provider == "" {
				provider = name
			}
			if address == "" && (strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://")) && len(s) <= 500 {
				address = s
			}
		}
	}
	left := 200 // nodes; a placeholder is small
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		if left--; left < 0 || depth > 50 {
			return
		}
		if n.Type == html.TextNode && len(n.Data) < 2000 {
			look(strings.TrimSpace(n.Data))
		}
		for _, a := range n.Attr {
			if len(a.Val) < 2000 {
				look(a.Val)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
	}
	walk(n, 0)
	if provider == "" {
		return ""
	}
	mark := " embed: " + provider
	if address != "" && !strings.Contains(address, "--") {
		mark += " " + address
	}
	return mark + " "
}

// heldBack tells whether a notice stands for an embed rather than for the site.
func heldBack(x *lexicon, texts []string) bool {
	var m marks
	for _, s := range texts {
		x.read(fold(nil, s), &m)
	}
	return m.in[act]&(m.in[embedded]|m.in[provider]) != 0 && m.in[site] == 0
}

// mentions tells whether the word for cookies that nearly all languages share stands in a text.
func (x *lexicon) mentions(s string) bool {
	var m marks
	x.read(fold(nil, s), &m)
	return m.in[storage] == every
}
