package archive

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestPatch(t *testing.T) {
	old := page(1, 100_000)
	edit := func(f func([]byte) []byte) []byte { return f(bytes.Clone(old)) }
	r := rand.New(rand.NewPCG(3, 4))
	for name, x := range map[string]struct {
		content []byte
		most    int
	}{
		"the same":            {old, 10},
		"nothing of nothing":  {nil, 0},
		"cut":                 {old[:50_000], 10},
		"the end":             {old[50_000:], 20},
		"a word":              {edit(func(b []byte) []byte { copy(b[40_000:], "harbour"); return b }), 40},
		"a word more":         {edit(func(b []byte) []byte { return append(b[:40_000:40_000], append([]byte("harbour"), old[40_000:]...)...) }), 40},
		"a paragraph less":    {edit(func(b []byte) []byte { return append(b[:40_000:40_000], old[40_700:]...) }), 40},
		"parts change places": {append(bytes.Clone(old[60_000:]), old[:60_000]...), 40},
		"twenty numbers": {edit(func(b []byte) []byte {
			for range 20 {
				copy(b[r.IntN(len(b)-20):], fmt.Sprint(100000+r.IntN(900000)))
			}
			return b
		}), 260},
	} {
		patch := makePatch(x.content, old, 1000)
		if len(patch) > x.most {
			t.Errorf("%s: %d bytes, more than %d", name, len(patch), x.most)
		}
		got, err := applyPatch(patch, old, uint64(len(x.content)))
		if err != nil || !bytes.Equal(got, x.content) {
			t.Errorf("%s: %d bytes, not %d: %v", name, len(got), len(x.content), err)
		}
	}
	if patch := makePatch(page(2, 100_000), old, 1000); patch != nil {
		t.Errorf("another page is made in %d bytes", len(patch))
	}
}

// What is patched comes out as it was; what is no patch is an error and takes
// no more memory than it says.
func FuzzPatch(f *testing.F) {
	f.Add([]byte("one content and another"), []byte("one content or another, all in all"), []byte{3, 'a', 'b', 'c', 4, 2})
	f.Add(bytes.Repeat([]byte("abcdefgh"), 30), bytes.Repeat([]byte("abcdefgh"), 20), []byte{0, 0, 0})
	f.Fuzz(func(t *testing.T, content, base, noise []byte) {
		patch := makePatch(content, base, 1<<30)
		got, err := applyPatch(patch, base, uint64(len(content)))
		if err != nil || !bytes.Equal(got, content) {
			t.Fatalf("%q, not %q: %v", got, content, err)
		}
		if got, err := applyPatch(noise, base, 1000); err == nil && len(got) != 1000 {
			t.Fatalf("%d bytes of 1000", len(got))
		}
	})
}

func BenchmarkPatch(b *testing.B) {
	old := page(1, 100_000)
	content := bytes.Clone(old)
	copy(content[3000:], "123456789")
	copy(content[70000:], "987654321")
	var p packer
	b.Run("patch", func(b *testing.B) {
		b.SetBytes(int64(len(content)))
		for b.Loop() {
			makePatch(content, old, 1000)
		}
	})
	b.Run("zstd", func(b *testing.B) {
		b.SetBytes(int64(len(content)))
		for b.Loop() {
			if _, err := p.packDelta(content, old); err != nil {
				b.Fatal(err)
			}
		}
	})
}
