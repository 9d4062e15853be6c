package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestConfigFaults(t *testing.T) {
	for _, x := range []struct{ name, text, where, want string }{
		{"typo", "sites:\n  - url: https://a.test/\n    evry: 15m\n", "3:5", `did you mean "every"?`},
		{"typo at the top", "contct: a@b.test\n", "1:1", `did you mean "contact"?`},
		{"unknown", "crawl:\n  zebra: 1\n", "2:3", "it takes delay, workers"},
		{"no mapping", "- a\n- b\n", "1:", ""},
		{"broken yaml", "sites: [\n", "1:", ""},
		{"tab", "crawl:\n\tdelay: 1s\n", "2:", ""},
		{"duration", "crawl: {delay: soon}\n", "1:16", `"soon" is no duration`},
		{"negative duration", "crawl: {delay: -2s}\n", "1:", "is no duration"},
		{"size", "crawl:\n  max_page_size: big\n", "2:", `"big" is no size`},
		{"workers", "crawl:\n  workers: 0\n", "2:12", "between 1 and 1000"},
		{"workers no number", "crawl:\n  workers: many\n", "2:12", ""},
		{"private networks", "crawl:\n  private_networks: maybe\n", "2:21", "write deny or allow"},
		{"proxy", "crawl:\n  proxy: nowhere\n", "2:10", "no URL"},
		{"zone", "timezone: Europe/Berln\n", "1:11", "unknown time zone"},
		{"no url", "sites:\n  - name: A\n", "2:", "needs its url"},
		{"url", "sites:\n  - url: example.org\n", "2:10", "write it with https://"},
		{"scheme", "sites:\n  - url: ftp://example.org/\n", "2:10", "write it with https://"},
		{"feed", "sites:\n  - url: https://a.test/\n    feeds: [/feed]\n", "3:13", "is no address"},
		{"quiet", "crawl:\n  quiet: nights\n", "2:10", `write 22:00-06:00`},
		{"quiet for ever", "sites:\n  - url: https://a.test/\n    quiet: 06:00-22:00, 21:00-07:00\n", "3:12", "the whole day is quiet"},
		{"noarchive", "crawl:\n  noarchive: maybe\n", "2:14", "write record or respect"},
		{"budget", "crawl:\n  max_requests_per_day: -1\n", "2:25", "can't be negative"},
		{"bytes", "sites:\n  - url: https://a.test/\n    max_bytes_per_day: much\n", "3:24", `"much" is no size`},
		{"group of no name", "crawl:\n  groups:\n    - hosts: [a.test]\n", "3:", "needs a name"},
		{"group of nobody", "crawl:\n  groups:\n    - name: g\n", "3:", "needs hosts"},
		{"typo in a group", "crawl:\n  groups:\n    - name: g\n      host: [a.test]\n", "4:7", `did you mean "hosts"?`},
		{"a part of a big host", "crawl:\n  groups:\n    - {name: g, hosts: [ana.example.org]}\n", "3:", "ana.example.org is a part of example.org, and in a group of its own its servers would be asked by two at once"},
		{"what many have in common", "crawl:\n  groups:\n    - {name: g, hosts: [co.uk]}\n", "3:", "what many have in common: write example.co.uk"},
		{"an address without its port", "crawl:\n  groups:\n    - {name: g, hosts: [192.0.2.7]}\n", "3:", "192.0.2.7:443"},
		{"in two groups", "crawl:\n  groups:\n    - {name: g, hosts: [a.test]}\nsites:\n  - url: https://www.a.test/\n    group: h\n", "6:12", `a.test is in the group "g" already`},
		{"a group of a group", "crawl:\n  groups:\n    - {name: b.test, hosts: [a.test]}\n    - {name: g, hosts: [b.test]}\n", "2:", "call the group something else"},
		{"host", "sites:\n  - url: https://a.test/\n    hosts: ['https://b.test/']\n", "3:13", "is no host"},
		{"cron", "sites:\n  - url: https://a.test/\n    cron: 61 * * * *\n", "3:11", "cron"},
		{"cron that never fires", "sites:\n  - url: https://a.test/\n    cron: 0 0 30 2 *\n", "3:11", ""},
		{"both", "sites:\n  - url: https://a.test/\n    cron: 0 * * * *\n    every: 5m\n", "4:12", "not both"},
		{"contact", "contact: \"a\\r\\nX-Evil: 1\"\n", "1:10", "header"},
		{"too often", "sites:\n  - url: https://a.test/\n    every: 1ns\n", "3:12", "every"},
		{"no time between", "sites:\n  - url: https://a.test/\n    every: 0s\n", "3:12", "no time at all"},
		{"user in url", "sites:\n  - url: https://u:p@a.test/\n", "2:10", ""},
		{"regexp", "sites:\n  - url: https://a.test/\n    deny: ['(']\n", "3:12", "not a regular expression"},
		{"site's zone", "sites:\n  - url: https://a.test/\n    timezone: Mars\n", "3:15", ""},
		{"twice", "sites:\n  - url: https://a.test/\n  - url: https://www.a.test/x\n", "3:", "two sites"},
		{"two documents", "contact: a\n---\ncontact: b\n", "3:", "second document"},
		{"duplicate key", "contact: a\ncontact: b\n", "2:1", ""},
		{"typo below an anchor", "sites:\n  - &a\n    url: https://a.test/\n    evry: 15m\n", "4:5", `did you mean "every"?`},
		{"anchored duration", "crawl: {delay: &d soon}\n", "1:", `"soon" is no duration`},
		{"wrong type", "sites: yes\n", "1:8", ""},
		{"nested too deep", "contact: {a: {b: c}}\n", "1:", "another kind"},
	} {
		t.Run(x.name, func(t *testing.T) {
			_, err := parseConfig("pressmark.yaml", []byte(x.text))
			var bad *configFaults
			if !errors.As(err, &bad) {
				t.Fatalf("got %v, want faults", err)
			}
			text := err.Error()
			if !strings.HasPrefix(text, "pressmark.yaml:"+x.where) || !strings.Contains(text, x.want) || !strings.Contains(text, "^") {
				t.Errorf("want pressmark.yaml:%s … %q with a caret, got\n%s", x.where, x.want, text)
			}
			if exitCode(err) != exitConfig {
				t.Errorf("exit code %d", exitCode(err))
			}
		})
	}
}

func TestConfigAllFaultsAtOnce(t *testing.T) {
	_, err := parseConfig("p.yaml", []byte("evry: 1\nsites:\n  - url: https://a.test/\n    nam: x\n"))
	if err == nil || !strings.Contains(err.Error(), "p.yaml:1:1") || !strings.Contains(err.Error(), "p.yaml:4:5") || !strings.Contains(err.Error(), "2 errors") {
		t.Errorf("got %v", err)
	}
}

func TestSmallestConfig(t *testing.T) {
	c, err := parseConfig("p.yaml", []byte("contact: a@b.test\nsites:\n  - url: https://www.example-times.test/\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := c.sites()[0]
	if s.Name != "example-times.test" || s.Delay != 2*time.Second || s.MaxPages != 500 {
		t.Errorf("site %+v", s)
	}
	p, err := plansOf(c)
	if err != nil || p[0].Every != 15*time.Minute {
		t.Errorf("plans %+v, %v", p, err)
	}
	for _, empty := range []string{"", "# nothing\n", "---\n"} {
		if _, err := parseConfig("p.yaml", []byte(empty)); err != nil {
			t.Errorf("%q: %v", empty, err)
		}
	}
}

// A site may ask for no pause at all, which is not the same as not saying.
func TestZeroDelay(t *testing.T) {
	c, err := parseConfig("p.yaml", []byte("sites:\n  - url: http://127.0.0.1:1/\n    delay: 0s\n  - url: http://127.0.0.1:2/\n"))
	if err != nil {
		t.Fatal(err)
	}
	if s := c.sites(); s[0].Delay != 0 || s[1].Delay != 2*time.Second {
		t.Errorf("delays %v, %v", s[0].Delay, s[1].Delay)
	}
}

func TestConfigFileThatInitWrites(t *testing.T) {
	text := fmt.Sprintf(emptyConfig, "a@b.test")
	if _, err := parseConfig("p.yaml", []byte(text)); err != nil {
		t.Fatal(err)
	}
	got, err := withSites(text, []newSite{{URL: "https://a.test/", Name: "A", Every: "15m"}})
	if err != nil {
		t.Fatal(err)
	}
	got, err = withSites(got, []newSite{{URL: "https://b.test/", Name: "B: the \"other\"", Every: "1h"}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseConfig("p.yaml", []byte(got))
	if err != nil || len(c.Sites) != 2 || c.Sites[1].Name != "B: the \"other\"" || c.Contact != "a@b.test" {
		t.Errorf("%+v, %v from\n%s", c, err, got)
	}
}

func TestWithSite(t *testing.T) {
	s := newSite{URL: "https://n.test/", Name: "N", Every: "5m"}
	const item = "- url: https://n.test/\n%[1]s  name: \"N\"\n%[1]s  every: 5m\n"
	in := func(indent string) string { return indent + fmt.Sprintf(item, indent) }
	for _, x := range []struct{ name, before, want string }{
		{"none", "contact: a\n", "contact: a\n\nsites:\n" + in("  ")},
		{"empty", "sites: []\n", "sites:\n" + in("  ")},
		{"one", "sites:\n  - url: https://a.test/\n", "sites:\n  - url: https://a.test/\n" + in("  ")},
		{"no indent", "sites:\n- url: https://a.test/\n  feeds:\n    - https://a.test/f\n", "sites:\n- url: https://a.test/\n  feeds:\n    - https://a.test/f\n" + in("")},
		{"key behind", "sites:\n    - url: https://a.test/\n\n# about archive\narchive: x\n", "sites:\n    - url: https://a.test/\n" + in("    ") + "\n# about archive\narchive: x\n"},
	} {
		got, err := withSites(x.before, []newSite{s})
		if err != nil {
			t.Fatal(err)
		}
		clean := strings.ReplaceAll(strings.ReplaceAll(got, `"N"`, "N"), `name: "N"`, "name: N")
		if diff := cmp.Diff(strings.ReplaceAll(x.want, `"N"`, "N"), clean); diff != "" {
			t.Errorf("%s: %s", x.name, diff)
		}
		if _, err := parseConfig("p.yaml", []byte(got)); err != nil {
			t.Errorf("%s: %v", x.name, err)
		}
	}
}

func TestParseTime(t *testing.T) {
	now := time.Date(2026, 11, 23, 15, 4, 5, 0, time.UTC)
	for in, want := range map[string]string{
		"24h": "2026-11-22T15:04:05Z", "7d": "2026-11-16T15:04:05Z", "1w": "2026-11-16T15:04:05Z", "2h ago": "2026-11-23T13:04:05Z",
		"yesterday": "2026-11-22T00:00:00Z", "today": "2026-11-23T00:00:00Z", "2026-11-01": "2026-11-01T00:00:00Z",
		"2026-11-01 08:30": "2026-11-01T08:30:00Z", "2026-11-01T08:30:00+02:00": "2026-11-01T08:30:00+02:00",
	} {
		got, err := parseTime(in, now)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%q: %v, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"soon", "2026-13-01", "-5h", "5", "d", "1e9d"} {
		if got, err := parseTime(in, now); err == nil {
			t.Errorf("%q gave %v", in, got)
		}
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add([]byte("sites:\n  - url: https://a.test/\n    cron: '0 * * * *'\n"))
	f.Add([]byte("a: &x {b: *x}\n"))
	f.Add([]byte("crawl: {max_page_size: 1e400MB}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := parseConfig("p.yaml", b)
		if err != nil && exitCode(err) != exitConfig {
			t.Errorf("%v is no configuration error", err)
		}
		if err == nil {
			if _, err := plansOf(c); err != nil {
				t.Errorf("a configuration that was taken has a schedule that is not: %v", err)
			}
		}
	})
}

// What a file says of politeness reaches the crawl: a site's own words before
// the file's, and each domain in the group that it was put into.
func TestConfigPoliteness(t *testing.T) {
	conf, err := parseConfig("pressmark.yaml", []byte(`
timezone: Europe/Berlin
crawl:
  quiet: 22:00-06:00
  max_requests_per_day: 500
  max_bytes_per_day: 20MB
  groups:
    - {name: press house, hosts: [a.test, '127.0.0.1:8080']}
sites:
  - url: https://www.a.test/
  - url: https://b.test/
    timezone: Asia/Kolkata
    quiet: none
    max_requests_per_day: 9
    group: two papers
    hosts: [c.test, news.d.test]
`))
	if err != nil {
		t.Fatal(err)
	}
	a, b := conf.sites()[0], conf.sites()[1]
	if a.Quiet.String() != "22:00-06:00" || a.Zone.String() != "Europe/Berlin" || a.PerDay.Requests != 500 || a.PerDay.Bytes != 20<<20 {
		t.Errorf("a site that says nothing: %+v", a)
	}
	if b.Quiet.String() != "" || b.Zone.String() != "Asia/Kolkata" || b.PerDay.Requests != 9 || b.PerDay.Bytes != 20<<20 {
		t.Errorf("a site of its own words: %+v", b)
	}
	want := map[string]string{"a.test": "press house", "127.0.0.1:8080": "press house", "b.test": "two papers", "c.test": "two papers", "d.test": "two papers"}
	if diff := cmp.Diff(want, conf.groups()); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}
