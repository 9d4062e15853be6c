package urlkey

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

func TestOf(t *testing.T) {
	tests := []struct{ name, raw, want string }{
		{"plain", "https://example.com/news/1", "com,example)/news/1"},
		{"root", "https://example.com", "com,example)/"},
		{"http and www", "http://www.example.com/news/1", "com,example)/news/1"},
		{"subdomain stays", "https://sport.example.co.uk/x", "uk,co,example,sport)/x"},
		{"www that is the site", "https://www.gov.uk/x", "uk,gov)/x"},
		{"www of a top level", "https://www.com/x", "com,www)/x"},
		{"case of host only", "HTTPS://Example.COM/News", "com,example)/News"},
		{"default ports", "http://example.com:80/a", "com,example)/a"},
		{"default port of the other scheme", "http://example.com:443/a", "com,example:443)/a"},
		{"port", "http://example.com:8080/a", "com,example:8080)/a"},
		{"IPv4", "http://127.0.0.3:8080/a", "127.0.0.3:8080)/a"},
		{"IPv4 as a number", "http://2130706433/a", "127.0.0.1)/a"},
		{"IPv6", "http://[::1]:8080/a", "[::1]:8080)/a"},
		{"one label", "http://localhost:8080/a", "localhost:8080)/a"},
		{"last dot of the host", "http://example.com./a", "com,example)/a"},
		{"punycode", "https://www.süddeutsche.example/politik", "example,xn--sddeutsche-9db)/politik"},
		{"punycode already", "https://www.xn--sddeutsche-9db.example/politik", "example,xn--sddeutsche-9db)/politik"},
		{"fragment", "https://example.com/a#top", "com,example)/a"},
		{"fragment as Echobox writes it", "https://example.com/a#Echobox=1700000000", "com,example)/a"},

		{"utm", "https://example.com/a?utm_source=x&utm_medium=y&id=7&utm_term=", "com,example)/a?id=7"},
		{"click ids", "https://example.com/a?fbclid=1&gclid=2&msclkid=3", "com,example)/a"},
		{"names in capitals", "https://example.com/a?CMP=share_btn&UTM_Source=x", "com,example)/a"},
		{"French xtor", "https://example.com/a.html#xtor=RSS-1", "com,example)/a.html"},
		{"xtor in query", "https://example.com/a.html?xtor=RSS-1", "com,example)/a.html"},
		{"German wt_mc", "https://example.com/a-1.html?wt_mc=rss.red.x", "com,example)/a-1.html"},
		{"ref to a feed", "https://example.com/a?ref=rss", "com,example)/a"},
		{"ref that chooses", "https://example.com/a?ref=chapter-2", "com,example)/a?ref=chapter-2"},
		{"source that chooses", "https://example.com/a?source=reuters", "com,example)/a?source=reuters"},
		{"order", "https://example.com/a?b=2&a=1", "com,example)/a?a=1&b=2"},
		{"empties", "https://example.com/a?&&b=2&&c=&", "com,example)/a?b=2"},
		{"order where a piece has no name", "https://example.com/a?story&b=2&a=1", "com,example)/a?story&b=2&a=1"},
		{"hashbang", "https://example.com/#!/news/1", "com,example)/#!/news/1"},
		{"hashbang that leads nowhere", "https://example.com/a#!", "com,example)/a"},
		{"bytes that are not UTF-8", "https://example.com/\xe9t\xe9?q=\xcf", "com,example)/%E9t%E9?q=%CF"},
		{"empty query", "https://example.com/a?", "com,example)/a"},
		{"nameless parameter is the page", "https://example.com/story?12345", "com,example)/story?12345"},
		{"repeated parameter", "https://example.com/a?x=1&x=2", "com,example)/a?x=1&x=2"},

		{"jsessionid in path", "https://example.com/a;jsessionid=AB12.node1?id=3", "com,example)/a?id=3"},
		{"matrix parameter stays", "https://example.com/a;v=2/b", "com,example)/a;v=2/b"},
		{"PHPSESSID", "https://example.com/a?id=3&PHPSESSID=0af5d1", "com,example)/a?id=3"},
		{"ASP", "https://example.com/a?ASPSESSIONIDQQ=x", "com,example)/a"},
		{"sid that is a session", "https://example.com/a?sid=4f9a0b1c2d3e4f5a6b7c8d9e0f", "com,example)/a"},
		{"sid that is a story", "https://example.com/a?sid=20261101", "com,example)/a?sid=20261101"},

		{"trailing slash", "https://example.com/news/story/", "com,example)/news/story"},
		{"index page", "https://example.com/news/index.html", "com,example)/news"},
		{"index page of the site", "https://example.com/index.php", "com,example)/"},
		{"index page with query", "https://example.com/index.php?id=5", "com,example)/?id=5"},
		{"default.aspx", "https://example.com/de/Default.aspx", "com,example)/de"},
		{"not an index", "https://example.com/index-2026.html", "com,example)/index-2026.html"},
		{"double slashes", "https://example.com//a///b", "com,example)/a/b"},
		{"dot segments", "https://example.com/x/../a/./b", "com,example)/a/b"},
		{"escaped dot segments", "https://example.com/x/%2e%2E/a", "com,example)/a"},
		{"backslashes", `https:\\example.com\a\b`, "com,example)/a/b"},
		{"spaces and line breaks around", " \thttps://example.com/\na \n", "com,example)/a"},

		{"escape of a letter", "https://example.com/%61%7e", "com,example)/a~"},
		{"case of escapes", "https://example.com/caf%c3%a9", "com,example)/caf%C3%A9"},
		{"no escape", "https://example.com/café", "com,example)/caf%C3%A9"},
		{"escaped comma", "https://example.com/art%2C1%2C2.html", "com,example)/art,1,2.html"},
		{"escaped slash means another path", "https://example.com/a%2Fb", "com,example)/a%2Fb"},
		{"escape of a per cent sign", "https://example.com/a%252Fb", "com,example)/a%252Fb"},
		{"stray per cent sign", "https://example.com/50%", "com,example)/50%25"},
		{"bar", "https://example.com/a|b", "com,example)/a%7Cb"},

		{"AMP directory", "https://www.example.com/2026/11/story/amp/", "com,example)/2026/11/story"},
		{"AMP directory first", "https://example.com/amp/news/story-1", "com,example)/news/story-1"},
		{"AMP host", "https://amp.example.com/news/story-1", "com,example)/news/story-1"},
		{"AMP ending", "https://example.com/news/story.amp", "com,example)/news/story"},
		{"AMP ending before html", "https://example.com/news/story.amp.html", "com,example)/news/story.html"},
		{"AMP parameter", "https://example.com/news/story?amp", "com,example)/news/story"},
		{"AMP output", "https://example.com/news/story?outputType=amp&id=1", "com,example)/news/story?id=1"},
		{"AMP is the section", "https://example.com/amp", "com,example)/amp"},
		{"AMP in a word", "https://example.com/ampere", "com,example)/ampere"},
		{"AMP of Google", "https://www.google.com/amp/s/www.example.com/news/story.amp", "com,example)/news/story"},
		{"AMP cache", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/news/story/amp/?usqp=mq3", "com,example)/news/story"},
		{"search at Google", "https://www.google.com/search?q=amp", "com,google)/search?q=amp"},
		{"mobile host", "https://m.example.com/news/1", "com,example)/news/1"},
		{"mobile and www", "https://www.m.example.com/news/1", "com,example)/news/1"},
		{"m is the site", "https://m.com/news", "com,m)/news"},
		{"m is the site under a suffix", "https://m.co.uk/news", "uk,co,m)/news"},
		{"print directory", "https://example.com/news/story-17/print", "com,example)/news/story-17"},
		{"print is a section", "https://example.com/print/", "com,example)/print"},
		{"print parameter", "https://example.com/story?id=4&print=1", "com,example)/story?id=4"},
		{"print that is a number", "https://example.com/story?print=77", "com,example)/story?print=77"},
		{"all on one page", "https://example.com/story?page=all", "com,example)/story"},
		{"second page", "https://example.com/story?page=2", "com,example)/story?page=2"},
		{"AMP and print and index", "https://m.example.com/story/amp/index.html?print=true", "com,example)/story"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Of(tt.raw)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("Of(%q)\n got %s\nwant %s", tt.raw, got, tt.want)
			}
		})
	}
}

func TestClean(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"http://www.Example.com:80/a/../b?utm_source=x&z=1&a=2#c", "http://www.example.com/b?z=1&a=2"},
		{"https://m.example.com/story/amp/", "https://m.example.com/story/amp/"},
		{"https://example.com/story?amp=1&print=", "https://example.com/story?amp=1&print="},
		{"https://example.com", "https://example.com/"},
		{"https://example.com/a,b?c=d,e", "https://example.com/a,b?c=d,e"},
		{"https://example.com/a%2Cb", "https://example.com/a%2Cb"},
		{"https://example.com/été?mot=été", "https://example.com/%C3%A9t%C3%A9?mot=%C3%A9t%C3%A9"},
		{"https://example.com/a b|c?d e", "https://example.com/a%20b%7Cc?d%20e"},
		{"https://example.com/a;jsessionid=1/", "https://example.com/a/"},
		{"https://example.com./a", "https://example.com/a"},
		{"http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"},
		{"http://0x7f.1/a", "http://127.0.0.1/a"},
	}
	for _, tt := range tests {
		got, err := Clean(tt.raw)
		if err != nil || got != tt.want {
			t.Errorf("Clean(%q)\n got %s, %v\nwant %s", tt.raw, got, err, tt.want)
		}
	}
}

func TestCleanRefuses(t *testing.T) {
	for _, raw := range []string{
		"", "   ", "/relative", "news/1", "//example.com/a", "ftp://example.com/a", "file:///etc/passwd",
		"javascript:void(0)", "mailto:a@example.com", "data:text/html,x", "tel:+33", "https://", "https:///",
		"https://user@example.com/", "https://user:pw@example.com/", "http://[::1", "http://a b/",
		"https://example.com:99999/", "https://./", "https://.example.com/", "https://a..example/",
		"https://xn--a-\uFFFD.example/", "https://example.com/" + strings.Repeat("a", 4000),
		"https://example.com/" + strings.Repeat("é", 1000), "https://" + strings.Repeat("a.", 127) + "com/",
	} {
		if got, err := Clean(raw); !errors.Is(err, ErrURL) {
			t.Errorf("Clean(%.60q) = %q, %v; want ErrURL", raw, got, err)
		}
		if got, err := Of(raw); !errors.Is(err, ErrURL) {
			t.Errorf("Of(%.60q) = %q, %v; want ErrURL", raw, got, err)
		}
	}
}

func TestResolve(t *testing.T) {
	const base = "https://www.example.com/news/today/index.html?x=1"
	tests := []struct{ ref, want string }{
		{"story-1.html", "https://www.example.com/news/today/story-1.html"},
		{"/a?utm_campaign=b", "https://www.example.com/a"},
		{"../b", "https://www.example.com/news/b"},
		{"//cdn.example.com/c", "https://cdn.example.com/c"},
		{"?page=2", "https://www.example.com/news/today/index.html?page=2"},
		{"#top", base},
		{" /a\n/b ", "https://www.example.com/a/b"},
		{"http://other.example/", "http://other.example/"},
	}
	for _, tt := range tests {
		got, err := Resolve(base, tt.ref)
		if err != nil || got != tt.want {
			t.Errorf("Resolve(%q) = %s, %v; want %s", tt.ref, got, err, tt.want)
		}
	}
	for base, want := range map[string]string{
		"http://127.0.0.1:8080/x/": "http://127.0.0.1:8080/x/%C3%A9", "http://[::1]/": "http://[::1]/%C3%A9", "http://localhost/": "http://localhost/%C3%A9",
	} {
		if got, err := Resolve(base, "é"); err != nil || got != want {
			t.Errorf("Resolve(%q, é) = %s, %v; want %s", base, got, err, want)
		}
	}
	for _, ref := range []string{"javascript:alert(1)", "mailto:x@y.z", "https://", "data:,x", "file:/etc/passwd"} {
		if got, err := Resolve(base, ref); !errors.Is(err, ErrURL) {
			t.Errorf("Resolve(%q) = %q, %v; want ErrURL", ref, got, err)
		}
	}
}

func TestGroup(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"https://www.sport.example.co.uk/a", "example.co.uk"},
		{"http://example.com:8080/a", "example.com"},
		{"https://paper.blogspot.com/", "paper.blogspot.com"},
		{"https://co.uk/", "co.uk"},
		{"http://127.0.0.3:8080/", "127.0.0.3:8080"},
		{"http://127.0.0.3/", "127.0.0.3:80"},
		{"https://[::1]/", "[::1]:443"},
		{"http://localhost/", "localhost:80"},
	}
	for _, tt := range tests {
		got, err := Group(tt.raw)
		if err != nil || got != tt.want {
			t.Errorf("Group(%q) = %q, %v; want %q", tt.raw, got, err, tt.want)
		}
	}
	if _, err := Group("nowhere"); !errors.Is(err, ErrURL) {
		t.Errorf("Group of no URL: %v", err)
	}
}

func TestID(t *testing.T) {
	a, b := Key("com,example)/a").ID(), Key("com,example)/b").ID()
	if len(a) != 16 || a == b || a != Key("com,example)/a").ID() {
		t.Errorf("IDs %q, %q", a, b)
	}
}

// Whatever comes in, a cleaned URL is clean, absolute and names the same page.
func FuzzOf(f *testing.F) {
	for _, s := range []string{
		"https://www.example.com/a/amp/?utm_source=x&amp=1#y", "http://[::1]:80/%zz;jsessionid=3",
		"https://www.google.com/amp/s/a.b/amp/amp.amp.html", "http://ex.com/%2f%2e?a=%26&&=&%3d",
		"https://x-y.cdn.ampproject.org/c/s/m.www.b.c/index.html/amp/", "//a", "http://a.b/ü?ü=%C3",
		"http://www.m.www.co.uk/;;sid=1;/", "http://a.b/%25%32%35?%2541", "/a/../b?c#d", "/./x", "http://127.0.0.1:8080/a", "http://a.b:0443/", "/\\x", "/a\tb",
		"http://a.b/#!/\xe9?%zz#!/", "http://a.b/(S(aaaaaaaaaaaaaaaaaaaaaaaa))/(X(1)S(aaaaaaaaaaaaaaaaaaaaaaaa))/x?b=1&a=2&b=0", "http://a.b/1/amp/2/print~amp.html", "http://-0", "http://a.-0x1/",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, base := range []string{"", "https://news.example:8080/a/b?c", "http://127.0.0.1/"} {
			if quick, ok := split(base, raw); ok {
				slow, err := parseSlowly(base, raw)
				if err != nil || quick != slow {
					t.Fatalf("split(%q, %q) = %+v, the parser says %+v, %v", base, raw, quick, slow, err)
				}
			}
		}
		key, err := Of(raw)
		clean, cleanErr := Clean(raw)
		if (err == nil) != (cleanErr == nil) {
			t.Fatalf("Of: %v, Clean: %v", err, cleanErr)
		}
		if err != nil {
			if !errors.Is(err, ErrURL) {
				t.Fatalf("undocumented error %v", err)
			}
			return
		}
		if !strings.HasPrefix(clean, "http://") && !strings.HasPrefix(clean, "https://") || strings.ContainsAny(strings.Replace(clean, "#!/", "", 1), "# \n") {
			t.Fatalf("Clean = %q", clean)
		}
		again, err := Clean(clean)
		if err != nil || again != clean {
			t.Fatalf("Clean(%q) = %q, %v", clean, again, err)
		}
		if k, err := Of(clean); err != nil || k != key {
			t.Fatalf("Of(%q) = %q, of %q it is %q (%v)", clean, k, raw, key, err)
		}
		if u, err := whatwg.Parse(raw); err == nil && utf8.ValidString(raw) && len(u.Href(false)) <= maxLength {
			if k, err := Of(u.Href(false)); err != nil || k != key {
				t.Fatalf("a browser makes %q of %q, whose key is %q and not %q (%v)", u.Href(false), raw, k, key, err)
			}
		}
		if !strings.Contains(string(key), ")/") {
			t.Fatalf("Key %q has no path", key)
		}
		if r, err := Resolve("http://base.example/", clean); err != nil || r != clean {
			t.Fatalf("Resolve(%q) = %q, %v", clean, r, err)
		}
		if _, err := Group(clean); err != nil {
			t.Fatalf("Group: %v", err)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	for b.Loop() {
		if _, err := Of("https://www.example.com/politics/2026/11/14/a-fairly-long-headline-slug-1234567.html?utm_source=rss&utm_medium=feed"); err != nil {
			b.Fatal(err)
		}
	}
}
