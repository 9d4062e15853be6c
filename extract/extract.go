package extract

import (
	"fmt"
	"net/http"
	"strings"

	"pressmark/extract/meta"
	"pressmark/extract/notice"
)

// Version names this extractor. It changes when the same bytes would give another Article.
const Version = "3"

// MaxBody is the largest body that is read as a page.
const MaxBody = 20 << 20

// Extract reads the article of a page. It never fails: what is no article
// has another Kind, and a Why.
func Extract(p Page) Article { return extract(p, nil) }

// extract is Extract; t, when there is one, is told what is decided and why.
func extract(p Page, t *trace) Article {
	if p.Status == http.StatusUnavailableForLegalReasons { // whatever it shows
		why, _ := notice.Wall(notice.Facts{Status: p.Status})
		return Article{Kind: Wall, Why: why}
	}
	if why := notAPage(p.Body, p.ContentType); why != "" {
		return Article{Kind: Other, Why: why}
	}
	page := t.decode(p.Body, p.ContentType)
	t.lap("decode")
	doc, unread, err := parseFor(p.Filters, page)
	if err != nil {
		return Article{Kind: Other, Why: "the page cannot be read: " + err.Error()}
	}
	t.lap("parse")
	seen := notice.ReadPage(doc)
	removed := seen.Prune()
	t.lap("notices")
	address := p.URL
	if p.Final != "" {
		address = p.Final
	}
	facts := meta.Read(doc, address)
	a := Article{
		Title: headline(facts, address), Byline: facts.Byline, Agency: facts.Agency,
		Published: facts.Published, Modified: facts.Modified, Language: facts.Language,
		Canonical: facts.Canonical, Section: facts.Section, SiteName: facts.SiteName,
		Tags: facts.Tags, Image: facts.Image, Access: facts.Access,
	}
	t.lap("meta")
	t.read(doc, address, &facts)
	removed = append(removed, t.hide(doc, p, address, facts)...)
	o := newOutline(doc)
	o.page = seen
	t.follow(o)
	o.memory = p.Memory
	o.board = forum(&facts, address)
	o.weigh(a.Title, facts.ArticleBody)
	o.read(&a, &facts)
	length := proseLength(a.Blocks)
	if length == 0 {
		if forum(&facts, address) {
			o.fill(o.thread(), &a, &facts)
		}
		if length = proseLength(a.Blocks); length == 0 {
			o.take(scriptless(doc, address), &a, &facts)
			length = proseLength(a.Blocks)
		}
	}
	if length <= bareText && o.listing(&facts, p) == "" {
		o.take(embedded(doc, page, a.Title, &facts, a.Blocks), &a, &facts)
	}
	o.sign(&a, &facts)
	o.dates(&a, &facts)
	a.Removed = append(removed, a.Removed...)
	a.ignore(p.Filters.Ignores(address))
	if unread > 0 {
		a.Removed = append(a.Removed, Removal{Kind: "limit", Rule: "page/tags", Text: fmt.Sprintf("%d tags at the end of the page, of which no more than %d are read", unread, maxTags)})
	}
	o.judgeKind(&a, &facts, p, page, seen)
	if a.Kind == News || a.Kind == Partial {
		a.Next, a.Pages = facts.Next, facts.Pages
	}
	t.lap("text")
	return a
}

// read fills in the article's blocks, its dek, and what was left out between them.
func (o *outline) read(a *Article, facts *meta.Facts) {
	if len(o.pieces) == 0 {
		return
	}
	c, posts := o.judge(), o.live(a.Title, facts)
	if posts != nil {
		c = o.blog(posts)
		o.trace.chooses(c)
	}
	keep, removed := o.trim(o.collect(c), a.Title, facts)
	keep, times := o.setIn(posts, keep)
	if posts == nil {
		keep = o.slides(keep, a.Title, facts)
	}
	lead := o.lead(keep, a.Title, facts)
	o.trace.keeps(keep, lead)
	a.Removed = append(o.beside(c, lead), removed...)
	blocks := make([]Block, 0, len(keep)+1)
	if lead >= 0 {
		blocks = append(blocks, Block{Kind: Lead, Text: o.pieces[lead].text})
	}
	for _, i := range keep {
		if i != lead {
			blocks = append(blocks, Block{Kind: o.pieces[i].kind, Text: o.pieces[i].text, Time: times[i]})
		}
	}
	facts.Language = spokenIn(facts.Language, blocks)
	a.Language = facts.Language
	a.Blocks, removed = withoutNotices(blocks, notice.Options{Language: facts.Language, Page: o.page})
	o.trace.cleans(removed)
	a.Removed = append(a.Removed, removed...)
	if len(a.Blocks) > 0 && a.Blocks[0].Kind == Lead {
		a.Dek = a.Blocks[0].Text
	}
}

// withoutNotices takes consent notices out of blocks.
func withoutNotices(blocks []Block, o notice.Options) ([]Block, []Removal) {
	texts := make([]string, len(blocks))
	for i, b := range blocks {
		texts[i] = b.Text
	}
	kept, removed := notice.Blocks(texts, o)
	out := make([]Block, 0, len(blocks))
	var post meta.Date // of a block that went
	for i, text := range kept {
		b := blocks[i]
		if b.Time.IsZero() {
			b.Time = post
		}
		if b.Text = strings.TrimSpace(text); b.Text == "" {
			post = b.Time
			continue
		}
		out, post = append(out, b), meta.Date{}
	}
	return out, removed
}

// judgeKind says what the page is.
func (o *outline) judgeKind(a *Article, facts *meta.Facts, p Page, page []byte, seen *notice.Page) {
	prose := make([]string, len(a.Blocks))
	for i, b := range a.Blocks {
		prose[i] = b.Text
	}
	articleLike := o.evidence(facts)
	why, wall := "", false
	if o.embedded == 0 && (articleLike != proven || len(prose) < 4 || p.Status >= 400) { // a whole article that says so is no wall, nor is a page with its text in its data
		why, wall = notice.Wall(notice.Facts{
			URL: p.URL, Final: p.Final, Status: p.Status, Title: a.Title, Source: page, Page: seen, Prose: prose, HasArticle: articleLike == proven, Claimed: facts.Type == "article", Dated: !a.Published.IsZero() && a.PublishedFrom != meta.FromAddress,
		})
	}
	switch {
	case wall:
		a.Kind, a.Why = Wall, why
	case p.Status >= 400:
		a.Kind, a.Why = Other, fmt.Sprintf("the server answered with status %d", p.Status)
	default:
		a.Kind, a.Why = o.nature(a, facts, articleLike, p)
	}
}
