package extract

import (
	"strings"
	"testing"

	"pressmark/extract/filter"
)

func ignoring(t *testing.T, line, expression string, domains ...string) *filter.Set {
	t.Helper()
	r, err := filter.NewTextRule(line, expression, domains)
	if err != nil {
		t.Fatal(err)
	}
	return filter.New(&filter.List{Texts: []filter.TextRule{r}})
}

// What a user ignores is in Removed, and in no text; a rule that would take
// half of the article is not followed.
func TestIgnore(t *testing.T) {
	body := []byte(`<!doctype html><html lang="en"><title>Ferry fares go up – 14 comments</title><body><article><h1>Ferry fares go up – 14 comments</h1>
<p>The harbour board will raise the fares on all its ferries in April, its director said. Read more: Bridge closed.</p>
<p>Seventeen readers liked   this.</p>
<p>A single crossing is to cost 4.20, up from 3.80, while the price of a monthly pass stays what it has been since last year.</p></article></body></html>`)
	read := func(s *filter.Set) Article {
		return Extract(Page{URL: "https://www.gazette.example/ferry", Body: body, ContentType: "text/html", Filters: s})
	}
	plain := read(nil)
	for _, c := range []struct {
		set  *filter.Set
		gone string
		left string // of the whole
	}{
		{ignoring(t, "Seventeen readers  liked this.", ""), "Seventeen", "Read more"},
		{ignoring(t, "", "Read more: .+"), "Read more", "its director said."},
		{ignoring(t, "", ` – \d+ comments$`), "comments", "Seventeen"},
		{ignoring(t, "Seventeen readers liked this.", "", "gazette.example"), "Seventeen", "Read more"},
		{ignoring(t, "Seventeen readers liked this.", "", "other.example"), "nothing", "Seventeen"},
		{ignoring(t, "Seventeen readers", ""), "nothing", "Seventeen"},
		{ignoring(t, "", ".+"), "nothing", "Seventeen"},
	} {
		a := read(c.set)
		text := a.Title + "\n" + a.Text()
		if strings.Contains(text, c.gone) || !strings.Contains(text, c.left) || a.Kind != plain.Kind {
			t.Errorf("%v:\n%s", c.set.Ignores("https://www.gazette.example/"), text)
		}
		removed := ""
		for _, r := range a.Removed {
			removed += r.Rule + " " + r.Text + "\n"
		}
		if c.gone != "nothing" && !strings.Contains(removed, c.gone) {
			t.Errorf("%s was taken and is not kept:\n%s", c.gone, removed)
		}
		if VersionWith(c.set) == Version {
			t.Error("the extractor has the same name with the rule as without")
		}
	}
	if r := read(ignoring(t, "", ".+")).Removed; len(r) == 0 || r[len(r)-1].Rule != RefusedRule {
		t.Errorf("a rule that takes everything: %+v", r)
	}
	for _, bad := range [][2]string{{"", ""}, {"a", "b"}, {"", "("}, {"", ".*"}, {"", strings.Repeat("x", 5000)}} {
		if _, err := filter.NewTextRule(bad[0], bad[1], nil); err == nil {
			t.Errorf("%.20q is a rule", bad)
		}
	}
}

// Whatever the text and the rule, what is left and what was cut out are of the text.
func FuzzIgnore(f *testing.F) {
	f.Add("Read more: x", "Read more: .+")
	f.Add("a b c", "b ?")
	f.Fuzz(func(t *testing.T, text, expression string) {
		r, err := filter.NewTextRule("", expression, nil)
		if err != nil {
			return
		}
		rest, cuts := filter.CutText([]*filter.TextRule{&r}, text)
		for _, c := range cuts {
			if !strings.Contains(text, c.Text) || c.Rule != &r {
				t.Errorf("%q was never in %q", c.Text, text)
			}
		}
		if len(cuts) == 0 && rest != text || len(rest) > len(text) {
			t.Errorf("%q became %q", text, rest)
		}
	})
}
