package archive

import (
	"slices"
)

// The material is what dictionaries are made of and tried on: the last pages
// of a site, oldest first.
type material struct {
	s       *Store
	pages   []uint64 // their numbers
	bodies  [][]byte // as volumes hold them
	records [][]byte // the captures' own
	oldBody []byte   // the dictionary that is in use, nil for none
	oldRec  []byte
}

// siteRules are those of a site's dictionary. A passage that three pages have
// is no page's own.
var siteRules = sharedRules{window: 16, pages: 3, max: 256 << 10}

// recordRules are for the short records of captures.
var recordRules = sharedRules{window: 6, pages: 3, max: 8 << 10}

// leastDictionary is the length below which a dictionary is not worth a record.
const leastDictionary = 256

// material reads what the lessons speak of. What can't be read is left out.
func (t *training) material(lessons []lesson, site string) (*material, error) {
	m := &material{s: t.s}
	err := t.s.View(func(tx *Tx) error {
		for _, l := range lessons {
			c, err := tx.capture(l.seq)
			if err != nil || c.volume == 0 {
				continue
			}
			page, err := tx.pageNumber(c.Page)
			if err != nil || page == 0 {
				continue
			}
			body, err := tx.bodyContentOf(&c)
			if err != nil {
				continue
			}
			m.pages = append(m.pages, page)
			m.bodies = append(m.bodies, body)
			m.records = append(m.records, c.record())
		}
		for _, site := range []string{site, ""} {
			if id := t.s.dicts.use(forBodies, site); id != 0 && m.oldBody == nil {
				m.oldBody, _ = t.s.dictionary(nil, tx, id) // none, when it is damaged
			}
		}
		_, m.oldRec = tx.recordBase(site)
		return nil
	})
	return m, err
}

// split gives the pages to learn from, cut to a length, and how many there are.
func (m *material) split(list [][]byte, trials, sample int) (teach, trial [][]byte) {
	n := len(list) - trials
	for _, b := range list[:n] {
		teach = append(teach, b[:min(len(b), sample)])
	}
	return teach, list[n:]
}

func (m *material) made(use dictUse, site string, content []byte) *storedDictionary {
	pages := slices.Clone(m.pages)
	slices.Sort(pages)
	return &storedDictionary{use: use, site: site, made: m.s.o.Now().UTC().Round(0), pages: slices.Compact(pages), content: content}
}

// bodyDictionary makes a dictionary for the site's pages; nil when it would not
// have paid on as many pages as were seen.
func (m *material) bodyDictionary(site string, trials, sample, seen int) *storedDictionary {
	teach, trial := m.split(m.bodies, trials, sample)
	content := shared(teach, siteRules)
	if len(content) < leastDictionary {
		return nil
	}
	saved, err := m.saved(trial, content, m.oldBody)
	if err != nil {
		return nil
	}
	if !m.pays(m.made(forBodies, site, content), saved*seen/trials) {
		return nil
	}
	all, _ := m.split(m.bodies, 0, sample) // now that it is worth it, of all there is
	return m.made(forBodies, site, shared(all, siteRules))
}

// saved is how much less contents take with a dictionary than with another, nil for none.
func (m *material) saved(contents [][]byte, dict, old []byte) (total int, err error) {
	p := &m.s.pack
	for _, content := range contents {
		with, err := p.encoders.pack(bodyDelta, content, changing, dict)
		if err != nil {
			return 0, err
		}
		var without []byte
		if old != nil {
			without, err = p.encoders.pack(bodyDelta, content, changing, old)
		} else {
			var f frame
			f, err = p.pack(content)
			without = f.payload
		}
		if err != nil {
			return 0, err
		}
		total += len(without) - len(with)
	}
	return total, nil
}

// recordDictionary makes one for the records of its captures.
func (m *material) recordDictionary(site string, trials, captures int) *storedDictionary {
	teach, trial := m.split(m.records, trials, 64<<10)
	content := shared(teach, recordRules)
	if len(content) < leastDictionary {
		return nil
	}
	content = append([]byte(commonHeaders), content...)
	saved := 0
	for _, record := range trial {
		with, err := m.s.pack.packText(record, content)
		if err != nil {
			return nil
		}
		without, err := m.s.pack.packText(record, m.oldRec)
		if err != nil {
			return nil
		}
		saved += len(without) - len(with)
	}
	if !m.pays(m.made(forRecords, site, content), saved*captures/trials) {
		return nil
	}
	all, _ := m.split(m.records, 0, 64<<10)
	return m.made(forRecords, site, append([]byte(commonHeaders), shared(all, recordRules)...))
}

// pays reports whether a dictionary saves more than it takes: in archive.db,
// and for bodies again in the volume.
func (m *material) pays(d *storedDictionary, saved int) bool {
	f, err := m.s.pack.pack(d.record())
	if d.use == forBodies {
		saved /= 2
	}
	return err == nil && saved >= len(f.payload)
}
