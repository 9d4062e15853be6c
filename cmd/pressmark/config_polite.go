package main

import (
	"fmt"
	"time"

	"github.com/goccy/go-yaml/ast"

	"pressmark/crawler"
	"pressmark/extract/urlkey"
)

// polite takes over when a site is left alone, and what it is asked for at most.
func (c *config) polite(s siteConfig, site *crawler.Site) {
	if site.PerDay = (crawler.Budget{Requests: s.PerDay, Bytes: int64(s.BytesDay)}); s.PerDay == 0 {
		site.PerDay.Requests = c.Crawl.MaxPerDay
	}
	if s.BytesDay == 0 {
		site.PerDay.Bytes = int64(c.Crawl.MaxBytesPerDay)
	}
	quiet := s.Quiet
	if quiet == "" {
		quiet = c.Crawl.Quiet
	}
	site.Quiet, _ = crawler.ParseHours(quiet) // was checked when it was read
	site.Zone = c.zone
	if s.Timezone != "" {
		if zone, err := time.LoadLocation(s.Timezone); err == nil {
			site.Zone = zone
		}
	}
}

// quietAt is until when a site has its quiet hours at a time; zero when it has none then.
func (c *config) quietAt(name string, at time.Time) time.Time {
	s, err := c.find(name)
	if err != nil {
		return time.Time{}
	}
	site := c.site(s)
	end, _ := site.Quiet.Until(at.In(site.Zone))
	return end
}

// groups are the groups of servers that the file makes, by domain.
func (c *config) groups() map[string]string {
	all := map[string]string{}
	for _, g := range c.Crawl.Groups {
		for _, host := range g.Hosts {
			if domain, err := crawler.GroupOf(host); err == nil {
				all[domain] = g.Name
			}
		}
	}
	for _, s := range c.Sites {
		if s.Group == "" {
			continue
		}
		for _, domain := range s.domains() {
			all[domain] = s.Group
		}
	}
	return all
}

// domains are what a site's own pages stand on.
func (s siteConfig) domains() []string {
	home, err := urlkey.Group(s.URL)
	if err != nil {
		return nil
	}
	all := []string{home}
	for _, host := range s.Hosts {
		if domain, err := urlkey.Group("https://" + host + "/"); err == nil {
			all = append(all, domain)
		}
	}
	return all
}

// politeness checks quiet hours, budgets and groups.
func (e *configFaults) politeness(c *config, root ast.Node) {
	quiet := func(text, path string) {
		if _, err := crawler.ParseHours(text); err != nil {
			e.at(node(root, path), "quiet: %v", err)
		}
	}
	quiet(c.Crawl.Quiet, "$.crawl.quiet")
	if n := c.Crawl.NoArchive; n != "" && n != "record" && n != "respect" {
		e.at(node(root, "$.crawl.noarchive"), "noarchive is %q: write record or respect", n)
	}
	negative := func(n int, path, key string) {
		if n < 0 {
			e.at(node(root, path+"."+key), "%s can't be negative", key)
		}
	}
	negative(c.Crawl.MaxPerDay, "$.crawl", "max_requests_per_day")
	of := map[string]string{} // by domain
	put := func(domain, group, path string) {
		switch was := of[domain]; was {
		case "", group:
			of[domain] = group
		default:
			e.at(node(root, path), "%s is in the group %q already: its servers can be in one", domain, was)
		}
	}
	names := map[string]bool{}
	for i, g := range c.Crawl.Groups {
		path := fmt.Sprintf("$.crawl.groups[%d]", i)
		switch {
		case g.Name == "":
			e.at(node(root, path), "a group needs a name")
		case names[g.Name]:
			e.at(node(root, path+".name"), "two groups are called %q", g.Name)
		case len(g.Hosts) == 0:
			e.at(node(root, path), "a group needs hosts, the domains that belong to it")
		}
		names[g.Name] = true
		for n, host := range g.Hosts {
			at := fmt.Sprintf("%s.hosts[%d]", path, n)
			domain, err := crawler.GroupOf(host)
			if err != nil {
				e.at(node(root, at), "%v", err)
				continue
			}
			put(domain, g.Name, at)
		}
	}
	for i, s := range c.Sites {
		path := fmt.Sprintf("$.sites[%d]", i)
		quiet(s.Quiet, path+".quiet")
		negative(s.PerDay, path, "max_requests_per_day")
		for n, host := range s.Hosts {
			if _, err := crawler.HostName(host); err != nil {
				e.at(node(root, fmt.Sprintf("%s.hosts[%d]", path, n)), "%v", err)
			}
		}
		if s.Group == "" {
			continue
		}
		for _, domain := range s.domains() {
			put(domain, s.Group, path+".group")
		}
	}
	for domain, name := range of {
		if whole := of[name]; whole != "" && whole != name {
			e.at(node(root, "$.crawl"), "%s is in the group %q, and that is also a domain of the group %q: call the group something else", domain, name, whole)
			return
		}
	}
}
