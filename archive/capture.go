package archive

import (
	"encoding/hex"
	"net/http"
	"time"

	"pressmark/extract/urlkey"
)

// A Seq numbers what an archive was given, in the order in which it arrived.
// It is local to its archive; what leaves an archive is named by page key,
// version number and digest.
type Seq uint64

// A Digest is the SHA-256 of a body as the server meant it, before compression.
type Digest [32]byte

// String is the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// A Capture is what one request for one URL returned, exactly as received but
// for transfer and content encodings, which are undone. It is never altered.
type Capture struct {
	Seq       Seq
	URL       string     // the URL asked for
	Page      urlkey.Key // the page that the URL names
	Final     string     // the URL that answered, after redirects
	FetchedAt time.Time
	Status    int // 304: the server says that the body is that of RevisitOf
	Header    http.Header
	Body      []byte
	Digest    Digest  // of Body
	RevisitOf Seq     // the earlier capture that holds the same body; 0 when the body is kept here
	Site      string  // the name of the site it was fetched for
	Via       string  // the feed, sitemap or section that named the URL
	Run       RunID   // the crawl it belongs to; 0 for an import
	Erased    Erasure // why the body is no longer kept; "" while it is
}

// An Erasure is a reason for which a body or a text is no longer kept.
type Erasure string

// The reasons for which bodies and texts are no longer kept.
const (
	Pruned    Erasure = "pruned"     // it was older than the rules keep it
	Lost      Erasure = "damaged"    // it could not be read when it was to be moved
	TakenDown Erasure = "taken down" // with the version that it showed; nor are header and digest kept
)

// A RunID numbers the crawls of an archive, from 1.
type RunID uint64
