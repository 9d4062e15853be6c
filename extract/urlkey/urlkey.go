// Package urlkey says when two URLs name one page: every page has one Key.
package urlkey

import (
	"crypto/sha256"
	"encoding/hex"
)

// A Key names a page. It is sortable: the pages of one site stand together.
type Key string

// ID is the page's short name, 16 hexadecimal digits of the key's SHA-256;
// people type the first few.
func (k Key) ID() string {
	h := sha256.Sum256([]byte(k))
	return hex.EncodeToString(h[:8])
}
