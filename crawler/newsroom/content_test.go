package newsroom

import (
	"slices"
	"strings"
	"testing"
)

func TestParseRefuses(t *testing.T) {
	const head = "title: T\nsection: news\npublished: Mon 06:00\n"
	tests := []struct{ name, text, want string }{
		{"no title", "section: news\npublished: Mon 06:00\n\nText", "missing"},
		{"unknown field", head + "colour: red\n\nText", "colour"},
		{"no field", head + "hello\n\nText", "field: value"},
		{"bad day", "title: T\nsection: news\npublished: Xyz 06:00\n\nText", "no such day"},
		{"bad clock", "title: T\nsection: news\npublished: Mon 26:00\n\nText", "Mon 26:00"},
		{"edit without kinds", head + "\nText\n\n@ Tue 10:00\ntitle: U", "kinds"},
		{"edit out of order", head + "\nText\n\n@ Mon 05:00 headline\ntitle: U", "not after"},
		{"edit of nothing", head + "\nText\n\n@ Tue 10:00 headline\ntitle: T", "nothing was changed"},
		{"words not there", head + "\nText\n\n@ Tue 10:00 numbers\nreplace: 3 => 4", "0 places"},
		{"words there twice", head + "\nText text 3 3\n\n@ Tue 10:00 numbers\nreplace: 3 => 4", "2 places"},
		{"no such block", head + "\nText\n\n@ Tue 10:00 removed\ndelete: Other", "no block"},
		{"two such blocks", head + "\nText\n\nText two\n\n@ Tue 10:00 removed\ndelete: Text", "two blocks"},
		{"furniture with text", head + "\nText\n\n@ Tue 10:00 furniture\ntitle: U", "leave the text alone"},
		{"unknown change", head + "\nText\n\n@ Tue 10:00 numbers\nburn: Text", "burn"},
	}
	for _, test := range tests {
		_, err := parse(press()[0], "x", test.text)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

func FuzzBlocks(f *testing.F) {
	for _, s := range []string{"A.\n\n## B\n\n> C\n\n- D\n\n- E", "##\n\n> ", "a\r\n\r\nb", "\n\n\n", "> > x", "-\u00a0x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := blocks(s)
		if again := blocks(source(once)); !slices.Equal(once, again) {
			t.Errorf("%q\nis   %q\nthen %q", s, once, again)
		}
		for _, b := range once {
			if b.Text == "" || b.Text != fold(b.Text) {
				t.Errorf("block %q of %q", b, s)
			}
		}
	})
}
