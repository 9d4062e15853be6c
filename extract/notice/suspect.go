package notice

import (
	"hash/maphash"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A naming is what the names in an attribute say.
type naming struct {
	vendor         vendor
	known, generic bool
}

func (v *vendors) judge(names string) (j naming) {
	for rest := names; rest != ""; {
		i := 0
		for i < len(rest) && !spaces[rest[i]] {
			i++
		}
		if j.vendor, j.known = v.find(rest[:i]); j.known {
			return j
		}
		rest = rest[min(i+1, len(rest)):]
	}
	j.generic = generic(names)
	return j
}

// namings remember what attributes said. Pages repeat the same few hundred
// class attributes, pages of one site the same ones.
type namings struct {
	seed  maphash.Seed
	slots [1024]struct {
		key uint64 // hash of the attribute
		naming
	}
}

// longest attribute that is remembered.
const longest = 200

func (k *namings) judge(names string) naming {
	if names == "" || len(names) > longest {
		return knownVendors().judge(names)
	}
	key := maphash.String(k.seed, names)
	slot := &k.slots[key%uint64(len(k.slots))]
	if slot.key != key {
		slot.key, slot.naming = key, knownVendors().judge(names)
	}
	return slot.naming
}

// Unnamed tells a class that names neither a notice nor whose embed is held back.
func Unnamed(class string) bool {
	j := knownVendors().judge(class)
	return !j.known && !j.generic && host(strings.ToLower(class)) == ""
}

// suspicious reads an element's names and role.
func (k *namings) suspicious(n *html.Node) (suspect, bool) {
	if len(n.Attr) == 0 && n.DataAtom != atom.Dialog || protected(n) {
		return suspect{}, false
	}
	s := suspect{node: n}
	found := false
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "id", "class":
			if j := k.judge(a.Val); j.known && !s.known {
				s.vendor, s.known, found = j.vendor, true, true
			} else if j.generic {
				found = true
			}
		case "role":
			found = found || a.Val == "dialog" || a.Val == "alertdialog"
		case "aria-modal":
			found = found || a.Val == "true"
		case "data-nosnippet": // search engines are asked not to quote it
			found = true
		case "style":
			found = found || strings.Contains(a.Val, "position:fixed") || strings.Contains(a.Val, "position: fixed")
		}
	}
	return s, found || n.DataAtom == atom.Dialog
}

// protected elements are never taken, whatever their names.
func protected(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Head, atom.Body, atom.Main, atom.Article, atom.H1:
		return true
	}
	return n.Type != html.ElementNode
}
