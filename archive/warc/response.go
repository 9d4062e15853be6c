package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
)

// A Response is what a server answered, with chunks and content encoding undone.
type Response struct {
	Status int
	Header http.Header // as it was sent: it may still name the encodings that Body is free of
	Body   []byte
}

// MediaType is what the body is said to be, such as "text/html"; "" when it is not said.
func (r *Response) MediaType() string { return MediaType(r.Header) }

// MediaType is the media type of a header's Content-Type, without parameters.
func MediaType(h http.Header) string {
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	return kind
}

// HTML reports whether the body is a page, by what is said or, when nothing is
// said, by how it begins.
func (r *Response) HTML() bool {
	kind := r.MediaType()
	return strings.Contains(kind, "html") || kind == "" && bytes.HasPrefix(bytes.TrimSpace(r.Body), []byte("<"))
}

// ErrTooLarge says that a body is larger than the caller takes.
var ErrTooLarge = errors.New("the body is too large")

// Response reads the record's block as an HTTP answer, with a body of at most
// limit bytes. The body of a resource or conversion record is the block itself. A body that
// breaks off, or whose encoding cannot be undone, comes with an error, as far
// as it could be read.
func (r *Record) Response(limit int64) (*Response, error) {
	if r.Type() == TypeResource || r.Type() == TypeConversion {
		res := &Response{Status: http.StatusOK, Header: http.Header{}}
		if t := r.Header.Get("Content-Type"); t != "" {
			res.Header.Set("Content-Type", t)
		}
		var err error
		res.Body, err = limited(r, limit)
		return res, err
	}
	in := bufio.NewReaderSize(r, 1<<14)
	res, err := answer(in)
	if err != nil {
		return nil, err
	}
	// The wire is not larger than what it carries, but for chunk marks and bad luck.
	wire, err := limited(in, limit+limit/8+1<<16)
	if strings.Contains(strings.ToLower(strings.Join(res.Header["Transfer-Encoding"], ",")), "chunked") {
		wire = unchunked(wire)
	}
	var undo error
	if res.Body, undo = decoded(wire, res.Header["Content-Encoding"], limit); err == nil {
		err = undo
	}
	if err == nil && int64(len(res.Body)) > limit {
		res.Body, err = res.Body[:limit], ErrTooLarge
	}
	return res, err
}

// answer reads the status line and the header fields. What is no field is passed over.
func answer(in *bufio.Reader) (*Response, error) {
	status, err := wireLine(in)
	if err != nil {
		return nil, err
	}
	proto, rest, _ := strings.Cut(status, " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	res := &Response{Header: http.Header{}}
	if res.Status, err = strconv.Atoi(code); err != nil || !strings.HasPrefix(proto, "HTTP/") || res.Status < 100 || res.Status > 999 {
		return nil, fmt.Errorf("no HTTP answer begins with %.40q", status)
	}
	last, size := "", 0
	for {
		line, err := wireLine(in)
		if err != nil && err != io.EOF {
			return nil, err
		}
		if line == "" {
			return res, nil // also when it ends here: an answer without a body
		}
		if size += len(line); size > maxHeader {
			return nil, fmt.Errorf("the answer's header takes more than %d bytes", maxHeader)
		}
		if values := res.Header[last]; (line[0] == ' ' || line[0] == '\t') && len(values) > 0 {
			values[len(values)-1] += " " + strings.TrimSpace(line)
			continue
		}
		if name, value, ok := strings.Cut(line, ":"); ok {
			last = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
			res.Header[last] = append(res.Header[last], strings.TrimSpace(value))
		}
	}
}

// wireLine reads a line without its end.
func wireLine(in *bufio.Reader) (string, error) {
	var b []byte
	for {
		part, err := in.ReadSlice('\n')
		b = append(b, part...)
		switch {
		case err == bufio.ErrBufferFull && len(b) <= maxHeader:
			continue
		case err == bufio.ErrBufferFull:
			return "", errors.New("a line of the answer's header has no end")
		case err == io.EOF && len(b) == 0:
			return "", io.EOF
		case err != nil && err != io.EOF:
			return "", err
		}
		return string(bytes.TrimRight(b, "\r\n")), nil
	}
}

// limited reads at most limit bytes, and tells when there are more.
func limited(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(b)) > limit {
		return b[:limit], ErrTooLarge
	}
	return b, err
}
