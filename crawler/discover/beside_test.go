package discover

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"pressmark/extract/urlkey"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The forms of feeds beside gofeed, the parser that most programs in Go use:
// testdata/beside_gofeed.txt says who reads which.
func TestBesideGofeed(t *testing.T) {
	const golden = "testdata/beside_gofeed.txt"
	var b strings.Builder
	ours, theirs, total := 0, 0, 0
	for _, tt := range fieldFeeds() {
		if tt.want == "" {
			continue
		}
		total++
		we, they := urlsOf(readOne(tt)) == urlsOf(tt.want), urlsOf(gofeedReads(tt)) == urlsOf(tt.want)
		if we {
			ours++
		}
		if they {
			theirs++
		}
		if !we || !they {
			fmt.Fprintf(&b, "%-60s pressmark %-3s  gofeed %s\n", tt.name, yes(we), yes(they))
		}
	}
	got := fmt.Sprintf("Of %d forms, each with one small feed, the articles' addresses are all read, and no others:\nby pressmark in %d, by gofeed in %d. Those that not both read (gofeed is not told what the HTTP header says):\n\n%s", total, ours, theirs, b.String())
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", golden, diff)
	}
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// urlsOf are the addresses of readOne's lines.
func urlsOf(rows string) string {
	var urls []string
	for row := range strings.Lines(rows) {
		u, _, _ := strings.Cut(strings.TrimSpace(row), " ")
		urls = append(urls, u)
	}
	return strings.Join(urls, " ")
}

// gofeedReads takes an entry's link as gofeed gives it, or its GUID when there
// is none, and resolves it as we do, so that only the reading is compared.
func gofeedReads(tt oneFeed) string {
	f, err := gofeed.NewParser().ParseString(tt.body)
	if err != nil {
		return "error"
	}
	var rows []string
	for _, item := range f.Items {
		link := item.Link
		if link == "" {
			link = item.GUID
		}
		if u, err := urlkey.Resolve(base, strings.TrimSpace(link)); err == nil && link != "" {
			rows = append(rows, strings.TrimPrefix(u, "https://www.gazette.example/"))
		}
	}
	return strings.Join(rows, "\n")
}
