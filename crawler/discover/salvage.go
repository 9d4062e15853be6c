package discover

import (
	"encoding/xml"
	"strings"

	"golang.org/x/net/html"
)

// The fields of an entry that salvage keeps, and what RSS calls them.
var entryField = map[string]string{
	"title": "title", "link": "link", "guid": "guid", "id": "guid", "pubdate": "pubDate",
	"published": "pubDate", "issued": "pubDate", "dc:date": "pubDate", "date": "pubDate",
	"updated": "updated", "modified": "updated", "feedburner:origlink": "origlink",
}

// salvage makes a small proper feed of what can be told apart in a broken one.
// It reads it as an HTML tokenizer does, to which nothing is an error.
func salvage(text string) string {
	var out strings.Builder
	out.WriteString("<rss version=\"2.0\"><channel>")
	z := html.NewTokenizer(strings.NewReader(xmlText(text)))
	var entry map[string]string
	var field string
	var inside strings.Builder
	finish := func() {
		if entry != nil {
			writeEntry(&out, entry)
		}
		entry, field = nil, ""
	}
	for entries := 0; ; {
		switch z.Next() {
		case html.ErrorToken:
			finish()
			out.WriteString("</channel></rss>")
			return out.String()
		case html.TextToken:
			if field != "" && inside.Len() < 8<<10 {
				inside.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch tag := string(name); tag {
			case "item", "entry":
				finish()
				if entries++; entries > maxLinks {
					continue
				}
				entry = map[string]string{}
			case "link":
				href, rel := "", ""
				for more {
					var k, v []byte
					k, v, more = z.TagAttr()
					switch string(k) {
					case "href":
						href = string(v)
					case "rel":
						rel = string(v)
					}
				}
				if entry != nil && href != "" && (rel == "" || rel == "alternate") && entry["link"] == "" {
					entry["link"] = href
				}
				field = "link"
				inside.Reset()
			default:
				tag = strings.TrimPrefix(strings.TrimPrefix(tag, "x-"), "atom:")
				if to := entryField[tag]; to != "" {
					field = to
					inside.Reset()
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if tag := string(name); tag == "item" || tag == "entry" {
				finish()
				continue
			}
			if entry != nil && field != "" && entry[field] == "" {
				entry[field] = strings.TrimSpace(inside.String())
			}
			field = ""
		}
	}
}

// xmlText makes XML safe for the HTML tokenizer: CDATA becomes plain text, and
// titles are no raw text here.
func xmlText(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for {
		i := strings.Index(text, "<![CDATA[")
		if i < 0 {
			break
		}
		b.WriteString(text[:i])
		text = text[i+len("<![CDATA["):]
		inner, rest, _ := strings.Cut(text, "]]>")
		b.WriteString(html.EscapeString(inner))
		text = rest
	}
	b.WriteString(text)
	return strings.NewReplacer("<title", "<x-title", "</title", "</x-title",
		"<script", "<x-script", "<style", "<x-style", "<textarea", "<x-textarea", "<iframe", "<x-iframe",
		"<xmp", "<x-xmp", "<plaintext", "<x-plaintext", "<noembed", "<x-noembed", "<noframes", "<x-noframes",
		"<noscript", "<x-noscript").Replace(b.String())
}

func writeEntry(out *strings.Builder, entry map[string]string) {
	if link := entry["origlink"]; link != "" {
		entry["link"] = link
	}
	if entry["pubDate"] == "" {
		entry["pubDate"] = entry["updated"]
	}
	out.WriteString("<item>")
	for _, name := range []string{"title", "link", "guid", "pubDate"} {
		if entry[name] == "" {
			continue
		}
		out.WriteString("<" + name + ">")
		xml.EscapeText(out, []byte(entry[name])) // a strings.Builder never fails
		out.WriteString("</" + name + ">")
	}
	out.WriteString("</item>")
}
