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
	case strings.HasSuffix(a.host, "cdn.ampproject.org"), strings.HasSuffix(a.host, ".bing-amp.com"), strings.HasSuffix(a.host, ".ampcdn.net"):
		for _, p := range []string{"/c/", "/v/", "/wp/", "/s/"} {
			if r, ok := strings.CutPrefix(a.path, p); ok {
				rest = r
				break
			}
		}
	case isGoogle(a.host):
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

func isGoogle(host string) bool {
	host = strings.TrimPrefix(host, "www.")
	if !strings.HasPrefix(host, "google.") {
		return false
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	return err == nil && domain == host
}

// editions are the labels of a host that tell only for which device a page is made.
var editions = set("m mobile mobil mobi movil amp wap touch pda 3g")

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
		if label == "www" || label == "www2" || label == "www3" {
			host = rest
			continue
		}
		if !editions[label] {
			break
		}
		if _, err := publicsuffix.EffectiveTLDPlusOne(rest); err != nil {
			break
		}
		host = rest
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
	if query == "" {
		return path, ""
	}
	// The m of a query by itself is Blogger's mobile page; among others it may be a month.
	alone := strings.IndexByte(query, '&') < 0
	query = keepParameters(query, func(name, value string, assigned bool) bool {
		return !(assigned && value == "") && !(name == "m" && alone && (value == "1" || value == "0")) &&
			!isVariant(name, strings.ToLower(value)) && !isTracking(name, value) && !isSession(name, value)
	})
	return path, sorted(query)
}

var indexFiles = set(`
	index.html index.htm index.shtml index.xhtml index.php index.asp index.aspx index.jsp index.cfm index.do
	default.html default.htm default.asp default.aspx index.amp.html index.amp
`)

// printFiles are last segments of a path that ask for a page to be printed, in
// the languages of the systems that do so.
var printFiles = set(`
	print print.html print.htm printable printversion print-version drucken druckversion druckansicht
	imprimir imprimer impression stampa afdrukken printversie yazdir utskrift versao-impressao version-imprimable
	version-impression version-imprimible
`)

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
	if dir != "/" { // "/amp" by itself is a section
		switch {
		case lower == "amp" || lower == "amp.html" || lower == "amp.htm" || lower == "amphtml":
			return dir
		case printFiles[lower] && likeArticle(dir):
			return dir
		}
		for _, first := range []string{"/amp/", "/amphtml/"} {
			if rest, ok := strings.CutPrefix(path, first); ok && rest != "" {
				return "/" + rest
			}
		}
		if i := strings.Index(dir, "/amp/"); i > 0 && strings.ContainsAny(file, "0123456789") {
			return path[:i] + path[i+len("/amp"):]
		}
	}
	return plainFile(dir, file, lower)
}

// plainFile takes the mark of a variant off the last segment of a path.
func plainFile(dir, file, lower string) string {
	for _, ending := range []string{".amp.html", ".amp.htm", "~amp.html", "~print.html", "~mobile.html", "_amp.html", ".amp"} {
		if stem, ok := strings.CutSuffix(lower, ending); ok && stem != "" {
			extension := ""
			if i := strings.LastIndexByte(ending, '.'); i > 0 {
				extension = ending[i:]
			}
			return dir + file[:len(stem)] + extension
		}
	}
	// "amp" and "print" are words of headlines too, and hardly after a number.
	for _, ending := range []string{"-amp.html", "-druck.html", "-print.html", "_print.html"} {
		if stem, ok := strings.CutSuffix(lower, ending); ok && digitsAtEnd(stem) >= 5 {
			return dir + file[:len(stem)] + ".html"
		}
	}
	return dir + file
}

func digitsAtEnd(s string) int { return len(s) - len(strings.TrimRight(s, "0123456789")) }

// likeArticle reports whether a path may be that of an article: "/media/print"
// is a section, "/media/2026/11/a-title/print" is none.
func likeArticle(path string) bool {
	return strings.ContainsAny(path, "0123456789.") || strings.Count(path, "-") >= 3
}

// isVariant tells parameters that choose how the same text is shown.
func isVariant(name, value string) bool {
	switch name {
	case "amp", "noamp", "isamp":
		return true
	case "outputtype", "output", "view", "mode", "format", "display", "layout", "style", "version":
		return value == "amp" || value == "print" || value == "printable" || value == "printpreview" || value == "amphtml"
	case "type":
		return value == "amp"
	case "service":
		return value == "print" || value == "printpreview" || value == "amp" || value == "mobile"
	case "tmpl":
		return value == "component"
	case "print", "printable", "printview", "printmode", "printer", "printerfriendly", "printer_friendly", "printversion", "printpagedarticle",
		"drucken", "druck", "druckansicht", "imprimir", "imprimer", "stampa", "mobile", "singlepage", "onepage":
		return value == "" || value == "1" || value == "true" || value == "yes" || value == "print" || value == "y"
	case "page", "seite", "pagewanted", "showall":
		return value == "all" || value == "print"
	}
	return false
}
