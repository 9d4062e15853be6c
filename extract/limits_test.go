package extract

import (
	"fmt"
	"strings"
	"testing"
)

// TestHostile reads pages that were made to break a parser. What counts is that
// each comes back, and with its text where it has one.
func TestHostile(t *testing.T) {
	const sentence = "The harbour bridge will close to all traffic on Sunday night, the port authority said. "
	text := "<p>" + strings.Repeat(sentence, 3) + "</p><p>" + strings.Repeat("It stays closed until January, for ten months. ", 4) + "</p>"
	for _, c := range []struct {
		name, page string
		found      bool
	}{
		{"nested tags", strings.Repeat("<div>", 100_000) + text, true},
		{"nested and closed", strings.Repeat("<div><span>", 50_000) + text + strings.Repeat("</span></div>", 50_000), true},
		{"nested formatting", strings.Repeat("<b><i>", 20_000) + text, true},
		{"nested lists", strings.Repeat("<ul><li>", 20_000) + text, true},
		{"nested tables", strings.Repeat("<table><tr><td>", 5_000) + text, true},
		{"unclosed everything", strings.Repeat("<p><a href=x><h1>", 1_000) + text, false},
		{"attributes", "<div " + strings.Repeat("a=b ", 100_000) + ">" + text, true},
		{"classes", `<div class="` + strings.Repeat("article-body related ", 20_000) + `">` + text, true},
		{"siblings", strings.Repeat("<div class=x><span class=y></span></div>", 20_000) + text, true},
		{"one endless paragraph", "<p>" + strings.Repeat(sentence, 5_000) + "</p>", true},
		{"broken JSON-LD", `<script type="application/ld+json">` + strings.Repeat(`{"a":[`, 50_000) + `</script>` + text, true},
		{"entities", "<p>" + strings.Repeat("&amp;&#x41;", 50_000) + "</p>" + text, true},
		{"dates", strings.Repeat(`<time class="date" datetime="x">99/99/9999</time>`, 20_000) + text, true},
		{"data that never end", strings.Repeat(`<script>x={"a":"`+strings.Repeat("y ", 500), 300) + "</script>" + text, true},
		{"nested data", `<script type="application/json">` + strings.Repeat(`{"a":[`, 5_000) + `"` + strings.Repeat("z. ", 400) + `"` + strings.Repeat(`]}`, 5_000) + `</script>` + text, true},
		{"a post in a post", strings.Repeat(`<div class="live"><time datetime="2026-01-01T10:00:00Z">10:00</time>`, 5_000) + text, true},
		{"pages", strings.Repeat(`<a href="?page=2">2</a>`, 50_000) + text, true},
		{"zeroes", "<p>\x00" + text + "\x00</p>", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := Extract(Page{Body: []byte("<html><body>" + c.page)})
			if c.found && !strings.Contains(a.Text(), "for ten months") && !strings.Contains(a.Text(), "port authority") {
				t.Errorf("kind %q (%s): the text is lost", a.Kind, a.Why)
			}
		})
	}
}

func TestFlattenKeepsText(t *testing.T) {
	var b strings.Builder
	for i := range 600 {
		fmt.Fprintf(&b, "<div><p>word%d ", i)
	}
	got := string(flatten([]byte(b.String())))
	for i := range 600 {
		if !strings.Contains(got, fmt.Sprintf("word%d ", i)) {
			t.Fatalf("word%d is lost", i)
		}
	}
}

// A page of nothing but tags is read up to a bound, and says so.
func TestTagsBeyondTheBound(t *testing.T) {
	const story = "<p>The ferry left the harbour at noon with forty passengers, and the wind went round to the north an hour later.</p>"
	page := "<title>Ferry leaves at noon</title><article><h1>Ferry leaves at noon</h1>" + strings.Repeat(story, 1) + "</article>" + strings.Repeat("<p>x", maxTags)
	a := Extract(Page{Body: []byte(page)})
	if !strings.Contains(a.Text(), "forty passengers") {
		t.Errorf("the text is %q", a.Text())
	}
	told := false
	for _, r := range a.Removed {
		told = told || r.Rule == "page/tags"
	}
	if !told {
		t.Error("nothing says that the page was not read to its end")
	}
	if read, unread := withinTags([]byte(page)); strings.Count(string(read), "<") != maxTags || unread != strings.Count(page, "<")-maxTags {
		t.Errorf("%d tags are read, %d are not", strings.Count(string(read), "<"), unread)
	}
}
