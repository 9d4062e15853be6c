package archivetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"

	"pressmark/archive"
)

// Values are all values of an archive's files, as they are stored, by bucket.
type Values map[string]map[string]bool

// ValuesOf reads the values of the archive in dir, which nobody may have open.
func ValuesOf(dir string) (Values, error) {
	all := Values{}
	list, err := files(dir)
	if err != nil {
		return nil, err
	}
	for _, name := range list {
		if !strings.HasSuffix(name, ".db") {
			continue
		}
		db, err := bbolt.Open(name, 0o600, &bbolt.Options{ReadOnly: true, Timeout: time.Second})
		if err != nil {
			return nil, err
		}
		err = db.View(func(tx *bbolt.Tx) error {
			return tx.ForEach(func(bucket []byte, b *bbolt.Bucket) error {
				if all[string(bucket)] == nil {
					all[string(bucket)] = map[string]bool{}
				}
				return b.ForEach(func(_, v []byte) error {
					all[string(bucket)][string(v)] = true
					return nil
				})
			})
		})
		if err := errors.Join(err, db.Close()); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Gone are the payloads of the records of v that have text in them and are not
// in after, without their frames.
func (v Values) Gone(after Values) map[string]bool {
	gone := map[string]bool{}
	for _, bucket := range []string{"bodies", "texts", "captures", "changes"} {
		for x := range v[bucket] {
			if !after[bucket][x] && len(x) > 40 {
				gone[x[8:len(x)-4]] = true
			}
		}
	}
	return gone
}

func files(dir string) (list []string, err error) {
	err = filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			list = append(list, path)
		}
		return err
	})
	return list, err
}

// Bodies are all bodies that an archive can give: what is left of others may be
// unpacked with any of them.
func Bodies(ctx context.Context, s *archive.Store) (list [][]byte, err error) {
	for c, err := range s.Captures(ctx, 0) {
		if err == nil && c.RevisitOf == 0 && c.Erased == "" {
			c, err = s.Capture(c.Seq)
			list = append(list, c.Body)
		}
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// Traces looks for texts in every file of a folder: in the raw bytes, free
// pages and all, in what any zstd frame at any offset unpacks to by itself or
// with any of the bases, and for the payloads of records as they were stored.
func Traces(dir string, probes []string, payloads map[string]bool, bases [][]byte) (found []string, err error) {
	list, err := files(dir)
	if err != nil {
		return nil, err
	}
	type frame struct {
		where string
		bytes []byte // and what follows it
	}
	var frames []frame
	for _, name := range list {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		rel, _ := filepath.Rel(dir, name)
		for _, p := range probes {
			if at := bytes.Index(b, []byte(p)); at >= 0 {
				found = append(found, fmt.Sprintf("%s: %q at %d", rel, p, at))
			}
		}
		for p := range payloads {
			if at := bytes.Index(b, []byte(p)); at >= 0 {
				found = append(found, fmt.Sprintf("%s: a record's %d bytes at %d", rel, len(p), at))
			}
		}
		for at := 0; ; at++ {
			i := bytes.Index(b[at:], zstdMagic)
			if i < 0 {
				break
			}
			at += i
			frames = append(frames, frame{fmt.Sprintf("%s at %d", rel, at), b[at:]})
		}
	}
	for n, base := range slices.Insert(slices.Clone(bases), 0, nil) {
		o := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64 << 20)}
		if base != nil {
			o = append(o, zstd.WithDecoderDictRaw(0, base))
		}
		dec, err := zstd.NewReader(nil, o...)
		if err != nil {
			return nil, err
		}
		for _, f := range frames {
			// What follows the frame is no frame; what was unpacked before that counts.
			out, _ := dec.DecodeAll(f.bytes, nil)
			for _, p := range probes {
				if bytes.Contains(out, []byte(p)) {
					found = append(found, fmt.Sprintf("%q in what the frame in %s unpacks to, with base %d", p, f.where, n))
				}
			}
		}
		dec.Close()
	}
	return found, nil
}
