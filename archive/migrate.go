package archive

import (
	"bytes"
	"fmt"
	"path/filepath"
)

// An archive of an older schema is brought to today's when it is opened for
// writing; opened for reading it is read as it is. A snapshot of archive.db is
// taken first. The way goes in steps, each a transaction that also notes how
// far it came: after a crash the next opening goes on from there.

// A migration leads from the schema before to its own.
type migration struct {
	to uint64
	// step does a piece of the work and gives the place to go on from, nil when
	// there is no more to do. at is nil at the beginning.
	step func(tx *Tx, at []byte) (next []byte, err error)
}

// migrations are the ways between schemas, oldest first.
func migrations() []migration {
	return []migration{
		{to: 2, step: addBuckets(2)}, // tombstones; and the memory, which the first archives had not
		{to: 3, step: refile},        // postings in blocks
		{to: 4, step: addBuckets(4)}, // the log; it is filled with the first checkpoint
		{to: 5, step: addBuckets(5)}, // decisions about stories
	}
}

// addBuckets makes the buckets that are new in a schema, one a step.
func addBuckets(schema uint64) func(tx *Tx, at []byte) ([]byte, error) {
	return func(tx *Tx, at []byte) ([]byte, error) {
		for i, name := range buckets() {
			if since(name) != schema || uint64(i) < numberOf(at) {
				continue
			}
			err := tx.access(func() error {
				_, err := tx.b.CreateBucketIfNotExists([]byte(name))
				return err
			})
			return number(uint64(i) + 1), err
		}
		return nil, nil
	}
}

// A way is what is noted of a migration that is not at its end.
type way struct {
	to uint64
	at []byte
}

const wayVersion = 1

var wayKey = []byte("migration")

func (w *way) record() []byte {
	r := newRecord(wayVersion)
	r.uint(1, w.to)
	r.bytes(2, w.at)
	return r.b
}

func readWay(b []byte) (way, error) {
	var w way
	err := readRecord(b, wayVersion, func(field int, v value) error {
		switch field {
		case 1:
			w.to = v.n
		case 2:
			w.at = bytes.Clone(v.b)
		}
		return nil
	})
	return w, err
}

// way gives how far a migration has come; the zero way when none is under way.
func (tx *Tx) way() (way, error) {
	content, found, err := tx.content(bucketMeta, wayKey, kindState, nil)
	if err != nil || !found {
		return way{}, err
	}
	w, err := readWay(content)
	if err != nil {
		return way{}, fmt.Errorf("migration: %w", damaged(err))
	}
	return w, nil
}

// snapshotName is where archive.db is kept as it was before a migration.
func snapshotName(dir string, schema uint64) string {
	return filepath.Join(dir, snapshotFolder, fmt.Sprintf("schema%d.db", schema))
}

// migrate brings the archive to the last schema of the list.
func (s *Store) migrate(schema uint64, list []migration) error {
	if len(list) == 0 || schema >= list[len(list)-1].to {
		return nil
	}
	var under way
	err := s.View(func(tx *Tx) (err error) {
		under, err = tx.way()
		return err
	})
	if err != nil {
		return fmt.Errorf("migrate the archive: %w", err)
	}
	if under.to == 0 { // else it was taken when that began
		if err := s.snapshot(snapshotName(s.dir, schema)); err != nil {
			return fmt.Errorf("migrate the archive: a snapshot of %s before it: %w", catalogFile, err)
		}
	}
	s.o.Log.Info("the archive is of an older schema and is migrated", "schema", schema, "to", schemaVersion, "snapshot", snapshotName(s.dir, schema))
	for _, m := range list {
		if m.to <= schema {
			continue
		}
		for done := false; !done; {
			err := s.transact(func(tx *Tx) (err error) {
				done, err = tx.stepOf(m)
				return err
			})
			if err != nil {
				return fmt.Errorf("migrate the archive to schema %d: %w", m.to, err)
			}
		}
	}
	return nil
}

// stepOf does one step of a migration, and notes it.
func (tx *Tx) stepOf(m migration) (done bool, err error) {
	under, err := tx.way()
	if err != nil {
		return false, err
	}
	if under.to != m.to {
		under = way{to: m.to}
	}
	next, err := m.step(tx, under.at)
	if err != nil {
		return false, err
	}
	if next != nil {
		under.at = next
		return false, tx.record(bucketMeta, wayKey, kindState, under.record())
	}
	if err := tx.drop(bucketMeta, wayKey); err != nil {
		return false, err
	}
	return true, tx.record(bucketMeta, formatKey, kindState, number(m.to))
}
