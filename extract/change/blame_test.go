package change

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract"
)

// told follows versions, and writes down what is known of the last one.
func told(versions ...extract.Article) (list []string) {
	b := NewBlame()
	for i, a := range versions {
		b.Add(i+1, Snapshot{Article: a})
	}
	for _, x := range b.Standings() {
		s := fmt.Sprintf("%d %s", x.Since, x.Text)
		if x.First != x.Since {
			s += fmt.Sprintf(" | first %d, was %s", x.First, x.Was)
		}
		if x.Moved > 0 {
			s += fmt.Sprintf(" | moved %d", x.Moved)
		}
		for _, r := range x.Earlier {
			s += fmt.Sprintf(" | earlier %d–%d", r.From, r.To)
		}
		if x.Unseen {
			s += " | unseen"
		}
		if x.Furniture {
			s += " | furniture"
		}
		list = append(list, s)
	}
	return list
}

func texts(list ...string) (out []extract.Article) {
	for _, t := range list {
		out = append(out, FromText("", "", t))
	}
	return out
}

// sentencesOf are those of one version, furniture left out.
func sentencesOf(a extract.Article) (list []Standing) {
	b := NewBlame()
	b.Add(1, Snapshot{Article: a})
	for _, x := range b.Standings() {
		if x.Where == whereText && !x.Furniture {
			list = append(list, x)
		}
	}
	return list
}

func TestBlame(t *testing.T) {
	for _, c := range []struct {
		name     string
		versions []extract.Article
		want     []string
	}{
		{"one version", texts("The ferry sank. Nobody drowned."), []string{"1 The ferry sank.", "1 Nobody drowned."}},
		{"a paragraph that moves keeps its date", texts(
			"The ferry sank at noon.\n\nThe harbour master blames the fog.\n\nDivers reached the wreck at three.",
			"Divers reached the wreck at three.\n\nThe ferry sank at noon.\n\nThe harbour master blames the fog.",
			"Divers reached the wreck at three.\n\nThe ferry sank at noon.\n\nThe harbour master blames the fog. The owner is silent."),
			[]string{"1 Divers reached the wreck at three. | moved 2", "1 The ferry sank at noon.", "1 The harbour master blames the fog.", "3 The owner is silent."}},
		{"paragraphs cut anew keep their date", texts(
			"The ferry sank at noon. The harbour master blames the fog.",
			"The ferry sank at noon.\n\nThe harbour master blames the fog.",
			"The ferry “sank” at noon. The harbour master blames the fog."),
			[]string{"1 The ferry “sank” at noon.", "1 The harbour master blames the fog."}},
		{"sentences joined and parted keep their date", texts(
			"The ferry sank at noon; Harbour master Eide blames the fog. Nobody drowned.",
			"The ferry sank at noon. Harbour master Eide blames the fog. Nobody drowned, luckily.",
			"The ferry sank at noon. Harbour master Eide blames the fog: Nobody drowned, luckily."),
			[]string{"1 The ferry sank at noon.", "2 Harbour master Eide blames the fog: Nobody drowned, luckily. | first 1, was Nobody drowned."}},
		{"a number changed", texts(
			"The ferry sank at noon. At least 3 people were treated for shock on the quay.",
			"The ferry sank at noon. At least 3 people were treated for shock on the quay.",
			"The ferry sank at noon. At least 11 people were treated for shock on the quay."),
			[]string{"1 The ferry sank at noon.", "3 At least 11 people were treated for shock on the quay. | first 1, was At least 3 people were treated for shock on the quay."}},
		{"went and came back", texts(
			"The ferry sank at noon. The mayor owns a fifth of the line.",
			"The ferry sank at noon.",
			"The ferry sank at noon. The mayor owns a fifth of the line.",
			"The ferry sank at noon. The mayor owns a fifth of the line."),
			[]string{"1 The ferry sank at noon.", "3 The mayor owns a fifth of the line. | earlier 1–1"}},
		{"said twice is no return", texts(
			"“No comment.” The ferry sank at noon.",
			"“No comment.” The ferry sank at noon.\n\nThe owner was asked again.\n\n“No comment.”"),
			[]string{"1 “No comment.”", "1 The ferry sank at noon.", "2 The owner was asked again.", "2 “No comment.”"}},
		{"Chinese", texts(
			"渡轮中午沉没。港务长归咎于大雾。三人获救。",
			"渡轮中午沉没。三人获救。",
			"三人获救。渡轮中午沉没。港务长归咎于大雾。船主沉默。"),
			[]string{"1 三人获救。 | moved 3", "1 渡轮中午沉没。", "3 港务长归咎于大雾。 | earlier 1–1", "3 船主沉默。"}},
		{"Japanese", texts(
			"フェリーは正午に沈没した。港長は霧のせいだと述べた。",
			"フェリーは正午に沈没した。「誰も溺れていない」と船長は言った。港長は霧のせいだと述べた。"),
			[]string{"1 フェリーは正午に沈没した。", "2 「誰も溺れていない」と船長は言った。", "1 港長は霧のせいだと述べた。"}},
		{"Arabic", texts(
			"غرقت العبارة عند الظهر. هل نجا الركاب؟ لا أحد يعلم.",
			"غرقت العبارة عند الظهر. هل نجا الركاب؟ نعم، جميعهم."),
			[]string{"1 غرقت العبارة عند الظهر.", "1 هل نجا الركاب؟", "2 نعم، جميعهم. | first 1, was لا أحد يعلم."}},
		{"Hindi", texts(
			"नौका दोपहर में डूबी। कोई नहीं डूबा।",
			"नौका दोपहर में डूबी। मालिक चुप है। कोई नहीं डूबा।"),
			[]string{"1 नौका दोपहर में डूबी।", "2 मालिक चुप है।", "1 कोई नहीं डूबा।"}},
		{"Thai, whose sentences end in a space", texts(
			"เรือข้ามฟากจมเมื่อเที่ยงวันนี้ที่ท่าเรือใหญ่ ไม่มีผู้เสียชีวิตจากเหตุการณ์ครั้งนี้",
			"เรือข้ามฟากจมเมื่อเที่ยงวันนี้ที่ท่าเรือใหญ่ ผู้ว่าราชการจังหวัดไม่ให้สัมภาษณ์กับผู้สื่อข่าว ไม่มีผู้เสียชีวิตจากเหตุการณ์ครั้งนี้"),
			[]string{"1 เรือข้ามฟากจมเมื่อเที่ยงวันนี้ที่ท่าเรือใหญ่", "2 ผู้ว่าราชการจังหวัดไม่ให้สัมภาษณ์กับผู้สื่อข่าว", "1 ไม่มีผู้เสียชีวิตจากเหตุการณ์ครั้งนี้"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, told(c.versions...)); d != "" {
				t.Error(d)
			}
		})
	}
}

// A headline test, a byline that changed, and what is no part of the text.
func TestBlameBesideTheText(t *testing.T) {
	const body = "The ferry sank at noon near the old mole, and nobody drowned."
	edition := func(title, byline, text string, removed ...string) extract.Article {
		a := FromText(title, byline, text)
		a.SiteName = "Harbour Gazette"
		for _, r := range removed {
			a.Removed = append(a.Removed, extract.Removal{Kind: "boilerplate", Rule: "site/repeated", Text: r})
		}
		return a
	}
	const pitch = "Our newsroom lives on its readers and has done so since the war."
	got := told(
		edition("Ferry sinks | Harbour Gazette", "Mia Lang", body+"\n\n"+pitch),
		edition("“Like a stone”: the ferry’s last minute", "Mia Lang", body+"\n\n29 comments"),
		edition("Ferry sinks – Harbour Gazette", "Mia Lang, Ole Brandt", body+"\n\n31 comments", pitch),
		edition("FERRY SINKS", "Ole Brandt and Mia Lang", body+"\n\n"+pitch+"\n\n31 comments"),
	)
	want := []string{
		"3 FERRY SINKS | first 1, was “Like a stone”: the ferry’s last minute | earlier 1–1",
		"3 Ole Brandt, Mia Lang | first 1, was Mia Lang",
		"1 " + body,
		"3 " + pitch,
		"3 31 comments | furniture",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A wall that fell is no edit: what stood behind it may have stood before.
func TestBlameBehindWall(t *testing.T) {
	teaser, whole := FromText("", "", "The ferry sank at noon. The harbour master"), FromText("", "", "The ferry sank at noon. The harbour master blames the fog. The owner is silent.")
	teaser.Kind = extract.Partial
	want := []string{"1 The ferry sank at noon.", "2 The harbour master blames the fog. | unseen", "2 The owner is silent. | unseen"}
	if d := cmp.Diff(want, told(teaser, whole, whole)); d != "" {
		t.Error(d)
	}
}

// What a later version leaves out as furniture was furniture before.
func TestBlameLater(t *testing.T) {
	pitch := "Our newsroom lives on its readers and has done so since the war."
	b := NewBlame()
	b.Add(1, Snapshot{Article: FromText("", "", "The ferry sank at noon.\n\n"+pitch)})
	b.Later(extract.Article{Removed: []extract.Removal{{Kind: "boilerplate", Rule: "site/place", Text: pitch}}})
	if s := b.Standings(); len(s) != 2 || s[0].Furniture || !s[1].Furniture {
		t.Errorf("%+v", s)
	}
}

// Whatever happens, each sentence has a date that was there, and no later
// version than the last.
func FuzzBlame(f *testing.F) {
	f.Add("One. Two! Three?", "Two! One. Three?", "One. Three? Two!")
	f.Add("a b c. A b c. A b c.", "A b c.", "A b c. A b c.")
	f.Add("渡轮沉没。三人获救。", "渡轮沉没，三人获救。", "三人获救。")
	f.Fuzz(func(t *testing.T, x, y, z string) {
		b := NewBlame()
		for i, s := range []string{x, y, z, y} {
			b.Add(2*i+1, Snapshot{Article: FromText(s, s, s)})
			var all strings.Builder
			for _, s := range b.Standings() {
				if s.Since%2 != 1 || s.Since < 1 || s.Since > 2*i+1 || s.First < 1 || s.First > s.Since || s.Moved > 2*i+1 || s.Text == "" {
					t.Fatalf("%+v", s)
				}
				for _, r := range s.Earlier {
					if r.From > r.To || r.To >= s.Since {
						t.Fatalf("%+v", s)
					}
				}
				if s.Where == whereText {
					all.WriteString(s.Text)
				}
			}
			got, want := letterCounts(all.String()), letterCounts(plain(body(FromText("", "", s))))
			for r, n := range want {
				if got[r] != n {
					t.Fatalf("%d of %d %q in %q", got[r], n, r, all.String())
				}
			}
		}
	})
}

func body(a extract.Article) string { return a.Text() }

func TestHeadlines(t *testing.T) {
	var h Headlines
	var got []string
	for _, title := range []string{"A ferry sinks", "A FERRY SINKS", "", "The fog did it", "Ferry: the fog did it", "A ferry sinks", "The fog did it", "The “fog” did it"} {
		got = append(got, strings.Join(h.Add(Snapshot{Article: extract.Article{Title: title}}), " → "))
	}
	want := []string{"", "", "", "", "", "A ferry sinks → The fog did it → Ferry: the fog did it → A ferry sinks", "The fog did it → Ferry: the fog did it → A ferry sinks → The fog did it", ""}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Furniture that was learned between two versions is no change, in either direction.
func TestLearnedFurniture(t *testing.T) {
	const body, pitch = "The ferry sank at noon near the old mole, and nobody drowned.", "Our newsroom lives on its readers and has done so since the war."
	const promo = "Every reader gets a goose of clay with the weekend edition."
	before := FromText("Ferry sinks", "", body+"\n\n"+pitch+"\n\n"+promo)
	after := FromText("Ferry sinks", "", body)
	if !Compare(Snapshot{Article: before}, Snapshot{Article: after}, nil).Changed {
		t.Fatal("a deletion is no change")
	}
	after.Removed = []extract.Removal{{Kind: "boilerplate", Rule: "site/repeated", Text: pitch}, {Kind: "filter", Rule: "filter/##.goose", Text: promo}}
	for _, x := range [][2]Snapshot{{{Article: before}, {Article: after}}, {{Article: after}, {Article: before}}} {
		if d := Compare(x[0], x[1], nil); d.Changed {
			t.Errorf("a change: %+v", d)
		}
		grey := 0
		for _, l := range Align(x[0], x[1]) {
			if l.Greyed {
				grey++
			} else if l.Op != "" {
				t.Errorf("shown as a change: %+v", l)
			}
		}
		if grey != 2 {
			t.Errorf("%d lines are greyed, not 2", grey)
		}
	}
}

func TestEditWords(t *testing.T) {
	for _, c := range []struct {
		e          Edit
		went, came int
	}{
		{Edit{Where: "text", Op: Insert, After: "Two words, don’t."}, 0, 3},
		{Edit{Where: "text", Op: Delete, Before: "三人获救。"}, 4, 0},
		{Edit{Where: "title", Op: Replace, Before: "A b c", After: "A d e c", Spans: []Span{{"", "A "}, {Delete, "b"}, {Insert, "d e"}, {"", " c"}}}, 1, 2},
		{Edit{Where: "text", Op: Move, Before: "A b c", After: "A b c"}, 0, 0},
		{Edit{Where: "date", Op: Replace, Before: "modified 1", After: "modified 2"}, 0, 0},
	} {
		if went, came := c.e.Words(); went != c.went || came != c.came {
			t.Errorf("%+v: %d went and %d came, want %d and %d", c.e, went, came, c.went, c.came)
		}
	}
}
