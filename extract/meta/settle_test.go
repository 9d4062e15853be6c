package meta

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestWhichDateIsBelieved has pages that state several dates.
func TestWhichDateIsBelieved(t *testing.T) {
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	text := strings.Repeat("<p>The river rose in the night and the town slept badly.</p>", 30)
	for _, c := range []struct{ name, url, page, published, modified string }{
		{"a teaser's date is not the article's", "", `<main><h1>Bridge closed</h1><span class="date">4.3.2026</span>` + text + `</main><div class="related"><span class="date">1.1.2020</span></div>`, "2026-03-04", ""},
		{"above the headline, and a list below", "", `<main><span class="post-date">March 4, 2026</span><h1>Bridge closed</h1>` + text + `</main><ul><li class="item-date">March 1, 2026</li><li class="item-date">March 2, 2026</li></ul>`, "2026-03-04", ""},
		{"a comment's date alone is none", "", `<main><h1>Bridge closed</h1>` + text + `</main><div class="comments"><time datetime="2026-03-06">Friday</time></div>`, "", ""},
		{"today's date in the frame is none", "", `<header class="topbar"><span class="current-date">Friday, 6 March 2026</span></header><main><h1>Bridge closed</h1><span class="date">4 March 2026</span></main>`, "2026-03-04", ""},
		{"an event's date is none", "", `<main><h1>Bridge closed</h1><span class="date">Deadline: 6 March 2026</span><span class="date">4 March 2026</span></main>`, "2026-03-04", ""},
		{"both in one line", "", `<h1>Bridge closed</h1><div class="byline-date">Updated 5 March 2026, published 4 March 2026</div>`, "2026-03-04", ""},
		{"a change alone dates the page", "", `<h1>Bridge closed</h1><div class="date">Stand: 5.3.2026</div>`, "2026-03-05", "2026-03-05"},
		{"the general date of a page is its last change", "", `<meta name="date" content="2026-03-09T10:00:00+01:00"><h1>Bridge closed</h1><time datetime="2026-03-04">4.3.2026</time>`, "2026-03-04", ""},
		{"the change written into both places", "", ld(`{"@type":"Article","datePublished":"2026-03-09T10:00:00Z","dateModified":"2026-03-09T10:00:00Z"}`) + `<h1>Bridge closed</h1><div class="date">Published 4 March 2026</div>`, "2026-03-04", "2026-03-09T10:00:00Z"},
		{"the change written into one of two", "", ld(`{"@type":"Article","datePublished":"2026-03-04T10:00:00Z","dateModified":"2026-03-09T10:00:00Z"}`) + `<meta property="article:published_time" content="2026-03-09T10:00:00Z"><h1>Bridge closed</h1>`, "2026-03-04T10:00:00Z", "2026-03-09T10:00:00Z"},
		{"published and never changed", "", ld(`{"@type":"Article","datePublished":"2026-03-09T10:00:00Z","dateModified":"2026-03-09T10:00:00Z"}`) + `<h1>Bridge closed</h1><div class="date">9 March 2026</div>`, "2026-03-09T10:00:00Z", "2026-03-09T10:00:00Z"},
		{"order of day and month by another place", "https://p.test/x", `<html lang="en"><meta name="pubdate" content="04-03-2026"><h1>Bridge closed</h1><div class="date">4 March 2026</div>`, "2026-03-04", ""},
		{"order of day and month by the country", "https://p.test.uk/x", `<html lang="en"><meta name="pubdate" content="04/03/2026">`, "2026-03-04", ""},
		{"any name that says published", "", `<meta name="published_on" content="2026-03-04"><meta name="acme:first-publish-date" content="2026-03-04">`, "2026-03-04", ""},
		{"an expiry is no publication", "", `<meta name="publication_expires_on" content="2026-03-04"><meta name="event:date_published" content="2026-03-05">`, "", ""},
		{"value for content", "", `<meta name="article:published_time" value="2026-03-04T07:15:00Z">`, "2026-03-04T07:15:00Z", ""},
		{"the page's name", "", `<title>Bridge closed | Ferry Post | 04.03.2026</title>`, "2026-03-04", ""},
		{"a year in the page's name", "", `<title>The best of 2026 - Ferry Post</title>`, "", ""},
		{"the same moment in the paper's zone", "", ld(`{"@type":"Article","datePublished":"2026-03-03T23:15:00Z"}`) + `<meta name="date" content="2026-03-04T00:15:00+01:00">`, "2026-03-04T00:15:00+01:00", ""},
		{"the paper's own clock", "", `<html lang="de">` + ld(`{"@type":"Article","datePublished":"2026-03-03T23:15:00Z"}`) + `<h1>Bridge closed</h1><div class="date">4. März 2026, 00:15 Uhr</div>`, "2026-03-04T00:15:00+01:00", ""},
		{"a clock that is no zone's", "", ld(`{"@type":"Article","datePublished":"2026-03-03T23:15:00Z"}`) + `<h1>Bridge closed</h1><div class="date">3 March 2026, 22:58</div>`, "2026-03-03T23:15:00Z", ""},
		{"midnight in Berlin", "", `<html lang="de"><meta property="article:published_time" content="2026-03-03T23:00:00.000Z">`, "2026-03-04", ""},
		{"midnight in Berlin in summer", "", `<html lang="de"><meta property="article:published_time" content="2026-07-03T22:00:00Z">`, "2026-07-04", ""},
		{"an hour that is no midnight", "", `<html lang="de"><meta property="article:published_time" content="2026-07-03T23:00:00Z">`, "2026-07-03T23:00:00Z", ""},
		{"a change before the publication is none", "", `<meta property="article:published_time" content="2026-03-04"><meta property="article:modified_time" content="2020-03-04">`, "2026-03-04", ""},
		{"a draft saved an hour before it was published is no change", "", `<meta property="article:published_time" content="2026-03-04T10:00:00Z"><meta property="article:modified_time" content="2026-03-04T08:59:00Z">`, "2026-03-04T10:00:00Z", ""},
		{"published again", "https://p.test/2024/03/04/bridge", ld(`{"@type":"Article","datePublished":"2026-03-09T10:00:00Z"}`), "2024-03-04", ""},
		{"a later day in the address", "https://p.test/concert-2026-03-09", ld(`{"@type":"Article","datePublished":"2026-03-04T10:00:00Z"}`), "2026-03-04T10:00:00Z", ""},
		{"data of the page's program", "", `<script type="application/json">{"post":{"publishedAt":"2026-03-04T07:15:00Z","title":"x"}}</script><h1>Bridge closed</h1>`, "2026-03-04T07:15:00Z", ""},
		{"data of many articles", "", `<script type="application/json">[{"publishedAt":"2026-03-04"},{"publishedAt":"2026-03-01"}]</script><h1>Bridge closed</h1>`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := html.Parse(strings.NewReader(c.page))
			if err != nil {
				t.Fatal(err)
			}
			f := Read(doc, c.url)
			if f.Published.String() != c.published || f.Modified.String() != c.modified {
				t.Errorf("published %q modified %q, want %q and %q; of %+v", f.Published, f.Modified, c.published, c.modified, f.Dates)
			}
		})
	}
}
