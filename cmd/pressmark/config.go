package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/crawler"
)

// configName is the file that is read when -c names none.
const configName = "pressmark.yaml"

// A config is what pressmark.yaml says. Each field's tag jsonschema is its
// documentation: `config schema` prints it, editors show it.
type config struct {
	Contact  string         `yaml:"contact" json:"contact,omitempty" jsonschema:"a mail address or URL for the people whose site is crawled; goes into the User-Agent; needed for anything but loopback"`
	Archive  string         `yaml:"archive" json:"archive,omitempty" jsonschema:"the archive's folder, relative to this file"`
	Timezone string         `yaml:"timezone" json:"timezone,omitempty" jsonschema:"zone of schedules and of times shown, such as Europe/Berlin; default: the machine's"`
	Crawl    crawlConfig    `yaml:"crawl" json:"crawl,omitzero" jsonschema:"how to crawl, for all sites"`
	Metrics  string         `yaml:"metrics" json:"metrics,omitempty" jsonschema:"address, such as 127.0.0.1:9187, at which pressmark run serves Prometheus metrics; pressmark help metrics tells them; default: nowhere"`
	Keep     keepConfig     `yaml:"keep" json:"keep,omitzero" jsonschema:"what pressmark prune leaves, and for how long; by default everything stays"`
	Filters  []string       `yaml:"filters" json:"filters,omitempty" jsonschema:"filter lists (EasyList syntax), relative to this file: what their rules hide is left out of articles"`
	WebSub   websubConfig   `yaml:"websub" json:"websub,omitzero" jsonschema:"hear from the hubs that feeds name when there is something new, instead of asking again and again"`
	Render   renderConfig   `yaml:"render" json:"render,omitzero" jsonschema:"how pages are rendered that are empty without scripts, on the sites that say render: true"`
	Ignore   []ignoreConfig `yaml:"ignore" json:"ignore,omitempty" jsonschema:"what is left out of all articles, and so makes no version and no change; pressmark rules ignore tries a rule on the archive"`
	Watches  []watchConfig  `yaml:"watches" json:"watches,omitempty" jsonschema:"what reports tell apart: words in what was changed, sites, kinds"`
	Mail     mailConfig     `yaml:"mail" json:"mail,omitzero" jsonschema:"the server that mails reports"`
	Reports  []reportConfig `yaml:"reports" json:"reports,omitempty" jsonschema:"reports that pressmark run sends on schedule, and report send by hand"`
	Sites    []siteConfig   `yaml:"sites" json:"sites,omitempty" jsonschema:"the publications to watch"`

	path string         // of the file
	of   *cli           // whose file it is
	zone *time.Location // of Timezone

	source    []string // the file's lines
	filtersAt []fault  // where Filters stand in it
}

type crawlConfig struct {
	Delay           duration `yaml:"delay" json:"delay,omitempty" jsonschema:"pause between two requests to one site; robots.txt may ask for more"`
	Workers         int      `yaml:"workers" json:"workers,omitempty" jsonschema:"how many sites are fetched at the same time"`
	PrivateNetworks string   `yaml:"private_networks" json:"private_networks,omitempty" jsonschema:"deny or allow: may loopback and private addresses be fetched"`
	Proxy           string   `yaml:"proxy" json:"proxy,omitempty" jsonschema:"URL of an HTTP or SOCKS5 proxy"`
	HTTP2           string   `yaml:"http2" json:"http2,omitempty" jsonschema:"on or off: may servers be asked over HTTP/2; default: on"`
	MaxPagesPerRun  int      `yaml:"max_pages_per_run" json:"max_pages_per_run,omitempty" jsonschema:"pages asked for on one site in one run"`
	MaxPerDay       int      `yaml:"max_requests_per_day" json:"max_requests_per_day,omitempty" jsonschema:"requests to one site on one day, by its own clock, robots.txt and redirects included; 0: no limit"`
	MaxBytesPerDay  size     `yaml:"max_bytes_per_day" json:"max_bytes_per_day,omitempty" jsonschema:"what answers of one site may come to on one day, as sent, such as 500MB; 0: no limit"`
	Quiet           string   `yaml:"quiet" json:"quiet,omitempty" jsonschema:"times of the day without any request, by each site's own clock, such as 22:00-06:00 or 08:00-09:00, 23:00-05:30"`
	NoArchive       string   `yaml:"noarchive" json:"noarchive,omitempty" jsonschema:"record or respect: keep a page that says noarchive and tell of it in the run, or leave it out; default: record, as web archives do"`
	MaxPageSize     size     `yaml:"max_page_size" json:"max_page_size,omitempty" jsonschema:"largest page taken, after decompression, such as 8MB"`
	Timeout         duration `yaml:"timeout" json:"timeout,omitempty" jsonschema:"longest time for one request"`

	Groups []groupConfig `yaml:"groups" json:"groups,omitempty" jsonschema:"domains that one server answers for: they are asked as one, one request at a time; from the next start on"`
}

type groupConfig struct {
	Name  string   `yaml:"name" json:"name" jsonschema:"what the group is called"`
	Hosts []string `yaml:"hosts" json:"hosts" jsonschema:"its domains, such as example.org: all hosts below belong to it; an address with its port"`
}

type siteConfig struct {
	URL         string         `yaml:"url" json:"url" jsonschema:"the home page"`
	Name        string         `yaml:"name" json:"name,omitempty" jsonschema:"what the site is called everywhere; default: its host"`
	Every       duration       `yaml:"every" json:"every,omitempty" jsonschema:"crawl it so often, such as 15m"`
	Cron        string         `yaml:"cron" json:"cron,omitempty" jsonschema:"crawl it at these times, five cron fields or @hourly, @daily, @weekly, @monthly, instead of every"`
	Timezone    string         `yaml:"timezone" json:"timezone,omitempty" jsonschema:"zone of cron, quiet and of the days of a budget; default: the file's"`
	CatchUp     duration       `yaml:"catch_up" json:"catch_up,omitempty" jsonschema:"after downtime, make up for one missed crawl if it is not older than this; 0s: for none; default: 1d"`
	Jitter      duration       `yaml:"jitter" json:"jitter,omitempty" jsonschema:"crawl it later by a part of this, always the same one, so that not all sites are crawled at once; default: 0s"`
	Overlap     string         `yaml:"overlap" json:"overlap,omitempty" jsonschema:"when its last crawl is still going: skip the new one, queue-one (it comes afterwards; at most one waits) or cancel the old one; default: skip"`
	MaxRun      duration       `yaml:"max_run" json:"max_run,omitempty" jsonschema:"a crawl on schedule that takes longer is cancelled; what it has is kept; default 0s: none is"`
	Delay       duration       `yaml:"delay" json:"delay,omitempty" jsonschema:"pause between two requests to this site"`
	Feeds       []string       `yaml:"feeds" json:"feeds,omitempty" jsonschema:"RSS, Atom or JSON feeds; default: found by itself"`
	Sitemaps    []string       `yaml:"sitemaps" json:"sitemaps,omitempty" jsonschema:"news sitemaps; default: found by itself"`
	Sections    []string       `yaml:"sections" json:"sections,omitempty" jsonschema:"pages that link to articles; default: found by itself"`
	Allow       []string       `yaml:"allow" json:"allow,omitempty" jsonschema:"regular expressions, one of which an article's URL must match"`
	Deny        []string       `yaml:"deny" json:"deny,omitempty" jsonschema:"regular expressions, none of which an article's URL may match"`
	Hosts       []string       `yaml:"hosts" json:"hosts,omitempty" jsonschema:"further hosts that are the site's own, with all below them, such as example-times.org; default: what has the home page's domain"`
	Group       string         `yaml:"group" json:"group,omitempty" jsonschema:"group of servers that its domain and its hosts are asked in, one request at a time, with those of other sites that name the same"`
	MaxPages    int            `yaml:"max_pages" json:"max_pages,omitempty" jsonschema:"pages asked for in one run"`
	PerDay      int            `yaml:"max_requests_per_day" json:"max_requests_per_day,omitempty" jsonschema:"requests on one day, in place of the file's"`
	BytesDay    size           `yaml:"max_bytes_per_day" json:"max_bytes_per_day,omitempty" jsonschema:"what answers may come to on one day, in place of the file's"`
	Quiet       string         `yaml:"quiet" json:"quiet,omitempty" jsonschema:"times of the day without any request, in place of the file's; none: there are none"`
	Tags        []string       `yaml:"tags" json:"tags,omitempty" jsonschema:"words to group sites by"`
	Proxy       string         `yaml:"proxy" json:"proxy,omitempty" jsonschema:"URL of a proxy for this site, in place of the file's; direct: none"`
	HTTP2       string         `yaml:"http2" json:"http2,omitempty" jsonschema:"on or off, in place of the file's"`
	Cookies     string         `yaml:"cookies" json:"cookies,omitempty" jsonschema:"cookies sent with each request to this site, such as consent=none; lang=de"`
	KeepCookies bool           `yaml:"keep_cookies" json:"keep_cookies,omitempty" jsonschema:"keep what cookies this site sets, in memory, and send them back to it"`
	Render      bool           `yaml:"render" json:"render,omitempty" jsonschema:"run the scripts of pages that are empty without them, in a browser of this machine, and keep what they show beside what the server sent"`
	Paused      bool           `yaml:"paused" json:"paused,omitempty" jsonschema:"keep it in the file, don't crawl it; pressmark site pause does it without the file"`
	Ignore      []ignoreConfig `yaml:"ignore" json:"ignore,omitempty" jsonschema:"what is left out of this site's articles too"`
	Keep        siteKeepConfig `yaml:"keep" json:"keep,omitzero" jsonschema:"what pressmark prune leaves of this site, where that is not as the file's keep says"`
}

// defaultConfig is what an empty file means.
func defaultConfig() *config {
	return &config{
		Archive: "archive",
		Crawl: crawlConfig{
			Delay:           duration(2 * time.Second),
			Workers:         8,
			PrivateNetworks: "deny",
			MaxPagesPerRun:  500,
			MaxPageSize:     8 << 20,
			Timeout:         duration(30 * time.Second),
		},
		Keep:   keepConfig{Versions: string(archive.KeepAll)},
		WebSub: websubConfig{Listen: websubListen},
		Render: defaultRender(),
		zone:   time.Local,
	}
}

// defaultEvery is how often a site is crawled that does not say.
const defaultEvery = 15 * time.Minute

// errNoConfig says that there is no configuration file.
var errNoConfig = errors.New("no configuration file")

// maxConfig is the largest configuration file that is read.
const maxConfig = 16 << 20

// loadConfig reads and checks a configuration file. Its error lists every
// fault with line, column and the line itself.
func loadConfig(of *cli, path string) (*config, error) {
	b, err := of.read(path, maxConfig)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, hint(fmt.Errorf("%w: %s is not there", errNoConfig, path), "pressmark init DIR makes one, or name one with -c FILE")
	}
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	c, err := parseConfig(path, b)
	if err != nil {
		return nil, err
	}
	if !filepath.IsAbs(c.Archive) {
		c.Archive = filepath.Join(filepath.Dir(path), c.Archive)
	}
	c.path, c.of = path, of
	return c, nil
}

// sites are the publications that are not paused.
func (c *config) sites() []crawler.Site {
	var list []crawler.Site
	for _, s := range c.Sites {
		if !s.Paused {
			list = append(list, c.site(s))
		}
	}
	return list
}

func (c *config) site(s siteConfig) crawler.Site {
	site := crawler.Site{
		Name: s.name(), URL: s.URL,
		Feeds: s.Feeds, Sitemaps: s.Sitemaps, Sections: s.Sections,
		Allow: s.Allow, Deny: s.Deny,
		Delay: time.Duration(s.Delay), MaxPages: s.MaxPages, Tags: s.Tags,
		Hosts: s.Hosts,
	}
	if s.Delay == unset {
		site.Delay = time.Duration(c.Crawl.Delay)
	}
	if site.MaxPages == 0 {
		site.MaxPages = c.Crawl.MaxPagesPerRun
	}
	c.polite(s, &site)
	return site
}

func (s siteConfig) name() string {
	if s.Name != "" {
		return s.Name
	}
	u, err := url.Parse(s.URL)
	if err != nil || u.Host == "" {
		return s.URL
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// A duration is a time.Duration that also takes days, such as 7d.
type duration time.Duration

// unset is the duration of a site that leaves the choice to the file.
const unset duration = -1

func (d *duration) UnmarshalYAML(b []byte) error {
	v, err := parseDuration(strings.Trim(strings.TrimSpace(string(b)), `"'`))
	*d = duration(v)
	return err
}

func (d duration) MarshalYAML() ([]byte, error) { return []byte(d.String()), nil }

func (d duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d duration) String() string {
	if day := duration(24 * time.Hour); d >= 2*day && d%day == 0 {
		return fmt.Sprintf("%dd", d/day)
	}
	s := time.Duration(d).String()
	if strings.HasSuffix(s, "m0s") {
		s = s[:len(s)-2]
	}
	if strings.HasSuffix(s, "h0m") {
		s = s[:len(s)-2]
	}
	return s
}

// parseDuration reads what time.ParseDuration reads, and days and weeks.
func parseDuration(s string) (time.Duration, error) {
	for suffix, day := range map[string]float64{"d": 24, "w": 7 * 24} {
		if n, ok := strings.CutSuffix(s, suffix); ok {
			if v, err := strconv.ParseFloat(n, 64); err == nil && v >= 0 && v < 1e5 {
				return time.Duration(v * day * float64(time.Hour)), nil
			}
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%q is no duration: write 90s, 15m, 2h or 7d", s)
	}
	return d, nil
}

// A size is a number of bytes that is written 8MB, 512KB or 1GB.
type size int64

func (z *size) UnmarshalYAML(b []byte) error {
	s := strings.Trim(strings.TrimSpace(string(b)), `"'`)
	for _, u := range sizeUnits {
		if n, ok := strings.CutSuffix(strings.ToUpper(s), u.name); ok {
			v, err := strconv.ParseFloat(strings.TrimSpace(n), 64)
			if err != nil || v < 0 || v*float64(u.bytes) > 1<<40 {
				break
			}
			*z = size(v * float64(u.bytes))
			return nil
		}
	}
	return fmt.Errorf("%q is no size: write 512KB, 8MB or 1GB", s)
}

var sizeUnits = []struct {
	name  string
	bytes int64
}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}, {"B", 1}}

func (z size) MarshalYAML() ([]byte, error) { return []byte(z.String()), nil }

func (z size) MarshalText() ([]byte, error) { return []byte(z.String()), nil }

func (z size) String() string {
	for _, u := range sizeUnits {
		if int64(z) >= u.bytes && int64(z)%u.bytes == 0 {
			return fmt.Sprintf("%d%s", int64(z)/u.bytes, u.name)
		}
	}
	return fmt.Sprintf("%dB", int64(z))
}
