package discover

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const base = "https://www.gazette.example/feeds/all.xml"

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func inCharset(t testing.TB, cm *charmap.Charmap, s string) []byte {
	t.Helper()
	b, err := cm.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const rss2 = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>The Gazette</title><link>https://www.gazette.example/</link><ttl>15</ttl>
<item><title>Ferry &amp; fog</title><link>https://www.gazette.example/news/ferry?utm_source=rss</link>
<pubDate>Sat, 14 Nov 2026 08:30:00 +0100</pubDate><description>&lt;p&gt;x&lt;/p&gt;</description></item>
<item><title><![CDATA[The <em>second</em> story]]></title><link>/news/second#comments</link><guid isPermaLink="false">77</guid></item>
<item><title>The same again</title><link>https://www.gazette.example/news/ferry</link></item>
<item><title>Only a GUID</title><guid>https://www.gazette.example/news/third</guid></item>
<item><title>No link</title></item>
<item><title>Bad link</title><link>javascript:alert(1)</link></item>
</channel></rss>`

func TestParseFeeds(t *testing.T) {
	gazette := []Link{
		{URL: "https://www.gazette.example/news/ferry", Title: "Ferry & fog", Kind: Page, Published: at("2026-11-14T07:30:00Z")},
		{URL: "https://www.gazette.example/news/second", Title: "The second story", Kind: Page},
		{URL: "https://www.gazette.example/news/third", Title: "Only a GUID", Kind: Page},
	}
	one := []Link{{URL: "https://www.gazette.example/a", Title: "Été", Kind: Page}}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(
		[]byte(`<?xml version="1.0" encoding="utf-16"?><rss><channel><item><title>Été</title><link>/a</link></item></channel></rss>`))
	if err != nil {
		t.Fatal(err)
	}
	small := func(declared string) string {
		return `<?xml version="1.0" encoding="` + declared + `"?><rss version="2.0"><channel><item><title>Été</title><link>/a</link></item></channel></rss>`
	}
	tests := []struct {
		name, ctype string
		body        []byte
		want        Found
	}{
		{"RSS 2.0", "application/rss+xml", []byte(rss2),
			Found{Format: "rss", Title: "The Gazette", TTL: 15 * time.Minute, Links: gazette}},
		{"packed", "application/gzip", packed([]byte(rss2)),
			Found{Format: "rss", Title: "The Gazette", TTL: 15 * time.Minute, Links: gazette}},
		{"packed twice", "", packed(packed([]byte(rss2))),
			Found{Format: "rss", Title: "The Gazette", TTL: 15 * time.Minute, Links: gazette}},
		{"after a warning of PHP", "text/html", []byte("<br />\n<b>Warning</b>: x() in <b>/var/www/feed.php</b> on line 3\n" + rss2),
			Found{Format: "rss", Title: "The Gazette", TTL: 15 * time.Minute, Links: gazette}},
		{"RSS 0.91", "text/xml", []byte(`<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title><item><title>Été</title><link>https://www.gazette.example/a</link></item></channel></rss>`),
			Found{Format: "rss", Title: "Old", Links: one}},
		{"RSS 1.0", "application/rdf+xml", []byte(`<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="x"><title>RDF</title><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>
<item rdf:about="https://www.gazette.example/a"><title>Été</title><link>https://www.gazette.example/a</link><dc:date>2026-11-14T08:00:00Z</dc:date></item></rdf:RDF>`),
			Found{Format: "rss", Title: "RDF", TTL: 6 * time.Hour, Links: []Link{{URL: one[0].URL, Title: "Été", Kind: Page, Published: at("2026-11-14T08:00:00Z")}}}},
		{"Atom", "application/atom+xml", []byte(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.gazette.example/base/"><title>Wire</title>
<entry><title type="html">A &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt; claim</title><link rel="self" href="/self"/><link rel="alternate" href="a?utm_medium=feed"/>
<published>2026-11-14T08:00:00Z</published><updated>2026-11-14T09:00:00+01:00</updated></entry></feed>`),
			Found{Format: "atom", Title: "Wire", Links: []Link{{URL: "https://www.gazette.example/base/a", Title: "A <b>bold</b> claim", Kind: Page,
				Published: at("2026-11-14T08:00:00Z"), Modified: at("2026-11-14T08:00:00Z")}}}},
		{"JSON Feed", "application/json", []byte(`{"version":"https://jsonfeed.org/version/1.1","title":"Spin","items":[
{"id":"1","url":"https://www.gazette.example/a","title":"Été","date_published":"2026-11-14T08:00:00Z"},{"id":"2","content_text":"no url"}]}`),
			Found{Format: "json", Title: "Spin", Links: []Link{{URL: one[0].URL, Title: "Été", Kind: Page, Published: at("2026-11-14T08:00:00Z")}}}},
		{"FeedBurner", "", []byte(`<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><title>Été</title>
<link>https://feedproxy.example/~r/1</link><feedburner:origLink>https://www.gazette.example/a?utm_source=feedburner</feedburner:origLink></item></channel></rss>`),
			Found{Format: "rss", Links: one}},
		{"no entries", "", []byte(`<rss><channel><title>Quiet</title></channel></rss>`),
			Found{Format: "rss", Title: "Quiet", Why: "the feed has no entries"}},
		{"no usable link", "", []byte(`<rss><channel><item><title>x</title><link>mailto:a@example.com</link></item></channel></rss>`),
			Found{Format: "rss", Why: "none of the feed's 1 entries has a usable link"}},
		{"TTL beyond reason", "", []byte(`<rss><channel><ttl>99999999</ttl><item><title>Été</title><link>/a</link></item></channel></rss>`),
			Found{Format: "rss", TTL: maxTTL, Links: one}},
		{"date of a broken clock", "", []byte(`<rss><channel><item><title>Été</title><link>/a</link><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item></channel></rss>`),
			Found{Format: "rss", Links: one}},

		{"ISO-8859-1 declared", "text/xml", inCharset(t, charmap.ISO8859_1, small("iso-8859-1")), Found{Format: "rss", Links: one}},
		{"windows-1252 declared as UTF-8", "text/xml; charset=utf-8", inCharset(t, charmap.Windows1252, small("utf-8")), Found{Format: "rss", Links: one}},
		{"UTF-8 declared as ISO-8859-1", "text/xml; charset=iso-8859-1", []byte(small("iso-8859-1")), Found{Format: "rss", Links: one}},
		{"ISO-8859-15 by the header", "text/xml; charset=iso-8859-15", inCharset(t, charmap.ISO8859_15, small("utf-8")), Found{Format: "rss", Links: one}},
		{"UTF-8 with a letter cut in two", "text/xml", []byte(strings.Replace(small("utf-8"), "Été", "Été élevé \xc3", 1)),
			Found{Format: "rss", Links: []Link{{URL: one[0].URL, Title: "Été élevé \ufffd", Kind: Page}}}},
		{"unknown charset", "text/xml; charset=latin-99", inCharset(t, charmap.Windows1252, small("x-unknown")), Found{Format: "rss", Links: one}},
		{"UTF-8 with a mark", "", append([]byte("\xef\xbb\xbf"), small("utf-8")...), Found{Format: "rss", Links: one}},
		{"UTF-16", "", utf16, Found{Format: "rss", Links: one}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.body, tt.ctype, base)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Of a broken feed, what can be told apart is kept, and the Why says that
// something was wrong.
func TestBrokenFeeds(t *testing.T) {
	item := func(n int) string {
		return fmt.Sprintf("<item><title>Été & %d</title><link>https://www.gazette.example/%d</link><pubDate>Sat, 14 Nov 2026 08:30:00 GMT</pubDate></item>", n, n)
	}
	tests := []struct {
		name, body string
		urls       string
		broken     bool
	}{
		{"bare ampersands and entities of HTML", "<rss><channel>" + strings.ReplaceAll(item(1), "&", "&nbsp;& ") + item(2) + "</channel></rss>", "1 2", false},
		{"cut off", "<rss><channel>" + item(1) + item(2) + "<item><title>Half", "1 2", true},
		{"cut off in a CDATA section", "<rss><channel>" + item(1) + "<item><link>https://www.gazette.example/2</link><description><![CDATA[<p>half", "1 2", true},
		{"tags crossed", "<rss><channel>" + item(1) + "<item><title>x</link></title><link>https://www.gazette.example/2</link></item></rss>", "1 2", true},
		{"control bytes", "<rss><channel>" + strings.ReplaceAll(item(1), "Été", "É\x0bt\x00é") + "</channel></rss>", "1", false},
		{"HTML not escaped", "<rss><channel><item><title>a</title><link>https://www.gazette.example/1</link><description><p>a<br>b<img src=x></description></item>" + item(2) + "</channel></rss>", "1 2", false},
		{"nested without end", "<rss><channel>" + item(1) + strings.Repeat("<x:a xmlns:x='u'>", 100_000), "1", true},
		{"nested, of one name space", "<rss><channel>" + item(1) + strings.Repeat("<a>", 100_000), "1", true},
		{"a million laughs", `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><title>&c;</title>` + item(1) + "</channel></rss>", "1", false},
		{"a file as an entity", `<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><title>&f;</title>` + item(1) + "</channel></rss>", "1", false},
		{"Atom cut off", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><link rel="alternate" href="https://www.gazette.example/1"/><updated>2026-11-14T08:00:00Z</updated></entry><entry><title>b`, "1", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse([]byte(tt.body), "text/xml", base)
			if err != nil {
				t.Fatal(err)
			}
			var urls []string
			for _, l := range got.Links {
				urls = append(urls, strings.TrimPrefix(l.URL, "https://www.gazette.example/"))
				if len(l.Title) > maxTitle || strings.Contains(l.Title, "root:") {
					t.Errorf("title %q", l.Title)
				}
			}
			if strings.Join(urls, " ") != tt.urls || strings.Contains(got.Why, "broken") != tt.broken {
				t.Errorf("links %q, why %q; want %q, broken %v", urls, got.Why, tt.urls, tt.broken)
			}
		})
	}
	got, err := Parse([]byte("<rss><channel>"+item(7)+"<item>"), "", base)
	want := []Link{{URL: "https://www.gazette.example/7", Title: "Été & 7", Kind: Page, Published: at("2026-11-14T08:30:00Z")}}
	if diff := cmp.Diff(want, got.Links); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ body, says string }{
		{"", "empty"},
		{" \r\n\t ", "empty"},
		{"%PDF-1.7 ...", "PDF"},
		{"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"},
		{"hello, world", "hello"},
		{`{"error":"not found"}`, "no JSON Feed"},
		{`{"version":"https://jsonfeed.org/version/1","items":[`, "broken JSON"},
		{`<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>`, `"svg"`},
		{`<?xml version="1.0"?><soap:Envelope/>`, `"envelope"`},
		{"\x1f\x8b\x08", "gzip"},
		{"<!-- no end", "begins with"},
	} {
		_, err := Parse([]byte(tt.body), "", base)
		if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("Parse(%.30q): %v, want it to say %q", tt.body, err, tt.says)
		}
	}
	bomb := packed(packed(make([]byte, 1<<20)))
	if _, err := unpack(bomb, 1<<20-1); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "larger") {
		t.Errorf("bomb: %v", err)
	}
	if b, err := unpack(bomb, 1<<20); err != nil || len(b) != 1<<20 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	half := packed([]byte(rss2))
	if b, err := unpack(half[:len(half)-20], 1<<20); err != nil || !strings.HasPrefix(rss2, string(b)) {
		t.Errorf("half a gzip: %q, %v", b, err)
	}
}
