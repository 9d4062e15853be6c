package change

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// article makes n words of text with sentences and paragraphs, always the same for one seed.
func article(n int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for w := 0; w < n; {
		k := 8 + r.IntN(20)
		for i := range k {
			word := fmt.Sprintf("w%s", strings.Repeat(string(rune('a'+r.IntN(26))), 1)+string(rune('a'+r.IntN(26)))+string(rune('a'+r.IntN(12))))
			if r.IntN(3) == 0 {
				word = []string{"the", "of", "and", "to", "in"}[r.IntN(5)]
			}
			if i == 0 {
				word = "The"
			} else {
				b.WriteByte(' ')
			}
			b.WriteString(word)
		}
		b.WriteString(".")
		w += k
		if r.IntN(3) == 0 {
			b.WriteString("\n\n")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// edited changes one word in every so many.
func edited(text string, every int) string {
	r := rand.New(rand.NewPCG(7, uint64(every)))
	f := strings.SplitAfter(text, " ")
	for i := range f {
		if r.IntN(every) == 0 {
			f[i] = fmt.Sprintf("new%c%c ", 'a'+r.IntN(26), 'a'+r.IntN(26))
		}
	}
	return strings.Join(f, "")
}

func BenchmarkCompare(b *testing.B) {
	for _, c := range []struct {
		name          string
		words         int
		before, after string
	}{
		{"1000_words_same", 1000, article(1000, 1), article(1000, 1)},
		{"1000_words_5_percent", 1000, article(1000, 1), edited(article(1000, 1), 20)},
		{"50000_words_5_percent", 50000, article(50000, 1), edited(article(50000, 1), 20)},
		{"50000_words_another_text", 50000, article(50000, 1), article(50000, 2)},
		{"50000_words_one_sentence", 50000, strings.ReplaceAll(article(50000, 1), ".", ""), strings.ReplaceAll(article(50000, 2), ".", "")},
		{"50000_words_cut_small", 50000, strings.ReplaceAll(article(50000, 1), ".", ""), strings.ReplaceAll(article(50000, 1), " w", ". W")},
		{"50000_words_no_stops_cut", 50000, strings.Repeat("12 34 56 78 ", 12500), strings.Repeat("12. 34. 56. 79. ", 12500)},
		{"50000_words_repeated", 50000, strings.Repeat("Yes. No. ", 25000), strings.Repeat("No. Yes. Maybe. ", 16000)},
	} {
		x, y := Snapshot{Article: FromText("T", "", c.before)}, Snapshot{Article: FromText("T", "", c.after)}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compare(x, y, nil)
			}
		})
	}
}
