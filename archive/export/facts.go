package export

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pressmark/archive"
	"pressmark/archive/warc"
	"pressmark/extract/urlkey"
)

// What a capture knows and WARC has no field for stands in fields of our own,
// so that an import gives back the capture as it was. Other readers pass them
// over. A value that a field can't hold as it stands is quoted as in Go.
const (
	fieldCapture = "X-Pressmark-Capture" // always there: the version of these rules, 1
	fieldURL     = "X-Pressmark-URL"     // the address asked for, unless it is the record's
	fieldFinal   = "X-Pressmark-Final"   // the address that answered, unless it is the record's
	fieldPage    = "X-Pressmark-Page"    // the page's key, unless it is that of the address asked for
	fieldSite    = "X-Pressmark-Site"
	fieldVia     = "X-Pressmark-Via"
	fieldHeader  = "X-Pressmark-Header" // of the answer, quoted: name and values; repeated
	fieldPart    = "X-Pressmark-Part"   // of a warcinfo: the file's number among those of the export
)

// Bodies are kept free of encodings, and header fields that speak of them would
// mislead every reader: they are kept under these names, as other tools do.
const original = "X-Archive-Orig-"

var encodings = []string{"Content-Encoding", "Content-Length", "Transfer-Encoding"}

// factsOf are the fields for what of a capture a record can't say otherwise.
func factsOf(c archive.Capture, target string) warc.Header {
	h := warc.Header{{Name: fieldCapture, Value: "1"}}
	add := func(name, value string) { h = append(h, warc.Field{Name: name, Value: quoted(value)}) }
	if c.URL != target {
		add(fieldURL, c.URL)
	}
	if c.Final != target {
		add(fieldFinal, c.Final)
	}
	if key, err := urlkey.Of(c.URL); err != nil || key != c.Page {
		add(fieldPage, string(c.Page))
	}
	if c.Site != "" {
		add(fieldSite, c.Site)
	}
	if c.Via != "" {
		add(fieldVia, c.Via)
	}
	return h
}

// target is the address of a capture's record: the one that answered.
func target(c archive.Capture) string {
	u := c.Final
	if u == "" {
		u = c.URL
	}
	var b strings.Builder
	for i := range len(u) {
		if ch := u[i]; ch <= ' ' || ch >= 0x7f || ch == '<' || ch == '>' {
			fmt.Fprintf(&b, "%%%02X", ch)
		} else {
			b.WriteByte(ch)
		}
	}
	return b.String()
}

// answerHeader is a capture's header as the block of its record has it, with
// fields for what a block can't have. size is the length of the block's body;
// -1 when it is left out.
func answerHeader(h http.Header, size int) (http.Header, warc.Header) {
	out := make(http.Header, len(h))
	var rest warc.Header
	for name, values := range h {
		switch renamed, _ := strings.CutPrefix(name, original); {
		case renamed != name && slices.Contains(encodings, renamed), !warc.Carries(name, values):
			rest = append(rest, looseField(name, values))
		case name == "Content-Length" && (size < 0 || len(values) == 1 && values[0] == strconv.Itoa(size)):
			out[name] = values
		case slices.Contains(encodings, name):
			out[original+name] = values
		default:
			out[name] = values
		}
	}
	slices.SortFunc(rest, func(a, b warc.Field) int { return strings.Compare(a.Value, b.Value) })
	return out, rest
}

// looseHeader is a header in fields of the record alone.
func looseHeader(h http.Header) (list warc.Header) {
	for _, name := range slices.Sorted(maps.Keys(h)) {
		list = append(list, looseField(name, h[name]))
	}
	return list
}

func looseField(name string, values []string) warc.Field {
	value := strconv.QuoteToASCII(name)
	for _, v := range values {
		value += " " + strconv.QuoteToASCII(v)
	}
	return warc.Field{Name: fieldHeader, Value: value}
}

// restoreFacts gives a capture back what factsOf and answerHeader wrote.
func restoreFacts(c *archive.Capture, h warc.Header) error {
	for _, name := range encodings {
		if values, ok := c.Header[original+name]; ok {
			delete(c.Header, original+name)
			c.Header[name] = values
		}
	}
	for _, f := range h {
		var err error
		switch f.Name {
		case fieldURL:
			c.URL, err = unquoted(f.Value)
		case fieldFinal:
			c.Final, err = unquoted(f.Value)
		case fieldPage:
			var key string
			key, err = unquoted(f.Value)
			c.Page = urlkey.Key(key)
		case fieldSite:
			c.Site, err = unquoted(f.Value)
		case fieldVia:
			c.Via, err = unquoted(f.Value)
		case fieldHeader:
			err = restoreField(c.Header, f.Value)
		case fieldCapture:
			if f.Value != "1" {
				err = fmt.Errorf("written by a newer program, in form %.20q", f.Value)
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

func restoreField(h http.Header, text string) error {
	var list []string
	for rest := text; rest != ""; rest = strings.TrimLeft(rest, " ") {
		q, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return fmt.Errorf("%.60q is not quoted", rest)
		}
		v, err := strconv.Unquote(q)
		if err != nil {
			return fmt.Errorf("%.60q: %w", q, err)
		}
		list, rest = append(list, v), rest[len(q):]
	}
	if len(list) == 0 {
		return fmt.Errorf("no name")
	}
	h[list[0]] = list[1:]
	return nil
}

func quoted(v string) string {
	if v != "" && v[0] != '"' && utf8.ValidString(v) && warc.Fits("x", v) {
		return v
	}
	return strconv.QuoteToASCII(v)
}

func unquoted(v string) (string, error) {
	if !strings.HasPrefix(v, `"`) {
		return v, nil
	}
	return strconv.Unquote(v)
}
