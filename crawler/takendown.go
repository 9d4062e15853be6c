package crawler

import (
	"time"

	"pressmark/extract/urlkey"
)

// A Refuser is an Archive that knows of pages which must not be archived again.
type Refuser interface {
	// Refuses reports whether the page was taken down.
	Refuses(urlkey.Key) bool
}

// takenDown is the reason for which such a page is skipped.
const takenDown = "taken down"

// refused settles a page that the archive would not take: it is not asked for.
func (v *visit) refused() bool {
	r, ok := v.o.Archive.(Refuser)
	if !ok || !r.Refuses(v.item.Page) {
		return false
	}
	v.skip(takenDown, "it was taken down from the archive", v.o.Now().Add(30*24*time.Hour))
	return true
}
