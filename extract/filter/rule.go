package filter

import (
	"slices"
	"strings"
)

// A Rule hides the elements that a selector matches, is an exception to such
// rules, or frees a site from them.
type Rule struct {
	Selector  string   // empty when Frees says something
	Domains   []string // where it holds; empty: everywhere
	Not       []string // where it does not, although a domain above it in Domains, or everywhere, says so
	Exception bool     // what matches Selector stays
	Frees     Freedom  // from which rules the one domain in Domains is free

	List string // the file that has it
	Line int
}

// A Freedom says which rules don't hold on a site.
type Freedom uint8

// The freedoms.
const (
	FromGeneric  Freedom = 1 << iota // rules that name no site
	FromSpecific                     // rules that name one
)

// String writes the rule as a line of a list. Read makes the same rule of it.
func (r *Rule) String() string {
	if r.Frees != 0 {
		return "@@||" + r.Domains[0] + "^$" + freedomNames[r.Frees]
	}
	var b strings.Builder
	for i, d := range r.Domains {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(d)
	}
	for i, d := range r.Not {
		if i > 0 || len(r.Domains) > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('~')
		b.WriteString(d)
	}
	if r.Exception {
		b.WriteString("#@#")
	} else {
		b.WriteString("##")
	}
	b.WriteString(r.Selector)
	return b.String()
}

var freedomNames = map[Freedom]string{
	FromGeneric: "generichide", FromSpecific: "specifichide", FromGeneric | FromSpecific: "elemhide",
}

// freedoms are the options of exceptions for requests that speak of hiding.
var freedoms = map[string]Freedom{
	"generichide": FromGeneric, "ghide": FromGeneric,
	"specifichide": FromSpecific, "shide": FromSpecific,
	"elemhide": FromGeneric | FromSpecific, "ehide": FromGeneric | FromSpecific,
	"document": FromGeneric | FromSpecific, "doc": FromGeneric | FromSpecific,
}

// A place is the site that a page belongs to, under all the names that a rule
// may call it by, the longest first.
type place []string

// holds tells whether a rule holds at a place: the longest name that it speaks of decides.
func (r *Rule) holds(at place) bool {
	if len(r.Domains)+len(r.Not) == 0 {
		return true
	}
	for _, name := range at {
		if slices.Contains(r.Not, name) {
			return false
		}
		if slices.Contains(r.Domains, name) {
			return true
		}
	}
	return len(r.Domains) == 0
}
