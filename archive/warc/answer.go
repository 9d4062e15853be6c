package warc

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/textproto"
	"slices"
)

// Answer is the block of a response record: the status line, the header in the
// order of its names, and the body. A field that can't be read back as it
// stands (see Carries) must not be among them.
func Answer(status int, header http.Header, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %03d %s\r\n", status, http.StatusText(status))
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, v := range header[name] {
			b.WriteString(name + ": " + v + "\r\n")
		}
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

// Carries reports whether a field with these values comes back from an Answer
// as it was.
func Carries(name string, values []string) bool {
	return len(values) > 0 && textproto.CanonicalMIMEHeaderKey(name) == name &&
		!slices.ContainsFunc(values, func(v string) bool { return !Fits(name, v) })
}
