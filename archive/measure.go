package archive

import (
	"fmt"
	"path/filepath"
	"sort"
	"time"

	"go.etcd.io/bbolt"
)

// Measures are what an archive's parts weigh, for who runs it.
type Measures struct {
	Schema       uint64
	Buckets      []Bucket // of archive.db, in the order of the schema
	Files        []Room
	Volumes      []Volume
	Dictionaries []Dictionary
	Tombstones   int
	PerDay       Growth
}

// A Bucket is a kind of record or index in archive.db.
type Bucket struct {
	Name  string
	Rows  int
	Bytes int64 // of keys and values
	Taken int64 // of the pages that hold them
}

// A Volume is a raw volume.
type Volume struct {
	File   string
	Begun  time.Time
	Sealed time.Time // zero while it is written to
	Size   int64
	Free   int64
}

// A Dictionary is what records are packed with.
type Dictionary struct {
	ID    uint64
	Use   string // "body", "capture", "text"; "" for the program's own
	Site  string // the front of its pages' keys
	Bytes int
}

// Growth is how an archive grew of late.
type Growth struct {
	Days     float64 // up to the last capture, a week at most
	Captures float64 // a day
	Bytes    float64 // a day, of the archive's files
}

// Measure weighs the archive's parts. It looks at the pages of archive.db, and
// only at the lists of free pages of the raw volumes.
func (s *Store) Measure() (Measures, error) {
	var m Measures
	rooms, err := s.Rooms()
	if err != nil {
		return Measures{}, fmt.Errorf("measure: %w", err)
	}
	m.Files = rooms
	free := map[string]Room{}
	for _, r := range rooms {
		free[r.File] = r
	}
	err = s.View(func(tx *Tx) error {
		if m.Schema, err = tx.checkFormat(); err != nil {
			return err
		}
		for _, name := range buckets() {
			b, err := tx.measure(name)
			if err != nil {
				return err
			}
			m.Buckets = append(m.Buckets, b)
		}
		m.Tombstones = tx.state.rows[bucketTombstone]
		volumes, err := tx.volumeList()
		if err != nil {
			return err
		}
		for _, v := range volumes {
			name := volumeName(v.id)
			m.Volumes = append(m.Volumes, Volume{File: name, Begun: v.begun, Sealed: v.sealed, Size: fileSize(s.raw.path(v.id)), Free: free[name].Free})
		}
		if err := tx.eachDictionary(func(d storedDictionary, err error) error {
			m.Dictionaries = append(m.Dictionaries, Dictionary{ID: d.id, Use: string(d.use), Site: d.site, Bytes: len(d.content)})
			return nil
		}); err != nil {
			return err
		}
		m.PerDay, err = tx.growth(m.taken(s))
		return err
	})
	if err != nil {
		return Measures{}, fmt.Errorf("measure: %w", err)
	}
	return m, nil
}

// taken is what the archive's files hold, without what is free in them.
func (m *Measures) taken(s *Store) int64 {
	n := fileSize(filepath.Join(s.dir, catalogFile))
	for _, v := range m.Volumes {
		n += v.Size
	}
	for _, r := range m.Files {
		n -= r.Free
	}
	return n
}

func (tx *Tx) measure(name string) (Bucket, error) {
	b := Bucket{Name: name, Rows: tx.state.rows[name]}
	err := tx.access(func() error {
		in := tx.bucket(name)
		if in == nil {
			return nil
		}
		st := in.Stats()
		b.Bytes = int64(st.LeafInuse) - leafHeads(st)
		b.Taken = int64(st.LeafAlloc + st.BranchAlloc)
		if st.InlineBucketN > 0 { // it stands in the page of the bucket of buckets
			b.Bytes = int64(st.InlineBucketInuse) - boltPageLen - int64(st.KeyN)*elementLen
			b.Taken = int64(st.InlineBucketInuse)
		}
		return nil
	})
	return b, err
}

// leafHeads is what bbolt itself takes in the pages of a bucket's leaves.
func leafHeads(st bbolt.BucketStats) int64 {
	return int64(st.LeafPageN)*boltPageLen + int64(st.KeyN)*elementLen
}

// growthDays is how far growth looks back.
const growthDays = 7

// growth tells how the archive grew in its last days, by its own clock.
// Captures come in the order of time but for clocks that are set, which is
// good enough here: a few of them are looked at, not all.
func (tx *Tx) growth(taken int64) (g Growth, err error) {
	var first, last uint64
	err = tx.access(func() error {
		c := tx.bucket(bucketCaptures).Cursor()
		key, _ := c.First()
		first = numberOf(key)
		key, _ = c.Last()
		last = numberOf(key)
		return nil
	})
	if err != nil || last == 0 || last == first {
		return g, err
	}
	at := func(seq uint64) time.Time {
		var when time.Time
		_ = tx.access(func() error {
			key, _ := tx.bucket(bucketCaptures).Cursor().Seek(number(seq))
			if c, err := tx.capture(Seq(numberOf(key))); err == nil {
				when = c.FetchedAt
			}
			return nil
		})
		return when
	}
	end := at(last)
	from := end.AddDate(0, 0, -growthDays)
	since := first + uint64(sort.Search(int(last-first), func(i int) bool { return at(first + uint64(i)).After(from) }))
	g.Days = end.Sub(at(since)).Hours() / 24
	if g.Days < 1.0/24 {
		return Growth{}, nil // too short to tell
	}
	share := float64(last-since) / float64(last-first)
	g.Captures = share * float64(tx.state.rows[bucketCaptures]) / g.Days
	g.Bytes = share * float64(taken) / g.Days
	return g, nil
}
