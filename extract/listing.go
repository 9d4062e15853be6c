package extract

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"pressmark/extract/meta"
)

// listing says why a page that does not describe itself as one article is a
// list of them, a shop's page, a forum's or a film's; "" when it may be an article.
// og:type alone is a weak word: many sites write "article" on every page.
func (o *outline) listing(f *meta.Facts, p Page) string {
	if f.Articles == 1 || f.Articles == 2 || o.anchor != nil {
		return ""
	}
	s, claims := o.signs(), slices.Contains(f.Types, "article")
	s.prose += o.embedded
	says := func(types ...string) string {
		for _, t := range types {
			if slices.Contains(f.Types, t) {
				return t
			}
		}
		return ""
	}
	enough := 800 // prose of its own that makes an article among teasers
	if claims || s.under >= 250 {
		enough = 200
	}
	path := pathOf(address(p))
	forum := forumAddress(address(p))
	if t := says("DiscussionForumPosting", "QAPage"); t != "" && forum {
		return fmt.Sprintf("the page says that it is a %s", t)
	}
	if t := says("CollectionPage", "SearchResultsPage", "ProfilePage", "product.group", "SomeProducts", "OfferCatalog", "profile", "ItemList"); t != "" && !claims &&
		(s.teasers >= 3 || s.heads >= 6 || s.prices >= 3 || s.own() < 400) {
		return fmt.Sprintf("the page says that it is a %s", t)
	}
	if t := says("Product", "product", "og:product", "ProductGroup"); t != "" && !claims && s.prices > 0 {
		return "the page sells a product"
	}
	switch {
	case s.teasers >= 4 && s.teased*2 > s.prose && s.own() < enough:
		return fmt.Sprintf("the page lists %d teasers and has hardly a text of its own", s.teasers)
	case s.heads >= 8 && s.linked*2 > s.shown && s.own() < enough:
		return fmt.Sprintf("the page is a list of %d headlines", s.heads)
	case forum && s.own() < 200:
		return "the page is one of a forum"
	case claims:
		return ""
	case s.prices >= 5 && s.prices*150 > s.prose:
		return fmt.Sprintf("the page lists %d prices", s.prices)
	case forum && (s.heads >= 6 || s.own() < 400 || o.embedded > 0):
		return "the page is one of a forum"
	case path.any(listWords) && (s.heads >= 6 || s.teasers >= 3 || s.prices >= 3 || s.own() < 400) && s.own() < 2500:
		return fmt.Sprintf("the address is that of a list, and the page has %d links as long as headlines", s.heads)
	case says("VideoObject", "AudioObject", "PodcastEpisode", "video.other", "video.movie", "video.episode", "video", "music.song") != "" && s.own() < 240:
		return "the page shows a film or a recording with a short description"
	case path.any(doorWords) && s.own() < 600:
		return "the address is that of a login"
	}
	return ""
}

// segments are the words of an address's path; the last one is the page's own name.
type segments []string

func pathOf(address string) segments {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return r == '/' })
}

// any tells whether one of the segments is in the list.
func (s segments) any(list map[string]bool) bool {
	for _, x := range s {
		if list[x] {
			return true
		}
	}
	return false
}

// listWords are directories of lists, in the languages of addresses.
var listWords = set(`category categories tag tags topic topics author authors archives archive collection collections product-category
	kategorie kategorien schlagwort thema themen autor autoren rubrik auteur auteurs categorie rubrique etiquette sujet
	categoria categorias etiqueta etiquetas tema temas seccion autores kategoria autorzy temat kategori etiket yazar yazarlar
	onderwerp onderwerpen auteurs emne emner amne amnen tagi section sections people staff keyword keywords label labels
	search suche recherche buscar busca cerca ricerca zoeken szukaj sok arama browse directory listing listings shop store products
	video-category videos podcasts`)

var forumWords = set(`forum forums board boards thread threads viewtopic.php viewforum.php showthread.php forumdisplay.php community communities questions discussions`)

var doorWords = set(`login signin sign-in log-in register signup sign-up anmelden anmeldung registrieren connexion inscription iniciar-sesion acceso entrar
	accedi registrati inloggen logowanie rejestracja giris logga-in subscribe abo abonnement password-reset account konto`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
