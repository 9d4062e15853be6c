package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pressmark/extract/meta"
)

func TestHeadline(t *testing.T) {
	const ld = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"`
	for _, c := range []struct{ name, page, want string }{
		{"all agree", `<title>Ferry runs again after the storm - Evening Quay</title><meta property="og:title" content="Ferry runs again after the storm"><h1>Ferry runs again after the storm</h1>`, "Ferry runs again after the storm"},
		{"the site's name behind", `<meta property="og:site_name" content="Evening Quay"><title>Ferry runs again after the storm | Evening Quay</title>`, "Ferry runs again after the storm"},
		{"the site's name before", `<meta property="og:site_name" content="Evening Quay"><title>Evening Quay: Ferry runs again</title><meta property="og:title" content="Evening Quay - Ferry runs again after the storm">`, "Ferry runs again after the storm"},
		{"the site's name by its address", `<title>Ferry runs again after the storm — quay.test</title>`, "Ferry runs again after the storm"},
		{"the site's name in Cyrillic", `<meta property="og:site_name" content="Вечерний причал"><title>Паром снова ходит после бури — Вечерний причал</title>`, "Паром снова ходит после бури"},
		{"the site's name in Japanese", `<meta property="og:site_name" content="夕方埠頭"><title>嵐のあと渡し船が再開｜夕方埠頭</title>`, "嵐のあと渡し船が再開"},
		{"the site's name in Arabic", `<meta property="og:site_name" content="رصيف المساء"><title>العبارة تعود بعد العاصفة | رصيف المساء</title>`, "العبارة تعود بعد العاصفة"},
		{"site and section", `<meta property="og:site_name" content="Evening Quay"><title>Ferry runs again after the storm - Harbour - Evening Quay</title><h1>Ferry runs again after the storm</h1>`, "Ferry runs again after the storm"},
		{"the h1 is the site", `<meta property="og:site_name" content="Evening Quay"><title>Ferry runs again after the storm - Evening Quay</title><h1>Evening Quay</h1>`, "Ferry runs again after the storm"},
		{"several h1s", `<title>Ferry runs again after the storm - Evening Quay</title><h1>Harbour weather and tides</h1><h1>Ferry runs again after the storm</h1><h1>More from the harbour town</h1>`, "Ferry runs again after the storm"},
		{"a kicker in an element of its own", `<title>Ferry runs again after the storm</title><meta property="og:title" content="Ferry runs again after the storm"><h1><span>Harbour life</span> Ferry runs again after the storm</h1>`, "Ferry runs again after the storm"},
		{"a title for search engines", `<title>Ferry times 2026: prices, tickets, timetable</title>` + ld + `How the ferry came back to the old harbour"}</script><h1>How the ferry came back to the old harbour</h1>`, "How the ferry came back to the old harbour"},
		{"escaped twice", `<title>Fish &amp;amp; chips on the &amp;quot;Mara&amp;quot; - Evening Quay</title><meta property="og:site_name" content="Evening Quay"><meta property="og:title" content="Fish &amp;amp; chips on the &amp;quot;Mara&amp;quot;">`, `Fish & chips on the "Mara"`},
		{"spaces and soft hyphens", "<h1>Ferry   runs\n again after the har\u00adbour storm</h1><title>Ferry runs again after the harbour storm</title>", "Ferry runs again after the harbour storm"},
		{"a dash within", `<title>Ferry runs again - and the harbour rejoices</title><h1>Ferry runs again - and the harbour rejoices</h1>`, "Ferry runs again - and the harbour rejoices"},
		{"nothing but the site", `<meta property="og:site_name" content="Evening Quay"><title>Evening Quay</title>`, "Evening Quay"},
		{"nothing", `<p>text</p>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := parse([]byte(c.page))
			if err != nil {
				t.Fatal(err)
			}
			if got := headline(meta.Read(doc, "https://www.quay.test/a/ferry"), "https://www.quay.test/a/ferry"); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// A table that lost a row would give each weight to other evidence.
func TestTitleWeights(t *testing.T) {
	for i, w := range titleWeights {
		if w.evidence == "" {
			t.Errorf("weight %d says not what it is for", i)
		}
	}
}

// The headline is one of the page's names, or a part of one.
func FuzzHeadline(f *testing.F) {
	f.Add("Ferry runs | Evening Quay", "Ferry runs", "Harbour: Ferry runs", "Evening Quay")
	f.Add("a - b - c - d", "b", "", "c")
	f.Add("嵐のあと｜夕方", "", "嵐", "夕方")
	f.Fuzz(func(t *testing.T, title, graph, head, site string) {
		if !utf8.ValidString(title + graph + head + site) {
			return
		}
		facts := meta.Facts{SiteName: site, Type: "NewsArticle"}
		for s, text := range map[meta.Source]string{meta.FromTitle: title, meta.FromGraph: graph, meta.FromHeading: head} {
			if text != "" {
				facts.Titles = append(facts.Titles, meta.Title{Source: s, Text: text})
			}
		}
		got := headline(facts, "https://www.quay.test/a")
		if got != "" && !strings.Contains(title, got) && !strings.Contains(graph, got) && !strings.Contains(head, got) {
			t.Fatalf("%q is in none of %q, %q, %q", got, title, graph, head)
		}
	})
}

func BenchmarkHeadline(b *testing.B) {
	doc, err := parse([]byte(`<title>Ferry runs again after the storm - Harbour - Evening Quay</title><meta property="og:title" content="Storm over: ferry runs again">
		<meta property="og:site_name" content="Evening Quay"><h1><span>Harbour life</span> Ferry runs again after the storm</h1>`))
	if err != nil {
		b.Fatal(err)
	}
	f := meta.Read(doc, "https://www.quay.test/a")
	for b.Loop() {
		headline(f, "https://www.quay.test/a")
	}
}
