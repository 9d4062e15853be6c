package report

import (
	"io"
	"strings"
	"time"

	"pressmark/extract/change"
)

// Markdown writes the report for an e-mail, a wiki or an issue tracker.
func Markdown(w io.Writer, r *Report, zone *time.Location) error {
	p := &printer{w: w}
	p.line("# %s\n", markdown(r.Title))
	p.line("%s  ", r.interval(zone))
	p.line("%s", r.summary())
	section := func(name string, cards []Card) {
		if len(cards) == 0 {
			return
		}
		p.line("\n## %s", name)
		for _, c := range cards {
			markdownCard(p, c, zone)
		}
	}
	section("Worth reading", r.Cards)
	section("Withdrawn", r.Withdrawn)
	section("Small edits", r.Small)
	section("Doubtful", r.Doubtful)
	if len(r.Stories) > 0 {
		p.line("\n## Told by more than one")
		for _, s := range r.Stories {
			p.line("\n**%s**\n", markdown(s.Title))
			for _, c := range s.Copies {
				p.line("- %s: %s (`%s`)", markdown(c.Site), markdown(copyWords(c)), short(c.Page))
			}
		}
	}
	if len(r.Unseen) > 0 {
		p.line("\n## Not seen\n")
		for _, u := range r.Unseen {
			p.line("- %s: %s: %s", markdown(u.Site), markdown(u.Reason), plural(u.Pages, "page"))
		}
	}
	p.line("\n## How to read this\n")
	for _, s := range howToRead {
		p.line("- %s", s)
	}
	if r.Program != "" {
		p.line("\n%s", r.Program)
	}
	return p.err
}

func markdownCard(p *printer, c Card, zone *time.Location) {
	p.line("\n### %s %s\n", c.Dots(), markdown(c.Title))
	line := "**" + markdown(c.Site) + "** · " + c.KindWords()
	if h := c.Honesty(); h != "" {
		line += " · *" + h + "*"
	}
	p.line("%s\n", line)
	m := spaced(func(op change.Op, text string) string {
		switch op {
		case change.Delete:
			return "~~" + markdown(text) + "~~"
		case change.Insert:
			return "**" + markdown(text) + "**"
		}
		return markdown(text)
	})
	for _, e := range c.Edits {
		p.line("- %s: %s", where(e), strings.Join(strings.Fields(words(e, m)), " "))
	}
	p.line("\n`%s` %s, %s · <%s>", short(c.Page), c.fromTo(), c.Interval(zone), c.URL)
}

// markdown keeps text from the web from being read as markup.
func markdown(s string) string { return escapes.Replace(s) }

var escapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", "&", "&amp;", "#", `\#`, "|", `\|`, "~", `\~`, "\n", " ")
