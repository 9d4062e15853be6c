package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// perCommit is how many texts share a transaction, as in a crawl.
const perCommit = 64

// stored grows one archive with the store and prints a line whenever it has come to a size: what the texts since the size
// before have cost, and what of the disk is taken by all of them.
func stored(args []string) error {
	f := flag.NewFlagSet("stories stored", flag.ContinueOnError)
	sizes := f.String("texts", "10000,100000", "sizes to print a line at, rising, with commas between")
	work := f.Bool("work", false, "only what does not depend on the machine: what was looked at, the disk, and what was found")
	seed := f.Uint64("seed", 1, "of the texts")
	if err := f.Parse(args); err != nil {
		return err
	}
	var at []int
	for _, s := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || len(at) > 0 && n <= at[len(at)-1] {
			return fmt.Errorf("-texts %s: %q is no number of texts above the one before", *sizes, s)
		}
		at = append(at, n)
	}
	dir, err := os.MkdirTemp("", "stories-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	store, err := archive.Create(filepath.Join(dir, "archive"), archive.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	g := &growing{store: store, dir: filepath.Join(dir, "archive"), desk: newDesk(*seed), tally: newTally(), timed: !*work}
	g.head()
	for _, n := range at {
		if err := g.to(n); err != nil {
			return err
		}
		if err := g.line(); err != nil {
			return err
		}
	}
	return nil
}

// A growing archive counts what its texts cost since the last line.
type growing struct {
	store   *archive.Store
	dir     string
	desk    *desk
	tally   tally
	timed   bool
	storyOf []int

	n, printed      int
	looked          looked
	sketching       time.Duration
	placing, filing time.Duration
	cpu             time.Duration // of everything but the invention of texts
}

// looked counts what Place asks of an index.
type looked struct {
	keys, found, documents, stories, sketches int
}

// A counted is an archive's index that counts what is asked.
type counted struct {
	dedup.Index
	*looked
}

func (c counted) Postings(key uint64) ([]dedup.DocID, int, error) {
	docs, total, err := c.Index.Postings(key)
	c.keys++
	if len(docs) > 0 {
		c.found++
	}
	c.documents += len(docs)
	return docs, total, err
}

func (c counted) Sketch(doc dedup.DocID) (dedup.Sketch, error) {
	c.sketches++
	return c.Index.Sketch(doc)
}

func (c counted) Story(doc dedup.DocID) (string, []dedup.DocID, error) {
	c.stories++
	return c.Index.Story(doc)
}

func (c counted) StoryOf(doc dedup.DocID) (string, error) {
	c.stories++
	return c.Index.(dedup.Namer).StoryOf(doc)
}

// to brings the archive to so many texts.
func (g *growing) to(n int) error {
	for g.n < n {
		texts := make([]made, 0, perCommit)
		for len(texts) < perCommit && g.n+len(texts) < n {
			texts = append(texts, g.desk.next())
		}
		before := processor()
		begun := time.Now()
		sketches := make([]dedup.Sketch, len(texts))
		for i, m := range texts {
			sketches[i] = dedup.NewSketch(m.text)
		}
		g.sketching += time.Since(begun)
		if err := g.store.Update(context.Background(), func(tx *archive.Tx) error {
			for i, m := range texts {
				if err := g.put(tx, g.n+i, m, sketches[i]); err != nil {
					return fmt.Errorf("text %d: %w", g.n+i, err)
				}
			}
			return nil
		}); err != nil {
			return err
		}
		g.cpu += processor() - before
		g.n += len(texts)
	}
	return nil
}

// put places a text and writes it, as ingest does with a page.
func (g *growing) put(tx *archive.Tx, i int, m made, s dedup.Sketch) error {
	begun := time.Now()
	match, err := dedup.Place(counted{tx.Index(), &g.looked}, s)
	g.placing += time.Since(begun)
	if err != nil {
		return err
	}
	v := archive.Version{
		ID: archive.VersionID{Page: urlkey.Key(fmt.Sprintf("%s/%d", m.text.Site, i)), N: 1}, FirstSeen: m.text.Published, LastSeen: m.text.Published,
		URL: fmt.Sprintf("https://%s/%d", m.text.Site, i), Site: m.text.Site, Sketch: s,
		Article: extract.Article{Title: m.text.Title, Kind: extract.News},
	}
	story := archive.Story{ID: archive.StoryID(strconv.Itoa(i)), Lead: v.ID, Title: m.text.Title}
	member := archive.Member{Version: v.ID, Site: v.Site, Seen: v.FirstSeen, Relation: dedup.Original, Score: 1, Of: v.ID}
	if match.Joins() {
		if story, err = tx.Story(archive.StoryID(match.Story)); err != nil {
			return err
		}
		if member.Of, err = tx.VersionByDoc(uint64(match.Of)); err != nil {
			return err
		}
		member.Relation, member.Score, member.Why = match.Relation, match.Score, match.Why
	}
	v.Story = story.ID
	if err := tx.PutVersion(&v); err != nil {
		return err
	}
	story.Members = append(story.Members, member)
	if err := tx.PutStory(story); err != nil {
		return err
	}
	begun = time.Now()
	if err := tx.AddPostings(v.Doc, s.Keys()); err != nil {
		return err
	}
	g.filing += time.Since(begun)
	number, err := strconv.Atoi(string(story.ID))
	if err != nil {
		return err
	}
	g.storyOf = append(g.storyOf, number)
	g.tally.add(m, i, number, g.storyOf)
	return nil
}

func (g *growing) head() {
	if g.timed {
		fmt.Print("         | µs a text: sketch place file, all of it | texts/s a core | MB in memory ")
	}
	fmt.Println("texts    | a text: keys found documents stories sketches | B on disk a text: sketch keys filed by-number, sum | archive.db | recall: copy cut spun combined | merged wrongly: original follow-up template")
}

func (g *growing) line() error {
	n := float64(g.n - g.printed)
	if g.timed {
		each := func(d time.Duration) float64 { return float64(d.Microseconds()) / n }
		fmt.Printf("         | %6.0f %6.0f %6.0f %6.0f                | %7.0f        | %5.0f       ", each(g.sketching), each(g.placing), each(g.filing), each(g.cpu), n/g.cpu.Seconds(), anonymous())
	}
	m, err := g.store.Measure()
	if err != nil {
		return err
	}
	disk, sum := "", 0.0
	for _, name := range []string{"sketches", "band", "filed", "ix_doc"} {
		at := slices.IndexFunc(m.Buckets, func(b archive.Bucket) bool { return b.Name == name })
		if at < 0 {
			return fmt.Errorf("the archive has no %s", name)
		}
		each := float64(m.Buckets[at].Taken) / float64(g.n)
		disk, sum = disk+fmt.Sprintf("%6.0f", each), sum+each
	}
	file, err := os.Stat(filepath.Join(g.dir, "archive.db"))
	if err != nil {
		return err
	}
	l := g.looked
	per := func(k int) float64 { return float64(k) / n }
	fmt.Printf("%-8d | %5.1f %5.2f %5.2f %5.2f %5.2f | %s %6.0f | %6.0f | %s\n", g.n, per(l.keys), per(l.found), per(l.documents), per(l.stories), per(l.sketches),
		disk, sum, float64(file.Size())/float64(g.n), g.tally)
	g.printed, g.looked, g.sketching, g.placing, g.filing, g.cpu = g.n, looked{}, 0, 0, 0, 0
	return nil
}

// processor is the time that the program has had of the processors.
func processor() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// anonymous is the memory that is no mapped file, in MB.
func anonymous() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kb float64
		if _, err := fmt.Sscanf(line, "RssAnon: %f kB", &kb); err == nil {
			return kb / 1000
		}
	}
	return 0
}
