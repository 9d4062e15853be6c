package newsroom

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// A frame is what stands on every page of a paper.
type frame struct {
	*paper
	Key, Charset, About, Base, Newsletter string
	Links                                 []link
	Nav                                   []anchor
	Masthead                              []string
	PageTitle, Canonical                  string
}

type anchor struct {
	Name, URL, Dek, Image string
	Time                  moment
	Here                  bool
}

// A moment is a time as a page shows it.
type moment struct{ ISO, Text string }

// A sheet is an article's page.
type sheet struct {
	frame
	Title, Dek       string
	Byline           []string
	Agency           string
	Section          anchor
	Published        moment
	Modified         moment // for machines
	Updated          moment // as shown to readers; zero when it never was
	Image            string
	Caption, Credit  string
	Groups           []group
	Start, End, Page template.HTML // notices
	Related          []anchor
	Ago              string
	JSONLD           template.JS
}

// A group is blocks that share one element: items of one list, else one block.
type group struct {
	Kind  string
	Texts []string
	Tail  template.HTML // a notice glued behind
	Embed template.HTML // a placeholder that follows
}

func (p *paper) frame(title, path, here string) frame {
	f := frame{paper: p, Key: p.key, Charset: p.charset, About: p.about, Base: p.base, Newsletter: p.newsletter,
		Links: p.links, Masthead: p.masthead, PageTitle: title, Canonical: p.base + path}
	for _, s := range p.sections {
		f.Nav = append(f.Nav, anchor{Name: s.Name, URL: "/" + s.Slug, Here: s.Slug == here})
	}
	return f
}

// sheet fills the page of an article.
func (a *article) sheet(e *edition, now time.Time, all map[string]*article) (sheet, error) {
	p := a.paper
	s := sheet{
		frame: p.frame(e.title, a.path, e.section), Title: e.title, Dek: e.dek, Byline: e.byline, Agency: e.agency,
		Published: p.moment(a.published), Modified: p.moment(e.modified), Ago: e.ago,
		Caption: e.caption, Credit: e.credit,
	}
	if e.modified.After(a.published) {
		s.Updated = s.Modified
	}
	if e.caption != "" {
		s.Image = "/img/" + a.slug + ".svg"
	}
	for _, n := range s.Nav {
		if n.Here {
			s.Section = n
		}
	}
	for _, slug := range e.related {
		o := all[p.key+"/"+slug] // load has seen to it that it is there
		s.Related = append(s.Related, anchor{Name: o.editions[0].title, URL: o.path})
	}
	if p.counters {
		s.Ago = a.counter(now)
	}
	s.Groups = groups(e.blocks)
	notices, err := a.notices(e)
	if err != nil {
		return s, err
	}
	for _, n := range notices {
		switch n.place {
		case "start":
			s.Start += n.html
		case "end":
			s.End += n.html
		case "page":
			s.Page += n.html
		case "tail":
			s.Groups[len(s.Groups)-1].Tail = n.html
		case "embed":
			s.Groups[min(1, len(s.Groups)-1)].Embed = n.html
		}
	}
	s.JSONLD, err = s.linkedData()
	return s, err
}

func groups(all []Block) []group {
	var out []group
	for _, b := range all {
		if n := len(out); b.Kind == "item" && n > 0 && out[n-1].Kind == "item" {
			out[n-1].Texts = append(out[n-1].Texts, b.Text)
			continue
		}
		out = append(out, group{Kind: b.Kind, Texts: []string{b.Text}})
	}
	if len(out) == 0 {
		out = append(out, group{Kind: "paragraph", Texts: []string{""}})
	}
	return out
}

// linkedData is the page's JSON-LD.
func (s *sheet) linkedData() (template.JS, error) {
	type thing struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	var authors []thing
	for _, name := range s.Byline {
		authors = append(authors, thing{"Person", name})
	}
	var source *thing
	if s.Agency != "" {
		authors = append(authors, thing{"Organization", s.Agency})
		source = &thing{"NewsMediaOrganization", s.Agency}
	}
	text, err := json.Marshal(struct {
		Context     string  `json:"@context"`
		Type        string  `json:"@type"`
		URL         string  `json:"mainEntityOfPage"`
		Headline    string  `json:"headline"`
		Description string  `json:"description,omitempty"`
		Published   string  `json:"datePublished"`
		Modified    string  `json:"dateModified"`
		Section     string  `json:"articleSection"`
		Language    string  `json:"inLanguage"`
		Author      []thing `json:"author"`
		Source      *thing  `json:"sourceOrganization,omitempty"`
		Publisher   thing   `json:"publisher"`
	}{"https://schema.org", "NewsArticle", s.Canonical, s.Title, s.Dek, s.Published.ISO, s.Modified.ISO,
		s.Section.Name, s.Language, authors, source, thing{"NewsMediaOrganization", s.Name}})
	return template.JS(text), err
}

// step is the last moment at which a paper's view counts moved.
func step(now time.Time) time.Time { return now.Truncate(6 * time.Hour) }

// counter is the age and the views of an article, as pages with counters show them.
func (a *article) counter(now time.Time) string {
	age := max(step(now).Sub(a.published), 0)
	h := fnv.New32a()
	h.Write([]byte(a.id))
	views := 40 + int(age.Hours())*int(23+h.Sum32()%61)
	if days := int(age.Hours()) / 24; days > 0 {
		return fmt.Sprintf("Posted %d days ago · %d views", days, views)
	}
	return fmt.Sprintf("Posted %d hours ago · %d views", int(age.Hours()), views)
}

func (p *paper) moment(t time.Time) moment {
	t = t.In(p.zone)
	m := moment{ISO: t.Format(time.RFC3339), Text: t.Format("Monday 2 January 2006, 15:04")}
	if p.Language == "fr" {
		days := strings.Fields("dimanche lundi mardi mercredi jeudi vendredi samedi")
		months := strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
		day := fmt.Sprint(t.Day())
		if t.Day() == 1 {
			day = "1er"
		}
		m.Text = fmt.Sprintf("%s %s %s %d à %s", days[t.Weekday()], day, months[t.Month()-1], t.Year(), t.Format("15h04"))
	}
	return m
}

// templates are those of each paper, and the ones for the pages of nobody's paper.
func templates(papers []*paper) (map[string]*template.Template, error) {
	all := map[string]*template.Template{}
	names := []string{"control"}
	for _, p := range papers {
		names = append(names, p.key)
	}
	for _, name := range names {
		t, err := template.New(name).Funcs(template.FuncMap{"typeset": typeset}).
			ParseFS(files, "templates/common.html", "templates/"+name+".html")
		if err != nil {
			return nil, err
		}
		all[name] = t
	}
	return all, nil
}

var thousands = regexp.MustCompile(`(\d) (\d{3})`)

// typeset sets no-break spaces as French printers do.
func typeset(language, s string) string {
	if language != "fr" {
		return s
	}
	s = thousands.ReplaceAllString(s, "$1\u00a0$2")
	return strings.NewReplacer("« ", "«\u00a0", " »", "\u00a0»", " ;", "\u00a0;", " :", "\u00a0:", " ?", "\u00a0?", " !", "\u00a0!").Replace(s)
}

// render makes the bytes of a page in its paper's charset.
func render(t *template.Template, name, charset string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("rendering %s: %w", name, err)
	}
	if charset != "windows-1252" {
		return b.Bytes(), nil
	}
	return encoding.HTMLEscapeUnsupported(charmap.Windows1252.NewEncoder()).Bytes(b.Bytes())
}

// latest are a paper's live articles at an instant, the newest first; those
// of one section when it is not "".
func (p *paper) latest(now time.Time, section string) []*article {
	var all []*article
	for _, a := range slices.Backward(p.articles) {
		if e := a.at(now); e != nil && e.kind != Gone && (section == "" || e.section == section) {
			all = append(all, a)
		}
	}
	return all
}

// anchors are the teasers of articles.
func (p *paper) anchors(articles []*article, now time.Time) []anchor {
	var all []anchor
	for _, a := range articles {
		e := a.at(now)
		x := anchor{Name: e.title, URL: a.path, Dek: e.dek, Time: p.moment(a.published)}
		if e.caption != "" {
			x.Image = "/img/" + a.slug + ".svg"
		}
		all = append(all, x)
	}
	return all
}
