package archive

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"time"

	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

var errSoon = errors.New("archive: being written")

// MaxRecord bounds one body or one text.
const MaxRecord = 64 << 20

// Options say how to open an archive. The zero value is good.
type Options struct {
	ReadOnly   bool             // many processes may read at once, none while one writes
	Wait       time.Duration    // how long to wait for another process to let go; 0 means a quarter of a second
	Holder     string           // what others are told of this process, such as "pressmark run"
	Now        func() time.Time // nil means time.Now
	Log        *slog.Logger     // nil means silence
	VolumeSize int64            // a raw volume is sealed at this size; 0 means 4 GiB
	VolumeAge  time.Duration    // or at this age; 0 means 31 days
}

// A Store is an open archive.
type Store struct{}

// Create makes a new archive in dir, which is made when it is not there, and opens it.
// ErrExists when there is one already.
func Create(dir string, o Options) (*Store, error) { return nil, errSoon }

// Open opens the archive in dir. ErrNotFound, ErrInUse, ErrDamaged, ErrNewer.
func Open(dir string, o Options) (*Store, error) { return nil, errSoon }

// Close waits for what was begun and lets go of the files.
func (s *Store) Close() error { return errSoon }

// Append stores a capture; it is durable on return. It fills Seq, Page (when
// empty), Digest and RevisitOf. It may be called from many goroutines at once,
// whose captures then share one commit. A 304 becomes a revisit of the page's last body.
// After an error nothing was stored; after ErrFull it can be tried again when there is room.
func (s *Store) Append(ctx context.Context, c Capture) (Capture, error) { return c, errSoon }

// Capture gives a capture whole; the body of a revisit is that of the capture it revisits.
func (s *Store) Capture(seq Seq) (Capture, error) { return Capture{}, errSoon }

// Captures gives the captures after the given one, oldest first, without bodies.
// A record that can't be read is given as an error, and the next ones follow.
func (s *Store) Captures(ctx context.Context, after Seq) iter.Seq2[Capture, error] {
	return func(yield func(Capture, error) bool) {}
}

// LastCapture gives the latest capture of a page, without body.
func (s *Store) LastCapture(page urlkey.Key) (Capture, bool, error) {
	return Capture{}, false, errSoon
}

// View runs fn in a reading transaction: all it sees is of one moment.
// Keep it short, and don't call Append or Update within.
func (s *Store) View(fn func(*Tx) error) error { return errSoon }

// Update runs fn once in a writing transaction, which is durable when Update
// returns nil and has not happened when it returns an error.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error { return errSoon }

// A Tx is a transaction over an archive's conclusions. It is good until the
// function that was given it returns.
type Tx struct{}

// Page gives what is known of a page; false when nothing was concluded yet.
func (tx *Tx) Page(key urlkey.Key) (Page, bool, error) { return Page{}, false, errSoon }

// PutPage stores what is known of a page.
func (tx *Tx) PutPage(p Page) error { return errSoon }

// Version gives a version whole. ErrNoSuch.
func (tx *Tx) Version(id VersionID) (Version, error) { return Version{}, errSoon }

// Brief gives a version without its Article and Sketch, which is quick. ErrNoSuch.
func (tx *Tx) Brief(id VersionID) (Version, error) { return Version{}, errSoon }

// Latest gives the latest version of a page, whole; false when it has none.
func (tx *Tx) Latest(key urlkey.Key) (Version, bool, error) { return Version{}, false, errSoon }

// Versions gives all versions of a page, whole, oldest first; none is no error.
func (tx *Tx) Versions(key urlkey.Key) ([]Version, error) { return nil, errSoon }

// PutVersion stores a new version, which must be the one after the page's
// latest, and fills its Doc. For a version that is there already it moves
// Last, LastSeen, URL, Site and Story; its article and sketch never change.
func (tx *Tx) PutVersion(v *Version) error { return errSoon }

// VersionByDoc gives the version with a Doc number. ErrNoSuch.
func (tx *Tx) VersionByDoc(doc uint64) (VersionID, error) { return VersionID{}, errSoon }

// PutChange stores a change and fills its Seq.
func (tx *Tx) PutChange(c *Change) error { return errSoon }

// PutSighting stores the conclusion drawn from a capture, in place of an earlier one.
func (tx *Tx) PutSighting(s Sighting) error { return errSoon }

// Sighting gives the conclusion drawn from a capture; false when none was drawn yet.
func (tx *Tx) Sighting(seq Seq) (Sighting, bool, error) { return Sighting{}, false, errSoon }

// Sightings gives the sightings of a page, oldest first.
func (tx *Tx) Sightings(key urlkey.Key) ([]Sighting, error) { return nil, errSoon }

// Story gives a story. ErrNoSuch.
func (tx *Tx) Story(id StoryID) (Story, error) { return Story{}, errSoon }

// PutStory stores a story whole.
func (tx *Tx) PutStory(s Story) error { return errSoon }

// AddPosting notes that document doc has the key.
func (tx *Tx) AddPosting(key, doc uint64) error { return errSoon }

// Postings gives documents that have the key, oldest first, at most limit, and how many have it in all.
func (tx *Tx) Postings(key uint64, limit int) (docs []uint64, total int, err error) {
	return nil, 0, errSoon
}

// Index is the transaction as dedup.Place wants it. What Place needs of a new
// version is added with PutVersion and AddPosting.
func (tx *Tx) Index() dedup.Index { return nil }

// Cursor gives how far a follower of the journal has come; 0 for a new one.
func (tx *Tx) Cursor(name string) (Seq, error) { return 0, errSoon }

// SetCursor notes how far a follower has come. Reset forgets the cursors
// named "ingest" or "ingest/…", the others stay.
func (tx *Tx) SetCursor(name string, at Seq) error { return errSoon }

// A Filter chooses. Its zero value chooses everything, in order of arrival.
type Filter struct {
	Site         string     // pages, versions and changes of the site; stories and runs with a part in it
	Page         urlkey.Key // versions and changes of the page
	Since, Until time.Time  // after Since and not after Until: FirstSeen of pages and versions, Before of changes, Started of runs, the Seen of a story's member
	Language     string     // pages (by their latest version) and versions: "en" takes "en-GB" too
	States       []PageState
	After        Seq // versions and changes that came into the journal after it
	Run          RunID
	Limit        int  // 0 means no limit
	Newest       bool // latest arrival first
}

// Pages gives pages, in the order in which they were first captured.
// Here as in the other queries a record that can't be read is given as an
// error and the next ones follow.
func (s *Store) Pages(ctx context.Context, f Filter) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {}
}

// Versions gives versions whole, in the order of arrival.
func (s *Store) Versions(ctx context.Context, f Filter) iter.Seq2[Version, error] {
	return func(yield func(Version, error) bool) {}
}

// Changes gives changes in the order of the journal.
func (s *Store) Changes(ctx context.Context, f Filter) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {}
}

// Stories gives stories in the order in which they were founded.
func (s *Store) Stories(ctx context.Context, f Filter) iter.Seq2[Story, error] {
	return func(yield func(Story, error) bool) {}
}

// Runs gives runs in the order in which they began.
func (s *Store) Runs(ctx context.Context, f Filter) iter.Seq2[Run, error] {
	return func(yield func(Run, error) bool) {}
}

// SightingsOfRun gives what became of a run's captures.
func (s *Store) SightingsOfRun(ctx context.Context, run RunID) iter.Seq2[Sighting, error] {
	return func(yield func(Sighting, error) bool) {}
}

// An Op says what came into the journal.
type Op string

// What comes into the journal.
const (
	OpCapture Op = "capture"
	OpVersion Op = "version"
	OpChange  Op = "change"
	OpStory   Op = "story" // a story was founded, or its members changed
	OpReset   Op = "reset" // all conclusions before it were dropped
)

// An Entry is one line of the journal.
type Entry struct {
	Seq     Seq
	Op      Op
	Page    urlkey.Key // for captures, versions and changes
	Version int        // for versions, and changes (To)
	Story   StoryID    // for stories
}

// Journal gives what happened after the given moment, in order: what was
// captured and what was concluded.
func (s *Store) Journal(ctx context.Context, after Seq) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {}
}

// Resolve finds the page that a person means: the first digits of its ID, at
// least four, or a URL. ErrNoSuch, ErrAmbiguous.
func (s *Store) Resolve(name string) (urlkey.Key, error) { return "", errSoon }

// NewRun stores a run and gives it its number.
func (s *Store) NewRun(ctx context.Context, r Run) (Run, error) { return r, errSoon }

// PutRun stores a run again. ErrNoSuch when it has no number of this archive.
func (s *Store) PutRun(ctx context.Context, r Run) error { return errSoon }

// Run gives a run. ErrNoSuch.
func (s *Store) Run(id RunID) (Run, error) { return Run{}, errSoon }

// Reset drops all conclusions: pages, versions, stories, changes, sightings
// and ingest's cursors. Captures, runs and the other cursors stay, and what is
// concluded anew comes into the journal anew.
func (s *Store) Reset(ctx context.Context) error { return errSoon }

// Stats are an archive's figures.
type Stats struct {
	Captures, Bodies, Pages, Versions, Sightings, Stories, Changes, Runs int
	BodyBytes                                                            int64 // of the distinct bodies, as received
	BodyStored                                                           int64 // as kept
	TextBytes                                                            int64 // of the versions' records
	TextStored                                                           int64
	CatalogSize                                                          int64 // of archive.db on disk
	Volumes                                                              int
	RawSize                                                              int64 // of the raw volumes on disk
	Seq                                                                  Seq   // the latest of the journal
}

// Stats counts.
func (s *Store) Stats() (Stats, error) { return Stats{}, errSoon }

// VerifyOptions say how closely to look.
type VerifyOptions struct {
	Deep     bool                  // read every byte: checksums, digests, delta chains
	Part, Of int                   // of a deep look only part 1 … Of; 0, 0 means all
	Progress func(done, total int) // may be nil
}

// A Report is what Verify found.
type Report struct {
	Files    int // looked at
	Captures int // bodies read again, in a deep look
	Versions int // texts read again, in a deep look
	Records  int // of all kinds
	Damage   []Damage
}

// Damage is a thing that is not as it was written.
type Damage struct {
	File    string // archive.db, raw/000001.db
	Record  string // what it is: "capture 17", "version 3f9a01c2@2", "index ix_digest"
	URL     string // of the page, when it is known
	Page    urlkey.Key
	Version int
	Seq     Seq // of the capture
	Problem string
}

// Verify looks the archive over and names what is damaged. The error is for
// being unable to look, not for damage.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	return Report{}, errSoon
}
