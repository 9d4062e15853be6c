package meta

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A pagelink is a link that may lead to another page of the same article.
type pagelink struct {
	href string
	n    int // the number it shows; 0 for one that only says rel=next
}

// pageLink notes links with a number for their text, and those that say rel=next.
// That alone says little: blogs say it of the next article.
func (s *Survey) pageLink(n *html.Node, rel string) {
	if len(s.onward) >= most {
		return
	}
	href := attr(n, "href")
	if href == "" || href[0] == '#' {
		return
	}
	number := 0
	if c := n.FirstChild; c != nil {
		for c.FirstChild != nil && c.NextSibling == nil {
			c = c.FirstChild
		}
		if c.Type == html.TextNode && len(c.Data) < 24 {
			number = small(strings.TrimSpace(c.Data))
		}
	}
	next := rel != "" && slices.Contains(strings.Fields(strings.ToLower(rel)), "next")
	if number == 0 && !next || ofReaders(n) {
		return
	}
	s.onward = append(s.onward, pagelink{href, number})
}

// ofReaders tells links that leaf through comments.
func ofReaders(n *html.Node) bool {
	for range 6 {
		if n = n.Parent; n == nil || n.DataAtom == atom.Body {
			return false
		}
		if talk(attr(n, "class")) || talk(attr(n, "id")) {
			return true
		}
	}
	return false
}

// talk tells a name of what readers wrote.
func talk(name string) bool {
	return containsAny(strings.ToLower(name), "comment", "kommentar", "comentario", "disqus", "replies")
}

func small(s string) int {
	if len(s) == 0 || len(s) > 2 {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// pages finds the other pages of the article: same site, same address but for a
// page's number, and that number shown or said to be the next one.
func (s *Survey) pages(own string, resolve func(string) string) (next string, all []string) {
	here, err := url.Parse(own)
	if err != nil || here.Host == "" || len(s.onward) == 0 && s.links["next"] == "" {
		return "", nil
	}
	base, at := numbered(here)
	links := append([]pagelink{{href: s.links["next"]}}, s.onward...)
	found := map[int]string{}
	for _, l := range links {
		u, err := url.Parse(resolve(l.href))
		if err != nil || u.Host == "" || !strings.EqualFold(strings.TrimPrefix(u.Host, "www."), strings.TrimPrefix(here.Host, "www.")) {
			continue
		}
		b, n := numbered(u)
		if at > 1 && !slugged(base) {
			// "/news/12" and "/news/13" are two articles; "/news/a-long-name/2" is a page
			continue
		}
		if b != base || n == at || n != l.n && !(l.n == 0 && n == at+1) {
			continue
		}
		if found[n] == "" {
			u.Fragment = ""
			found[n] = u.String()
		}
	}
	order := make([]int, 0, len(found))
	for n := range found {
		order = append(order, n)
	}
	slices.Sort(order)
	for _, n := range order {
		all = append(all, found[n])
	}
	return found[at+1], all
}

// numbered cuts the number of a page off its address: ?page=2, /2, /page/2, /page-2, -p2.html, ,2.
func numbered(u *url.URL) (base string, n int) {
	path := strings.TrimSuffix(u.EscapedPath(), "/")
	q := u.Query()
	for key := range q {
		if pageKeys[strings.ToLower(key)] {
			if n = small(q.Get(key)); n > 0 {
				q.Del(key)
				return path + "?" + q.Encode(), n
			}
		}
	}
	query := "?" + q.Encode()
	ext := ""
	if dot := strings.LastIndexByte(path, '.'); dot > strings.LastIndexByte(path, '/') && len(path)-dot <= 6 {
		path, ext = path[:dot], path[dot:]
	}
	digits := len(path)
	for digits > 0 && path[digits-1] >= '0' && path[digits-1] <= '9' {
		digits--
	}
	n = small(path[digits:])
	if n < 1 || digits == 0 {
		return path + ext + query, 1
	}
	head := path[:digits]
	switch last := head[len(head)-1]; last {
	case '/', ',', '_':
		head = head[:len(head)-1]
	}
	for _, word := range pageWords {
		rest, ok := strings.CutSuffix(head, word)
		if !ok {
			continue
		}
		if trimmed := strings.TrimRight(rest, "/-_,."); trimmed != rest && trimmed != "" {
			return trimmed + ext + query, n
		}
	}
	if len(head) == digits { // no mark before the number: a name that ends so
		return path + ext + query, 1
	}
	return head + ext + query, n
}

// slugged tells whether an address ends in the name of an article, not in that of a section.
func slugged(base string) bool {
	base, _, _ = strings.Cut(base, "?")
	last := base[strings.LastIndexByte(base, '/')+1:]
	return len(last) >= 12 || strings.ContainsAny(last, "0123456789") || strings.Count(last, "-") >= 2
}

var pageKeys = map[string]bool{
	"page": true, "p": true, "pg": true, "pn": true, "seite": true, "pagina": true, "página": true, "paged": true, "pagenum": true, "pagenumber": true,
	"page_no": true, "pageno": true, "side": true, "sida": true, "strona": true, "sivu": true, "sayfa": true, "artpage": true, "str": true,
}

// pageWords stand before a page's number in a path; the longer before those they end in.
var pageWords = []string{"page-", "page/", "page", "seite-", "seite/", "seite", "pagina-", "pagina/", "pagina", "strona-", "strona/", "strona", "sida-", "sida", "sivu-", "pg", "p"}
