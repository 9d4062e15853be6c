package meta

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestCredit bounds what is read as a credit, and mostPeople how many it may name.
const (
	longestCredit = 600
	mostPeople    = 40
)

// A signature is what one credit says: people, else a desk, and the agencies beside them.
type signature struct {
	people []string
	desk   string // "Redaktion", the paper's own name: who signs when nobody does
	agency string
}

// People cuts a credit as it is printed into names. Agencies go apart; a desk
// ("Redaktion", the paper's own name) stands only when nobody is named.
func People(credit string) (names []string, agency string) {
	s := sign(squeeze(credit))
	if len(s.people) == 0 && s.desk != "" {
		return []string{s.desk}, s.agency
	}
	return s.people, s.agency
}

// sign reads a credit; a line break in it is the border of an element.
func sign(credit string) (s signature) {
	credit = clean(unescape(credit))
	if len(credit) > longestCredit || strings.TrimSpace(credit) == "" {
		return s
	}
	r := reader{s: &s}
	for _, t := range lexemes(credit) {
		r.take(t)
	}
	r.end(false)
	if len(s.people) == 0 && s.agency == "" {
		s.desk = desk(credit)
	}
	return s
}

// A reader goes through the lexemes of a credit and ends a part of it at each separator.
type reader struct {
	s      *signature
	words  []string // of the open part
	outer  []string // the part that a parenthesis stands in
	inside bool     // parentheses
	other  bool     // a label has said that something else follows: photographers, topics
	listed bool     // somebody is named already, by more than a first name
	loose  bool     // the last name is one word, and only the border of an element stands behind it
}

func (r *reader) take(t lexeme) {
	switch t.kind {
	case word:
		if conjunctions[strings.ToLower(t.text)] && len(r.words) > 0 {
			r.end(false)
			return
		}
		if short := len(t.text) == 1; short && (t.text == "y" || t.text == "e" || t.text == "i" || t.text == "a") && len(r.words) > 1 {
			r.end(false)
			return
		}
		r.words = append(r.words, t.text)
	case label:
		// "Text: Ana Vidal": what stands before a colon names a task, not a person
		if n := len(r.words); n > 0 {
			first, last := strings.ToLower(r.words[0]), strings.ToLower(r.words[n-1])
			r.other = pictures[first] || pictures[last] || !signs(first) && !signs(last)
		}
		r.words = r.words[:0]
	case border:
		r.end(true)
	case open:
		if len(withoutLead(r.words, len(r.s.people) == 0)) != 1 { // "Ana (Lou) Vidal" goes on behind it
			r.end(false)
		}
		r.outer, r.words, r.inside = append(r.outer[:0], r.words...), nil, true
	case shut:
		r.end(false)
		r.inside = false
		r.words = append(r.words, r.outer...)
		r.outer = r.outer[:0]
	default:
		r.end(false)
	}
}

// end reads the open part of the credit.
func (r *reader) end(border bool) {
	words := r.words
	r.words = r.words[:0]
	if len(words) == 0 || len(words) > 40 {
		return
	}
	loose := r.loose
	r.loose = false
	if l := strings.ToLower(words[0]); r.other && !pictures[l] && (l == "by" || of[l] && len(words) > 1) {
		r.other = false
	}
	if a := agencyOf(strings.Join(words, " ")); a != "" {
		if r.s.agency == "" && !r.other {
			r.s.agency = a
		}
		return
	}
	if r.other || r.inside || len(r.s.people) >= mostPeople {
		return
	}
	if last := len(r.s.people) - 1; len(words) == 1 && last >= 0 && generations[strings.ToLower(words[0])] && strings.Count(r.s.people[last], " ") < 5 {
		r.s.people[last] += " " + words[0]
		return
	}
	words = withoutTrail(withoutLead(words, len(r.s.people) == 0))
	name := strings.Join(words, " ")
	if a := agencyOf(name); a != "" && r.s.agency == "" {
		r.s.agency = a
		return
	}
	last := len(r.s.people) - 1
	if never[strings.ToLower(name)] || !person(words) {
		return
	}
	if len(words) == 1 && caseless(name) == 0 {
		switch {
		case loose && last >= 0 && !strings.Contains(r.s.people[last], " "): // a name in two elements
			r.s.people[last] += " " + name
			r.listed = true
			return
		case r.listed: // a town, a degree, a department
			return
		}
		r.loose = border
	} else {
		r.listed = true
	}
	r.s.people = appendNew(r.s.people, name)
}

// signs tells a label after which authors are named.
func signs(w string) bool {
	return w == "by" || leads[w] || of[w] || intros[w] || job(w) || institution[w] || caseless(w) > 0
}

// withoutLead takes off what stands before a name: by-words in many languages, and jobs.
func withoutLead(words []string, first bool) []string {
	for i := len(words) - 2; i >= 0; i-- {
		if w := strings.ToLower(words[i]); w == "by" || w == "by:" {
			words = words[i+1:]
			break
		}
	}
	for i := 1; i < min(len(words)-1, 6); i++ { // "Ein Beitrag von Ana Vidal"
		if of[strings.ToLower(words[i])] && intros[strings.ToLower(words[0])] {
			words = words[i+1:]
			break
		}
	}
	if len(words) == 2 && intros[strings.ToLower(words[0])] && of[strings.ToLower(words[1])] {
		return nil
	}
	for len(words) > 0 {
		w := strings.ToLower(words[0])
		switch {
		case len(words) > 1 && job(w) && lower(words[1]) && particle[words[1]]: // "Leiterin der Redaktion"
			return nil
		case leads[w], len(words) == 1 && (of[w] || intros[w]), first && of[w] && (len(words) > 2 || len(words) == 2 && (lower(words[0]) || lower(words[1]))), len(words) > 2 && job(w), len(words) > 2 && !particle[w] && lower(words[0]) && caseless(words[0]) == 0 && !lower(words[1]):
			words = words[1:]
			continue
		}
		break
	}
	if len(words) == 1 { // scripts that set no space
		for _, p := range wideLeads {
			if rest, ok := strings.CutPrefix(words[0], p); ok && rest != "" {
				return []string{rest}
			}
		}
	}
	return words
}

// withoutTrail takes jobs, dates and what else follows a name off its end.
func withoutTrail(words []string) []string {
	for i, w := range words {
		l := strings.ToLower(strings.Trim(w, ".,"))
		switch {
		case i == 0:
			if generations[l] || hasDigit(w) {
				return nil
			}
			continue
		case hasDigit(w), weekdays[l], ends[l], i > 1 && (w == "in" || w == "à" || w == "em"), i > 1 && (job(l) || degrees[l] || agencyOf(w) != ""), i > 1 && month(l) > 0, i == 1 && month(l) > 0 && i+1 < len(words) && hasDigit(words[i+1]):
			words = words[:i]
		default:
			continue
		}
		break
	}
	for n := len(words); n > 1 && (ends[strings.ToLower(words[n-1])] || words[n-1] == "in" || particle[strings.ToLower(words[n-1])] && lower(words[n-1])); n-- {
		words = words[:n-1]
	}
	if n := len(words); n > 0 {
		if n > 1 && wideTrails[words[n-1]] {
			words = words[:n-1]
		} else if rest, ok := strings.CutSuffix(words[n-1], "기자"); ok && rest != "" {
			words[n-1] = rest
		} else if containsAny(words[n-1], "報導", "报道") { // where from, not who
			words = words[:n-1]
		}
	}
	return words
}

// person tells whether words can be the name of somebody, and not of a desk or a job.
func person(words []string) bool {
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	size, named := 0, false
	for i, w := range words {
		size += len(w)
		l := strings.ToLower(strings.Trim(w, ".,"))
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case i == 0 && articles[l] && len(words) > 1:
			return false
		case job(l) || institution[l] || weekdays[l] || len(words) == 1 && month(l) > 0:
			return false
		case strings.ContainsAny(w, "_#<>=?!%$~\\^") || hasDigit(w) || dotted(w):
			return false
		case !unicode.IsLetter(r) && r != '\'' && r != '’' && r != 'ʻ' && r != '‘':
			return false
		case unicode.IsUpper(r), unicode.IsTitle(r), r > 0x2ff && !unicode.IsLower(r):
			named = true
		case unicode.IsLower(r):
			if i > 0 && !particle[l] && !strings.ContainsFunc(w, unicode.IsUpper) { // "d'Angelo", "deGroot"
				return false
			}
			if i == 0 && len(words) > 1 && particle[l] {
				continue
			}
			if i == 0 && !strings.ContainsFunc(w, unicode.IsUpper) && len(words) > 1 {
				return false
			}
			named = named || len(words) == 1
		}
	}
	return named && size < 70
}

// desk is a credit that names nobody, as it is printed.
func desk(credit string) string {
	words := strings.FieldsFunc(credit, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	kept := words[:0]
	for _, w := range words {
		if strings.ContainsRune(w, '@') || strings.Contains(w, "://") || strings.Contains(w, "www.") {
			continue
		}
		kept = append(kept, w)
	}
	if len(kept) == 0 || len(kept) > 7 {
		return ""
	}
	for len(kept) > 1 && (strings.EqualFold(kept[0], "by") || of[strings.ToLower(kept[0])] || leads[strings.ToLower(strings.TrimRight(kept[0], ":"))]) {
		kept = kept[1:]
	}
	name := strings.Trim(strings.Join(kept, " "), " .,:;|-–—*\"“”[]")
	l := strings.ToLower(name)
	if name == "" || len(name) > 70 || never[l] || generations[l] || degrees[l] || !strings.ContainsFunc(name, unicode.IsLetter) || len(kept) > 6 ||
		strings.ContainsAny(name, "<>{}=\\") || hasDate(kept) || ends[strings.ToLower(kept[0])] || pictures[strings.ToLower(strings.TrimRight(kept[0], ":："))] {
		return ""
	}
	return name
}

func hasDate(words []string) bool {
	for i, w := range words {
		l := strings.ToLower(strings.Trim(w, ".,"))
		if weekdays[l] || hasDigit(w) && len(words) > 1 || month(l) > 0 && i > 0 || month(l) > 0 && len(words) == 1 {
			return true
		}
	}
	return false
}

// dotted tells a host's or a login's name: "paper.test", "ana.vidal", but not "J.R.R." or "St.John".
func dotted(w string) bool {
	i := strings.IndexByte(w, '.')
	if i < 2 || i > len(w)-3 {
		return false
	}
	return lower(w[i+1:]) || lower(w)
}

func hasDigit(w string) bool {
	for _, r := range w {
		if r >= '0' && r <= '9' || r > 0x7f && unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// lower tells whether a word begins with a small letter.
func lower(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLower(r)
}

// caseless counts the letters of scripts that set no spaces between words.
func caseless(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x0e00 && r < 0x0eff || r >= 0x1100 && r < 0x1200 || r >= 0x3040 && r < 0xa000 || r >= 0xac00 && r < 0xd7b0 {
			n++
		}
	}
	return n
}

// job tells a word for what somebody does, also at the end of a compound: "Online-Redakteurin".
func job(w string) bool {
	if jobs[w] {
		return true
	}
	if i := strings.LastIndexByte(w, '-'); i > 0 && jobs[w[i+1:]] {
		return true
	}
	return false
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if strings.EqualFold(x, s) {
			return list
		}
	}
	return append(list, s)
}

// Signed reads a line of text that says who wrote the article: it begins with
// "by" in some language, or with a label such as "Text:". Another line signs nothing.
func Signed(line string) (names []string, agency string) {
	if len(line) > 200 {
		return nil, ""
	}
	line = strings.Trim(line, " ()（）[]【】*—–-|") // "(责编：…)"
	all := lexemes(clean(line))
	begins, labelled, count := false, false, 0
	for i, t := range all {
		if t.kind == word {
			count++
		}
		w := strings.ToLower(t.text)
		switch {
		case i == 0 && t.kind == word:
			begins = w == "by" || leads[w] || of[w]
			if pictures[w] || !begins && !intros[w] {
				return nil, ""
			}
		case i == 0:
			return nil, ""
		case t.kind == label:
			labelled = labelled || i <= 3
		case i < 5 && t.kind == word && of[w]:
			begins = true
		}
	}
	if !begins || count > 16 || !labelled && count > 9 {
		return nil, ""
	}
	s := sign(squeeze(line))
	if len(s.people) == 0 || labelled || strings.ContainsRune(s.people[0], ' ') || caseless(s.people[0]) > 1 || count <= 4 && !lower(s.people[0]) {
		return s.people, s.agency
	}
	return nil, s.agency
}

// IsPerson tells whether a text has the form of somebody's name.
func IsPerson(name string) bool { return person(strings.Fields(name)) }
