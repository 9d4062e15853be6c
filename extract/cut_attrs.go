package extract

import "bytes"

// unasked tells the attributes that nobody asks for: those of design, of
// behaviour, of loading, and what scripts keep in elements.
func (t *tag) unasked(a attr, styled *bool) bool {
	switch {
	case t.flags&foreign != 0:
		return !t.is("math")
	case t.flags&raw != 0 && t.is("script"):
		return !oneOf(a.name, "type", "id")
	}
	n := a.name
	if len(n) < 2 {
		return false
	}
	switch n[0] | 0x20 {
	case 'd':
		if len(n) > 5 && n[4] == '-' && equalFold(n[:4], "data") {
			return !askedData(n[5:], a.value)
		}
		return oneOf(n, "decoding", "defer")
	case 'a':
		if len(n) > 5 && n[4] == '-' && equalFold(n[:4], "aria") {
			return !oneOf(n[5:], "hidden", "modal", "label")
		}
		return oneOf(n, "align", "async", "autocomplete", "as")
	case 'o':
		return len(n) > 3 && n[1]|0x20 == 'n'
	case 's':
		switch {
		case equal(n, "style"):
			first := !*styled
			*styled = true
			return !first || !hides(a.value)
		case equal(n, "srcset"), equal(n, "sizes"):
			return true
		}
	case 't':
		if equal(n, "title") {
			return t.flags&titled == 0
		}
		return oneOf(n, "target", "tabindex")
	case 'r':
		return equal(n, "rel") && t.is("a") && onlyPolicy(a.value)
	case 'w':
		return equal(n, "width")
	case 'h':
		return oneOf(n, "height", "hreflang")
	case 'l':
		return equal(n, "loading")
	case 'f':
		return oneOf(n, "fetchpriority", "for")
	case 'i':
		return equal(n, "integrity")
	case 'c':
		return oneOf(n, "crossorigin", "cellpadding", "cellspacing")
	case 'b':
		return oneOf(n, "border", "bgcolor")
	case 'v':
		return equal(n, "valign")
	case 'n':
		return oneOf(n, "nonce", "novalidate")
	case 'm':
		return oneOf(n, "method", "maxlength")
	case 'p':
		return equal(n, "ping")
	case '_' | 0x20:
		return bytes.HasPrefix(n, []byte("_ng"))
	}
	return false
}

func oneOf(n []byte, names ...string) bool {
	for _, name := range names {
		if equal(n, name) {
			return true
		}
	}
	return false
}

// askedData tells the data that something may be learned from: addresses, dates, what the thing is.
func askedData(name, value []byte) bool {
	if len(value) > 500 {
		return false
	}
	switch name[0] | 0x20 {
	case 't':
		if hasFold(name, "test") || hasFold(name, "time") || hasFold(name, "type") {
			return true
		}
	case 'n':
		if equal(name, "nosnippet") {
			return true
		}
	case 'd':
		if hasFold(name, "date") {
			return true
		}
	case 'p':
		if hasFold(name, "publish") || hasFold(name, "provider") {
			return true
		}
	case 'c':
		if hasFold(name, "component") {
			return true
		}
	case 'e':
		if hasFold(name, "embed") {
			return true
		}
	}
	return bytes.Contains(value, []byte("//"))
}

func hasFold(b []byte, prefix string) bool { return len(b) >= len(prefix) && equalFold(b, prefix) }

// hides tells the styles that are read: those of what is not shown or lies above the page.
func hides(v []byte) bool {
	for i, b := range v { // "display", "visibility", "position", in any case
		switch b | 0x20 {
		case 'd', 'v', 'p':
			if rest := v[i:]; hasFold(rest, "display") || hasFold(rest, "visib") || hasFold(rest, "position") {
				return true
			}
		}
	}
	return false
}

// onlyPolicy tells a rel that says nothing but how the link is to be opened and counted.
func onlyPolicy(v []byte) bool {
	for len(v) > 0 {
		word, rest, _ := bytes.Cut(v, []byte(" "))
		if len(word) > 0 && !oneOf(word, "noopener", "noreferrer", "nofollow", "external", "ugc", "sponsored") {
			return false
		}
		v = rest
	}
	return true
}

// unreadLink tells, by its rel or name, a link or meta element that is for
// browsers only: what to load, icons, colours.
func unreadLink(v []byte) bool {
	v = bytes.TrimLeft(v, " \t\r\n")
	if len(v) == 0 {
		return false
	}
	switch v[0] | 0x20 {
	case 's':
		return hasFold(v, "stylesheet") || hasFold(v, "shortcut")
	case 'p':
		return hasFold(v, "preload") || hasFold(v, "prefetch") || hasFold(v, "preconnect") || hasFold(v, "pingback") || hasFold(v, "profile")
	case 'd':
		return hasFold(v, "dns-prefetch")
	case 'm':
		return hasFold(v, "modulepreload") || hasFold(v, "mask-icon") || hasFold(v, "manifest") || hasFold(v, "msapplication-")
	case 'i':
		return equal(v, "icon")
	case 'a':
		return hasFold(v, "apple-touch-") || hasFold(v, "apple-mobile-")
	case 'e':
		return equal(v, "edituri")
	case 'w':
		return equal(v, "wlwmanifest")
	case 'v':
		return equal(v, "viewport")
	case 't':
		return equal(v, "theme-color")
	case 'f':
		return equal(v, "format-detection")
	}
	return false
}
