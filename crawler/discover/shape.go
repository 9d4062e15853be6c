package discover

import (
	"net/url"
	"regexp"
	"strings"
)

// What a URL's path tells about what stands behind it, in points: an article
// has a date, a long slug or a number; a section has one or two short words.
const (
	pointsDate    = 4
	pointsSlug    = 4
	pointsNumber  = 3
	pointsWord    = 2
	pointsNever   = -100 // a file, a login, a share button
	pointsUtility = -8   // tag, author, search and help pages
	pointsList    = -4   // a part of a longer list
	pointsSection = -3
)

var (
	datePath  = regexp.MustCompile(`/(19|20)\d\d[/-]?(0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([/-]?([0-2]?\d|3[01]))?([/_.-]|$)|[-_./]20\d\d-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])([-_./]|$)`)
	yearPath  = regexp.MustCompile(`/(19|20)\d\d/.`)
	listPath  = regexp.MustCompile(`/(19|20)\d\d(/\d\d?){0,2}/?$|/(19|20)\d\d-\d\d-\d\d/?$`)
	hexID     = regexp.MustCompile(`(^|[-_])[0-9a-f]{8,}(-[0-9a-f]{4,})*$`)
	queryID   = regexp.MustCompile(`(^|&)(id|aid|nid|p|storyid|articleid|article|story|art|newsid)=\d{2,}(&|$)`)
	pageCount = regexp.MustCompile(`^(page|seite|pagina)[-_]?\d*$|^p\d+$`)
)

// Words that stand alone as a segment of an article's path.
var articleWords = words(`article articles story stories artikel articolo articulo artigo noticia noticias
	nachricht nachrichten nouvelle actualite actualites news live post posts blog`)

// Words that, alone as a segment, name pages about the site and its tools, and
// lists by something other than news.
var utilityWords = words(`tag tags tagg topic topics thema themen tema temas dossier category categories kategorie rubrique author authors autor autoren auteur auteurs
	profile profil user users search suche recherche login signin signup register logout account konto subscribe
	subscription subscriptions abo abonnement abonner newsletter newsletters privacy datenschutz confidentialite
	impressum imprint legal terms agb cgu mentions-legales contact kontakt nous-contacter jobs careers karriere stellen
	advertise advertising mediadaten faq rss sitemap epaper e-paper cookies cookie-policy privacy-policy
	terms-of-service terms-of-use legal-disclaimer accessibility plan-du-site donate spenden share wp-admin wp-login wp-json cdn-cgi cart basket checkout`)

// Words that do so only at the end of a path; before it there may be articles.
var utilityEnds = words(`about about-us ueber-uns a-propos aboutus masthead dmca feedback shop store publicite help hilfe aide
	support feed feeds archive archives archiv games spiele jeux puzzles crossword horoscope weather wetter meteo
	tv-programm podcasts apps comment comments live-tv videos mediathek`)

// Endings of files that are no pages.
var fileEndings = words(`jpg jpeg png gif webp avif svg ico bmp pdf zip gz mp3 mp4 m4a m4v mov avi webm ogg wav css js mjs
	json xml rss atom woff woff2 ttf eot doc docx xls xlsx ppt pptx csv txt ics exe dmg apk epub vcf webmanifest`)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// shape scores a URL. section tells that it has the form of a section's.
func shape(u *url.URL) (points int, section bool) {
	path := strings.ToLower(u.Path)
	segments := strings.FieldsFunc(path, func(c rune) bool { return c == '/' })
	if len(segments) == 0 {
		if queryID.MatchString(strings.ToLower(u.RawQuery)) {
			return pointsNumber, false
		}
		return pointsNever, false // the home page
	}
	last := segments[len(segments)-1]
	stem, ending := cutEnding(last)
	if fileEndings[ending] {
		return pointsNever, false
	}
	if stem == "index" && len(segments) > 1 {
		segments = segments[:len(segments)-1]
		last = segments[len(segments)-1]
		stem, _ = cutEnding(last)
	}
	isPage := ending == "html" || ending == "htm" || ending == "shtml" || ending == "php" || ending == "aspx"
	utility := false
	for i, seg := range segments {
		end := i == len(segments)-1
		switch {
		case end && (utilityWords[stem] || utilityEnds[stem]):
			points, utility = points+pointsUtility, true
		case utilityWords[seg]:
			points, utility = points+pointsList, true
		case pageCount.MatchString(seg) && i > 0:
			points += pointsList
		case articleWords[seg] && !end:
			points += pointsWord / 2
		}
	}
	// The slug may be followed by an ID or a language: /slug/12345.html, /slug/fr.
	slug := slugWords(stem)
	best := slug
	for _, seg := range segments[max(0, len(segments)-3) : len(segments)-1] {
		best = max(best, slugWords(seg))
	}
	switch {
	case best >= 4:
		points += pointsSlug
	case slug == 3 && len(stem) >= 14:
		points += pointsWord
	}
	number := digits(stem)
	if len(segments) > 1 {
		number = max(number, digits(segments[len(segments)-2]))
	}
	date := datePath.FindStringIndex(path)
	switch {
	case listPath.MatchString(path): // /2026/11/: a month's articles
		points += pointsList
	case date != nil:
		points += pointsDate
	case number >= 6 || hexID.MatchString(stem):
		points += pointsDate
	case number == 5 || queryID.MatchString(strings.ToLower(u.RawQuery)) || isMixed(stem):
		points += pointsNumber
	case yearPath.MatchString(path):
		points += pointsWord
	}
	if isPage && slug >= 2 {
		points++
	}
	if len(segments) >= 3 && slug >= 2 {
		points++
	}
	section = points <= 1 && !utility && len(segments) <= 2 && slug <= 3 && u.RawQuery == "" &&
		!strings.ContainsAny(last, "0123456789") && len(path) <= 60
	if section {
		points += pointsSection
	}
	return points, section
}

// cutEnding takes a short ending such as .html off a file's name.
func cutEnding(name string) (stem, ending string) {
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= len(".webmanifest") {
		return name[:i], name[i+1:]
	}
	return name, ""
}

// slugWords counts the words of a segment, numbers apart.
func slugWords(segment string) int {
	n := 0
	for _, w := range strings.FieldsFunc(segment, func(c rune) bool { return strings.ContainsRune("-_+ ,.", c) }) {
		if strings.Trim(w, "0123456789") != "" {
			n++
		}
	}
	return n
}

// digits is the length of the longest number in s.
func digits(s string) int {
	longest, n := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			n = 0
			continue
		}
		n++
		longest = max(longest, n)
	}
	return longest
}

// isMixed tells short IDs such as c4gp2x1y9z8o, which no word looks like.
func isMixed(s string) bool {
	letters, numbers, changes := 0, 0, 0
	for i := 0; i < len(s); i++ {
		number := '0' <= s[i] && s[i] <= '9'
		if !number && (s[i] < 'a' || s[i] > 'z') {
			return false
		}
		if number {
			numbers++
		} else {
			letters++
		}
		if i > 0 && number != ('0' <= s[i-1] && s[i-1] <= '9') {
			changes++
		}
	}
	return len(s) >= 7 && letters > 0 && numbers > 0 && changes >= 2
}
