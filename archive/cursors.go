package archive

import (
	"bytes"
	"fmt"
)

// ClockCursor begins the names of cursors that hold a time, in seconds, beside
// the follower whose position another one has. Verify and Repair hold only the
// others to the positions that there are.
const ClockCursor = "reported/"

// CursorNames lists the cursors whose names begin so, in order.
func (tx *Tx) CursorNames(prefix string) (names []string, err error) {
	err = tx.access(func() error {
		c := tx.bucket(bucketCursor).Cursor()
		for key, _ := c.Seek([]byte(prefix)); bytes.HasPrefix(key, []byte(prefix)); key, _ = c.Next() {
			names = append(names, string(key))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list cursors: %w", err)
	}
	return names, nil
}

// DropCursor forgets a cursor; one that is not there is no error.
func (tx *Tx) DropCursor(name string) error {
	_, found, err := tx.content(bucketCursor, []byte(name), kindCursor, nil)
	if err != nil || !found {
		return err
	}
	if err := tx.drop(bucketCursor, []byte(name)); err != nil {
		return fmt.Errorf("drop cursor %s: %w", name, err)
	}
	return nil
}
