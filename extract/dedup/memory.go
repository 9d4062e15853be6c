package dedup

import "fmt"

// Memory is an Index in memory, for a corpus without an archive. With a limit it forgets the oldest documents, so that a stream
// of any length fits: about 5 KB are needed for a document.
type Memory struct {
	limit   int
	first   DocID               // the oldest document that is kept
	kept    []kept              // from first on
	keys    map[uint64]postings // what is filed under each key
	links   []link
	free    uint32 // the first unused link, as an index + 1
	stories map[string]*story
}

type kept struct {
	sketch Sketch
	story  *story
}

type story struct {
	id      string
	members []DocID // oldest first
}

// A postings is a list of links, oldest first. What comes after the first MaxPostings is counted only.
type postings struct {
	first, last uint32 // as an index + 1, 0 for none
	total       uint32
}

// A link is one posting; newer ones follow.
type link struct {
	doc  DocID
	next uint32
}

// NewMemory makes an empty index that keeps the latest limit documents, or all when limit is 0.
func NewMemory(limit int) *Memory {
	return &Memory{limit: limit, keys: make(map[uint64]postings), stories: make(map[string]*story)}
}

// Add files a sketch as a member of a story and gives it a number.
func (m *Memory) Add(s Sketch, storyID string) DocID {
	if m.limit > 0 && len(m.kept) == m.limit {
		m.forget()
	}
	doc := m.first + DocID(len(m.kept))
	st := m.stories[storyID]
	if st == nil {
		st = &story{id: storyID}
		m.stories[storyID] = st
	}
	st.members = append(st.members, doc)
	m.kept = append(m.kept, kept{s, st})
	for _, k := range s.Keys() {
		m.post(k, doc)
	}
	return doc
}

func (m *Memory) post(key uint64, doc DocID) {
	p := m.keys[key]
	if p.total++; p.total <= MaxPostings {
		at := m.free
		if at == 0 {
			m.links = append(m.links, link{})
			at = uint32(len(m.links))
		} else {
			m.free = m.links[at-1].next
		}
		m.links[at-1] = link{doc: doc}
		if p.first == 0 {
			p.first = at
		} else {
			m.links[p.last-1].next = at
		}
		p.last = at
	}
	m.keys[key] = p
}

// forget drops the oldest document.
func (m *Memory) forget() {
	old := m.kept[0]
	for _, k := range old.sketch.Keys() {
		p := m.keys[k]
		if at := p.first; at != 0 && m.links[at-1].doc == m.first {
			p.first = m.links[at-1].next
			m.links[at-1].next, m.free = m.free, at
		}
		if p.first == 0 {
			p.last = 0
		}
		if p.total--; p.total == 0 {
			delete(m.keys, k)
		} else {
			m.keys[k] = p
		}
	}
	if old.story.members = old.story.members[1:]; len(old.story.members) == 0 {
		delete(m.stories, old.story.id)
	}
	m.kept[0] = kept{}
	m.kept = m.kept[1:]
	m.first++
}

// Postings implements Index.
func (m *Memory) Postings(key uint64) ([]DocID, int, error) {
	p := m.keys[key]
	if p.total == 0 {
		return nil, 0, nil
	}
	docs := make([]DocID, 0, min(p.total, MaxPostings))
	for at := p.first; at != 0; at = m.links[at-1].next {
		docs = append(docs, m.links[at-1].doc)
	}
	return docs, int(p.total), nil
}

// Sketch implements Index.
func (m *Memory) Sketch(doc DocID) (Sketch, error) {
	k, err := m.get(doc)
	return k.sketch, err
}

// Story implements Index.
func (m *Memory) Story(doc DocID) (string, []DocID, error) {
	k, err := m.get(doc)
	if err != nil {
		return "", nil, err
	}
	return k.story.id, k.story.members, nil
}

// StoryOf implements Namer.
func (m *Memory) StoryOf(doc DocID) (string, error) {
	k, err := m.get(doc)
	if err != nil {
		return "", err
	}
	return k.story.id, nil
}

func (m *Memory) get(doc DocID) (kept, error) {
	if doc < m.first || doc >= m.first+DocID(len(m.kept)) {
		return kept{}, fmt.Errorf("document %d is not in memory", doc)
	}
	return m.kept[doc-m.first], nil
}
