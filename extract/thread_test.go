package extract

import (
	"fmt"
	"strings"
	"testing"
)

// TestThread sets below one article what readers wrote, in several makes and
// languages, with names of elements that tell nothing.
func TestThread(t *testing.T) {
	for _, c := range []struct{ name, entry, form string }{
		{"a list", `<li class="k%d"><div><div><b>%s</b></div><div><a href="#c-%d">4 March 2026 at 10:0%d</a></div></div><p>%s</p><div><a href="?r=1">Reply</a></div></li>`, "<ol>%s</ol>"},
		{"boxes", `<div class="k%d"><div class="n"><a href="/u">%s</a></div><div class="d%d">3 दिन पहले 07:5%d</div><div class="t">%s</div><div>जवाब दें</div></div>`, "<div>%s</div>"},
		{"one line of name and date", `<li class="k%d"><div><a href="/u">%s</a> <a href="/2026/ice#c-10%d">2026年3月4日 10:0%d</a></div><p>%s</p></li>`, "<ul>%s</ul>"},
		{"with a form in each", `<div class="k%d"><p>%s</p><p>12.%d.2026, 1%d:12</p><form><button>+</button><label>ნიშანი</label></form><div><p>%s</p></div></div>`, "<section>%s</section>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var entries strings.Builder
			for i, name := range []string{"Berit Lund", "Olav", "snowgoose7", "კნუტ ვიკი"} {
				fmt.Fprintf(&entries, c.entry, i%2, name, i+1, i, "I was on the ice that day and saw no smith at all, whatever the paper says, number "+string(rune('A'+i))+".")
			}
			page := `<!doctype html><title>Ferry waits for a smith</title><body><div class="a"><h1>Ferry waits for a smith</h1><div class="b">` + story +
				`</div></div><div class="c"><h3>4</h3>` + fmt.Sprintf(c.form, entries.String()) + `</div>`
			a := Extract(Page{URL: "https://harbour.example/2026/ferry", Body: []byte(page)})
			for _, s := range []string{"ice had bent", "voted forty crowns", "goes by sledge"} {
				if !strings.Contains(a.Text(), s) {
					t.Errorf("lost: %q", s)
				}
			}
			if strings.Contains(a.Text(), "saw no smith") || strings.Contains(a.Text(), "snowgoose") {
				t.Errorf("kept what readers wrote:\n%s", a.Text())
			}
		})
	}
}

// On a forum's page what the members wrote is the text, below the first post too.
func TestThreadOfAForum(t *testing.T) {
	entry := `<li class="k"><div><b>%s</b></div><div><a href="#c-%d">4 March 2026 at 10:0%d</a></div><p>%s</p><div><a href="?r=1">Reply</a></div></li>`
	page := `<!doctype html><title>Ferry waits for a smith</title><body><h1>Ferry waits for a smith</h1><div class="b">` + story + `</div><ol>` +
		fmt.Sprintf(entry, "Berit", 1, 1, "I was on the ice that day and saw no smith at all, whatever you say. "+strings.Repeat("There was a sledge, and a goose that sat on it. ", 5)) + fmt.Sprintf(entry, "Olav", 2, 2, "He had gone home by then, with his hammer and with both of my geese. "+strings.Repeat("The third is still on the sledge. ", 8)) + `</ol>`
	a := Extract(Page{URL: "https://forum.harbour.example/threads/ferry.12", Body: []byte(page)})
	for _, s := range []string{"ice had bent", "saw no smith", "both of my geese"} {
		if !strings.Contains(a.Text(), s) {
			t.Errorf("lost: %q", s)
		}
	}
}
