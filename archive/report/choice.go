package report

import (
	"fmt"
	"slices"
	"strings"
)

// A Choice says which changes a report is on; its zero value: all.
type Choice struct {
	Sites   []string // none: all
	Min     int      // of this grade and above
	Kinds   []string // of any of these kinds; none: all
	Stealth bool     // only those of which the paper says nothing
	Watches []Watch  // are told of where they match
	Watched bool     // only changes that a watch matches
}

// site reports whether the report is on a site.
func (o *Choice) site(name string) bool { return len(o.Sites) == 0 || slices.Contains(o.Sites, name) }

// Narrow reports whether changes are left out for what they are, not for whose.
func (o *Choice) Narrow() bool { return o.Min > 0 || len(o.Kinds) > 0 || o.Stealth || o.Watched }

// Take reports whether a change is one for the report, and notes the watches that it concerns.
func (o *Choice) Take(c *Card) bool {
	if !o.site(c.Site) || c.Grade < o.Min || o.Stealth && !c.Stealth {
		return false
	}
	if len(o.Kinds) > 0 && !slices.ContainsFunc(c.Kinds, func(k string) bool { return slices.Contains(o.Kinds, k) }) {
		return false
	}
	for _, w := range o.Watches {
		if m, ok := w.match(*c); ok {
			c.Watched = append(c.Watched, m)
		}
	}
	return !o.Watched || len(c.Watched) > 0
}

// words say what the report is limited to; "" when it is on everything.
func (o *Choice) words() string {
	var list []string
	if len(o.Sites) > 0 {
		list = append(list, strings.Join(o.Sites, ", "))
	}
	if o.Min > 0 {
		list = append(list, fmt.Sprintf("grade %d and above", o.Min))
	}
	if len(o.Kinds) > 0 {
		var kinds []string
		for _, k := range o.Kinds {
			if w, ok := kindWords[k]; ok {
				k = w
			}
			kinds = append(kinds, k)
		}
		list = append(list, strings.Join(kinds, " or "))
	}
	if o.Stealth {
		list = append(list, "stealth edits")
	}
	if o.Watched {
		var names []string
		for _, w := range o.Watches {
			names = append(names, w.Name)
		}
		list = append(list, "what matches "+strings.Join(names, ", "))
	}
	return strings.Join(list, " · ")
}
