package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// hup has the daemon read its configuration again, and waits for what it says.
func (d *daemon) hup(text string) {
	d.t.Helper()
	if err := d.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		d.t.Fatal(err)
	}
	d.until(1, text)
}

// On SIGHUP sites come, go and change while another's crawl goes on; a file
// that is not valid changes nothing, and its faults are told. Pauses need no
// signal.
func TestReload(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGHUP")
	}
	slow, hung := paper(t, 1, nil)
	offer := `<div class="clay-offer"><p>The gazette's shop sells a clay model of the harbour bridge to all its readers.</p></div>`
	story := func(int) string {
		return strings.Repeat("<p>The harbour bridge was closed after the storm, the council said on Monday, and will not open before the piers have been looked at by divers.</p>", 4) + offer
	}
	quick, _ := paper(t, 1, story)
	second, _ := paper(t, 1, story)
	dir := t.TempDir()
	head := "crawl: {delay: 0s, private_networks: allow, timeout: 10m}\n"
	site := func(url, name, rest string) string {
		return fmt.Sprintf("  - {url: \"%[1]s\", name: %[2]s, feeds: [\"%[1]s/feed.xml\"], %[3]s}\n", url, name, rest)
	}
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("hide.txt", "! Title: none\n")
	put(configName, head+"filters: [hide.txt]\nsites:\n"+site(slow, "Slow", "every: 1h")+site(quick, "First", "every: 9h"))
	d := startDaemon(t, dir, "sh", "-c", "exec pressmark run -v --log-file run.log 2>&1")
	d.until(1, "First  ")
	<-hung

	put(configName, head+"sites:\n"+site(second, "Second", "every: 1h, overlap: perhaps"))
	d.hup("the configuration is not read again, what was read before holds:")
	d.until(1, "overlap: there is no such policy")
	put(configName, "archive: elsewhere\n"+head+"sites:\n"+site(second, "Second", "every: 1h"))
	d.hup("stop pressmark run, and start it again")

	put("hide.txt", "##.clay-offer\n")
	put(configName, head+"filters: [hide.txt]\nsites:\n"+site(quick, "First", "every: 1s")+site(second, "Second", "every: 1s"))
	d.hup("the configuration is read again: 2 sites, added Second, altered First, removed Slow, other filters")
	d.until(1, "Second  ")
	d.until(1, "First  ")
	if list := fires(t, dir); !slices.Contains(list, "Slow|every|running|") {
		t.Errorf("the crawl of a site that is removed does not go on:\n%s", strings.Join(list, "\n"))
	}

	pressmark(t, dir, "site", "pause", "first", "--why", "it moves")
	settled := 0
	for before := -1; settled != before; { // what was at work comes to its end
		d.until(3, "Second  ")
		before, settled = settled, len(slices.DeleteFunc(fires(t, dir), func(s string) bool { return !strings.HasPrefix(s, "First") }))
	}
	if out := string(pressmark(t, dir, "schedule", "ls")); !strings.Contains(out, "it moves") {
		t.Errorf("schedule ls beside the daemon:\n%s", out)
	}
	if r := typed(t, dir, "", "schedule history first --limit 1"); !strings.Contains(r.Talk, "First is paused since ") || !strings.Contains(r.Out, "planned") {
		t.Errorf("schedule history beside the daemon: %+v", r)
	}
	pressmark(t, dir, "schedule", "resume", "first")
	d.until(1, "First  ")
	if code := d.stop(os.Interrupt); code != exitInterrupted {
		t.Errorf("it ended with %d", code)
	}
	list := fires(t, dir)
	if !hasPrefix(list, "First|every|skipped|paused: it moves; stands for ") || !slices.Contains(list, "Slow|every|cancelled|the program was stopped") {
		t.Errorf("history:\n%s", strings.Join(list, "\n"))
	}
	if out := string(pressmark(t, dir, "export", "--site", "Second")); !strings.Contains(out, `"rule":"filter/##.clay-offer"`) {
		t.Errorf("the filter list is not read again:\n%.3000s", out)
	}
	pressmark(t, dir, "verify", "--deep")
}

// A crawl that takes too long is cancelled, and one that waits comes then.
func TestCrawlOverruns(t *testing.T) {
	t.Parallel()
	slow, _ := paper(t, 1, nil)
	dir := t.TempDir()
	write(t, dir, "crawl: {delay: 0s, private_networks: allow, timeout: 10m}\nsites: [{url: \"%[1]s\", name: Slow, every: 1s, feeds: [\"%[1]s/feed.xml\"], max_run: 2s, overlap: queue-one}]\n", slow)
	d := startDaemon(t, dir, "sh", "-c", "exec pressmark run 2>&1")
	d.until(2, "status=overran")
	untilFires(t, dir, "Slow|every|skipped|the run of ")
	d.stop(os.Interrupt)
	list := fires(t, dir)
	for _, want := range []string{"Slow|every|overran|cancelled, having run too long: the limit is 2s", "Slow|every|skipped|the run of "} {
		if !hasPrefix(list, want) {
			t.Errorf("no %q in the history:\n%s", want, strings.Join(list, "\n"))
		}
	}
	pressmark(t, dir, "verify", "--deep")
}
