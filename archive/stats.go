package archive

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Stats are an archive's figures.
type Stats struct {
	Created    time.Time
	Captures   int
	Bodies     int // captures that hold a body of their own
	Pages      int // that were captured
	Articles   int // that something was concluded of
	Versions   int
	Sightings  int
	Stories    int
	Changes    int
	Runs       int
	Remembered int   // sites of which it is known what their pages have in common
	BodyBytes  int64 // of the bodies held, as received
	BodyStored int64 // as kept
	TextBytes  int64 // of the versions' texts
	TextStored int64
	Volumes    int
	Catalog    int64 // size of archive.db on disk
	Raw        int64 // size of the raw volumes on disk
	Seq        Seq   // the latest of the journal
}

// Stats gives the archive's figures.
func (s *Store) Stats() (Stats, error) {
	var st Stats
	var last uint64
	err := s.View(func(tx *Tx) error {
		if err := tx.loadState(); err != nil {
			return err
		}
		n := tx.state
		last = n.volume
		st = Stats{
			Created: n.created, Captures: n.rows[bucketCaptures], Bodies: n.rows[bucketDigest], Pages: n.rows[bucketURL],
			Articles: n.rows[bucketPages], Versions: n.rows[bucketVersions], Sightings: n.rows[bucketSightings],
			Stories: n.rows[bucketStories], Changes: n.rows[bucketChanges], Runs: n.rows[bucketRuns], Remembered: n.rows[bucketMemory],
			BodyBytes: n.bodyBytes, BodyStored: n.bodyStored, TextBytes: n.textBytes, TextStored: n.textStored,
			Volumes: n.rows[bucketVolumes], Seq: Seq(n.seq),
		}
		return nil
	})
	if err != nil {
		return Stats{}, fmt.Errorf("stats: %w", err)
	}
	st.Catalog = fileSize(filepath.Join(s.dir, catalogFile))
	for id := uint64(1); id <= last; id++ {
		st.Raw += fileSize(s.raw.path(id))
	}
	return st, nil
}

// fileSize is a file's length, 0 when it is not there.
func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
