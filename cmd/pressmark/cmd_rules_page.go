package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pressmark/archive"
	"pressmark/extract"
	filters "pressmark/extract/filter"
	"pressmark/extract/memory"
	"pressmark/extract/urlkey"
)

// A ruleTest is what the rules do on one page.
type ruleTest struct {
	ID      string            `json:"id,omitempty"` // of an archived page
	Version int               `json:"version,omitempty"`
	URL     string            `json:"url,omitempty"`
	Source  string            `json:"source,omitempty"`
	Title   string            `json:"title"`
	Kind    extract.Kind      `json:"kind"`
	Why     string            `json:"why,omitempty"`
	Words   extract.Words     `json:"words"`
	Rules   []ruleDone        `json:"rules"`
	Refused []extract.Refusal `json:"refused,omitempty"` // what filters would have taken
	Reader  string            `json:"extractor"`

	uses map[string]*ruleUse // in the archive
}

// A ruleDone is what one rule took off the page.
type ruleDone struct {
	Rule     string   `json:"rule"`
	Kind     string   `json:"kind"`
	Why      string   `json:"why"`
	Removals int      `json:"removals"`
	Words    int      `json:"words"`
	Texts    []string `json:"texts"`
	Archive  *ruleUse `json:"archive,omitempty"`
}

func (c *cli) rulesTestCommand() *cobra.Command {
	var named []string
	x := &extraction{c: c}
	cmd := &cobra.Command{
		Use:   "test PAGE|FILE|URL",
		Short: "Show which rule takes what off a page",
		Long: `Read a page and show, rule by rule, what was taken off it and why.

  PAGE  the ID of a page of the archive, as ls prints it; 7f3a@2 is its second
        version. Each rule is told with how often it was used in the archive
  FILE  a page in a file; - is standard input
  URL   an address: robots.txt is obeyed

The filter lists of the configuration count, and those of --filters. What their
rules would take and may not is told too, with the reason. What stands outside
of the article's place goes by no rule; extract --explain shows all of the page.

With --json it is one object:
  {"id"?, "version"?, "url", "source"?, "title", "kind", "why"?, "words":{"kept",
   "gone"}, "rules":[{"rule","kind","why","removals","words","texts","archive"?}],
   "refused"?:[{"rule","text","why"}], "extractor"}`,
		Example: "  pressmark rules test 7f3a\n  pressmark rules test page.html --filters annoyances.txt\n  pressmark rules test https://www.example.org/article --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			lists, err := c.userLists(named)
			if err != nil {
				return err
			}
			t, err := c.testRules(cmd.Context(), x, args[0], filters.New(lists...))
			if err != nil {
				return err
			}
			if c.json {
				return object(c.out, t)
			}
			return c.printRuleTest(t)
		},
	}
	cmd.Flags().StringArrayVar(&named, "filters", nil, "the filter list `FILE` too; may be given several times")
	cmd.Flags().StringVar(&x.url, "url", "", "the page's `URL`, when it is read from a file")
	cmd.Flags().StringVar(&x.contact, "contact", "", "`ADDRESS` at which people behind a URL can reach you (default: the configuration's)")
	return cmd
}

// testRules finds the page that an argument names, and reads it.
func (c *cli) testRules(ctx context.Context, x *extraction, arg string, hidden *filters.Set) (t ruleTest, err error) {
	var p extract.Page
	_, missing := c.files().Stat(arg)
	switch {
	case web(arg):
		if x.url != "" {
			return t, usage(fmt.Errorf("--url is for files, and %s is an address", arg))
		}
		if p, err = x.fetch(ctx, arg); err != nil {
			return t, err
		}
		defer x.close()
		t.URL = arg
	case arg == "-" || missing == nil || strings.ContainsAny(arg, "./\\"):
		if p.Body, err = x.pageOfFile(ctx, arg); err != nil {
			return t, err
		}
		p.URL, t.URL, t.Source = x.url, x.url, arg
	default:
		err = c.reading(func(store *archive.Store) error {
			if p, err = archivedPage(store, arg, &t); err != nil {
				return err
			}
			t.uses, err = ruleUses(ctx, store, archive.Filter{})
			return err
		})
		if err != nil {
			return t, err
		}
	}
	p.Filters = hidden
	t.explain(p)
	t.Reader = extract.VersionWith(hidden)
	return t, nil
}

// pageOfFile reads a page from a file or standard input.
func (x *extraction) pageOfFile(ctx context.Context, name string) ([]byte, error) {
	if name == "-" {
		return readPage(bufio.NewReader(interruptible(ctx, x.c.in)), "standard input")
	}
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	if isWARC(in) {
		return nil, hint(fmt.Errorf("%s is a WARC file, which holds many pages", name), "pressmark extract "+name+" --record N --explain tells of one")
	}
	return readPage(in, name)
}

// archivedPage is the page in the last capture that showed a version, or, of a
// page that never showed an article, in the last of all.
func archivedPage(store *archive.Store, arg string, t *ruleTest) (extract.Page, error) {
	known, n, err := page(store, arg)
	if err != nil {
		return extract.Page{}, err
	}
	t.ID, t.URL = known.Key.ID(), known.URL
	var at archive.Seq
	if known.Head > 0 {
		v, err := version(store, known, n)
		if err != nil {
			return extract.Page{}, err
		}
		at, t.Version = v.Last, v.ID.N
	} else {
		last, found, err := store.LastCapture(known.Key)
		if err == nil && !found {
			err = fmt.Errorf("%s was never fetched", known.URL)
		}
		if err != nil {
			return extract.Page{}, err
		}
		at = last.Seq
	}
	got, err := store.Capture(at)
	if err != nil {
		return extract.Page{}, err
	}
	p := extract.Page{URL: got.URL, Final: got.Final, Status: got.Status, ContentType: got.Header.Get("Content-Type"), Body: got.Body}
	if p.Status == 304 { // it stands for the 200 before it
		p.Status = 200
	}
	p.Memory, err = remembered(store, cmp.Or(got.Final, got.URL))
	return p, err
}

// remembered is what the archive knows of the pages of an address's site.
func remembered(store *archive.Store, address string) (m *memory.Reading, err error) {
	site, err := urlkey.Group(address)
	if err != nil || len(site) > archive.MaxSiteName {
		return nil, nil
	}
	err = store.View(func(tx *archive.Tx) error {
		s, found, err := tx.Memory(site)
		switch {
		case errors.Is(err, archive.ErrDamaged), err == nil && !found: // the page is read without it
			return nil
		case err != nil:
			return err
		}
		m = s.Read(true)
		return nil
	})
	return m, err
}

// explain reads the page and sorts what was taken off it by rule.
func (t *ruleTest) explain(p extract.Page) {
	e := extract.Explain(p)
	a := &e.Article
	t.Title, t.Kind, t.Why, t.Words, t.Refused = a.Title, a.Kind, a.Why, e.Words, e.Refused
	t.Rules = []ruleDone{}
	for _, r := range a.Removed {
		if r.Rule == extract.RefusedRule { // told under Refused
			continue
		}
		i := slices.IndexFunc(t.Rules, func(d ruleDone) bool { return d.Rule == r.Rule && d.Kind == r.Kind })
		if i < 0 {
			i = len(t.Rules)
			t.Rules = append(t.Rules, ruleDone{Rule: r.Rule, Kind: r.Kind, Why: extract.WhyRemoved(r), Archive: t.uses[r.Rule]})
		}
		d := &t.Rules[i]
		d.Removals++
		d.Words += len(strings.Fields(r.Text))
		d.Texts = append(d.Texts, r.Text)
	}
}

func (c *cli) printRuleTest(t ruleTest) error {
	w, width := c.out, c.out.columns()
	name := t.Title
	if name == "" {
		name = cmp.Or(t.URL, t.Source)
	}
	fmt.Fprintln(w, w.style(bold, fit(line(name), width)))
	what := string(t.Kind)
	if t.Why != "" {
		what += ": " + t.Why
	}
	gone := 0
	for _, d := range t.Rules {
		gone += d.Words
	}
	fmt.Fprintln(w, w.style(faint, wrap(fmt.Sprintf("%s · %s kept, %s taken out by %s", line(what), count(t.Words.Kept, "word"), thousands(gone), count(len(t.Rules), "rule")), width)))
	for _, d := range t.Rules {
		uses := ""
		if u := d.Archive; u != nil {
			uses = fmt.Sprintf(" · in the archive %s on %s of %s", thousands(u.Removals), count(u.Pages, "page"), count(u.Sites, "site"))
		} else if t.ID != "" {
			uses = " · not used in the archive as it stands"
		}
		fmt.Fprintf(w, "\n%s  %s\n", w.style(yellow, line(d.Rule)), w.style(faint, fmt.Sprintf("%s · %d × · %s%s", d.Kind, d.Removals, count(d.Words, "word"), uses)))
		fmt.Fprintf(w, "  %s\n", wrapBehind(line(d.Why), 2, width))
		const most = 3
		for i, text := range d.Texts {
			if i == most {
				fmt.Fprintf(w, "  %s\n", w.style(faint, fmt.Sprintf("and %d more", len(d.Texts)-most)))
				break
			}
			fmt.Fprintf(w, "  %s %s\n", w.style(red, "−"), fit(line(text), max(20, width-5)))
		}
	}
	if len(t.Refused) > 0 {
		fmt.Fprintf(w, "\n%s\n", w.style(bold, "rules of filters that are not followed here"))
		for i := 0; i < len(t.Refused); {
			r, n := t.Refused[i], 1
			for i += 1; i < len(t.Refused) && t.Refused[i].Rule == r.Rule && t.Refused[i].Why == r.Why; i++ {
				n++
			}
			fmt.Fprintf(w, "%s  %s\n  %s\n", w.style(yellow, line(r.Rule)), w.style(faint, fmt.Sprintf("%d ×", n)), wrapBehind(line(r.Why), 2, width))
			fmt.Fprintf(w, "  %s %s\n", w.style(green, "+"), fit(line(r.Text), max(20, width-5)))
		}
	}
	return w.err
}
