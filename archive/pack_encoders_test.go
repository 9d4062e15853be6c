package archive

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
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
