package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	htmlcharset "golang.org/x/net/html/charset"

	"pressmark/extract"
	filters "pressmark/extract/filter"
	"pressmark/extract/memory"
)

// extractFormats are what an article can be written as.
var extractFormats = []string{"text", "markdown", "html", "json"}

// An extraction is one run of the command.
type extraction struct {
	c    *cli
	list string // --list

	format   string
	file     string // -o
	url      string // of a loose file, or the record to take from a WARC file
	record   int
	charset  string
	text     bool
	language string
	contact  string
	explain  bool
	find     string
	filters  []string // --filters
	learns   bool     // --learn

	sites  map[string]*memory.Site // what was learned, by site
	hidden *filters.Set            // what filters says
	asked  *asking                 // what fetches, once something has to be fetched
	many   bool                    // more than one article may come
	out    *output
	shown  *terminal // out, for text that people read
	count  int       // articles written
	failed int       // inputs and records that could not be read
}

func (c *cli) extractCommand() *cobra.Command {
	x := &extraction{c: c}
	cmd := &cobra.Command{
		Use:   "extract FILE|URL|-…",
		Short: "Read the article of a page, without an archive",
		Long: `Read the article of a page: the headline, who wrote it and when, and the text
without the page around it. Nothing is kept.

What it reads:
  FILE  a page; gzip, zstd and brotli (.br) are undone. Of a WARC file (.warc,
        .warc.gz) every HTML page in it is an article; --record N takes the Nth
        record only, --url U the one of that address
  URL   an address: robots.txt is obeyed, and the server told whom to complain to
  -     standard input, whichever of the above

What it writes: text to read here, markdown, html (a page with nothing but the
article), or json, one object a line. What was left out, and why, is in the JSON
under removed. A page that holds no article is no error: kind and why say what
it is. Of several inputs those that fail are named, and the command ends with 3.

When a page comes out wrong, --explain tells how it was read: what the page says
of itself, where the article was looked for, and piece by piece what was kept,
what went, and by which rule. --find "some words" asks about one passage. With
--json it is one object, to be sent with a report:
  {"url", "article", "charset":{"name","from"}, "claims":[{"about","source",
   "text","means","won"}], "places":[{"name","paths","weight","stated","chosen"}],
   "pieces":[{"path","kind","text","kept","reason","rule","why","weight",
   "linked","stated"}], "words":{"kept","gone"}, "stages", "extractor"}

With --filters it leaves out what a filter list hides (EasyList syntax, see
pressmark rules --help); what that was is in the JSON under removed as well.

With --list, read one JSON object a line and answer each with one, in order:
  {"id", "path"|"html"|"text", "url"?, "charset"?, "language"?}
  {"id", "url", "title", … "kind", "why", "text", "blocks", "removed", "ms"}
text is text without markup, to be cleaned of cookie notices; ms is the
processor time it took. A line that can't be read is answered with
{"id", "error"}, and the command ends with 3. With --learn the list is read twice:
first to learn what the pages of each site have in common. A line of several
pages of one site (by its url) then loses its promos, author boxes and legal
lines, as in an archive, which learns by itself; rule says site/repeated.`,
		Example: `  pressmark extract page.html
  pressmark extract https://www.example.org/article --format markdown -o article.md
  curl -s https://www.example.org/article | pressmark extract - --json
  pressmark extract crawl.warc.gz --json > articles.jsonl
  pressmark extract page.html --explain
  pressmark extract page.html --find "the mayor said"
  pressmark extract page.html --filters annoyances.txt
  pressmark extract --list pages.jsonl --learn > articles.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := x.check(cmd, args); err != nil {
				return err
			}
			return x.run(cmd.Context(), args)
		},
	}
	f := cmd.Flags()
	f.StringVar(&x.list, "list", "", "answer each line of `FILE` (- is standard input)")
	f.BoolVar(&x.learns, "learn", false, "read the list twice, and leave out what repeats on the pages of a site")
	f.StringVar(&x.format, "format", "text", "write it as this `FORMAT`: "+strings.Join(extractFormats, ", "))
	f.StringVarP(&x.file, "output", "o", "", "write to `FILE`")
	f.StringVar(&x.url, "url", "", "the page's `URL`, when it is read from a file; which one to take of a WARC file")
	f.IntVar(&x.record, "record", 0, "take the `N`th record of a WARC file only, counted from 1")
	f.StringVar(&x.charset, "charset", "", "the page's `CHARSET`, when it is read from a file and does not say")
	f.BoolVar(&x.text, "text", false, "the input is text without markup, as a .txt file is, to be cleaned of cookie notices")
	f.StringVar(&x.language, "language", "", "the `LANGUAGE` of --text, such as fr")
	f.StringVar(&x.contact, "contact", "", "`ADDRESS` at which people behind a URL can reach you (default: the configuration's)")
	f.BoolVar(&x.explain, "explain", false, "tell how the page was read, and why")
	f.StringArrayVar(&x.filters, "filters", nil, "leave out what the rules of the filter list `FILE` hide; may be given several times")
	f.StringVar(&x.find, "find", "", "tell what became of the passage with these `WORDS`, and why")
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(extractFormats, cobra.ShellCompDirectiveNoFileComp)))
	for _, free := range []string{"url", "record", "language", "contact", "find"} {
		cobra.CheckErr(cmd.RegisterFlagCompletionFunc(free, cobra.NoFileCompletions))
	}
	return cmd
}

// check refuses a command line that makes no sense.
func (x *extraction) check(cmd *cobra.Command, args []string) error {
	given := cmd.Flags().Changed
	if x.format == "md" { // as export and show call it
		x.format = "markdown"
	}
	if x.c.json {
		if given("format") && x.format != "json" {
			return usage(fmt.Errorf("--json and --format %s don't go together", x.format))
		}
		x.format = "json"
	}
	x.explain = x.explain || given("find")
	x.many = len(args) > 1
	if x.charset != "" {
		if e, _ := htmlcharset.Lookup(x.charset); e == nil {
			return usage(fmt.Errorf("--charset: %q is no charset: write utf-8, windows-1252, shift_jis …", x.charset))
		}
	}
	switch {
	case !slices.Contains(extractFormats, x.format):
		return usage(fmt.Errorf("--format is %q: write text, markdown, html or json", x.format))
	case x.list != "":
		return x.checkList(given, args)
	case x.learns:
		return usage(errors.New("--learn belongs to --list: it learns from the pages of one site beside each other"))
	case len(args) == 0:
		return usage(hint(errors.New("no page is named"), "pressmark extract FILE, URL, - or --list FILE"))
	case given("record") && x.record < 1:
		return usage(fmt.Errorf("--record %d: records are counted from 1", x.record))
	case given("find") && strings.TrimSpace(x.find) == "":
		return usage(errors.New("--find: name some words of the passage"))
	case x.explain && x.format != "text" && x.format != "json":
		return usage(fmt.Errorf("--explain is written as text or json, not %s", x.format))
	case x.explain && x.text:
		return usage(errors.New("--explain tells of pages, and --text says that the input is none"))
	case len(x.filters) > 0 && x.text:
		return usage(errors.New("--filters hides elements of pages, and --text says that the input has none"))
	case x.language != "" && !x.text:
		return usage(errors.New("--language belongs to --text: a page's language is told by the page"))
	case x.many && x.url != "" && x.record == 0:
		return usage(fmt.Errorf("--url is the address of one page, and %d are named", len(args)))
	case x.many && x.format == "html":
		return usage(hint(errors.New("an HTML page holds one article, and more than one input is named"), "--format json or markdown takes several"))
	}
	stdin := 0
	for _, a := range args {
		switch {
		case a == "-":
			if stdin++; stdin > 1 {
				return usage(errors.New("standard input (-) can be read only once"))
			}
		case a == "":
			return usage(errors.New("a page's name is empty"))
		case strings.Contains(a, "://") && !web(a):
			return usage(fmt.Errorf("%s: only http:// and https:// can be asked", a))
		case web(a):
			for _, flag := range []string{"url", "record", "charset", "text"} {
				if given(flag) {
					return usage(fmt.Errorf("--%s is for files, and %s is an address", flag, a))
				}
			}
		}
	}
	return nil
}

func (x *extraction) checkList(given func(string) bool, args []string) error {
	if len(args) > 0 {
		return usage(errors.New("name a page or --list, not both"))
	}
	for _, flag := range []string{"url", "record", "charset", "text", "language", "contact", "explain", "find"} {
		if given(flag) {
			return usage(fmt.Errorf("--%s does not go with --list: each line says for itself what it is", flag))
		}
	}
	if given("format") && x.format != "json" {
		return usage(errors.New("--list is answered in JSON"))
	}
	if x.learns && x.list == "-" {
		return usage(errors.New("--learn reads the list twice, and standard input can be read once: name a file"))
	}
	return nil
}

// web tells an address that can be asked.
func web(arg string) bool {
	scheme, _, ok := strings.Cut(arg, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// run reads the inputs one after the other. Of several, what fails is named and
// does not stop the rest.
func (x *extraction) run(ctx context.Context, args []string) (err error) {
	if x.hidden, err = x.c.namedFilters(x.filters); err != nil {
		return err
	}
	if x.out, err = x.c.output(x.file); err != nil {
		return err
	}
	x.shown = x.c.out
	if x.out.file != nil {
		x.shown = newTerminal(x.out, "never")
	}
	defer x.close()
	if x.explain {
		extract.Extract(extract.Page{Body: []byte("<p>")}) // makes the tables, which are no page's time
	}
	if x.list != "" {
		err = x.answer(ctx)
	} else {
		err = x.inputs(ctx, args)
	}
	if err == nil || errors.Is(err, errPartly) || errors.Is(err, context.Canceled) && x.count > 0 {
		if cerr := x.out.close(nil); cerr != nil { // what is written is whole, and worth keeping
			return cerr
		}
		switch {
		case x.out.file == nil || x.out.device:
		case x.list != "":
			x.c.say("answers written to %s", x.file)
		default:
			x.c.say("%s written to %s", count(x.count, "article"), x.file)
		}
		return err
	}
	return x.out.close(err)
}

func (x *extraction) inputs(ctx context.Context, args []string) error {
	bad := 0
	for _, arg := range args {
		err := x.input(ctx, arg)
		switch {
		case err == nil:
			continue
		case ctx.Err() != nil:
			return ctx.Err()
		case len(args) == 1, x.shown.err != nil:
			return err
		}
		bad++
		if !errors.Is(err, errPartly) { // which has told already
			x.tell(err)
		}
	}
	switch {
	case bad == 0:
		return nil
	case x.count == 0:
		return fmt.Errorf("none of %s could be read", count(len(args), "input"))
	}
	return fmt.Errorf("%w: %d of %s could not be read", errPartly, bad, count(len(args), "input"))
}

// tell says what went wrong with one input of several.
func (x *extraction) tell(err error) {
	fmt.Fprintf(x.c.err, "pressmark: %s\n", line(err.Error()))
	var h hinted
	if errors.As(err, &h) {
		fmt.Fprintf(x.c.err, "  %s\n", line(h.hint))
	}
}

// page takes up one page that was read.
func (x *extraction) page(s source, p extract.Page) error {
	p.Filters = x.hidden
	done := reading{pageRecord: pageRecord{s: s, p: p}}
	done.work(x.explain)
	return x.take(done)
}
