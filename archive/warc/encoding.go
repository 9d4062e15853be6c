package warc

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// unchunked undoes the chunked transfer coding. Many tools store the body
// without its chunks and the header as it was: what has no chunks stays.
func unchunked(wire []byte) []byte {
	out := make([]byte, 0, len(wire))
	rest := wire
	for {
		size, after, ok := chunkSize(rest)
		if !ok {
			if len(out) == 0 {
				return wire
			}
			return append(out, rest...) // the last chunk lost its mark
		}
		if size == 0 {
			return out
		}
		if size > len(after) { // cut off
			return append(out, after...)
		}
		out = append(out, after[:size]...)
		rest = after[size:]
		rest = bytes.TrimPrefix(bytes.TrimPrefix(rest, []byte("\r")), []byte("\n"))
		if len(rest) == 0 {
			return out
		}
	}
}

// chunkSize reads the line that begins a chunk.
func chunkSize(b []byte) (size int, after []byte, ok bool) {
	end := bytes.IndexByte(b[:min(len(b), 256)], '\n')
	if end < 0 {
		return 0, nil, false
	}
	digits, _, _ := strings.Cut(string(b[:end]), ";")
	n, err := strconv.ParseUint(strings.TrimSpace(digits), 16, 31)
	return int(n), b[end+1:], err == nil
}

// maxEncodings bounds how many encodings may lie over each other.
const maxEncodings = 3

// decoded undoes content encodings, of which a header lists the innermost
// first. A body that is not in the encoding that is named was decoded before it
// was stored, and stays.
func decoded(body []byte, headers []string, limit int64) ([]byte, error) {
	names := strings.Split(strings.ToLower(strings.Join(headers, ",")), ",")
	undone := 0
	for i := len(names) - 1; i >= 0; i-- {
		name := strings.TrimSpace(names[i])
		in := inflater(name, body)
		if in == nil {
			continue
		}
		if undone++; undone > maxEncodings {
			return nil, fmt.Errorf("more than %d encodings lie over each other", maxEncodings)
		}
		out, err := limited(in, limit)
		switch {
		case err == nil, err == ErrTooLarge:
		case (name == "br" || name == "deflate") && (len(out) == 0 || bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))):
			continue // neither begins with a mark of its own: this was none
		default:
			return out, fmt.Errorf("undo %s: %w", name, cut(err))
		}
		if body = out; err != nil {
			return body, err
		}
	}
	return body, nil
}

// inflater reads a body that is in the named encoding, or is nil when it is in none such.
func inflater(name string, body []byte) io.Reader {
	in := bytes.NewReader(body)
	switch {
	case (name == "gzip" || name == "x-gzip") && bytes.HasPrefix(body, []byte{0x1f, 0x8b}):
		if z, err := gzip.NewReader(in); err == nil {
			return z
		}
	case name == "deflate" && len(body) > 0:
		if z, err := zlib.NewReader(in); err == nil {
			return z
		}
		return flate.NewReader(bytes.NewReader(body)) // as some servers understand it
	case name == "br" && len(body) > 0:
		return brotli.NewReader(in)
	case name == "zstd" && bytes.HasPrefix(body, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
		if err == nil {
			return z // without other goroutines there is nothing to close
		}
	}
	return nil
}
