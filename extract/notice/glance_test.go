package notice

import "testing"

// A glance may look twice at a cold text, and never overlooks a hot one.
func FuzzGlance(f *testing.F) {
	for _, s := range []string{
		"We use cookies.", "Biscookie", "DIE COOKIE-RICHTLINIE", "coo\u00adkies", "Wir verwenden Cookies", "x–accept all", "  accept\u00a0 all ", "İzin ver", "Ķoo ķie coöķie",
		"Αποδοχή όλων", "Принять все", "«Tout accepter»", "allow", "accep", "l’acceptation", "1accept2", "ＣＯＯＫＩＥＳ", "accept\u200dall", "cöökies", "aĶie", "Přijmout vše",
	} {
		f.Add(s)
	}
	x := words()
	f.Fuzz(func(t *testing.T, s string) {
		if x.hotIn(fold(nil, s)) && !x.maybeHot(s) {
			t.Errorf("%q is hot", s)
		}
	})
}

// Most of what papers write takes no second look.
func TestGlance(t *testing.T) {
	for _, s := range []string{
		"The county council voted on Monday night that the swimming pool in Harwell will be open until next spring.",
		"Der Gemeinderat hat am Montagabend beschlossen, das Schwimmbad bis zum nächsten Frühjahr offen zu halten – „endlich“, sagt Möller.",
		"Rada miasta głosowała w poniedziałek.",
	} {
		if words().maybeHot(s) {
			t.Errorf("%q is taken for hot", s)
		}
	}
}
