package change

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pressmark/extract"
)

func FuzzCompare(f *testing.F) {
	for _, s := range [][2]string{
		{"The mayor said \"no\".\n\nIt cost 30 euros.", "The mayor said “never”.\n\nIt cost 34 euros."},
		{"A. B. C.\n\nD e f.", "D e f.\n\nA. B. C."},
		{"One &ldquo;two&rdquo; three", "One “two” three four"},
		{"市長は「辞任しない」と述べた。予算は30億円。", "市長は「辞任する」と述べた。予算は34億円。"},
		{"นายกรัฐมนตรีกล่าวว่า จะลาออก", "นายกรัฐมนตรีกล่าวว่า จะไม่ลาออก"},
		{"قال الرئيس إنه لن يستقيل.", "قال الرئيس إنه سيستقيل."},
		{"قال الرئيس إنه لن يستقيل!", "!يستقيل"},
		{"Related stories\nA title\nAnother", "Updated 3 hours ago"},
		{"a a a a b a a a", "a a b a a a a a a"},
		{"", "\x00\xff -5 — 5 '' \" ' x"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, x, y string) {
		a, b := FromText("Title", "", x), FromText("Title", "", y)
		before, after := Snapshot{Article: a}, Snapshot{Article: b}
		if d := Compare(before, before, nil); d.Changed || len(d.Edits) > 0 {
			t.Fatalf("a page differs from itself: %+v", d)
		}
		d, back := Compare(before, after, nil), Compare(after, before, nil)
		if d.Changed != back.Changed {
			t.Fatalf("changed %v, and back %v\n%+v\n%+v", d.Changed, back.Changed, d.Edits, back.Edits)
		}
		if d.Changed != (len(d.Kinds) > 0) || d.Changed != (d.Grade > 0) || d.Stealth && (d.Declared || !d.Changed) {
			t.Fatalf("a verdict at odds with itself: %+v", d)
		}
		for _, e := range d.Edits {
			checkSpans(t, e.Before, e.After, e.Spans)
			if e.Where == whereText && e.Block >= 0 {
				side := b
				if e.Op == Delete {
					side = a
				}
				if e.Block >= len(side.Blocks) {
					t.Fatalf("%+v names no block of %d", e, len(side.Blocks))
				}
			}
		}
		checkLines(t, a, b)
	})
}

// checkSpans: the spans give both texts, and cut no word in two.
func checkSpans(t *testing.T, before, after string, spans []Span) {
	t.Helper()
	if len(spans) == 0 {
		return
	}
	gotBefore, gotAfter := sides(spans)
	if gotBefore != before || gotAfter != after {
		t.Fatalf("spans %q\ngive %q, %q\nwant %q, %q", spans, gotBefore, gotAfter, before, after)
	}
	for _, skip := range []Op{Insert, Delete} {
		var cuts []int
		n := 0
		for _, s := range spans {
			if s.Op != skip {
				n += len(s.Text)
				cuts = append(cuts, n)
			}
		}
		text := gotBefore
		if skip == Delete {
			text = gotAfter
		}
		for _, tok := range newLexicon().tokens(text) {
			if i, _ := slices.BinarySearch(cuts, int(tok.start)+1); i < len(cuts) && cuts[i] < int(tok.end) {
				t.Fatalf("%q is cut at %d, inside %q", spans, cuts[i], text[tok.start:tok.end])
			}
		}
	}
}

// checkLines: the lines have all the text of both sides, each piece once.
func checkLines(t *testing.T, a, b extract.Article) {
	t.Helper()
	var old, new []string
	for _, x := range Align(Snapshot{Article: a}, Snapshot{Article: b}) {
		checkSpans(t, x.Before, x.After, x.Spans)
		if x.Where == whereText {
			old, new = append(old, x.Before), append(new, x.After)
		}
	}
	for _, side := range []struct {
		got  []string
		want extract.Article
	}{{old, a}, {new, b}} {
		got, want := letterCounts(strings.Join(side.got, "")), letterCounts(plain(side.want.Text()))
		for r, n := range want {
			if got[r] != n {
				t.Fatalf("%q: %d of %d %q in the lines %q", side.want.Text(), got[r], n, r, side.got)
			}
		}
	}
}

// letterCounts counts ASCII letters: their spelling is never made uniform.
func letterCounts(s string) map[rune]int {
	m := map[rune]int{}
	for _, r := range s {
		if r < utf8.RuneSelf && isLetter(r) {
			m[r]++
		}
	}
	return m
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"It's 1,000.5 km (U.S.)", "北京 2026年", "ภาษาไทย", "a\u00adb", "don’t—stop", "-5 5-4", "\xff\xfe", "1 000", "e\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = plain(s)
		end := int32(0)
		for _, tok := range newLexicon().tokens(s) {
			if tok.start < end || tok.end <= tok.start || int(tok.end) > len(s) {
				t.Fatalf("%q: token %d–%d after %d", s, tok.start, tok.end, end)
			}
			if strings.TrimFunc(s[end:tok.start], isBlank) != "" {
				t.Fatalf("%q: %q lies between tokens", s, s[end:tok.start])
			}
			end = tok.end
		}
		if strings.TrimFunc(s[end:], isBlank) != "" {
			t.Fatalf("%q: %q lies behind the last token", s, s[end:])
		}
	})
}
