package export

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/archive/archivetest"
)

// How fast captures come in, of pages of 40 KB that differ.
//
//	go test ./archive/export -run '^$' -bench Import
func BenchmarkImport(b *testing.B) {
	from := archivetest.Open(b)
	const pages = 1000
	words := strings.Fields("harbour bridge council mayor opened closed repaired ferry orchard lighthouse tramway budget market hospital school library county paper chairman committee")
	r := rand.New(rand.NewPCG(1, 1))
	var list []archive.Capture
	for i := range pages {
		var body bytes.Buffer
		body.WriteString("<!doctype html><html><body>")
		for body.Len() < 40<<10 {
			fmt.Fprintf(&body, "<p class=\"text\">%s %s %d</p>\n", words[r.IntN(len(words))], words[r.IntN(len(words))], r.IntN(1e6))
		}
		u := fmt.Sprintf("https://gazette.example/%d", i)
		list = append(list, archive.Capture{URL: u, Final: u, Status: 200, Site: "Gazette", FetchedAt: monday.Add(time.Duration(i) * time.Second), Body: body.Bytes()})
	}
	if _, err := from.AppendAll(b.Context(), list); err != nil {
		b.Fatal(err)
	}
	p, _, err := warcs(b, from, WARCOptions{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		to := archivetest.Open(b)
		b.StartTimer()
		n, err := Import(b.Context(), to, p.in(), ImportOptions{Problem: func(err error) { b.Error(err) }})
		if err != nil || n.Captures != pages {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(pages*float64(b.N)/b.Elapsed().Seconds(), "captures/s")
}
