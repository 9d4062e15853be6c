package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/archive"
	packs "pressmark/archive/evidence"
	"pressmark/archive/export"
	"pressmark/archive/proof"
)

func (c *cli) evidenceCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "evidence ID [A..B]",
		Short: "Pack all that is known of an article, for people who must be convinced",
		Long: `Pack an article for somebody who trusts neither you nor this program: what the
server sent (WARC, and each body and its headers by themselves), the text of each
version, what was changed, between which two looks, the SHA-256 of everything, and
the proof that all this is in the archive's log (pressmark proof --help). A README
says in plain words what the files are, how to check them, and what they don't
show; verify.py checks them with Python 3 alone.

A..B takes the versions from A to B, @N or A one of them; without it all are packed. With
-o NAME.zip it is one file, else a folder. Packing makes a checkpoint of the archive.`,
		Example: "  pressmark evidence 7f3a -o ferry.zip\n  pressmark evidence 7f3a 2..3 -o ferry/\n  unzip ferry.zip && python3 ferry/verify.py",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "-" {
				return usage(hint(errors.New("a pack is many files"), "write -o NAME.zip for one file"))
			}
			return c.checkpoint(cmd.Context(), func(store *archive.Store, t proof.Taken) error {
				p, n, err := page(store, args[0])
				if err != nil {
					return err
				}
				if p.Head == 0 {
					return noVersion(p, 1)
				}
				o := packs.Options{Page: p, From: 1, To: p.Head, Taken: t, Program: "pressmark " + release, Now: time.Now(), Zone: c.zone()}
				if n > 0 {
					o.From, o.To = n, n
				}
				if len(args) == 2 {
					if o.From, o.To, err = versionSpan(args[1]); err != nil {
						return err
					}
					if o.To > p.Head {
						return noVersion(p, o.To)
					}
				}
				name := file
				if name == "" {
					name = "evidence-" + p.Key.ID()[:8]
				}
				packed, err := c.pack(cmd, store, name, o)
				if err != nil {
					return err
				}
				if c.json {
					return object(c.out, struct {
						File     string `json:"file"`
						Versions int    `json:"versions"`
						Captures int    `json:"captures"`
						Bodies   int    `json:"bodies"`
						Gone     int    `json:"gone"`
						Unproven int    `json:"unproven"`
						Files    int    `json:"files"`
					}{name, packed.Versions, packed.Captures, packed.Bodies, packed.Gone, packed.Unproven, packed.Files})
				}
				c.say("packed %s, %s, %s: %s", count(packed.Versions, "version"), count(packed.Captures, "capture"), count(packed.Files, "file"), name)
				if packed.Gone > 0 {
					c.say("the archive no longer has all of %d of them; article.json says why", packed.Gone)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to `NAME.zip`, or to a folder (default evidence-ID)")
	return cmd
}

// versionSpan reads A..B, or one number.
func versionSpan(s string) (from, to int, err error) {
	a, b, span := strings.Cut(s, "..")
	if !span {
		b = a
	}
	_, err1 := fmt.Sscanf(a, "%d", &from)
	_, err2 := fmt.Sscanf(b, "%d", &to)
	if err1 != nil || err2 != nil || from < 1 || to < from || fmt.Sprint(from) != a || fmt.Sprint(to) != b {
		return 0, 0, usage(hint(fmt.Errorf("%q names no versions", s), "write 2..4 for the second to the fourth"))
	}
	return from, to, nil
}

// pack writes the pack as a folder, or as one file.
func (c *cli) pack(cmd *cobra.Command, store *archive.Store, name string, o packs.Options) (packs.Packed, error) {
	if !strings.HasSuffix(strings.ToLower(name), ".zip") {
		return packs.Pack(cmd.Context(), c.folder(name), store, o)
	}
	out, err := c.output(name)
	if err != nil {
		return packs.Packed{}, err
	}
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	z := zipped{zip.NewWriter(out), strings.TrimSuffix(base, base[len(base)-4:]), o.Now}
	packed, err := packs.Pack(cmd.Context(), z, store, o)
	if err == nil {
		err = z.w.Close()
	}
	return packed, out.close(err)
}

// zipped is a folder within a ZIP file.
type zipped struct {
	w      *zip.Writer
	folder string
	at     time.Time
}

var _ export.Folder = zipped{}

func (z zipped) Write(name string, fill func(io.Writer) error) error {
	w, err := z.w.CreateHeader(&zip.FileHeader{Name: z.folder + "/" + name, Method: zip.Deflate, Modified: z.at.UTC()})
	if err != nil {
		return err
	}
	return fill(w)
}
