package archive

import (
	"fmt"
	"testing"
	"time"
)

func TestMeasure(t *testing.T) {
	s := newStore(t, Options{VolumeSize: 70 << 10})
	if m, err := s.Measure(); err != nil || m.Schema != schemaVersion || len(m.Buckets) != len(buckets()) || m.PerDay != (Growth{}) {
		t.Errorf("an empty archive: %+v, %v", m, err)
	}
	// A page every four hours, for two weeks.
	began := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for i := range 14 * 6 {
		c := capture(fmt.Sprintf("https://example.com/%d", i), 0, page(uint64(i), 3000))
		c.FetchedAt = began.Add(time.Duration(4*i) * time.Hour)
		mustAppend(t, s, c)
	}
	m, err := s.Measure()
	if err != nil {
		t.Fatal(err)
	}
	if g := m.PerDay; g.Days < 6.7 || g.Days > 7 || g.Captures < 5.5 || g.Captures > 6.5 || g.Bytes < 6*500 || g.Bytes > 6*10_000 {
		t.Errorf("growth %+v", g)
	}
	bytes := map[string]Bucket{}
	for _, b := range m.Buckets {
		bytes[b.Name] = b
		if b.Taken < b.Bytes || b.Rows > 0 && b.Bytes <= 0 {
			t.Errorf("%+v", b)
		}
	}
	if b := bytes[bucketCapture]; b.Rows != 84 || b.Bytes != 84*(16+4) {
		t.Errorf("%+v", b)
	}
	if len(m.Volumes) < 2 || m.Volumes[0].Sealed.IsZero() || !m.Volumes[len(m.Volumes)-1].Sealed.IsZero() || m.Volumes[0].Size == 0 {
		t.Errorf("%+v", m.Volumes)
	}
	if len(m.Dictionaries) == 0 || m.Dictionaries[0].Bytes != len(commonHeaders) {
		t.Errorf("%d dictionaries", len(m.Dictionaries))
	}
}
