package meta

import (
	"testing"
	"time"
)

func TestStated(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03-04":                           "2026-03-04",
		"20260304":                             "2026-03-04",
		"2026/3/4":                             "2026-03-04",
		"2026.03.04":                           "2026-03-04",
		"2026-03-04T07:15:00Z":                 "2026-03-04T07:15:00Z",
		"2026-03-04T07:15:00.123+01:00":        "2026-03-04T07:15:00+01:00",
		"2026-03-04T07:15+0100":                "2026-03-04T07:15:00+01:00",
		"2026-03-04T07:15:00+01":               "2026-03-04T07:15:00+01:00",
		"2026-03-04T07:15:00-03:30":            "2026-03-04T07:15:00-03:30",
		"2026-03-04 07:15:00 CET":              "2026-03-04T07:15:00+01:00",
		"2026-03-04 07:15:00 UTC":              "2026-03-04T07:15:00Z",
		"2026-03-04, 7:15":                     "2026-03-04T07:15:00Z",
		"2026-03-4T7:15:00":                    "2026-03-04T07:15:00Z",
		"2026-03-04 07:15:00 PM":               "2026-03-04T19:15:00Z",
		"2026-03-04T12:15:00 AM":               "2026-03-04T00:15:00Z",
		"2026-03-04T00:00:00":                  "2026-03-04",
		"2026-03-04 00:00":                     "2026-03-04",
		"2026-03-04T00:00:00+01:00":            "2026-03-04T00:00:00+01:00",
		"2026-03-04T07:15:00+01:00[Europe/Sx]": "2026-03-04T07:15:00+01:00",
		"2026-03-04T25:15:00Z":                 "2026-03-04",
		"20260304T071500Z":                     "2026-03-04T07:15:00Z",
		"20260304071500":                       "2026-03-04T07:15:00Z",
		"1772608500":                           "2026-03-04T07:15:00Z",
		"1772608500123":                        "2026-03-04T07:15:00Z",
		"1772608500123456":                     "2026-03-04T07:15:00Z",
		"Wed, 04 Mar 2026 07:15:00 GMT":        "2026-03-04T07:15:00Z",
		"Wed, 04 Mar 2026 07:15:00 +0100":      "2026-03-04T07:15:00+01:00",
		"Wed Mar  4 07:15:00 CET 2026":         "2026-03-04T07:15:00+01:00",
		"Wed Mar 04 2026 07:15:00 GMT+0100 (Central European Standard Time)": "2026-03-04T07:15:00+01:00",
		"March 4, 2026 7:15 PM EST": "2026-03-04T19:15:00-05:00",
		"4/24/2026 12:00:00 AM":     "2026-04-24",
		"Mi., 04.03.2026 - 14:45":   "2026-03-04",
		"0001-01-01T00:00:00Z":      "",
		"1970-01-01T00:00:00Z":      "",
		"2026-13-04":                "",
		"2026-02-30T10:00:00Z":      "",
		"202603041":                 "",
		"123":                       "",
		"{{date}}":                  "",
		"":                          "",
	} {
		if got := stated(text, "en").String(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestInAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://p.test/2026/03/04/bridge":          "2026-03-04",
		"https://p.test/news/2026/3/4/bridge.html":  "2026-03-04",
		"https://p.test/2026-03-04-bridge":          "2026-03-04",
		"https://p.test/bridge-2026-03-04.html":     "2026-03-04",
		"https://p.test/20260304/bridge":            "2026-03-04",
		"https://p.test/a/20260304-bridge":          "2026-03-04",
		"https://p.test/2026/0304/c12.html":         "2026-03-04",
		"https://p.test/202603/04/bridge":           "2026-03-04",
		"https://p.test/2026-03/04/content_77.htm":  "2026-03-04",
		"https://p.test/202603/t20260304_991.html":  "2026-03-04",
		"https://p.test/2026/mar/04/bridge":         "2026-03-04",
		"https://p.test/2026/03/260304-bridge":      "2026-03-04",
		"https://p.test/bridge-04-03-2026":          "2026-03-04",
		"https://p.test/a/202603040715_bridge":      "2026-03-04",
		"https://p.test/a/bridge?from=2026-03-04":   "",
		"https://p.test/2026/03/bridge":             "",
		"https://p.test/2026/13/04/bridge":          "",
		"https://p.test/a/20991399123":              "",
		"https://p.test/a/120260304120908039/x":     "",
		"https://p.test/1871/03/04/history":         "",
		"https://p.test/march-4-2026-concert-dates": "",
		"://": "",
	} {
		if got := inAddress(address).String(); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// FuzzDates checks that every date that is read is a day of the calendar
// within reason, and is read again from how it is written.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"2026-03-04T07:15:00+01:00", "4. března 2026", "۳۰ اسفند ۱۳۹۹", "令和元年5月1日", "Wed Mar 04 2026 07:15 GMT+0100", "/2026/mar/04/", "12 พ.ย. 66", "03/04/05 1:2", "2026 m. kovo 4 d.", "تشرين الثاني 4"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, s, language string) {
		check := func(d Date) {
			if d.IsZero() {
				return
			}
			if y := d.Time.Year(); y < oldestYear-1 || y > lastYear {
				t.Fatalf("%q: year %d", s, y)
			}
			if d.DayOnly && (d.Time.Location() != time.UTC || d.Time.Hour() != 0) {
				t.Fatalf("%q: a day with an hour: %v", s, d.Time)
			}
			if again := stated(d.String(), language); d.DayOnly && !again.Equal(d) {
				t.Fatalf("%q: %s is read as %s", s, d, again)
			}
			if back, err := ParseDate(d.String()); err != nil || !back.Equal(d) {
				t.Fatalf("%q: %s does not come back: %s, %v", s, d, back, err)
			}
		}
		check(Written(s, language))
		check(stated(s, language))
		check(inAddress(s))
		facts := Facts{Language: language}
		all := facts.InLine(s)
		for _, x := range all {
			check(x.Date)
			check(x.Swapped)
		}
		published, modified := Settle(all)
		check(published.Date)
		check(modified.Date)
	})
}

func BenchmarkDates(b *testing.B) {
	facts := Facts{Language: "de"}
	for b.Loop() {
		stated("2026-03-04T07:15:00+01:00", "de")
		facts.InLine("Veröffentlicht am Mittwoch, 4. März 2026, 7.15 Uhr, aktualisiert 5.3.2026")
		facts.InLine("Der Fluss stieg in der Nacht, und die Stadt schlief schlecht.")
		inAddress("https://p.test/politik/2026/03/04/bruecke-gesperrt-nach-hochwasser.html")
	}
}
