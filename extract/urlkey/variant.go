package urlkey

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// origin unwraps the copies of a page that AMP caches and viewers serve under
// their own name: google.com/amp/s/paper.example/… and
// paper-example.cdn.ampproject.org/c/s/paper.example/….
func origin(a address) address {
	rest := ""
	switch {
	case strings.HasSuffix(a.host, ".cdn.ampproject.org"):
		for _, p := range []string{"/c/", "/v/", "/wp/", "/s/"} {
			if r, ok := strings.CutPrefix(a.path, p); ok {
				rest = r
				break
			}
		}
	case strings.HasPrefix(a.host, "www.google."):
		rest, _ = strings.CutPrefix(a.path, "/amp/")
		if rest == a.path {
			rest = ""
		}
	}
	if rest == "" {
		return a
	}
	scheme := "http"
	if r, ok := strings.CutPrefix(rest, "s/"); ok {
		scheme, rest = "https", r
	}
	inner := scheme + "://" + rest
	if a.query != "" {
		inner += "?" + a.query
	}
	b, err := parse("", inner)
	if err != nil || !b.named {
		return a
	}
	return b
}

// plainHost drops the label that only tells which edition of the site this
// is: www, m, mobile, amp. It stays when the rest would be no site.
func plainHost(a address) string {
	if !a.named {
		return a.host
	}
	host := a.host
	for range 2 { // www.m.example.com, m.www.example.com
		label, rest, _ := strings.Cut(host, ".")
		if !strings.Contains(rest, ".") {
			break
		}
		switch label {
		case "www", "www2", "www3":
			host = rest
			continue
		case "m", "mobile", "mobil", "amp":
			if _, err := publicsuffix.EffectiveTLDPlusOne(rest); err == nil {
				host = rest
				continue
			}
		}
		break
	}
	return host
}

// plainVariant is the path and query that a page has when it is shown neither
// as AMP nor for printing, on one page, named without its index file.
func plainVariant(path, query string) (string, string) {
	path = normaliseEscapes(path, keyPath)
	query = normaliseEscapes(query, keyQuery)
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	// One ending may uncover another: /story/amp/index.html.
	for {
		short := plainPath(path)
		if short == path {
			break
		}
		path = short
	}
	query = keepParameters(query, func(name, value string, assigned bool) bool {
		return !(assigned && value == "") && !isVariant(name, strings.ToLower(value)) &&
			!isTracking(name, value) && !isSession(name, value)
	})
	return path, query
}

var indexFiles = map[string]bool{
	"index.html": true, "index.htm": true, "index.shtml": true, "index.xhtml": true,
	"index.php": true, "index.asp": true, "index.aspx": true, "index.jsp": true, "index.cfm": true,
	"index.do": true, "default.html": true, "default.htm": true, "default.asp": true,
	"default.aspx": true, "index.amp.html": true, "index.amp": true,
}

// plainPath takes one mark of a variant off the path.
func plainPath(path string) string {
	if len(path) > 1 && path[len(path)-1] == '/' {
		return path[:len(path)-1]
	}
	if path == "/" {
		return path
	}
	slash := strings.LastIndexByte(path, '/')
	dir, file := path[:slash+1], path[slash+1:]
	lower := strings.ToLower(file)
	if indexFiles[lower] {
		return dir
	}
	if dir != "/" { // "/amp" and "/print" by themselves are sections
		switch lower {
		case "amp", "amp.html", "amp.htm", "print", "print.html":
			return dir
		}
		if rest, ok := strings.CutPrefix(path, "/amp/"); ok && rest != "" {
			return "/" + rest
		}
	}
	for _, ending := range []string{".amp.html", ".amp.htm", ".amp"} {
		if stem, ok := strings.CutSuffix(lower, ending); ok && stem != "" {
			return dir + file[:len(stem)] + strings.TrimPrefix(ending, ".amp")
		}
	}
	return path
}

// isVariant tells parameters that choose how the same text is shown.
func isVariant(name, value string) bool {
	switch name {
	case "amp", "noamp", "isamp":
		return true
	case "outputtype", "output", "view", "mode", "format", "display", "layout", "style", "type":
		return value == "amp" || value == "print" || value == "printable"
	case "print", "printable", "printview", "printmode", "mobile", "singlepage", "onepage":
		return value == "" || value == "1" || value == "true" || value == "yes" || value == "print" || value == "y"
	case "page", "seite", "pagewanted", "showall":
		return value == "all" || value == "print"
	case "m":
		return value == "1"
	}
	return false
}
