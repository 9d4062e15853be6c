package discover

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"strings"
)

// Bounds on what a feed says of who tells of its changes.
const (
	maxHubs    = 4
	hubTokens  = 400 // of XML, in which a feed's own links have to stand
	maxHubURL  = 2 << 10
	maxHubJSON = 4 << 20
)

// readHubs takes the hubs that a feed names, and the address that it calls its
// own (WebSub §4): what tells of changes without being asked.
func readHubs(f *Found, text, root, base string) {
	if root == "json" {
		jsonHubs(f, text, base)
		return
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	for range hubTokens {
		t, err := d.RawToken()
		if err != nil {
			return
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch strings.ToLower(start.Name.Local) {
		case "item", "entry":
			return
		case "link":
			f.hubLink(start.Attr, base)
		}
	}
}

func (f *Found) hubLink(attrs []xml.Attr, base string) {
	var rel, href string
	for _, a := range attrs {
		switch strings.ToLower(a.Name.Local) {
		case "rel":
			rel = strings.ToLower(a.Value)
		case "href":
			href = a.Value
		}
	}
	for _, r := range strings.Fields(rel) {
		switch r {
		case "hub":
			f.hub(href, base)
		case "self":
			f.self(href, base)
		}
	}
}

func jsonHubs(f *Found, text, base string) {
	if len(text) > maxHubJSON {
		return
	}
	var feed struct {
		Self string `json:"feed_url"`
		Hubs []struct {
			Type string `json:"type"`
			URL  string `json:"url"`
		} `json:"hubs"`
	}
	if json.Unmarshal([]byte(text), &feed) != nil { // then it says of its hubs nothing that can be read
		return
	}
	f.self(feed.Self, base)
	for _, h := range feed.Hubs {
		if strings.EqualFold(h.Type, "websub") || strings.EqualFold(h.Type, "pubsubhubbub") {
			f.hub(h.URL, base)
		}
	}
}

func (f *Found) hub(ref, base string) {
	if u := spelt(ref, base); u != "" && len(f.Hubs) < maxHubs {
		f.Hubs = append(f.Hubs, u)
	}
}

// self is the first that the feed calls so.
func (f *Found) self(ref, base string) {
	if f.Self == "" {
		f.Self = spelt(ref, base)
	}
}

// spelt is an address as it is spelt, made absolute: to a hub another spelling
// is another feed. Empty when it is none.
func spelt(ref, base string) string {
	ref = strings.TrimSpace(ref)
	from, err := url.Parse(base)
	if err != nil || ref == "" || len(ref) > maxHubURL {
		return ""
	}
	u, err := from.Parse(ref)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	if strings.HasPrefix(ref, u.Scheme+"://") {
		return ref
	}
	return u.String()
}
