package dedup

// A Grouper puts a stream of texts into stories, without an archive.
type Grouper struct {
	memory *Memory
	names  map[DocID]string
}

// Placed is where a Grouper put a text.
type Placed struct {
	Story    string // the name of the story's first text
	Relation Relation
	Score    float64
	Of       string // the name of the earlier text it was found in, "" for an original
	Why      string
}

// NewGrouper makes a Grouper that remembers the latest limit texts, or all when limit is 0.
func NewGrouper(limit int) *Grouper {
	return &Grouper{memory: NewMemory(limit), names: make(map[DocID]string)}
}

// Add places a text by the name it goes under.
func (g *Grouper) Add(name string, t Text) (Placed, error) {
	s := NewSketch(t)
	m, err := Place(g.memory, s)
	if err != nil {
		return Placed{}, err
	}
	p := Placed{Story: name, Relation: Original}
	if m.Relation != "" {
		p.Relation, p.Score, p.Of, p.Why = m.Relation, m.Score, g.names[m.Of], m.Why
	}
	if m.Joins() {
		p.Story = m.Story
	}
	g.names[g.memory.Add(s, p.Story)] = name
	return p, nil
}
