package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const explained = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The ferry sails again | Harbour Post</title>
<meta property="og:title" content="The ferry sails again"><meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2026-03-04T07:15:00+01:00"><meta name="author" content="Agnes Thorley"></head><body>
<div id="onetrust-banner-sdk"><p>We use cookies to improve your experience. By continuing you accept our use of cookies.</p><button>Accept</button></div>
<nav class="menu"><a href="/">Front page of the paper</a></nav>
<main><article id="story"><h1>The ferry sails again</h1><p class="byline">By Agnes Thorley</p>
<div class="story-text"><p>The ferry to the island sailed again on Monday, after two winters in which the islanders had to be rowed across by their own sons, the harbour board said.</p>
<p>“It is a slow boat, and we have waited for it for a long time,” said the keeper of the inn at the quay, who had baked for two hundred passengers.</p>
<p><a href="/a">The bridge that was never built</a></p>
<p>Tickets cost four crowns, and children under ten sail with their parents for nothing, as they did before the engine room burnt out.</p>
<div class="related-stories"><p>Read about the winter in which the whole bay was frozen over.</p></div></div></article></main>
<aside>Weather for the bay: fog</aside></body></html>`

func TestExplain(t *testing.T) {
	p := Page{URL: "https://harbour.example/ferry", Body: []byte(explained)}
	x := Explain(p)
	if d := cmp.Diff(Extract(p), x.Article); d != "" {
		t.Errorf("Explain gives another article:\n%s", d)
	}
	if x.Charset.Name != "utf-8" || x.Charset.From != "the bytes" {
		t.Errorf("charset %+v", x.Charset)
	}
	fates := map[string]string{}
	for _, c := range []struct{ words, want, why string }{
		{"had to be rowed across", "kept", "running text"},
		{"The bridge that was never built", "related text/link", "nothing but a link"},
		{"the whole bay was frozen", "related name/related", "links to other stories"},
		{"Front page of the paper", "navigation name/menu", "called"},
		{"We use cookies", "notice vendor/onetrust", "known tool"},
		{"SAILS, AGAIN!", "title", "headline"},
	} {
		at := x.Find(c.words)
		if len(at) == 0 {
			t.Errorf("%q is not found", c.words)
			continue
		}
		got := x.Pieces[at[0]]
		fate := got.Reason + " " + got.Rule
		if got.Kept {
			fate = "kept"
		}
		fates[c.words] = fate
		if !strings.HasPrefix(fate, c.want) || !strings.Contains(got.Why, c.why) {
			t.Errorf("%q: %s, because %s; want %s, because … %s", c.words, fate, got.Why, c.want, c.why)
		}
	}
	if at := x.Find("rowed across"); len(at) == 1 && x.Pieces[at[0]].Path != "main > article#story > div.story-text > p" {
		t.Errorf("path %q", x.Pieces[at[0]].Path)
	}
	if x.Find("submarine") != nil || x.Find("…") != nil {
		t.Error("found what is not there")
	}
	claims := map[string]string{}
	for _, c := range x.Claims {
		if c.Won {
			claims[c.About+" from "+c.Source] = c.Means
		}
	}
	for _, want := range []string{"title from og:title", "published from meta article:published_time", "byline from meta author", "language from html lang"} {
		if claims[want] == "" {
			t.Errorf("no %s among what won: %v", want, claims)
		}
	}
	chosen := 0
	for _, p := range x.Places {
		if p.Chosen {
			chosen++
		}
	}
	if chosen != 1 {
		t.Errorf("%d places are chosen: %+v", chosen, x.Places)
	}
	if x.Words.Kept < 60 || x.Words.Gone["related"] < 15 || x.Words.Gone["notice"] == 0 {
		t.Errorf("words %+v", x.Words)
	}
}

func TestExplainNoPage(t *testing.T) {
	for _, body := range []string{"", "%PDF-1.7", "<html></html>", "<p>", strings.Repeat("<div>", 5000) + "deep"} {
		x := Explain(Page{Body: []byte(body)})
		if d := cmp.Diff(Extract(Page{Body: []byte(body)}), x.Article); d != "" {
			t.Errorf("%.20q: %s", body, d)
		}
	}
}

// FuzzExplain: the article is that of Extract, and every block of it is among
// the pieces that were kept.
func FuzzExplain(f *testing.F) {
	f.Add([]byte(explained))
	f.Add([]byte("<p>By using this site you accept cookies.<p>" + strings.Repeat("The ferry left at noon. ", 20)))
	f.Fuzz(func(t *testing.T, body []byte) {
		p := Page{URL: "https://harbour.example/2026/03/04/ferry", Body: body}
		x := Explain(p)
		if d := cmp.Diff(Extract(p), x.Article); d != "" {
			t.Fatal(d)
		}
		kept := map[string]int{}
		for _, p := range x.Pieces {
			if p.Kept {
				kept[p.Text]++
			} else if p.Reason == "" || p.Rule == "" || p.Why == "" {
				t.Fatalf("no reason for %+v", p)
			}
		}
		for _, b := range x.Article.Blocks {
			if kept[b.Text]--; kept[b.Text] < 0 {
				t.Fatalf("%q is in the article and not told of", b.Text)
			}
		}
	})
}
