package filter

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// A Set is the rules of several lists, ready to be asked. It may be used by
// several goroutines.
type Set struct {
	rules      []*Rule
	selectors  [][]selector       // by rule
	wide       index              // of rules that name no site
	local      map[string][]int32 // rules by the sites they name
	spared     map[string][]*Rule // exceptions by the sites they name
	free       map[string]Freedom // sites
	unless     []*Rule            // exceptions that hold everywhere but on some sites
	attributes map[string]bool    // that the index asks for
	named      map[string]bool    // all that selectors name
	texts      []TextRule
	digest     string
}

// An index finds the selectors that an element may match.
type index struct {
	ids, classes map[string][]ref
	loose        []ref // with neither
}

// A ref is one alternative of a rule.
type ref struct {
	rule, alternative int32
}

// New makes a Set of lists. A rule that stands in several counts for the first.
func New(lists ...*List) *Set {
	s := &Set{
		wide: newIndex(), local: map[string][]int32{}, spared: map[string][]*Rule{}, free: map[string]Freedom{},
		attributes: map[string]bool{}, named: map[string]bool{},
	}
	var said []string
	seen, never := map[string]bool{}, map[string]bool{}
	var hiding []*Rule
	for _, l := range lists {
		for i := range l.Texts {
			if text := "text " + l.Texts[i].String(); !seen[text] {
				seen[text] = true
				said, s.texts = append(said, text), append(s.texts, l.Texts[i])
			}
		}
		for i := range l.Rules {
			r := &l.Rules[i]
			text := r.String()
			if seen[text] {
				continue
			}
			seen[text] = true
			said = append(said, text)
			switch {
			case r.Frees != 0:
				s.free[r.Domains[0]] |= r.Frees
			case !r.Exception:
				hiding = append(hiding, r)
			case len(r.Domains) > 0:
				for _, d := range r.Domains {
					s.spared[d] = append(s.spared[d], r)
				}
			case len(r.Not) > 0:
				s.unless = append(s.unless, r)
			default:
				never[r.Selector] = true
			}
		}
	}
	for _, r := range hiding {
		list, err := selectors(r.Selector)
		if err != nil || never[r.Selector] {
			continue
		}
		n := int32(len(s.rules))
		s.rules, s.selectors = append(s.rules, r), append(s.selectors, list)
		for i := range list {
			s.asks(&list[i])
			if len(r.Domains) == 0 {
				s.wide.add(list[i].key, ref{n, int32(i)})
			}
		}
		for _, d := range r.Domains {
			s.local[d] = append(s.local[d], n)
		}
	}
	slices.Sort(said)
	sum := sha256.Sum256([]byte(strings.Join(said, "\n")))
	s.digest = hex.EncodeToString(sum[:6])
	return s
}

// asks notes the attributes that a selector speaks of.
func (s *Set) asks(x *selector) {
	if x.attr != "" {
		s.attributes[x.attr] = true
	}
	for _, p := range x.parts {
		if p.match == nil {
			continue
		}
		for text := p.match.String(); ; {
			_, after, ok := strings.Cut(text, "[")
			if !ok {
				break
			}
			_, attr := name(after)
			s.named[strings.ToLower(attr)] = true
			text = after
		}
	}
}

// Asks tells whether a rule speaks of an attribute, whatever its case.
func (s *Set) Asks(attribute []byte) bool {
	return s != nil && s.named[string(bytes.ToLower(attribute))]
}

// Digest names what the rules say, wherever they stand: lists of the same rules
// have the same. It is empty for a Set without rules, which a nil one is.
func (s *Set) Digest() string {
	if s == nil || len(s.rules)+len(s.texts) == 0 {
		return ""
	}
	return s.digest
}

// Len is how many rules hide something.
func (s *Set) Len() int {
	if s == nil {
		return 0
	}
	return len(s.rules)
}

func newIndex() index {
	return index{ids: map[string][]ref{}, classes: map[string][]ref{}}
}

func (x *index) add(k key, r ref) {
	switch {
	case k.id != "":
		x.ids[k.id] = append(x.ids[k.id], r)
	case k.class != "":
		x.classes[k.class] = append(x.classes[k.class], r)
	default:
		x.loose = append(x.loose, r)
	}
}

// placeOf is where a page of this address belongs; empty when there is no telling.
func placeOf(address string) place {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return place{host}
	}
	suffix, _ := publicsuffix.PublicSuffix(host)
	var at place
	for rest := host; rest != ""; {
		at = append(at, rest)
		if base, ok := strings.CutSuffix(rest, "."+suffix); ok {
			at = append(at, base+".*")
		}
		_, after, ok := strings.Cut(rest, ".")
		if !ok || len(at) > 100 {
			break
		}
		rest = after
	}
	return at
}

// A scope is what of a Set holds at one place.
type scope struct {
	at     place
	wide   bool  // rules that name no site hold too
	local  index // of rules that name this site
	locals bool  // there are some
	spared map[string]bool
}

func (s *Set) scope(address string) scope {
	c := scope{at: placeOf(address), wide: true}
	var freed Freedom
	for _, name := range c.at {
		freed |= s.free[name]
	}
	c.wide = freed&FromGeneric == 0
	spare := func(r *Rule) {
		if r.holds(c.at) {
			if c.spared == nil {
				c.spared = map[string]bool{}
			}
			c.spared[r.Selector] = true
		}
	}
	for _, name := range c.at {
		for _, r := range s.spared[name] {
			spare(r)
		}
	}
	for _, r := range s.unless {
		spare(r)
	}
	if freed&FromSpecific != 0 {
		return c
	}
	for _, name := range c.at {
		for _, n := range s.local[name] {
			if r := s.rules[n]; !r.holds(c.at) || c.spared[r.Selector] {
				continue
			}
			if !c.locals {
				c.local, c.locals = newIndex(), true
			}
			for i := range s.selectors[n] {
				c.local.add(s.selectors[n][i].key, ref{n, int32(i)})
			}
		}
	}
	return c
}
