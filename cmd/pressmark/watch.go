package main

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"

	"pressmark/archive/report"
)

// A watchConfig is what somebody wants to be told of.
type watchConfig struct {
	Name  string   `yaml:"name" json:"name" jsonschema:"what it is called in reports, and by --watch"`
	Words []string `yaml:"words" json:"words,omitempty" jsonschema:"words and phrases, one of which must be in what went or came itself; a star at the end stands for any ending; none: any change"`
	Sites []string `yaml:"sites" json:"sites,omitempty" jsonschema:"names of sites; default: all"`
	Kinds []string `yaml:"kinds" json:"kinds,omitempty" jsonschema:"kinds of change, such as numbers or quotes; default: all"`
	Grade int      `yaml:"grade" json:"grade,omitempty" jsonschema:"only changes of this grade (0 to 3) and above"`
}

// watches are those of the configuration.
func (c *config) watches() []report.Watch {
	var list []report.Watch
	for _, w := range c.Watches {
		list = append(list, report.Watch{Name: w.Name, Words: w.Words, Sites: w.Sites, Kinds: w.Kinds, Grade: w.Grade})
	}
	return list
}

func (e *configFaults) watches(c *config, root ast.Node) {
	seen := map[string]bool{}
	for i, w := range c.Watches {
		path := fmt.Sprintf("$.watches[%d]", i)
		switch {
		case w.Name == "":
			e.at(node(root, path), "a watch needs its name")
		case seen[fold(w.Name)]:
			e.at(node(root, path+".name"), "two watches are called %q: give one another name", w.Name)
		}
		seen[fold(w.Name)] = true
		for j, word := range w.Words {
			list, err := report.ParseWords(word)
			if err == nil && len(list) > 1 {
				err = fmt.Errorf("%q: write each word of its own", word)
			}
			if err != nil {
				e.at(node(root, fmt.Sprintf("%s.words[%d]", path, j)), "%v", err)
			}
		}
		e.chosen(c, root, path, w.Sites, w.Kinds, w.Grade)
	}
}

// chosen checks what watches and reports choose by.
func (e *configFaults) chosen(c *config, root ast.Node, path string, sites, kinds []string, grade int) {
	for j, name := range sites {
		known := false
		var names []string
		for _, s := range c.Sites {
			known = known || s.name() == name
			names = append(names, s.name())
		}
		if !known {
			message := fmt.Sprintf("no site is called %q", name)
			if best := nearest(name, names); best != "" {
				message += fmt.Sprintf(": did you mean %q?", best)
			}
			e.at(node(root, fmt.Sprintf("%s.sites[%d]", path, j)), "%s", message)
		}
	}
	for j, k := range kinds {
		if err := badKind([]string{k}); err != nil {
			message := err.Error()
			if best := nearest(k, changeKinds); best != "" {
				message += fmt.Sprintf(": did you mean %q?", best)
			}
			e.at(node(root, fmt.Sprintf("%s.kinds[%d]", path, j)), "%s", message)
		}
	}
	if grade < 0 || grade > 3 {
		e.at(node(root, path+".grade"), "grade must be between 0 and 3, not %d", grade)
	}
}
