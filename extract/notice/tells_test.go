package notice

import (
	"strings"
	"testing"
)

func TestTells(t *testing.T) {
	prose := "<p>The harbour board met on Monday and put the repair of the ferry quay off until the spring, when the tides are low enough.</p>"
	consent := "<p>We and our partners store cookies on your device and process personal data such as your address; please accept that to go on reading.</p>"
	for _, test := range []struct {
		name, page string
		want       bool
	}{
		{"an article", "<html><body><nav><p>Home</p></nav><article>" + strings.Repeat(prose, 6) + "</article>", true},
		{"an article below a notice", "<div class=cookie>" + consent + "</div>" + strings.Repeat(prose, 6), true},
		{"a short one", strings.Repeat(prose, 5), false},
		{"few paragraphs, but long ones", strings.Repeat("<p>"+strings.Repeat(strings.TrimSuffix(prose[len("<p>"):], "</p>")+" ", 5)+"</p>", 3), true},
		{"two long ones", strings.Repeat("<p>"+strings.Repeat(strings.TrimSuffix(prose[len("<p>"):], "</p>")+" ", 9)+"</p>", 2), false},
		{"a wall", strings.Repeat(consent, 20), false},
		{"a wall with a long footer", consent + "<footer>" + strings.Repeat(prose, 20) + "</footer>", false},
		{"prose that nobody sees", "<template>" + strings.Repeat(prose, 20) + "</template>" + consent, false},
		{"prose in a script", "<script>`" + strings.Repeat(prose, 20) + "`</script>" + consent, false},
		{"links", strings.Repeat("<p>More</p>", 100), false},
		{"nothing", "", false},
		{"no end", strings.Repeat("<p>", 10_000), false},
	} {
		if got := Tells([]byte(test.page)); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
