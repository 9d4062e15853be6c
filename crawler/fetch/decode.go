package fetch

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

const acceptEncoding = "gzip, br, zstd"

// maxEncodings bounds how many encodings may lie over each other; more than
// one is rare, more than two is an attack.
const maxEncodings = 2

// zstdWindow is what RFC 9659 lets a sender of zstd use over HTTP.
const zstdWindow = 8 << 20

// decoders undo content encodings. Their state is large, so it is used again.
type decoders struct {
	gzip, brotli, zstd sync.Pool
}

// open is r with the encodings that the Content-Encoding headers list undone.
// Closing it does not close r.
func (d *decoders) open(r io.Reader, h http.Header) (io.ReadCloser, error) {
	var names []string
	for _, name := range strings.Split(strings.Join(h["Content-Encoding"], ","), ",") {
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case "", "identity", "none", "utf-8": // the last two are no encodings, but are sent
		default:
			names = append(names, name)
		}
	}
	if len(names) > maxEncodings {
		return nil, fmt.Errorf("%w: %d of them", ErrStacked, len(names))
	}
	c := &chain{top: r}
	if len(names) == 0 && isText(h.Get("Content-Type")) {
		l := &layer{below: bufio.NewReaderSize(r, 512), name: "gzip", start: d.startUnsaid}
		return &chain{top: l, layers: []*layer{l}}, nil
	}
	for i := len(names) - 1; i >= 0; i-- { // they are listed in the order in which they were applied
		l := &layer{below: bufio.NewReader(c.top), name: names[i], outer: len(c.layers) == 0}
		switch names[i] {
		case "gzip", "x-gzip":
			l.start = d.startGzip
		case "br":
			l.start = d.startBrotli
		case "zstd":
			l.start = d.startZstd
		case "deflate":
			l.start = startDeflate
		default:
			c.Close()
			return nil, fmt.Errorf("%w: %.40q", ErrUnknownEncoding, names[i])
		}
		c.layers = append(c.layers, l)
		c.top = l
	}
	return c, nil
}

// A chain is a body with its decoders, outermost last.
type chain struct {
	top    io.Reader
	layers []*layer
}

func (c *chain) Read(p []byte) (int, error) { return c.top.Read(p) }

func (c *chain) Close() error {
	for _, l := range c.layers {
		if l.release != nil {
			l.release()
			l.release, l.from = nil, nil
		}
	}
	return nil
}

// A layer is one decoder. It starts when it is first read, because an answer
// without a body (304, or a redirect) may still name an encoding.
type layer struct {
	name    string
	below   *bufio.Reader
	outer   bool // it reads what came over the network
	start   func(*bufio.Reader) (io.Reader, func(), error)
	from    io.Reader
	release func()
	read    int64
	err     error
}

func (l *layer) Read(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	if l.from == nil {
		if _, err := l.below.Peek(1); err != nil {
			l.err = err
			return 0, err
		}
		if l.outer && isPlain(l.name, l.below) {
			l.from = l.below
		} else if l.from, l.release, l.err = l.start(l.below); l.err != nil {
			l.err = l.failure(l.err)
			return 0, l.err
		}
	}
	n, err := l.from.Read(p)
	l.read += int64(n)
	if err != nil {
		l.err = l.failure(err)
	}
	return n, l.err
}

// failure keeps apart the end, a body that ends too early, and nonsense.
func (l *layer) failure(err error) error {
	switch {
	case err == io.EOF, errors.Is(err, ErrEncoding), errors.Is(err, ErrCutOff):
		return err
	case l.read > 0 && (errors.Is(err, zstd.ErrMagicMismatch) || err.Error() == "brotli: excessive input"):
		return io.EOF // junk after the end, which browsers forgive
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %s ends too early", ErrCutOff, l.name)
	}
	return fmt.Errorf("%w: %s: %v", ErrEncoding, l.name, err)
}
