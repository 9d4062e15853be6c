package fetch

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
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
func (d *decoders) open(r io.Reader, headers []string) (io.ReadCloser, error) {
	var names []string
	for _, name := range strings.Split(strings.Join(headers, ","), ",") {
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case "", "identity", "none", "utf-8": // the last two are no encodings, but are sent
		default:
			names = append(names, name)
		}
	}
	if len(names) > maxEncodings {
		return nil, fmt.Errorf("%w: %d encodings over each other", ErrEncoding, len(names))
	}
	c := &chain{top: r}
	for i := len(names) - 1; i >= 0; i-- { // they are listed in the order in which they were applied
		l := &layer{below: bufio.NewReader(c.top), name: names[i]}
		switch names[i] {
		case "gzip", "x-gzip":
			l.start = d.startGzip
		case "br":
			l.start = d.startBrotli
		case "zstd":
			l.start = d.startZstd
		default:
			c.Close()
			return nil, fmt.Errorf("%w: unknown encoding %.40q", ErrEncoding, names[i])
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
	start   func(*bufio.Reader) (io.Reader, func(), error)
	from    io.Reader
	release func()
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
		if l.from, l.release, l.err = l.start(l.below); l.err != nil {
			l.err = l.failure(l.err)
			return 0, l.err
		}
	}
	n, err := l.from.Read(p)
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
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %s ends too early", ErrCutOff, l.name)
	}
	return fmt.Errorf("%w: %s: %v", ErrEncoding, l.name, err)
}

func (d *decoders) startGzip(r *bufio.Reader) (io.Reader, func(), error) {
	z, ok := d.gzip.Get().(*gzip.Reader)
	if !ok {
		z = new(gzip.Reader)
	}
	release := func() { d.gzip.Put(z) }
	if err := z.Reset(r); err != nil {
		release()
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, nil, err
	}
	z.Multistream(false)
	return &members{z: z, r: r}, release, nil
}

// members reads the gzip members of a body one after the other and, as
// browsers do, forgives padding after the last.
type members struct {
	z *gzip.Reader
	r *bufio.Reader
}

func (m *members) Read(p []byte) (int, error) {
	for {
		n, err := m.z.Read(p)
		if err != io.EOF || n > 0 {
			if err == io.EOF {
				err = nil // the next call meets it again
			}
			return n, err
		}
		magic, err := m.r.Peek(2)
		if err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
			return 0, io.EOF
		}
		if err := m.z.Reset(m.r); err != nil {
			return 0, err
		}
		m.z.Multistream(false)
	}
}

func (d *decoders) startBrotli(r *bufio.Reader) (io.Reader, func(), error) {
	b, ok := d.brotli.Get().(*brotli.Reader)
	if !ok {
		b = new(brotli.Reader)
	}
	if err := b.Reset(r); err != nil {
		return nil, nil, err
	}
	return b, func() { d.brotli.Put(b) }, nil
}

func (d *decoders) startZstd(r *bufio.Reader) (io.Reader, func(), error) {
	z, ok := d.zstd.Get().(*zstd.Decoder)
	if !ok {
		var err error
		if z, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(zstdWindow)); err != nil {
			return nil, nil, err
		}
	}
	release := func() {
		if z.Reset(nil) == nil { // let go of the body
			d.zstd.Put(z)
		}
	}
	if err := z.Reset(r); err != nil {
		release()
		return nil, nil, err
	}
	return z, release, nil
}
