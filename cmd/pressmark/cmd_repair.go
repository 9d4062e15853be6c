package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) repairCommand() *cobra.Command {
	var yes bool
	var volume string
	o := archive.RepairOptions{Wait: lockWait}
	cmd := &cobra.Command{
		Use:   "repair",
		Short: "Mend a damaged archive: indexes, counts, and what is kept twice",
		Long: `Make archive.db anew of the records that can be read in it: indexes and counts
are made again, records are copied as they are, and what the raw volumes repeat
(records of captures, dictionaries) is taken from there when it is lost. Pages
that a damaged page no longer leads to are found again.

Without --yes it does all that beside the archive, changes nothing, and tells
what would be mended and what can't be. With --yes the new file takes the old
one's place, which stays in snapshots/ of the archive until you delete it.

What can't be mended is named. Versions, texts, changes and stories are drawn
again from the captures by pressmark reextract; captures, runs and dictionaries
come back from a backup only.

--from-volumes is for an archive.db that is lost, or not even damaged any more:
it makes a new one of the raw volumes alone. They know every captured page, and
nothing of runs, of answers that brought no new page ("not modified", the same
page again), or of what was concluded: pressmark reextract does that again.

--volume is for a raw volume that is damaged so that it can't be opened or gone
through: it is made anew of the bodies that can still be read in it, the others
are named. A takedown that could not be finished in it is finished then.`,
		Example: "  pressmark repair\n  pressmark repair --yes && pressmark verify --deep\n  pressmark repair --from-volumes --yes && pressmark reextract --yes\n  pressmark repair --volume raw/000003.db",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("volume") {
				return c.repairVolume(cmd.Context(), volume, yes)
			}
			dir, err := c.place()
			if err != nil {
				return err
			}
			o.Apply, o.Log = yes, c.log
			if c.err.tty && !c.quiet {
				o.Progress = func(what string, done int) { c.err.status("repair: " + what + " " + thousands(done)) }
				defer c.err.status("")
			}
			r, err := archive.Repair(cmd.Context(), dir, o)
			switch {
			case errors.Is(err, archive.ErrNotFound) && !o.FromVolumes:
				return hint(err, "if only archive.db is lost: pressmark repair --from-volumes; if there never was one: pressmark init")
			case errors.Is(err, archive.ErrInUse):
				return hint(err, "repair needs the archive for itself: wait until that ends, or stop it")
			case errors.Is(err, archive.ErrExists):
				return hint(err, "pressmark repair, without --from-volumes, keeps more")
			case errors.Is(err, archive.ErrDamaged) && !o.FromVolumes:
				return hint(err, "pressmark restore brings a backup back; without one, pressmark repair --from-volumes makes a new archive.db of the raw volumes")
			case err != nil:
				return err
			}
			if o.Progress != nil {
				c.err.status("")
			}
			return c.printRepair(r, o)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "put the mended file in place, rather than say what would be mended")
	cmd.Flags().BoolVar(&o.FromVolumes, "from-volumes", false, "archive.db is lost: make one of the raw volumes alone")
	cmd.Flags().StringVar(&volume, "volume", "", "make the raw volume `FILE` anew of what can be read of it")
	cmd.MarkFlagsMutuallyExclusive("volume", "from-volumes")
	return cmd
}

// wayOf says how what a damaged record said can be had again.
func wayOf(d archive.Damage) string {
	if d.Concluded {
		return "reextract"
	}
	return "restore"
}

func (c *cli) printRepair(r archive.RepairReport, o archive.RepairOptions) error {
	for _, m := range r.Mended {
		if err := c.printMending(m); err != nil {
			return err
		}
	}
	lost := map[string]int{}
	for _, d := range r.Lost {
		lost[wayOf(d)]++
		if c.json {
			if err := object(c.out, struct {
				Lost    string      `json:"lost"`
				File    string      `json:"file"`
				URL     string      `json:"url,omitempty"`
				Version int         `json:"version,omitempty"`
				Seq     archive.Seq `json:"seq,omitempty"`
				Problem string      `json:"problem"`
				Way     string      `json:"way"`
			}{d.Record, d.File, d.URL, d.Version, d.Seq, d.Problem, wayOf(d)}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s  %s  %s  %s\n", c.out.style(red, "lost"), d.File, d.Record, line(d.URL+" "+d.Problem))
	}
	if c.json {
		if err := object(c.out, struct {
			Mended   int    `json:"mended"`
			Lost     int    `json:"lost_records"`
			Captures int    `json:"captures"`
			Missing  int    `json:"missing"`
			Applied  bool   `json:"applied"`
			Snapshot string `json:"snapshot,omitempty"`
		}{len(r.Mended), len(r.Lost), r.Captures, r.Missing, r.Applied, r.Snapshot}); err != nil {
			return err
		}
	} else {
		c.concludeRepair(r, o)
	}
	if len(r.Lost) == 0 {
		return nil
	}
	err := fmt.Errorf("%w: %s can't be mended", archive.ErrDamaged, count(len(r.Lost), "record"))
	switch {
	case lost["restore"] == 0:
		return hint(err, "pressmark reextract draws these conclusions again from the captures")
	case lost["reextract"] == 0:
		return hint(err, "only a backup has them: pressmark restore; what else there is stays readable")
	}
	return hint(err, fmt.Sprintf("%d can be drawn again by pressmark reextract, %d are in a backup only: pressmark restore", lost["reextract"], lost["restore"]))
}

func (c *cli) printMending(m archive.Mending) error {
	if c.json {
		return object(c.out, struct {
			Mended  string `json:"mended"`
			Added   int    `json:"added"`
			Changed int    `json:"changed"`
			Dropped int    `json:"dropped"`
			Note    string `json:"note,omitempty"`
		}{m.What, m.Added, m.Changed, m.Dropped, m.Note})
	}
	text := ""
	for _, x := range []struct {
		n    int
		verb string
	}{{m.Added, "missing"}, {m.Changed, "wrong"}, {m.Dropped, "leading nowhere"}} {
		if x.n > 0 {
			text += fmt.Sprintf(", %s %s", thousands(x.n), x.verb)
		}
	}
	if m.Note != "" {
		text += ", " + m.Note
	}
	_, err := fmt.Fprintf(c.out, "%s  %s: %s\n", c.out.style(green, "mended"), m.What, line(text[2:]))
	return err
}

// concludeRepair says in a sentence what came of it.
func (c *cli) concludeRepair(r archive.RepairReport, o archive.RepairOptions) {
	switch {
	case len(r.Mended) == 0 && len(r.Lost) == 0:
		fmt.Fprintln(c.out, c.out.style(green, "nothing to mend"))
	case len(r.Mended) == 0:
		fmt.Fprintln(c.out, "nothing that repair could mend")
	case !o.Apply:
		fmt.Fprintf(c.out, "nothing was changed; with --yes this is put in place of archive.db, with %s\n", count(r.Captures, "capture"))
	case r.Snapshot == "":
		fmt.Fprintf(c.out, "archive.db is made anew, with %s\n", count(r.Captures, "capture"))
	default:
		fmt.Fprintf(c.out, "archive.db is mended, with %s; as it was it is kept in %s\n", count(r.Captures, "capture"), r.Snapshot)
	}
	if r.Missing > 0 {
		c.say("%s up to the last are not in the raw volumes: answers that brought no new page, and what was concluded", count(r.Missing, "number"))
	}
	if r.Applied && o.FromVolumes {
		c.say("pressmark reextract --yes draws versions, changes and stories again")
	}
}
