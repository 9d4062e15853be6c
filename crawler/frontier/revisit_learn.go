package frontier

// learned is what the articles of a lane have taught, summed up over those
// that it has. It moves with each item that is put in another's place, and so
// costs no memory of its own.
type learned struct {
	edits    int // that nobody told of
	watched  int // hundredths of e-folds that the articles have aged meanwhile
	restless int // articles that were different at each look
	settled  int // articles that were not
}

// enough is how many looks show whether an article is restless.
const enough = 4

func (c *learned) learn(it Item, n int) {
	if it.Kind != Page || it.Checks == 0 {
		return
	}
	c.edits += n * it.Changes
	c.watched += n * int(100*it.watched(it.LastChecked))
	switch {
	case it.Checks < enough:
	case it.Changes >= it.Checks-1:
		c.restless += n
	default:
		c.settled += n
	}
}

func (c *learned) habit() Habit {
	return Habit{
		Edits: (siteTrust*usually + float64(c.edits)) / (siteTrust + float64(c.watched)/100),
		Noisy: c.restless > c.settled,
	}
}
