package extract

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"pressmark/extract/meta"
)

// How surely a page says that it is an article.
type sureness int

const (
	unsaid  sureness = iota
	likely           // og:type, microdata or the names of elements
	proven           // JSON-LD of an article whose headline the page shows, or with its text
	refuted          // it says that it is something else
)

// evidence weighs what the page says of its own nature.
func (o *outline) evidence(f *meta.Facts) sureness {
	article := articleType(f.Type)
	switch {
	case article && (o.anchor != nil || o.titleAt >= 0 && o.pieces[o.titleAt].kind == Heading):
		return proven
	case article:
		return likely
	}
	if slices.ContainsFunc([]string{"CollectionPage", "SearchResultsPage", "Product", "ItemList", "ProfilePage", "product"}, func(t string) bool { return f.Type == t }) {
		return refuted
	}
	for i := range o.elements {
		if e := &o.elements[i]; e.marks&bodyMark != 0 && attribute(e.node, "itemprop") == "articleBody" {
			return likely
		}
	}
	return unsaid
}

// articleType tells the types of JSON-LD and Open Graph that mean an article.
func articleType(t string) bool {
	return strings.HasSuffix(t, "Article") || t == "article" || t == "BlogPosting" || t == "LiveBlogPosting" || t == "Report"
}

// nature tells an article from pages that hold none, and a teaser from a whole article.
func (o *outline) nature(a *Article, f *meta.Facts, said sureness, p Page) (Kind, string) {
	runes, sentences := 0, 0
	for _, b := range a.Blocks {
		if b.Kind == Heading {
			continue
		}
		wide := wideRunes(b.Text)
		n := utf8.RuneCountInString(b.Text)
		runes += n + wide
		if n >= 40 && sentence(b.Text) || n >= 120 || wide > 20 {
			sentences += max(1, strings.Count(b.Text, ". "))
		}
	}
	cards := o.shelf.cards
	name, why := a.Title, o.listing(f, p)
	if o.h1 >= 0 && missing(o.pieces[o.h1].text) {
		name = o.pieces[o.h1].text
	}
	switch {
	case runes == 0:
		return Other, "no text was found on the page"
	case missing(name) && runes < 1500:
		return Other, fmt.Sprintf("the title is that of an error page: %q", name)
	case (f.Access == meta.Paid || f.Access == meta.Metered) && runes < 1200 && said != refuted:
		return Partial, fmt.Sprintf("the page shows %d letters and says that the whole text is not free", runes)
	case runes < 900 && said == proven && (o.walled() && !whole(a.Blocks) || o.page.Locked()):
		return Partial, fmt.Sprintf("the page shows %d letters and asks readers to log in or to subscribe for the rest", runes)
	case why != "":
		return Other, why
	case said == proven && sentences > 0:
		return News, ""
	case f.Type == "VideoObject" && runes < 600:
		return Other, "the page shows a video with a short description"
	case front(address(p)) && said != proven && (cards >= 3 || runes < 1500):
		return Other, "the address is that of a front page"
	case query(address(p)) && said != likely:
		return Other, "the address is that of a search"
	case said == refuted && cards >= 4:
		return Other, fmt.Sprintf("the page says that it is a %s and lists %d teasers", f.Type, cards)
	case said == likely && sentences > 0 && cards*150 < runes*4:
		return News, ""
	case cards >= 6 && o.shelf.prose < cards*220 && (cards*120 > runes || o.shelf.prose*2 > runes) && a.Published.IsZero():
		return Other, fmt.Sprintf("the page lists %d teasers around %d letters of text", cards, runes)
	case sentences == 0:
		return Other, "the page has no paragraph of text"
	case sentences < 2 && runes < 140 && (o.titleAt < 0 || a.Published.IsZero()):
		return Other, fmt.Sprintf("the page has only %d letters of text", runes)
	}
	return News, ""
}

// whole tells a short text that is more than its beginning.
func whole(blocks []Block) bool {
	if len(blocks) < 4 {
		return false
	}
	last := strings.TrimRight(blocks[len(blocks)-1].Text, " \"”»“’")
	return strings.HasSuffix(last, ".") || strings.HasSuffix(last, "!") || strings.HasSuffix(last, "?") || strings.HasSuffix(last, "。")
}

// walled tells whether the page has a box that asks readers to subscribe before they read on.
func (o *outline) walled() bool {
	for i := range o.elements {
		if e := &o.elements[i]; e.marks&paywallMark != 0 && e.first < e.last && e.cut != 0 {
			return true
		}
	}
	return false
}

func address(p Page) string {
	if p.Final != "" {
		return p.Final
	}
	return p.URL
}

// front tells the address of a site's first page.
func front(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	path := strings.Trim(u.Path, "/")
	return u.RawQuery == "" && (path == "" || path == "index.html" || path == "index.php" || len(path) == 2)
}

// query tells the address of a search.
func query(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	path := strings.Trim(u.Path, "/")
	for _, word := range []string{"search", "suche", "recherche", "buscar", "busca", "cerca", "zoeken", "szukaj"} {
		if path == word || strings.HasSuffix(path, "/"+word) {
			return true
		}
	}
	return path == "" && (u.Query().Has("s") || u.Query().Has("q"))
}

// missing tells the titles of pages that are not there.
func missing(title string) bool {
	t := strings.ToLower(title)
	if strings.HasPrefix(t, "404") || t == "error" || strings.HasPrefix(t, "error 4") || strings.HasPrefix(t, "error 5") {
		return true
	}
	for _, p := range []string{"page not found", "not found", "seite nicht gefunden", "nicht gefunden", "page introuvable", "página no encontrada", "página não encontrada", "pagina non trovata", "pagina niet gevonden", "sidan hittades inte", "siden blev ikke fundet", "nie znaleziono strony", "страница не найдена", "sayfa bulunamadı", "页面不存在"} {
		if t == p || strings.HasPrefix(t, p) && len(t) < len(p)+20 || strings.HasSuffix(t, p) && len(t) < len(p)+8 {
			return true
		}
	}
	return false
}
