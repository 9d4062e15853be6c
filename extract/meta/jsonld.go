package meta

import (
	"bytes"
	"encoding/json"
	"html"
	"io"
	"regexp"
	"strings"
)

// linkedDepth is how deep JSON-LD is followed.
const linkedDepth = 12

// A thing is one object of JSON-LD.
type thing map[string]any

// linked reads one JSON-LD script, mended where people and templates break it.
// It gives all objects in it, outermost first.
func linked(script string) []thing {
	var out []thing
	for _, v := range values(script) {
		out = gather(v, out, linkedDepth)
	}
	return out
}

// values parses a script that may hold several JSON values.
func values(script string) []any {
	read := func(b []byte) (out []any, ok bool) {
		d := json.NewDecoder(bytes.NewReader(b))
		for {
			var v any
			switch err := d.Decode(&v); err {
			case nil:
				out = append(out, v)
			case io.EOF:
				return out, true
			default:
				return out, len(out) > 0
			}
		}
	}
	raw := []byte(script)
	if out, ok := read(raw); ok {
		return out
	}
	if out, ok := read(mend(raw)); ok {
		return out
	}
	return scavenge(script)
}

// mend drops what JSON does not allow: comments around it, raw control
// characters in strings, unknown escapes, commas before a closing bracket.
func mend(b []byte) []byte {
	for _, mark := range []string{"<!--", "-->", "<![CDATA[", "]]>", "//<![CDATA[", "//]]>"} {
		b = bytes.ReplaceAll(b, []byte(mark), nil)
	}
	b = bytes.TrimRight(bytes.TrimSpace(b), ";")
	out := make([]byte, 0, len(b))
	inside := false
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case inside && c == '\\' && i+1 < len(b):
			if next := b[i+1]; bytes.IndexByte([]byte(`"\/bfnrtu`), next) >= 0 {
				out = append(out, c, next)
			} else {
				out = append(out, next)
			}
			i++
		case inside && c < 0x20:
			out = append(out, ' ')
		case c == '"':
			if inside && !closes(b[i+1:]) { // a bare quotation mark within a text
				out = append(out, '\\', '"')
				continue
			}
			inside = !inside
			out = append(out, c)
		case !inside && c == ',':
			rest := bytes.TrimLeft(b[i+1:min(len(b), i+64)], " \t\r\n")
			if len(rest) > 0 && (rest[0] == '}' || rest[0] == ']' || rest[0] == ',') {
				continue
			}
			out = append(out, c)
		default:
			out = append(out, c)
		}
	}
	return out
}

// closes tells whether a quotation mark before rest ends a string.
func closes(rest []byte) bool {
	for _, c := range rest {
		switch c {
		case ' ', '\t', '\r', '\n':
		case ',', ':', '}', ']':
			return true
		default:
			return false
		}
	}
	return true
}

var scavenged = regexp.MustCompile(`"(headline|datePublished|dateModified|dateCreated|articleSection|articleBody|description)"\s*:\s*"((?:[^"\\]|\\.)*)"`)

// scavenge takes single fields out of what cannot be parsed at all.
func scavenge(script string) []any {
	found := map[string]any{"@type": "Article"}
	for _, m := range scavenged.FindAllStringSubmatch(script, 40) {
		if _, seen := found[m[1]]; seen {
			continue
		}
		var s string
		if json.Unmarshal([]byte(`"`+m[2]+`"`), &s) != nil {
			s = m[2]
		}
		found[m[1]] = s
	}
	if len(found) < 2 || !strings.Contains(script, "Article") && !strings.Contains(script, "Posting") {
		return nil
	}
	return []any{found}
}

// gather lists the objects of v. What a list of links or an offer holds is not the page's own.
func gather(v any, out []thing, depth int) []thing {
	if depth == 0 || len(out) > 500 {
		return out
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			out = gather(x, out, depth-1)
		}
	case map[string]any:
		out = append(out, v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "review", "liveBlogUpdate"} {
			if key == "liveBlogUpdate" || key == "review" {
				continue
			}
			if x, ok := v[key]; ok {
				out = gather(x, out, depth-1)
			}
		}
	}
	return out
}

// is tells whether the thing has a type that ends in one of the words.
func (t thing) is(words ...string) bool {
	for _, name := range t.types() {
		for _, w := range words {
			if strings.HasSuffix(name, w) {
				return true
			}
		}
	}
	return false
}

func (t thing) types() []string {
	switch v := t["@type"].(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// text reads a field as plain text: a string, the first of a list, or an object's name.
func (t thing) text(key string) string { return plain(t[key], 3) }

func plain(v any, depth int) string {
	if depth == 0 {
		return ""
	}
	switch v := v.(type) {
	case string:
		return squeeze(unescape(v))
	case []any:
		for _, x := range v {
			if s := plain(x, depth-1); s != "" {
				return s
			}
		}
	case map[string]any:
		for _, key := range []string{"name", "@value", "headline", "url"} {
			if s := plain(v[key], depth-1); s != "" {
				return s
			}
		}
	}
	return ""
}

// unescape undoes HTML escapes, also those that were escaped twice.
func unescape(s string) string {
	for range 2 {
		if !strings.Contains(s, "&") {
			break
		}
		s = html.UnescapeString(s)
	}
	return s
}

// squeeze makes all white space, and all control characters, single spaces.
func squeeze(s string) string {
	if squeezed(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	return strings.TrimRight(string(appendSqueezed(b, s)), " ")
}

// squeezed tells plain text that needs no squeezing.
func squeezed(s string) bool {
	space := true // at the edges there is none
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if space {
				return false
			}
			space = true
		case c < ' ' || c == 0x7f || c == 0xc2 || c == 0xe1 || c == 0xe2 || c == 0xe3: // where spaces of other kinds begin
			return false
		default:
			space = false
		}
	}
	return !space || s == ""
}
