package ingest

import (
	"fmt"

	"pressmark/archive"
	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// identify finds the page to whose history the capture belongs. That is the
// page of its address, unless the address is known or now found to be another
// one of a page that has a history: an AMP or print page that names the page
// as its canonical one, a page whose slug was changed, the way to which a
// redirect leads.
//
// One address at a time speaks for a page, that which was last seen to take
// over; what comes from another shows the same article in another dress, or an
// old copy of it, and would seem to edit the page at every look.
func (s *step) identify() error {
	c := s.capture
	key, err := s.tx.Whose(c.Page)
	if err != nil {
		return err
	}
	page, known, err := s.tx.Page(key)
	if err != nil {
		return err
	}
	if !known {
		page = archive.Page{Key: key, URL: c.URL, Site: c.Site, FirstSeen: c.FetchedAt}
	}
	s.page = page
	if page.Head == 0 && key == c.Page && kept(s.article.Kind) {
		return s.recognise()
	}
	if page.Head == 0 {
		return nil
	}
	final, err := s.led()
	if err != nil {
		return err
	}
	now, err := urlkey.Of(page.URL)
	if err != nil {
		now = page.Key
	}
	at := c.Page
	if final != "" {
		at, s.address = final, c.Final
	}
	there := s.repeat > 0 || kept(s.article.Kind)
	switch {
	case at == now && s.stranger:
		return nil
	case at == now:
	case final != "": // the server itself says where the page is now
	case there && !s.stranger && (page.State == archive.Withdrawn || page.Misses > 0): // it is back at an address that it had
	default:
		s.beside = true
		return nil
	}
	if there {
		s.page.URL = s.address
	}
	return nil
}

// led gives the address to which a request for a known page was led, if that is
// an address of the page. It may turn out to be now: the server says so, and the
// article that stands there is the page's.
func (s *step) led() (urlkey.Key, error) {
	c := s.capture
	if c.Final == "" || c.Final == c.URL || s.repeat == 0 && !kept(s.article.Kind) {
		return "", nil
	}
	final, err := urlkey.Of(c.Final)
	if err != nil || final == c.Page {
		return "", nil
	}
	owner, err := s.tx.Whose(final)
	if err != nil {
		return "", err
	}
	if owner == s.page.Key {
		return final, nil
	}
	if s.repeat > 0 { // to the letter; a 304 is the word of whoever answered
		if c.Status == 304 {
			return "", nil
		}
		return final, s.join(final, c.Final, "it leads to "+c.Final)
	}
	head, err := s.head()
	if err != nil {
		return "", err
	}
	same, err := alike(s.sketch, head.Sketch)
	if err != nil {
		return "", err
	}
	title := s.article.Title != "" && s.article.Title == head.Article.Title
	if !same && !title && !sameNumber(c.URL, c.Final) {
		s.stranger = true
		return "", nil
	}
	return final, s.join(final, c.Final, "it leads to "+c.Final)
}

// recognise looks whether a page without a history is an address of one that
// has. Two things must speak for it: the publisher's word, or its own number of
// the article in both addresses, and the text.
func (s *step) recognise() error {
	c := s.capture
	if key := s.canonical(s.article.Canonical); key != "" && key != c.Page {
		owner, err := s.tx.Whose(key)
		if err != nil {
			return err
		}
		if ok, err := s.tells(owner); err != nil || ok && owner != c.Page {
			if err == nil { // the page that it names speaks for the article, not this one
				err = s.joins(owner, "the publisher names that page as the canonical one")
				s.beside = true
			}
			return err
		}
	}
	m, err := dedup.Place(s.tx.Index(), s.sketch)
	if err != nil {
		return err
	}
	if s.match = &m; !m.Joins() {
		return nil
	}
	of, err := s.tx.VersionByDoc(uint64(m.Of))
	if err != nil {
		return err
	}
	candidates := []urlkey.Key{of.Page}
	story, err := s.tx.Story(archive.StoryID(m.Story))
	if err != nil {
		return err
	}
	for i, member := range story.Members {
		if i == maxCandidates {
			break
		}
		candidates = append(candidates, member.Version.Page)
	}
	seen := map[urlkey.Key]bool{c.Page: true}
	for _, key := range candidates {
		if seen[key] {
			continue
		}
		seen[key] = true
		why, err := s.takesOver(key)
		if err != nil {
			return err
		}
		if why != "" {
			if err := s.joins(key, why); err != nil {
				return err
			}
			s.page.URL, s.match = c.URL, nil
			return nil
		}
	}
	return nil
}

// maxCandidates is how many members of a story are looked at for the page that
// a new address may be one of.
const maxCandidates = 32

// takesOver says why the capture's address goes on with the history of a page
// that tells the same text; "" when it does not.
func (s *step) takesOver(key urlkey.Key) (why string, err error) {
	c := s.capture
	page, known, err := s.tx.Page(key)
	if err != nil || !known || page.SameAs != "" || !s.own(page.Site, page.URL) {
		return "", err
	}
	if page.Head == 0 {
		return "", nil
	}
	head, err := s.tx.Version(archive.VersionID{Page: key, N: page.Head}) // whether or not it is gone from its old address
	if err != nil {
		return "", err
	}
	m, err := copied(s.sketch, head.Sketch)
	if err != nil || !m.Joins() || m.Relation == dedup.Excerpt { // as the page of its pictures is
		return "", err
	}
	switch own := s.canonical(head.Article.Canonical); {
	case own == c.Page && own != key:
		return "the publisher names it as the canonical one", nil
	case sameNumber(page.URL, c.URL):
		return "both bear the publisher's number " + number(c.URL) + ", and the text is the same", nil
	}
	return "", nil
}

// canonical is the page that the publisher names as the one that stands for
// others, when that can be one: on the same site, and no front page.
func (s *step) canonical(raw string) urlkey.Key {
	if raw == "" || isFront(raw) {
		return ""
	}
	key, err := urlkey.Of(raw)
	if err != nil {
		return ""
	}
	if !sameGroup(raw, s.capture.URL) {
		if p, known, err := s.tx.Page(key); err != nil || !known || !s.own(p.Site, raw) {
			return ""
		}
	}
	return key
}

// own reports whether a page is of the capture's publisher: on the same domain,
// or on another one of the same site. Sites that share servers, or an editorial
// system with its numbers, are papers of their own all the same.
func (s *step) own(site, url string) bool {
	return site != "" && site == s.capture.Site || sameGroup(url, s.capture.URL)
}

// tells reports whether a page tells what the capture does, and does so now.
func (s *step) tells(key urlkey.Key) (bool, error) {
	page, known, err := s.tx.Page(key)
	if err != nil || !known || page.Head == 0 || page.State == archive.Withdrawn || page.Misses > 0 {
		return false, err
	}
	head, err := s.tx.Version(archive.VersionID{Page: key, N: page.Head})
	if err != nil {
		return false, err
	}
	return alike(s.sketch, head.Sketch)
}

// joins makes the capture's address one of a page.
func (s *step) joins(key urlkey.Key, why string) error {
	page, _, err := s.tx.Page(key)
	if err != nil {
		return err
	}
	s.page = page
	return s.join(s.capture.Page, s.capture.URL, why)
}

// join notes that an address is one of the page.
func (s *step) join(address urlkey.Key, url, why string) error {
	c := s.capture
	p, known, err := s.tx.Page(address)
	if err != nil {
		return err
	}
	if !known {
		p = archive.Page{Key: address, URL: url, Site: c.Site, FirstSeen: c.FetchedAt}
	}
	p.LastCheck = later(p.LastCheck, c.FetchedAt)
	p.State, p.SameAs = archive.Elsewhere, s.page.Key
	p.Why = fmt.Sprintf("another address of %s: %s", s.page.URL, why)
	s.joined = true
	return s.tx.PutPage(p)
}

// passOver notes a capture that does not speak for the page.
func (s *step) passOver() {
	s.sighting.Why = "another address of " + s.page.URL
	switch {
	case s.lost != "" || !readable(s.capture.Status):
		s.sighting.Outcome = archive.Error
	case s.repeat > 0 || kept(s.article.Kind):
		s.sighting.Outcome, s.sighting.Version = archive.Same, s.page.Head
	default:
		s.sighting.Outcome = archive.Nothing
	}
}

// alike reports whether two texts are copies of one, in whole or in part.
func alike(a, earlier dedup.Sketch) (bool, error) {
	m, err := copied(a, earlier)
	return m.Joins(), err
}

// copied says how a text stands to an earlier one.
func copied(a, earlier dedup.Sketch) (dedup.Match, error) {
	m := dedup.NewMemory(1)
	m.Add(earlier, "earlier")
	return dedup.Place(m, a)
}
