package render

import (
	"strings"
	"testing"
)

func TestShell(t *testing.T) {
	long := strings.Repeat("The harbour was closed after the storm. ", 40)
	for name, c := range map[string]struct {
		page string
		want bool
	}{
		"an empty root":          {`<!doctype html><title>Paper, the best of all papers</title><div id="root"></div><script src=/app.js></script>`, true},
		"a word in noscript":     {`<body><noscript>You need to enable JavaScript to run this app.</noscript><p>Loading…</p><script src=/app.js></script>`, true},
		"a custom element":       {`<app-root></app-root><script>` + long + `</script>`, true},
		"an article":             {`<div id="root"></div><article>` + long + `</article><script></script>`, false},
		"a full root":            {`<div id="app"><p>Nothing to see</p></div><script src=/app.js></script>`, false},
		"no scripts":             {`<div id="root"></div><noscript>enable JavaScript</noscript>`, false},
		"a short page":           {`<h1>404</h1><p>Not here.</p><script>stats()</script>`, false},
		"nothing":                {``, false},
		"an advertisement place": {`<div class="ad"></div><p>Short.</p><script></script>`, false},
	} {
		if got := Shell([]byte(c.page)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func FuzzShell(f *testing.F) {
	f.Add([]byte(`<div id=root></div><script>`))
	f.Add([]byte(`<noscript><div id=app><!--`))
	f.Fuzz(func(t *testing.T, page []byte) {
		if Shell(page) && !strings.Contains(strings.ToLower(string(page)), "<script") {
			t.Error("a page without scripts needs none")
		}
	})
}
