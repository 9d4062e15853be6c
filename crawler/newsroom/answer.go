package newsroom

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A document is what a URL holds at an instant.
type document struct {
	body     []byte
	kind     string    // Content-Type
	modified time.Time // when its bytes last changed
	private  bool      // it depends on the reader's cookie
}

// answer sends a document, or 304 when the request's validators still hold.
func answer(w http.ResponseWriter, r *http.Request, d document, v validators) {
	h := w.Header()
	h.Set("Content-Type", d.kind)
	h.Add("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "max-age=60")
	if d.private {
		h.Set("Cache-Control", "private, no-store")
	}
	zipped := accepts(r, "gzip") && len(d.body) > 512
	tag := etag(d.body)
	if v.etag {
		h.Set("ETag", v.quote(tag, zipped))
	}
	if v.lastModified {
		h.Set("Last-Modified", d.modified.UTC().Format(http.TimeFormat))
	}
	if holds(r, d, v, tag) {
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := d.body
	if zipped {
		h.Set("Content-Encoding", "gzip")
		body = compress(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		w.Write(body) // a reader that has gone away is no concern of ours
	}
}

// holds reports whether what the client has is still good. As RFC 9110 has
// it, If-Modified-Since counts only where there is no If-None-Match.
func holds(r *http.Request, d document, v validators, tag string) bool {
	if list := r.Header.Get("If-None-Match"); list != "" {
		if !v.etag {
			return false
		}
		for one := range strings.SplitSeq(list, ",") {
			one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
			if one == "*" || one == `"`+tag+`"` || one == `"`+tag+`-gzip"` {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && v.lastModified && !d.modified.Truncate(time.Second).After(since)
}

// etag names the bytes.
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

// quote writes an entity tag. A strong one names the encoded bytes.
func (v validators) quote(tag string, zipped bool) string {
	switch {
	case v.weak:
		return `W/"` + tag + `"`
	case zipped:
		return `"` + tag + `-gzip"`
	}
	return `"` + tag + `"`
}

// accepts reports whether the client takes an encoding.
func accepts(r *http.Request, encoding string) bool {
	for _, line := range r.Header.Values("Accept-Encoding") {
		for one := range strings.SplitSeq(line, ",") {
			name, weight, _ := strings.Cut(strings.TrimSpace(one), ";")
			if strings.EqualFold(strings.TrimSpace(name), encoding) {
				q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
				return err != nil || q > 0
			}
		}
	}
	return false
}

// A new gzip writer costs more than a page: they are used again.
var gzips = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// compress makes the same bytes each time.
func compress(body []byte) []byte {
	var b bytes.Buffer
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(&b)
	z.Write(body) // to a buffer: cannot fail
	z.Close()
	return b.Bytes()
}
