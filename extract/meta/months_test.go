package meta

import "testing"

// One day, 4 November 2025, as papers write it.
func TestWrittenInManyLanguages(t *testing.T) {
	for _, c := range []struct{ language, text string }{
		{"en", "Tuesday, November 4, 2025"}, {"en", "Nov. 4th, 2025 at 7:15 a.m."}, {"en-GB", "4 Nov 2025"}, {"en", "4th of November, 2025"},
		{"de", "Dienstag, 4. November 2025"}, {"de-AT", "4.11.2025"}, {"nl", "4 november 2025"}, {"af", "4 November 2025"}, {"sv", "4 nov. 2025"},
		{"da", "4. nov. 2025 kl. 7.15"}, {"nb", "4. november 2025"}, {"is", "4. nóvember 2025"}, {"fr", "le 4 novembre 2025 à 7h15"},
		{"es", "4 de noviembre de 2025"}, {"es", "noviembre 4, 2025"}, {"ca", "4 de novembre del 2025"}, {"gl", "4 de novembro de 2025"}, {"pt", "4 de novembro de 2025"},
		{"it", "martedì 4 novembre 2025"}, {"ro", "4 noiembrie 2025"}, {"eu", "2025ko azaroaren 4a"}, {"pl", "4 listopada 2025"}, {"pl", "4 lis 2025"}, {"cs", "4. listopadu 2025"},
		{"sk", "4. novembra 2025"}, {"sl", "4. novembra 2025"}, {"hr", "4. studenoga 2025."}, {"sr", "4. новембар 2025."}, {"mk", "4 ноември 2025"}, {"bg", "4 ноември 2025 г."},
		{"ru", "4 ноября 2025 года"}, {"uk", "4 листопада 2025 року"}, {"be", "4 лістапада 2025"}, {"kk", "2025 жылғы 4 қараша"}, {"lt", "2025 m. lapkričio 4 d."},
		{"lv", "2025. gada 4. novembris"}, {"et", "4. november 2025"}, {"fi", "4. marraskuuta 2025"}, {"hu", "2025. november 4."}, {"hu", "2025. nov. 4., kedd"}, {"el", "4 Νοεμβρίου 2025"},
		{"sq", "4 nëntor 2025"}, {"tr", "4 Kasım 2025"}, {"az", "4 noyabr 2025"}, {"ka", "4 ნოემბერი 2025"}, {"hy", "4 նոյեմբերի 2025"}, {"he", "4 בנובמבר 2025"},
		{"ar", "4 نوفمبر 2025"}, {"ar", "٤ نوفمبر ٢٠٢٥"}, {"ar-LB", "4 تشرين الثاني 2025"}, {"ar-MA", "4 نونبر 2025"}, {"ur", "4 نومبر 2025"}, {"fa", "۱۳ آبان ۱۴۰۴"}, {"fa", "1404/08/13"},
		{"hi", "4 नवंबर 2025"}, {"hi", "०४ नवंबर २०२५"}, {"mr", "4 नोव्हेंबर 2025"}, {"bn", "৪ নভেম্বর ২০২৫"}, {"ta", "4 நவம்பர் 2025"}, {"si", "4 නොවැම්බර් 2025"}, {"te", "4 నవంబర్ 2025"}, {"gu", "4 નવેમ્બર 2025"},
		{"th", "4 พฤศจิกายน 2568"}, {"th", "4 พ.ย. 68"}, {"th", "๔ พฤศจิกายน ๒๕๖๘"}, {"vi", "4 tháng 11, 2025"}, {"vi", "Ngày 4 tháng 11 năm 2025"}, {"vi", "04/11/2025"},
		{"id", "4 November 2025"}, {"ms", "4 November 2025"}, {"fil", "Nobyembre 4, 2025"}, {"sw", "Novemba 4, 2025"}, {"zh", "2025年11月4日"}, {"zh-TW", "民國114年11月4日"}, {"zh-TW", "114年11月4日"},
		{"ja", "令和7年11月4日"}, {"ja", "２０２５年１１月４日"}, {"ja", "2025.11.04"}, {"ko", "2025년 11월 4일"}, {"ko", "2025. 11. 4."}, {"mn", "2025 оны 11 сарын 4"},
		{"ga", "4 Samhain 2025"}, {"cy", "4 Tachwedd 2025"}, {"mt", "4 Novembru 2025"}, {"uz", "4 noyabr 2025"},
	} {
		if got := Written(c.text, c.language).String(); got != "2025-11-04" {
			t.Errorf("%s %q: %q", c.language, c.text, got)
		}
	}
}

func TestMonthsThatLanguagesDisputeOver(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"hr", "4. listopada 2025.", "2025-10-04"}, {"pl", "4 listopada 2025", "2025-11-04"},
		{"hr", "4. srpnja 2025.", "2025-07-04"}, {"cs", "4. srpna 2025", "2025-08-04"},
		{"cs", "4. června 2025", "2025-06-04"}, {"cs", "4. července 2025", "2025-07-04"},
	} {
		if got := Written(c.text, c.language).String(); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.language, c.text, got, c.want)
		}
	}
}

func TestNoDate(t *testing.T) {
	for _, text := range []string{
		"", "2025", "November 2025", "4 November", "2 hours ago", "today", "vor 3 Stunden", "version 4.11.2025.1", "call 04-11-2025-88", "10.0.4.11",
		"31 November 2025", "30.02.2025", "score 4-11", "the 4 best of 2025", "11月4日", "between 2 and 4, 2025 people", "1970-01-01", "born 4 November 1942",
	} {
		if d := Written(text, "en"); !d.IsZero() {
			t.Errorf("%q: %s", text, d)
		}
	}
}

func TestYearOfTheTitleIsNoYearOfTheDate(t *testing.T) {
	if got := Written("The best rivers of 2024 September 1st, 2023", "en").String(); got != "2023-09-01" {
		t.Error(got)
	}
}

func TestPersianLeapYear(t *testing.T) {
	for text, want := range map[string]string{
		"۳۰ اسفند ۱۳۹۹": "2021-03-20", "۱ فروردین ۱۴۰۰": "2021-03-21", "۱ فروردین ۱۳۹۹": "2020-03-20", "۱ فروردین ۱۴۰۴": "2025-03-21", "۲۹ اسفند ۱۴۰۲": "2024-03-19", "۳۰ اسفند ۱۴۰۲": "",
	} {
		if got := Written(text, "fa").String(); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
