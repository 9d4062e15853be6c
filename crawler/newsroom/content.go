package newsroom

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Each article is a file content/PAPER/SLUG.txt:
//
//	title: …                    the head: fields, up to the first empty line
//	published: Mon 06:40        UTC
//
//	A paragraph, on one line.
//
//	## A heading
//
//	> A quotation
//
//	- An item
//
//	@ Tue 14:00 numbers         an edit: when, and its kinds as package change names them
//	replace: old => new         exactly one place
//
// The fields title, dek, byline (a;b), agency, section, figure (caption |
// credit), notice, related (a, b: slugs) and ago may stand in the head and in an
// edit. Only in the head: published, old (a former slug, which the feed still
// names), tracked (the feed names a counting redirect), disallowed, walled
// (here or redirect), embed, from (ID [n]: the text, or its first n blocks, is
// another article's), story (NAME RELATION), apart (ID).
// Only in an edit: modified: now, replace, delete (how a block begins), append,
// move (how a block begins => how the block begins that it is put before).
// Besides change's kinds an edit may be furniture, withdrawn, restored, wall, open.
//
//go:embed content templates
var files embed.FS

// An article is one article of the world with everything that happens to it.
type article struct {
	id, slug   string
	paper      *paper
	path       string
	published  time.Time
	old        string // former path
	tracked    string // path of the counting redirect
	disallowed bool
	walled     string
	embed      bool
	from       string
	first      int // blocks of from; 0 means all
	story      string
	relation   string
	apart      string
	editions   []edition // in order of time, the first when it appears
}

// An edition is how an article stands from one moment on.
type edition struct {
	at       time.Time
	stamp    time.Time // Last-Modified: at, but a second later than that of the edition before
	edit     *Edit     // what made it; nil for the first, and for furniture and walls
	kind     Kind
	title    string
	dek      string
	byline   []string
	agency   string
	section  string
	modified time.Time
	blocks   []Block // without the standfirst
	caption  string
	credit   string
	notice   string
	banner   bool // a visitor's cookie banner
	related  []string
	ago      string
}

// at gives the edition that stands at an instant, nil before the first.
func (a *article) at(t time.Time) *edition {
	for i := len(a.editions) - 1; i >= 0; i-- {
		if !t.Before(a.editions[i].at) {
			return &a.editions[i]
		}
	}
	return nil
}

func (a *article) url() string { return a.paper.base + a.path }

// load reads the articles of all papers.
func load(papers []*paper) (map[string]*article, error) {
	all := map[string]*article{}
	for _, p := range papers {
		names, err := fs.Glob(files, "content/"+p.key+"/*.txt")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := files.ReadFile(name)
			if err != nil {
				return nil, err
			}
			a, err := parse(p, strings.TrimSuffix(path.Base(name), ".txt"), string(text))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			p.articles = append(p.articles, a)
			all[a.id] = a
		}
	}
	for _, a := range all {
		for _, e := range a.editions {
			for _, slug := range e.related {
				if o := all[a.paper.key+"/"+slug]; o == nil || o.published.After(e.at) && o.published.After(Start) {
					return nil, fmt.Errorf("%s: related to %q, which is not there at %s", a.id, slug, e.at)
				}
			}
		}
		if a.from == "" {
			continue
		}
		source := all[a.from]
		if source == nil {
			return nil, fmt.Errorf("%s: no article %s to copy", a.id, a.from)
		}
		blocks := source.editions[0].blocks
		if a.first > 0 {
			blocks = blocks[:min(a.first, len(blocks))]
		}
		if len(a.editions) > 1 {
			return nil, fmt.Errorf("%s: a copy cannot be edited", a.id)
		}
		a.editions[0].blocks = blocks
	}
	for _, p := range papers {
		slices.SortFunc(p.articles, func(a, b *article) int {
			if c := a.editions[0].at.Compare(b.editions[0].at); c != 0 {
				return c
			}
			return strings.Compare(a.slug, b.slug)
		})
	}
	return all, nil
}

// parse reads one file of content.
func parse(p *paper, slug, text string) (*article, error) {
	a := &article{id: p.key + "/" + slug, slug: slug, paper: p}
	head, rest, _ := strings.Cut(text, "\n\n")
	e := edition{kind: Live, notice: p.notice}
	for line := range strings.Lines(head) {
		key, value, err := field(line)
		if err != nil {
			return nil, err
		}
		if known, err := a.head(key, value); err != nil {
			return nil, err
		} else if known {
			continue
		}
		if !e.set(key, value) {
			return nil, fmt.Errorf("unknown field %q", key)
		}
	}
	if e.title == "" || a.published.IsZero() || e.section == "" {
		return nil, fmt.Errorf("title, published or section is missing")
	}
	if a.walled != "" {
		e.kind = Wall
	}
	e.at, e.stamp, e.modified = a.published, a.published, a.published
	form := p.form
	if a.disallowed {
		form = p.hidden
	}
	date := a.published.In(p.zone).Format("2006/01/02")
	a.path = fmt.Sprintf(form, e.section, date, sluggish(e.title))
	if a.old != "" {
		a.old = fmt.Sprintf(form, e.section, date, a.old)
	}

	body, edits, more := strings.Cut("\n\n"+rest, "\n\n@ ")
	e.blocks = blocks(body)
	a.editions = []edition{e}
	for more {
		var one string
		one, edits, more = strings.Cut(edits, "\n\n@ ")
		if err := a.change(one); err != nil {
			return nil, fmt.Errorf("@ %s: %w", strings.SplitN(one, "\n", 2)[0], err)
		}
	}
	return a, nil
}

func field(line string) (key, value string, err error) {
	key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
	if !ok {
		return "", "", fmt.Errorf("line %q: want \"field: value\"", line)
	}
	return key, strings.TrimSpace(value), nil
}

// head takes the fields that stand for the whole life of an article.
func (a *article) head(key, value string) (known bool, err error) {
	switch key {
	case "published":
		a.published, err = instant(value)
	case "old":
		a.old = value
	case "tracked":
		a.tracked = "/go/" + a.slug
	case "disallowed":
		a.disallowed = true
	case "walled":
		a.walled = value
	case "embed":
		a.embed = true
	case "from":
		from, first, cut := strings.Cut(value, " ")
		if a.from = from; cut {
			a.first, err = strconv.Atoi(first)
		}
	case "story":
		a.story, a.relation, _ = strings.Cut(value, " ")
	case "apart":
		a.apart = value
	default:
		return false, nil
	}
	return true, err
}

// set takes the fields that an edit may change.
func (e *edition) set(key, value string) bool {
	switch key {
	case "title":
		e.title = value
	case "dek":
		e.dek = value
	case "byline":
		e.byline = strings.Split(value, "; ")
	case "agency":
		e.agency = value
	case "section":
		e.section = value
	case "figure":
		e.caption, e.credit, _ = strings.Cut(value, " | ")
	case "notice":
		e.notice = value
	case "related":
		e.related = strings.Split(value, ", ")
	case "ago":
		e.ago = value
	default:
		return false
	}
	return true
}

// sluggish makes of a headline what papers put into their URLs.
func sluggish(title string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '’':
			return -1
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return r
		}
		return ' '
	}, norm.NFD.String(strings.ToLower(title)))
	words := strings.Fields(plain)
	return strings.Join(words[:min(len(words), 9)], "-")
}

// blocks reads paragraphs, headings, quotations and items, divided by empty lines.
func blocks(text string) []Block {
	kinds := map[string]string{"##": "heading", ">": "quote", "-": "item"}
	var all []Block
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		part = strings.Join(strings.Fields(part), " ")
		kind := "paragraph"
		if mark, rest, ok := strings.Cut(part, " "); ok && kinds[mark] != "" {
			kind, part = kinds[mark], rest
		}
		if part != "" {
			all = append(all, Block{Kind: kind, Text: part})
		}
	}
	return all
}

// source is the inverse of blocks.
func source(all []Block) string {
	mark := map[string]string{"heading": "## ", "quote": "> ", "item": "- "}
	var parts []string
	for _, b := range all {
		parts = append(parts, mark[b.Kind]+b.Text)
	}
	return strings.Join(parts, "\n\n")
}
