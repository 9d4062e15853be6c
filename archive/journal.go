package archive

import (
	"context"
	"fmt"
	"iter"

	"pressmark/extract/urlkey"
)

// An Op says what came into the journal.
type Op string

// What comes into the journal.
const (
	OpCapture Op = "capture"
	OpVersion Op = "version"
	OpChange  Op = "change"
	OpStory   Op = "story"    // a story was founded, or its members changed
	OpTaken   Op = "takedown" // a page, or a version of it, was taken down
	OpReset   Op = "reset"    // all conclusions before it were dropped
)

// An Entry is one line of the journal.
type Entry struct {
	Seq     Seq
	Op      Op
	Page    urlkey.Key // of a capture, version, change or takedown
	Version int        // of a version, of a change (To), and of a takedown, 0 when the whole page was taken down
	Story   StoryID    // of a story
}

const entryVersion = 1

func entryRecord(e *Entry) []byte {
	w := newRecord(entryVersion)
	w.text(1, string(e.Op))
	w.text(2, string(e.Page))
	w.int(3, e.Version)
	w.text(4, string(e.Story))
	return w.b
}

func readEntry(seq Seq, b []byte) (Entry, error) {
	e := Entry{Seq: seq}
	err := readRecord(b, entryVersion, func(field int, v value) error {
		switch field {
		case 1:
			e.Op = Op(v.text())
		case 2:
			e.Page = urlkey.Key(v.text())
		case 3:
			e.Version = v.int()
		case 4:
			e.Story = StoryID(v.text())
		}
		return nil
	})
	return e, err
}

// log writes an entry and gives its place.
func (tx *Tx) log(e Entry) (uint64, error) {
	seq, err := tx.nextSeq()
	if err != nil {
		return 0, err
	}
	key, content := number(seq), entryRecord(&e)
	f := frame{kind: kindEntry, codec: codecPlain, size: uint64(len(content)), payload: content}
	return seq, tx.add(bucketJournal, key, appendFrame(nil, key, f))
}

// Journal gives what came after a place in it, in order: what was captured and
// what was concluded.
func (s *Store) Journal(ctx context.Context, after Seq) iter.Seq2[Entry, error] {
	concluded := scan(ctx, s, scanOf[Entry]{bucket: bucketJournal, from: number(uint64(after) + 1), read: func(tx *Tx, key, v []byte) (Entry, bool, error) {
		content, err := tx.unframe(key, v, kindEntry, nil)
		if err != nil {
			return Entry{}, false, err
		}
		e, err := readEntry(Seq(numberOf(key)), content)
		return e, true, err
	}})
	return func(yield func(Entry, error) bool) {
		// What was there when it was asked for; what comes in meanwhile would
		// come in one of the two rows only.
		var last Seq
		if err := s.View(func(tx *Tx) error {
			err := tx.loadState()
			if err == nil {
				last = Seq(tx.state.seq)
			}
			return err
		}); err != nil {
			yield(Entry{}, fmt.Errorf("journal: %w", err))
			return
		}
		next, stop := iter.Pull2(concluded)
		defer stop()
		e, err, more := next()
		for c, cerr := range s.Captures(ctx, after) {
			if c.Seq > last {
				break
			}
			for more && (err != nil || e.Seq < c.Seq) {
				if !yield(e, err) {
					return
				}
				e, err, more = next()
			}
			entry := Entry{Seq: c.Seq, Op: OpCapture, Page: c.Page}
			if cerr != nil {
				entry = Entry{}
			}
			if !yield(entry, cerr) {
				return
			}
		}
		for ; more && (err != nil || e.Seq <= last); e, err, more = next() {
			if !yield(e, err) {
				return
			}
		}
	}
}
