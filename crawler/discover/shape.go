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
	pointsList    = -4
)

var (
	datePath  = regexp.MustCompile(`/(19|20)\d\d[/-]?(0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([/-]?([0-2]?\d|3[01]))?([/_.-]|$)|[-_./]20\d\d-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])([-_./]|$)`)
	longID    = regexp.MustCompile(`(^|[-_,.a-z])\d{5,}`)
	hexID     = regexp.MustCompile(`(^|[-_])[0-9a-f]{8,}(-[0-9a-f]{4,})*$`)
	queryID   = regexp.MustCompile(`(^|&)(id|aid|nid|p|storyid|articleid|article|story|art|newsid)=\d{2,}(&|$)`)
	pageCount = regexp.MustCompile(`^(page|seite|pagina)[-_]?\d*$|^p\d+$`)
)

// Words that stand alone as a segment of an article's path.
var articleWords = words(`article articles story stories artikel articolo articulo artigo noticia noticias
	nachricht nachrichten nouvelle actualite actualites news live post posts blog`)

// Words that, alone as a segment, name pages about the site and its tools, and
// lists by something other than news.
var utilityWords = words(`tag tags category categories kategorie rubrique author authors autor autoren auteur auteurs
	profile profil user users search suche recherche login signin signup register logout account konto subscribe
	subscription subscriptions abo abonnement abonner newsletter newsletters privacy datenschutz confidentialite
	impressum imprint legal terms agb cgu mentions-legales contact kontakt nous-contacter jobs careers karriere stellen
	advertise advertising mediadaten faq rss sitemap epaper e-paper cookies cookie-policy privacy-policy
	terms-of-service accessibility plan-du-site donate spenden share wp-admin wp-login wp-json cdn-cgi cart basket checkout`)

// Words that do so only at the end of a path; before it there may be articles.
var utilityEnds = words(`about about-us ueber-uns a-propos topic topics thema themen shop store publicite help hilfe aide
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
	stem, ending := last, ""
	if i := strings.LastIndexByte(last, '.'); i > 0 {
		stem, ending = last[:i], last[i+1:]
	}
	if fileEndings[ending] {
		return pointsNever, false
	}
	isPage := ending == "html" || ending == "htm" || ending == "shtml" || ending == "php" || ending == "aspx"
	utility := false
	for i, s := range segments {
		if utilityWords[s] || i == len(segments)-1 && (utilityWords[stem] || utilityEnds[stem]) {
			utility = true
		}
		if articleWords[s] && i < len(segments)-1 {
			points += pointsWord / 2
		}
		if pageCount.MatchString(s) && i > 0 {
			points += pointsList
		}
	}
	dated := datePath.MatchString(path)
	slug := strings.FieldsFunc(stem, func(c rune) bool { return c == '-' || c == '_' || c == '+' || c == ' ' || c == ',' })
	switch {
	case len(slug) >= 4:
		points += pointsSlug
	case len(slug) == 3 && len(stem) >= 14:
		points += pointsWord
	}
	switch {
	case dated:
		points += pointsDate
		if strings.Trim(stem, "0123456789-") == "" && len(stem) <= 10 { // /2026/11/: the list of a day
			points -= pointsDate + pointsWord
		}
	case longID.MatchString(stem), hexID.MatchString(stem), queryID.MatchString(strings.ToLower(u.RawQuery)):
		points += pointsNumber
	}
	if isPage && len(slug) >= 2 {
		points++
	}
	if len(segments) >= 3 && len(slug) >= 2 {
		points++
	}
	if utility {
		points += pointsUtility
	}
	section = points <= 1 && !utility && len(segments) <= 2 && len(slug) <= 3 && u.RawQuery == "" &&
		!strings.ContainsAny(last, "0123456789") && len(path) <= 60
	if section {
		points += pointsList
	}
	return points, section
}
