package meta

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// How much a signature says: a person with a full name, somebody by one name,
// a login or a desk, only the house, nothing.
const (
	nobody = iota
	house
	office
	known
	named
)

// signedBy is the best signature so far.
type signedBy struct {
	signature
	grade int
}

// headAuthors are where pages name the author in their head.
var headAuthors = []string{
	"author", "article:author", "parsely-author", "sailthru.author", "byl", "citation_author", "dc.creator", "dcterms.creator", "dc.contributor", "authors", "article:author_name",
	"article:author:name", "og:article:author", "creator", "cxenseparse:author", "dc.creator.personalname", "mrf:authors", "byline", "vr:author", "twitter:data1",
}

// people chooses who wrote the article: JSON-LD first, then the head, then what
// the page shows, unless a later place names somebody and an earlier one a desk.
func (s *Survey) people(f *Facts, main thing, others []thing) {
	var best signedBy
	from := func(place string, sig signature) {
		if sig.agency != "" && f.Agency == "" {
			f.Agency, f.AgencyFrom = sig.agency, place
		}
		grade := s.grade(&sig, f.SiteName)
		if grade > best.grade && !(best.grade == known && grade == named && !completes(best.people, sig.people)) {
			best = signedBy{sig, grade}
		}
	}
	from("json-ld", s.linkedAuthors(main, others, f.SiteName))
	settled := func() bool { return best.grade == named || best.grade < office && f.Agency != "" }
	for _, key := range headAuthors {
		if settled() {
			break
		}
		if key == "twitter:data1" && !signedLabel(s.one("twitter:label1")) {
			continue
		}
		var all signature
		for _, v := range s.metas[key] {
			if strings.Contains(v, "://") {
				continue
			}
			all.join(signOf(squeeze(v), f.SiteName))
		}
		from("meta", all)
	}
	if !settled() {
		login, signed := best.grade >= office && len(best.people) > 0, 0 // an account signs: who stands far from the headline, or from it, is somebody else
		s.shownAuthors(f.SiteName, func(sig signature, c credit) bool {
			switch {
			case login && signed == 0 && s.headed > 0 && c.at > s.headed+200:
				return false
			case signed > 0 && (c.at > signed+30 || c.at < signed-30):
				return false
			}
			from("byline", sig)
			if signed == 0 && best.grade >= office && len(best.people) > 0 && !login {
				signed = c.at
			}
			return settled()
		})
	}
	f.Byline, f.Unsigned = best.people, len(best.people) == 0
	if len(best.people) == 0 && best.desk != "" {
		f.Byline = []string{best.desk}
	}
}

// join takes up another signature of the same rank.
func (s *signature) join(o signature) {
	for _, p := range o.people {
		if len(s.people) < mostPeople {
			s.people = appendNew(s.people, p)
		}
	}
	s.agency, s.desk = first(s.agency, o.agency), first(s.desk, o.desk)
}

// signOf reads a credit; one that is the site's own name is not cut into people.
func signOf(credit, site string) signature {
	if site != "" && letters(credit) == letters(site) {
		return signature{desk: squeeze(unescape(credit))}
	}
	return sign(credit)
}

// grade tells how much a signature says, and takes the house out of its people.
func (s *Survey) grade(sig *signature, site string) int {
	own := false
	sig.people = slices.DeleteFunc(sig.people, func(p string) bool {
		is := isHouse(p, site)
		if is && sig.desk == "" {
			sig.desk = p
		}
		own = own || is
		return is
	})
	for i, p := range sig.people {
		if n := len(p) - len(site); site != "" && n > 4 && p[n-1] == ' ' && strings.EqualFold(p[n:], site) {
			sig.people[i] = strings.TrimSpace(p[:n])
		}
	}
	grade := nobody
	for _, p := range sig.people {
		switch {
		case full(p):
			return named
		case login(p):
			grade = max(grade, office)
		default:
			grade = max(grade, known)
		}
	}
	switch {
	case grade > nobody:
	case sig.desk == "":
	case own || isHouse(sig.desk, site):
		grade = house
	default:
		grade = office
	}
	return grade
}

// full tells a whole name from a first name or an account's.
func full(name string) bool { return strings.ContainsRune(name, ' ') || caseless(name) > 1 }

// login tells an account's name, and initials, from a person's.
func login(name string) bool {
	inner := strings.IndexFunc(name[1:], unicode.IsUpper) >= 0 && strings.ToUpper(name) != name && !strings.ContainsAny(name, "-'’")
	return lower(name) || inner || len(name) <= 5 && strings.ToUpper(name) == name
}

// completes tells whether a later signature gives the whole name of somebody whom an earlier one calls by one.
func completes(short, whole []string) bool {
	for _, a := range short {
		for _, b := range whole {
			if login(a) || strings.HasPrefix(strings.ToLower(b), strings.ToLower(a)+" ") || strings.HasSuffix(strings.ToLower(b), " "+strings.ToLower(a)) {
				return true
			}
		}
	}
	return false
}

func signedLabel(s string) bool {
	s = strings.ToLower(s)
	return containsAny(s, "by", "autor", "author", "auteur", "escrit", "verfass", "geschrieben", "écrit", "scritto", "skrevet", "skriv", "napisa", "автор", "yazan", "作者", "kirjoit", "geschreven", "penulis")
}

// isHouse reports whether a name is the site's own.
func isHouse(name, site string) bool {
	if site == "" || len(name) < 2 {
		return false
	}
	a, b := letters(name), letters(site)
	return a != "" && (a == b || len(a) > 5 && strings.Contains(b, a) || len(b) > 5 && strings.Contains(a, b) && len(a) < len(b)+12)
}

// letters keeps a name's letters and digits, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// linkedAuthors reads the authors of JSON-LD, following references within the page.
func (s *Survey) linkedAuthors(main thing, others []thing, site string) signature {
	var all signature
	var read func(v any, depth int, organization bool)
	read = func(v any, depth int, organization bool) {
		if depth == 0 {
			return
		}
		switch v := v.(type) {
		case string:
			if strings.Contains(v, "://") {
				return
			}
			sig := signOf(squeeze(v), site)
			if organization && len(sig.people)+len(sig.desk) > 0 {
				sig = signature{agency: sig.agency, desk: squeeze(unescape(v))}
				if s.isSource(sig.desk, main, site) {
					sig = signature{agency: sig.desk}
				}
			}
			all.join(sig)
		case []any:
			for _, x := range v[:min(len(v), mostPeople)] {
				read(x, depth-1, organization)
			}
		case map[string]any:
			t := thing(v)
			if name := v["name"]; name != nil {
				read(name, depth-1, t.is("Organization", "NewsAgency", "Corporation"))
				return
			}
			if id, ok := v["@id"].(string); ok {
				for _, t := range s.things {
					if t["@id"] == id && t["name"] != nil {
						read(t["name"], depth-1, t.is("Organization"))
						return
					}
				}
			}
			if given, family := t.text("givenName"), t.text("familyName"); given != "" && family != "" {
				read(given+" "+family, depth-1, false)
			}
		}
	}
	for _, t := range append([]thing{main}, others...) {
		if t == nil || t.is("WebSite") {
			continue
		}
		for _, key := range []string{"author", "creator"} {
			if read(t[key], 4, false); len(all.people) > 0 || all.desk != "" || all.agency != "" {
				return all
			}
		}
	}
	return all
}

// isSource tells whether the page names an organisation, not its own, as the source of the article.
func (s *Survey) isSource(name string, main thing, site string) bool {
	source, ok := main["sourceOrganization"].(map[string]any)
	if !ok || isHouse(name, site) {
		return false
	}
	publisher, _ := main["publisher"].(map[string]any)
	return letters(thing(source).text("name")) == letters(name) && letters(thing(publisher).text("name")) != letters(name)
}

// shownAuthors offers the credits that the page shows, the likeliest first.
func (s *Survey) shownAuthors(site string, offer func(signature, credit) bool) {
	type placed struct {
		credit
		order int
	}
	list := make([]placed, 0, len(s.credits))
	for _, c := range s.credits {
		order := int(c.rank) * 4
		if s.aside(c.node) {
			order += 10
		}
		if !c.after && s.headed > 0 {
			order += 2
		}
		list = append(list, placed{c, order})
	}
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Compare(a.order, b.order) })
	for i, c := range list {
		sig := c.sign(site)
		if c.rank > 1 && len(segments(c.node, 200)) > 80 && len(sig.people) > 1 && s.holdsCredit(c.credit, site) {
			continue
		}
		if len(sig.people) == 1 { // the others of the same line
			at := c.at
			for _, d := range list[i+1:] {
				if d.order != c.order || d.at-at > 12 || !together(c.node, d.node) {
					break
				}
				if more := d.sign(site); len(more.people) == 1 {
					sig.people, at = appendNew(sig.people, more.people[0]), d.at
				}
			}
		}
		if (len(sig.people) > 0 || sig.desk != "" || sig.agency != "") && offer(sig, c.credit) {
			return
		}
	}
}

// holdsCredit tells whether a credit has a smaller one inside that names somebody.
func (s *Survey) holdsCredit(c credit, site string) bool {
	for _, d := range s.credits {
		if d.at <= c.at || d.text != "" || d.rank > c.rank+1 {
			continue
		}
		for n, up := d.node.Parent, 0; n != nil && up < 8; n, up = n.Parent, up+1 {
			if n == c.node {
				if sig := d.sign(site); len(sig.people) > 0 && full(sig.people[0]) {
					return true
				}
			}
		}
	}
	return false
}

// sign reads a credit. One that links a name is that name: what stands beside the link is a job.
func (c *credit) sign(site string) signature {
	if c.text != "" {
		if strings.Contains(c.text, "://") {
			return signature{}
		}
		return signOf(squeeze(c.text), site)
	}
	text := segments(c.node, 400)
	if len(text) > 240 || text == "" {
		return signature{}
	}
	sig := signOf(text, site)
	if first, rest, cut := strings.Cut(text, "\n"); cut && len(sig.people) == 0 && signs(strings.ToLower(lastWord(first))) {
		rest, _, _ = strings.Cut(rest, "\n") // "By", and what signs in an element of its own
		sig.desk, text = signOf(rest, site).desk, rest
	}
	if len(sig.people) > 0 && !slices.ContainsFunc(sig.people, full) { // single words out of a longer text are no names
		if words := len(strings.Fields(text)); len(sig.people) > 2 || len(text) > 60 || words > 3 && lower(sig.people[0]) {
			return signature{agency: sig.agency}
		}
	}
	if sig.desk != "" {
		if _, rest, cut := strings.Cut(text, "\n"); cut && rest != "" || !deskLike(sig.desk) {
			sig.desk = ""
		}
	}
	if c.rank == 4 && c.node.DataAtom == atom.A && (len(sig.people) != 1 || !full(sig.people[0])) {
		return signature{}
	}
	return sig
}

// aside tells whether a place belongs to something else than the article:
// comments, teasers of other articles, references.
func (s *Survey) aside(n *html.Node) bool {
	for range 10 {
		if n = n.Parent; n == nil || n.DataAtom == atom.Body || n.DataAtom == atom.Article || n.DataAtom == atom.Main {
			return false
		}
		if n.DataAtom == atom.Aside || n.DataAtom == atom.Nav || n.DataAtom == atom.Cite {
			return true
		}
		for _, a := range n.Attr {
			if (a.Key == "class" || a.Key == "id") && s.classed(a.Val).aside {
				return true
			}
		}
	}
	return false
}

// together tells whether two elements stand in one line of credits: beside each
// other, or alone in elements that do.
func together(a, b *html.Node) bool {
	if a == nil || b == nil || a == b {
		return false
	}
	for range 3 {
		if a.Parent == nil || b.Parent == nil {
			return false
		}
		if a.Parent == b.Parent {
			return true
		}
		a, b = a.Parent, b.Parent
	}
	return false
}

// deskLike tells whether a text that names nobody may sign an article.
func deskLike(text string) bool {
	all := strings.Fields(strings.ToLower(text))
	for _, w := range all {
		if institution[w] {
			return len(all) <= 5
		}
		if i := strings.LastIndexByte(w, '-'); i > 0 && institution[w[i+1:]] {
			return len(all) <= 5
		}
	}
	return len(all) == 1
}

func lastWord(s string) string {
	return strings.TrimRight(s[strings.LastIndexByte(s, ' ')+1:], ":")
}
