package frontier

import "time"

// reviveAfter is how long a retired page is left alone although something
// links to it: old section pages name dead pages for ever.
const reviveAfter = 30 * 24 * time.Hour

// cried is how many times in a row a page may have been unchanged before its
// sitemap's claim that it was modified is no longer believed.
const cried = 3

// after is the item as it stands once an outcome is known.
func (it Item) after(o Outcome, now time.Time) Item {
	next := it
	next.Due = Next(it, o, now)
	next.Checks++
	next.Told = false
	if it.Kind != Page && (o.Result == Changed || o.Result == Unchanged) {
		next.hear(it, o, now)
	}
	next.LastChecked = now
	switch o.Result {
	case Failed:
		if !it.early(now) {
			next.Failures++
		}
		next.LastError = o.Error
	case Walled:
		if !it.early(now) {
			next.Walls++
		}
		next.Failures = 0
		next.LastError = o.Error
		next.ETag, next.LastModified = "", "" // they are the wall's
	case Skipped:
		next.LastError = o.Error
	case Missing:
		if !it.early(now) {
			next.Looks++
		}
		next.Failures, next.Walls = 0, 0
		next.LastError = o.Error
		next.State = Gone
		next.ETag, next.LastModified = "", ""
	case Changed:
		if it.edited() {
			next.Changes++
		}
		next.Unchanged, next.Looks, next.Failures, next.Walls = 0, 0, 0, 0
		next.LastChanged = now
		next.LastError = o.Error
		next.State = Live
		next.ETag, next.LastModified = o.ETag, o.LastModified
	case Unchanged:
		next.Unchanged++
		next.Looks, next.Failures, next.Walls = 0, 0, 0
		next.LastError = o.Error
		next.State = Live
		// A 304 need not repeat its validators.
		if o.ETag != "" || o.LastModified != "" {
			next.ETag, next.LastModified = it.validators(o)
		}
	}
	if next.Due.IsZero() {
		next.State = Retired
	}
	return next
}

// early reports whether a page that was missing, walled or failed is looked at again
// long before it was due, as when a person asks for a round. Such a look does
// not bring the page nearer to being given up.
func (it Item) early(now time.Time) bool {
	var pause time.Duration
	switch looks := goneLooks(); {
	case it.Looks > 0:
		pause = looks[min(it.Looks, len(looks))-1]
	case it.Walls > 0:
		pause = doubled(soonWalled, it.Walls-1, slowestWall)
	case it.Failures > 0:
		pause = doubled(soonest, it.Failures-1, slowestFail)
	}
	return now.Sub(it.LastChecked) < pause/2
}

// revived is a retired item that is looked at once more.
func (it Item) revived(now time.Time) Item {
	it.State, it.Due = Gone, now
	it.Looks, it.Failures = max(0, len(goneLooks())-1), pageGivenUp-2
	return it
}

// linked is a known item after somebody linked to it again, and whether that
// changes anything.
func (it Item) linked(l Link, now time.Time) (Item, bool) {
	modified := l.Modified.After(it.LastChecked) && !l.Modified.After(now)
	next := it
	if it.Kind == Page && l.Kind != Page { // a page that turns out to be a section, or the other way to name a feed
		next.Kind, next.State, next.Due = l.Kind, Live, now
		return next, true
	}
	switch {
	case it.LastChecked.IsZero():
		return it, false
	case it.State == Retired && (modified || now.Sub(it.LastChecked) >= reviveAfter):
		return it.revived(now), true
	case it.State != Retired && modified && it.Failures == 0 && it.Walls == 0 && (it.Kind != Page || it.Unchanged < cried) && (it.Due.After(now) || it.Kind != Page && it.LastError != ""):
		next.Told = it.Kind == Page
		if it.Due.After(now) {
			next.Due = now
		}
		if it.Kind != Page { // what kept it resting no longer holds
			next.LastError = ""
		}
		return next, true
	}
	return it, false
}
