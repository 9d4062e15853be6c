package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"path/filepath"
	"time"
)

// A backup is archive.db and the raw volumes as they are at one moment, while
// others go on writing. archive.db is copied first, in one transaction: the
// volumes commit before it does, so every body that the copy speaks of is in
// the volumes, whenever they are copied. What they hold beyond that is adopted
// when the restored archive is opened. Free pages are not handed on.

// BackupOptions say how to back up.
type BackupOptions struct {
	Progress func(done, total int64) // bytes of the archive's files; may be nil
}

// A Manifest says what a backup holds. Its JSON form is stable.
type Manifest struct {
	Schema   int          `json:"schema"` // of this form
	Format   uint64       `json:"format"` // of the archive
	Created  time.Time    `json:"created"`
	Seq      Seq          `json:"seq"` // the last that it holds
	Captures int          `json:"captures"`
	Pages    int          `json:"pages"`
	Versions int          `json:"versions"`
	Files    []BackupFile `json:"files"`
}

// A BackupFile is one file of the archive in a backup.
type BackupFile struct {
	Name   string `json:"name"` // in the archive's folder
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Sealed bool   `json:"sealed,omitempty"` // nothing is added to it any more
	Stored string `json:"stored,omitempty"` // of a folder of backups: the file that holds it, packed
}

// A BackupReport says what became of a backup.
type BackupReport struct {
	Manifest
	Copied int      // files
	Kept   int      // files that a folder of backups had already
	Bytes  int64    // of the archive's files
	Packed int64    // of what was written
	Damage []Damage // in the archive: the backup has it, too, unless it kept a whole copy
}

const (
	manifestSchema = 1
	manifestFile   = "backup.json"
	sumsFile       = "SHA256SUMS"
	readmeFile     = "README.txt"
)

// A member is a file of the archive that goes into a backup.
type member struct {
	name    string
	size    int64
	sealed  bool
	changed time.Time // when it was last written to, by the archive's own clock
	damaged bool
	write   func(io.Writer) error // always the same bytes
}

// A copier walks the files of an archive for a backup.
type copier struct {
	s      *Store
	v      *verifier
	report *BackupReport
	o      BackupOptions
	done   int64
	total  int64
}

// members gives each file to take, which must be done with it on return. They
// are looked over on the way: an archive must not be found damaged years later,
// when the backups have it, too.
func (k *copier) members(ctx context.Context, take func(member) error) error {
	s := k.s
	s.layout.RLock()
	defer s.layout.RUnlock()
	k.v = newVerifier(ctx, s, VerifyOptions{})
	k.v.frames = true
	var volumes []storedVolume
	var last time.Time
	err := k.v.view(func() error {
		tx := k.v.tx
		format, err := tx.checkFormat()
		if err != nil {
			return err
		}
		st := *tx.state
		k.report.Manifest = Manifest{
			Schema: manifestSchema, Format: format, Created: st.created, Seq: Seq(st.seq),
			Captures: st.rows[bucketCaptures], Pages: st.rows[bucketURL], Versions: st.rows[bucketVersions],
		}
		if volumes, err = tx.volumeList(); err != nil {
			return err
		}
		k.total = tx.b.Size()
		for _, v := range volumes {
			k.total += fileSize(s.raw.path(v.id))
		}
		last = tx.lastFetch(st.created)
		k.v.state = st
		if err := k.v.catalog(); err != nil {
			return err
		}
		return take(member{
			name: catalogFile, size: tx.b.Size(), changed: last, damaged: len(k.v.report.Damage) > 0,
			write: func(w io.Writer) error { return copyFile(w, filepath.Join(s.dir, catalogFile), tx.b) },
		})
	})
	if err != nil {
		return err
	}
	for _, v := range volumes {
		if err := k.volume(v, last, take); err != nil {
			return err
		}
	}
	k.report.Damage = k.v.report.Damage
	return nil
}

func (k *copier) volume(v storedVolume, last time.Time, take func(member) error) error {
	before := len(k.v.report.Damage)
	if err := k.v.view(func() error { return k.v.volume(v.id) }); err != nil {
		return err
	}
	b, err := k.s.raw.beginRead(v.id)
	if errors.Is(err, ErrDamaged) {
		return nil // said by the verifier; there is nothing to copy
	}
	if err != nil {
		return err
	}
	defer rollback(b)
	m := member{name: volumeName(v.id), size: b.Size(), sealed: !v.sealed.IsZero(), changed: v.sealed, damaged: len(k.v.report.Damage) > before}
	if !m.sealed {
		m.changed = last
	}
	m.write = func(w io.Writer) error { return copyFile(w, k.s.raw.path(v.id), b) }
	return take(m)
}

// volumeList gives the volumes that the catalog knows.
func (tx *Tx) volumeList() ([]storedVolume, error) {
	var list []storedVolume
	err := tx.access(func() error {
		c := tx.bucket(bucketVolumes).Cursor()
		for key, value := c.First(); key != nil; key, value = c.Next() {
			content, err := tx.unframe(key, value, kindVolume, nil)
			var v storedVolume
			if err == nil {
				v, err = readVolume(numberOf(key), content)
			}
			if err != nil { // named by whoever verifies; the file is there all the same
				v = storedVolume{id: numberOf(key)}
			}
			list = append(list, v)
		}
		return nil
	})
	return list, err
}

// lastFetch is when the latest capture was fetched.
func (tx *Tx) lastFetch(none time.Time) time.Time {
	last := none
	_ = tx.access(func() error {
		key, _ := tx.bucket(bucketCaptures).Cursor().Last()
		if c, err := tx.capture(Seq(numberOf(key))); err == nil {
			last = c.FetchedAt
		}
		return nil
	})
	return last
}

// A tally counts and sums up what is written.
type tally struct {
	w   io.Writer
	sum hash.Hash
	n   int64
	k   *copier // to tell of progress; may be nil
}

func newTally(w io.Writer, k *copier) *tally { return &tally{w: w, sum: sha256.New(), k: k} }

func (t *tally) Write(b []byte) (int, error) {
	n, err := t.w.Write(b)
	t.sum.Write(b[:n])
	t.n += int64(n)
	if t.k != nil {
		t.k.done += int64(n)
		if t.k.o.Progress != nil {
			t.k.o.Progress(t.k.done, max(t.k.total, t.k.done))
		}
		if cerr := t.k.v.ctx.Err(); err == nil && cerr != nil {
			err = cerr
		}
	}
	return n, err
}

func (t *tally) hex() string { return hex.EncodeToString(t.sum.Sum(nil)) }

// sums are a manifest's checksums as sha256sum reads them.
func (m *Manifest) sums() string {
	var s string
	for _, f := range m.Files {
		s += fmt.Sprintf("%s  %s\n", f.SHA256, filepath.ToSlash(f.Name))
	}
	return s
}
