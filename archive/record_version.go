package archive

import (
	"encoding/json"
	"fmt"

	"pressmark/extract/change"
	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// A storedVersion is a version's record: all but its article and sketch, and
// what queries want to know without them.
type storedVersion struct {
	Version
	language string
	seq      uint64 // its place in the journal
	depth    int    // how many texts must be read before its own, being a delta
}

const versionVersion = 1

func (s *storedVersion) record() []byte {
	w := newRecord(versionVersion)
	w.text(1, string(s.ID.Page))
	w.uint(2, s.Doc)
	w.uint(3, uint64(s.First))
	w.uint(4, uint64(s.Last))
	w.time(5, s.FirstSeen)
	w.time(6, s.LastSeen)
	w.text(7, s.URL)
	w.text(8, s.Site)
	w.text(9, string(s.Story))
	w.text(10, s.Extractor)
	w.text(11, s.language)
	w.uint(12, s.seq)
	w.int(13, s.depth)
	w.text(14, string(s.Erased))
	return w.b
}

func readVersion(n int, b []byte) (storedVersion, error) {
	s := storedVersion{Version: Version{ID: VersionID{N: n}}}
	err := readRecord(b, versionVersion, func(field int, v value) error {
		switch field {
		case 1:
			s.ID.Page = urlkey.Key(v.text())
		case 2:
			s.Doc = v.n
		case 3:
			s.First = Seq(v.n)
		case 4:
			s.Last = Seq(v.n)
		case 5:
			s.FirstSeen = v.time()
		case 6:
			s.LastSeen = v.time()
		case 7:
			s.URL = v.text()
		case 8:
			s.Site = v.text()
		case 9:
			s.Story = StoryID(v.text())
		case 10:
			s.Extractor = v.text()
		case 11:
			s.language = v.text()
		case 12:
			s.seq = v.n
		case 13:
			s.depth = v.int()
		case 14:
			s.Erased = Erasure(v.text())
		}
		return nil
	})
	return s, err
}

const pageVersion = 1

func pageRecord(p *Page) []byte {
	w := newRecord(pageVersion)
	w.text(1, string(p.Key))
	w.text(2, p.URL)
	w.text(3, p.Site)
	w.time(4, p.FirstSeen)
	w.time(5, p.LastSeen)
	w.time(6, p.LastCheck)
	w.int(7, p.Head)
	w.text(8, string(p.State))
	w.text(9, p.Why)
	w.int(10, p.Misses)
	w.text(11, string(p.Story))
	w.text(12, string(p.SameAs))
	return w.b
}

func readPage(b []byte) (Page, error) {
	var p Page
	err := readRecord(b, pageVersion, func(field int, v value) error {
		switch field {
		case 1:
			p.Key = urlkey.Key(v.text())
		case 2:
			p.URL = v.text()
		case 3:
			p.Site = v.text()
		case 4:
			p.FirstSeen = v.time()
		case 5:
			p.LastSeen = v.time()
		case 6:
			p.LastCheck = v.time()
		case 7:
			p.Head = v.int()
		case 8:
			p.State = PageState(v.text())
		case 9:
			p.Why = v.text()
		case 10:
			p.Misses = v.int()
		case 11:
			p.Story = StoryID(v.text())
		case 12:
			p.SameAs = urlkey.Key(v.text())
		}
		return nil
	})
	return p, err
}

func writeVersionID(w *recordWriter, field int, id VersionID) {
	if id == (VersionID{}) {
		return
	}
	w.message(field, func(w *recordWriter) {
		w.text(1, string(id.Page))
		w.int(2, id.N)
	})
}

func (v value) versionID() (id VersionID, err error) {
	err = fields(v.b, func(field int, v value) error {
		switch field {
		case 1:
			id.Page = urlkey.Key(v.text())
		case 2:
			id.N = v.int()
		}
		return nil
	})
	return id, err
}

const storyVersion = 1

func storyRecord(s *Story) []byte {
	w := newRecord(storyVersion)
	w.text(1, string(s.ID))
	writeVersionID(w, 2, s.Lead)
	w.text(3, s.Title)
	w.text(4, s.Agency)
	for _, m := range s.Members {
		w.message(5, func(w *recordWriter) {
			writeVersionID(w, 1, m.Version)
			w.text(2, m.Site)
			w.time(3, m.Seen)
			w.text(4, string(m.Relation))
			w.float(5, m.Score)
			writeVersionID(w, 6, m.Of)
			w.text(7, m.Why)
			writeVersionID(w, 8, m.Follows)
		})
	}
	return w.b
}

func readStory(b []byte) (Story, error) {
	var s Story
	err := readRecord(b, storyVersion, func(field int, v value) (err error) {
		switch field {
		case 1:
			s.ID = StoryID(v.text())
		case 2:
			s.Lead, err = v.versionID()
		case 3:
			s.Title = v.text()
		case 4:
			s.Agency = v.text()
		case 5:
			var m Member
			m, err = readMember(v.b)
			s.Members = append(s.Members, m)
		}
		return err
	})
	return s, err
}

func readMember(b []byte) (Member, error) {
	var m Member
	err := fields(b, func(field int, v value) (err error) {
		switch field {
		case 1:
			m.Version, err = v.versionID()
		case 2:
			m.Site = v.text()
		case 3:
			m.Seen = v.time()
		case 4:
			m.Relation = dedup.Relation(v.text())
		case 5:
			m.Score = v.float()
		case 6:
			m.Of, err = v.versionID()
		case 7:
			m.Why = v.text()
		case 8:
			m.Follows, err = v.versionID()
		}
		return err
	})
	return m, err
}

const changeVersion = 1

// changeRecord keeps the Diff as its JSON, which is published and stable, so
// that whatever extract/change learns to say is kept without a word from here.
func changeRecord(c *Change) ([]byte, error) {
	diff, err := json.Marshal(c.Diff)
	if err != nil {
		return nil, fmt.Errorf("diff of %s: %w", c.To, err)
	}
	w := newRecord(changeVersion)
	writeVersionID(w, 1, c.From)
	writeVersionID(w, 2, c.To)
	w.time(3, c.After)
	w.time(4, c.Before)
	w.text(5, c.Site)
	w.text(6, c.URL)
	w.text(7, c.Title)
	w.uint(8, uint64(c.Run))
	w.bytes(9, diff)
	return w.b, nil
}

func readChange(seq Seq, b []byte) (Change, error) {
	c := Change{Seq: seq}
	err := readRecord(b, changeVersion, func(field int, v value) (err error) {
		switch field {
		case 1:
			c.From, err = v.versionID()
		case 2:
			c.To, err = v.versionID()
		case 3:
			c.After = v.time()
		case 4:
			c.Before = v.time()
		case 5:
			c.Site = v.text()
		case 6:
			c.URL = v.text()
		case 7:
			c.Title = v.text()
		case 8:
			c.Run = RunID(v.n)
		case 9:
			c.Diff = change.Diff{}
			err = json.Unmarshal(v.b, &c.Diff)
		}
		return err
	})
	return c, err
}

const sightingVersion = 1

func sightingRecord(s *Sighting) []byte {
	w := newRecord(sightingVersion)
	w.text(1, string(s.Page))
	w.time(2, s.At)
	w.int(3, s.Status)
	w.text(4, string(s.Outcome))
	w.int(5, s.Version)
	w.text(6, s.Why)
	w.uint(7, uint64(s.Run))
	w.counts(8, s.Removed)
	return w.b
}

func readSighting(seq Seq, b []byte) (Sighting, error) {
	s := Sighting{Seq: seq}
	err := readRecord(b, sightingVersion, func(field int, v value) error {
		switch field {
		case 1:
			s.Page = urlkey.Key(v.text())
		case 2:
			s.At = v.time()
		case 3:
			s.Status = v.int()
		case 4:
			s.Outcome = Outcome(v.text())
		case 5:
			s.Version = v.int()
		case 6:
			s.Why = v.text()
		case 7:
			s.Run = RunID(v.n)
		case 8:
			return v.addTo(&s.Removed)
		}
		return nil
	})
	return s, err
}
