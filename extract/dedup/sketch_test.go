package dedup

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestSketchRoundTrip(t *testing.T) {
	long := strings.Repeat("Ingrid Vasholt told reporters about 96 vessels harbour shipyard. ", 600)
	for _, c := range []Text{
		{},
		{Title: "Only a headline here"},
		read(t, "agency", "nordpress.test", 3),
		{Title: long, Body: long, Byline: "Reuters", Site: "www.Gazette.test"},
		invented["japanese"][0],
	} {
		s := NewSketch(c)
		b, err := s.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > 2500 {
			t.Errorf("%.20q: %d bytes", c.Title, len(b))
		}
		var got Sketch
		if err := got.UnmarshalBinary(b); err != nil {
			t.Fatalf("%.20q: %v", c.Title, err)
		}
		if !got.Equal(s) {
			t.Errorf("%.20q: comes back different", c.Title)
		}
		// Whatever is cut off or hangs on is noticed.
		for n := range b {
			if err := got.UnmarshalBinary(b[:n]); !errors.Is(err, ErrSketch) {
				t.Fatalf("%.20q: %d of %d bytes read as a sketch: %v", c.Title, n, len(b), err)
			}
		}
		if err := got.UnmarshalBinary(append(b[:len(b):len(b)], 0)); !errors.Is(err, ErrSketch) {
			t.Errorf("%.20q: a byte too many: %v", c.Title, err)
		}
		b[0] = sketchVersion + 1
		if err := got.UnmarshalBinary(b); !errors.Is(err, ErrSketch) {
			t.Errorf("%.20q: another version: %v", c.Title, err)
		}
	}
}

// The stored form must not change by accident: archives hold it. Whoever changes how words are found raises sketchVersion.
// A page of a few words over and over has few keys, however many its words are.
func TestFewWordsOverAndOver(t *testing.T) {
	for _, words := range []string{"WARC 1.1 ", "harbour ", "harbour board ferry fares "} {
		s := NewSketch(Text{Title: "Noise", Body: strings.Repeat(words, 40000)})
		if n := len(s.Keys()); n == 0 || n > 20 {
			t.Errorf("%q over and over has %d keys", words, n)
		}
	}
}

func TestSketchIsStable(t *testing.T) {
	short := NewSketch(Text{Title: "Ferry to Skarholm", Body: "The ferry left Skarholm with 214 passengers.", Byline: "Reuters", Site: "a.test"})
	b, _ := short.MarshalBinary()
	if got, want := fmt.Sprintf("%x", b), "02294da0f500075265757465727300050205260d7368260db30d73680446512b"; got != want {
		t.Errorf("sketch is %s, want %s", got, want)
	}
	sum := crc32.NewIEEE()
	for _, name := range slices.Sorted(maps.Keys(invented)) {
		b, _ := NewSketch(invented[name][0]).MarshalBinary()
		sum.Write(b)
	}
	for _, name := range []string{"agency", "own-report"} {
		s := NewSketch(read(t, name, "a.test", 3))
		b, _ := s.MarshalBinary()
		sum.Write(b)
		for _, k := range s.Keys() {
			sum.Write(binary.LittleEndian.AppendUint64(nil, k))
		}
	}
	if got, want := sum.Sum32(), uint32(0xa65ec70); got != want {
		t.Errorf("sketches and keys sum to %#x, want %#x", got, want)
	}
}

// What an earlier version made is read, and written back as it was.
func TestEarlierSketch(t *testing.T) {
	const first = "01294da0f50100050205260d7368260db30d7368044e512b"
	b, err := hex.DecodeString(first)
	if err != nil {
		t.Fatal(err)
	}
	var s Sketch
	if err := s.UnmarshalBinary(b); err != nil || s.total != 5 || len(s.title) != 2 || s.wire != "Reuters" {
		t.Fatalf("read as %+v: %v", s, err)
	}
	if again, _ := s.MarshalBinary(); hex.EncodeToString(again) != first {
		t.Errorf("written back as %x", again)
	}
	// Its text is known again, but for the words that are hashed otherwise now.
	m := NewMemory(0)
	m.Add(s, "old")
	now := NewSketch(Text{Title: "Ferry to Skarholm", Body: "The ferry left Skarholm with 214 passengers.", Site: "b.test"})
	if now.Equal(s) {
		t.Error("a sketch of today equals one of before")
	}
	if _, err := Place(m, now); err != nil {
		t.Error(err)
	}
}

func TestCredits(t *testing.T) {
	for _, c := range []struct{ byline, body, want string }{
		{"Reuters", "Something happened.", "Reuters"},
		{"By Susan Holt, The Associated Press", "Something happened.", "AP"},
		{"", "WASHINGTON (Reuters) - The senator spoke.", "Reuters"},
		{"", "Berlin (dpa/lno) - Die Polizei sucht Zeugen.", "dpa"},
		{"", strings.Repeat("Lange Meldung. ", 40) + "\n\n© dpa-infocom, dpa:231104-99-1/2", "dpa"},
		{"Holt", "新华社北京11月3日电 公司宣布", "Xinhua"},
		{"Jane Doe", "The ferry left.", ""},
		{"Europa Press", "El barco zarpó.", "Europa Press"}, // as the extraction names it
		{"", "El barco zarpó.\n\nVolvió.\n\nSe fue.\n\nNo más.\n\nFuente: EFE", "EFE"},
		{"", strings.Repeat("The paper quoted at length. ", 20) + "Reuters (Reuters) was quoted. " + strings.Repeat("The paper went on. ", 20), ""},
	} {
		if got := creditIn(c.byline, c.body); got != c.want {
			t.Errorf("%q %.30q: credits %q, want %q", c.byline, c.body, got, c.want)
		}
	}
}

// Who copied whom: a text that was seen later, but says that it was published hours before, is told so; and of equal copies the one
// that was published first is the one that was copied.
func TestPublishedFirst(t *testing.T) {
	noon := time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		then    time.Time
		dayOnly bool
		says    string
		of      DocID
	}{
		{"three hours", noon.Add(-3 * time.Hour), false, "says it was published 3 hours before the text that was seen first", 1},
		{"days", noon.AddDate(0, 0, -4), false, "published 4 days before", 1},
		{"half an hour is nothing", noon.Add(-30 * time.Minute), false, "", 0},
		{"later", noon.Add(3 * time.Hour), false, "", 0},
		{"a day is no hour", noon.Add(-12 * time.Hour), true, "", 0},
		{"one says nothing", time.Time{}, false, "", 0},
	} {
		m := NewMemory(0)
		text := read(t, "agency", "a.test", 3)
		place := func() Match {
			got, err := Place(m, NewSketch(text))
			if err != nil {
				t.Fatal(err)
			}
			m.Add(NewSketch(text), "story")
			return got
		}
		text.Published = noon
		place()
		text.Site, text.Published, text.DayOnly = "b.test", c.then, c.dayOnly
		if got := place(); !got.Joins() || !strings.Contains(got.Why, c.says) || c.says == "" && strings.Contains(got.Why, "published") {
			t.Errorf("%s: %+v", c.name, got)
		}
		text.Site, text.Published, text.DayOnly = "c.test", noon.AddDate(0, 0, 1), false
		got := place()
		if got.Of != c.of || (c.of == 1) != strings.Contains(got.Why, "before an equal copy that was seen first") {
			t.Errorf("%s: the next copy is one of %d, want %d: %s", c.name, got.Of, c.of, got.Why)
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	for _, t := range []Text{{}, read(f, "agency", "a.test", 3), invented["thai"][1]} {
		b, _ := NewSketch(t).MarshalBinary()
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var s Sketch
		if err := s.UnmarshalBinary(b); err != nil {
			if !errors.Is(err, ErrSketch) {
				t.Fatalf("wrong error: %v", err)
			}
			return
		}
		again, _ := s.MarshalBinary()
		if string(again) != string(b) {
			t.Fatalf("%x is written back as %x", b, again)
		}
		m := NewMemory(0)
		m.Add(s, "x")
		if _, err := Place(m, s); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzNewSketch(f *testing.F) {
	for _, p := range invented {
		f.Add(p[0].Title, p[0].Body, p[1].Body)
	}
	f.Add("“", "„Ab\xffเ“ ไ12.3,4:5 A. B. ー々", "ا")
	f.Fuzz(func(t *testing.T, title, body, other string) {
		s := NewSketch(Text{Title: title, Body: body})
		b, _ := s.MarshalBinary()
		if len(b) > 2500 || s.total > len(body) {
			t.Fatalf("%d bytes, %d words of %d bytes", len(b), s.total, len(body))
		}
		var got Sketch
		if err := got.UnmarshalBinary(b); err != nil || !got.Equal(s) {
			t.Fatalf("does not come back: %v", err)
		}
		g := NewGrouper(0)
		for _, x := range []string{other, body} {
			if _, err := g.Add(x, Text{Body: x, Title: title}); err != nil {
				t.Fatal(err)
			}
		}
		// A text of some length is always found in itself.
		if p, _ := g.Add("again", Text{Body: body, Title: title}); len(s.body) >= shortText && utf8.ValidString(body) && !(Match{Relation: p.Relation}).Joins() {
			t.Fatalf("not found in itself: %+v", p)
		}
	})
}
