package ingest

import (
	"errors"

	"pressmark/archive"
	"pressmark/extract/memory"
	"pressmark/extract/urlkey"
)

// A recall holds the memories of the sites whose captures are at work.
//
// A page is read with what all captures before it have taught, and with
// nothing else: then it matters neither how captures were parted into batches
// nor where a crash came between, and reextract ends where ingest did. Pages
// are read side by side, before those in front of them are concluded. So each
// reading keeps what it asked of memory, and when its turn comes memory is
// asked again; if it has changed its mind, the page is read once more. That is
// done twice: once without a transaction, to have it read in time, and once
// within, to be sure.
type recall struct {
	at     archive.Seq             // the cursor at which known was true
	known  map[string]*memory.Site // as it is stored; not altered any more
	taught map[string]*memory.Site // as the readings so far leave it, of those at work
}

// maxRecalled is how many memories are held at once, at some ten thousand bytes each.
const maxRecalled = 256

// siteOf names the site that a capture's answer came from; "" when that can't be told.
func siteOf(c archive.Capture) string {
	address := c.Final
	if address == "" {
		address = c.URL
	}
	name, err := urlkey.Group(address)
	if err != nil || len(name) > archive.MaxSiteName {
		return ""
	}
	return name
}

// load fetches the memories that these readings want, as they are at the cursor.
func (in *Ingester) load(from archive.Seq, list []reading) error {
	m := &in.recall
	if m.known == nil || m.at != from || len(m.known) > maxRecalled {
		m.known, m.at = map[string]*memory.Site{}, from
	}
	return in.view(func(tx *archive.Tx) error {
		for _, r := range list {
			if r.site == "" || m.known[r.site] != nil {
				continue
			}
			s, found, err := tx.Memory(r.site)
			switch {
			case errors.Is(err, archive.ErrDamaged):
				in.o.Log.Warn("what was known of a site's pages is damaged: it is learned anew", "site", r.site, "error", err)
				s = memory.New()
			case err != nil:
				return err
			case !found:
				s = memory.New()
			}
			m.known[r.site] = s
		}
		return nil
	})
}

// begin forgets what was taught and not committed.
func (m *recall) begin() { m.taught = map[string]*memory.Site{} }

// now is the memory of a site as the readings so far leave it.
func (m *recall) now(site string) *memory.Site {
	if s := m.taught[site]; s != nil {
		return s
	}
	return m.known[site]
}

// upholds reports whether memory would still answer what it did when r was read.
func (m *recall) upholds(r reading) bool {
	s := m.now(r.site)
	return r.memory.Holds(s) && r.before.Holds(s)
}

// learn teaches what a page showed that was not there before.
func (m *recall) learn(r reading) {
	s := m.taught[r.site]
	if s == nil {
		s = m.known[r.site].Clone()
		m.taught[r.site] = s
	}
	s.Learn(r.memory)
}

// put stores what the transaction taught.
func (m *recall) put(tx *archive.Tx) error {
	for site, s := range m.taught {
		if err := tx.PutMemory(site, s); err != nil {
			return err
		}
	}
	return nil
}

// committed takes what the transaction taught for stored.
func (m *recall) committed(at archive.Seq) {
	for site, s := range m.taught {
		m.known[site] = s
	}
	m.taught, m.at = nil, at
}
