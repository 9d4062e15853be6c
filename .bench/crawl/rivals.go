package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gocolly/colly/v2"
)

// collyAsync is the crawl that colly's documentation shows: asynchronous, with
// a limit on what it asks at once, following every link of the hosts.
func collyAsync(o options) error {
	var hosts, domains []string
	for i := range o.hosts {
		hosts = append(hosts, o.host(i))
		domains = append(domains, strings.Split(o.host(i), ":")[0])
	}
	c := colly.NewCollector(colly.Async(true), colly.AllowedDomains(domains...), colly.UserAgent("pressmark-bench"))
	c.IgnoreRobotsTxt = false
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: 16}); err != nil {
		return err
	}
	kept := 0
	c.OnResponse(func(r *colly.Response) { kept += len(r.Body) })
	c.OnHTML("a[href]", func(e *colly.HTMLElement) { _ = e.Request.Visit(e.Attr("href")) })
	for _, h := range hosts {
		if err := c.Visit("http://" + h + "/"); err != nil {
			return err
		}
	}
	c.Wait()
	return nil
}

// wget is GNU wget, writing a WARC file.
func wget(o options, dir string) (*exec.Cmd, error) {
	path, err := exec.LookPath("wget")
	if err != nil {
		return nil, nil
	}
	var seeds, domains []string
	for i := range o.hosts {
		seeds = append(seeds, "http://"+o.host(i)+"/")
		domains = append(domains, strings.Split(o.host(i), ":")[0])
	}
	if err := os.WriteFile(filepath.Join(dir, "seeds"), []byte(strings.Join(seeds, "\n")+"\n"), 0o644); err != nil {
		return nil, err
	}
	return exec.Command(path, "-q", "-r", "-l", "inf", "-H", "--domains="+strings.Join(domains, ","), "-i", "seeds",
		"--warc-file=out", "--delete-after", "-e", "robots=on", "--no-proxy"), nil
}

// scrapy is Scrapy with the settings that a crawl of many sites is advised to have.
func scrapy(o options, dir string) (*exec.Cmd, error) {
	python := ""
	for _, name := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(name, "-c", "import scrapy").Run() == nil {
			python = name
			break
		}
	}
	if python == "" {
		return nil, nil
	}
	var hosts []string
	for i := range o.hosts {
		hosts = append(hosts, fmt.Sprintf("%q", o.host(i)))
	}
	spider := `
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
hosts = [` + strings.Join(hosts, ",") + `]
class Spider(scrapy.Spider):
    name = "bench"
    start_urls = ["http://%s/" % h for h in hosts]
    links = LinkExtractor(allow_domains=hosts)
    def parse(self, response):
        for link in self.links.extract_links(response):
            yield response.follow(link)
p = CrawlerProcess({"ROBOTSTXT_OBEY": True, "LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "TELNETCONSOLE_ENABLED": False, "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7", "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.DownloaderAwarePriorityQueue"})
p.crawl(Spider)
p.start()
`
	file := filepath.Join(dir, "spider.py")
	if err := os.WriteFile(file, []byte(spider), 0o644); err != nil {
		return nil, err
	}
	return exec.Command(python, file), nil
}
