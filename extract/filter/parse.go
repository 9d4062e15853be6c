package filter

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Kinds of lines that a page which is only read has no use for.
const (
	Requests  = "rules for requests"
	Scripts   = "scripts and scriptlets"
	Styles    = "changes of style"
	Extended  = "extended selectors (:has-text, :upward …)"
	Selectors = "selectors that are not supported"
)

// maxLine is the longest line of a list.
const maxLine = 8 << 10

// errNothing is the parse of a comment or an empty line.
var errNothing = errors.New("no rule")

// A passedOver is the error of a line that is in order and does not concern us.
type passedOver string

func (p passedOver) Error() string { return string(p) }

// parse reads one line: a rule, or errNothing, a passedOver, or what is wrong with it.
func parse(line string) (Rule, error) {
	line = strings.TrimSpace(line)
	switch {
	case line == "" || line[0] == '!':
		return Rule{}, errNothing
	case len(line) > maxLine:
		return Rule{}, fmt.Errorf("a line of %d bytes, and %d are the most", len(line), maxLine)
	case !utf8.ValidString(line):
		return Rule{}, errors.New("it is not UTF-8")
	case strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
		return Rule{}, errors.New("it has control characters")
	case line[0] == '[' && line[len(line)-1] == ']' && !strings.Contains(line, "##"):
		return Rule{}, errNothing // the header
	case strings.HasPrefix(line, "[$"):
		return Rule{}, passedOver(Extended)
	}
	at, mark, end := separator(line)
	if at < 0 {
		return request(line)
	}
	switch mark {
	case "", "@":
	case "%", "@%":
		return Rule{}, passedOver(Scripts)
	case "$", "@$", "$?", "@$?":
		return Rule{}, passedOver(Styles)
	default:
		return Rule{}, passedOver(Extended)
	}
	r := Rule{Exception: mark == "@", Selector: strings.TrimSpace(line[end:])}
	if kind := foreign(r.Selector); kind != "" {
		return Rule{}, passedOver(kind)
	}
	if err := r.domains(line[:at]); err != nil {
		return Rule{}, err
	}
	if _, err := selectors(r.Selector); err != nil {
		return Rule{}, err
	}
	return r, nil
}

// separator finds what parts domains and selector: ## or #@#, or with other
// signs for other kinds of rules.
func separator(line string) (at int, mark string, end int) {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '/', '|', '"', '!', '@':
			return -1, "", 0
		case '#':
			end := i + 1
			for end < len(line) && end-i < 5 && strings.IndexByte("@?$%", line[end]) >= 0 {
				end++
			}
			if end == len(line) || line[end] != '#' {
				return -1, "", 0
			}
			return i, line[i+1 : end], end + 1
		}
	}
	return -1, "", 0
}

// request reads a line without a selector. The exceptions among them can free
// a site from hiding; all else is nothing to us.
func request(line string) (Rule, error) {
	if line[0] == '#' {
		return Rule{}, errNothing // comments of lists of hosts
	}
	pattern, options, _ := strings.Cut(line, "$")
	if strings.ContainsAny(pattern, " \t") && line[0] != '/' && net.ParseIP(strings.Fields(pattern)[0]) == nil {
		return Rule{}, errors.New("neither a comment nor a rule: a selector stands behind ##")
	}
	host, ok := strings.CutPrefix(pattern, "@@||")
	host, ends := strings.CutSuffix(host, "^")
	if !ok || !ends {
		return Rule{}, passedOver(Requests)
	}
	var frees Freedom
	for o := range strings.SplitSeq(options, ",") {
		frees |= freedoms[strings.TrimSpace(o)]
	}
	if frees == 0 {
		return Rule{}, passedOver(Requests)
	}
	name, err := domain(host)
	if err != nil {
		return Rule{}, passedOver(Requests) // it is of some addresses of the site only
	}
	return Rule{Domains: []string{name}, Frees: frees}, nil
}

// domains reads what stands before the separator.
func (r *Rule) domains(list string) error {
	if strings.TrimSpace(list) == "" {
		return nil
	}
	for d := range strings.SplitSeq(list, ",") {
		to := &r.Domains
		d = strings.TrimSpace(d)
		if bare, not := strings.CutPrefix(d, "~"); not {
			d, to = bare, &r.Not
		}
		name, err := domain(d)
		if err != nil {
			return err
		}
		if !slices.Contains(*to, name) {
			*to = append(*to, name)
		}
	}
	return nil
}

// domain checks a name of a site and writes it as addresses do. "example.*" is
// the site under every suffix.
func domain(s string) (string, error) {
	base, any := strings.CutSuffix(s, ".*")
	if base == "" {
		return "", errors.New("a domain is empty")
	}
	name, err := idna.Lookup.ToASCII(base)
	if err != nil || strings.ContainsAny(name, "~*#$^|/,:@! \t") || strings.Contains(name, "..") || strings.HasPrefix(name, ".") {
		return "", fmt.Errorf("%q is no domain", s)
	}
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	if name == "" {
		return "", fmt.Errorf("%q is no domain", s)
	}
	if any {
		name += ".*"
	}
	return name, nil
}

// foreign tells the bodies of rules that no CSS selector is.
func foreign(selector string) string {
	switch {
	case strings.HasPrefix(selector, "+js(") || strings.HasPrefix(selector, "script:inject("):
		return Scripts
	case strings.HasPrefix(selector, "^"):
		return Requests
	case strings.HasSuffix(selector, "}") && strings.Contains(selector, "{"):
		return Styles
	}
	for i := 0; i < len(selector); i++ {
		if selector[i] != ':' {
			continue
		}
		name := strings.ToLower(selector[i+1:])
		for _, s := range styling {
			if strings.HasPrefix(name, s) {
				return Styles
			}
		}
		for _, s := range procedures {
			if strings.HasPrefix(name, s) {
				return Extended
			}
		}
	}
	return ""
}

var (
	styling    = []string{"style(", "remove(", "remove-attr(", "remove-class("}
	procedures = []string{
		"has-text(", "-abp-", "upward(", "xpath(", "matches-css", "matches-path(", "matches-attr(", "matches-property(",
		"matches-prop(", "matches-media(", "matches(", "matchesown(", "contains(", "containsown(", "min-text-length(", "nth-ancestor(",
		"watch-attr", "others(", "if(", "if-not(", "properties(", "shadow(", "haschild(",
	}
)
