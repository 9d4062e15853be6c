package change

import (
	"slices"
	"testing"

	"pressmark/extract"
)

// A word of a phrase that no text is ever cut into would never be found.
func TestPhrasesCanBeFound(t *testing.T) {
	for name, ps := range map[string]phrases{
		"labels": labels(), "stamps": stamps(), "pointers": pointers(), "headings": headings(), "invitations": invitations(), "consents": consents(),
		"corrections": corrections(), "retractions": retractions(), "updates": updates(), "walls": walls(), "absences": absences(), "restamps": restamps(), "agos": agos(),
	} {
		for _, list := range ps {
			for _, p := range list {
				if p.parts[0].words[0] == "*" {
					t.Errorf("%s: %v begins with a gap", name, p)
				}
				for _, part := range p.parts {
					for _, w := range part.words {
						if w != "*" && w != "#" && w != ":" && !slices.Equal(folded(w), []string{w}) {
							t.Errorf("%s: %q is cut into %q in a text", name, w, folded(w))
						}
					}
				}
			}
		}
	}
}

func TestFurniture(t *testing.T) {
	furnitureLines := []string{
		"ADVERTISEMENT", "Article continues after sponsor message", "Story continues below advertisement", "Anzeige", "Publicité", "Publicidad", "Pubblicità", "Advertentie", "広告", "广告", "إعلان",
		"3 min read", "Listen to this article · 3:23 min", "Lesezeit: 3 Min.", "Temps de lecture : 4 minutes", "Tiempo de lectura: 5 min", "Leestijd 3 minuten",
		"Updated 3 hours ago", "2 days ago", "Last updated on 3 May 2026 at 10:15", "Zuletzt aktualisiert: 3. Mai 2026, 10:15 Uhr", "vor 5 Minuten", "Publié le 3 mai 2026 à 10h15", "Mis à jour il y a 3 heures", "hace 3 horas", "3 ore fa", "há 2 dias", "2 dagen geleden", "3時間前", "5分钟前", "更新时间：2026年5月3日", "منذ 3 ساعات",
		"29 comments", "1.2k views", "Share Tweet Email", "12 Kommentare", "Partager", "3 comentarios", "Condividi",
		"Read more: The bridge is falling down", "Related: Why bridges fall", "Lesen Sie auch: Warum Brücken fallen", "À lire aussi : Pourquoi les ponts tombent", "Lea también: Por qué caen los puentes", "Leggi anche: Perché i ponti cadono", "Leia também: Por que pontes caem", "Lees ook: Waarom bruggen vallen", "関連記事：橋はなぜ落ちるか", "相关阅读：大桥为何倒塌",
		"Sign up for our morning newsletter: the stories you need to know. Enter your email Subscribe", "Abonnieren Sie unseren Newsletter", "Inscrivez-vous à notre newsletter", "Suscríbete a nuestro boletín", "Iscriviti alla nostra newsletter", "Assine nossa newsletter", "Schrijf je in voor onze nieuwsbrief",
		"By using this site you agree to our use of cookies. OK", "We and our partners use cookies to give you the best experience.", "Wir verwenden Cookies.", "Nous utilisons des cookies pour améliorer votre expérience.", "Utilizamos cookies propias y de terceros.", "Questo sito utilizza i cookie.", "Usamos cookies para melhorar a sua experiência.", "Wij gebruiken cookies.", "当サイトではCookieを使用しています。",
		"Follow us on Twitter", "Skip advertisement",
	}
	journalism := []string{
		"The council voted on Tuesday.", "Google uses cookies to follow people across the web, a court found.", "\"We use cookies to track people,\" the minister told parliament.", "She baked cookies for the firemen.",
		"The newsletter was founded in 1931.", "More people came than in the year before.", "He read more books than anyone.", "The app was downloaded 3 million times.", "Three hours ago the bridge was still standing, the mayor said in a speech to the council.",
		"Die Anzeige gegen den Bürgermeister wurde zurückgezogen.", "La publicité mensongère sera interdite.", "Two people were killed.", "The related companies paid 3 million euros.", "Updated rules for 12 airports will come into force next year, the ministry said.",
		"Share prices fell.", "Die Polizei sucht Zeugen.", "12 people", "Karen Oduya",
	}
	is := func(s string) bool {
		l := newLexicon()
		d := read(l, FromText("", "", "The first paragraph is here.\n\n"+s))
		return d.furnished(l, 1)
	}
	for _, s := range furnitureLines {
		if !is(s) {
			t.Errorf("%q is furniture", s)
		}
	}
	for _, s := range journalism {
		if is(s) {
			t.Errorf("%q is journalism", s)
		}
	}
}

func TestListsOfOtherArticles(t *testing.T) {
	a := extract.Article{Blocks: []extract.Block{
		{Kind: extract.Paragraph, Text: "The bridge fell."},
		{Kind: extract.Heading, Text: "Most read"},
		{Kind: extract.Item, Text: "Man bites dog"},
		{Kind: extract.Item, Text: "Why the weather changes. And what to do."},
		{Kind: extract.Paragraph, Text: "The mayor came at once."},
		{Kind: extract.Item, Text: "a torch"},
	}}
	var got []string
	for _, s := range sentencesOf(a) {
		got = append(got, s.Text)
	}
	if want := []string{"The bridge fell.", "The mayor came at once.", "a torch"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNotes(t *testing.T) {
	for _, c := range []struct {
		text string
		want Kind
	}{
		{"Correction: An earlier version of this article misstated the year.", Correction},
		{"This article was amended on 3 May 2026.", Correction},
		{"Clarification: The headline has been changed.", Correction},
		{"(Corrects spelling of name in paragraph 4)", Correction},
		{"We apologise for the error.", Correction},
		{"Berichtigung: Der Name wurde falsch geschrieben.", Correction},
		{"In einer früheren Fassung stand ein anderer Betrag.", Correction},
		{"Une version antérieure de l'article donnait un autre chiffre.", Correction},
		{"Este artículo ha sido corregido.", Correction},
		{"Rettifica: il nome era sbagliato.", Correction},
		{"Esta reportagem foi corrigida.", Correction},
		{"Rectificatie: de naam klopte niet.", Correction},
		{"更正：本文前一版本有误。", Correction},
		{"تصحيح: ورد الاسم خطأ.", Correction},
		{"This article has been retracted.", Retraction},
		{"The newspaper has withdrawn this story.", Retraction},
		{"Wir haben diesen Artikel zurückgezogen.", Retraction},
		{"Dieser Artikel wurde zurückgezogen.", Retraction},
		{"Cet article a été retiré.", Retraction},
		{"Este artículo ha sido retirado.", Retraction},
		{"Questo articolo è stato ritirato.", Retraction},
		{"Este artigo foi retirado.", Retraction},
		{"Dit artikel is ingetrokken.", Retraction},
		{"UPDATE: This story has been updated with additional reporting.", updated},
		{"Dieser Artikel wurde aktualisiert.", updated},
		{"Cet article a été mis à jour.", updated},
		{"Este artículo ha sido actualizado.", updated},
		{"Dit artikel is bijgewerkt.", updated},
		{"This article is reserved for subscribers.", Paywall},
		{"Subscribe to continue reading.", Paywall},
		{"Jetzt abonnieren und weiterlesen.", Paywall},
		{"Cet article est réservé aux abonnés.", Paywall},
		{"Suscríbete para seguir leyendo.", Paywall},
		{"Contenuto riservato agli abbonati.", Paywall},
		{"Conteúdo exclusivo para assinantes.", Paywall},
		{"Alleen voor abonnees.", Paywall},
		{"この記事は有料会員限定です。", Paywall},

		{"The ministry corrected its figures on Tuesday.", ""},
		{"The law was amended in 1992.", ""},
		{"The report was withdrawn by the commission.", ""},
		{"\"This article was retracted,\" the professor said.", ""},
		{"The Lancet has retracted the article.", ""},
		{"The post was deleted an hour later.", ""},
		{"He apologised for the mistake.", ""},
		{"The software was updated with new maps.", ""},
		{"Die Prognose wurde korrigiert.", ""},
		{"Subscribers will pay more from June.", ""},
		{"Members only learned of it on Monday.", ""},
		{"La loi a été retirée.", ""},
	} {
		l := newLexicon()
		d := read(l, FromText("", "", c.text))
		if got := newComparer(l, d).said(d.passage(0, len(d.sentences))); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
