package archive

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// What fewer than three pages have must not come into a dictionary.
func TestSharedHoldsNoPageOfItsOwn(t *testing.T) {
	head := "<html><head><link rel=stylesheet href=/assets/main.8f3a.css></head><body class=article><nav>Home Politics Sports Weather Letters</nav>"
	foot := "<footer>The Gazette, 12 Harbour Street. All rights reserved.</footer></body></html>"
	var pages [][]byte
	for i := range 6 {
		text := string(page(uint64(i), 4000))
		twins := ""
		if i < 2 {
			twins = "<p>Two pages tell of the lamp that went out in the old lighthouse.</p>"
		}
		pages = append(pages, []byte(head+fmt.Sprintf("<h1>Title %d</h1>", i)+text+twins+foot))
	}
	got := string(shared(pages, sharedRules{window: 24, pages: 3, max: 64 << 10}))
	for _, want := range []string{head, foot} {
		if !strings.Contains(got, want) {
			t.Errorf("the dictionary has not %q", want)
		}
	}
	if strings.Contains(got, "lighthouse") {
		t.Error("the dictionary has what only two pages share")
	}
	for n, p := range pages {
		for at := 0; at+24 <= len(p); at++ {
			in := 0
			for _, other := range pages {
				if bytes.Contains(other, p[at:at+24]) {
					in++
				}
			}
			if in < 3 && strings.Contains(got, string(p[at:at+24])) {
				t.Fatalf("the dictionary has %q of page %d", p[at:at+24], n)
			}
		}
	}
	if small := shared(pages, sharedRules{window: 24, pages: 3, max: 100}); len(small) > 100 {
		t.Errorf("%d bytes, 100 were allowed", len(small))
	}
	if none := shared([][]byte{nil, []byte("short")}, sharedRules{window: 24, pages: 1, max: 100}); len(none) != 0 {
		t.Errorf("%q out of nothing", none)
	}
}
