package crawler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler"
)

// The pages of a site want the same script: it is asked for as seldom as its
// server allows.
func TestScriptsAreKept(t *testing.T) {
	const shell = "200\nContent-Type: text/html\n\n<html><div id=root></div>%d</html>"
	for _, tt := range []struct {
		name, header string
		want         []string // how the script is asked for, in each of three rounds an hour apart
	}{
		{"may be kept", "Cache-Control: public, max-age=5400\nETag: \"a\"\n", []string{"full", "", "conditional"}},
		{"has a tag", "ETag: \"a\"\n", []string{"full conditional", "conditional conditional", "conditional conditional"}},
		{"is to be asked about", "Cache-Control: no-cache, max-age=5400\nETag: \"a\"\n", []string{"full conditional", "conditional conditional", "conditional conditional"}},
		{"may not be kept", "Cache-Control: no-store, max-age=5400\nETag: \"a\"\n", []string{"full full", "full full", "full full"}},
		{"says nothing", "", []string{"full full", "full full", "full full"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := &blank{}
			w := newWorld(t, entry("A/a.xml", feed("$A/story/the-council-votes-0", "$A/story/the-council-votes-1"))+
				entry("A/story/the-council-votes-0", fmt.Sprintf(shell, 0))+entry("A/story/the-council-votes-1", fmt.Sprintf(shell, 1))+
				entry("A/app.js", "200\nContent-Type: text/javascript\n"+tt.header+"\nlet a"), func(o *crawler.Options) { o.Render = b })
			b.script = w.filled("$A/app.js")
			var got []string
			for range tt.want {
				w.round(crawler.Site{Feeds: []string{"$A/a.xml"}}, crawler.All)
				var how []string
				for _, r := range w.requests() {
					switch {
					case r.path != "A/app.js":
					case r.header.Get("If-None-Match") != "":
						how = append(how, "conditional")
					default:
						how = append(how, "full")
					}
				}
				got = append(got, strings.Join(how, " "))
				w.clock.turn(time.Hour)
			}
			if b.rendered != 2*len(tt.want) || !slices.Equal(got, tt.want) {
				t.Errorf("%d pages were rendered, the script asked for %q, want %q", b.rendered, got, tt.want)
			}
		})
	}
}
