package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pressmark/extract"
)

// An explainObject is what extract --explain --json prints of a page.
type explainObject struct {
	extractHead
	extract.Explanation
	Extractor string `json:"extractor"`      // its version, for whoever reports a page
	Find      string `json:"find,omitempty"` // pieces holds only what has these words
}

// sought leaves of an explanation the pieces with the words that were asked
// for. It says where else the words are when the page's text has them nowhere.
func (x *extraction) sought(s source, p extract.Page, e *extract.Explanation) error {
	if x.find == "" {
		return nil
	}
	var found []extract.Piece
	for _, i := range e.Find(x.find) {
		found = append(found, e.Pieces[i])
	}
	e.Pieces = found
	switch {
	case len(found) > 0 || x.many:
		return nil
	case bytes.Contains(bytes.ToLower(p.Body), []byte(strings.ToLower(x.find))):
		return hint(fmt.Errorf("%s: no text of the page has %q; its source does", s, x.find),
			"in an attribute, a comment, a script, or across two paragraphs")
	}
	return hint(fmt.Errorf("%s: %q is nowhere on the page", s, x.find), "a script may fetch it after the page; fewer words may be found")
}

func (x *extraction) explainJSON(s source, p extract.Page, e extract.Explanation) error {
	x.count++
	if err := x.sought(s, p, &e); err != nil {
		return err
	}
	return object(x.out, explainObject{x.head(s, p), e, extract.VersionWith(x.hidden), x.find})
}

// explainText tells people how a page was read.
func (x *extraction) explainText(s source, p extract.Page, e extract.Explanation) error {
	x.count++
	if err := x.sought(s, p, &e); err != nil {
		return err
	}
	if x.find != "" && len(e.Pieces) == 0 {
		return nil
	}
	w, width := x.shown, x.shown.columns()
	if err := x.between(w, strings.Repeat("─", min(width, 40))); err != nil {
		return err
	}
	fmt.Fprintln(w, w.style(bold, fit(line(first(e.Article.Title, p.URL, s.String())), width)))
	if x.find != "" {
		for _, piece := range e.Pieces {
			x.passage(piece, width)
		}
		return w.err
	}
	what := []string{string(e.Article.Kind)}
	if e.Article.Why != "" {
		what[0] += ": " + e.Article.Why
	}
	if e.Charset.Name != "" {
		what = append(what, fmt.Sprintf("%s, says %s", e.Charset.Name, e.Charset.From))
	}
	if e.Article.Language != "" {
		what = append(what, "language "+e.Article.Language)
	}
	fmt.Fprintln(w, w.style(faint, wrap(line(strings.Join(what, " · ")), width)))
	x.claims(e, width)
	x.agency(e.Article, width)
	x.places(e, width)
	x.pieces(e.Pieces, width)
	x.refused(e.Refused, width)
	x.summary(e, width)
	return w.err
}

// claims shows what the page says of its article, and what of that was taken.
func (x *extraction) claims(e extract.Explanation, width int) {
	w := x.shown
	taken := map[string]string{
		"title": e.Article.Title, "published": e.Article.Published.String(), "modified": e.Article.Modified.String(),
		"byline": strings.Join(e.Article.Byline, ", "), "language": e.Article.Language, "site name": e.Article.SiteName,
	}
	for _, about := range []string{"title", "published", "modified", "byline", "site name", "language"} {
		var list []extract.Claim
		wide, won := 0, false
		for _, c := range e.Claims {
			if c.About == about {
				list = append(list, c)
				wide, won = max(wide, cells(c.Source)), won || c.Won
			}
		}
		if len(list) == 0 && taken[about] == "" {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", w.style(bold, about))
		if !won && taken[about] != "" { // in these words no single place says it
			source := "put together"
			if about == "published" {
				source = first(string(e.Article.PublishedFrom), source)
			}
			wide = max(wide, cells(source))
			fmt.Fprintf(w, "  %s %s  %s\n", w.style(green, "✓"), pad(source, wide), fit(line(taken[about]), max(10, width-wide-6)))
		}
		if !won && taken[about] == "" {
			fmt.Fprintf(w, "    %s\n", w.style(faint, "none was believed"))
		}
		const most = 8 // pages list the dates of a dozen other stories
		for i, c := range list {
			if i >= most && !c.Won {
				continue
			}
			mark := " "
			if c.Won {
				mark = w.style(green, "✓")
			}
			text := line(c.Text)
			switch means := line(c.Means); {
			case means == "":
				text += "  (not understood)"
			case means != text:
				text = means + "  " + w.style(faint, fit(text, max(10, width-wide-cells(means)-10)))
				fmt.Fprintf(w, "  %s %s  %s\n", mark, pad(c.Source, wide), text)
				continue
			}
			fmt.Fprintf(w, "  %s %s  %s\n", mark, pad(c.Source, wide), fit(text, max(10, width-wide-6)))
		}
		if len(list) > most {
			fmt.Fprintf(w, "    %s\n", w.style(faint, fmt.Sprintf("and %d more", len(list)-most)))
		}
	}
}

// agency shows the wire service that is credited, and where.
func (x *extraction) agency(a extract.Article, width int) {
	if a.Agency == "" {
		return
	}
	w := x.shown
	source := first(a.AgencyFrom, "byline")
	fmt.Fprintf(w, "\n%s\n  %s %s  %s\n", w.style(bold, "agency"), w.style(green, "✓"), source, fit(line(a.Agency), max(10, width-cells(source)-6)))
}

// places shows where the article was looked for.
func (x *extraction) places(e extract.Explanation, width int) {
	if len(e.Places) == 0 {
		return
	}
	w := x.shown
	fmt.Fprintf(w, "\n%s  %s\n", w.style(bold, "where the article may be"), w.style(faint, "weight of running text, how found"))
	for _, p := range e.Places {
		mark := " "
		if p.Chosen {
			mark = w.style(green, "✓")
		}
		how := line(p.Name)
		if p.Stated > 0 {
			how += fmt.Sprintf(", %d stated by the page", p.Stated)
		}
		how = fit(how, width/2)
		fmt.Fprintf(w, "  %s %6d  %s  %s\n", mark, p.Weight, how, fitEnd(paths(p.Paths), width-14-cells(how)))
	}
}

func paths(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return fmt.Sprintf("%d elements such as %s", len(list), list[0])
}

// fitEnd cuts a path to n columns at its beginning: its end says most.
func fitEnd(s string, n int) string {
	if cells(s) <= n {
		return s
	}
	r := []rune(strings.TrimPrefix(s, "… > "))
	for len(r) > 0 && cells(string(r)) > n-1 {
		r = r[1:]
	}
	return "…" + string(r)
}

// pieces shows the page's text in reading order. Pieces in a row that went for
// one reason stand together.
func (x *extraction) pieces(list []extract.Piece, width int) {
	w := x.shown
	fmt.Fprintf(w, "\n%s  %s\n", w.style(bold, "the page's text"), w.style(faint, "+ kept, − gone"))
	where := ""
	for i := 0; i < len(list); {
		j := i + 1
		for !list[i].Kept && j < len(list) && !list[j].Kept && list[j].Reason == list[i].Reason && list[j].Rule == list[i].Rule {
			j++
		}
		p := list[i]
		if p.Path != where && p.Path != "" {
			where = p.Path
			fmt.Fprintf(w, "  %s\n", w.style(faint, fitEnd(line(where), width-2)))
		}
		if p.Kept {
			fmt.Fprintf(w, "%s %s  %s\n", w.style(green, "+"), pad(string(p.Kind), 11), fit(line(p.Text), max(20, width-15)))
		} else {
			texts, n := make([]string, 0, j-i), ""
			for _, q := range list[i:j] {
				texts = append(texts, line(q.Text))
			}
			if j-i > 1 {
				n = fmt.Sprintf("%d × ", j-i)
			}
			rule := "  " + line(p.Rule)
			if p.Rule == "place" {
				rule = ""
			}
			room := max(20, width-15-cells(n)-cells(rule))
			fmt.Fprintf(w, "%s %s  %s%s%s\n", w.style(red, "−"), w.style(yellow, pad(p.Reason, 11)), n,
				w.style(faint, fit(strings.Join(texts, " ¶ "), room)), w.style(yellow, rule))
		}
		i = j
	}
}

// passage shows all that is known of one piece.
func (x *extraction) passage(p extract.Piece, width int) {
	w := x.shown
	fate := w.style(green, "+ kept as "+string(p.Kind))
	if !p.Kept {
		fate = w.style(red, "− gone: "+p.Reason)
	}
	fmt.Fprintf(w, "\n%s\n", fate)
	text := wrap(clean(p.Text), min(width, 92)-4)
	fmt.Fprintf(w, "    %s\n", strings.ReplaceAll(text, "\n", "\n    "))
	say := func(name, value string) {
		if value != "" {
			value = strings.ReplaceAll(wrap(line(value), min(width, 92)-12), "\n", "\n            ")
			fmt.Fprintf(w, "    %s  %s\n", w.style(faint, pad(name, 6)), value)
		}
	}
	say("why", p.Why)
	say("rule", p.Rule)
	say("where", p.Path)
	facts := []string{fmt.Sprintf("%d as running text", p.Weight)}
	if p.Linked > 0 {
		facts = append(facts, fmt.Sprintf("%.0f %% of it in links", p.Linked*100))
	}
	if p.Stated > 0 {
		facts = append(facts, fmt.Sprintf("%.0f %% of it in the article text that the page states for machines", p.Stated*100))
	}
	say("weight", strings.Join(facts, ", "))
}

// refused shows what filters would have taken, and may not.
func (x *extraction) refused(list []extract.Refusal, width int) {
	if len(list) == 0 {
		return
	}
	w := x.shown
	fmt.Fprintf(w, "\n%s\n", w.style(bold, "filters that are not followed here"))
	for _, r := range list {
		fmt.Fprintf(w, "  %s  %s\n", w.style(yellow, line(r.Rule)), w.style(faint, fit(line(r.Text), max(20, width-cells(line(r.Rule))-4))))
		fmt.Fprintf(w, "    %s\n", line(r.Why))
	}
}

// summary counts words and time.
func (x *extraction) summary(e extract.Explanation, width int) {
	w := x.shown
	var gone []string
	reasons := slices.SortedFunc(maps.Keys(e.Words.Gone), func(a, b string) int {
		return cmp.Or(e.Words.Gone[b]-e.Words.Gone[a], strings.Compare(a, b))
	})
	for _, r := range reasons {
		gone = append(gone, fmt.Sprintf("%s %s", r, thousands(e.Words.Gone[r])))
	}
	fmt.Fprintf(w, "\n%s\n", wrap(fmt.Sprintf("%s kept; gone: %s", count(e.Words.Kept, "word"), first(strings.Join(gone, ", "), "nothing")), width))
	var took []string
	sum := 0.0
	for _, s := range e.Stages {
		took = append(took, fmt.Sprintf("%s %.1f", s.Name, s.MS))
		sum += s.MS
	}
	if sum > 0 {
		fmt.Fprintln(w, w.style(faint, wrap(fmt.Sprintf("%.1f ms: %s", sum, strings.Join(took, ", ")), width)))
	}
	x.c.say("%s", x.c.err.style(faint, `a page that goes wrong? --find "some words" asks about one passage; --explain --json is the form to report`))
}
