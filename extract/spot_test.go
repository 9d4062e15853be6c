package extract

import (
	"strings"
	"testing"
)

// FuzzSpotter: one pass finds what looking for each phrase finds.
func FuzzSpotter(f *testing.F) {
	phrases := []string{"sign up", "sign us", "abonnez-vous", "дзен канал", "read"}
	s := newSpotter(phrases)
	for _, seed := range append([]string{"", "rea", "xsign uread", "abonnez-vou", "abonnez abonnez-vous!"}, phrases...) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		in, starts := false, false
		for _, p := range phrases {
			in, starts = in || strings.Contains(text, p), starts || strings.HasPrefix(text, p)
		}
		if s.in(text) != in || s.starts(text) != starts {
			t.Errorf("%q: in %v, starts %v; want %v, %v", text, s.in(text), s.starts(text), in, starts)
		}
	})
}

// FuzzBare: a text is compared with a key as if its own key were made.
func FuzzBare(f *testing.F) {
	f.Add("The Harbour, closed!", "theharbourclosed")
	f.Add("Ça — ÉTÉ ", "çaété")
	f.Add("\xff\u212a", "k")
	f.Fuzz(func(t *testing.T, text, key string) {
		for _, k := range []string{key, bare(text), bare(text) + "x"} {
			if isBare(text, k) != (bare(text) == k) {
				t.Errorf("%q is %q, and isBare with %q says %v", text, bare(text), k, isBare(text, k))
			}
		}
	})
}
