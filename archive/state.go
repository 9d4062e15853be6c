package archive

import "time"

// The state is the archive's memory of the numbers that it gave out, and what
// it should hold: a page of bbolt that got lost shows as missing rows.
type state struct {
	created time.Time
	seq     uint64 // of captures and the journal
	page    uint64
	doc     uint64
	story   uint64
	run     uint64
	volume  uint64
	rows    map[string]int // by bucket

	bodyBytes, bodyStored int64 // of the bodies held, as received and as kept
	textBytes, textStored int64 // of the texts
}

const stateVersion = 1

func (s *state) record() []byte {
	w := newRecord(stateVersion)
	w.time(1, s.created)
	w.uint(2, s.seq)
	w.uint(3, s.page)
	w.uint(4, s.doc)
	w.uint(5, s.story)
	w.uint(6, s.run)
	w.uint(7, s.volume)
	w.counts(8, s.rows)
	w.uint(9, uint64(s.bodyBytes))
	w.uint(10, uint64(s.bodyStored))
	w.uint(11, uint64(s.textBytes))
	w.uint(12, uint64(s.textStored))
	return w.b
}

func readState(b []byte) (state, error) {
	s := state{rows: map[string]int{}}
	err := readRecord(b, stateVersion, func(field int, v value) error {
		switch field {
		case 1:
			s.created = v.time()
		case 2:
			s.seq = v.n
		case 3:
			s.page = v.n
		case 4:
			s.doc = v.n
		case 5:
			s.story = v.n
		case 6:
			s.run = v.n
		case 7:
			s.volume = v.n
		case 8:
			return v.addTo(&s.rows)
		case 9:
			s.bodyBytes = int64(v.n)
		case 10:
			s.bodyStored = int64(v.n)
		case 11:
			s.textBytes = int64(v.n)
		case 12:
			s.textStored = int64(v.n)
		}
		return nil
	})
	return s, err
}
