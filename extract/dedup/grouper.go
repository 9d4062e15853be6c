package dedup

// A Grouper puts a stream of texts into stories, without an archive.
type Grouper struct {
	memory *Memory
	names  []string // of the documents in memory
}

// A Placed is where a Grouper put a text.
type Placed struct {
	Story    string // the name of the story's first text
	Relation Relation
	Score    float64
	Of       string // the name of the earlier text it was found in, "" for an original
	Why      string // the evidence, "" for an original
}

// NewGrouper makes a Grouper that remembers the latest limit texts, or all when limit is 0.
func NewGrouper(limit int) *Grouper { return &Grouper{memory: NewMemory(limit)} }

// Add places a text under the name it goes by, which should be its own.
func (g *Grouper) Add(name string, t Text) (Placed, error) {
	s := NewSketch(t)
	m, err := Place(g.memory, s)
	if err != nil {
		return Placed{}, err
	}
	p := Placed{Story: name, Relation: Original}
	if m.Relation != "" {
		p.Relation, p.Score, p.Of, p.Why = m.Relation, m.Score, g.names[m.Of-g.memory.first], m.Why
	}
	if m.Joins() {
		p.Story = m.Story
	}
	forgotten := g.memory.first
	g.memory.Add(s, p.Story)
	g.names = append(g.names, name)[g.memory.first-forgotten:]
	return p, nil
}
