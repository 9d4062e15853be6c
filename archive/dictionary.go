package archive

import (
	"fmt"
	"log/slog"
)

// dictionaries reads the dictionaries of codecDict. One that is damaged is
// left out, which costs the records that need it and no others; for that of
// the captures the program's own stands in, which is the same in all archives
// so far. Verify names what is damaged.
func (tx *Tx) dictionaries(log *slog.Logger) (map[uint64][]byte, error) {
	dicts := map[uint64][]byte{captureDict: []byte(commonHeaders)}
	err := tx.access(func() error {
		c := tx.bucket(bucketDicts).Cursor()
		for key, v := c.First(); key != nil; key, v = c.Next() {
			content, err := tx.unframe(key, v, kindDict, nil)
			if err != nil {
				log.Warn("a dictionary is damaged", "dictionary", numberOf(key), "error", err)
				continue
			}
			dicts[numberOf(key)] = content
		}
		return nil
	})
	return dicts, err
}

// dictionary gives a dictionary of codecDict.
func (s *Store) dictionary(id uint64) ([]byte, error) {
	if dict := s.dicts[id]; dict != nil {
		return dict, nil
	}
	return nil, fmt.Errorf("%w: dictionary %d is not there", ErrDamaged, id)
}
