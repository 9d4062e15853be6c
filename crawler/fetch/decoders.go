package fetch

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// isText reports whether bytes of that type can't be an archive, whatever they
// begin with.
func isText(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	switch kind {
	case "application/xml", "application/json", "application/xhtml+xml", "application/rss+xml", "application/atom+xml", "application/feed+json":
		return true
	}
	return strings.HasPrefix(kind, "text/")
}

// isPlain reports whether a body is text although its header names an
// encoding, as where two caches stand behind each other and one takes off what
// the other still announces. Text never passes for an encoding with a magic
// number; brotli has none, so it must look much like a page.
func isPlain(encoding string, r *bufio.Reader) bool {
	head, _ := r.Peek(256)
	if bytes.ContainsFunc(head, func(c rune) bool { return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' }) {
		return false
	}
	if encoding == "br" || encoding == "deflate" {
		return len(head) >= 64 && head[0] == '<'
	}
	return !isGzip(head) && !bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd})
}

func isGzip(head []byte) bool { return len(head) > 1 && head[0] == 0x1f && head[1] == 0x8b }

// startUnsaid undoes a gzip that no header names, over a text.
func (d *decoders) startUnsaid(r *bufio.Reader) (io.Reader, func(), error) {
	if head, _ := r.Peek(2); isGzip(head) {
		return d.startGzip(r)
	}
	return r, nil, nil
}

// startDeflate reads what is sent for deflate: zlib as the standard has it, or
// a bare stream as some servers do.
func startDeflate(r *bufio.Reader) (io.Reader, func(), error) {
	head, err := r.Peek(2)
	if err == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		z, err := zlib.NewReader(r)
		return z, nil, err
	}
	return flate.NewReader(r), nil, nil
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
