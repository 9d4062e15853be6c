package archive

import (
	"bytes"
	"testing"
)

// A patch of less than 256 bytes packs to a zstd frame that does not say how
// long its content is; a body behind one must come out all the same.
func TestShortPackedPatch(t *testing.T) {
	var p packer
	base := page(1, 3000)
	for n := 1; n < 40; n++ {
		content := append(bytes.Clone(base), bytes.Repeat([]byte("of the council, of the county; "), n)...)
		payload, err := p.packDelta(content, base)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.unpack(frame{codec: codecDelta, size: uint64(len(content)), payload: payload}, base)
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes more, packed in %d: %v", len(content)-len(base), len(payload), err)
		}
	}
}
