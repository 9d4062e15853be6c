package extract

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
)

// notAPage says why a body cannot be an HTML page, or "". Servers name types
// wrongly in both directions, so the bytes have the last word.
func notAPage(body []byte, contentType string) string {
	if len(body) > MaxBody {
		return fmt.Sprintf("the page is larger than %d MB", MaxBody>>20)
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), 1024)], []byte{0xef, 0xbb, 0xbf}), " \t\r\n")
	if len(start) == 0 && len(body) < 4096 {
		return "the body is empty"
	}
	for _, m := range magics {
		if bytes.HasPrefix(start, []byte(m.bytes)) {
			return "the body is " + m.name + ", not HTML"
		}
	}
	if start = bytes.ToLower(start); bytes.HasPrefix(start, []byte("<?xml")) || bytes.HasPrefix(start, []byte("<rss")) || bytes.HasPrefix(start, []byte("<feed")) {
		for _, root := range []string{"<rss", "<feed", "<urlset", "<sitemapindex", "<rdf:rdf"} {
			if bytes.Contains(start, []byte(root)) {
				return "the body is a feed or a sitemap, not HTML"
			}
		}
	}
	if bytes.HasPrefix(start, []byte("<")) {
		return ""
	}
	mark, _ := byMark(body)
	if bytes.IndexByte(start, 0) >= 0 && !strings.HasPrefix(mark, "utf-16") {
		return "the body is binary data, not HTML"
	}
	kind, _, _ := mime.ParseMediaType(contentType)
	switch {
	case kind == "" || strings.Contains(kind, "html"):
		return ""
	case (kind == "text/plain" || kind == "application/octet-stream") && bytes.Contains(start, []byte("<")):
		return ""
	case strings.HasPrefix(mark, "utf-16"):
		return ""
	}
	return fmt.Sprintf("the body is %s, not HTML", kind)
}

// magics are how files begin that are often served for pages.
var magics = []struct{ bytes, name string }{
	{"%PDF-", "a PDF document"}, {"\x89PNG", "an image"}, {"\xff\xd8\xff", "an image"}, {"GIF8", "an image"}, {"RIFF", "an image or a sound"},
	{"PK\x03\x04", "an archive"}, {"\x1f\x8b", "compressed data"}, {"{\"", "JSON"}, {"[{\"", "JSON"}, {"{\n", "JSON"}, {"[\"", "JSON"}, {"ID3", "a sound"},
	{"\x00\x00\x00\x18ftyp", "a film"}, {"\x00\x00\x00\x20ftyp", "a film"}, {"\xd0\xcf\x11\xe0", "an office document"},
}
