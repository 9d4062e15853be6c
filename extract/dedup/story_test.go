package dedup

import (
	"os"
	"strings"
	"testing"
	"time"
)

// read gives an invented article of testdata: the headline, then the body.
func read(t testing.TB, name, site string, day int) Text {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	title, body, _ := strings.Cut(string(b), "\n")
	return Text{Title: title, Body: strings.TrimSpace(body), Site: site, Published: time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC)}
}

// half gives the first half of a text's paragraphs.
func half(t Text) Text {
	p := strings.Split(t.Body, "\n\n")
	t.Body = strings.Join(p[:len(p)/2], "\n\n")
	return t
}

func TestOneStoryUnderFiveMastheads(t *testing.T) {
	g := NewGrouper(0)
	cut := half(read(t, "agency", "gazette.test", 4))
	spunWithNotice := read(t, "spun", "echo.test", 5)
	spunWithNotice.Body = "We use cookies to give you the best experience. Accept all\n\n" + spunWithNotice.Body
	for _, c := range []struct {
		name     string
		text     Text
		story    string
		relation Relation
		of       string
		why      string
	}{
		{"agency", read(t, "agency", "nordpress.test", 3), "agency", Original, "", ""},
		{"syndicated", read(t, "syndicated", "island-news.test", 3), "agency", Syndicated, "agency", "in order"},
		{"own report", read(t, "own-report", "tessaly-times.test", 3), "own report", Original, "", ""},
		{"spun", read(t, "spun", "mirror.test", 4), "agency", Rewritten, "agency", "% of content words replaced"},
		{"cut", cut, "agency", Excerpt, "agency", "of the earlier text"},
		{"spun and furnished", spunWithNotice, "agency", Syndicated, "spun", "in order"},
		{"follow-up", read(t, "follow-up", "nordpress.test", 14), "follow-up", FollowUp, "agency", "11 days apart"},
		{"same again", read(t, "agency", "nordpress.test", 6), "agency", Same, "agency", "content words are the same"},
	} {
		got, err := g.Add(c.name, c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got.Story != c.story || got.Relation != c.relation || got.Of != c.of || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s: got %+v, want story %s, %s of %q", c.name, got, c.story, c.relation, c.of)
		}
		t.Logf("%-18s %-10s %.2f %s", c.name, got.Relation, got.Score, got.Why)
	}
}

// A form that is filled in anew is another text, on one site or on two.
func TestFormsAreNoCopies(t *testing.T) {
	forms := map[string]struct {
		title, body string
		fill        [][]string
	}{
		"quarter": {
			"$1 reports $2-quarter results",
			"$1 on Thursday reported net income of $3 million crowns in its $2 quarter, or $4 ore a share.\n\nThe company said revenue came to $5 million crowns, above the forecast of analysts surveyed by a research firm, who had expected $6 million crowns on average.\n\nFor the full year the company expects revenue in the range of $7 million to $8 million crowns. Its shares have gained $9 percent since the beginning of the year.",
			[][]string{
				{"Acorn Mills", "first", "14.2", "31", "220", "214", "880", "910", "7"},
				{"Acorn Mills", "second", "16.8", "37", "236", "231", "902", "940", "12"},
				{"Balmoral Glass", "first", "3.1", "8", "64", "61", "250", "270", "2"},
				{"Dynamo Works", "third", "51.9", "102", "717", "690", "2,700", "2,900", "19"},
			},
		},
		"tremor": {
			"Magnitude $1 tremor near $2",
			"A light earthquake of magnitude $1 was recorded $3 kilometres from $2 at $4 on $5, the seismological service said. It struck at a depth of $6 kilometres.\n\nPeople in $7 and $8 reported feeling the tremor. There were no immediate reports of damage or injuries.\n\nThis notice was written automatically from data of the seismological service.",
			[][]string{
				{"3.4", "Ashby", "12", "4:12", "Monday", "8", "Corran", "Dunmore"},
				{"3.1", "Ashby", "9", "11:40", "Friday", "5", "Corran", "Hexley"},
				{"4.0", "Jarrow", "21", "2:05", "Sunday", "10", "Norbury", "Selby"},
			},
		},
		"rates": {
			"Reference rates of the central bank",
			"The central bank in Kestrel Bay set these reference rates on $1: one crown buys $2 dollars, $3 euros, $4 yen, $5 francs and $6 pounds.\n\nGold cost $7 dollars an ounce in London at the morning fixing, a barrel of Brent oil $8 dollars.\n\nThe rates are published on every working day at four in the afternoon and are for information only.",
			[][]string{
				{"Monday", "0.094", "0.087", "14.10", "0.081", "0.073", "2,411", "81.20"},
				{"Tuesday", "0.095", "0.086", "14.32", "0.080", "0.074", "2,398", "79.95"},
				{"Wednesday", "0.093", "0.088", "13.97", "0.082", "0.072", "2,420", "80.41"},
			},
		},
		"match": {
			"$1 $2 $3 $4",
			"$1 beat $3 $2-$4 in front of $5 people on Saturday.\n\n$6 opened the scoring in the $7th minute and $8 added a second from the spot shortly before the break. The visitors pulled one back late on but never looked like saving a point.\n\nThe result leaves the home side in $9th place, while the visitors stay in the lower half of the table.",
			[][]string{
				{"Ashby Rovers", "3", "Selby Town", "1", "4,120", "Ivo Mercer", "14", "Lars Quinn", "5"},
				{"Jarrow City", "2", "Oakham United", "1", "9,864", "Dario Holt", "27", "Ben Foster", "8"},
				{"Selby Town", "4", "Ashby Rovers", "1", "3,007", "Milan Barlow", "9", "Theo Crane", "12"},
			},
		},
	}
	for name, f := range forms {
		g := NewGrouper(0)
		for i, values := range f.fill {
			var pairs []string
			for n, v := range values {
				pairs = append(pairs, "$"+string(rune('1'+n)), v)
			}
			r := strings.NewReplacer(pairs...)
			for _, site := range []string{"gazette.test", "echo.test"} {
				id := site + string(rune('0'+i))
				got, err := g.Add(id, Text{Title: r.Replace(f.title), Body: r.Replace(f.body), Site: site})
				if err != nil {
					t.Fatal(err)
				}
				// The second site's is a copy of the first's with the same values, and of nothing else.
				want := "gazette.test" + string(rune('0'+i))
				if got.Story != want {
					t.Errorf("%s %s: story %s, want %s (%s)", name, id, got.Story, want, got.Why)
				}
			}
		}
	}
}

// Briefs are told apart by headline and opening, whatever notice was swept up with them.
func TestBriefsWithNotices(t *testing.T) {
	notices := []string{
		"\n\nWe and our partners store information on a device, such as cookies, and process personal data such as unique identifiers. Accept all Manage options",
		"\n\nDiese Website verwendet Cookies. Wenn Sie die Website weiter nutzen, gehen wir von Ihrem Einverständnis aus.",
		"",
	}
	briefs := [][2]string{
		{"Lighthouse keeper finds message in bottle after 40 years", "A keeper on Skarholm has found a letter that a schoolgirl threw into the sea in 1986."},
		{"Brandvik yard wins order for two tugs", "The yard will build the pair for the port of Kestrel Bay by next autumn."},
		{"Storm closes bridge to Little Varn", "The bridge stays shut until Wednesday while engineers look at a cracked pier."},
		{"Choir of Tessaly sings for the king", "Thirty islanders travelled to the capital for the jubilee concert at the palace."},
	}
	g := NewGrouper(0)
	for round, n := range notices {
		for i, b := range briefs {
			id := string(rune('a'+i)) + string(rune('0'+round))
			got, err := g.Add(id, Text{Title: b[0], Body: b[1] + n, Site: "site" + id + ".test"})
			if err != nil {
				t.Fatal(err)
			}
			if want := string(rune('a'+i)) + "0"; got.Story != want {
				t.Errorf("%s: story %s, want %s (%s)", id, got.Story, want, got.Why)
			}
		}
	}
}
