package discover

import (
	"encoding/binary"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func cutOff(b []byte) string { return string(b[:len(b)-12]) }

// The forms that sitemaps have in the field, broken ones among them.
func TestFieldSitemaps(t *testing.T) {
	const open, two = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`, `<url><loc>https://www.gazette.example/1</loc></url><url><loc>https://www.gazette.example/2</loc></url>`
	one := func(inside string) string { return open + "<url>" + inside + "</url></urlset>" }
	news := func(prefix, space, date string) string {
		return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" ` + space + `><url><loc>/1</loc><` + prefix + `:news><` + prefix + `:publication><` + prefix + `:name>G</` + prefix + `:name></` + prefix +
			`:publication><` + prefix + `:publication_date>` + date + `</` + prefix + `:publication_date><` + prefix + `:title>One</` + prefix + `:title></` + prefix + `:news></url></urlset>`
	}
	for _, tt := range []oneFeed{
		{"news", "", news("news", `xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"`, "2026-11-14T08:00+01:00"), "1 One 2026-11-14T07:00Z"},
		{"news with another prefix", "", news("n", `xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"`, "2026-11-14"), "1 One 2026-11-14T00:00Z"},
		{"news, prefix not declared", "", news("news", "", "2026-11-14T07:00:00Z"), "1 One 2026-11-14T07:00Z"},
		{"news with a strange date", "", news("news", "", "Sat, 14 Nov 2026 07:00:00 GMT"), "1 One 2026-11-14T07:00Z"},
		{"video's title is not the title", "", one(`<loc>/1</loc><video:video><video:title>V</video:title><video:publication_date>2020-01-01</video:publication_date></video:video>`), "1"},
		{"old name space", "", `<urlset xmlns="http://www.google.com/schemas/sitemap/0.84">` + two + `</urlset>`, "1\n2"},
		{"no name space", "", `<urlset>` + two + `</urlset>`, "1\n2"},
		{"after junk", "", "\n\nOK <?xml version=\"1.0\"?>" + open + two + "</urlset>", "1\n2"},
		{"after empty lines and a mark", "", "\ufeff\n" + open + two + "</urlset>", "1\n2"},
		{"as text/html", "text/html", open + two + "</urlset>", "1\n2"},
		{"bare ampersands", "", one("<loc>https://www.gazette.example/1?a=1&b=2&copy=3</loc>"), "1?a=1&b=2&copy=3"},
		{"control characters", "", one("<loc>https://www.gazette.example/1\x01</loc>") + "", "1"},
		{"a control character as a reference", "", open + "<url><loc>/1</loc><news:news><news:title>O&#1;ne</news:title></news:news></url><url><loc>/2</loc></url></urlset>", "1 One\n2"},
		{"a mismatched end", "", open + "<url><loc>/1</loc></ur><url><loc>/2</loc></url></urlset>", "1\n2"},
		{"an entry that is not closed", "", open + "<url><loc>/1</loc><url><loc>/2</loc></url></urlset>", "1\n2"},
		{"an address that is not closed", "", open + "<url><loc>/1</url><url><loc>/2</loc></url></urlset>", "1\n2"},
		{"HTML in between", "", open + "<br><url><loc>/1</loc></url><div class=x><url><loc>/2</loc></url></urlset>", "1\n2"},
		{"two roots", "", open + "<url><loc>/1</loc></url></urlset>" + open + "<url><loc>/2</loc></url></urlset>", "1\n2"},
		{"UTF-16", "", wide(binary.LittleEndian, true, open+two+"</urlset>"), "1\n2"},
		{"UTF-8 that says it is UTF-16", "", `<?xml version="1.0" encoding="utf-16"?>` + open + two + "</urlset>", "1\n2"},
		{"Latin-1", "", coded(`<?xml version="1.0" encoding="iso-8859-1"?>`+one("<loc>/1</loc><news:news><news:title>Été</news:title></news:news>"), charmap.ISO8859_1), "1 Été"},
		{"in capitals", "", "<URLSET><URL><LOC>/1</LOC></URL></URLSET>", "1"},
		{"packed text", "", string(packed([]byte("https://www.gazette.example/1\nhttps://www.gazette.example/2\n"))), "1\n2"},
		{"text with a mark and carriage returns", "text/plain", "\ufeffhttps://www.gazette.example/1\rhttps://www.gazette.example/2\r", "1\n2"},
		{"a feed in a sitemap's place", "", entryOf("<title>One</title><link>/1</link>"), "1 One"},
		{"cut off packed", "", cutOff(packed([]byte(open + two + strings.Repeat(" ", 5000)))), "1\n2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := readOne(tt); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
