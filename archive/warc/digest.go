package warc

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
)

// SHA1 is the digest of bytes as WARC files have it: labelled, in base 32.
func SHA1(b []byte) string {
	h := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(h[:])
}

// RecordID is a record's name made of what it holds: an RFC 9562 UUID, version
// 5, so that the same parts always give the same name.
func RecordID(parts ...string) string {
	h := sha1.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// ErrDigest says that a block is not the one whose digest the record states.
var ErrDigest = errors.New("the block is not that of its digest")

// Sum is to be called before anything of a block is read whose digest is to be
// checked at the end, by Sound.
func (r *Record) Sum() { r.sum, _ = sumOf(r.Header.Get("WARC-Block-Digest")) }

// Sound reads the rest of the block and reports whether it is whole and, after
// Sum, that of the digest which the record states. A digest of an unknown kind
// is passed over.
func (r *Record) Sound() error {
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	if r.sum == nil {
		return nil
	}
	if _, want := sumOf(r.Header.Get("WARC-Block-Digest")); !bytes.Equal(r.sum.Sum(nil), want) {
		return r.from.damaged(r.Position, ErrDigest)
	}
	return nil
}

// sumOf takes a labelled digest apart; nil when it is of an unknown kind. Tools
// write base 32, base 16 or base 64.
func sumOf(label string) (hash.Hash, []byte) {
	kind, text, _ := strings.Cut(label, ":")
	var h hash.Hash
	switch strings.ReplaceAll(strings.ToLower(kind), "-", "") {
	case "sha1":
		h = sha1.New()
	case "sha256":
		h = sha256.New()
	case "sha512":
		h = sha512.New()
	case "md5":
		h = md5.New()
	default:
		return nil, nil
	}
	text = strings.TrimRight(text, "=")
	for _, decode := range []func(string) ([]byte, error){
		hex.DecodeString,
		func(s string) ([]byte, error) {
			return base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(s))
		},
		base64.RawStdEncoding.DecodeString,
	} {
		if sum, err := decode(text); err == nil && len(sum) == h.Size() {
			return h, sum
		}
	}
	return nil, nil
}
