package main

import (
	"fmt"
	"strings"

	"pressmark/extract/change"
)

// A stat counts the words of a change.
type stat struct {
	Places []place `json:"places"`
	Went   int     `json:"words_went"`
	Came   int     `json:"words_came"`
}

// A place is a headline, a standfirst, a byline or a paragraph.
type place struct {
	Where string `json:"where"`
	Block int    `json:"block"` // as in an edit
	Gone  bool   `json:"gone,omitempty"`
	Moved bool   `json:"moved,omitempty"`
	Went  int    `json:"words_went"`
	Came  int    `json:"words_came"`
}

// statOf counts edits. A place is named once; dates are none.
func statOf(edits []change.Edit) stat {
	s := stat{Places: []place{}}
	at := map[place]int{}
	for _, e := range edits {
		if e.Where == "date" || e.Where == "status" {
			continue
		}
		went, came := e.Words()
		key := place{Where: e.Where, Block: e.Block, Gone: e.Op == change.Delete && e.Block >= 0, Moved: e.Op == change.Move}
		i, known := at[key]
		if !known {
			i = len(s.Places)
			at[key] = i
			s.Places = append(s.Places, key)
		}
		s.Places[i].Went += went
		s.Places[i].Came += came
		s.Went, s.Came = s.Went+went, s.Came+came
	}
	return s
}

// name says where it is, for people.
func (p place) name() string {
	switch {
	case p.Where == "title":
		return "headline"
	case p.Where == "dek":
		return "standfirst"
	case p.Where != "text":
		return p.Where
	case p.Block < 0:
		return "text"
	case p.Gone:
		return fmt.Sprintf("old paragraph %d", p.Block+1)
	}
	return fmt.Sprintf("paragraph %d", p.Block+1)
}

// statText writes a stat as git does, each line after an indentation.
func (c *cli) statText(s stat, indent string) {
	const most = 30 // signs in a bar
	wide, digits, longest := 0, 1, 1
	for _, p := range s.Places {
		wide, digits, longest = max(wide, cells(p.name())), max(digits, len(fmt.Sprint(p.Went+p.Came))), max(longest, p.Went+p.Came)
	}
	scale := func(n int) int {
		if longest <= most || n == 0 {
			return n
		}
		return max(1, n*most/longest)
	}
	for _, p := range s.Places {
		bar := c.out.style(green, strings.Repeat("+", scale(p.Came))) + c.out.style(red, strings.Repeat("-", scale(p.Went)))
		if p.Moved {
			bar = strings.TrimSpace("moved " + bar)
		}
		fmt.Fprintf(c.out, "%s%s | %*d %s\n", indent, pad(p.name(), wide), digits, p.Went+p.Came, bar)
	}
	if len(s.Places) > 0 {
		fmt.Fprintf(c.out, "%s%s changed, %s came, %s went\n", indent, count(len(s.Places), "place"), count(s.Came, "word"), count(s.Went, "word"))
	}
}
