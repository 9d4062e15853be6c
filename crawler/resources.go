package crawler

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"pressmark/crawler/fetch"
)

// resources keep what the scripts of rendered pages were given, as a browser's
// cache does: each page of a site wants the same programs. What a server let us
// keep is not asked for again, and of what it dated it is asked only whether
// that has changed.
type resources struct {
	mu   sync.Mutex
	kept map[resourceKey]resource
	size int // bytes of the bodies
}

type resourceKey struct{ site, url string } // what a site shows hangs on its cookies

type resource struct {
	answer *fetch.Response
	until  time.Time // it may be used unasked
}

// mostResources bounds the bytes that are kept; all go when they are passed.
const mostResources = 32 << 20

func (r *resources) of(k resourceKey) (resource, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	x, ok := r.kept[k]
	return x, ok
}

// keep takes an answer in place of what was there, if the server allows it and
// there is anything to gain.
func (r *resources) keep(k resourceKey, answer *fetch.Response, header http.Header, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old, ok := r.kept[k]; ok {
		r.size -= len(old.answer.Body)
		delete(r.kept, k)
	}
	control := strings.ToLower(strings.Join(header.Values("Cache-Control"), ","))
	x := resource{answer, now.Add(fresh(header))}
	if strings.Contains(control, "no-cache") {
		x.until = now
	}
	dateless := answer.Header.Get("ETag") == "" && dated(answer.Header, answer.FetchedAt) == ""
	if answer.Status != http.StatusOK || strings.Contains(control, "no-store") || dateless && !now.Before(x.until) {
		return
	}
	if r.size += len(answer.Body); r.size > mostResources || r.kept == nil {
		r.kept, r.size = map[resourceKey]resource{}, len(answer.Body)
	}
	r.kept[k] = x
}
