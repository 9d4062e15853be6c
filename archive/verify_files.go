package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.etcd.io/bbolt"
)

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
	head, whole, err := headOf(f, pageSize, b)
	if errors.Is(err, errOvertaken) {
		return unwalked, err
	}
	v.report.Files++
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

// errOvertaken says that a writer has written over the head of the state that
// was to be looked at. It is looked at anew, as it is then.
var errOvertaken = errors.New("two commits came in between")

// headOf finds the head of the state that b sees: a writer may be at work, and
// its next head but one takes that one's place.
func headOf(f *os.File, pageSize int, b *bbolt.Tx) (boltHead, int, error) {
	head, whole, err := readHead(f, pageSize)
	for n := 0; err == nil && whole < 2 && n < 3; n++ { // one was being written, perhaps
		head, whole, err = readHead(f, pageSize)
	}
	if err != nil {
		return head, whole, err
	}
	want, later := uint64(b.ID()), 0
	for i := range 2 {
		page := make([]byte, boltPageLen+boltMetaLen)
		if _, err := f.ReadAt(page, int64(i*pageSize)); err != nil {
			return boltHead{}, 0, err
		}
		h, err := parseHead(page)
		if err == nil && h.txid == want {
			return h, whole, nil
		}
		if err == nil && h.txid > want {
			later++
		}
	}
	if later == 2 {
		return boltHead{}, 0, errOvertaken
	}
	return boltHead{}, 0, fmt.Errorf("the head of state %d is gone", want)
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
			if e.bucket == bucketDicts {
				v.dictionaryCopy(id, e, bodies)
				return nil
			}
			if e.bucket != bucketBodies {
				v.add(Damage{File: volumeName(id), Record: "bucket " + e.bucket, Problem: "it should not be there"})
				return nil
			}
			bodies.at[numberOf(e.key)] = place{at: e.at, size: e.size}
			if v.frames {
				v.frameOf(id, e)
			}
			return nil
		})
		if err != nil {
			return err
		}
		return v.volumeBodies(id, bodies)
	})
	if errors.Is(err, fs.ErrPermission) { // its bodies may be whole
		v.add(Damage{File: volumeName(id), Record: "file", Problem: err.Error()})
		return nil
	}
	if errors.Is(err, ErrDamaged) {
		v.add(Damage{File: volumeName(id), Record: "file", Problem: err.Error()})
		return v.volumeBodies(id, newVolumeBodies(v.s))
	}
	return err
}

// dictionaryCopy looks at a volume's copy of a dictionary.
func (v *verifier) dictionaryCopy(volume uint64, e entry, bodies *volumeBodies) {
	value, err := e.value()
	if err == nil {
		_, err = v.s.readDictionary(e.key, value)
	}
	if err != nil {
		v.add(Damage{File: volumeName(volume), Record: recordName(bucketDicts, e.key), Problem: err.Error()})
		return
	}
	bodies.dicts[numberOf(e.key)] = place{at: e.at, size: e.size}
}

// frameOf looks at the checksum of a body.
func (v *verifier) frameOf(volume uint64, e entry) {
	value, err := e.value()
	if err == nil {
		_, err = parseFrame(e.key, value, kindBody)
	}
	if err == nil {
		return
	}
	seq := Seq(numberOf(e.key))
	page, url := v.nameOfCapture(seq)
	v.add(Damage{File: volumeName(volume), Record: recordName(bucketBodies, e.key), Page: page, URL: url, Seq: seq, Problem: err.Error()})
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
	leaving, err := v.tx.pending()
	if _, is := leaving.volumes[id]; is || err != nil || slices.Contains(leaving.drop, id) {
		return nil // of what was deleted from the catalog it is to be rid yet, as soon as there is room
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
