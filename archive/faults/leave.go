package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/archive/ingest"
	"pressmark/extract/urlkey"
)

// leaveNothing takes pages down, of which there are editions, deltas, patches,
// a dictionary that learned of them and copies in other papers, and looks for
// what they said: in the raw bytes of every file, free pages and all, in what
// any frame unpacks to by itself or with anything that the archive still holds,
// and for the records as they were stored.
func leaveNothing(b *bench) error {
	// No two of them share a passage of a text, so that each is to go with its page.
	const probe, later = "zibeline-quarrel-of-the-lockkeeper", "harrowed-by-the-quicklime-affair"
	found, seen, pages, records, taught, deltas := 0, 0, 0, 0, 0, 0
	for round, volume := range []int64{0, 96 << 10} {
		dir, err := b.folder("withdrawn")
		if err != nil {
			return err
		}
		s, err := archive.Create(dir, archive.Options{VolumeSize: volume, Now: clockFrom(firstDay)})
		if err != nil {
			return err
		}
		down, kept, err := b.withdrawn(s, probe, later)
		if err != nil {
			return err
		}
		if err := s.Close(); err != nil {
			return err
		}
		was, err := archivetest.ValuesOf(dir)
		if err != nil {
			return err
		}
		for v := range was["bodies"] {
			if len(v) > 2 && v[2] == 3 {
				deltas++
			}
		}
		before, err := archivetest.Traces(dir, []string{probe, later}, nil, nil)
		if err != nil {
			return err
		}
		seen += len(before)
		if s, err = archive.Open(dir, archive.Options{VolumeSize: volume}); err != nil {
			return err
		}
		m, err := s.Measure()
		if err != nil {
			return err
		}
		taught += len(m.Dictionaries)
		want := factsOf(b.ctx, s)
		if _, err := s.Takedown(b.ctx, archive.TakedownOptions{Pages: down, By: "the desk", Reason: "an order of the court"}); err != nil {
			return err
		}
		if _, err := s.Compact(b.ctx, nil); err != nil {
			return err
		}
		problems, err := sound(b.ctx, s)
		if err != nil {
			return err
		}
		for _, p := range problems {
			b.wrong("round %d: %s", round, p)
		}
		lost := 0
		got := factsOf(b.ctx, s)
		for _, name := range kept {
			if was, now := strings.Split(want[name], revisit)[0], strings.Split(got[name], revisit)[0]; was != now && !strings.Contains(want[name], revisit) {
				b.wrong("round %d: %s of another page is not as it was", round, name)
				lost++
			}
		}
		bodies, err := archivetest.Bodies(b.ctx, s)
		if err != nil {
			return err
		}
		if err := s.Close(); err != nil {
			return err
		}
		now, err := archivetest.ValuesOf(dir)
		if err != nil {
			return err
		}
		gone := was.Gone(now)
		left, err := archivetest.Traces(dir, []string{probe, later}, gone, bodies)
		if err != nil {
			return err
		}
		for _, x := range left {
			b.wrong("round %d: left: %s", round, x)
		}
		found += len(left)
		pages += len(down)
		records += len(gone)
		b.none(fmt.Sprintf("damage, and captures of other pages not as they were, volumes of %d KB", volume>>10), len(problems)+lost)
		os.RemoveAll(dir)
	}
	b.some("pages taken down", pages, 1)
	b.some("places where they were found before", seen, 2)
	b.some("records of theirs that are searched for as they were stored", records, 1)
	b.some("bodies that were deltas or patches", deltas, 1)
	b.some("dictionaries that had learned", taught, 2)
	b.none("traces in raw bytes, free pages and unpacked frames afterwards", found)
	return nil
}

// withdrawn fills an archive, and gives the pages to take down and the captures
// that have nothing to do with them.
func (b *bench) withdrawn(s *archive.Store, probe, later string) (down []urlkey.Key, kept []string, err error) {
	now := clockFrom(firstDay)
	var bad []string
	take := func(p *paper, n int, body []byte, withdrawn bool) {
		if err != nil {
			return
		}
		var c archive.Capture
		if c, err = s.Append(b.ctx, p.capture(n, body, now())); err != nil {
			return
		}
		if !withdrawn {
			kept = append(kept, fmt.Sprint("capture ", c.Seq))
		} else if !slices.Contains(bad, string(c.Page)) {
			bad = append(bad, string(c.Page))
			down = append(down, c.Page)
		}
	}
	list := papers()[:3]
	in := ingest.New(s, ingest.Options{})
	for edition := range 4 {
		for n := range 14 {
			for i, p := range list {
				more := []string{}
				// Two of three pages of one paper, so that its dictionary learns of
				// it, and a page of each other that copies it.
				guilty := i == 0 && n%3 > 0 || i > 0 && n == 7
				if guilty {
					more = append(more, "As the paper had it first, the "+probe+" was none, and nobody but the lockkeeper of the county ever had it from him.")
					if edition > 1 {
						more = append(more, "Later the clerk was "+later+", as the record of the hearing has it.")
					}
				}
				if edition > 0 && (n+edition)%3 > 0 {
					continue
				}
				take(p, n, p.page(uint64(i*1000+n), edition, more...), guilty)
			}
			if n == 9 && edition == 0 && err == nil {
				err = trained(b.ctx, s, 2)
			}
		}
		if err == nil {
			_, err = in.Run(b.ctx)
		}
	}
	return down, kept, err
}
