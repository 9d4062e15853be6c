package archive

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// logHashes are the hashes of the tree, for one transaction.
type logHashes struct {
	tx     *Tx
	blocks map[uint64][]byte
	fresh  map[uint64]bool // to be written
}

func (tx *Tx) logHashes() *logHashes {
	return &logHashes{tx: tx, blocks: map[uint64][]byte{}, fresh: map[uint64]bool{}}
}

func (h *logHashes) block(n uint64) ([]byte, error) {
	if b, ok := h.blocks[n]; ok {
		return b, nil
	}
	content, _, err := h.tx.content(bucketHashes, number(n), kindHashes, nil)
	if err == nil && len(content)%tlog.HashSize != 0 {
		err = fmt.Errorf("hashes of the log: %w", ErrDamaged)
	}
	if err != nil {
		return nil, err
	}
	if len(h.blocks) > 256 && len(h.fresh) == 0 {
		clear(h.blocks)
	}
	h.blocks[n] = bytes.Clone(content)
	return h.blocks[n], nil
}

// ReadHashes implements tlog.HashReader.
func (h *logHashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		b, err := h.block(uint64(x) / logBlock)
		if err != nil {
			return nil, err
		}
		at := int(x%logBlock) * tlog.HashSize
		if at+tlog.HashSize > len(b) {
			return nil, fmt.Errorf("%w: hash %d of the log is not there", ErrDamaged, x)
		}
		copy(list[i][:], b[at:])
	}
	return list, nil
}

// add appends hashes behind those of a log of n leaves.
func (h *logHashes) add(n int64, hashes []tlog.Hash) error {
	at := tlog.StoredHashCount(n)
	for i, x := range hashes {
		block := uint64(at+int64(i)) / logBlock
		b, err := h.block(block)
		if err != nil {
			return err
		}
		if want := int((at+int64(i))%logBlock) * tlog.HashSize; len(b) != want {
			return fmt.Errorf("%w: a block of hashes of the log has %d bytes, not %d", ErrDamaged, len(b), want)
		}
		h.blocks[block] = append(b, x[:]...)
		h.fresh[block] = true
	}
	return nil
}

// A leafPlace is what a block of leaves says of one.
type leafPlace struct {
	op  Op
	seq Seq
}

// leafBlock reads a block of leaves.
func (tx *Tx) leafBlock(n uint64) (list []leafPlace, err error) {
	content, _, err := tx.content(bucketLeaves, number(n), kindLeaves, nil)
	if err != nil {
		return nil, err
	}
	var seq uint64
	for len(content) > 0 {
		x, used := binary.Uvarint(content)
		if used <= 0 || len(list) == logBlock {
			return nil, fmt.Errorf("block %d of the log's leaves: %w", n, ErrDamaged)
		}
		content = content[used:]
		seq += x >> 1
		p := leafPlace{OpCapture, Seq(seq)}
		if x&1 == 1 {
			p.op = OpVersion
		}
		list = append(list, p)
	}
	return list, nil
}

func leafBlockContent(list []leafPlace) (b []byte) {
	var last uint64
	for _, p := range list {
		x := (uint64(p.seq) - last) << 1
		if p.op == OpVersion {
			x |= 1
		}
		b, last = binary.AppendUvarint(b, x), uint64(p.seq)
	}
	return b
}
