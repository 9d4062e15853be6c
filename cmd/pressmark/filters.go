package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	filters "pressmark/extract/filter"
)

// lists reads the filter lists that the configuration names. One that is not
// there, or is no list, is a fault of the configuration; of the lines of a list
// that can't be read its Faults tell.
func (c *config) lists() ([]*filters.List, error) {
	bad := &configFaults{path: c.path, source: c.source}
	var out []*filters.List
	for i, name := range c.Filters {
		at := fault{line: 1, column: 1}
		if i < len(c.filtersAt) {
			at = c.filtersAt[i]
		}
		if !filepath.IsAbs(name) {
			name = filepath.Join(filepath.Dir(c.path), name)
		}
		l, err := c.of.list(name)
		if err != nil {
			at.message = "filters: " + withoutCall(err).Error()
			bad.faults = append(bad.faults, at)
			continue
		}
		out = append(out, l)
	}
	if len(bad.faults) > 0 {
		return nil, bad
	}
	own, err := c.ignores()
	if err == nil && len(own.Rules)+len(own.Texts) > 0 {
		out = append(out, own)
	}
	return out, err
}

// withoutCall leaves out of an error which system call it was.
func withoutCall(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s: %w", p.Path, p.Err)
	}
	return err
}

// filters are the rules that the configuration's lists make.
func (c *cli) filters(conf *config) (*filters.Set, error) {
	lists, err := conf.lists()
	if err != nil {
		return nil, err
	}
	c.tellFaults(lists)
	return filters.New(lists...), nil
}

// namedFilters are the rules of lists that a flag names.
func (c *cli) namedFilters(names []string) (*filters.Set, error) {
	lists, err := c.namedLists(names)
	if err != nil {
		return nil, err
	}
	c.tellFaults(lists)
	return filters.New(lists...), nil
}

func (c *cli) namedLists(names []string) (lists []*filters.List, err error) {
	for _, name := range names {
		l, err := c.list(name)
		if err != nil {
			return nil, fmt.Errorf("--filters: %w", withoutCall(err))
		}
		lists = append(lists, l)
	}
	return lists, nil
}

// list reads a filter list.
func (c *cli) list(name string) (*filters.List, error) {
	f, err := c.files().Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return filters.Read(name, f)
}

// tellFaults says of lists that lines of them can't be read: the first few
// themselves, of the others how many there are.
func (c *cli) tellFaults(lists []*filters.List) {
	const most = 3
	for _, l := range lists {
		for i, f := range l.Faults {
			if i == most {
				c.say("%s: %s more can't be read", l.Name, count(len(l.Faults)-most, "line"))
				break
			}
			c.say("%s: the rule is left out", line(f.Error()))
		}
	}
}

// shownFault is a line of a list with what is wrong with it, as faults of the
// configuration are shown.
func shownFault(f filters.Fault) string {
	return fmt.Sprintf("%s\n >%5d | %s\n        | ^", line(f.Error()), f.Line, fit(line(f.Text), 90))
}

// A listObject says of a filter list what it has.
type listObject struct {
	File   string         `json:"file"`
	Title  string         `json:"title,omitempty"`
	Rules  int            `json:"rules"`
	Passed map[string]int `json:"passed_over,omitempty"` // lines that say nothing of text, by kind
	Faults int            `json:"unreadable"`
}

func listsOf(lists []*filters.List) []listObject {
	out := []listObject{}
	for _, l := range lists {
		out = append(out, listObject{l.Name, l.Title, len(l.Rules) + len(l.Texts), l.Passed, len(l.Faults)})
	}
	return out
}

// listLine says the same in words.
func listLine(l *filters.List) string {
	s := []string{count(len(l.Rules)+len(l.Texts), "rule")}
	passed := 0
	for _, n := range l.Passed {
		passed += n
	}
	if passed > 0 {
		s = append(s, fmt.Sprintf("%s for browsers only", thousands(passed)))
	}
	if n := len(l.Faults); n > 0 {
		s = append(s, fmt.Sprintf("%s unreadable", thousands(n)))
	}
	return strings.Join(s, ", ")
}
