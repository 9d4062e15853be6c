package hostile

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"strings"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// A stream is one request of an HTTP/2 connection.
type stream struct {
	*http2.Framer
	id uint32
}

// head sends headers, with a status of 200.
func (s *stream) head(end bool, fields ...string) error {
	var block bytes.Buffer
	enc := hpack.NewEncoder(&block)
	enc.WriteField(hpack.HeaderField{Name: ":status", Value: "200"})
	for i := 0; i+1 < len(fields); i += 2 {
		enc.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1]})
	}
	b := block.Bytes()
	first := b[:min(len(b), 16<<10)]
	b = b[len(first):]
	if err := s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.id, BlockFragment: first, EndStream: end, EndHeaders: len(b) == 0}); err != nil {
		return err
	}
	for len(b) > 0 {
		part := b[:min(len(b), 16<<10)]
		b = b[len(part):]
		if err := s.WriteContinuation(s.id, len(b) == 0, part); err != nil {
			return err
		}
	}
	return nil
}

// openHTTP2 opens servers that are hostile over HTTP/2.
func (g *Gallery) openHTTP2() error {
	for _, e := range []struct {
		Exhibit
		does func(*stream) error
	}{
		{Exhibit{Name: "good HTTP/2", Does: "is in order, over HTTP/2", Gets: "200"}, func(s *stream) error {
			return firstOf(s.head(false, "content-type", "text/html"), s.WriteData(s.id, true, []byte(Page)))
		}},
		{Exhibit{Name: "HTTP/2 stream reset", Does: "resets the stream when asked", Gets: "http2"}, func(s *stream) error {
			return s.WriteRSTStream(s.id, http2.ErrCodeInternal)
		}},
		{Exhibit{Name: "HTTP/2 reset in the page", Does: "resets the stream in the midst of the page", Gets: "http2"}, func(s *stream) error {
			return firstOf(s.head(false), s.WriteData(s.id, false, []byte(Page[:50])), s.WriteRSTStream(s.id, http2.ErrCodeInternal))
		}},
		{Exhibit{Name: "HTTP/2 goes away", Does: "says goodbye when asked", Gets: "http2"}, func(s *stream) error {
			return s.WriteGoAway(0, http2.ErrCodeEnhanceYourCalm, []byte("calm down"))
		}},
		{Exhibit{Name: "HTTP/2 hangs up", Does: "closes when asked", Gets: "no-answer"}, func(s *stream) error { return io.EOF }},
		{Exhibit{Name: "HTTP/2 cut", Does: "closes in the midst of the page", Gets: "cut-off"}, func(s *stream) error {
			return firstOf(s.head(false), s.WriteData(s.id, false, []byte(Page[:50])), io.EOF)
		}},
		{Exhibit{Name: "HTTP/2 wrong length", Does: "announces more than it sends", Gets: "cut-off"}, func(s *stream) error {
			return firstOf(s.head(false, "content-length", "9999"), s.WriteData(s.id, true, []byte(Page)))
		}},
		{Exhibit{Name: "HTTP/2 header flood", Does: "sends 400 KB of headers", Gets: "http2"}, func(s *stream) error {
			var many []string
			for i := range 40 {
				many = append(many, fmt.Sprintf("x-padding-%d", i), strings.Repeat("a", 10<<10))
			}
			return s.head(true, many...)
		}},
		{Exhibit{Name: "HTTP/2 and 1,200 headers", Does: "sends more headers than anyone needs", Gets: "header-flood"}, func(s *stream) error {
			var many []string
			for i := range 1200 {
				many = append(many, fmt.Sprintf("x-%d", i), "0123456789")
			}
			return s.head(true, many...)
		}},
		{Exhibit{Name: "HTTP/2 table bomb", Does: "repeats one header of the table 200,000 times", Gets: "http2"}, func(s *stream) error {
			var block bytes.Buffer
			enc := hpack.NewEncoder(&block)
			enc.WriteField(hpack.HeaderField{Name: ":status", Value: "200"})
			enc.WriteField(hpack.HeaderField{Name: "x-a", Value: strings.Repeat("b", 3000)})
			if err := s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.id, BlockFragment: block.Bytes()}); err != nil {
				return err
			}
			refs := bytes.Repeat([]byte{0xbe}, 10000) // the newest entry of the table
			for i := range 20 {
				if err := s.WriteContinuation(s.id, i == 19, refs); err != nil {
					return err
				}
			}
			return nil
		}},
		{Exhibit{Name: "HTTP/2 capitals", Does: "sends a header that HTTP/2 forbids", Gets: "http2"}, func(s *stream) error {
			return s.head(true, "X-Capital", "a")
		}},
		{Exhibit{Name: "HTTP/2 noise", Does: "sends frames without meaning", Gets: "http2"}, func(s *stream) error {
			return s.WriteRawFrame(http2.FrameData, 0, 77, []byte("no such stream"))
		}},
		{Exhibit{Name: "HTTP/2 endless page", Does: "sends a page without end", Gets: "too-large"}, func(s *stream) error {
			err := s.head(false)
			part := bytes.Repeat([]byte("a"), 16<<10)
			for err == nil { // past the flow control window, which it has been given in full
				err = s.WriteData(s.id, false, part)
			}
			return err
		}},
		{Exhibit{Name: "HTTP/2 silence", Does: "takes the request and says nothing", Gets: "first-byte-timeout", Hangs: true}, func(s *stream) error { return nil }},
	} {
		err := g.add(e.Exhibit, "https", func(c net.Conn) { g.frames(c, e.does) })
		if err != nil {
			return err
		}
	}
	return nil
}

// frames takes up an HTTP/2 connection and does it at each request.
func (g *Gallery) frames(c net.Conn, does func(*stream) error) {
	s := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{g.cert}, NextProtos: []string{"h2"}})
	preface := make([]byte, len(http2.ClientPreface))
	if _, err := io.ReadFull(s, preface); err != nil {
		return
	}
	f := http2.NewFramer(s, s)
	f.AllowIllegalWrites = true
	if f.WriteSettings() != nil {
		return
	}
	for {
		frame, err := f.ReadFrame()
		if err != nil {
			return
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() && f.WriteSettingsAck() != nil {
				return
			}
		case *http2.HeadersFrame:
			if does(&stream{f, frame.StreamID}) != nil {
				c.(*net.TCPConn).CloseWrite() // and no reset for what was not yet read
				hold(c)
				return
			}
		}
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
