package archive

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract"
	"pressmark/extract/dedup"
	"pressmark/extract/meta"
)

// fillIn sets every field of a struct, and of those in it, to something that is not zero.
func fillIn(t *testing.T, v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 11, 1, 12, *n%60, 3, 4, time.UTC)))
		return
	case meta.Date:
		v.Set(reflect.ValueOf(meta.Date{Time: time.Date(2026, 11, 1, 12, *n%60, 3, 0, time.FixedZone("", -5400)), DayOnly: true}))
		return
	case dedup.Sketch:
		v.Set(reflect.ValueOf(dedup.NewSketch(dedup.Text{Title: "A title of some words", Body: "And a body of some more words, on Tuesday.", Site: "example.com"})))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(-*n))
	case reflect.Uint64, reflect.Uint8:
		v.SetUint(uint64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			fillIn(t, v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fillIn(t, v.Index(i), n)
		}
	case reflect.Array:
		for i := range v.Len() {
			fillIn(t, v.Index(i), n)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 3 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fillIn(t, key, n)
			fillIn(t, value, n)
			v.SetMapIndex(key, value)
		}
	default:
		t.Fatalf("a field of kind %s", v.Kind())
	}
}

// Every field that a type has, also one that was added later, must be kept.
func TestRecordsKeepEveryField(t *testing.T) {
	n := 0
	roundTrip := func(what string, in any, through func() (any, error)) {
		t.Helper()
		got, err := through()
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if diff := cmp.Diff(in, got, cmp.AllowUnexported(dedup.Sketch{})); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	var c Capture
	fillIn(t, reflect.ValueOf(&c).Elem(), &n)
	c.Body = nil
	roundTrip("capture", c, func() (any, error) {
		s, err := readCapture(c.Seq, (&storedCapture{Capture: c}).record())
		return s.Capture, err
	})
	var p Page
	fillIn(t, reflect.ValueOf(&p).Elem(), &n)
	roundTrip("page", p, func() (any, error) { return readPage(pageRecord(&p)) })
	var a extract.Article
	fillIn(t, reflect.ValueOf(&a).Elem(), &n)
	roundTrip("article", a, func() (any, error) { return readArticle(articleRecord(&a)) })
	if b, _ := readArticle(articleRecord(&a)); b.Published.String() != a.Published.String() {
		t.Errorf("published %s, was %s", b.Published, a.Published)
	}
	var v Version
	fillIn(t, reflect.ValueOf(&v).Elem(), &n)
	v.Article, v.Sketch = extract.Article{}, dedup.Sketch{}
	roundTrip("version", v, func() (any, error) {
		s, err := readVersion(v.ID.N, (&storedVersion{Version: v}).record())
		return s.Version, err
	})
	var st Story
	fillIn(t, reflect.ValueOf(&st).Elem(), &n)
	roundTrip("story", st, func() (any, error) { return readStory(storyRecord(&st)) })
	var ch Change
	fillIn(t, reflect.ValueOf(&ch).Elem(), &n)
	roundTrip("change", ch, func() (any, error) {
		b, err := changeRecord(&ch)
		if err != nil {
			return nil, err
		}
		return readChange(ch.Seq, b)
	})
	var si Sighting
	fillIn(t, reflect.ValueOf(&si).Elem(), &n)
	roundTrip("sighting", si, func() (any, error) { return readSighting(si.Seq, sightingRecord(&si)) })
	var r Run
	fillIn(t, reflect.ValueOf(&r).Elem(), &n)
	roundTrip("run", r, func() (any, error) { return readRun(r.ID, runRecord(&r)) })
	var e Entry
	fillIn(t, reflect.ValueOf(&e).Elem(), &n)
	roundTrip("entry", e, func() (any, error) { return readEntry(e.Seq, entryRecord(&e)) })
}
