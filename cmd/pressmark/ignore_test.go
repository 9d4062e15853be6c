package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
)

// A line that is ignored makes no version: tried on the history first, and then
// had so by the configuration.
func TestIgnore(t *testing.T) {
	dir := t.TempDir()
	store, err := archive.Create(filepath.Join(dir, "archive"), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, word := range []string{"Forty", "Fifty", "Sixty"} {
		body := fmt.Sprintf(`<!doctype html><html lang="en"><title>Ferry fares go up</title><body><article><h1>Ferry fares go up</h1>
<p>The harbour board will raise the fares on all its ferries in April, the second increase in twelve months, its director said on Monday morning.</p>
<p class="mood">%s captains of the coast guard have been asked for their mood today.</p>
<p>A single crossing is to cost 4.20, up from 3.80, while the price of a monthly pass stays what it has been since the spring of last year.</p></article></body></html>`, word)
		if _, err := store.Append(t.Context(), archive.Capture{URL: "https://www.gazette.example/ferry", Final: "https://www.gazette.example/ferry", Site: "Gazette", Status: 200,
			FetchedAt: time.Now().Add(time.Duration(i-9) * time.Hour), Body: []byte(body)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := ingest.New(store, ingest.Options{}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	conf := filepath.Join(dir, "pressmark.yaml")
	work := func(config string, args ...string) string {
		t.Helper()
		if err := os.WriteFile(conf, []byte(config), 0o644); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if code := (&cli{}).execute(t.Context(), append([]string{"-c", conf}, args...), &out, &out); code != 0 {
			t.Fatalf("%v ends with %d:\n%s", args, code, out.String())
		}
		return out.String()
	}
	site := "sites:\n  - url: https://www.gazette.example/\n    name: Gazette\n"
	const expression = `\w+ captains of the coast guard .+`
	if out := work(site, "changes"); strings.Count(out, "v1 → v2")+strings.Count(out, "v2 → v3") != 2 {
		t.Fatalf("there are not two changes to ignore:\n%s", out)
	}
	for _, args := range [][]string{{"--regex", expression}, {"--regex", expression, "--site", "gaz"}} {
		out := work(site, append([]string{"rules", "ignore"}, args...)...)
		if !strings.Contains(out, "2  versions gone") || !strings.Contains(out, "0  changes, and now 2") || !strings.Contains(out, "- regex: ") {
			t.Errorf("%v:\n%s", args, out)
		}
	}
	if out := work(site, "rules", "ignore", "--line", "Fifty captains of the coast guard have been asked for their mood today."); !strings.Contains(out, "1  version with another text") {
		t.Errorf("one line:\n%s", out)
	}
	if out := work(site, "changes"); strings.Count(out, "●") == 0 {
		t.Error("what was only tried is done")
	}
	for _, rule := range []string{"    ignore: [{regex: '" + expression + "'}]\n", "    ignore: [{selector: .mood}]\n", "ignore: [{regex: '" + expression + "'}]\n"} {
		work(site+rule, "reextract", "--yes")
		if out := work(site+rule, "changes"); !strings.Contains(out, "no changes") {
			t.Errorf("%s leaves\n%s", rule, out)
		}
		if out := work(site+rule, "rules", "ls", "filter"); !strings.Contains(out, "what this configuration ignores") {
			t.Errorf("rules ls does not tell of it:\n%s", out)
		}
	}
	if out := work(site, "reextract"); !strings.Contains(out, "2  versions more") {
		t.Errorf("without the rule all comes back:\n%s", out)
	}
}
