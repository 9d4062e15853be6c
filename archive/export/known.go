package export

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"strconv"

	"pressmark/archive"
	"pressmark/archive/warc"
)

// What an import has to know of the archive is read once, in one walk, and kept
// by hashes: some 100 bytes a capture.
type known struct {
	there map[name]counted
	refs  map[name]archive.Seq // what a revisit may refer to; 0: it was passed over
}

// A name stands for a capture, or for a way to refer to one.
type name [16]byte

func nameOf(kind string, parts ...string) name {
	h := sha256.New()
	for _, p := range append(parts, kind) {
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return name(h.Sum(nil)[:16])
}

// captureName is the same for captures of one URL at one moment with one answer.
func captureName(c archive.Capture) name {
	body := ""
	switch {
	case c.Status == http.StatusNotModified: // what it stands for is the archive's conclusion
	case c.Body != nil:
		body = archive.Digest(sha256.Sum256(c.Body)).String()
	default:
		body = c.Digest.String()
	}
	return nameOf("capture", c.URL, date(c.FetchedAt), strconv.Itoa(c.Status), body)
}

// A counted is how many captures of one name there are that no record stood for
// yet, and the last of them.
type counted struct {
	left int32
	met  bool // a record of that name came by
	last archive.Seq
}

func knownOf(ctx context.Context, store *archive.Store) (*known, error) {
	k := &known{there: map[name]counted{}, refs: map[name]archive.Seq{}}
	for c, err := range store.Captures(ctx, 0) {
		if errors.Is(err, archive.ErrDamaged) {
			continue // it may come in once more
		}
		if err != nil {
			return nil, err
		}
		n := captureName(c)
		k.there[n] = counted{left: k.there[n].left + 1, last: c.Seq}
		if c.Status != http.StatusNotModified {
			k.refs[nameOf("place", target(c), date(c.FetchedAt))] = c.Seq
		}
	}
	return k, nil
}

// take reports whether a capture is there. Archives may have captures that are
// the same in all that a name tells: of our own files, each record stands for
// one of them.
func (k *known) take(n name, one bool) (archive.Seq, bool) {
	c, ok := k.there[n]
	if !ok || one && c.left == 0 {
		return 0, false
	}
	if one {
		c.left--
	}
	c.met = true
	k.there[n] = c
	return c.last, true
}

// add notes a capture that came in; its own record stood for it.
func (k *known) add(n name, seq archive.Seq, one bool) {
	left := k.there[n].left
	if !one {
		left++
	}
	k.there[n] = counted{left, true, seq}
}

// met reports whether a record of a capture's name came by.
func (k *known) met(c archive.Capture) bool { return k.there[captureName(c)].met }

// note remembers what revisits may say of a record: 0 says that it was passed over.
func (k *known) note(rec *warc.Record, seq archive.Seq) {
	if !holds(rec) {
		return
	}
	for i, n := range namesOf(rec) {
		if i == 0 || seq != 0 || k.refs[n] == 0 {
			k.refs[n] = seq
		}
	}
}

// namesOf are the names by which others may refer to a record: its place, and
// its content when it says what that is.
func namesOf(rec *warc.Record) []name {
	if !holds(rec) {
		return nil
	}
	list := []name{nameOf("place", rec.URL(), date(rec.Date()))}
	if d := rec.Header.Get("WARC-Payload-Digest"); d != "" {
		list = append(list, nameOf("payload", d))
	}
	return list
}

// holds reports whether a record has a body that others may refer to.
func holds(rec *warc.Record) bool {
	return rec.Type() == warc.TypeResponse || rec.Type() == warc.TypeConversion
}

// referredTo are the names by which a revisit refers to another record.
func referredTo(rec *warc.Record) []name {
	h := rec.Header
	return []name{
		nameOf("payload", h.Get("WARC-Payload-Digest")),
		nameOf("place", trimmed(h.Get("WARC-Refers-To-Target-URI")), dateOf(h.Get("WARC-Refers-To-Date"))),
	}
}

// original finds the capture that a revisit refers to. found is false when no
// such record came by; the capture is 0 when it was passed over.
func (k *known) original(rec *warc.Record) (seq archive.Seq, found bool) {
	for _, n := range referredTo(rec) {
		if seq, ok := k.refs[n]; ok {
			return seq, true
		}
	}
	return 0, false
}
