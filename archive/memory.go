package archive

import (
	"fmt"

	"pressmark/extract/memory"
)

// MaxSiteName is how long the name of a site with a memory may be: that of a domain and a port.
const MaxSiteName = 300

// Memory gives what the pages of a site have in common, by its registrable
// domain; false when nothing was learned of it. The memory is the caller's own.
func (tx *Tx) Memory(site string) (*memory.Site, bool, error) {
	content, found, err := tx.content(bucketMemory, []byte(site), kindMemory, nil)
	if err != nil || !found {
		return nil, false, err
	}
	s := memory.New()
	if err := s.UnmarshalBinary(content); err != nil {
		return nil, false, fmt.Errorf("memory of %s: %w", site, damaged(err))
	}
	return s, true, nil
}

// PutMemory stores what the pages of a site have in common.
func (tx *Tx) PutMemory(site string, s *memory.Site) error {
	if site == "" || len(site) > MaxSiteName {
		return fmt.Errorf("put memory: a site's name of %d bytes, not 1 to %d", len(site), MaxSiteName)
	}
	content, err := s.MarshalBinary()
	if err == nil {
		err = tx.record(bucketMemory, []byte(site), kindMemory, content)
	}
	if err != nil {
		return fmt.Errorf("put memory of %s: %w", site, err)
	}
	return nil
}
