package change

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/extract"
	"pressmark/extract/meta"
)

// story is an article that the tests change in one place.
const story = `The city council voted on Tuesday to close the old harbour bridge to cars.

Mayor Anna Weber told reporters that the bridge would stay open for cyclists. "We cannot wait any longer," she said. The works will cost 30 million euros.

Engineers found cracks in the northern pillar in March. The bridge was built in 1931 and carries 40,000 vehicles a day.

Shop owners near the harbour fear for their trade. The council promised them help.

The bridge opens again next summer.`

func snapshot(text string) Snapshot {
	a := FromText("Council closes harbour bridge", "Mia Lang", text)
	a.Modified = meta.Date{Time: time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)}
	return Snapshot{Article: a, URL: "https://www.example.test/news/bridge", Final: "https://www.example.test/news/bridge", Status: 200}
}

// with is the story with one passage put for another; an old passage "" puts
// the new one at the end, and "^" before the beginning.
func with(t *testing.T, pairs ...string) string {
	t.Helper()
	s := story
	for i := 0; i < len(pairs); i += 2 {
		switch old := pairs[i]; {
		case old == "":
			s += "\n\n" + pairs[i+1]
		case old == "^":
			s = pairs[i+1] + "\n\n" + s
		case !strings.Contains(s, old):
			t.Fatalf("the story has no %q", old)
		default:
			s = strings.Replace(s, old, pairs[i+1], 1)
		}
	}
	return s
}

func TestCompareText(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  []string
		kinds   []Kind
		stealth bool
	}{
		{"nothing", nil, nil, false},
		{"a number", []string{"30 million", "34 million"}, []Kind{Numbers}, true},
		{"a number in words", []string{"in March", "in April"}, []Kind{Numbers}, true},
		{"thousands set otherwise", []string{"40,000", "40\u202f000"}, nil, false},
		{"a quotation", []string{"wait any longer", "wait forever"}, []Kind{Quotes}, true},
		{"a name", []string{"Anna Weber", "Klara Hofmann"}, []Kind{Names}, true},
		{"a slip, swapped letters", []string{"vehicles", "vehciles"}, []Kind{Typo}, false},
		{"a slip, one letter too few", []string{"reporters", "reportters"}, []Kind{Typo}, false},
		{"another word", []string{"fear for", "worry about"}, []Kind{Reworded}, true},
		{"a sentence more", []string{"promised them help.", "promised them help. It did not say how much."}, []Kind{Added}, true},
		{"a paragraph more", []string{"Shop owners", "A ferry will carry people across the water until then.\n\nShop owners"}, []Kind{Added}, true},
		{"a paragraph less", []string{"Shop owners near the harbour fear for their trade. The council promised them help.\n\n", ""}, []Kind{Removed}, true},
		{"a paragraph elsewhere", []string{"\n\nThe bridge opens again next summer.", "", "Engineers found", "The bridge opens again next summer.\n\nEngineers found"}, []Kind{Moved}, true},
		{"a paragraph elsewhere and reworded", []string{"Engineers found cracks in the northern pillar in March. The bridge was built in 1931 and carries 40,000 vehicles a day.\n\n", "", "", "Engineers found cracks in the northern pillar in March. The bridge was built in 1931 and carries 40,000 lorries a day."}, []Kind{Reworded, Moved}, true},
		{"a quotation in a sentence that was written anew", []string{"\"We cannot wait any longer,\" she said.", "\"We cannot wait another hour,\" the mayor shouted at her critics."}, []Kind{Reworded}, true},
		{"the first paragraph", []string{"The city council voted on Tuesday to close", "After a long night councillors decided to shut"}, []Kind{Lede}, true},
		{"a first paragraph of other words", []string{"The city council voted on Tuesday to close the old harbour bridge to cars.", "Drivers must look for another way from June."}, []Kind{Lede}, true},
		{"a correction", []string{"", "Correction: An earlier version of this article misstated the year the bridge was built. It was 1931."}, []Kind{Correction}, false},
		{"a correction and what it corrects", []string{"in 1931", "in 1932", "", "This article was amended on 3 May 2026 to correct the year the bridge was built."}, []Kind{Correction, Numbers}, false},
		{"an update note and a number", []string{"30 million", "34 million", "", "This story has been updated with comment from the council."}, []Kind{Numbers}, false},
		{"a number and a new hour", []string{"30 million", "34 million", "^", "Last updated on 3 May 2026 at 10:15"}, []Kind{Numbers}, false},
		{"a number and a relative time", []string{"30 million", "34 million", "^", "Updated 3 hours ago"}, []Kind{Numbers}, true},
		{"an update note alone", []string{"", "This story has been updated with comment from the council."}, []Kind{Added}, false},
		{"a retraction", []string{"^", "RETRACTION: The publication has retracted this article."}, []Kind{Retraction}, false},
		{"quotation marks", []string{"\"We cannot wait any longer,\"", "“We cannot wait any longer,”"}, nil, false},
		{"entities", []string{"\"We cannot wait any longer,\"", "&ldquo;We cannot wait any longer,&rdquo;"}, nil, false},
		{"paragraphs joined", []string{"cars.\n\nMayor", "cars. Mayor"}, nil, false},
		{"blank lines with blanks", []string{"cars.\n\nMayor", "cars.\n \u00a0\nMayor"}, nil, false},
		{"soft hyphens", []string{"harbour bridge", "har\u00adbour bridge"}, nil, false},
		{"a cookie notice", []string{"", "This website uses cookies to improve your experience. We'll assume you're ok with this, but you can opt-out if you wish. Accept Read More"}, nil, false},
		{"a cookie notice glued on", []string{"next summer.", "next summer. This website uses cookies to improve your experience."}, nil, false},
		{"a newsletter box", []string{"Shop owners", "Sign up for our weekly newsletter. Enter your email.\n\nShop owners"}, nil, false},
		{"a relative time", []string{"^", "Updated 3 hours ago"}, nil, false},
		{"most read", []string{"", "Most read\nMan bites dog in Hamburg\nWhy the weather will change"}, nil, false},
		{"most read and a number", []string{"30 million", "34 million", "", "Most read\nMan bites dog\nWhy the weather will change"}, []Kind{Numbers}, true},
		{"an advertisement", []string{"Shop owners", "ADVERTISEMENT\n\nShop owners"}, nil, false},
		{"an invitation to subscribe beside the whole text", []string{"", "Already a subscriber? Sign in"}, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := Compare(snapshot(story), snapshot(with(t, c.change...)), nil)
			if !slices.Equal(d.Kinds, c.kinds) || d.Changed != (len(c.kinds) > 0) || d.Stealth != c.stealth || d.Doubtful {
				t.Errorf("got %v, stealth %v, doubtful %v, want %v, stealth %v\n%+v", d.Kinds, d.Stealth, d.Doubtful, c.kinds, c.stealth, d.Edits)
			}
		})
	}
}

func TestComparePage(t *testing.T) {
	later := meta.Date{Time: time.Date(2026, 5, 2, 10, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		name                     string
		change                   func(*Snapshot)
		kinds                    []Kind
		declared, stealth, doubt bool
	}{
		{"gone: 404", func(s *Snapshot) { s.Status = 404; s.Article = FromText("Page not found", "", "") }, []Kind{Unpublished}, false, false, false},
		{"gone: 410", func(s *Snapshot) { s.Status = 410 }, []Kind{Unpublished}, false, false, false},
		{"gone: led home", func(s *Snapshot) { s.Final = "https://www.example.test/" }, []Kind{Unpublished}, false, false, false},
		{"led to the same page elsewhere", func(s *Snapshot) { s.Final = "https://www.example.test/archive/bridge" }, nil, false, false, false},
		{"gone: says so with 200", func(s *Snapshot) {
			s.Article = FromText("Nicht gefunden", "", "Dieser Artikel ist leider nicht mehr verfügbar.")
		}, []Kind{Unpublished}, false, false, false},
		{"server in trouble", func(s *Snapshot) { s.Status = 503; s.Article = extract.Article{} }, nil, false, false, true},
		{"refused", func(s *Snapshot) { s.Status = 403; s.Article = extract.Article{} }, nil, false, false, true},
		{"consent wall", func(s *Snapshot) { s.Article.Kind = extract.Wall; s.Article.Blocks = nil }, nil, false, false, true},
		{"teaser and wall", func(s *Snapshot) {
			s.Article = snapshot(story[:200] + "\n\nThis article is reserved for subscribers. Sign in or create an account to continue reading.").Article
		}, []Kind{Paywall}, false, false, false},
		{"partial", func(s *Snapshot) {
			s.Article = snapshot(story[:200]).Article
			s.Article.Kind = extract.Partial
		}, []Kind{Paywall}, false, false, false},
		{"empty text", func(s *Snapshot) { s.Article.Blocks = nil }, []Kind{Removed}, false, true, true},
		{"all but the first paragraph is lost", func(s *Snapshot) { s.Article.Blocks = snapshot(story[:strings.Index(story, "Mayor")]).Article.Blocks }, []Kind{Removed}, false, true, true},
		{"modified date alone", func(s *Snapshot) { s.Article.Modified = later }, []Kind{Dates}, false, false, false},
		{"headline", func(s *Snapshot) { s.Article.Title = "Council shuts harbour bridge" }, []Kind{Headline}, false, true, false},
		{"headline and modified date", func(s *Snapshot) { s.Article.Title, s.Article.Modified = "Council shuts harbour bridge", later }, []Kind{Headline}, true, false, false},
		{"headline as it was first", func(s *Snapshot) { s.Article.Title = "Bridge closed, council says" }, []Kind{Headline, HeadlineFlip}, false, true, false},
		{"site name in title", func(s *Snapshot) { s.Article.Title += " | The Example" }, nil, false, false, false},
		{"byline", func(s *Snapshot) { s.Article.Byline = []string{"Mia Lang", "Tom Berg"} }, []Kind{Byline}, false, false, false},
		{"byline in another order and form", func(s *Snapshot) { s.Article.Byline = []string{"By Mia Lang"} }, nil, false, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after := snapshot(story), snapshot(story)
			c.change(&after)
			d := Compare(before, after, []string{"Bridge closed, council says"})
			changed := len(c.kinds) > 0 && !slices.Equal(c.kinds, []Kind{Dates})
			if !slices.Equal(d.Kinds, c.kinds) || d.Changed != changed || d.Declared != c.declared || d.Stealth != c.stealth || d.Doubtful != c.doubt {
				t.Errorf("got %+v", d)
			}
			if back := Compare(after, before, nil); back.Changed != d.Changed {
				t.Errorf("changed %v, but back %v: %+v", d.Changed, back.Changed, back)
			}
		})
	}
	t.Run("restored", func(t *testing.T) {
		before := snapshot("")
		before.Status = 404
		if d := Compare(before, snapshot(story), nil); !slices.Equal(d.Kinds, []Kind{Restored}) || d.Stealth {
			t.Errorf("got %+v", d)
		}
	})
	t.Run("wall lifted", func(t *testing.T) {
		before := snapshot(story[:200])
		before.Article.Kind = extract.Partial
		if d := Compare(before, snapshot(story), nil); !slices.Equal(d.Kinds, []Kind{Paywall}) || d.Stealth {
			t.Errorf("got %+v", d)
		}
	})
}

// Each language: what is said between two sentences that stay, before and after.
func TestCompareLanguages(t *testing.T) {
	for _, c := range []struct {
		lang, frame, before, after string
		kinds                      []Kind
	}{
		{"de", "Der Stadtrat tagte bis Mitternacht.\n\nX\n\nDanach wurde abgestimmt.", "Die Brücke kostet 30 Millionen Euro.", "Die Brücke kostet 34 Millionen Euro.", []Kind{Numbers}},
		{"de", "Der Stadtrat tagte bis Mitternacht.\n\nX\n\nDanach wurde abgestimmt.", "Die Brücke kostet zwölf Millionen Euro.", "Die Brücke kostet dreizehn Millionen Euro.", []Kind{Numbers}},
		{"de", "Der Stadtrat tagte bis Mitternacht.\n\nX\n\nDanach wurde abgestimmt.", "„Wir können nicht warten“, sagte sie.", "„Wir wollen nicht warten“, sagte sie.", []Kind{Quotes}},
		{"de", "Der Stadtrat tagte bis Mitternacht.\n\nX\n\nDanach wurde abgestimmt.", "Die Koalition hat den Vertrag unterschrieben.", "Die Koalition hat den Haushalt unterschrieben.", []Kind{Reworded}},
		{"de", "Der Stadtrat tagte bis Mitternacht.\n\nX\n\nDanach wurde abgestimmt.", "Das sagte Kanzler Friedrich Hansen am Abend.", "Das sagte Kanzler Friedrich Jansen am Abend.", []Kind{Names}},
		{"de", "Der Stadtrat tagte bis Mitternacht.\n\nX\n\nDanach wurde abgestimmt.", "", "Korrektur: In einer früheren Version dieses Artikels hieß es, die Brücke koste mehr.", []Kind{Correction}},
		{"de", "Der Stadtrat tagte bis Mitternacht.\n\nX\n\nDanach wurde abgestimmt.", "vor 3 Stunden", "Lesezeit: 4 Minuten", nil},
		{"de", "Der Stadtrat tagte bis Mitternacht.\n\nX\n\nDanach wurde abgestimmt.", "", "Wir verwenden Cookies, um unser Angebot zu verbessern.", nil},
		{"fr", "Le conseil a siégé tard.\n\nX\n\nLe vote a suivi.", "Le pont coûtera 30 millions d’euros.", "Le pont coûtera 34 millions d'euros.", []Kind{Numbers}},
		{"fr", "Le conseil a siégé tard.\n\nX\n\nLe vote a suivi.", "« Nous ne pouvons plus attendre », dit-elle.", "« Nous ne voulons plus attendre », dit-elle.", []Kind{Quotes}},
		{"fr", "Le conseil a siégé tard.\n\nX\n\nLe vote a suivi.", "", "Rectificatif : une version précédente de cet article indiquait un autre prix.", []Kind{Correction}},
		{"fr", "Le conseil a siégé tard.\n\nX\n\nLe vote a suivi.", "il y a 3 heures", "il y a 5 heures", nil},
		{"fr", "Le conseil a siégé tard.\n\nX\n\nLe vote a suivi.", "", "Lire aussi : Le port ferme ses portes", nil},
		{"fr", "Le conseil a siégé tard.\n\nX\n\nLe vote a suivi.", "La ministre Élodie Martin a répondu.", "La ministre Sophie Garnier a répondu.", []Kind{Names}},
		{"es", "El consejo votó tarde.\n\nX\n\nDespués hubo protestas.", "El puente costará treinta millones.", "El puente costará cuarenta millones.", []Kind{Numbers}},
		{"es", "El consejo votó tarde.\n\nX\n\nDespués hubo protestas.", "", "Fe de errores: una versión anterior de este artículo daba otro precio.", []Kind{Correction}},
		{"es", "El consejo votó tarde.\n\nX\n\nDespués hubo protestas.", "hace 2 horas", "hace 9 horas", nil},
		{"es", "El consejo votó tarde.\n\nX\n\nDespués hubo protestas.", "", "Suscríbete a nuestro boletín diario", nil},
		{"it", "Il consiglio ha votato tardi.\n\nX\n\nPoi le proteste.", "Il ponte costerà venti milioni.", "Il ponte costerà trenta milioni.", []Kind{Numbers}},
		{"it", "Il consiglio ha votato tardi.\n\nX\n\nPoi le proteste.", "", "Errata corrige: una versione precedente di questo articolo riportava un altro prezzo.", []Kind{Correction}},
		{"it", "Il consiglio ha votato tardi.\n\nX\n\nPoi le proteste.", "2 ore fa", "Leggi anche: Il porto chiude", nil},
		{"pt", "O conselho votou tarde.\n\nX\n\nDepois houve protestos.", "A ponte custará vinte milhões.", "A ponte custará trinta milhões.", []Kind{Numbers}},
		{"pt", "O conselho votou tarde.\n\nX\n\nDepois houve protestos.", "", "Errata: uma versão anterior deste texto informava outro preço.", []Kind{Correction}},
		{"pt", "O conselho votou tarde.\n\nX\n\nDepois houve protestos.", "há 3 horas", "Leia também: Porto fecha", nil},
		{"nl", "De raad stemde laat.\n\nX\n\nDaarna was er protest.", "De brug kost twintig miljoen.", "De brug kost dertig miljoen.", []Kind{Numbers}},
		{"nl", "De raad stemde laat.\n\nX\n\nDaarna was er protest.", "", "In een eerdere versie van dit artikel stond een ander bedrag.", []Kind{Correction}},
		{"nl", "De raad stemde laat.\n\nX\n\nDaarna was er protest.", "3 uur geleden", "Lees ook: Haven gaat dicht", nil},
		{"ja", "市議会は深夜まで続いた。\n\nX\n\nその後、採決が行われた。", "橋の費用は30億円になる。", "橋の費用は34億円になる。", []Kind{Numbers}},
		{"ja", "市議会は深夜まで続いた。\n\nX\n\nその後、採決が行われた。", "市長は「もう待てない」と述べた。", "市長は「もう待たない」と述べた。", []Kind{Quotes}},
		{"ja", "市議会は深夜まで続いた。\n\nX\n\nその後、採決が行われた。", "", "訂正：記事の初出時、橋の費用に誤りがありました。", []Kind{Correction}},
		{"ja", "市議会は深夜まで続いた。\n\nX\n\nその後、採決が行われた。", "3時間前", "5時間前", nil},
		{"zh", "市议会开到深夜。\n\nX\n\n随后进行了表决。", "大桥将耗资三十亿元。", "大桥将耗资四十亿元。", []Kind{Numbers}},
		{"zh", "市议会开到深夜。\n\nX\n\n随后进行了表决。", "3小时前", "5小时前", nil},
		{"zh", "市议会开到深夜。\n\nX\n\n随后进行了表决。", "居民对此表示欢迎。", "居民对此表示不满。", []Kind{Reworded}},
		{"th", "สภาเมืองประชุมจนดึก\n\nX\n\nจากนั้นมีการลงมติ", "สะพานมีค่าใช้จ่าย 30 ล้านบาท", "สะพานมีค่าใช้จ่าย 34 ล้านบาท", []Kind{Numbers}},
		{"ar", "اجتمع المجلس حتى منتصف الليل.\n\nX\n\nثم جرى التصويت.", "سيكلف الجسر 30 مليون دينار.", "سيكلف الجسر ٣٤ مليون دينار.", []Kind{Numbers}},
		{"ar", "اجتمع المجلس حتى منتصف الليل.\n\nX\n\nثم جرى التصويت.", "سيكلف الجسر 30 مليون دينار.", "سيكلف الجسر ٣٠ مليون دينار.", nil},
		{"ar", "اجتمع المجلس حتى منتصف الليل.\n\nX\n\nثم جرى التصويت.", "قال المحافظ إنه ينتظر.", "قَالَ المحافظ إنه ينتظر.", nil},
	} {
		t.Run(c.lang, func(t *testing.T) {
			before, after := FromText("", "", strings.Replace(c.frame, "X", c.before, 1)), FromText("", "", strings.Replace(c.frame, "X", c.after, 1))
			before.Language, after.Language = c.lang, c.lang
			d := Compare(Snapshot{Article: before}, Snapshot{Article: after}, nil)
			if !slices.Equal(d.Kinds, c.kinds) {
				t.Errorf("%s\n%s\ngot %v, want %v\n%+v", c.before, c.after, d.Kinds, c.kinds, d.Edits)
			}
		})
	}
}

func TestRepeatedSentences(t *testing.T) {
	row := "Yes.\n\nNo.\n\nThe price is 15 euros.\n\n"
	text := "The list begins here.\n\n" + strings.Repeat(row, 12) + "The list ends here."
	for _, c := range []struct {
		name, after string
		want        []Kind
	}{
		{"the same", text, nil},
		{"one row less", strings.Replace(text, row, "", 1), []Kind{Removed}},
		{"one number", strings.Replace(text, "15 euros", "17 euros", 1), []Kind{Numbers}},
		{"one cell", strings.Replace(text, "Yes.", "Perhaps.", 1), []Kind{Reworded}},
	} {
		if d := Compare(snapshot(text), snapshot(c.after), nil); !slices.Equal(d.Kinds, c.want) {
			t.Errorf("%s: got %v, want %v\n%+v", c.name, d.Kinds, c.want, d.Edits)
		}
	}
}

func TestParagraphsJoined(t *testing.T) {
	lines := []string{"The bridge is closed.", "The plan", "a ferry for those on foot", "a tunnel by 2031", "a toll", "a new harbour road", "no more lorries", "The mayor is content."}
	before, after := snapshot(strings.Join(lines, "\n\n")), snapshot(strings.Join(lines, " "))
	if d := Compare(before, after, nil); d.Changed {
		t.Errorf("got %+v", d)
	}
	if d := Compare(after, before, nil); d.Changed {
		t.Errorf("and back %+v", d)
	}
	label := "Related: Why bridges fall"
	before, after = snapshot(story+"\n\n"+label+"\n\nIt rained."), snapshot(story+"\n\n"+label+" It rained.")
	if d := Compare(before, after, nil); d.Changed {
		t.Errorf("got %+v", d)
	}
	before = snapshot(strings.Join(lines, "\n\n"))
	// A difference among them is still found.
	after = snapshot(strings.Replace(strings.Join(lines, " "), "2031", "2035", 1))
	if d := Compare(before, after, nil); !slices.Equal(d.Kinds, []Kind{Numbers}) {
		t.Errorf("got %+v", d)
	}
}
