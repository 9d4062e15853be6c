package archive

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"pressmark/extract/urlkey"
)

// The log is a Merkle tree (RFC 6962, as golang.org/x/mod/sumdb/tlog has it)
// whose leaves are the captures and versions, in the order in which they came.
// It keeps hashes alone: what is behind a leaf is made anew of the archive each
// time that it is wanted, so what was taken down is in no log, and the hashes
// of what stays are good without it. Each leaf carries a salt that follows from
// a secret of the archive: from the hash of a leaf nobody can guess, by trying,
// which page it stands for.

// A Leaf is what the log says of one capture or version.
type Leaf struct {
	Index   int64 // its place in the log
	Op      Op    // OpCapture or OpVersion
	Seq     Seq   // its place in the journal
	Page    urlkey.Key
	Version int
	Data    []byte // a line of JSON, whose hash is in the log
}

// A captureLeaf is the line of a capture.
type captureLeaf struct {
	What    Op     `json:"pressmark"`
	Seq     Seq    `json:"seq"`
	Page    string `json:"page"`
	URL     string `json:"url"`
	Final   string `json:"final"`
	Fetched string `json:"fetched"`
	Status  int    `json:"status"`
	Headers string `json:"headers"` // SHA-256 of HeaderLines
	Body    string `json:"body"`    // SHA-256
	Salt    string `json:"salt"`
}

// A versionLeaf is the line of a version.
type versionLeaf struct {
	What    Op     `json:"pressmark"`
	Seq     Seq    `json:"seq"`
	Page    string `json:"page"`
	Version int    `json:"version"`
	Capture Seq    `json:"capture"` // that showed it first
	Seen    string `json:"seen"`    // when that was fetched
	Title   string `json:"title"`
	Text    string `json:"text"`    // SHA-256 of the blocks, joined by two line feeds
	Article string `json:"article"` // SHA-256 of the record of all that was read
	Salt    string `json:"salt"`
}

// errGone says that a leaf can't be made anew, because what it spoke of is no longer kept.
var errGone = errors.New("it is no longer kept")

// HeaderLines writes headers in the one form in which the log binds them: a
// line for each value, in the order of the names.
func HeaderLines(h http.Header) []byte {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	flat := strings.NewReplacer("\r", " ", "\n", " ")
	for _, name := range names {
		for _, v := range h[name] {
			fmt.Fprintf(&b, "%s: %s\n", flat.Replace(name), flat.Replace(v))
		}
	}
	return b.Bytes()
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func leafTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// leafLine is a leaf in bytes; v is one of the two forms.
func leafLine(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// salt is that of a leaf. It need not be kept: it follows from the secret.
func (h *logHead) saltOf(op Op, seq Seq) string {
	m := hmac.New(sha256.New, h.secret)
	m.Write([]byte(op))
	m.Write(number(uint64(seq)))
	return hex.EncodeToString(m.Sum(nil)[:16])
}

// leafOfCapture makes the leaf of a capture; errGone.
func (h *logHead) leafOfCapture(c *Capture) (Leaf, error) {
	l := Leaf{Op: OpCapture, Seq: c.Seq, Page: c.Page}
	if c.Erased == TakenDown {
		return l, errGone
	}
	var err error
	l.Data, err = leafLine(captureLeaf{
		What: OpCapture, Seq: c.Seq, Page: string(c.Page), URL: c.URL, Final: c.Final, Fetched: leafTime(c.FetchedAt), Status: c.Status,
		Headers: sum(HeaderLines(c.Header)), Body: c.Digest.String(), Salt: h.saltOf(OpCapture, c.Seq),
	})
	return l, err
}

// leafOfVersion makes the leaf of a version, with the seq of its journal entry; errGone.
func (tx *Tx) leafOfVersion(h *logHead, page uint64, v *storedVersion) (Leaf, error) {
	l := Leaf{Op: OpVersion, Seq: Seq(v.seq), Page: v.ID.Page, Version: v.ID.N}
	if v.Erased != "" {
		return l, errGone
	}
	content, err := tx.textContent(page, v.ID.N, maxDepth)
	if err != nil {
		return l, err
	}
	a, err := readArticle(content)
	if err != nil {
		return l, damaged(err)
	}
	l.Data, err = leafLine(versionLeaf{
		What: OpVersion, Seq: l.Seq, Page: string(v.ID.Page), Version: v.ID.N, Capture: v.First, Seen: leafTime(v.FirstSeen),
		Title: a.Title, Text: sum([]byte(a.Text())), Article: sum(content), Salt: h.saltOf(OpVersion, l.Seq),
	})
	return l, err
}

// leafAt makes the leaf of a place in the journal anew: ErrNoSuch when there is
// nothing, errGone.
func (tx *Tx) leafAt(h *logHead, op Op, seq Seq) (Leaf, error) {
	l := Leaf{Op: op, Seq: seq}
	if op == OpCapture {
		c, err := tx.capture(seq)
		if err != nil {
			return l, err
		}
		return h.leafOfCapture(&c.Capture)
	}
	e, found, err := tx.entry(seq)
	if err == nil && !found {
		err = ErrNoSuch
	}
	if err != nil {
		return l, err
	}
	v, page, err := tx.versionAt(VersionID{e.Page, e.Version})
	if err != nil {
		return l, err
	}
	if v.seq != uint64(seq) {
		return l, fmt.Errorf("%w: the version is of another entry of the journal", ErrDamaged)
	}
	return tx.leafOfVersion(h, page, &v)
}
