package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

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
}

// Verify looks the archive over and names what is damaged: the pages of its
// files, the checksums of the catalog, the counts, and whether records and
// indexes agree. A deep look also unpacks every text and body. Others may read
// and write meanwhile. The error is for being unable to look, not for damage.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	if o.Of < 0 || o.Part < 0 || o.Part > o.Of || o.Of > 0 && o.Part == 0 {
		return Report{}, fmt.Errorf("verify: part %d of %d", o.Part, o.Of)
	}
	v := &verifier{s: s, ctx: ctx, o: o, named: map[string]bool{}, rows: map[string]int{}, bodies: map[uint64][]uint64{}}
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
}

func (v *verifier) run() error {
	err := v.view(func() error {
		if err := v.tx.loadState(); err != nil {
			v.add(Damage{File: catalogFile, Record: "state", Problem: err.Error()})
			v.tx.state = &state{}
		}
		v.state = *v.tx.state
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

// view runs f in a reading transaction of its own.
func (v *verifier) view(f func() error) error {
	return v.s.View(func(tx *Tx) error {
		v.tx = tx
		return f()
	})
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

// A walked is what came of a walk through a file's pages.
type walked int

const (
	sound    walked = iota // but for what was reported
	tangled                // the pages lead in circles: bbolt must not follow them
	unwalked               // the file has no beginning, or no end
)

// walkFile walks the pages of a file that is open in b, as b sees them.
func (v *verifier) walkFile(file, path string, pageSize int, b *bbolt.Tx, each func(entry) error) (walked, error) {
	f, err := os.Open(path)
	if err != nil {
		v.add(Damage{File: file, Record: "file", Problem: err.Error()})
		return unwalked, nil
	}
	defer f.Close()
	v.report.Files++
	head, whole, err := v.headOf(f, pageSize, b)
	if err != nil {
		v.add(Damage{File: file, Record: "first pages", Problem: err.Error()})
		return unwalked, nil
	}
	if whole < 2 {
		v.add(Damage{File: file, Record: "first pages", Problem: "one of the two heads is damaged; if it was the newer one, the last commit is lost"})
	}
	info, err := f.Stat()
	if err != nil {
		return unwalked, err
	}
	if need := int64(head.pages) * int64(pageSize); info.Size() < need {
		v.add(Damage{File: file, Record: "file", Problem: fmt.Sprintf("cut short: %d bytes of at least %d", info.Size(), need)})
		return unwalked, nil
	}
	// Once for the pages only, for what each does may ask bbolt; then again.
	w := &walker{r: f, head: head, each: func(entry) error { return v.ctx.Err() }, problem: func(bucket, why string) {
		record := "pages"
		if bucket != "" {
			record = "bucket " + strings.ToValidUTF8(bucket, "?")
		}
		// Each is damage of its own, but a destroyed page can make thousands.
		if len(v.report.Damage) < maxPageDamage {
			v.report.Damage = append(v.report.Damage, Damage{File: file, Record: record, Problem: why})
		}
	}}
	if err := w.walk(); err != nil {
		return unwalked, err
	}
	if w.tangle {
		return tangled, nil
	}
	w.problem = func(string, string) {}
	w.each = func(e entry) error {
		v.report.Records++
		if err := v.step(); err != nil {
			return err
		}
		return each(e)
	}
	return sound, w.walk()
}

// maxPageDamage bounds what is reported of damaged pages.
const maxPageDamage = 1000

// headOf finds the head of the state that b sees: a writer may be at work, and
// its next head but one takes that one's place.
func (v *verifier) headOf(f *os.File, pageSize int, b *bbolt.Tx) (boltHead, int, error) {
	head, whole, err := readHead(f, pageSize)
	if err != nil || b == nil {
		return head, whole, err
	}
	want := uint64(b.ID())
	for i := range 2 {
		page := make([]byte, boltPageLen+boltMetaLen)
		if _, err := f.ReadAt(page, int64(i*pageSize)); err != nil {
			return boltHead{}, 0, err
		}
		if h, err := parseHead(page); err == nil && h.txid == want {
			return h, whole, nil
		}
	}
	// Written over since b began, or damaged. What bbolt mapped tells it.
	return boltHead{}, 0, fmt.Errorf("the head of state %d is gone", want)
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
	d := Damage{File: catalogFile, Record: recordName(bucket, key), Problem: problem.Error()}
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

// volumes looks at the raw volumes.
func (v *verifier) volumes() error {
	last := v.state.volume
	for id := range v.bodies {
		last = max(last, id) // the state may be what is damaged
	}
	known := map[string]bool{}
	for id := uint64(1); id <= last; id++ {
		known[filepath.Base(volumeName(id))] = true
		err := v.view(func() error {
			if len(v.bodies[id]) == 0 && !v.there(bucketVolumes, number(id)) {
				return nil // a number that was passed over
			}
			return v.volume(id)
		})
		if err != nil {
			return err
		}
	}
	files, err := os.ReadDir(v.s.raw.dir)
	if err != nil {
		v.add(Damage{File: rawFolder, Record: "folder", Problem: err.Error()})
	}
	for _, f := range files {
		// A volume that was begun since has a higher number.
		if name := f.Name(); strings.HasSuffix(name, ".db") && !known[name] && name <= filepath.Base(volumeName(last)) {
			v.add(Damage{File: rawFolder + "/" + name, Record: "file", Problem: "the catalog does not know it"})
		}
	}
	return nil
}

// volume looks at one raw volume.
func (v *verifier) volume(id uint64) error {
	bodies := newVolumeBodies(v.s)
	err := v.s.raw.read(id, func(b *bbolt.Tx) error {
		_, err := v.walkFile(volumeName(id), v.s.raw.path(id), rawPage, b, func(e entry) error {
			if e.bucket != bucketBodies {
				v.add(Damage{File: volumeName(id), Record: "bucket " + e.bucket, Problem: "it should not be there"})
				return nil
			}
			bodies.at[numberOf(e.key)] = place{at: e.at, size: e.size}
			return nil
		})
		if err != nil {
			return err
		}
		return v.volumeBodies(id, bodies)
	})
	if errors.Is(err, ErrDamaged) {
		v.add(Damage{File: volumeName(id), Record: "file", Problem: err.Error()})
		return v.volumeBodies(id, newVolumeBodies(v.s))
	}
	return err
}

// volumeBodies looks at the bodies that should be in a volume, and for such as should not.
func (v *verifier) volumeBodies(id uint64, bodies *volumeBodies) error {
	if f, err := os.Open(v.s.raw.path(id)); err == nil {
		defer f.Close()
		bodies.file = f
	}
	owned := map[uint64]bool{}
	for _, seq := range v.bodies[id] {
		owned[seq] = true
		if err := v.body(id, Seq(seq), bodies); err != nil {
			return err
		}
	}
	for seq := range bodies.at {
		// Later ones came in since, or are what a crash left behind: the next
		// that writes takes them out.
		if seq < lastOf(v.bodies[id]) && !owned[seq] {
			v.add(Damage{File: volumeName(id), Record: recordName(bucketBodies, number(seq)), Seq: Seq(seq), Problem: "the catalog knows of no such body"})
		}
	}
	return nil
}

func lastOf(list []uint64) uint64 {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1]
}

// body looks at one body.
func (v *verifier) body(volume uint64, seq Seq, bodies *volumeBodies) error {
	problem := error(nil)
	if _, there := bodies.at[uint64(seq)]; !there {
		problem = errors.New("the body is not there")
	} else if v.o.Deep && v.mine(uint64(seq)) {
		if err := v.step(); err != nil {
			return err
		}
		v.report.Captures++
		problem = bodies.check(v.tx, seq)
	}
	if problem == nil {
		return nil
	}
	key, url := v.nameOfCapture(seq)
	v.add(Damage{File: volumeName(volume), Record: recordName(bucketBodies, number(uint64(seq))), Page: key, URL: url, Seq: seq, Problem: problem.Error()})
	return nil
}
