package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	bolterrors "go.etcd.io/bbolt/errors"
)

// Reset drops all conclusions: pages, versions, stories, changes, sightings,
// what was learned of sites, and ingest's cursors. Captures, runs and the other cursors stay. What is
// concluded anew comes into the journal anew, behind an OpReset. It is one
// transaction: a crash leaves all or nothing of it.
func (s *Store) Reset(ctx context.Context) error {
	if err := s.Update(ctx, (*Tx).Reset); err != nil {
		return fmt.Errorf("reset: %w", err)
	}
	return nil
}

// Reset drops all conclusions within a transaction.
func (tx *Tx) Reset() error {
	if err := tx.loadState(); err != nil {
		return err
	}
	for _, name := range conclusions() {
		if err := tx.empty(name); err != nil {
			return err
		}
	}
	tx.text, tx.later = lastText{}, nil
	tx.filed, tx.fresh, tx.freshKeys = &cabinet{}, nil, 0
	tx.state.doc, tx.state.story = 0, 0
	tx.state.textBytes, tx.state.textStored = 0, 0
	var cursors [][]byte
	err := tx.access(func() error {
		c := tx.bucket(bucketCursor).Cursor()
		for key, _ := c.Seek([]byte("ingest")); bytes.HasPrefix(key, []byte("ingest")); key, _ = c.Next() {
			if len(key) == len("ingest") || key[len("ingest")] == '/' {
				cursors = append(cursors, bytes.Clone(key))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range cursors {
		if err := tx.drop(bucketCursor, name); err != nil {
			return err
		}
	}
	_, err = tx.log(Entry{Op: OpReset})
	return err
}

// empty drops all that is in a bucket, and makes it when it is not there. The state is loaded.
func (tx *Tx) empty(bucket string) error {
	return tx.access(func() error {
		name := []byte(bucket)
		if err := tx.b.DeleteBucket(name); err != nil && !errors.Is(err, bolterrors.ErrBucketNotFound) {
			return fmt.Errorf("%s: %w", bucket, err)
		}
		if _, err := tx.b.CreateBucket(name); err != nil {
			return fmt.Errorf("%s: %w", bucket, err)
		}
		delete(tx.state.rows, bucket)
		delete(tx.opened, bucket)
		tx.dirty = true
		return nil
	})
}
