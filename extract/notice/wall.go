package notice

import "golang.org/x/net/html"

// Facts are what Wall judges a page by.
type Facts struct {
	URL        string     // asked for
	Final      string     // answered, after redirects
	Status     int        // HTTP status; 0 means 200
	Title      string     // of the page
	Doc        *html.Node // the page's tree, after Prune or before; may be nil
	Prose      []string   // the texts of the blocks that extraction chose, without notices
	HasArticle bool       // structured evidence of an article: a JSON-LD body, a headline with a matching h1 …
}

// Wall tells whether the page is nothing but a consent wall, a challenge, a
// "please enable JavaScript" page or a region block, and why, in words for
// people. An article beside the wall vetoes.
func Wall(f Facts) (why string, is bool) {
	return "", false
}
