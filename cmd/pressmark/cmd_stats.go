package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/proof"
)

func (c *cli) statsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stats",
		Short: "Count what the archive holds, and what it weighs",
		Long: `Count what the archive holds: captures (what servers sent), pages, versions
(distinct texts of a page), changes, stories and runs; and what it weighs:
before and after compression, on disk, how much of that is free (pressmark
compact gives it back), and how it grew in its last week.

With --verbose, and in --json, each part of the catalog and each raw volume.`,
		Example: "  pressmark stats\n  pressmark stats -v\n  pressmark stats --json | jq '.growth'",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return c.reading(func(store *archive.Store) error {
				s, err := store.Stats()
				if err != nil {
					return err
				}
				m, err := store.Measure()
				if err != nil {
					return err
				}
				last, _, err := store.LastCheckpoint()
				if err != nil && !errors.Is(err, archive.ErrDamaged) { // verify tells of that
					return err
				}
				if c.json {
					return c.statsObject(s, m, last)
				}
				return c.printStats(s, m, last)
			})
		},
	}
}

type bucketObject struct {
	Name  string `json:"name"`
	Rows  int    `json:"rows"`
	Bytes int64  `json:"bytes"`
	Taken int64  `json:"on_disk"`
}

type volumeObject struct {
	File   string    `json:"file"`
	Begun  time.Time `json:"begun,omitzero"`
	Sealed time.Time `json:"sealed,omitzero"`
	Size   int64     `json:"size"`
	Free   int64     `json:"free"`
}

type growthObject struct {
	Days     float64 `json:"days"`
	Captures float64 `json:"captures_a_day"`
	Bytes    float64 `json:"bytes_a_day"`
}

func (c *cli) statsObject(s archive.Stats, m archive.Measures, last archive.Checkpoint) error {
	o := struct {
		Format       uint64         `json:"format"`
		Created      time.Time      `json:"created"`
		Captures     int            `json:"captures"`
		Bodies       int            `json:"bodies"`
		Pages        int            `json:"pages"`
		Versions     int            `json:"versions"`
		Stories      int            `json:"stories"`
		Changes      int            `json:"changes"`
		Runs         int            `json:"runs"`
		Remembered   int            `json:"remembered"`
		Tombstones   int            `json:"tombstones"`
		BodyBytes    int64          `json:"body_bytes"`
		BodyStored   int64          `json:"body_stored"`
		TextBytes    int64          `json:"text_bytes"`
		TextStored   int64          `json:"text_stored"`
		CatalogSize  int64          `json:"catalog_size"`
		RawSize      int64          `json:"raw_size"`
		Free         int64          `json:"free"`
		Overhead     float64        `json:"overhead"` // of the files' bytes in use over what is stored in them
		Volumes      int            `json:"volumes"`
		Sealed       int            `json:"sealed"`
		Dictionaries int            `json:"dictionaries"`
		DictBytes    int64          `json:"dictionary_bytes"`
		Growth       growthObject   `json:"growth"`
		Checkpoint   string         `json:"checkpoint,omitempty"` // the last that was made
		Buckets      []bucketObject `json:"buckets"`
		VolumeList   []volumeObject `json:"volume_list"`
	}{
		m.Schema, s.Created.UTC(), s.Captures, s.Bodies, s.Pages, s.Versions, s.Stories, s.Changes, s.Runs, s.Remembered, m.Tombstones,
		s.BodyBytes, s.BodyStored, s.TextBytes, s.TextStored, s.Catalog, s.Raw, freeOf(m), overhead(s, m),
		s.Volumes, sealed(m), len(m.Dictionaries), dictBytes(m), growthObject(m.PerDay), string(last.Note), []bucketObject{}, []volumeObject{},
	}
	for _, b := range m.Buckets {
		o.Buckets = append(o.Buckets, bucketObject(b))
	}
	for _, v := range m.Volumes {
		o.VolumeList = append(o.VolumeList, volumeObject(v))
	}
	return object(c.out, o)
}

func freeOf(m archive.Measures) (n int64) {
	for _, f := range m.Files {
		n += f.Free
	}
	return n
}

func dictBytes(m archive.Measures) (n int64) {
	for _, d := range m.Dictionaries {
		n += int64(d.Bytes)
	}
	return n
}

func sealed(m archive.Measures) (n int) {
	for _, v := range m.Volumes {
		if !v.Sealed.IsZero() {
			n++
		}
	}
	return n
}

// overhead is how much more the files have in use than is stored in them.
func overhead(s archive.Stats, m archive.Measures) float64 {
	stored := s.BodyStored
	for _, b := range m.Buckets {
		stored += b.Bytes
	}
	if stored == 0 {
		return 0
	}
	return float64(s.Catalog+s.Raw-freeOf(m))/float64(stored) - 1
}

func (c *cli) printStats(s archive.Stats, m archive.Measures, last archive.Checkpoint) error {
	share := func(part, whole int64) string {
		if whole == 0 {
			return ""
		}
		return fmt.Sprintf("  (%.1f %%)", 100*float64(part)/float64(whole))
	}
	rows := [][2]string{
		{"captures", thousands(s.Captures) + ", " + count(s.Bodies, "distinct body")},
		{"pages", thousands(s.Pages)},
		{"versions", thousands(s.Versions)},
		{"changes", thousands(s.Changes)},
		{"stories", thousands(s.Stories)},
		{"runs", thousands(s.Runs)},
		{"memory", "of what repeats on the pages of " + count(s.Remembered, "site")},
		{"bodies", bytesOf(s.BodyBytes) + " received, " + bytesOf(s.BodyStored) + " kept" + share(s.BodyStored, s.BodyBytes)},
		{"texts", bytesOf(s.TextBytes) + " written, " + bytesOf(s.TextStored) + " kept" + share(s.TextStored, s.TextBytes)},
		{"packed by", count(len(m.Dictionaries), "dictionary") + ", " + bytesOf(dictBytes(m))},
		{"on disk", bytesOf(s.Catalog) + " catalog, " + bytesOf(s.Raw) + " in " + count(s.Volumes, "raw volume") + fmt.Sprintf(", %d of them sealed", sealed(m))},
		{"of that", fmt.Sprintf("%s free; what is in use is %.0f %% more than what is stored", bytesOf(freeOf(m)), 100*overhead(s, m))},
	}
	if m.Tombstones > 0 {
		rows = append(rows, [2]string{"taken down", count(m.Tombstones, "tombstone")})
	}
	if at, err := proof.Read(last.Note); err == nil {
		rows = append(rows, [2]string{"checkpoint", fmt.Sprintf("of %s, %s %s", clock(last.At, c.zone()), counted64(at.Size, "leaf", "leaves"), at.Root)})
	}
	if g := m.PerDay; g.Days > 0 {
		rows = append(rows, [2]string{"growth", fmt.Sprintf("some %s and %s a day, in the last %.1f days of captures",
			count(int(g.Captures+0.5), "capture"), bytesOf(int64(g.Bytes)), g.Days)})
	}
	for _, x := range rows {
		if _, err := fmt.Fprintf(c.out, "%s %s\n", pad(x[0], 10), x[1]); err != nil {
			return err
		}
	}
	if c.verbose == 0 {
		return nil
	}
	fmt.Fprintf(c.out, "\n%s %12s %12s %12s\n", pad("archive.db", 14), "rows", "stored", "on disk")
	for _, b := range m.Buckets {
		fmt.Fprintf(c.out, "%s %12s %12s %12s\n", pad(b.Name, 14), thousands(b.Rows), bytesOf(b.Bytes), bytesOf(b.Taken))
	}
	fmt.Fprintf(c.out, "\n%s %12s %12s  %s\n", pad("volume", 14), "size", "free", "written to")
	for _, v := range m.Volumes {
		span := v.Begun.In(c.zone()).Format("2006-01-02") + " – "
		if !v.Sealed.IsZero() {
			span += v.Sealed.In(c.zone()).Format("2006-01-02")
		}
		fmt.Fprintf(c.out, "%s %12s %12s  %s\n", pad(v.File, 14), bytesOf(v.Size), bytesOf(v.Free), span)
	}
	return nil
}
