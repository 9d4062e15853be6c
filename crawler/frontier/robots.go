package frontier

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// A host's rules lie beside its queue: they are as disposable, and as durable.
const (
	longestHost = 1 << 10
	longestKept = 8 << 20             // bytes of one host's rules
	keptFor     = 90 * 24 * time.Hour // after which those are dropped that nobody has renewed
)

var errKept = fmt.Errorf("its rules take more than %d MB, or its name is longer than %d bytes", longestKept>>20, longestHost)

// Keep stores what is known of a host's robots.txt, in place of what was.
func (b *Bolt) Keep(ctx context.Context, host string, record []byte) error {
	if host == "" || len(host) > longestHost || len(record) > longestKept {
		return fmt.Errorf("keep the rules of %.100q: %w", host, errKept)
	}
	value := binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(record)), uint64(b.clock().UnixMicro()))
	value = append(value, record...)
	if err := b.write(ctx, func(t *txn) error { return t.robots.Put([]byte(host), value) }); err != nil {
		return fmt.Errorf("keep the rules of %s: %w", host, err)
	}
	return nil
}

// Kept is what was stored of a host's robots.txt; nil when nothing was.
func (b *Bolt) Kept(ctx context.Context, host string) (record []byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if host == "" {
		return nil, nil
	}
	err = b.view(func(tx *bbolt.Tx) error {
		value := tx.Bucket(bucketRobots).Get([]byte(host))
		if value != nil && len(value) < 8 {
			return damagef("rules of %q", host)
		}
		if value != nil {
			record = bytes.Clone(value[8:])
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for the rules of %s: %w", host, err)
	}
	return record, nil
}

// dropRobots drops the rules of hosts that nobody asks any more.
func dropRobots(tx *bbolt.Tx, now time.Time) error {
	over, bucket := now.Add(-keptFor).UnixMicro(), tx.Bucket(bucketRobots)
	var old [][]byte
	err := bucket.ForEach(func(k, v []byte) error {
		if len(v) < 8 {
			return damagef("rules of %q", k)
		}
		if int64(binary.BigEndian.Uint64(v)) < over {
			old = append(old, slices.Clone(k))
		}
		return nil
	})
	for _, k := range old {
		err = errors.Join(err, bucket.Delete(k))
	}
	return err
}
