package warc

import "fmt"

// A Damage is a place that cannot be read. What was read before it is whole,
// and Next goes on behind it.
type Damage struct {
	Position     // where the damaged record begins
	Records  int // read whole before it
	Err      error
}

func (d *Damage) Error() string {
	noun := "records"
	if d.Records == 1 {
		noun = "record"
	}
	return fmt.Sprintf("damaged at %s, after %d whole %s: %v", d.Position, d.Records, noun, d.Err)
}

func (d *Damage) Unwrap() error { return d.Err }
