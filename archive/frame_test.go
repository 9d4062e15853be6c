package archive

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"
)

func TestPacking(t *testing.T) {
	var p packer
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 300_000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	long := bytes.Repeat(page(5, 300_000), 30) // longer than the window of the packer
	for name, content := range map[string][]byte{
		"empty": {}, "small": []byte("a"), "text": page(1, 5000), "noise": noise, "long": long,
	} {
		f, err := p.pack(content)
		if err != nil {
			t.Fatal(err)
		}
		f.kind = kindText
		key := []byte("key")
		read, err := parseFrame(key, appendFrame(nil, key, f), kindText)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := p.unpack(read, nil)
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes of %d, %v", name, len(got), len(content), err)
		}
		for what, base := range map[string][]byte{"itself": content, "another": page(2, 70_000), "the long one": long, "nothing": {}} {
			if len(content) == 0 || name == "long" && what != "itself" {
				continue
			}
			packs := []func(content, base []byte) ([]byte, error){p.packDelta, p.packText}
			if name == "long" {
				packs = packs[:1]
			}
			for _, pack := range packs {
				packed, err := pack(content, base)
				if err != nil {
					t.Fatal(err)
				}
				got, err := p.unpack(frame{codec: codecDelta, size: uint64(len(content)), payload: packed}, base)
				if err != nil || !bytes.Equal(got, content) {
					t.Errorf("%s against %s: %d bytes of %d, %v", name, what, len(got), len(content), err)
				}
			}
		}
	}
}

// A bomb must not be unpacked beyond what its frame says.
func TestUnpackIsBounded(t *testing.T) {
	var p packer
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	bomb := enc.EncodeAll(make([]byte, 100<<20), nil)
	if got, err := p.unpack(frame{codec: codecZstd, size: 1000, payload: bomb}, nil); err == nil {
		t.Errorf("unpacked %d bytes of a frame of 1000", len(got))
	}
	if _, err := p.unpack(frame{codec: 99}, nil); !errors.Is(err, ErrNewer) {
		t.Errorf("unknown codec: %v", err)
	}
}

func FuzzFrame(f *testing.F) {
	var p packer
	key := []byte("key")
	for _, content := range [][]byte{nil, []byte("short"), page(1, 3000)} {
		fr, err := p.pack(content)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(appendFrame(nil, key, fr))
	}
	base := page(2, 2000)
	f.Fuzz(func(t *testing.T, b []byte) {
		// As it is: whatever is taken for a frame is one, byte for byte.
		if fr, err := parseFrame(key, b, kindText); err == nil && !bytes.Equal(appendFrame(nil, key, fr), b) {
			// Only a number that was written longer than needed may differ.
			again, err := parseFrame(key, appendFrame(nil, key, fr), kindText)
			if err != nil || !bytes.Equal(again.payload, fr.payload) || again.size != fr.size || again.ref != fr.ref {
				t.Errorf("%x was read as another frame", b)
			}
		}
		if len(b) < 4 {
			return
		}
		// With a right checksum, so that the fuzzer comes farther.
		forged := bytes.Clone(b[:len(b)-4])
		sum := checksum(key, forged)
		forged = append(forged, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
		fr, err := parseFrame(key, forged, kindText)
		if err != nil || fr.size > 1<<20 {
			return
		}
		content, err := p.unpack(fr, base)
		if err != nil {
			return
		}
		if uint64(len(content)) != fr.size {
			t.Errorf("%d bytes of content where the frame says %d", len(content), fr.size)
		}
		// Records that are read from it must come to an end, and be written and read alike.
		if a, err := readArticle(content); err == nil {
			again, err := readArticle(articleRecord(&a))
			if err != nil || !bytes.Equal(articleRecord(&again), articleRecord(&a)) {
				t.Errorf("an article changed: %v", err)
			}
		}
		_, _ = readCapture(1, content)
		_, _ = readStory(content)
		_, _ = readChange(1, content)
		_, _ = readRun(1, content)
		_, _ = readState(content)
		_, _ = lastDoc(1, content)
		_, _, _ = splitBody(content)
	})
}

// Pages of a file that anyone may have written must not lead the walker astray.
func FuzzWalk(f *testing.F) {
	s := newStore(f, Options{})
	for i := range 3 {
		mustAppend(f, s, capture("https://example.com/a", i, page(uint64(i), 2000)))
	}
	if err := s.raw.read(1, func(b *bbolt.Tx) error {
		var file bytes.Buffer
		_, err := b.WriteTo(&file)
		f.Add(file.Bytes())
		return err
	}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r := bytes.NewReader(b)
		head, _, err := readHead(r, rawPage)
		if err != nil {
			head = boltHead{pageSize: rawPage, root: 3, freelist: 2, pages: uint64(len(b)) / rawPage}
		}
		if head.pages > 1<<20 || int64(head.pages)*rawPage > int64(len(b)) {
			return // refused before it is walked
		}
		read := 0
		w := &walker{r: r, head: head, problem: func(string, string) {}, each: func(e entry) error {
			v, err := e.value()
			read += len(v) + len(e.key)
			if err == nil && len(v) != e.size {
				t.Errorf("%d bytes of a value of %d", len(v), e.size)
			}
			return nil
		}}
		if err := w.walk(); err != nil {
			t.Error(err)
		}
	})
}
