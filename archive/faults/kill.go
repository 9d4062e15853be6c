package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"pressmark/archive"
	"pressmark/extract/urlkey"
)

// A ledger is what an archive has answered for.
type ledger struct {
	captures map[archive.Seq]acknowledged
	fresh    []archive.Seq // of the last life
	runs     map[archive.RunID]bool
	taking   map[urlkey.Key]bool // it was begun, and may be undone by a kill
	taken    map[urlkey.Key]bool
	backups  []backedUp
}

func newLedger() *ledger {
	return &ledger{captures: map[archive.Seq]acknowledged{}, runs: map[archive.RunID]bool{}, taking: map[urlkey.Key]bool{}, taken: map[urlkey.Key]bool{}}
}

func (l *ledger) heard(word string, what json.RawMessage) error {
	switch word {
	case "capture":
		var a acknowledged
		if err := json.Unmarshal(what, &a); err != nil {
			return err
		}
		l.captures[a.Seq] = a
		l.fresh = append(l.fresh, a.Seq)
	case "run":
		var id archive.RunID
		if err := json.Unmarshal(what, &id); err != nil {
			return err
		}
		l.runs[id] = true
	case "taking", "taken":
		var key urlkey.Key
		if err := json.Unmarshal(what, &key); err != nil {
			return err
		}
		if l.taking[key] = true; word == "taken" {
			l.taken[key] = true
		}
	case "backup":
		var k backedUp
		if err := json.Unmarshal(what, &k); err != nil {
			return err
		}
		l.backups = append(l.backups, k)
	case "failed":
		return errors.New(string(what))
	}
	return nil
}

// killsAnArchive is after how many kills there is a new archive: or looking it
// over would take ever longer.
const killsAnArchive = 20

func killAtRandom(b *bench) error {
	var n struct{ killed, acknowledged, lost, dangling, damaged, back, taken, backups, badBackups, left, volumes, dictionaries, versions int }
	var dir, aside string
	var l *ledger
	life := 0
	for round := range b.rounds.kills {
		if b.ctx.Err() != nil {
			break
		}
		r := b.chance(round)
		if life = round % killsAnArchive; life == 0 {
			os.RemoveAll(dir)
			os.RemoveAll(aside)
			var err error
			if dir, err = b.folder("killed"); err != nil {
				return err
			}
			if aside, err = b.folder("aside"); err != nil {
				return err
			}
			s, err := archive.Create(dir, archive.Options{VolumeSize: loadVolume})
			if err != nil {
				return err
			}
			if err := s.Close(); err != nil {
				return err
			}
			l = newLedger()
		}
		c, err := b.start(order{Role: "load", Dir: dir, Aside: aside, Seed: b.seed*1000 + uint64(round), Life: life})
		if err != nil {
			return err
		}
		// Most are killed at work, some while they open what the last one left.
		from, after := "opened", time.Duration(r.IntN(900))*time.Millisecond
		if round%4 == 3 {
			from, after = "began", time.Duration(r.IntN(60))*time.Millisecond
		}
		l.fresh = nil
		var said error
		err = c.hear(func(word string, what json.RawMessage) {
			if word == from {
				c.killAfter(after)
			}
			if err := l.heard(word, what); err != nil {
				said = errors.Join(said, err)
			}
		})
		killed, end := c.end()
		if err := errors.Join(err, said, end); err != nil {
			b.wrong("kill %d: the process that wrote failed: %v", round, err)
			n.damaged++
			break
		}
		if killed {
			n.killed++
		}
		n.acknowledged += len(l.fresh)
		s, err := archive.Open(dir, archive.Options{VolumeSize: loadVolume})
		if err != nil {
			b.wrong("kill %d: open: %v", round, err)
			n.damaged++
			break
		}
		problems, err := sound(b.ctx, s)
		if err != nil {
			return errors.Join(err, s.Close())
		}
		for _, p := range problems {
			b.wrong("kill %d: %s", round, p)
		}
		n.damaged += min(1, len(problems))
		lost, back := l.missing(b, s, life == killsAnArchive-1 || round == b.rounds.kills-1)
		n.lost += lost
		n.back += back
		ends, err := looseEnds(b.ctx, s)
		if err != nil {
			b.wrong("kill %d: %v", round, err)
			n.damaged++
		}
		for _, e := range ends {
			b.wrong("kill %d: %s leads to %s", round, e.From, e.To)
		}
		n.dangling += len(ends)
		left := leftovers(dir)
		for _, name := range left {
			b.wrong("kill %d: left behind: %s", round, name)
		}
		n.left += len(left)
		if m, err := s.Measure(); err == nil {
			n.volumes, n.dictionaries = max(n.volumes, len(m.Volumes)), max(n.dictionaries, len(m.Dictionaries))
		}
		if stats, err := s.Stats(); err == nil {
			n.versions = max(n.versions, stats.Versions)
		}
		n.taken = max(n.taken, len(l.taken))
		if err := s.Close(); err != nil {
			return err
		}
		for _, k := range l.backups {
			n.backups++
			if err := l.restored(b, k); err != nil {
				b.wrong("kill %d: %s: %v", round, filepath.Base(k.Name), err)
				n.badBackups++
			}
			os.Remove(k.Name)
		}
		l.backups = nil
	}
	b.done(dir, n.lost+n.dangling+n.damaged > 0)
	b.some("kills at random moments under load", n.killed, b.rounds.kills)
	b.some("captures acknowledged", n.acknowledged, b.rounds.kills/20) // a few kills may all come too soon
	b.none("acknowledged captures and runs lost", n.lost)
	b.none("dangling references", n.dangling)
	b.none("archives that verify --deep finds damaged", n.damaged)
	b.count("pages taken down under load, most in one archive", n.taken)
	b.none("pages taken down that are there again", n.back)
	b.none("files left behind", n.left)
	b.none("finished backups that can't be restored or lack something", n.badBackups)
	b.count("backups finished under load, and restored", n.backups)
	b.count("volumes, most in one archive", n.volumes)
	b.count("dictionaries, most in one archive", n.dictionaries)
	b.count("versions, most in one archive", n.versions)
	return nil
}

// missing counts what was acknowledged and is not there, and what is there
// again. Bodies are read of what came last, and of everything when all is set:
// a deep verify has compared the others with their records.
func (l *ledger) missing(b *bench, s *archive.Store, all bool) (lost, back int) {
	fresh := map[archive.Seq]bool{}
	for _, seq := range l.fresh {
		fresh[seq] = true
	}
	for seq, want := range l.captures {
		c, err := s.CaptureHead(seq)
		if err == nil && (all || fresh[seq]) && c.Erased == "" {
			var whole archive.Capture
			whole, err = s.Capture(seq)
			if err == nil && archive.Digest(sha256.Sum256(whole.Body)).String() != want.Digest {
				err = errors.New("it has another body")
			}
		}
		down := l.taking[want.Page]
		switch {
		case err != nil && errors.Is(err, archive.ErrNoSuch) && down:
		case err != nil && !errors.Is(err, archive.ErrErased):
			b.wrong("capture %d of %s: %v", seq, want.Page, err)
			lost++
		case (c.Erased != "" || errors.Is(err, archive.ErrErased)) && want.Site != pruned && !down:
			b.wrong("capture %d of %s was not to be pruned", seq, want.Page)
			lost++
		case c.Digest.String() != want.Digest && !down:
			b.wrong("capture %d of %s has the digest %.12s, not %.12s; erased %q, a revisit of %d", seq, want.Page, c.Digest, want.Digest, c.Erased, c.RevisitOf)
			lost++
		}
	}
	for id := range l.runs {
		if _, err := s.Run(id); err != nil {
			b.wrong("run %d: %v", id, err)
			lost++
		}
	}
	for key := range l.taken {
		if _, found, err := s.LastCapture(key); found || err != nil || !s.Refuses(key) {
			b.wrong("%s was taken down: found %v, %v", key, found, err)
			back++
		}
	}
	return lost, back
}

// restored restores a backup and looks whether it holds what it should.
func (l *ledger) restored(b *bench, k backedUp) error {
	f, err := os.Open(k.Name)
	if err != nil {
		return err
	}
	defer f.Close()
	dir, err := b.folder("restored")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if _, err := archive.Restore(b.ctx, f, dir, archive.RestoreOptions{}); err != nil {
		return err
	}
	s, err := archive.Open(dir, archive.Options{VolumeSize: loadVolume})
	if err != nil {
		return err
	}
	defer s.Close()
	problems, err := sound(b.ctx, s)
	if err == nil && len(problems) > 0 {
		err = errors.New(problems[0])
	}
	if err != nil {
		return err
	}
	for seq, want := range l.captures {
		if seq > k.Seq || l.taking[want.Page] {
			continue
		}
		if c, err := s.CaptureHead(seq); err != nil || c.Digest.String() != want.Digest {
			return errors.Join(errors.New("it lacks a capture that was there"), err)
		}
	}
	return nil
}

var ownFiles = regexp.MustCompile(`^(archive\.db|archive\.lock|raw|raw/[0-9]{6}\.db|snapshots|snapshots/[a-z0-9-]+\.db)$`)

// leftovers names what is in an archive's folder and none of its files.
func leftovers(dir string) (list []string) {
	filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		rel, rerr := filepath.Rel(dir, path)
		if rel = filepath.ToSlash(rel); err == nil && rerr == nil && rel != "." && !ownFiles.MatchString(rel) {
			list = append(list, rel)
		}
		return nil
	})
	return list
}
