package crawler

import (
	"net/http"
	"time"

	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// An Addressbook is an Archive that knows of pages whose history goes on at
// another address: their slug was changed, or they are the print edition of
// another.
type Addressbook interface {
	// Moved gives the address at which the page is to be asked for.
	Moved(urlkey.Key) (url string, moved bool, err error)
}

// handed is the Via of a page that a person asks for.
const handed = "by hand"

// soonAgain is when a page is looked at under the address that it was found to
// have moved to: it was just seen.
const soonAgain = time.Hour

// goneOn settles a page that the archive knows under another address. That is
// asked for instead, and this one rarely: papers take a headline back.
func (v *visit) goneOn() (bool, error) {
	book, ok := v.o.Archive.(Addressbook)
	if !ok || v.item.Via == handed || v.item.LastChecked.IsZero() {
		return false, nil
	}
	until := v.item.LastChecked.Add(rarely)
	if !v.o.Now().Before(until) {
		return false, nil
	}
	to, moved, err := book.Moved(v.item.Page)
	if err != nil || !moved {
		return false, err
	}
	if ok, _ := v.site.scope.page(to); !ok {
		return false, nil
	}
	v.outcome.Result, v.outcome.Error, v.outcome.Due = frontier.Skipped, "its history goes on at "+to, until
	link := v.link(to, frontier.Page, v.item.Via)
	link.Due = v.o.Now()
	v.links = append(v.links, link)
	return true, nil
}

// goesOn reports whether a redirect is followed as part of the visit though it
// leads to another page: the archive has this one, and is to see what became
// of it. What there is at the new address is kept as the answer to a request
// for the old one, which it is, and whether it is the same article is for who
// reads both to say.
func (v *visit) goesOn(to string) bool {
	if ok, _ := v.site.scope.page(to); !ok && !v.leadsHome(to) {
		return false
	}
	last, known, err := v.o.Archive.LastCapture(v.item.Page)
	return err == nil && known && (last.Status == http.StatusOK || last.Status == http.StatusNotModified)
}

func (v *visit) leadsHome(to string) bool {
	home, err := urlkey.Of(v.site.URL)
	if err != nil {
		return false
	}
	key, err := urlkey.Of(to)
	return err == nil && key == home
}

// arrived notes, once a page was captured over a redirect to another page, that
// it is to be asked for there from now on.
func (v *visit) arrived(a *answer) {
	key, err := urlkey.Of(a.final)
	if err != nil || key == v.item.Page || gate(v.item.URL, a.final) {
		return
	}
	if v.leadsHome(a.final) { // as papers do with what they withdraw
		const why = "leads to the home page"
		v.outcome = frontier.Outcome{Page: v.item.Page, Result: frontier.Missing, Error: why}
		v.mu.Lock()
		defer v.mu.Unlock()
		v.site.skipped(v.item.URL, "redirect", why)
		return
	}
	if r := v.outcome.Result; r != frontier.Changed && r != frontier.Unchanged {
		return
	}
	v.outcome.ETag, v.outcome.LastModified = "", "" // they are the other address's
	v.outcome.Due = v.o.Now().Add(rarely)
	link := v.link(a.final, frontier.Page, v.item.Via)
	link.Published, link.Due = v.item.Published, v.o.Now().Add(soonAgain)
	v.links = append(v.links, link)
}
