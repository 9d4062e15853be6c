package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/export"
)

func (c *cli) exportCommand() *cobra.Command {
	var f filter
	var format, which, file string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Take articles out: JSONL, CSV or Markdown",
		Long: `Take articles out of the archive, in a fixed order: the same archive and the
same filters give the same bytes.

  jsonl  one object a line, everything that is known of a version (the default)
  csv    a table with a header
  md     a folder (-o DIR) with one file a version, facts in YAML front matter

--since and --until go by the time at which an article was first seen.`,
		Example: "  pressmark export --since 7d -o week.jsonl\n  pressmark export --format csv --lang fr --versions all\n  pressmark export --format md -o articles/",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains([]string{export.Latest, export.First, export.All}, which) {
				return usage(fmt.Errorf("--versions is %q: write latest, first or all", which))
			}
			if !slices.Contains([]string{"jsonl", "csv", "md"}, format) {
				return usage(fmt.Errorf("--format is %q: write jsonl, csv or md", format))
			}
			if c.json && format != "jsonl" {
				return usage(fmt.Errorf("--json and --format %s don't go together", format))
			}
			if format == "md" && (file == "" || file == "-") {
				return usage(hint(errors.New("--format md makes a folder of files"), "name it with -o DIR"))
			}
			return c.reading(func(store *archive.Store) error {
				af, err := f.archive(cmd.Context(), c, store)
				if err != nil {
					return err
				}
				n, err := c.export(cmd, store, format, file, export.Options{Filter: af, Versions: which})
				if err != nil {
					return err
				}
				switch {
				case n == 0:
					c.say("nothing exported: no articles%s", f.because(" yet"))
				case file != "" && file != "-":
					c.say("%s exported to %s", count(n, "version"), file)
				}
				return nil
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "jsonl", "write it as this `FORMAT`: jsonl, csv or md")
	cmd.Flags().StringVar(&which, "versions", export.Latest, "`WHICH` of an article's versions: latest, first or all")
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to `FILE` (a folder for md)")
	return cmd
}

func (c *cli) export(cmd *cobra.Command, store *archive.Store, format, file string, o export.Options) (n int, err error) {
	ctx := cmd.Context()
	if format == "md" {
		return export.MarkdownDir(ctx, c.folder(file), store, o)
	}
	out, err := c.output(file)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(out, 1<<16)
	if format == "csv" {
		n, err = export.CSV(ctx, w, store, o)
	} else {
		n, err = export.JSONL(ctx, w, store, o, func(w io.Writer, v any) error { return object(w, v) })
	}
	if err == nil {
		err = w.Flush()
	}
	return n, out.close(err)
}
