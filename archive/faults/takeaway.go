package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
)

// A loss is something that is taken away from an archive.
type loss struct {
	name   string
	rights bool                   // it takes a person without all rights to notice
	take   func(dir string) error // takes it away
	refuse func(error) string     // opening for writing must fail, and say what this wants; nil when it must not
	volume bool                   // raw/000001.db can't be read; everything else can
	read   bool                   // opening for reading works all the same
	full   bool                   // no volume can be begun, and it says so
}

func losses() []loss {
	volume := func(dir string) string { return filepath.Join(dir, "raw", "000001.db") }
	denied := func(err error) string {
		if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "archive.db") {
			return "it does not say that archive.db may not be read"
		}
		return ""
	}
	return []loss{
		{name: "a volume that is missing", volume: true, take: func(dir string) error { return os.Remove(volume(dir)) }},
		{name: "a volume that is empty", volume: true, take: func(dir string) error { return os.Truncate(volume(dir), 0) }},
		{name: "a volume cut short", volume: true, take: func(dir string) error { return os.Truncate(volume(dir), 20<<10) }},
		{name: "a folder in a volume's place", volume: true, take: func(dir string) error {
			return errors.Join(os.Remove(volume(dir)), os.Mkdir(volume(dir), 0o755))
		}},
		{name: "a volume that may not be read", rights: true, volume: true, take: func(dir string) error { return os.Chmod(volume(dir), 0) }},
		{name: "an archive.db that may not be read", rights: true, take: func(dir string) error { return os.Chmod(filepath.Join(dir, "archive.db"), 0) }, refuse: denied},
		{name: "an archive.db that may not be written", rights: true, read: true, take: func(dir string) error { return os.Chmod(filepath.Join(dir, "archive.db"), 0o444) }, refuse: denied},
		{name: "folders that may not be written", rights: true, full: true, take: func(dir string) error {
			return errors.Join(os.Chmod(filepath.Join(dir, "raw"), 0o555), os.Chmod(dir, 0o555))
		}},
	}
}

// takeAway takes one thing after another away, and lets clocks jump.
func takeAway(b *bench) error {
	f, err := b.filled()
	if err != nil {
		return err
	}
	tried, wrong := 0, 0
	for i, l := range losses() {
		dir, err := b.folder("loss")
		if err != nil {
			return err
		}
		if err := copyTo(f.dir, filepath.Join(dir, "archive")); err != nil {
			return err
		}
		if err := f.tell(dir); err != nil {
			return err
		}
		said, err := b.do(order{Role: "takeaway", Dir: filepath.Join(dir, "archive"), Aside: dir, From: i}, "problem")
		if err != nil {
			said = append(said, json.RawMessage(err.Error()))
		}
		for _, p := range said {
			b.wrong("%s: %s", l.name, p)
		}
		tried++
		wrong += min(1, len(said))
		b.done(dir, len(said) > 0)
	}
	b.some("things taken away", tried, len(losses()))
	b.none("after which the rest did not work, or it was not clear why", wrong)
	jumps, bad, err := b.jump()
	if err != nil {
		return err
	}
	b.some("jumps of the clock, back and forth", jumps, 4)
	b.none("after which something was lost, or not in its order", bad)
	return nil
}

func playTakeAway(ctx context.Context, o order) error {
	l := losses()[o.From]
	text, err := os.ReadFile(filepath.Join(o.Aside, "facts"))
	if err != nil {
		return err
	}
	var want facts
	if err := json.Unmarshal(text, &want); err != nil {
		return err
	}
	if l.rights {
		// From within it is reached, whatever the folders above it let others do.
		if err := os.Chdir(o.Aside); err != nil {
			return err
		}
		o.Dir = "archive"
		if err := humble(o.Dir); err != nil {
			return err
		}
	}
	if err := l.take(o.Dir); err != nil {
		return err
	}
	bad := func(format string, args ...any) { say("problem", fmt.Sprintf(format, args...)) }
	s, err := archive.Open(o.Dir, archive.Options{VolumeSize: 96 << 10})
	if l.refuse != nil {
		switch {
		case err == nil:
			bad("it was opened")
			s.Close()
		case l.refuse(err) != "":
			bad("%s: %v", l.refuse(err), err)
		}
		if !l.read {
			return nil
		}
		s, err = archive.Open(o.Dir, archive.Options{ReadOnly: true})
	}
	if err != nil {
		bad("open: %v", err)
		return nil
	}
	defer s.Close()
	l.look(ctx, s, want, bad)
	if l.refuse != nil {
		return nil
	}
	body := papers()[0].page(77, 0)
	c, err := s.Append(ctx, papers()[0].capture(77, body, firstDay.AddDate(0, 1, 0)))
	if l.full && errors.Is(err, fs.ErrPermission) && strings.Contains(err.Error(), "begin a raw volume") {
		return nil
	}
	if err != nil {
		bad("append: %v", err)
		return nil
	}
	if got, err := s.Capture(c.Seq); err != nil || !bytes.Equal(got.Body, body) {
		bad("what was appended: %v", err)
	}
	if _, err := ingest.New(s, ingest.Options{}).Run(ctx); err != nil {
		bad("ingest: %v", err)
	}
	return nil
}

// look reads everything, and looks whether what can't be read is that of the volume.
func (l loss) look(ctx context.Context, s *archive.Store, want facts, bad func(string, ...any)) {
	r, err := s.Verify(ctx, archive.VerifyOptions{Deep: true})
	if err != nil {
		bad("verify: %v", err)
	}
	lost, other := want.less(factsOf(ctx, s))
	if l.volume {
		said := false
		for _, d := range r.Damage {
			said = said || d.File == "raw/000001.db"
		}
		if !said || len(lost) == 0 {
			bad("verify names %d pieces of damage, none of raw/000001.db; %d records are lost", len(r.Damage), len(lost))
		}
	} else if len(r.Damage)+len(lost) > 0 {
		bad("verify names %d pieces of damage, %d records are lost", len(r.Damage), len(lost))
	}
	for _, name := range other {
		bad("%s is not what it was", name)
	}
	for _, name := range lost {
		var seq archive.Seq
		if _, err := fmt.Sscanf(name, "capture %d", &seq); err != nil {
			bad("%s is lost with a volume", name)
			continue
		}
		if _, err := s.CaptureHead(seq); err != nil {
			bad("capture %d without its body: %v", seq, err)
		}
		if _, err := s.Capture(seq); err == nil || !strings.Contains(err.Error(), "000001.db") {
			bad("capture %d: the error does not name the volume: %v", seq, err)
		}
	}
}

// jump appends while the clock of the machine is set back and forth.
func (b *bench) jump() (jumps, bad int, err error) {
	dir, err := b.folder("clock")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(dir)
	var past atomic.Int64 // nanoseconds since the first day
	now := func() time.Time { return firstDay.Add(time.Duration(past.Load())) }
	s, err := archive.Create(dir, archive.Options{Now: now, VolumeAge: 24 * time.Hour})
	if err != nil {
		return 0, 0, err
	}
	defer s.Close()
	in := ingest.New(s, ingest.Options{})
	p := papers()[0]
	var last archive.Seq
	for i, by := range []time.Duration{0, time.Hour, -400 * 24 * time.Hour, time.Minute, 900 * 24 * time.Hour, -500 * 24 * time.Hour, time.Hour} {
		past.Add(int64(by))
		for page := range 3 {
			body := p.page(uint64(page), i)
			c := p.capture(page, body, time.Time{}) // the archive's own clock
			if c, err = s.Append(b.ctx, c); err != nil {
				return jumps, bad, err
			}
			if c.Seq <= last {
				b.wrong("jump %d: capture %d comes after %d", i, c.Seq, last)
				bad++
			}
			last = c.Seq
			if got, err := s.Capture(c.Seq); err != nil || !bytes.Equal(got.Body, body) || !got.FetchedAt.Equal(now()) {
				b.wrong("jump %d: capture %d: %v", i, c.Seq, err)
				bad++
			}
		}
		if _, err := in.Run(b.ctx); err != nil {
			return jumps, bad, err
		}
		jumps++
	}
	for p, err := range s.Pages(b.ctx, archive.Filter{}) {
		if err != nil {
			return jumps, bad, err
		}
		if p.Head != jumps || p.LastSeen.Before(p.FirstSeen) {
			b.wrong("page %s has %d versions of %d, from %s to %s", p.URL, p.Head, jumps, p.FirstSeen, p.LastSeen)
			bad++
		}
	}
	problems, err := sound(b.ctx, s)
	for _, x := range problems {
		b.wrong("clock: %s", x)
	}
	return jumps, bad + len(problems), err
}
