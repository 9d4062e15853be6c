package filter

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
)

// A selector is one alternative of a rule's: compounds joined by combinators,
// the last of which is to match the element itself.
type selector struct {
	parts []compound
	joins []byte // between parts: ' ', '>', '+' or '~'
	key
	needs []string // ids and classes that other elements must have
	bare  bool     // it names tags, and nothing by which somebody called an element
}

// A compound is what is said of one element. A nil match says no more than the
// selector's key.
type compound struct {
	match   cascadia.Sel
	looks   int  // how many times it goes through what is inside the element
	sibling bool // it counts the element's siblings
}

// A key is what an element must have for a selector to match it: an id, a
// class, or a tag and an attribute with a value that holds a literal. It is
// the index's way to the selector.
type key struct {
	id, class, tag string
	attr, literal  string
}

// The bounds of a selector.
const (
	maxAlternatives = 200
	maxParts        = 12
	maxDepth        = 3 // of parentheses
)

// selectors reads the alternatives of a rule. The error says why it can't be
// matched; a passedOver means that a browser could.
func selectors(s string) ([]selector, error) {
	if s == "" {
		return nil, errors.New("the selector is empty")
	}
	list, err := divide(s)
	if err != nil {
		return nil, err
	}
	if len(list) > maxAlternatives {
		return nil, fmt.Errorf("a selector of %d alternatives, and %d are the most", len(list), maxAlternatives)
	}
	out := make([]selector, 0, len(list))
	for _, x := range list {
		if len(x.parts) > maxParts {
			return nil, passedOver(Selectors)
		}
		one := selector{joins: x.joins, parts: make([]compound, len(x.parts))}
		for i, text := range x.parts {
			if one.parts[i], err = newCompound(text, i == len(x.parts)-1); err != nil {
				return nil, err
			}
		}
		one.key = keyOf(x.parts[len(x.parts)-1])
		one.bare = one.id == "" && one.class == "" && (one.attr == "" || one.literal == "" && (one.attr == "class" || one.attr == "id")) && !strings.Contains(s, ":has(")
		for _, text := range x.parts[:len(x.parts)-1] {
			k := keyOf(text)
			one.bare = one.bare && k.id == "" && k.class == "" && k.attr == ""
			if k.id != "" {
				one.needs = append(one.needs, k.id)
			} else if k.class != "" {
				one.needs = append(one.needs, k.class)
			}
		}
		out = append(out, one)
	}
	return out, nil
}

func newCompound(text string, last bool) (compound, error) {
	if last && plain(text) {
		return compound{}, nil
	}
	var c compound
	text, err := c.arguments(text)
	if err != nil {
		return c, err
	}
	sel, err := cascadia.Parse(text)
	if err != nil {
		if strings.Contains(err.Error(), "unknown pseudo") || strings.Contains(err.Error(), "pseudo-element") {
			return c, passedOver(Selectors)
		}
		return c, fmt.Errorf("%q is no selector: %w", text, err)
	}
	c.match = sel
	return c, nil
}

// arguments looks into the parentheses of a compound for what matching will
// cost, and refuses what may cost too much. It returns the compound in the
// words of the matcher.
func (c *compound) arguments(text string) (string, error) {
	if strings.Contains(text, "/*") || strings.Contains(text, "#=") || strings.Contains(text, "::") {
		return "", passedOver(Selectors)
	}
	if deepest(text) > maxDepth || strings.Count(text, ":has(") > 1 {
		return "", passedOver(Selectors)
	}
	low := strings.ToLower(text)
	if strings.Contains(low, ":is(") || strings.Contains(low, ":where(") || strings.Contains(low, ":any(") {
		return "", passedOver(Selectors)
	}
	c.sibling = strings.Contains(low, ":nth-") || strings.Contains(low, ":first-") || strings.Contains(low, ":last-") || strings.Contains(low, ":only-")
	for _, name := range []string{":not(", ":has("} {
		for from := 0; ; {
			i := strings.Index(low[from:], name)
			if i < 0 {
				break
			}
			from += i + len(name)
			inside, ok := closing(text[from:])
			if !ok {
				return "", errors.New("a parenthesis is not closed")
			}
			if name == ":has(" {
				c.looks = 1
				if strings.HasPrefix(strings.TrimSpace(inside), ">") { // which the matcher calls by another name
					at := strings.Index(inside, ">")
					if list, err := divide(inside[at+1:]); err != nil || len(list) != 1 || len(list[0].joins) > 0 {
						return "", passedOver(Selectors)
					}
					text = text[:from-len(name)] + ":haschild(" + inside[at+1:] + text[from+len(inside):]
					low = strings.ToLower(text)
					continue
				}
			}
			list, err := divide(inside)
			if err != nil {
				return "", err
			}
			for _, x := range list {
				switch {
				case len(x.joins) > 1:
					return "", passedOver(Selectors)
				case len(x.joins) == 1 && c.looks > 0:
					c.looks = 64
				}
			}
		}
	}
	return text, nil
}

// A division is the text of one alternative, cut at its combinators.
type division struct {
	parts []string
	joins []byte
}

// divide cuts a selector at commas and combinators, outside of quotes,
// brackets and parentheses.
func divide(s string) ([]division, error) {
	var list []division
	var now division
	start, depth, join := -1, 0, byte(0)
	part := func(end int) {
		if start >= 0 {
			now.parts = append(now.parts, s[start:end])
			start, join = -1, 0
		}
	}
	for i := 0; i <= len(s); i++ {
		var c byte
		if i < len(s) {
			c = s[i]
		}
		if depth == 0 {
			switch {
			case i == len(s) || c == ',':
				part(i)
				if len(now.parts) == 0 || join != 0 && join != ' ' {
					return nil, errors.New("the selector breaks off")
				}
				now.joins = now.joins[:len(now.parts)-1]
				list, now, join = append(list, now), division{}, 0
				continue
			case c == ' ' || c == '\t':
				part(i)
				if join == 0 && len(now.parts) > 0 {
					join = ' '
					now.joins = append(now.joins, ' ')
				}
				continue
			case c == '>' || c == '+' || c == '~':
				part(i)
				if len(now.parts) == 0 || join != 0 && join != ' ' {
					return nil, fmt.Errorf("nothing stands before %q", string(c))
				}
				if join == 0 {
					now.joins = append(now.joins, c)
				}
				join = c
				now.joins[len(now.joins)-1] = c
				continue
			case start < 0:
				start = i
			}
		} else if i == len(s) {
			return nil, errors.New("a bracket or parenthesis is not closed")
		}
		switch c {
		case '\\':
			i++
			if i >= len(s) {
				return nil, errors.New("it ends with a backslash")
			}
		case '"', '\'':
			end := quoted(s[i:])
			if end < 0 {
				return nil, errors.New("a quotation mark is not closed")
			}
			i += end - 1
		case '[', '(':
			depth++
		case ']', ')':
			if depth--; depth < 0 {
				return nil, fmt.Errorf("%q closes nothing", string(c))
			}
		}
	}
	return list, nil
}

// quoted is the length of the string that s begins with; -1 when it does not end.
func quoted(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case s[0]:
			return i + 1
		}
	}
	return -1
}

// closing gives what stands before the parenthesis that closes.
func closing(s string) (string, bool) {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"', '\'':
			end := quoted(s[i:])
			if end < 0 {
				return "", false
			}
			i += end - 1
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return s[:i], true
			}
		}
	}
	return "", false
}

// deepest is how deep parentheses nest.
func deepest(s string) int {
	depth, most := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
			most = max(most, depth)
		case ')':
			depth--
		}
	}
	return most
}

// plain tells #name and .name, which the index alone can match.
func plain(s string) bool {
	if len(s) < 2 || s[0] != '#' && s[0] != '.' {
		return false
	}
	n, _ := name(s[1:])
	return n == len(s)-1 && strings.IndexByte(s, '\\') < 0
}

// name reads the identifier that s begins with: its length, and what it means.
func name(s string) (n int, meaning string) {
	var b strings.Builder
	digits := true // a name does not begin with a digit, nor with - and a digit
	for n < len(s) {
		c := s[n]
		switch {
		case c == '\\':
			r, size := unescape(s[n:])
			if size == 0 {
				return n, b.String()
			}
			b.WriteRune(r)
			n += size
		case c >= '0' && c <= '9' && digits:
			return 0, ""
		case c == '-' && n == 0:
			b.WriteByte(c)
			n++
			continue
		case c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf:
			b.WriteByte(c)
			n++
		default:
			return n, b.String()
		}
		digits = false
	}
	return n, b.String()
}

// unescape reads an escape of CSS.
func unescape(s string) (r rune, size int) {
	i := 1
	for i < len(s) && i < 7 {
		d := strings.IndexByte("0123456789abcdef", s[i]|0x20)
		if d < 0 || s[i] == 0x10 {
			break
		}
		if s[i] >= '0' && s[i] <= '9' {
			d = int(s[i] - '0')
		}
		r = r<<4 | rune(d)
		i++
	}
	if i > 1 {
		if i < len(s) && (s[i] == ' ' || s[i] == '\t') {
			i++
		}
		return r, i
	}
	if len(s) < 2 {
		return 0, 0
	}
	r, n := utf8.DecodeRuneInString(s[1:])
	return r, 1 + n
}
