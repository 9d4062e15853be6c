package archive

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// However many pack at once and however fast captures come, what was packed is
// unpacked, and no more encoders are at work than there are seats.
func TestPackCrowded(t *testing.T) {
	var p packer
	r := rand.New(rand.NewPCG(1, 2))
	page := func(n int) []byte {
		var b bytes.Buffer
		for b.Len() < n {
			fmt.Fprintf(&b, "<p>The ferry to quay %d leaves at %d.</p>", r.IntN(40), r.IntN(2400))
		}
		return b.Bytes()
	}
	dicts := [][]byte{page(20_000), page(30_000), page(300_000), page(3 << 20)}
	contents := [][]byte{page(10), page(900), page(6_000), page(40_000), page(2<<20 + 5)}
	for _, hasty := range []bool{false, true} {
		if hasty {
			p.pace.crowded.Store(time.Now().Add(time.Hour).UnixNano())
		}
		var all sync.WaitGroup
		for worker := range 4 {
			all.Go(func() {
				for i := range 24 {
					content, at := contents[(worker+i)%len(contents)], i%len(dicts)
					if len(content) > 1<<20 && i > 5 {
						continue
					}
					f := frame{codec: codecDict, size: uint64(len(content))}
					var base []byte
					var err error
					switch id := uint64(firstTrained + at); i % 7 {
					case 0:
						f, err = p.packBody(content)
					case 1:
						f, err = p.pack(content)
					case 2:
						base = dicts[at]
						f.payload, err = p.packText(content, base)
					case 3:
						base, f.codec = dicts[at], codecDelta
						f.payload, err = p.packDelta(content, base)
					case 4:
						base = dicts[at]
						f.payload, err = p.packBodyWith(content, id, base)
					case 5:
						base = dicts[at]
						f.payload, err = p.packRecordWith(content, id, base)
					case 6:
						base = dicts[at]
						f.payload, err = p.packTextWith(content, id, base)
					}
					if err != nil {
						t.Error(err)
						return
					}
					if got, err := p.unpack(f, base); err != nil || !bytes.Equal(got, content) {
						t.Errorf("kind %d, %d bytes with %d: %d bytes come back: %v", i%7, len(content), len(base), len(got), err)
						return
					}
				}
			})
		}
		all.Wait()
		if len(p.encoders.seats) > 0 {
			t.Errorf("%d seats are taken when nobody packs", len(p.encoders.seats))
		}
	}
}

// What is packed with many dictionaries takes the memory of few encoders, and
// none when nobody has packed for a while.
func TestEncodersAtRest(t *testing.T) {
	var p packer
	dict := func(i int) []byte {
		return bytes.Repeat(fmt.Appendf(nil, "<p>Site %d, since %d.</p>", i, i*i), 400)
	}
	levels := []zstd.EncoderLevel{zstd.SpeedFastest, zstd.SpeedDefault, zstd.SpeedBetterCompression}
	for i := range 120 {
		level, d := levels[i%len(levels)], dict(i/6)
		content := slices.Concat([]byte("<h1>The ferry is late</h1>"), d[:len(d)/2])
		if i%5 == 0 {
			content = bytes.Repeat(content, 300_000/len(content)) // it takes those with a larger window
		}
		b, err := p.encoders.pack(level, content, uint64(firstTrained+i/6), d)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.unpack(frame{codec: codecDict, size: uint64(len(content)), payload: b}, d)
		if err != nil || !bytes.Equal(got, content) {
			t.Fatalf("content %d does not come back: %v", i, err)
		}
		if len(b) > 300 {
			t.Errorf("content %d takes %d bytes: its dictionary was of no use", i, len(b))
		}
		each := map[encoderKind]int{}
		sum := 0
		for _, r := range p.encoders.resting {
			each[r.encoderKind]++
			sum += r.weight()
		}
		for k, n := range each {
			if n > restEach*runtime.GOMAXPROCS(0) {
				t.Fatalf("%d encoders of one kind are at rest: %+v", n, k)
			}
		}
		if sum != p.encoders.weight || sum > mostResting() {
			t.Fatalf("encoders of %d bytes are at rest, %d were counted, %d may", sum, p.encoders.weight, mostResting())
		}
	}
	if p.encoders.forget == nil {
		t.Fatal("nothing would make it forget them")
	}
	p.encoders.forget.Stop()
	p.encoders.drop()
	if len(p.encoders.resting) > 0 || p.encoders.weight != 0 {
		t.Error("encoders are kept that nobody wants")
	}
}

// The encoder that is filled with a dictionary is the one that packs with it.
func TestEncoderIsFoundAgain(t *testing.T) {
	var p packer
	dicts := [][]byte{bytes.Repeat([]byte("quay "), 900), bytes.Repeat([]byte("mole "), 900)}
	for i := range 6 {
		if _, err := p.encoders.pack(hastyLevel, dicts[i%2], uint64(firstTrained+i%2), dicts[i%2]); err != nil {
			t.Fatal(err)
		}
	}
	if len(p.encoders.resting) != 2 || p.encoders.resting[0].id == p.encoders.resting[1].id {
		t.Errorf("%d encoders are at rest, want one for each dictionary", len(p.encoders.resting))
	}
}
