package main

import (
	"cmp"
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"pressmark/extract/urlkey"
)

// A fault is one thing that is wrong in a configuration file.
type fault struct {
	line, column int
	message      string
	length       int // how far it goes, if that is known
}

// configFaults is the error of a file with faults; its text shows each with
// the line it stands on and a caret below.
type configFaults struct {
	path   string
	source []string
	faults []fault
}

func (e *configFaults) Error() string {
	var b strings.Builder
	for _, f := range e.faults {
		fmt.Fprintf(&b, "%s:%d:%d: %s\n", e.path, f.line, f.column, f.message)
		for n := max(1, f.line-1); n <= f.line && n <= len(e.source); n++ {
			mark := "  "
			if n == f.line {
				mark = "> "
			}
			fmt.Fprintf(&b, " %s%4d | %s\n", mark, n, strings.ReplaceAll(e.source[n-1], "\t", " "))
		}
		if f.line <= len(e.source) {
			fmt.Fprintf(&b, "        | %s%s\n", strings.Repeat(" ", max(0, f.column-1)), strings.Repeat("^", max(1, f.length)))
		}
	}
	fmt.Fprintf(&b, "%s in %s", count(len(e.faults), "error"), e.path)
	return b.String()
}

// parseConfig reads a file's bytes, strictly.
func parseConfig(path string, b []byte) (*config, error) {
	bad := &configFaults{path: path, source: strings.Split(string(b), "\n")}
	file, err := parser.ParseBytes(b, 0)
	if err != nil {
		bad.decode(err)
		return nil, bad
	}
	c := defaultConfig()
	if len(file.Docs) > 1 {
		bad.at(file.Docs[1].Body, "a second document: a configuration is one")
		return nil, bad
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return c, nil
	}
	root := file.Docs[0].Body
	bad.unknown(root, reflect.TypeFor[config](), "the file")
	if len(bad.faults) > 0 {
		return nil, bad
	}
	if err := yaml.NodeToValue(root, c, yaml.Strict()); err != nil {
		bad.decode(err)
		return nil, bad
	}
	bad.meaning(c, root)
	if len(bad.faults) > 0 {
		sort.SliceStable(bad.faults, func(i, j int) bool { return bad.faults[i].line < bad.faults[j].line })
		return nil, bad
	}
	return c, nil
}

// decode takes over an error of the YAML library with its position.
func (e *configFaults) decode(err error) {
	f := fault{line: 1, column: 1, message: err.Error()}
	if y, ok := err.(yaml.Error); ok {
		f.message = y.GetMessage()
		if strings.Contains(f.message, "cannot unmarshal") { // it goes on with names of Go types
			f.message = "a value of another kind belongs here; pressmark config schema says which"
		}
		if t := y.GetToken(); t != nil {
			f.line, f.column = t.Position.Line, t.Position.Column
		}
	}
	e.faults = append(e.faults, f)
}

func (e *configFaults) at(n ast.Node, format string, args ...any) {
	f := fault{line: 1, column: 1, message: fmt.Sprintf(format, args...)}
	if n != nil {
		p := n.GetToken().Position
		f.line, f.column = p.Line, p.Column
	}
	e.faults = append(e.faults, f)
}

// unknown looks for keys that no field has, and for durations and sizes that are none.
func (e *configFaults) unknown(n ast.Node, t reflect.Type, where string) {
	switch n := n.(type) {
	case *ast.AnchorNode: // before ScalarNode, which it is too
		e.unknown(n.Value, t, where)
	case ast.ScalarNode:
		var err error
		switch t {
		case reflect.TypeFor[duration]():
			err = new(duration).UnmarshalYAML([]byte(n.GetToken().Value))
		case reflect.TypeFor[size]():
			err = new(size).UnmarshalYAML([]byte(n.GetToken().Value))
		}
		if err != nil {
			e.at(n, "%v", err)
		}
	case *ast.SequenceNode:
		if t.Kind() == reflect.Slice {
			for _, v := range n.Values {
				e.unknown(v, t.Elem(), "a "+cmp.Or(map[string]string{"watches": "watch", "to": "destination"}[where], strings.TrimSuffix(where, "s")))
			}
		}
	case *ast.MappingNode:
		for _, v := range n.Values {
			e.unknown(v, t, where)
		}
	case *ast.MappingValueNode:
		if t.Kind() != reflect.Struct {
			return
		}
		key := n.Key.GetToken().Value
		field, keys := fieldOf(t, key)
		if field == nil {
			msg := fmt.Sprintf("unknown option %q in %s", key, where)
			if best := nearest(key, keys); best != "" {
				msg += fmt.Sprintf(": did you mean %q?", best)
			} else {
				msg += "; it takes " + strings.Join(keys, ", ")
			}
			e.at(n.Key, "%s", msg)
			return
		}
		e.unknown(n.Value, field, key)
	}
}

func fieldOf(t reflect.Type, key string) (reflect.Type, []string) {
	var keys []string
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" {
			continue
		}
		if name == key {
			return f.Type, nil
		}
		keys = append(keys, name)
	}
	return nil, keys
}

// meaning checks what the types can't.
func (e *configFaults) meaning(c *config, root ast.Node) {
	if c.Timezone != "" {
		zone, err := time.LoadLocation(c.Timezone)
		if err != nil {
			e.at(node(root, "$.timezone"), "unknown time zone %q: write one such as Europe/Berlin", c.Timezone)
		} else {
			c.zone = zone
		}
	}
	if strings.ContainsFunc(c.Contact, func(r rune) bool { return r < ' ' || r > '~' }) {
		e.at(node(root, "$.contact"), "contact can't be sent in a header: write an address in ASCII, in one line")
	}
	if p := c.Crawl.PrivateNetworks; p != "deny" && p != "allow" {
		e.at(node(root, "$.crawl.private_networks"), "private_networks is %q: write deny or allow", p)
	}
	if c.Crawl.Workers < 1 || c.Crawl.Workers > 1000 {
		e.at(node(root, "$.crawl.workers"), "workers must be between 1 and 1000, not %d", c.Crawl.Workers)
	}
	e.manners(c, root)
	if bad := badAddress(c.Metrics); bad != "" {
		e.at(node(root, "$.metrics"), "%s", bad)
	}
	e.keep(c, root)
	e.websub(c, root)
	e.reports(c, root)
	e.ignored(c, root)
	e.render(c, root)
	c.source = e.source
	lists := map[string]bool{}
	for i, name := range c.Filters {
		at := node(root, fmt.Sprintf("$.filters[%d]", i))
		switch {
		case strings.TrimSpace(name) == "":
			e.at(at, "a filter list has no name")
		case lists[name]:
			e.at(at, "%q is named twice", name)
		}
		lists[name] = true
		var f fault
		if at != nil {
			p := at.GetToken().Position
			f.line, f.column = p.Line, p.Column
		}
		c.filtersAt = append(c.filtersAt, f)
	}
	e.politeness(c, root)
	seen := map[string]bool{}
	for i, s := range c.Sites {
		e.site(s, root, fmt.Sprintf("$.sites[%d]", i))
		e.schedule(c, i, root)
		if seen[fold(s.name())] {
			e.at(node(root, fmt.Sprintf("$.sites[%d]", i)), "two sites are called %q: give one another name", s.name())
		}
		seen[fold(s.name())] = true
		if node(root, fmt.Sprintf("$.sites[%d].delay", i)) == nil {
			c.Sites[i].Delay = unset
		}
	}
}

func (e *configFaults) site(s siteConfig, root ast.Node, path string) {
	if s.URL == "" {
		e.at(node(root, path), "a site needs its url")
		return
	}
	check := func(key, raw string) {
		u, err := url.Parse(raw)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			e.at(node(root, path+"."+key), "%q is no address: write it with https://", raw)
		} else if _, err := urlkey.Clean(raw); err != nil {
			e.at(node(root, path+"."+key), "%v", err)
		}
	}
	check("url", s.URL)
	for key, list := range map[string][]string{"feeds": s.Feeds, "sitemaps": s.Sitemaps, "sections": s.Sections} {
		for i, raw := range list {
			check(fmt.Sprintf("%s[%d]", key, i), raw)
		}
	}
	for key, list := range map[string][]string{"allow": s.Allow, "deny": s.Deny} {
		for i, p := range list {
			if _, err := regexp.Compile(p); err != nil {
				e.at(node(root, fmt.Sprintf("%s.%s[%d]", path, key, i)), "not a regular expression: %v", err)
			}
		}
	}
	if s.MaxPages < 0 {
		e.at(node(root, path+".max_pages"), "max_pages can't be negative")
	}
}

// node finds a node by its path; nil when it is not there.
func node(root ast.Node, path string) ast.Node {
	p, err := yaml.PathString(path)
	if err != nil {
		return nil
	}
	n, err := p.FilterNode(root)
	if err != nil {
		return nil
	}
	return n
}
