package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"
)

// A foreign reader reads archives by FORMAT.md alone: it has bbolt and zstd,
// and uses nothing of this package.
type foreign struct {
	catalog *bbolt.Tx
	volumes map[uint64]*bbolt.Tx
	codecs  map[byte]int // how often each was met; patches as 4
}

func openForeign(t *testing.T, dir string) *foreign {
	t.Helper()
	f := &foreign{volumes: map[uint64]*bbolt.Tx{}, codecs: map[byte]int{}}
	open := func(name string) *bbolt.Tx {
		db, err := bbolt.Open(name, 0o644, &bbolt.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		tx, err := db.Begin(false)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { tx.Rollback(); db.Close() })
		return tx
	}
	f.catalog = open(filepath.Join(dir, "archive.db"))
	names, err := filepath.Glob(filepath.Join(dir, "raw", "*.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		n, err := strconv.ParseUint(strings.TrimSuffix(filepath.Base(name), ".db"), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		f.volumes[n] = open(name)
	}
	return f
}

// key8 is a number as keys have it.
func key8(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

var errForeign = errors.New("not as FORMAT.md says")

// content unpacks the record under a key. in is the transaction of the file,
// whose dictionaries come before the catalog's.
func (f *foreign) content(in *bbolt.Tx, bucket string, key []byte, kind byte) ([]byte, error) {
	b := in.Bucket([]byte(bucket))
	if b == nil {
		return nil, fmt.Errorf("%w: no bucket %s", errForeign, bucket)
	}
	v := b.Get(key)
	if len(v) < 9 {
		return nil, fmt.Errorf("%w: no record %x in %s", errForeign, key, bucket)
	}
	body, sum := v[:len(v)-4], binary.BigEndian.Uint32(v[len(v)-4:])
	if crc32.Checksum(append(bytes.Clone(key), body...), crc32.MakeTable(crc32.Castagnoli)) != sum || body[0] != 1 || body[1] != kind {
		return nil, fmt.Errorf("%w: checksum, version or kind of %x in %s", errForeign, key, bucket)
	}
	codec := body[2]
	ref, n := binary.Uvarint(body[3:])
	size, m := binary.Uvarint(body[3+n:])
	payload := body[3+n+m:]
	f.codecs[codec]++
	var dict []byte
	var err error
	switch codec {
	case 0:
		return payload, nil
	case 2:
		dict, err = f.dictionary(in, ref)
	case 3:
		earlier := key8(ref)
		if bucket == "texts" {
			earlier = binary.BigEndian.AppendUint32(bytes.Clone(key[:8]), uint32(ref))
		}
		dict, err = f.content(in, bucket, earlier, kind)
		if err == nil && payload[0] != 0x28 {
			f.codecs[4]++
			patch := payload[1:]
			if payload[0] == 1 {
				if patch, err = unzstd(patch, nil); err != nil {
					return nil, err
				}
			}
			return patched(patch, dict, int(size))
		}
	}
	if err != nil {
		return nil, err
	}
	got, err := unzstd(payload, dict)
	if err == nil && uint64(len(got)) != size {
		err = fmt.Errorf("%w: %d bytes, not %d", errForeign, len(got), size)
	}
	return got, err
}

func unzstd(packed, dict []byte) ([]byte, error) {
	var o []zstd.DOption
	if dict != nil {
		o = append(o, zstd.WithDecoderDictRaw(0, dict), zstd.WithDecoderDictRaw(1, dict)) // schema 1 wrote a number
	}
	dec, err := zstd.NewReader(nil, o...)
	if err != nil {
		return nil, err
	}
	defer dec.Close()
	return dec.DecodeAll(packed, nil)
}

func patched(patch, base []byte, size int) (content []byte, err error) {
	end := 0
	for len(content) < size {
		n, used := binary.Uvarint(patch)
		content, patch = append(content, patch[used:used+int(n)]...), patch[used+int(n):]
		if len(content) == size {
			break
		}
		m, used := binary.Uvarint(patch)
		d, more := binary.Varint(patch[used:])
		patch = patch[used+more:]
		end += int(d)
		content = append(content, base[end:end+int(m)]...)
		end += int(m)
	}
	return content, nil
}

func (f *foreign) dictionary(in *bbolt.Tx, n uint64) ([]byte, error) {
	if b := in.Bucket([]byte("dicts")); b == nil || b.Get(key8(n)) == nil {
		in = f.catalog
	}
	c, err := f.content(in, "dicts", key8(n), 'd')
	if err != nil || n < 16 {
		return c, err
	}
	return foreignRecord(c)[5][0], nil
}

// foreignRecord gives a record's fields: of numbers, as uvarints, and of bytes.
func foreignRecord(b []byte) map[int][][]byte { return foreignFields(b[1:]) }

func foreignFields(b []byte) map[int][][]byte {
	list := map[int][][]byte{}
	for len(b) > 0 {
		tag, n := binary.Uvarint(b)
		v, m := binary.Uvarint(b[n:])
		value := b[n : n+m]
		b = b[n+m:]
		if tag&7 == 2 {
			value, b = b[:v], b[v:]
		}
		list[int(tag>>3)] = append(list[int(tag>>3)], value)
	}
	return list
}

func fieldOf(r map[int][][]byte, n int) []byte {
	if len(r[n]) == 0 {
		return nil
	}
	return r[n][0]
}

func uintOf(r map[int][][]byte, n int) uint64 {
	v, _ := binary.Uvarint(fieldOf(r, n))
	return v
}

func intOf(r map[int][][]byte, n int) int { v, _ := binary.Varint(fieldOf(r, n)); return int(v) }

// facts gives each capture's URL, status and body, and each version's headline and text.
func (f *foreign) facts(t *testing.T) map[string]string {
	t.Helper()
	facts := map[string]string{}
	each := func(bucket string, kind byte, do func(key []byte, r map[int][][]byte) error) {
		if err := f.catalog.Bucket([]byte(bucket)).ForEach(func(key, _ []byte) error {
			c, err := f.content(f.catalog, bucket, key, kind)
			if err != nil {
				return err
			}
			return do(key, foreignRecord(c))
		}); err != nil {
			t.Fatalf("%s: %v", bucket, err)
		}
	}
	captures := map[uint64]map[int][][]byte{}
	each("captures", 'c', func(key []byte, r map[int][][]byte) error {
		captures[binary.BigEndian.Uint64(key)] = r
		return nil
	})
	for seq, r := range captures {
		at, held := seq, r
		if of := uintOf(r, 8); of != 0 {
			at, held = of, captures[of]
		}
		var body []byte
		if volume := uintOf(held, 12); volume != 0 {
			c, err := f.content(f.volumes[volume], "bodies", key8(at), 'b')
			if err != nil {
				t.Fatal(err)
			}
			n, used := binary.Uvarint(c)
			again := foreignRecord(c[used : used+int(n)])
			if body = c[used+int(n):]; !bytes.Equal(fieldOf(again, 1), fieldOf(held, 1)) || len(body) != intOf(held, 13) {
				t.Errorf("capture %d: the volume says another thing", at)
			}
		}
		sum := sha256.Sum256(body)
		if !bytes.Equal(sum[:], fieldOf(r, 7)) {
			t.Errorf("capture %d has another body", seq)
		}
		facts[fmt.Sprint("capture ", seq)] = fmt.Sprintf("%s %d %x", fieldOf(r, 1), intOf(r, 5), sum)
	}
	each("versions", 'v', func(key []byte, r map[int][][]byte) error {
		c, err := f.content(f.catalog, "texts", key, 't')
		if err != nil {
			return err
		}
		article := foreignRecord(c)
		var blocks []string
		for _, b := range article[13] {
			blocks = append(blocks, string(fieldOf(foreignFields(b), 2)))
		}
		name := sha256.Sum256(fieldOf(r, 1))
		facts[fmt.Sprintf("version %.4x@%d", name, binary.BigEndian.Uint32(key[8:]))] = string(fieldOf(article, 1)) + "\n" + strings.Join(blocks, "\n\n")
		return nil
	})
	for bucket, kind := range map[string]byte{"pages": 'p', "sightings": 'g', "stories": 'y', "runs": 'r', "journal": 'j', "volumes": 'w'} {
		each(bucket, kind, func([]byte, map[int][][]byte) error { return nil })
	}
	each("changes", 'h', func(_ []byte, r map[int][][]byte) error { return json.Unmarshal(fieldOf(r, 9), &struct{}{}) })
	return facts
}

// What a reader made of FORMAT.md reads is what the Store gives.
func TestFormat(t *testing.T) {
	furnished, _ := furnished(t)
	s, err := Open(furnished, Options{})
	if err != nil {
		t.Fatal(err)
	}
	long := page(1, 40_000)
	for i := range 4 { // patches, and deltas of zstd
		edited := bytes.ReplaceAll(long, fmt.Append(nil, "<p class"), fmt.Appendf(nil, "<p id=%d class", i))
		if i%2 == 0 {
			edited = append(edited, "<p>edited"...)
			long = edited
		}
		mustAppend(t, s, capture("https://example.com/long", i, edited))
	}
	s.Close()
	old := oldArchive(t)
	migrated := another(t, old)
	if s, err = Open(migrated, Options{}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	for name, dir := range map[string]string{"a new archive": furnished, "one of schema 1": old, "a migrated one": migrated} {
		f := openForeign(t, dir)
		got := f.facts(t)
		s, err := Open(dir, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for c, err := range s.Captures(t.Context(), 0) {
			if err != nil {
				t.Fatal(err)
			}
			if c, err = s.Capture(c.Seq); err != nil {
				t.Fatal(err)
			}
			want[fmt.Sprint("capture ", c.Seq)] = fmt.Sprintf("%s %d %x", c.URL, c.Status, sha256.Sum256(c.Body))
		}
		for v, err := range s.Versions(t.Context(), Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			want["version "+v.ID.String()] = v.Article.Title + "\n" + v.Article.Text()
		}
		s.Close()
		if !maps.Equal(got, want) {
			for _, fact := range slices.Sorted(maps.Keys(want)) {
				if got[fact] != want[fact] {
					t.Errorf("%s: %s: %.100q, should be %.100q", name, fact, got[fact], want[fact])
				}
			}
			t.Errorf("%s: %d facts, should be %d", name, len(got), len(want))
		}
		t.Logf("%s: %d facts, codecs %v", name, len(got), f.codecs)
		if f.codecs[1] == 0 || f.codecs[2] == 0 || f.codecs[3] == 0 {
			t.Errorf("%s has not all codecs: %v", name, f.codecs)
		}
	}
}

// Each bucket, kind and codec that there is stands in FORMAT.md.
func TestFormatIsWhole(t *testing.T) {
	text, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, fmt.Appendf(nil, "schema %d", schemaVersion)) {
		t.Errorf("it is not of schema %d", schemaVersion)
	}
	for _, name := range append(buckets(), bucketBodies) {
		if !bytes.Contains(text, []byte("`"+name+"`")) && name != bucketMeta {
			t.Errorf("it says nothing of %s", name)
		}
		if k, is := recordKinds[name]; is && !bytes.Contains(text, []byte("`"+string(rune(k))+"`")) {
			t.Errorf("it says nothing of kind %c", k)
		}
	}
}
