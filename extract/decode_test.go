package extract

import (
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
)

func encode(t *testing.T, s, name string) []byte {
	t.Helper()
	e, _ := charset.Lookup(name)
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	const (
		russian  = "Водолазы нашли трещины в трёх опорах моста, ремонт займёт десять месяцев и обойдётся в тридцать миллионов."
		japanese = "港の橋は日曜の夜から通行止めとなり、工事は来年一月まで続くと港湾局が水曜日に発表した。"
		korean   = "항구의 다리는 일요일 밤부터 통행이 금지되며 공사는 내년 일월까지 계속된다고 항만청이 밝혔다."
		chinese  = "港务局周三表示，海港大桥将于周日晚间关闭，维修工程将持续到明年一月。"
		french   = "Le pont du port sera fermé dès dimanche, a annoncé l’autorité portuaire : « dix mois de travaux »."
	)
	meta := func(name string) string { return `<html><head><meta charset="` + name + `"></head><body>` }
	for _, c := range []struct {
		name, contentType, text string
		body                    []byte
	}{
		{"utf-8 undeclared", "", french, []byte(french)},
		{"utf-8 declared as latin-1", "text/html; charset=iso-8859-1", french, []byte(french)},
		{"utf-8 in a page that says windows-1252", "text/html", french, []byte(meta("windows-1252") + french)},
		{"header", "text/html; charset=windows-1251", russian, encode(t, russian, "windows-1251")},
		{"meta", "text/html", russian, encode(t, meta("windows-1251")+russian, "windows-1251")},
		{"header's default against meta", "text/html; charset=ISO-8859-1", japanese, encode(t, meta("Shift_JIS")+japanese, "shift_jis")},
		{"shift_jis declared utf-8", "text/html; charset=utf-8", japanese, encode(t, meta("utf-8")+strings.Repeat(japanese, 5), "shift_jis")},
		{"euc-kr", "text/html; charset=euc-kr", korean, encode(t, korean, "euc-kr")},
		{"gb18030 by meta gb2312", "", chinese, encode(t, meta("gb2312")+chinese, "gb18030")},
		{"big5", "text/html; charset=big5", "港務局週三表示，海港大橋將於週日晚間關閉。", encode(t, "港務局週三表示，海港大橋將於週日晚間關閉。", "big5")},
		{"iso-2022-jp", "text/html; charset=iso-2022-jp", japanese, encode(t, japanese, "iso-2022-jp")},
		{"koi8-r by header without quotes' sense", `text/html; charset="koi8-r`, russian, encode(t, russian, "koi8-r")},
		{"byte order mark", "text/html; charset=windows-1252", french, append([]byte{0xef, 0xbb, 0xbf}, french...)},
		{"utf-16", "text/html", russian, append([]byte{0xff, 0xfe}, encode(t, russian, "utf-16le")...)},
		{"windows-1252 undeclared", "", "Le café est fermé — « dix mois »", encode(t, "Le café est fermé — « dix mois »", "windows-1252")},
		{"one bad byte", "text/html; charset=utf-8", "fermé dès dimanche", []byte("fermé dès dimanche \xff " + french)},
		{"encoded twice", "", "The bridge – closed – isn’t old", []byte("The bridge \u00e2\u0080\u0093 closed \u00e2\u0080\u0093 isn\u00e2\u0080\u0099t old")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(decode(c.body, c.contentType)); !strings.Contains(got, c.text) {
				t.Errorf("got %q", got)
			}
		})
	}
}
