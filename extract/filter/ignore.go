package filter

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A TextRule leaves out of articles what a user never wants to hear of: a
// line, or what a regular expression matches. What it takes makes no version
// and no change, and is in no report.
type TextRule struct {
	Line    string   // a whole paragraph, heading or item, but for its spaces
	Regexp  string   // in Go's syntax; what it matches in a paragraph, the headline or the standfirst
	Domains []string // where it holds; empty: everywhere

	match *regexp.Regexp
}

// longestTextRule is the longest rule for text, in bytes.
const longestTextRule = 4000

// NewTextRule checks a rule for text.
func NewTextRule(line, expression string, domains []string) (TextRule, error) {
	r := TextRule{Line: strings.Join(strings.Fields(line), " "), Regexp: expression, Domains: domains}
	switch {
	case (r.Line == "") == (r.Regexp == ""):
		return r, errors.New("a rule for text is a line or a regular expression")
	case len(line)+len(expression) > longestTextRule:
		return r, fmt.Errorf("a rule of more than %d letters", longestTextRule)
	case r.Line != "":
		return r, nil
	}
	match, err := regexp.Compile(expression)
	if err != nil {
		return r, fmt.Errorf("not a regular expression: %w", err)
	}
	if match.MatchString("") {
		return r, errors.New("the expression matches where nothing is: write one that needs a letter, such as .+ for .*")
	}
	r.match = match
	return r, nil
}

// String names the rule.
func (r *TextRule) String() string {
	s := "line:" + r.Line
	if r.match != nil {
		s = "regex:" + r.Regexp
	}
	if len(r.Domains) > 0 {
		s = strings.Join(r.Domains, ",") + " " + s
	}
	return s
}

// A Cut is what a rule took out of a text.
type Cut struct {
	Rule *TextRule
	Text string
}

// Ignores gives the rules for the text of a page at an address, nil when there are none.
func (s *Set) Ignores(address string) (list []*TextRule) {
	if s == nil || len(s.texts) == 0 {
		return nil
	}
	at := placeOf(address)
	for i := range s.texts {
		r := &s.texts[i]
		if len(r.Domains) == 0 || slices.ContainsFunc(r.Domains, func(d string) bool { return slices.Contains(at, d) }) {
			list = append(list, r)
		}
	}
	return list
}

// CutText takes out of a text what rules ignore, and gives what is left.
func CutText(rules []*TextRule, text string) (rest string, cuts []Cut) {
	rest = text
	for _, r := range rules {
		if r.match == nil {
			if strings.Join(strings.Fields(rest), " ") == r.Line {
				return "", append(cuts, Cut{r, rest})
			}
			continue
		}
		found := r.match.FindAllString(rest, -1)
		if found == nil {
			continue
		}
		for _, f := range found {
			cuts = append(cuts, Cut{r, f})
		}
		rest = r.match.ReplaceAllLiteralString(rest, "")
		rest = strings.TrimSpace(doubled.ReplaceAllString(rest, " "))
		if rest == "" {
			break
		}
	}
	return rest, cuts
}

// doubled is the space on both sides of what was taken out.
var doubled = regexp.MustCompile(` {2,}`)
