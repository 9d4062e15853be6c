package meta

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestPeople(t *testing.T) {
	for _, c := range []struct {
		credit string
		names  []string
		agency string
	}{
		{"By Mara Ellingham and Tobias Reeve", []string{"Mara Ellingham", "Tobias Reeve"}, ""},
		{"Von Mara Ellingham, dpa", []string{"Mara Ellingham"}, "dpa"},
		{"Mara Ellingham, Senior Reporter", []string{"Mara Ellingham"}, ""},
		{"Mara Ellingham Senior Autos Reporter", []string{"Mara Ellingham"}, ""},
		{"Senior Reporter Mara Ellingham", []string{"Mara Ellingham"}, ""},
		{"Online-Redakteurin Mara Ellingham", []string{"Mara Ellingham"}, ""},
		{"Mara Ellingham, MS, RD", []string{"Mara Ellingham"}, ""},
		{"Dr. Mara Ellingham, M.D.", []string{"Dr. Mara Ellingham"}, ""},
		{"Mara Ellingham, Jr., and Tobias Reeve III", []string{"Mara Ellingham Jr.", "Tobias Reeve III"}, ""},
		{"Mara (Lou) Ellingham and Tobias Reeve in Porto", []string{"Mara Ellingham", "Tobias Reeve"}, ""},
		{"Mara Ellingham, Porto", []string{"Mara Ellingham"}, ""},
		{"Mara Ellingham for The Evening Quay", []string{"Mara Ellingham"}, ""},
		{"Mara Ellingham (Reuters)", []string{"Mara Ellingham"}, "Reuters"},
		{"Mara Ellingham/AFP", []string{"Mara Ellingham"}, "AFP"},
		{"MARA ELLINGHAM AP National Writer", []string{"MARA ELLINGHAM"}, ""},
		{"Posted by Mara Ellingham at 5:30 PM", []string{"Mara Ellingham"}, ""},
		{"Guide by Mara Ellingham | Updated March 4, 2026", []string{"Mara Ellingham"}, ""},
		{"Mara Ellingham · 5 min read", []string{"Mara Ellingham"}, ""},
		{"Mara Ellingham mara@paper.test @mara", []string{"Mara Ellingham"}, ""},
		{"Text: Mara Ellingham, Fotos: Tobias Reeve", []string{"Mara Ellingham"}, ""},
		{"Foto: Tobias Reeve", nil, ""},
		{"Ein Gastbeitrag von Mara Ellingham", []string{"Mara Ellingham"}, ""},
		{"Par Amélie Roux et Jean Petit avec AFP", []string{"Amélie Roux", "Jean Petit"}, "AFP"},
		{"Propos recueillis par Amélie Roux", []string{"Amélie Roux"}, ""},
		{"Por Ana Vidal y Luis Mora", []string{"Ana Vidal", "Luis Mora"}, ""},
		{"di Chiara Bassi", []string{"Chiara Bassi"}, ""},
		{"Av Ingrid Solheim og Lars Dahl", []string{"Ingrid Solheim", "Lars Dahl"}, ""},
		{"Автор: Анна Петрова, корреспондент", []string{"Анна Петрова"}, ""},
		{"بقلم: ليلى حداد", []string{"ليلى حداد"}, ""},
		{"Oleh Siti Rahma, Antara", []string{"Siti Rahma"}, "Antara"},
		{"記者王小明／台北報導", []string{"王小明"}, ""},
		{"责任编辑：李雷", []string{"李雷"}, ""},
		{"홍길동 기자", []string{"홍길동"}, ""},
		{"Ludwig van der Berg", []string{"Ludwig van der Berg"}, ""},
		{"d’Angelo Rossi", []string{"d’Angelo Rossi"}, ""},
		{"J.R.R. Ellingham", []string{"J.R.R. Ellingham"}, ""},
		{"April Roach", []string{"April Roach"}, ""},
		{"Scott Maple March 4, 2026", []string{"Scott Maple"}, ""},
		{"O&amp;#39;Neill, Kit", []string{"O'Neill", "Kit"}, ""},
		{"AFP", nil, "AFP"},
		{"The Associated Press", nil, "AP"},
		{"Reuters", nil, "Reuters"},
		{"新华社", nil, "Xinhua"},
		{"Pa", []string{"Pa"}, ""},
		{"admin", nil, ""},
		{"View all posts", nil, ""},
		{"mara@paper.test", nil, ""},
		{"https://paper.test/author/mara", nil, ""},
		{"Redaktion", []string{"Redaktion"}, ""},
		{"Staff and news service reports", []string{"Staff and news service reports"}, ""},
		{"Center for Harbour Research", []string{"Center for Harbour Research"}, ""},
		{"", nil, ""},
	} {
		names, agency := People(c.credit)
		if d := cmp.Diff(c.names, names); d != "" || agency != c.agency {
			t.Errorf("People(%q): agency %q, want %q; names %s", c.credit, agency, c.agency, d)
		}
	}
}

func TestSigned(t *testing.T) {
	for line, want := range map[string][]string{
		"By Mara Ellingham":                             {"Mara Ellingham"},
		"Autorin: Mara Ellingham, Leiterin der Werft":   {"Mara Ellingham"},
		"Written by: Mara Ellingham":                    {"Mara Ellingham"},
		"Von Mara Ellingham und Tobias Reeve":           {"Mara Ellingham", "Tobias Reeve"},
		"Posted by Mara":                                {"Mara"},
		"By the end of the week the ferry runs again":   nil,
		"Von der Brücke aus sieht man den neuen Hafen.": nil,
		"Mara Ellingham":                                nil,
		"Foto: Tobias Reeve":                            nil,
		"":                                              nil,
	} {
		if names, _ := Signed(line); !slices.Equal(names, want) {
			t.Errorf("Signed(%q) = %q, want %q", line, names, want)
		}
	}
}

func FuzzPeople(f *testing.F) {
	for _, s := range []string{"By Mara Ellingham and Tobias Reeve, dpa", "Text: A (B) C; Fotos: D", "記者王小明／台北報導", "von\nMara\nEllingham, Jr.", "mara@x.test http://a.test www.b.test @m", "((((:::,,,", "Ana Vidal Mora Roux Petit Bassi III"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, credit string) {
		if !utf8.ValidString(credit) {
			return
		}
		s := sign(credit)
		names, _ := People(credit)
		signed, _ := Signed(credit)
		if len(names) > mostPeople {
			t.Fatalf("%d people in one credit", len(names))
		}
		for _, n := range slices.Concat(names, s.people, signed) {
			if strings.TrimSpace(n) == "" || strings.ContainsAny(n, "@\n") || strings.Contains(n, "://") || strings.HasPrefix(n, "www.") || len(strings.Fields(n)) > 6 {
				t.Fatalf("%q gives a person %q", credit, n)
			}
		}
	})
}
