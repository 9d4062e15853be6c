package change

import (
	"slices"
	"testing"

	"pressmark/extract"
)

func TestHeadline(t *testing.T) {
	for _, c := range []struct {
		before, after string
		changed       bool
	}{
		{"Bridge falls", "Bridge falls | The Daily Example", false},
		{"Bridge falls", "Bridge falls - Example Times", false},
		{"Bridge falls – Example", "Bridge falls", false},
		{"The Example | Bridge falls", "Bridge falls", false},
		{"Bridge falls", "Bridge falls | Germany | The Example", false},
		{"Bridge falls - mayor", "Bridge falls", true},
		{"AI will help - Wozniak", "AI will hurt - Wozniak", true},
		{"WATCH: Bridge falls", "Bridge falls", true},
		{"Bridge ‘falls’", "Bridge 'falls'", false},
		{"Bridge 'falls'", "Bridge falls", true},
		{"Workers' bridge in '90s 'falls'", "Workers’ bridge in ’90s ‘falls’", false},
		{"Bridge &amp; tunnel", "Bridge & tunnel", false},
		{"BRIDGE FALLS", "Bridge falls", false},
		{"Bridge falls?", "Bridge falls", true},
		{"Bridge falls — mayor gone", "Bridge falls - mayor  gone", false},
		{"Brücke stürzt ein | Beispiel", "Brücke stürzt ein", false},
		{"橋が落ちた｜例新聞", "橋が落ちた", false},
		{"橋が落ちた", "橋は落ちた", true},
		{"Bridge falls", "", false}, // a title that was not found is no headline
	} {
		s := func(title string) Snapshot {
			return Snapshot{URL: "https://www.example.test/a", Article: extract.Article{Title: title}}
		}
		for _, x := range [][2]string{{c.before, c.after}, {c.after, c.before}} {
			d := Compare(s(x[0]), s(x[1]), nil)
			if d.Changed != c.changed {
				t.Errorf("%q → %q: changed %v, want %v", x[0], x[1], d.Changed, c.changed)
			}
		}
	}
}

func TestHeadlineLabels(t *testing.T) {
	for _, c := range []struct {
		before, after, text string
		want                []Kind
	}{
		{"Bridge falls", "Retracted: Bridge falls", "", []Kind{Retraction}},
		{"Bridge falls", "Correction: Bridge falls", "", []Kind{Correction}},
		{"Bridge falls", "Updated: Bridge falls", "", []Kind{Headline}},
		{"Bridge falls", "Editor's note: Bridge falls", "This article has been retracted.", []Kind{Retraction}},
		{"Bridge falls", "Retracted: Bridge fell", "", []Kind{Headline}},
		{"Bridge falls", "Live: Bridge falls", "", []Kind{Headline}},
	} {
		d := Compare(Snapshot{Article: FromText(c.before, "", "It fell.")}, Snapshot{Article: FromText(c.after, "", "It fell.\n\n"+c.text)}, nil)
		if !slices.Equal(d.Kinds, c.want) {
			t.Errorf("%q: got %v, want %v", c.after, d.Kinds, c.want)
		}
	}
}

func TestSlips(t *testing.T) {
	for _, c := range []struct {
		wrong, right string
		want         bool
	}{
		{"recieve", "receive", true}, {"goverment", "government", true}, {"accomodate", "accommodate", true}, {"seperately", "separately", true},
		{"chace", "chance", true}, {"cafe", "café", true}, {"its", "it's", true}, {"Bundestga", "Bundestag", true},
		{"county", "country", false}, {"trial", "trail", false}, {"house", "horse", false}, {"play", "plays", false}, {"Nationalist", "Patriot", false},
		{"Meyer", "Mayer", false}, {"million", "billion", false}, {"former", "farmer", false}, {"counsel", "counselor", false}, {"Iran", "Iraq", false},
	} {
		d := Compare(Snapshot{Article: FromText("", "", "The first paragraph stays.\n\nThey wrote of "+c.wrong+" in the paper on that day.")},
			Snapshot{Article: FromText("", "", "The first paragraph stays.\n\nThey wrote of "+c.right+" in the paper on that day.")}, nil)
		if got := slices.Equal(d.Kinds, []Kind{Typo}); got != c.want {
			t.Errorf("%s → %s: %v", c.wrong, c.right, d.Kinds)
		}
	}
}

func TestByline(t *testing.T) {
	for _, c := range []struct {
		before, after []string
		changed       bool
	}{
		{[]string{"Mia Lang"}, []string{"By Mia Lang"}, false},
		{[]string{"Mia Lang", "Tom Berg"}, []string{"Tom Berg and Mia Lang"}, false},
		{[]string{"MIA LANG"}, []string{"Mia Lang"}, false},
		{[]string{"Mia Lang"}, []string{"Mia Lang", "Tom Berg"}, true},
		{[]string{"Mia Lang"}, nil, true},
		{nil, nil, false},
		{[]string{"Ursula von der Leyen"}, []string{"Von Ursula von der Leyen"}, false},
	} {
		_, got := bylineFinding(extract.Article{Byline: c.before}, extract.Article{Byline: c.after})
		if got != c.changed {
			t.Errorf("%q → %q: changed %v, want %v", c.before, c.after, got, c.changed)
		}
	}
}
