package extract

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// placed tells of the candidates for the article's place.
func (o *outline) placed(list []place) []Place {
	var out []Place
	for _, p := range list {
		if len(p.roots) == 0 {
			continue
		}
		x := Place{Name: p.name, Weight: p.clean, Stated: p.stated, Chosen: p.chosen}
		for _, r := range p.roots {
			x.Paths = append(x.Paths, o.path(r))
		}
		out = append(out, x)
	}
	return out
}

// told gives the pieces of the page with what became of each.
func (o *outline) told(a *Article, t *trace) []Piece {
	kept := map[int]bool{}
	for _, i := range t.kept {
		kept[i] = true
	}
	if t.lead >= 0 {
		kept[t.lead] = true
	}
	blocks := map[string]int{} // of the article, that no piece has answered for
	for _, b := range a.Blocks {
		blocks[b.Text]++
	}
	inside := o.inside(t.places)
	out := make([]Piece, len(o.pieces))
	for i := range o.pieces {
		p := &o.pieces[i]
		x := Piece{Path: o.path(p.in), Kind: p.kind, Text: p.text, Weight: p.weight}
		if p.runes > 0 {
			x.Linked = min(1, float64(p.linked)/float64(p.runes))
		}
		if o.anchor != nil {
			x.Stated = float64(o.anchor.said[i])
		}
		f, dropped := t.fates[i]
		switch {
		case kept[i] && blocks[p.text] > 0:
			blocks[p.text]--
			x.Kept, x.Why = true, o.merit(i, t)
			if i == t.lead {
				x.Kind = Lead
			}
		case kept[i]:
			o.shortened(&x, a, blocks)
		case dropped:
			x.Reason, x.Rule = f.why.kind(), f.rule
			x.Why = because(f.rule, x.Reason)
		case p.in >= 0 && o.elements[p.in].cut != 0:
			x.Reason, x.Rule = o.elements[p.in].cut.kind(), "name/"+o.elements[o.cutTop(p.in)].word
			x.Why = because(x.Rule, x.Reason)
		case i == o.titleAt:
			x.Reason, x.Rule, x.Why = "title", "place", "it shows the headline"
		case inside[i]:
			if x.Reason, x.Rule = evidenceOf(p.text, a.Removed); x.Rule == "" {
				x.Reason, x.Rule, x.Why = "outside", "place", "it stands in the place chosen for the article, before its text begins"
				break
			}
			x.Why = because(x.Rule, x.Reason)
		default:
			x.Reason, x.Rule, x.Why = "outside", "place", "it stands outside of the place chosen for the article"
		}
		out[i] = x
	}
	for _, b := range a.Blocks { // of other making than the page's elements
		if blocks[b.Text] > 0 {
			blocks[b.Text]--
			out = append(out, Piece{Kind: b.Kind, Text: b.Text, Kept: true, Why: "taken from the data that the page carries for its scripts, or put together from several pieces"})
		}
	}
	return out
}

// inside tells which pieces stand in the place chosen.
func (o *outline) inside(list []place) map[int]bool {
	in := map[int]bool{}
	for _, p := range list {
		if !p.chosen {
			continue
		}
		for _, r := range p.roots {
			for i := o.elements[r].first; i < o.elements[r].last; i++ {
				in[int(i)] = true
			}
		}
	}
	return in
}

// merit says in words why a piece was kept.
func (o *outline) merit(i int, t *trace) string {
	p := &o.pieces[i]
	var why []string
	if i == t.lead {
		why = append(why, "it stands between headline and text, as the standfirst does")
	}
	if o.anchor != nil && o.anchor.said[i] >= 0.6 {
		why = append(why, fmt.Sprintf("the page states %d %% of it to be the article's text", int(o.anchor.said[i]*100)))
	}
	switch {
	case p.weight > 0:
		why = append(why, "running text")
	case len(why) == 0:
		why = append(why, "no rule speaks against it")
	}
	return strings.Join(why, "; ")
}

// shortened tells of a piece that was kept at first: a notice was found in it,
// and took it or a part of it.
func (o *outline) shortened(x *Piece, a *Article, blocks map[string]int) {
	for _, b := range a.Blocks {
		if blocks[b.Text] > 0 && len(b.Text)*4 > len(x.Text) && strings.Contains(x.Text, b.Text) {
			blocks[b.Text]--
			x.Kept, x.Text = true, b.Text
			x.Why = "what was glued to it went as a notice"
			return
		}
	}
	if x.Reason, x.Rule = evidenceOf(x.Text, a.Removed); x.Rule == "" {
		x.Reason, x.Rule, x.Why = "boilerplate", "text/kind", "it is no text of a page of this kind"
		return
	}
	x.Why = because(x.Rule, x.Reason)
}

// evidenceOf finds a text among the article's removals; "" when it is in none.
func evidenceOf(text string, removed []Removal) (reason, rule string) {
	key := bare(text[:min(len(text), 200)])
	for _, r := range removed {
		if strings.Contains(r.Text, text) || key != "" && strings.Contains(bare(r.Text), key) {
			return r.Kind, r.Rule
		}
	}
	return "", ""
}

// unplaced gives the removals whose text no piece has: what left the page
// before its text was read, mostly notices.
func unplaced(x *Explanation) []Piece {
	var all strings.Builder
	for i := range x.Pieces {
		all.WriteString(bare(x.Pieces[i].Text))
	}
	text := all.String()
	var out []Piece
	for _, r := range x.Article.Removed {
		first, _, _ := strings.Cut(r.Text, "\n")
		if key := bare(first); key == "" || strings.Contains(text, key) {
			continue
		}
		out = append(out, Piece{Kind: Paragraph, Text: r.Text, Reason: r.Kind, Rule: r.Rule, Why: because(r.Rule, r.Kind)})
	}
	return out
}

// because says in words what a rule means.
func because(rule, reason string) string {
	family, what, _ := strings.Cut(rule, "/")
	switch family {
	case "name":
		return fmt.Sprintf("an element around it is called %q, which names %s", what, meaning(reason))
	case "vendor":
		return "it belongs to a known tool for consent or embedding: " + what
	case "filter":
		if rule == RefusedRule {
			return "a rule of your filter lists that is not followed, since it would take too much of the article"
		}
		return "a filter list that you named hides it: " + what
	case "site":
		return "other pages of this site show that it is furniture: " + what
	case "text", "line":
		if s := ruleWords[what]; s != "" {
			return s
		}
		return fmt.Sprintf("its words or the way it stands mark %s: %s", meaning(reason), what)
	}
	return fmt.Sprintf("it was taken for %s: %s", meaning(reason), rule)
}

// meaning is the plural or mass noun of a reason.
func meaning(reason string) string {
	switch reason {
	case "caption":
		return "captions"
	case "related":
		return "links to other stories"
	case "share":
		return "share buttons"
	case "advert":
		return "advertising"
	case "author":
		return "author boxes"
	case "byline":
		return "bylines"
	case "newsletter":
		return "subscription boxes"
	case "title":
		return "the headline"
	case "boilerplate":
		return "furniture"
	case "notice":
		return "consent notices"
	}
	return reason
}

// ruleWords say what the rules of the text mean.
var ruleWords = map[string]string{
	"repeated":  "the page says it more than once",
	"marks":     "it has no letters",
	"phrase":    "it is a stock phrase of news sites",
	"opening":   "it begins as a pointer to another story does",
	"plea":      "it asks readers to subscribe, follow or write",
	"asks":      "it asks readers to subscribe, to sign up, to follow or to share",
	"copyright": "it is a copyright line",
	"link":      "it is nothing but a link",
	"links":     "it belongs to a list of links",
	"headline":  "it is the headline over again",
	"top":       "it stands above the first sentence as bylines, dates and labels do",
	"tail":      "it stands below the last sentence and is none",
	"after":     "it follows the heading that ends the article",
	"label":     "it is a short line outside of paragraphs, as captions and labels are",
	"unstated":  "the page states its whole article for machines, and this is not in it",
	"box":       "it is a summary box",
	"heading":   "it is a heading whose text went",
	"about":     "it tells of the company or the paper behind a press release or an article",
	"claim":     "it speaks of the rights in the text, or of what its links earn",
	"call":      "it calls on readers to do something, after the article's last sentence",
	"leads on":  "it leads on to another text, after the article's last sentence",
	"picture":   "it stands beside a picture as its caption does",
	"pulled":    "it is a sentence of the text over again, set large",
	"signed":    "it presents the author below the text",
	"sources":   "it belongs to the list of sources below the text",
	"kind":      "it is no text of a page of this kind",
}

// path writes an element's place in the page: the elements around it, with
// their id or first class.
func (o *outline) path(e int32) string {
	if e < 0 || int(e) >= len(o.elements) || o.elements[e].node == nil {
		return ""
	}
	const most = 5
	var parts []string
	for n := o.elements[e].node; n != nil && n.Type == html.ElementNode; n = n.Parent {
		if n.Data == "body" || n.Data == "html" {
			if len(parts) == 0 {
				parts = append(parts, n.Data)
			}
			break
		}
		if len(parts) == most {
			parts = append(parts, "…")
			break
		}
		name := n.Data
		if id := strings.Fields(attribute(n, "id")); len(id) > 0 {
			name += "#" + id[0]
		} else if class := strings.Fields(attribute(n, "class")); len(class) > 0 {
			name += "." + class[0]
		}
		if r := []rune(name); len(r) > 40 {
			name = string(r[:39]) + "…"
		}
		parts = append(parts, name)
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return strings.Join(parts, " > ")
}
