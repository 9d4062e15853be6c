package archive

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"slices"
	"time"

	"pressmark/extract/urlkey"
)

// A storedCapture is a capture's record: all but its seq, which is its key,
// and its body.
type storedCapture struct {
	Capture
	volume uint64 // that holds the body; 0 for a revisit
	size   int    // length of the body
	depth  int    // how many bodies must be read before it, being a delta
}

const captureVersion = 1

func (c *storedCapture) record() []byte {
	w := newRecord(captureVersion)
	w.text(1, c.URL)
	w.text(2, string(c.Page))
	w.text(3, c.Final)
	w.time(4, c.FetchedAt)
	w.int(5, c.Status)
	names := make([]string, 0, len(c.Header))
	for name := range c.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w.message(6, func(w *recordWriter) {
			w.text(1, name)
			for _, v := range c.Header[name] {
				w.element(2, v)
			}
		})
	}
	if c.Digest != (Digest{}) {
		w.bytes(7, c.Digest[:])
	}
	w.uint(8, uint64(c.RevisitOf))
	w.text(9, c.Site)
	w.text(10, c.Via)
	w.uint(11, uint64(c.Run))
	w.uint(12, c.volume)
	w.int(13, c.size)
	w.int(14, c.depth)
	w.text(15, string(c.Erased))
	return w.b
}

func readCapture(seq Seq, b []byte) (storedCapture, error) {
	c := storedCapture{Capture: Capture{Seq: seq}}
	err := readRecord(b, captureVersion, func(field int, v value) error {
		switch field {
		case 1:
			c.URL = v.text()
		case 2:
			c.Page = urlkey.Key(v.text())
		case 3:
			c.Final = v.text()
		case 4:
			c.FetchedAt = v.time()
		case 5:
			c.Status = v.int()
		case 6:
			return readHeader(&c.Header, v.b)
		case 7:
			copy(c.Digest[:], v.b)
		case 8:
			c.RevisitOf = Seq(v.n)
		case 9:
			c.Site = v.text()
		case 10:
			c.Via = v.text()
		case 11:
			c.Run = RunID(v.n)
		case 12:
			c.volume = v.n
		case 13:
			c.size = v.int()
		case 14:
			c.depth = v.int()
		case 15:
			c.Erased = Erasure(v.text())
		}
		return nil
	})
	return c, err
}

func readHeader(h *http.Header, b []byte) error {
	var name string
	var values []string
	err := fields(b, func(field int, v value) error {
		switch field {
		case 1:
			name = v.text()
		case 2:
			values = append(values, v.text())
		}
		return nil
	})
	if *h == nil {
		*h = http.Header{}
	}
	(*h)[name] = values
	return err
}

// bodyContent is what a raw volume holds of a capture. The volume and the
// depth are left out: they are archive.db's business; and the digest, which is
// that of the body.
func bodyContent(c Capture, body []byte) []byte {
	c.Digest = Digest{}
	meta := (&storedCapture{Capture: c, size: len(body)}).record()
	b := make([]byte, 0, len(meta)+len(body)+binary.MaxVarintLen64)
	b = binary.AppendUvarint(b, uint64(len(meta)))
	b = append(b, meta...)
	return append(b, body...)
}

// splitBody takes apart what bodyContent put together.
func splitBody(content []byte) (record, body []byte, err error) {
	n, used := binary.Uvarint(content)
	if used <= 0 || n > uint64(len(content)-used) {
		return nil, nil, fmt.Errorf("%w: no capture before the body", errRecord)
	}
	return content[used : used+int(n)], content[used+int(n):], nil
}

// A storedVolume is a raw volume's record.
type storedVolume struct {
	id     uint64
	begun  time.Time
	sealed time.Time // zero while it is written to
}

const volumeVersion = 1

func (v *storedVolume) record() []byte {
	w := newRecord(volumeVersion)
	w.time(1, v.begun)
	w.time(2, v.sealed)
	return w.b
}

func readVolume(id uint64, b []byte) (storedVolume, error) {
	s := storedVolume{id: id}
	err := readRecord(b, volumeVersion, func(field int, v value) error {
		switch field {
		case 1:
			s.begun = v.time()
		case 2:
			s.sealed = v.time()
		}
		return nil
	})
	return s, err
}
