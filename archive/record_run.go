package archive

import "time"

const runVersion = 1

func runRecord(r *Run) []byte {
	w := newRecord(runVersion)
	w.text(1, r.Schedule)
	w.text(2, r.Cause)
	w.time(3, r.Planned)
	w.time(4, r.Started)
	w.time(5, r.Ended)
	w.text(7, r.Status)
	w.text(8, r.Why)
	for i := range r.Sites {
		w.message(6, func(w *recordWriter) { writeSiteRun(w, &r.Sites[i]) })
	}
	return w.b
}

func writeSiteRun(w *recordWriter, s *SiteRun) {
	w.text(1, s.Site)
	w.int(2, s.Requests)
	w.int(3, s.Listed)
	w.int(4, s.Pages)
	w.int(5, s.NotModified)
	w.counts(6, s.Skipped)
	w.counts(7, s.Failed)
	w.text(8, s.Blocked)
	outcomes := make(map[string]int, len(s.Outcomes))
	for o, n := range s.Outcomes {
		outcomes[string(o)] = n
	}
	w.counts(9, outcomes)
	w.int(10, s.Notices)
	w.text(12, s.Note)
	w.int(13, int(s.Bytes))
	w.int(14, int(s.Pace))
	for _, m := range s.Misses {
		w.message(11, func(w *recordWriter) {
			w.text(1, m.URL)
			w.text(2, m.Reason)
			w.text(3, m.Detail)
		})
	}
}

func readRun(id RunID, b []byte) (Run, error) {
	r := Run{ID: id}
	err := readRecord(b, runVersion, func(field int, v value) error {
		switch field {
		case 1:
			r.Schedule = v.text()
		case 2:
			r.Cause = v.text()
		case 3:
			r.Planned = v.time()
		case 4:
			r.Started = v.time()
		case 5:
			r.Ended = v.time()
		case 6:
			s, err := readSiteRun(v.b)
			r.Sites = append(r.Sites, s)
			return err
		case 7:
			r.Status = v.text()
		case 8:
			r.Why = v.text()
		}
		return nil
	})
	return r, err
}

func readSiteRun(b []byte) (SiteRun, error) {
	var s SiteRun
	var outcomes map[string]int
	err := fields(b, func(field int, v value) (err error) {
		switch field {
		case 1:
			s.Site = v.text()
		case 2:
			s.Requests = v.int()
		case 3:
			s.Listed = v.int()
		case 4:
			s.Pages = v.int()
		case 5:
			s.NotModified = v.int()
		case 6:
			err = v.addTo(&s.Skipped)
		case 7:
			err = v.addTo(&s.Failed)
		case 8:
			s.Blocked = v.text()
		case 9:
			err = v.addTo(&outcomes)
		case 10:
			s.Notices = v.int()
		case 11:
			var m Miss
			err = fields(v.b, func(field int, v value) error {
				switch field {
				case 1:
					m.URL = v.text()
				case 2:
					m.Reason = v.text()
				case 3:
					m.Detail = v.text()
				}
				return nil
			})
			s.Misses = append(s.Misses, m)
		case 12:
			s.Note = v.text()
		case 13:
			s.Bytes = int64(v.int())
		case 14:
			s.Pace = time.Duration(v.int())
		}
		return err
	})
	for o, n := range outcomes {
		if s.Outcomes == nil {
			s.Outcomes = map[Outcome]int{}
		}
		s.Outcomes[Outcome(o)] = n
	}
	return s, err
}
