package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var livePosts = []struct{ at, head, text string }{
	{"2026-05-04T14:20:00+02:00", "Ferry back in harbour", "The night ferry has reached the harbour with all of its forty passengers, the pilot said, and none of them is hurt."},
	{"2026-05-04T11:05:00+02:00", "", "Gusts of ninety kilometres an hour were measured at the lighthouse, which is more than the old quay was built for."},
	{"2026-05-04T08:30:00+02:00", "Quay closed", "The harbour board has closed the northern quay, because waves were breaking over its wall since the early morning."},
	{"2026-05-03T23:50:00+02:00", "", "A first tree has fallen across the road to Lind, and the fire brigade asks everyone to stay at home until noon."},
}

// livePage writes the posts as some site would.
func livePage(head, title string, post func(at, head, text string) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<html lang="en"><head><title>%s</title>%s</head><body><nav><a href="/">Home</a></nav><main><h1>%s</h1>
<p>A storm has reached the coast of Holm. We report what happens at the harbour, hour by hour, until the wind has gone.</p><div>`, title, head, title)
	for _, p := range livePosts {
		b.WriteString(post(p.at, p.head, p.text))
	}
	b.WriteString(`</div></main><section class="comments"><div class="c"><time>14:22</time><p>I have never seen such a storm in all of my life, and I am eighty.</p></div></section></body></html>`)
	return b.String()
}

func TestLive(t *testing.T) {
	heading := func(s string) string {
		if s == "" {
			return ""
		}
		return "<h2>" + s + "</h2>"
	}
	var updates []string
	for _, p := range livePosts {
		updates = append(updates, fmt.Sprintf(`{"@type":"BlogPosting","headline":%q,"datePublished":%q,"articleBody":%q}`, p.head, p.at, p.text))
	}
	const said = `<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Storm over Holm","datePublished":"2026-05-03T20:00:00+02:00","dateModified":"2026-05-04T14:20:00+02:00"%s}</script>`
	for name, page := range map[string]string{
		"JSON-LD and time elements": livePage(fmt.Sprintf(said, ""), "Storm over Holm", func(at, head, text string) string {
			return fmt.Sprintf(`<article class="entry"><time datetime="%s">%s</time><span>Key event</span>%s<p>%s</p><div><a href="#">Share</a></div></article>`, at, at[11:16], heading(head), text)
		}),
		"names and a time in data": livePage(fmt.Sprintf(said, ""), "Storm over Holm", func(at, head, text string) string {
			return fmt.Sprintf(`<div><div class="liveblog-post pinned" data-datetime="%s"><p>Pinned</p><p>2 hours ago</p>%s<p>%s</p></div></div>`, at, heading(head), text)
		}),
		"times of day under a title that says live": livePage(`<meta property="article:modified_time" content="2026-05-04T14:20:00+02:00">`, "Live: storm over Holm", func(at, head, text string) string {
			return fmt.Sprintf(`<div class="b"><div>%s</div>%s<p>%s</p></div>`, at[11:16], heading(head), text)
		}),
		"posts whose times only JSON-LD has": livePage(fmt.Sprintf(said, `,"liveBlogUpdate":[`+strings.Join(updates, ",")+`]`), "Storm over Holm", func(at, head, text string) string {
			return fmt.Sprintf(`<section>%s<p>%s</p></section>`, heading(head), text)
		}),
	} {
		t.Run(name, func(t *testing.T) {
			a := Extract(Page{URL: "https://courier.test/storm", Body: []byte(page)})
			if a.Kind != News {
				t.Fatalf("kind %q: %s", a.Kind, a.Why)
			}
			want := "A storm has reached the coast of Holm. We report what happens at the harbour, hour by hour, until the wind has gone.\n"
			for _, p := range livePosts {
				want += "[" + p.at + "] "
				if p.head != "" {
					want += p.head + "\n"
				}
				want += p.text + "\n"
			}
			var got strings.Builder
			for _, b := range a.Blocks {
				if !b.Time.IsZero() {
					fmt.Fprintf(&got, "[%s] ", b.Time)
				}
				got.WriteString(b.Text + "\n")
			}
			if d := cmp.Diff(want, strings.ReplaceAll(got.String(), "2 hours ago\n", "")); d != "" {
				t.Error(d)
			}
			again := Extract(Page{URL: "https://courier.test/storm", Body: []byte(a.HTML())})
			if d := cmp.Diff(a.Blocks, again.Blocks); d != "" {
				t.Errorf("written as HTML and extracted again: %s", d)
			}
		})
	}
}

// Lists that look like posts are none.
func TestNotLive(t *testing.T) {
	text := strings.Repeat("<p>"+strings.Repeat(longish, 2)+"</p>", 3)
	for name, page := range map[string]string{
		"teasers with times": "<h1>Quay to close</h1>" + text + `<div class=t><span>14:05</span><a href=/a>The first of the other headlines</a></div><div class=t><span>14:01</span><a href=/b>The second of the other headlines</a></div><div class=t><span>13:05</span><a href=/c>The third of the other headlines</a></div>`,
		"a timetable":        "<h1>Quay to close</h1>" + text + "<ul><li>08:30 Holm</li><li>09:30 Lind</li><li>10:30 Holm</li></ul>",
		"comments":           "<h1>Quay to close</h1>" + text + strings.Repeat(`<div class="comment"><time datetime="2026-05-04T08:00:00Z">08:00</time><p>`+longish+longish+`</p></div>`, 9),
	} {
		a := Extract(Page{URL: "https://courier.test/quay", Body: []byte("<html><body><main>" + page + "</main></body></html>")})
		for _, b := range a.Blocks {
			if !b.Time.IsZero() {
				t.Errorf("%s: a post at %s: %q", name, b.Time, b.Text)
			}
		}
	}
}

func TestClock(t *testing.T) {
	for s, want := range map[string]int{
		"14:05": 845, "14.05 Uhr": 845, "2:05 pm": 845, "2.05PM": 845, "12:10 a.m.": 10, "14h05": 845, "0:00": 0, "24:00": 0, "Updated at 14:05 CET": 845, "14時05分": 845, "오후 시": -1,
		"": -1, "14": -1, "2026-05-04": -1, "04.05.2026": -1, "3:2": -1, "25:10": -1, "14:75": -1, "1:2:3": -1, "12/05/2026": -1, "a text that is longer than 14:05": -1,
	} {
		if got := clockIn(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}
