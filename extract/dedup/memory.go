package dedup

import "fmt"

// Memory is an Index in memory, for a corpus without an archive. With a limit it forgets the oldest documents, so that a stream
// of any length fits.
type Memory struct {
	limit  int
	first  DocID             // the oldest document that is kept
	kept   []kept            // from first on
	heads  map[uint64]uint32 // key → its newest posting, an index into links + 1
	links  []link
	free   uint32            // head of the list of unused links, as an index + 1
	counts map[string]*story // by story
}

type kept struct {
	sketch Sketch
	story  *story
}

type story struct {
	id      string
	members []DocID
}

// A link is one posting; older ones follow.
type link struct {
	doc  DocID
	next uint32
}

// NewMemory makes an empty index that keeps the latest limit documents, or all when limit is 0.
func NewMemory(limit int) *Memory {
	return &Memory{limit: limit, heads: make(map[uint64]uint32), counts: make(map[string]*story)}
}

// Add files a sketch as a member of a story.
func (m *Memory) Add(s Sketch, storyID string) DocID {
	doc := m.first + DocID(len(m.kept))
	st := m.counts[storyID]
	if st == nil {
		st = &story{id: storyID}
		m.counts[storyID] = st
	}
	st.members = append(st.members, doc)
	m.kept = append(m.kept, kept{s, st})
	for _, k := range s.Keys() {
		m.post(k, doc)
	}
	return doc
}

func (m *Memory) post(key uint64, doc DocID) {
	at := m.free
	if at == 0 {
		m.links = append(m.links, link{})
		at = uint32(len(m.links))
	} else {
		m.free = m.links[at-1].next
	}
	m.links[at-1] = link{doc, m.heads[key]}
	m.heads[key] = at
}

// Postings implements Index.
func (m *Memory) Postings(key uint64) ([]DocID, int, error) {
	var all []DocID
	for at := m.heads[key]; at != 0; at = m.links[at-1].next {
		all = append(all, m.links[at-1].doc)
	}
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return all[:min(len(all), MaxPostings)], len(all), nil
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

func (m *Memory) get(doc DocID) (kept, error) {
	if doc < m.first || doc >= m.first+DocID(len(m.kept)) {
		return kept{}, fmt.Errorf("document %d is not in memory", doc)
	}
	return m.kept[doc-m.first], nil
}
