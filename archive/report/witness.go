package report

import (
	"fmt"
	"time"

	"pressmark/archive"
	"pressmark/archive/proof"
)

// A Witness is the newest checkpoint of the archive's log: who keeps the
// report, on paper too, can prove with it later what was in the archive by then.
type Witness struct {
	Origin string    `json:"origin"`
	Size   int64     `json:"size"` // captures and versions in the log
	Root   string    `json:"root"` // hash of the log's tree
	At     time.Time `json:"at"`
	Key    string    `json:"key"` // public, of its signature
}

// witness reads the newest checkpoint that the archive keeps; nil: none was made.
func witness(store *archive.Store) (*Witness, error) {
	c, found, err := store.LastCheckpoint()
	if err != nil || !found {
		return nil, err
	}
	p, err := proof.Read(c.Note)
	if err != nil {
		return nil, fmt.Errorf("the checkpoint of size %d: %w: %w", c.Size, archive.ErrDamaged, err)
	}
	return &Witness{p.Origin, p.Size, p.Root.String(), c.At.UTC(), c.Key}, nil
}

// words say it in the report's last lines; "" when there is none.
func (w *Witness) words(zone *time.Location) string {
	if w == nil {
		return ""
	}
	return fmt.Sprintf("Newest checkpoint of the archive’s log: %s, %s entries, root hash %s (%s). Who keeps this line can have it checked later that what was in the archive by then is there and unaltered: pressmark verify --proof.",
		moment(w.At, zone), thousands(int(w.Size)), w.Root, w.Origin)
}
