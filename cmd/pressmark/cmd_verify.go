package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pressmark/archive"
)

func (c *cli) verifyCommand() *cobra.Command {
	var o archive.VerifyOptions
	var part, noted string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that the archive is as it was written",
		Long: `Check the structure, the counts and the indexes of the archive; with --deep
read every byte again and compare checksums, digests and delta chains. Each
damaged record is named; the rest stays readable. Ends with 12 when something
is damaged. Others may read and write meanwhile.

--proof FILE looks whether the archive is what was noted of it: FILE is a
checkpoint (pressmark proof checkpoint), or the proof of a version (proof show).
With a checkpoint every capture, header, body and text is compared with what the
log says of it, and the log with the checkpoint: an altered byte, a removed record
and another order are all noticed. What was taken down or pruned since is counted.

--part 2/7 does a seventh of a deep check, so that a week of nights covers a
large archive.`,
		Example: "  pressmark verify\n  pressmark verify --deep --json\n  pressmark verify --part $(date +%u)/7\n  pressmark verify --proof 2026-11-23.checkpoint",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if noted != "" {
				if o.Deep || part != "" {
					return usage(errors.New("--proof looks at all that the log speaks of: --deep and --part don't go with it"))
				}
				return c.verifyProof(cmd.Context(), noted)
			}
			if part != "" {
				if n, err := fmt.Sscanf(part, "%d/%d", &o.Part, &o.Of); err != nil || n != 2 || o.Part < 1 || o.Of < o.Part {
					return usage(fmt.Errorf("--part is %q: write 1/7", part))
				}
				o.Deep = true
			}
			if c.err.tty && !c.quiet {
				o.Progress = func(done, total int) {
					c.err.status(fmt.Sprintf("verify %d of %d", done, total))
				}
			}
			opened := false
			err := c.reading(func(store *archive.Store) error {
				opened = true
				r, err := store.Verify(cmd.Context(), o)
				if o.Progress != nil {
					c.err.status("")
				}
				if err != nil {
					return err
				}
				return c.printVerify(r, o)
			})
			if !opened && errors.Is(err, archive.ErrDamaged) {
				return hint(err, "this damage keeps the archive from being opened; pressmark repair mends what can be mended, or makes archive.db anew of the raw volumes; pressmark restore brings a backup back")
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&o.Deep, "deep", false, "read every byte")
	cmd.Flags().StringVar(&part, "part", "", "check part `N/T` deeply")
	cmd.Flags().StringVar(&noted, "proof", "", "compare with the checkpoint or proof in `FILE`")
	return cmd
}

func (c *cli) printVerify(r archive.Report, o archive.VerifyOptions) error {
	for _, d := range r.Damage {
		var err error
		if c.json {
			err = object(c.out, struct {
				File    string      `json:"file"`
				Record  string      `json:"record"`
				URL     string      `json:"url,omitempty"`
				Version int         `json:"version,omitempty"`
				Seq     archive.Seq `json:"seq,omitempty"`
				Problem string      `json:"problem"`
			}{d.File, d.Record, d.URL, d.Version, d.Seq, d.Problem})
		} else {
			_, err = fmt.Fprintf(c.out, "%s  %s  %s  %s\n", c.out.style(red, "damaged"), d.File, d.Record, line(d.URL+" "+d.Problem))
		}
		if err != nil {
			return err
		}
	}
	if c.json {
		if err := object(c.out, struct {
			Files    int  `json:"files"`
			Records  int  `json:"records"`
			Captures int  `json:"captures"`
			Versions int  `json:"versions"`
			Deep     bool `json:"deep"`
			Damaged  int  `json:"damaged"`
		}{r.Files, r.Records, r.Captures, r.Versions, o.Deep, len(r.Damage)}); err != nil {
			return err
		}
	} else {
		depth := "structure, counts and indexes"
		if o.Deep {
			depth = fmt.Sprintf("every byte of %s and %s", count(r.Captures, "capture"), count(r.Versions, "version"))
		}
		fmt.Fprintf(c.out, "checked %s, %s: %s\n", count(r.Files, "file"), count(r.Records, "record"), depth)
	}
	if n := len(r.Damage); n > 0 {
		return hint(fmt.Errorf("%w: %s", archive.ErrDamaged, count(n, "record")), "pressmark repair tells what can be mended, and how the rest can be had again")
	}
	if !c.json {
		fmt.Fprintln(c.out, c.out.style(green, "no damage"))
	}
	return nil
}
