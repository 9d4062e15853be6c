package discover

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// toUTF8 decodes a document. What the bytes prove goes before what is
// declared: a byte order mark, then being proper UTF-8, then the declaration
// in the document or in the header, then windows-1252, which never fails.
func toUTF8(body []byte, contentType string) string {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return repaired(body[3:])
	case bytes.HasPrefix(body, []byte("\xff\xfe")), bytes.HasPrefix(body, []byte("<\x00")):
		return utf16(body, unicode.LittleEndian)
	case bytes.HasPrefix(body, []byte("\xfe\xff")), bytes.HasPrefix(body, []byte("\x00<")):
		return utf16(body, unicode.BigEndian)
	}
	valid := utf8.Valid(body)
	for _, label := range declared(body, contentType) {
		// The 7-bit encodings of East Asia look like UTF-8 and are not.
		if valid && !strings.HasPrefix(label, "iso-2022") && !strings.HasPrefix(label, "hz") {
			return string(body)
		}
		switch e, name := charset.Lookup(label); {
		case e == nil || name == "replacement" || strings.HasPrefix(name, "utf-16"):
		case name != "utf-8":
			if out, err := e.NewDecoder().Bytes(body); err == nil {
				return string(out)
			}
		case mostlyUTF8(body):
			return repaired(body)
		}
	}
	if valid {
		return string(body)
	}
	if mostlyUTF8(body) {
		return repaired(body)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(body)
	if err != nil {
		return repaired(body)
	}
	return string(out)
}

func repaired(body []byte) string { return strings.ToValidUTF8(string(body), "\ufffd") }

func utf16(body []byte, order unicode.Endianness) string {
	out, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(body)
	if err != nil {
		return repaired(body)
	}
	return string(out)
}

// mostlyUTF8 tells UTF-8 with a few broken bytes, as when a title was cut in
// the middle of a letter, from another encoding.
func mostlyUTF8(body []byte) bool {
	good, bad := 0, 0
	for len(body) > 0 {
		if body[0] < utf8.RuneSelf {
			body = body[1:]
			continue
		}
		r, n := utf8.DecodeRune(body)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		body = body[n:]
	}
	return good >= 4*bad
}

var (
	xmlEncoding  = regexp.MustCompile(`(?i)^[^<]{0,100}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']`)
	metaCharset  = regexp.MustCompile(`(?i)<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})`)
	headerOption = regexp.MustCompile(`(?i);\s*charset\s*=\s*["']?([\w.:-]{1,40})`)
)

// declared are the charsets that the header and the document name, in this order.
func declared(body []byte, contentType string) []string {
	var labels []string
	head := body[:min(len(body), 4096)]
	if m := headerOption.FindStringSubmatch(contentType); m != nil {
		labels = append(labels, strings.ToLower(m[1]))
	}
	for _, re := range []*regexp.Regexp{xmlEncoding, metaCharset} {
		if m := re.FindSubmatch(head); m != nil {
			labels = append(labels, strings.ToLower(string(m[1])))
		}
	}
	return labels
}
