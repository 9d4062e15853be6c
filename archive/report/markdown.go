package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/change"
)

// Markdown writes the report for an e-mail, a wiki or an issue tracker.
func Markdown(w io.Writer, r *Report, zone *time.Location) error {
	r = r.shown()
	p := &printer{w: w}
	p.line("# %s\n", markdown(r.Title))
	p.line("%s  ", markdown(r.span(zone)))
	p.line("%s", markdown(r.summary()))
	if s := r.empty(); s != "" {
		p.line("\n%s", markdown(s))
	}
	if len(r.Papers) > 0 {
		p.line("\n| | changes | worth reading | stealth | admitted | corrections | withdrawn | first edit within (median) |\n|---|--:|--:|--:|--:|--:|--:|--:|")
		for _, x := range r.Papers {
			p.line("| %s | %d | %d | %d (%d %%) | %d | %d | %d | %s |", markdown(x.Site), x.Changed, x.Worth, x.Stealth, x.StealthShare(), x.Admitted, x.Corrections, x.Withdrawn, cmp.Or(x.firstEdit(), "–"))
		}
	}
	cards := func(name string, list []Card) {
		if len(list) == 0 {
			return
		}
		p.line("\n## %s", name)
		for i, c := range list {
			if i < full {
				markdownCard(p, c, zone)
				continue
			}
			if i == full {
				p.line("\n### And %s\n", plural(len(list)-full, "more change"))
			}
			markdownLine(p, c)
		}
	}
	cards("Worth reading", r.Cards)
	if len(r.Alike) > 0 {
		p.line("\n## The same on many pages\n")
		for _, a := range r.Alike {
			p.line("- %s **%s**%s (%s)", a.Card.Sign(), markdown(a.words()), a.Card.gist(lineMark), markdown(a.sort()))
			pages, more := a.shownPages()
			for _, x := range pages {
				p.line("  - %s", link(x.Title, x.URL))
			}
			if more > 0 {
				p.line("  - and %s more", plural(more, "page"))
			}
		}
	}
	cards("Withdrawn, and brought back", r.Withdrawn)
	if len(r.Corrections) > 0 {
		p.line("\n## What the papers told their readers\n")
		for _, a := range r.Corrections {
			p.line("- **%s**, %s: %s", markdown(a.Site), link(a.Title, a.URL), markdown(clip(a.Note)))
		}
	}
	if len(r.Small) > 0 {
		p.line("\n## Small edits\n")
		for _, c := range r.Small {
			markdownLine(p, c)
		}
	}
	if len(r.Doubtful) > 0 {
		p.line("\n## Doubtful: a sudden loss of text, to be seen again before it counts\n")
		for _, c := range r.Doubtful {
			p.line("- **%s**, %s: whole at %s, most of it missing at %s", markdown(c.Site), link(c.Title, c.URL), moment(c.After, zone), moment(c.Before, zone))
		}
	}
	if len(r.Stories) > 0 {
		p.line("\n## Told by more than one")
		for _, s := range r.Stories {
			p.line("\n**%s**\n", markdown(s.Title))
			for _, c := range s.Copies {
				p.line("- %s: %s (`%s`)", markdown(c.Site), markdown(copyWords(c, zone)), short(c.Page))
			}
		}
	}
	if len(r.Unseen) > 0 {
		p.line("\n## %s\n", unseenHead)
		for _, u := range r.Unseen {
			p.line("- %s: %s, %s", markdown(u.Site), markdown(u.Reason), times(u.Times))
		}
	}
	p.line("\n## How to read this\n")
	for _, s := range howToRead {
		p.line("- %s", s)
	}
	p.line("\n%s", markdown(r.colophon()))
	if s := r.Checkpoint.words(zone); s != "" {
		p.line("\n%s", markdown(s))
	}
	return p.err
}

func markdownCard(p *printer, c Card, zone *time.Location) {
	list, dates, more := c.sorted()
	title := markdown(c.Title)
	if len(list) > 0 && list[0].Where == "title" {
		title = markdownWords(list[0], true)
		list = list[1:]
	}
	p.line("\n### %s %s\n", c.Sign(), title)
	line := "**" + markdown(c.Site) + "** · " + markdown(c.KindWords())
	if h := c.Honesty(); h != "" {
		line += " · *" + h + "*"
	}
	if age := c.Age(); age != "" {
		line += " · " + age
	}
	p.line("%s\n", line)
	for _, e := range list {
		p.line("- %s: %s", where(e), markdownWords(e, false))
	}
	if more > 0 {
		p.line("- %s", markdown(c.moreWords(more)))
	}
	if len(c.Also) > 0 {
		names := make([]string, len(c.Also))
		for i, x := range c.Also {
			names[i] = markdown(alsoWords(x))
		}
		p.line("- also told by: %s", strings.Join(names, ", "))
	}
	if w := c.watchWords(); w != "" {
		p.line("- watch: %s", markdown(w))
	}
	if len(list)+more+len(c.Also)+len(c.Watched) > 0 {
		p.line("")
	}
	small := c.Interval(zone)
	if s := c.foot(dates, zone); s != "" {
		small += " · " + markdown(s)
	}
	p.line("<sub>%s</sub>  ", small)
	p.line("<sub>`%s` %s · %s</sub>", short(c.Page), c.fromTo(), link("original", c.URL))
}

func markdownLine(p *printer, c Card) {
	s := fmt.Sprintf("- %s **%s**, %s (%s", c.Sign(), markdown(c.Site), link(c.Title, c.URL), markdown(c.KindWords()))
	if h := c.Honesty(); h != "" {
		s += "; *" + h + "*"
	}
	if w := c.watchWords(); w != "" {
		s += "; watch " + markdown(w)
	}
	p.line("%s)%s", s, c.gist(lineMark))
}

func lineMark(op change.Op, text string) string { return marked(op, text, ' ', ' ') }

// markdownWords renders an edit on one line; in a heading, where all is bold,
// what came is underlined.
func markdownWords(e change.Edit, heading bool) string {
	list := runs(e)
	var b strings.Builder
	for i, s := range list {
		next := ' '
		if i+1 < len(list) {
			if next, _ = utf8.DecodeRuneInString(list[i+1].Text); s.Op != "" && list[i+1].Op != "" {
				next = ' '
			}
		}
		if i > 0 && s.Op != "" && list[i-1].Op != "" {
			b.WriteByte(' ') // marks that touch are none
		}
		prev, _ := utf8.DecodeLastRuneInString(b.String())
		b.WriteString(spaced(func(op change.Op, text string) string {
			before, after := prev, next
			if !strings.HasPrefix(s.Text, text) {
				before = ' '
			}
			if !strings.HasSuffix(s.Text, text) {
				after = ' '
			}
			if heading && op == change.Insert {
				return "<ins>" + markdown(text) + "</ins>"
			}
			return marked(op, text, before, after)
		})(s.Op, s.Text))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// marked writes words that went as ~~struck~~ and those that came as **bold**.
// Between letters such marks are none where they touch punctuation (CommonMark's
// rule of flanking); HTML's never fail.
func marked(op change.Op, text string, before, after rune) string {
	plain := markdown(text)
	if op == "" {
		return plain
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	loose := func(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) }
	inWord := func(inside, outside rune) bool { return sign(inside) && !loose(outside) && !sign(outside) }
	open, end, tag := "**", "**", "ins"
	if op == change.Delete {
		open, end, tag = "~~", "~~", "del"
	}
	if inWord(first, before) || inWord(last, after) {
		return "<" + tag + ">" + plain + "</" + tag + ">"
	}
	return open + plain + end
}

func sign(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// markdown keeps text from the web from being read as markup.
func markdown(s string) string { return escapes.Replace(s) }

var escapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "#", `\#`, "|", `\|`, "~", `\~`, "\n", " ")

// link writes a link to a page of the web; another address is only told.
func link(text, url string) string {
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
		return markdown(text) + " (" + markdown(url) + ")"
	}
	return "[" + markdown(text) + "](<" + addresses.Replace(url) + ">)"
}

var addresses = strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", `\`, "%5C", "\n", "")
