package crawler

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"time"

	"pressmark/extract/urlkey"
)

// savedMemory is the file. What it has of a site is small: bounds stand where
// it is learned.
type savedMemory struct {
	Schema int                   `json:"schema"`
	Sites  map[string]*savedSite `json:"sites"`
}

type savedSite struct {
	Used    time.Time             `json:"used"`
	Probed  time.Time             `json:"probed,omitzero"`   // with an address that cannot exist
	Gone    []savedText           `json:"gone,omitempty"`    // what it showed there
	Shapes  map[string]savedShape `json:"shapes,omitempty"`  // of addresses, by traps
	Scripts map[string]vain       `json:"scripts,omitempty"` // of pages that they bring nothing to
}

func parseMemory(b []byte) (f savedMemory, err error) {
	if len(b) > memoryLimit {
		return f, errMemory
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return savedMemory{}, err
	}
	if f.Schema != memorySchema {
		return savedMemory{}, fmt.Errorf("it is of schema %d, and this program knows %d", f.Schema, memorySchema)
	}
	return f, nil
}

func (m *Memory) saved() savedMemory {
	f := savedMemory{memorySchema, map[string]*savedSite{}}
	site := func(name string, used time.Time) *savedSite {
		s := f.Sites[name]
		if s == nil {
			s = &savedSite{}
			f.Sites[name] = s
		}
		if used.After(s.Used) {
			s.Used = used
		}
		return s
	}
	m.answers.save(site)
	m.shapes.save(site)
	m.scripts.save(site)
	return f
}

func (m *Memory) restore(f savedMemory) {
	for name, s := range f.Sites {
		if s == nil || m.now().Sub(s.Used) > memoryFor {
			continue
		}
		m.answers.restore(name, s)
		m.shapes.restore(name, s)
		m.scripts.restore(name, s)
	}
	m.news()
}

// A savedText is a regret in a file. The number is of 64 bits, which not every
// reader of JSON can hold.
type savedText struct {
	Text   string    `json:"text"`
	Length int       `json:"length"`
	At     time.Time `json:"at"`
}

func (a *answers) save(site func(string, time.Time) *savedSite) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for name, s := range a.sites {
		if len(s.gone) == 0 && s.probed.IsZero() {
			continue
		}
		to := site(name, s.used)
		to.Probed = s.probed
		for _, text := range slices.Sorted(maps.Keys(s.gone)) {
			to.Gone = append(to.Gone, savedText{strconv.FormatUint(text, 16), s.gone[text].length, s.gone[text].at})
		}
	}
}

func (a *answers) restore(name string, from *savedSite) {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := a.of(name)
	s.probed, s.used = from.Probed, from.Used
	for _, t := range from.Gone {
		if text, err := strconv.ParseUint(t.Text, 16, 64); err == nil && len(s.gone) < goneTexts {
			s.gone[text] = regret{t.Length, t.At}
		}
	}
}

// A savedShape is a shape in a file.
type savedShape struct {
	Used    time.Time `json:"used"`
	Trapped time.Time `json:"trapped,omitzero"`
	Vouched bool      `json:"vouched,omitempty"`
	Asked   []string  `json:"asked,omitempty"`
}

// longestSaved bounds the addresses of a shape that are written down.
const longestSaved = 300

func (s *shapes) save(site func(string, time.Time) *savedSite) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, m := range s.sites {
		for form, x := range m {
			to := site(name, x.used)
			if to.Shapes == nil {
				to.Shapes = map[string]savedShape{}
			}
			saved := savedShape{Used: x.used, Trapped: x.trapped, Vouched: x.vouched}
			if x.trapped.IsZero() && !x.vouched {
				for _, page := range x.asked {
					if len(page) <= longestSaved {
						saved.Asked = append(saved.Asked, string(page))
					}
				}
			}
			to.Shapes[form] = saved
		}
	}
}

func (s *shapes) restore(name string, from *savedSite) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for form, saved := range from.Shapes {
		x := s.of(name, form, saved.Used)
		if x == nil {
			continue
		}
		x.trapped, x.vouched = saved.Trapped, saved.Vouched
		for _, page := range saved.Asked[:min(len(saved.Asked), looksOfShape)] {
			x.asked = append(x.asked, urlkey.Key(page))
		}
	}
}

func (s *scripts) save(site func(string, time.Time) *savedSite) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, m := range s.sites {
		for form, x := range m {
			to := site(name, x.At)
			if to.Scripts == nil {
				to.Scripts = map[string]vain{}
			}
			to.Scripts[form] = *x
		}
	}
}

func (s *scripts) restore(name string, from *savedSite) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for form, saved := range from.Scripts {
		if x := s.of(name, form, saved.At); x != nil {
			*x = saved
		}
	}
}

// replaceFile writes a file whole or not at all. Its half has one name, so that
// processes that are killed leave no more than one: who crawls holds the archive.
func replaceFile(path string, b []byte) error {
	half := path + ".new"
	f, err := os.Create(half)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(half, path)
	}
	if err != nil {
		os.Remove(half)
	}
	return err
}
