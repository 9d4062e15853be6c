package archive

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"pressmark/extract/urlkey"
)

// VerifyOptions say how closely to look.
type VerifyOptions struct {
	Deep     bool                  // unpack every text and body, and look whether it is what was put in
	Part, Of int                   // of a deep look only part 1 … Of, so that a large archive can be read in turns; 0, 0 means all
	Progress func(done, total int) // called now and then; may be nil
}

// A Report is what Verify found.
type Report struct {
	Files    int // looked at
	Records  int // of all kinds
	Captures int // bodies unpacked, in a deep look
	Versions int // texts unpacked, in a deep look
	Damage   []Damage
}

// Damage is a thing that is not as it was written.
type Damage struct {
	File    string // archive.db, raw/000001.db
	Record  string // what it is: "capture 17", "text of version 3f9a01c2@2", "index ix_digest"
	Page    urlkey.Key
	URL     string // of the page or capture, when it is known
	Version int
	Seq     Seq // of the capture, when it is one
	Problem string
	// Concluded says that the captures have it: what was lost can be drawn from them again.
	Concluded bool
}

// Verify looks the archive over and names what is damaged: the pages of its
// files, the checksums of the catalog, the counts, and whether records and
// indexes agree. A deep look also unpacks every text and body. Others may read
// and write meanwhile. The error is for being unable to look, not for damage.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	if o.Of < 0 || o.Part < 0 || o.Part > o.Of || o.Of > 0 && o.Part == 0 {
		return Report{}, fmt.Errorf("verify: part %d of %d", o.Part, o.Of)
	}
	s.layout.RLock() // it looks at files more than once
	defer s.layout.RUnlock()
	v := newVerifier(ctx, s, o)
	if err := v.run(); err != nil {
		return Report{}, fmt.Errorf("verify: %w", err)
	}
	return v.report, nil
}

// A verifier looks at archive.db as it is at one moment, and then at the
// volumes, one after another. What comes in meanwhile is not looked at.
type verifier struct {
	s      *Store
	ctx    context.Context // of one call of Verify, which is as long as the verifier lives
	o      VerifyOptions
	tx     *Tx
	state  state
	report Report
	named  map[string]bool
	done   int
	total  int

	rows   map[string]int
	bodies map[uint64][]uint64 // by volume, the captures whose bodies should be in it
	frames bool                // look at the checksums of bodies without unpacking them
}

func newVerifier(ctx context.Context, s *Store, o VerifyOptions) *verifier {
	return &verifier{s: s, ctx: ctx, o: o, named: map[string]bool{}, rows: map[string]int{}, bodies: map[uint64][]uint64{}}
}

func (v *verifier) run() error {
	err := v.view(func() error {
		if err := v.tx.loadState(); err != nil {
			v.add(Damage{File: catalogFile, Record: "state", Problem: err.Error()})
			v.tx.state = &state{}
		}
		v.state, v.total = *v.tx.state, 0
		for _, n := range v.state.rows {
			v.total += n
		}
		if v.o.Deep {
			v.total += (v.state.rows[bucketVersions] + v.state.rows[bucketDigest]) / max(1, v.o.Of)
		}
		return v.catalog()
	})
	if err != nil {
		return err
	}
	if err := v.volumes(); err != nil {
		return err
	}
	slices.SortStableFunc(v.report.Damage, func(a, b Damage) int { return strings.Compare(a.File, b.File) })
	return nil
}

// view runs f in a reading transaction of its own: in another one when writers
// were quicker than f came to look at a file.
func (v *verifier) view(f func() error) error {
	for {
		err := v.s.View(func(tx *Tx) error {
			v.tx = tx
			return f()
		})
		if !errors.Is(err, errOvertaken) || v.ctx.Err() != nil {
			return err
		}
	}
}

// step counts a piece of work done, and ends the work when ctx does.
func (v *verifier) step() error {
	v.done++
	if v.done%256 == 0 {
		if v.o.Progress != nil {
			v.o.Progress(v.done, max(v.total, v.done))
		}
		return v.ctx.Err()
	}
	return nil
}

// mine reports whether a record is of the part to look at deeply.
func (v *verifier) mine(n uint64) bool {
	return v.o.Of == 0 || n%uint64(v.o.Of) == uint64(v.o.Part-1)
}

// add notes damage, once for each record.
func (v *verifier) add(d Damage) {
	name := d.File + "\x00" + d.Record
	if v.named[name] {
		return
	}
	v.named[name] = true
	v.report.Damage = append(v.report.Damage, d)
}

// catalog looks at archive.db.
func (v *verifier) catalog() error {
	outcome, err := v.walkFile(catalogFile, filepath.Join(v.s.dir, catalogFile), catalogPage, v.tx.b, func(e entry) error {
		v.rows[e.bucket]++
		value, err := e.value()
		if err != nil {
			v.damagedRecord(e.bucket, e.key, err)
			return nil
		}
		return v.checkEntry(e.bucket, e.key, value)
	})
	if err != nil {
		return err
	}
	if outcome != sound {
		v.add(Damage{File: catalogFile, Record: "contents", Problem: "they were not looked at, the pages being so damaged"})
		return nil
	}
	for _, name := range buckets() {
		if want := v.state.rows[name]; v.rows[name] != want {
			v.add(Damage{File: catalogFile, Record: "count of " + name, Problem: fmt.Sprintf("%d records, should be %d", v.rows[name], want)})
		}
	}
	if v.o.Deep {
		return v.texts()
	}
	return nil
}

// texts unpacks every version.
func (v *verifier) texts() error {
	var at []byte
	for more := true; more; {
		w := scanOf[[]byte]{bucket: bucketVersions, from: at, read: func(tx *Tx, key, _ []byte) ([]byte, bool, error) {
			return slices.Clone(key), true, nil
		}}
		var chunk []scanned[[]byte]
		var err error
		if chunk, at, more, err = w.chunk(v.tx, at, 0, chunkItems); err != nil {
			v.add(Damage{File: catalogFile, Record: "bucket " + bucketVersions, Problem: err.Error()})
			return nil
		}
		for _, x := range chunk {
			page, n := versionOf(x.item)
			b, err := v.tx.version(page, n)
			if err != nil {
				v.damagedRecord(bucketVersions, x.item, err)
				continue
			}
			if !v.mine(b.Doc) {
				continue
			}
			if err := v.step(); err != nil {
				return err
			}
			v.report.Versions++
			if _, err := v.tx.complete(page, &b); err != nil {
				v.damagedRecord(bucketTexts, x.item, err)
			}
		}
	}
	return nil
}

// damagedRecord notes damage to a record of archive.db, with the name of the
// page that it belongs to, when that can be found out.
func (v *verifier) damagedRecord(bucket string, key []byte, problem error) {
	d := Damage{File: catalogFile, Record: recordName(bucket, key), Problem: problem.Error(), Concluded: slices.Contains(conclusions(), bucket)}
	switch bucket {
	case bucketVersions, bucketTexts, bucketSketches:
		page, n := versionOf(key)
		d.Version = n
		d.Page, d.URL = v.nameOf(page)
		if d.Page != "" {
			what := map[string]string{bucketVersions: "version", bucketTexts: "text of version", bucketSketches: "sketch of version"}[bucket]
			d.Record = what + " " + VersionID{d.Page, n}.String()
		}
	case bucketPages:
		if d.Page, d.URL = v.nameOf(numberOf(key)); d.Page != "" {
			d.Record = "page " + d.Page.ID()
		}
	case bucketCaptures:
		d.Seq = Seq(numberOf(key))
		d.Page, d.URL = v.nameOfCapture(d.Seq)
	case bucketSightings:
		d.Seq = Seq(numberOf(key))
		if c, err := v.tx.capture(d.Seq); err == nil {
			d.Page, d.URL = c.Page, c.URL
		}
	}
	v.add(d)
}

// nameOf finds the name of a page by its number, by whatever is still there.
func (v *verifier) nameOf(page uint64) (key urlkey.Key, url string) {
	content, found, err := v.tx.content(bucketPages, number(page), kindPage, nil)
	if err == nil && found {
		if p, err := readPage(content); err == nil {
			return p.Key, p.URL
		}
	}
	_ = v.tx.eachBack(page, func(seq Seq, _ uint64) (bool, error) {
		if c, err := v.tx.capture(seq); err == nil {
			key, url = c.Page, c.URL
			return false, nil
		}
		return true, nil
	})
	return key, url
}

// nameOfCapture finds the page of a capture whose record can't be read: by the index of captures.
func (v *verifier) nameOfCapture(seq Seq) (urlkey.Key, string) {
	if c, err := v.tx.capture(seq); err == nil {
		return c.Page, c.URL
	}
	var page uint64
	_ = v.tx.access(func() error {
		c := v.tx.bucket(bucketCapture).Cursor()
		for key, _ := c.First(); key != nil; key, _ = c.Next() {
			if len(key) == 16 && Seq(numberOf(key[8:])) == seq {
				page = numberOf(key)
				break
			}
		}
		return nil
	})
	if page == 0 {
		return "", ""
	}
	return v.nameOf(page)
}
