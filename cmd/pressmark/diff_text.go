package main

import (
	"fmt"
	"strings"

	"pressmark/extract/change"
)

// diffHead writes what is compared, and what the difference comes to.
func (c *cli) diffHead(x comparison) {
	zone := c.zone()
	fmt.Fprintf(c.out, "%s · %s\n", c.out.style(bold, line(x.page.Site)), line(x.b.Article.Title))
	words := []string{}
	for _, k := range x.diff.Kinds {
		words = append(words, string(k))
	}
	verdict := strings.Join(words, ", ")
	if x.diff.Stealth {
		verdict += " · " + c.out.style(red, "stealth")
	} else if x.diff.Declared {
		verdict += " · declared"
	}
	if x.diff.Reason != "" {
		verdict += " (" + line(x.diff.Reason) + ")"
	}
	if !x.diff.Changed {
		verdict = "nothing that a reader would see"
	}
	fmt.Fprintf(c.out, "v%d seen to %s → v%d seen from %s\n%s\n", x.a.ID.N, clock(x.a.LastSeen, zone), x.b.ID.N, clock(x.b.FirstSeen, zone), verdict)
	if x.test != nil {
		fmt.Fprintln(c.out, testWords(x.test))
	}
	fmt.Fprintln(c.out)
}

// testWords tell a headline test: a headline that went and came back.
func testWords(test []string) string {
	list := make([]string, len(test))
	for i, s := range test {
		list[i] = line(s)
	}
	return "headline test: " + strings.Join(list, " → ")
}

// marked is text that went or came, as it is shown.
func (c *cli) marked(op change.Op, text string, o diffOptions) piece {
	text = clean(text)
	bare := c.out.color && o.words != "plain"
	switch op {
	case change.Delete:
		if !bare {
			text = "[-" + text + "-]"
		}
		return piece{struck, text}
	case change.Insert:
		if !bare {
			text = "{+" + text + "+}"
		}
		return piece{insert, text}
	}
	return piece{"", text}
}

// inline writes both texts as one.
func (c *cli) inline(x comparison, o diffOptions) {
	c.eachLine(x.lines, o, func(l change.Line) {
		sign, pieces := c.inlinePieces(l, o)
		width := min(c.out.columns(), 100) - 2
		if !c.out.tty { // what is piped keeps its paragraphs
			width = 1 << 30
		}
		for i, row := range c.out.flow(pieces, width, false) {
			if i > 0 {
				sign = " "
			}
			fmt.Fprintln(c.out, sign+" "+row)
		}
	})
}

// eachLine goes through the lines that are to be shown, and says how many
// paragraphs between them are unchanged.
func (c *cli) eachLine(lines []change.Line, o diffOptions, show func(change.Line)) {
	same := 0
	flush := func() {
		if same > 0 {
			fmt.Fprintln(c.out, c.out.style(faint, fmt.Sprintf("  … %s unchanged", count(same, "paragraph"))))
		}
		same = 0
	}
	for _, l := range lines {
		switch {
		case o.all:
		case l.Greyed:
			continue
		case l.Op == "":
			same++
			continue
		}
		flush()
		show(l)
	}
	flush()
}

func (c *cli) inlinePieces(l change.Line, o diffOptions) (sign string, pieces []piece) {
	if l.Greyed {
		if l.Op == change.Delete {
			return "·", []piece{{faint, l.Before}, {faint, "  (gone; no part of the article)"}}
		}
		return "·", []piece{{faint, l.After}, {faint, "  (came; no part of the article)"}}
	}
	switch l.Op {
	case change.Insert:
		return "+", []piece{c.marked(l.Op, l.After, o)}
	case change.Delete:
		return "-", []piece{c.marked(l.Op, l.Before, o)}
	case change.Move:
		return ">", append(c.spanPieces(l, "", o), piece{faint, "  (moved)"})
	case change.Replace:
		return "~", c.spanPieces(l, "", o)
	}
	return " ", []piece{{"", l.After}}
}

// spanPieces are an edited line's words, without those of one operation.
func (c *cli) spanPieces(l change.Line, without change.Op, o diffOptions) (pieces []piece) {
	spans := l.Spans
	if len(spans) == 0 && l.Op == change.Replace {
		spans = []change.Span{{Op: change.Delete, Text: l.Before}, {Text: " → "}, {Op: change.Insert, Text: l.After}}
		if without != "" {
			spans = append(spans[:1:1], spans[2])
		}
	}
	if len(spans) == 0 {
		return []piece{{"", l.After}}
	}
	for _, s := range spans {
		if without == "" || s.Op != without {
			pieces = append(pieces, c.marked(s.Op, s.Text, o))
		}
	}
	return pieces
}
