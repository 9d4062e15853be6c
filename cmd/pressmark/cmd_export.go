package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/archive/export"
)

func (c *cli) exportCommand() *cobra.Command {
	var f filter
	var format, which, file, url, size string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Take articles out (JSONL, CSV, Markdown), or what was fetched (WARC, WACZ)",
		Long: `Take articles or captures out of the archive, in a fixed order: the same archive
and the same filters give the same bytes.

Articles, as they were read:
  jsonl  one object a line, everything that is known of a version (the default)
  csv    a table with a header
  md     a folder (-o DIR) with one file a version, facts in YAML front matter
--since and --until go by the time at which an article was first seen.

Captures, as they were fetched:
  warc   WARC 1.1. -o DIR/ makes files of at most --size with an index
         (pressmark.cdxj) beside them; -o FILE.warc.gz or FILE.warc one file and
         its index; without -o it goes to standard output
  wacz   a package for ReplayWeb.page and its kin: WARC, index and list of pages
  cdxj   the index alone, of the files that warc makes in a folder
--since and --until go by the time of fetching; --url takes one page. What a
chosen capture repeats, being a 304 or the same body, comes along. What scripts
made of a page (render: true) is a conversion record, in no index: a viewer shows
what the server sent. pressmark import gives the captures of a WARC or WACZ file
back as they were.

What is damaged is left out and named, and the exit code is 12.`,
		Example: "  pressmark export --since 7d -o week.jsonl\n  pressmark export --format csv --lang fr --versions all\n  pressmark export --format md -o articles/\n  pressmark export --format warc -o warcs/ --size 500MB\n  pressmark export --format wacz --site gazette --since 2026-11-01 -o gazette.wacz",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			x := &captureExport{c: c, format: format, file: file, url: url}
			captures := slices.Contains(captureFormats, format)
			if !slices.Contains([]string{export.Latest, export.First, export.All}, which) {
				return usage(fmt.Errorf("--versions is %q: write latest, first or all", which))
			}
			if !captures && !slices.Contains([]string{"jsonl", "csv", "md"}, format) {
				return usage(fmt.Errorf("--format is %q: write jsonl, csv, md, warc, wacz or cdxj", format))
			}
			for _, name := range []string{"versions", "lang"} {
				if captures && cmd.Flags().Changed(name) {
					return usage(fmt.Errorf("--%s chooses among articles, and --format %s takes out captures", name, format))
				}
			}
			if !captures && (url != "" || size != "") {
				return usage(fmt.Errorf("--url and --size go with --format %s", strings.Join(captureFormats, ", ")))
			}
			if c.json && format != "jsonl" {
				return usage(fmt.Errorf("--json and --format %s don't go together", format))
			}
			if format == "md" && (file == "" || file == "-") {
				return usage(hint(errors.New("--format md makes a folder of files"), "name it with -o DIR"))
			}
			if size != "" {
				var err error
				if x.size, err = parseSize(size); err != nil {
					return usage(fmt.Errorf("--size: %w", err))
				}
			}
			if captures {
				if err := x.check(); err != nil {
					return err
				}
			}
			return c.reading(func(store *archive.Store) error {
				af, err := f.archive(cmd.Context(), c, store)
				if err != nil {
					return err
				}
				noun, none, n := "version", "articles", 0
				if captures {
					noun, none = "capture", "captures"
					n, err = x.run(cmd.Context(), store, af)
				} else {
					n, err = c.export(cmd.Context(), store, format, file, export.Options{Filter: af, Versions: which})
				}
				switch {
				case err != nil && !errors.Is(err, archive.ErrDamaged):
				case n == 0 && err == nil && x.gone > 0: // which was said
					c.say("nothing exported")
				case n == 0 && err == nil:
					why := f.because(" yet")
					if url != "" {
						why = " match these filters"
					}
					c.say("nothing exported: no %s%s", none, why)
				case file != "" && file != "-":
					c.say("%s exported to %s", count(n, noun), file)
				}
				return err
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "jsonl", "write it as this `FORMAT`: jsonl, csv, md, warc, wacz or cdxj")
	cmd.Flags().StringVar(&which, "versions", export.Latest, "`WHICH` of an article's versions: latest, first or all")
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to `FILE` (a folder for md; DIR/ for several WARC files)")
	cmd.Flags().StringVar(&url, "url", "", "only captures of this `URL`'s page")
	cmd.Flags().StringVar(&size, "size", "", "begin another WARC file after this `SIZE`, such as 500MB (default 1GiB)")
	return cmd
}

func (c *cli) export(ctx context.Context, store *archive.Store, format, file string, o export.Options) (n int, err error) {
	if format == "md" {
		return export.MarkdownDir(ctx, c.folder(file), store, o)
	}
	return c.exported(file, func(w io.Writer) (int, error) {
		if format == "csv" {
			return export.CSV(ctx, w, store, o)
		}
		return export.JSONL(ctx, w, store, o, func(w io.Writer, v any) error { return object(w, v) })
	})
}

// exported writes one file. It is kept when nothing went wrong but that some of
// the archive is damaged: the rest of it may be all that there is.
func (c *cli) exported(name string, fill func(io.Writer) (int, error)) (int, error) {
	out, err := c.output(name)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(out, 1<<16)
	n, lost := fill(w)
	if lost != nil && (!errors.Is(lost, archive.ErrDamaged) || n == 0) {
		return n, out.close(lost)
	}
	return n, errors.Join(out.close(w.Flush()), lost)
}
