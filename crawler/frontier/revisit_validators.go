package frontier

import "net/http"

// validators are those to ask with after an answer that had a body, and said
// the same as the one before it although it was asked whether anything had
// changed. Such a server's validators are no use as they came: an ETag that is
// another one for the same text never holds, and as If-None-Match goes before
// If-Modified-Since (RFC 9110) it would spoil a date that does. Of two dates of
// one text, from machines that don't agree, the older is the safe one: with the
// other a later edit on the slower machine would be taken for older than it.
func (it Item) validators(o Outcome) (etag, modified string) {
	etag, modified = o.ETag, o.LastModified
	if it.Kind != Page { // another text may be that lists the same pages, and its validators are good
		return etag, modified
	}
	if etag != it.ETag && it.ETag != "" && modified != "" {
		etag = ""
	}
	before, err1 := http.ParseTime(it.LastModified)
	after, err2 := http.ParseTime(modified)
	if err1 == nil && err2 == nil && before.Before(after) {
		modified = it.LastModified
	}
	return etag, modified
}
