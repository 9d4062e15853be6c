package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"pressmark/archive"
	"pressmark/extract/urlkey"
)

// Two pages whose IDs begin alike: the short prefix names both and opens none.
func TestAmbiguousID(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	store, err := archive.Create(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	prefix := ""
	for i := 0; prefix == ""; i++ {
		u := fmt.Sprintf("https://www.example.org/%d", i)
		key, err := urlkey.Of(u)
		if err != nil {
			t.Fatal(err)
		}
		short := key.ID()[:4]
		if other := known[short]; other != "" {
			for _, u := range []string{other, u} {
				if _, err := store.Append(t.Context(), archive.Capture{URL: u, Status: 200, Body: []byte(u)}); err != nil {
					t.Fatal(err)
				}
			}
			prefix = short
		}
		known[short] = u
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	var out, talk bytes.Buffer
	code := execute(context.Background(), []string{"-a", dir, "show", prefix}, nil, &out, &talk)
	if code != exitFailed || out.Len() > 0 || !strings.Contains(talk.String(), "write more digits") || strings.Count(talk.String(), "example") < 2 {
		t.Errorf("exit %d, %q, %q", code, out.String(), talk.String())
	}
}

// What a terminal shows holds no control character but the colours that style
// put there, however the text is cut into writes.
func FuzzTerminal(f *testing.F) {
	f.Add("plain", 3)
	f.Add("\x1b[31mred\x1b]0;title\x07 \u009b31m \u202e\u2066", 5)
	f.Add("\ufdd031\ufdd1x\ufdd0", 2)
	f.Add("caf\u00e9 \xc2", 4)
	f.Fuzz(func(t *testing.T, text string, cut int) {
		cut = min(max(cut, 0), len(text))
		for _, mode := range []string{"never", "always"} {
			var b bytes.Buffer
			term := newTerminal(&b, mode)
			fmt.Fprint(term, text[:cut])
			fmt.Fprint(term, text[cut:])
			fmt.Fprint(term, "end", term.style(red, clean(text)))
			shown := b.String()
			if strings.ContainsFunc(strings.ReplaceAll(shown, "\x1b[", ""), control) || mode == "never" && strings.Contains(shown, "\x1b") {
				t.Errorf("%q is shown as %q", text, shown)
			}
			if keep := clean(text); !strings.ContainsAny(text, "\ufdd0\ufdd1") && !strings.Contains(shown, keep) {
				t.Errorf("%q lost more than its control characters: %q", text, shown)
			}
			b.Reset()
			if err := object(&b, map[string]string{"x": text}); err != nil {
				t.Fatal(err)
			}
			if strings.ContainsFunc(b.String(), control) {
				t.Errorf("%q is printed as %q", text, b.String())
			}
		}
	})
}

func TestCount(t *testing.T) {
	for want, got := range map[string]string{
		"1 page": count(1, "page"), "2 pages": count(2, "page"), "0 copies": count(0, "copy"), "2 days": count(2, "day"), "11.8 s": apart(11.762872665), "2 s": apart(2), "3 pieces of text": count(3, "piece of text"), "1,234 stories": count(1234, "story"),
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestFold(t *testing.T) {
	red := func(s string) string {
		return string(sgrOpen) + "31" + string(sgrClose) + s + string(sgrOpen) + "0" + string(sgrClose)
	}
	for _, x := range []struct{ text, want string }{
		{"", ""},
		{"short\n", "short\n"},
		{"one two three four five\nsix\n", "one two three four\nfive\nsix\n"},
		{"  one two three four five", "  one two three four\n  five"},
		{"id  one two three four\n", "id  one two three\n    four\n"},
		{"a  b  one two three four\n", "a  b  one two three\n      four\n"},
		{"id  averyveryverylongwordindeed\n", "id  averyveryverylongwordindeed\n"},
		{"id  averyveryverylongwordindeed and more\n", "id  averyveryverylongwordindeed\n    and more\n"},
		{"averyveryverylongwordindeed and more\n", "averyveryverylongwordindeed\nand more\n"},
		{red("one two three four five"), string(sgrOpen) + "31" + string(sgrClose) + "one two three four\nfive" + string(sgrOpen) + "0" + string(sgrClose)},
		{"東京 東京 東京 東京 東京\n", "東京 東京 東京 東京\n東京\n"},
	} {
		if got := foldLines(x.text, 20); got != x.want {
			t.Errorf("%q folds to %q, not %q", x.text, got, x.want)
		}
	}
}
