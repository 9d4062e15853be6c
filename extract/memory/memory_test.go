package memory

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
)

const (
	promo   = "The Harbour Letter goes out to eleven thousand readers each Friday, with the best of the week."
	history = "The strike began in March, when the board cut the night service without asking the crews."
	column  = 7 // the place of articles' paragraphs
	box     = 8
)

func block(text string, place uint64) Block {
	h, n := Text(text)
	return Block{Text: h, Size: n, Place: place}
}

// story makes the nth story's own paragraphs.
func story(n, paragraphs int) []Block {
	var list []Block
	for i := range paragraphs {
		list = append(list, block(fmt.Sprintf("Paragraph %d of story %d says what no other paragraph of the paper has said.", i, n), column))
	}
	return list
}

func teach(s *Site, blocks ...Block) []Verdict {
	r := s.Read(false)
	v := r.Judge(blocks)
	s.Learn(r)
	return v
}

func last(v []Verdict) Verdict { return v[len(v)-1] }

// What stands on every page is known from the third on.
func TestRepeated(t *testing.T) {
	s := New()
	for n := range 40 {
		want := Keep
		if n >= 2 {
			want = Repeated
		}
		v := teach(s, append(story(n, 5), block(promo, column))...)
		if last(v) != want {
			t.Errorf("page %d: %d, want %d", n+1, last(v), want)
		}
		for i, v := range v[:5] {
			if v != Keep {
				t.Errorf("page %d: its paragraph %d is called furniture", n+1, i)
			}
		}
	}
}

// A paragraph that five stories on one event share is journalism, however
// close they follow each other; a site has hundreds of other stories.
func TestBackgroundStays(t *testing.T) {
	s := New()
	for n := range 60 {
		blocks := story(n, 5)
		if n >= 40 && n < 45 {
			blocks = append(blocks, block(history, column))
			if v := teach(s, blocks...); last(v) != Keep {
				t.Errorf("story %d on the strike loses its background", n-39)
			}
			continue
		}
		teach(s, blocks...)
	}
}

// A story under many addresses, and one that is told on under a new one each
// hour, teach nothing about furniture.
func TestDoubles(t *testing.T) {
	s := New()
	for n := range 8 {
		teach(s, story(n, 6)...)
	}
	for n := range 8 {
		v := teach(s, append(story(100, 6), story(200+n, 2)...)...)
		for i, v := range v {
			if v != Keep {
				t.Errorf("copy %d: paragraph %d is called furniture", n, i)
			}
		}
	}
}

// A site whose pages are mostly furniture is learned all the same.
func TestMostlyFurniture(t *testing.T) {
	s := New()
	var v []Verdict
	for n := range 20 {
		v = teach(s, append(story(n, 1), block(promo, column), block(history, column), block(promo+" Again.", column))...)
	}
	if v[0] != Keep || v[1] != Repeated || v[2] != Repeated || v[3] != Repeated {
		t.Errorf("verdicts %v, want the first paragraph alone to stay", v)
	}
}

// What the rules of most pages take out goes where they let it pass.
func TestTakenOutElsewhere(t *testing.T) {
	s := New()
	out := block(promo, column)
	out.Out = true
	for n := range 6 {
		teach(s, append(story(n, 5), out)...)
	}
	if v := teach(s, append(story(6, 5), block(promo, column))...); last(v) != Repeated {
		t.Errorf("verdict %d, want %d", last(v), Repeated)
	}
}

// A note on each author stands on few pages, but where it stands everything repeats.
func TestPlaceOfFurniture(t *testing.T) {
	s := New()
	for n := range 60 {
		note := fmt.Sprintf("Author number %d has written for this paper since the old press stood in the yard.", n%4)
		teach(s, append(story(n, 5), block(note, box))...)
	}
	if v := teach(s, append(story(60, 5), block("A new author joins the paper this week, and writes about the sea and its people.", box))...); last(v) != Misplaced {
		t.Errorf("a new author's note is %d, want %d", last(v), Misplaced)
	}
	if v := teach(s, append(story(61, 5), block("A new author joins the paper this week, and writes about the sea and its people.", column))...); last(v) != Keep {
		t.Errorf("the same words among the text are %d, want %d", last(v), Keep)
	}
}

// Labels repeat by nature, and short lines need more pages.
func TestLabels(t *testing.T) {
	s := New()
	short := block("This is a developing story.", column)
	label := block("What happened on the night of the fire", column)
	label.Label = true
	for n := range 20 {
		v := teach(s, append(story(n, 4), label, short)...)
		if v[4] != Keep {
			t.Fatal("a subhead is called furniture")
		}
		if n < 5 && v[5] != Keep {
			t.Errorf("a short line is called furniture on page %d", n+1)
		}
	}
}

// What left the site is forgotten, so that it is text again should somebody write it.
func TestForgets(t *testing.T) {
	s := New()
	for n := range 30 {
		teach(s, append(story(n, 5), block(promo, column))...)
	}
	for n := range 200 {
		teach(s, story(1000+n, 5)...)
	}
	if v := s.Read(false).Judge(append(story(5000, 5), block(promo, column))); last(v) != Keep {
		t.Error("what stood on no page for long is still furniture")
	}
}

// A page that was taught does not speak against itself.
func TestOwn(t *testing.T) {
	s := New()
	teach(s, append(story(0, 5), block(promo, column))...)
	teach(s, append(story(1, 5), block(promo, column))...)
	if v := s.Read(true).Judge(append(story(1, 5), block(promo, column))); last(v) != Keep {
		t.Error("two pages, of which one is its own, make furniture")
	}
	for _, v := range s.Read(true).Judge(story(1, 5)) {
		if v != Keep {
			t.Error("a page's own text is furniture to it")
		}
	}
}

// A page of which nothing would be left is left alone.
func TestLeavesSomething(t *testing.T) {
	s := New()
	for n := range 10 {
		teach(s, append(story(n, 5), block(promo, column))...)
	}
	if v := teach(s, block(promo, column)); v[0] != Keep {
		t.Error("a page is emptied")
	}
}

// held teaches a page whose article is at one place and other text at another.
func held(s *Site, n int, place uint64, beside ...uint64) *Reading {
	r := s.Read(false)
	r.Where(place)
	r.Beside(beside)
	r.Judge(story(n, 4))
	s.Learn(r)
	return r
}

func TestHolder(t *testing.T) {
	const text, comments, other = 42, 43, 44
	s := New()
	for n := range 6 {
		if holder, _ := s.Read(false).Where(other); (holder != 0) != (n >= 3) {
			t.Errorf("holder %d after %d pages", holder, n)
		}
		held(s, n, text, comments, comments)
	}
	if holder, doubted := s.Read(false).Where(comments); holder != text || !doubted {
		t.Errorf("comments: holder %d, doubted %v; want %d, true", holder, doubted, text)
	}
	if holder, doubted := s.Read(false).Where(other); holder != text || doubted {
		t.Errorf("a place never seen: holder %d, doubted %v; want %d, false", holder, doubted, text)
	}
	for n := range 10 { // a page that memory moved says nothing of its own
		r := s.Read(false)
		r.Where(comments)
		r.Move()
		r.Judge(story(100+n, 4))
		s.Learn(r)
	}
	if _, doubted := s.Read(false).Where(comments); !doubted {
		t.Error("memory listens to itself")
	}
	for n := range 40 { // the site is made anew
		held(s, 200+n, other)
	}
	if holder, _ := s.Read(false).Where(text); holder != other {
		t.Errorf("holder %d, want %d", holder, other)
	}
}

// A reading holds as long as memory would say the same.
func TestHolds(t *testing.T) {
	s := New()
	teach(s, append(story(0, 5), block(promo, column))...)
	r := s.Read(false)
	r.Judge(append(story(9, 5), block(promo, column)))
	more := s.Clone()
	teach(more, story(1, 5)...)
	if !r.Holds(more) {
		t.Error("a page that tells nothing of it upsets a reading")
	}
	teach(more, append(story(2, 5), block(promo, column))...)
	teach(more, append(story(3, 5), block(promo, column))...)
	if r.Holds(more) {
		t.Error("a reading outlives what memory has learned")
	}
	if s.Pages() != 1 {
		t.Error("a clone taught its origin")
	}
}

func TestText(t *testing.T) {
	a, n := Text("“Zwölf  Boote”, sagte er — nicht 13!")
	b, m := Text("\"Zwölf Boote\" SAGTE er, nicht 13.")
	if a != b || n != m || n != 24 {
		t.Errorf("%x of %d letters, %x of %d", a, n, b, m)
	}
	if c, _ := Text("Zwölf Boote, sagte er, nicht 14"); c == a {
		t.Error("another number is the same text")
	}
	if h, n := Text(" … — "); n != 0 || h == 0 {
		t.Errorf("no text: %x of %d letters", h, n)
	}
	if Element("div", "entry post-4711  text") != Element("div", "entry text") || Element("div", "entry") == Element("p", "entry") {
		t.Error("elements are told apart by numbers, or not by tags")
	}
}

// A hostile site makes a memory no larger, and what is written is read again.
func TestBounded(t *testing.T) {
	s := New()
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 120 {
		blocks := make([]Block, 1000)
		for i := range blocks {
			blocks[i] = Block{Text: random.Uint64() % 5000 * 0x9e3779b97f4a7c15, Size: 40, Place: random.Uint64() % 900, Label: i%7 == 0}
		}
		r := s.Read(false)
		r.Where(uint64(n%40) + 1)
		r.Beside([]uint64{random.Uint64(), random.Uint64()})
		r.Judge(blocks)
		s.Learn(r)
	}
	b, err := s.MarshalBinary()
	if err != nil || len(b) > 20_000 {
		t.Fatalf("%d bytes: %v", len(b), err)
	}
	var again Site
	if err := again.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(*s, again) {
		t.Errorf("read again it is another one: %v", err)
	}
}

func FuzzUnmarshal(f *testing.F) {
	s := New()
	for n := range 6 {
		teach(s, append(story(n, 5), block(promo, column))...)
	}
	b, _ := s.MarshalBinary()
	f.Add(b)
	f.Add([]byte{1, 3, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		var s Site
		if s.UnmarshalBinary(b) != nil {
			return
		}
		for n := range 4 {
			teach(&s, append(story(n, 5), block(promo, column))...)
		}
		b, err := s.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if err := new(Site).UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
	})
}

// The price of a page of forty blocks at a site that has seen a thousand.
func BenchmarkPage(b *testing.B) {
	s := New()
	for n := range 1000 {
		teach(s, append(story(n, 39), block(promo, column))...)
	}
	pages := make([][]Block, 64)
	for n := range pages {
		pages[n] = append(story(2000+n, 39), block(promo, column))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		teach(s, pages[i%len(pages)]...)
	}
}

func BenchmarkStore(b *testing.B) {
	s := New()
	for n := range 1000 {
		teach(s, append(story(n, 39), block(promo, column))...)
	}
	var data []byte
	for b.Loop() {
		data, _ = s.Clone().MarshalBinary()
		_ = new(Site).UnmarshalBinary(data)
	}
	b.ReportMetric(float64(len(data)), "bytes")
}

func BenchmarkText(b *testing.B) {
	text := history + history + promo + promo
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Text(text)
	}
}
