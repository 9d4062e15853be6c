package discover

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
)

// decode is the document as UTF-8, unpacked if it came packed.
func decode(body []byte, contentType string) (string, error) {
	body, err := unpack(body, maxDocument)
	if err != nil {
		return "", err
	}
	return toUTF8(body, contentType), nil
}

// unpack undoes gzip, of a broken one as much as can be.
func unpack(body []byte, limit int64) ([]byte, error) {
	for range 2 { // a .xml.gz that the server packed once more
		if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
			break
		}
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, fmt.Errorf("%w: broken gzip: %v", ErrFormat, err)
		}
		// It is read twice, as a bomb costs no memory where nothing is kept.
		size, err := io.Copy(io.Discard, io.LimitReader(z, limit+1))
		if err != nil && size == 0 {
			return nil, fmt.Errorf("%w: broken gzip: %v", ErrFormat, err)
		}
		if size > limit {
			return nil, tooLarge(limit)
		}
		if err := z.Reset(bytes.NewReader(body)); err != nil {
			return nil, fmt.Errorf("%w: broken gzip: %v", ErrFormat, err)
		}
		unpacked := make([]byte, size)
		if _, err := io.ReadFull(z, unpacked); err != nil {
			return nil, fmt.Errorf("%w: broken gzip: %v", ErrFormat, err)
		}
		body = unpacked
	}
	if int64(len(body)) > limit {
		return nil, tooLarge(limit)
	}
	return body, nil
}

func tooLarge(limit int64) error {
	return fmt.Errorf("%w: larger than %d MB unpacked", ErrFormat, limit>>20)
}

// sniff names what a document is: json, list, html, the root element of
// another XML document without its prefix, or nothing.
func sniff(text string) string {
	head := strings.TrimLeft(text[:min(len(text), 8<<10)], " \t\r\n\ufeff\x00")
	switch {
	case head == "":
		return ""
	case head[0] == '{':
		return "json"
	case strings.HasPrefix(head, "http://") || strings.HasPrefix(head, "https://"):
		return "list"
	}
	root := firstElement(text[:min(len(text), 256<<10)])
	if root != "" && root != "html" {
		return root
	}
	// PHP likes to print a warning, which looks like HTML, before a feed.
	if i := earliest(head, "<?xml", "<rss", "<urlset", "<sitemapindex", "<rdf:rdf"); i > 0 {
		if before := strings.ToLower(head[:i]); !strings.Contains(before, "<html") && !strings.Contains(before, "<!doctype") {
			return firstElement(head[i:])
		}
	}
	return root
}

// earliest is where the first of several beginnings of an element stands, in
// whatever case, or -1.
func earliest(text string, starts ...string) int {
	text = strings.ToLower(text)
	best := -1
	for _, s := range starts {
		i := strings.Index(text, s)
		if i >= 0 && i+len(s) < len(text) && strings.IndexByte(" \t\r\n>", text[i+len(s)]) >= 0 && (best < 0 || i < best) {
			best = i
		}
	}
	return best
}

// firstElement is the name of the first element, without its prefix; html for
// whatever a page may begin with.
func firstElement(head string) string {
	for {
		i := strings.IndexByte(head, '<')
		if i < 0 || len(strings.TrimSpace(head[:max(i, 0)])) > 1000 {
			return ""
		}
		head = head[i+1:]
		switch {
		case strings.HasPrefix(head, "!--"):
			_, head, _ = strings.Cut(head, "-->")
		case strings.HasPrefix(head, "?"):
			_, head, _ = strings.Cut(head, ">")
		case len(head) > 8 && strings.EqualFold(head[:8], "!doctype"):
			if rest := strings.TrimSpace(head[8:]); len(rest) > 4 && strings.EqualFold(rest[:4], "html") {
				return "html"
			}
			head = skipDoctype(head)
		default:
			return rootName(head)
		}
	}
}

// skipDoctype passes over a declaration with its internal subset.
func skipDoctype(s string) string {
	subset, end := strings.IndexByte(s, '['), strings.IndexByte(s, '>')
	if subset >= 0 && subset < end {
		if close := strings.Index(s, "]"); close >= 0 {
			s = s[close:]
		}
	}
	_, s, _ = strings.Cut(s, ">")
	return s
}

func rootName(head string) string {
	end := strings.IndexAny(head, " \t\r\n/>")
	if end <= 0 {
		return ""
	}
	name := strings.ToLower(head[:end])
	if i := strings.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	switch name {
	case "html", "head", "body", "div", "p", "a", "title", "meta", "script", "link", "h1", "table", "center", "br", "b", "ul", "main", "article", "section", "style", "nav", "header":
		return "html"
	}
	return name
}

func mediaType(contentType string) string {
	m, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(m))
}

func announcesXML(contentType string) bool {
	m := mediaType(contentType)
	return strings.HasSuffix(m, "xml") && m != "application/xhtml+xml" || strings.HasSuffix(m, "json")
}

// describe tells a person what else a document may be.
func describe(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "an empty document"
	case strings.HasPrefix(text, "%PDF"):
		return "a PDF"
	case !utf8.ValidString(text) || strings.ContainsAny(text[:min(len(text), 512)], "\x00\ufffd"):
		return "binary data"
	}
	return fmt.Sprintf("text that begins with %.60q", strings.TrimSpace(text[:min(len(text), 200)]))
}
