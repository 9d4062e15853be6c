package main

import (
	"fmt"
	"strings"

	"pressmark/extract/change"
)

// The columns of a text that is shown beside another one.
const (
	narrowest = 20
	widest    = 80
)

// sides writes the old text on the left and the new one on the right, with
// what happened to a passage between them.
func (c *cli) sides(x comparison, o diffOptions) {
	width := min((c.out.columns()-3)/2, widest)
	if width < narrowest {
		c.say("too narrow for two texts side by side: they stand in one")
		c.inline(x, o)
		return
	}
	zone := c.zone()
	c.columnsOf(" ", width,
		[]piece{{bold, fmt.Sprintf("v%d", x.a.ID.N)}, {faint, "  seen to " + clock(x.a.LastSeen, zone)}},
		[]piece{{bold, fmt.Sprintf("v%d", x.b.ID.N)}, {faint, "  seen from " + clock(x.b.FirstSeen, zone)}})
	c.eachLine(x.lines, o, func(l change.Line) {
		sign, left, right := c.sidePieces(l, o)
		c.columnsOf(sign, width, left, right)
	})
}

func (c *cli) sidePieces(l change.Line, o diffOptions) (sign string, left, right []piece) {
	if l.Greyed {
		return "·", []piece{{faint, l.Before}}, []piece{{faint, l.After}}
	}
	switch l.Op {
	case change.Insert:
		return "+", nil, []piece{c.marked(l.Op, l.After, o)}
	case change.Delete:
		return "-", []piece{c.marked(l.Op, l.Before, o)}, nil
	case change.Move:
		return ">", []piece{{faint, "(moved)"}}, c.spanPieces(l, change.Delete, o)
	case change.Replace:
		return "~", c.spanPieces(l, change.Insert, o), c.spanPieces(l, change.Delete, o)
	}
	return "│", []piece{{"", l.Before}}, []piece{{"", l.After}}
}

// columnsOf writes two passages beside each other, each in its own column.
func (c *cli) columnsOf(sign string, width int, left, right []piece) {
	a, b := c.out.flow(left, width, true), c.out.flow(right, width, true)
	for i := range max(len(a), len(b)) {
		var l, r string
		if i < len(a) {
			l = a[i]
		}
		if i < len(b) {
			r = b[i]
		}
		if i > 0 && sign != " " {
			sign = "│"
		}
		row := l + strings.Repeat(" ", max(0, width-seen(l))) + " " + sign + " " + r
		fmt.Fprintln(c.out, strings.TrimRight(row, " "))
	}
}
