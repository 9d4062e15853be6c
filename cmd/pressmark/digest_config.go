package main

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"pressmark/archive/report"
	"pressmark/crawler"
	"pressmark/schedules"
)

// A reportConfig is a report that is sent: what of, when and to whom.
type reportConfig struct {
	Name     string              `yaml:"name" json:"name" jsonschema:"what the report is called"`
	Title    string              `yaml:"title" json:"title,omitempty" jsonschema:"its headline"`
	Every    duration            `yaml:"every" json:"every,omitempty" jsonschema:"send it so often, such as 1h; default: 1d"`
	Cron     string              `yaml:"cron" json:"cron,omitempty" jsonschema:"send it at these times, five cron fields or @daily, instead of every"`
	Timezone string              `yaml:"timezone" json:"timezone,omitempty" jsonschema:"zone of cron, quiet and of the times in it; default: the file's"`
	Sites    []string            `yaml:"sites" json:"sites,omitempty" jsonschema:"names of the sites it is on; default: all"`
	Grade    int                 `yaml:"grade" json:"grade,omitempty" jsonschema:"only changes of this grade (0 to 3) and above"`
	Kinds    []string            `yaml:"kinds" json:"kinds,omitempty" jsonschema:"only changes of these kinds"`
	Stealth  bool                `yaml:"stealth" json:"stealth,omitempty" jsonschema:"only changes of which the paper says nothing"`
	Watches  []string            `yaml:"watches" json:"watches,omitempty" jsonschema:"only changes that one of these watches is for; default: all changes, and all watches are told of where they match"`
	Quiet    string              `yaml:"quiet" json:"quiet,omitempty" jsonschema:"times of the day at which it is not sent but afterwards, such as 22:00-06:00"`
	Digest   *bool               `yaml:"digest" json:"digest,omitempty" jsonschema:"true: one message for all changes; false: one for each, by webhook, slack and ntfy; default: true"`
	Empty    bool                `yaml:"empty" json:"empty,omitempty" jsonschema:"send it too when there is nothing to tell"`
	To       []destinationConfig `yaml:"to" json:"to" jsonschema:"who gets it; each remembers for itself what was told"`
}

// A destinationConfig is one place that a report is sent to.
type destinationConfig struct {
	Mail    []string `yaml:"mail,omitempty" json:"mail,omitempty" jsonschema:"mail addresses, by the server of mail"`
	Webhook string   `yaml:"webhook,omitempty" json:"webhook,omitempty" jsonschema:"URL that JSON is posted to, or env:NAME for the environment variable that holds it"`
	Slack   string   `yaml:"slack,omitempty" json:"slack,omitempty" jsonschema:"URL of an incoming webhook of Slack, or of what speaks like it; or env:NAME"`
	Ntfy    string   `yaml:"ntfy,omitempty" json:"ntfy,omitempty" jsonschema:"URL of a topic, such as https://ntfy.example.org/news; or env:NAME"`
	File    string   `yaml:"file,omitempty" json:"file,omitempty" jsonschema:"file that it is written to, relative to this file; {date} and {time} stand for when"`

	Format    string `yaml:"format,omitempty" json:"format,omitempty" jsonschema:"of a file: html, md, text, json, jsonl or atom; default: as its name ends"`
	SecretEnv string `yaml:"secret_env,omitempty" json:"secret_env,omitempty" jsonschema:"environment variable with the key that signs what is posted to a webhook"`
	TokenEnv  string `yaml:"token_env,omitempty" json:"token_env,omitempty" jsonschema:"environment variable with the token that ntfy or a webhook wants"`
	Private   string `yaml:"private_networks,omitempty" json:"private_networks,omitempty" jsonschema:"allow: the address may be a private one; default: deny"`
}

// secrets are the names of the environment variables that a destination needs.
func (d *destinationConfig) secrets() (names []string) {
	if name, is := strings.CutPrefix(d.address(), "env:"); is {
		names = append(names, name)
	}
	for _, name := range []string{d.SecretEnv, d.TokenEnv} {
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// kind names what a destination is, "" when it is none or several.
func (d *destinationConfig) kind() string {
	kinds := []string{}
	for _, x := range []struct {
		kind string
		is   bool
	}{{"mail", len(d.Mail) > 0}, {"webhook", d.Webhook != ""}, {"slack", d.Slack != ""}, {"ntfy", d.Ntfy != ""}, {"file", d.File != ""}} {
		if x.is {
			kinds = append(kinds, x.kind)
		}
	}
	if len(kinds) != 1 {
		return ""
	}
	return kinds[0]
}

// address is where it is, as the configuration has it.
func (d *destinationConfig) address() string {
	return strings.Join(d.Mail, ",") + d.Webhook + d.Slack + d.Ntfy + d.File
}

// format is how a file is written.
func (d *destinationConfig) format() string {
	if d.Format != "" {
		return d.Format
	}
	ends := map[string]string{".html": "html", ".htm": "html", ".md": "md", ".txt": "text", ".json": "json", ".jsonl": "jsonl", ".atom": "atom", ".xml": "atom"}
	if i := strings.LastIndexByte(d.File, '.'); i >= 0 {
		return ends[strings.ToLower(d.File[i:])]
	}
	return ""
}

// schedule is when the report is sent.
func (c *config) reportSchedule(r reportConfig) schedules.Schedule {
	x := schedules.Schedule{Name: r.Name, Cron: r.Cron, Zone: r.Timezone}
	if x.Zone == "" && !strings.Contains(r.Cron, "TZ=") {
		x.Zone = c.Timezone
	}
	if r.Cron == "" {
		x.Every = time.Duration(r.Every)
	}
	return x
}

// reportZone is the zone of a report.
func (c *config) reportZone(r reportConfig) *time.Location {
	if r.Timezone != "" {
		if zone, err := time.LoadLocation(r.Timezone); err == nil { // it was checked
			return zone
		}
	}
	return c.zone
}

// choice is what a report is on.
func (c *config) reportChoice(r reportConfig) report.Choice {
	x := report.Choice{Sites: r.Sites, Min: r.Grade, Kinds: r.Kinds, Stealth: r.Stealth, Watches: c.watches(), Watched: len(r.Watches) > 0}
	if x.Watched {
		x.Watches = slices.DeleteFunc(x.Watches, func(w report.Watch) bool { return !slices.Contains(r.Watches, w.Name) })
	}
	return x
}

func (e *configFaults) reports(c *config, root ast.Node) {
	e.watches(c, root)
	e.mail(c, root)
	seen := map[string]bool{}
	for i := range c.Reports {
		r, path := &c.Reports[i], fmt.Sprintf("$.reports[%d]", i)
		switch {
		case r.Name == "":
			e.at(node(root, path), "a report needs its name")
			continue
		case len(r.Name) > 80 || report.CheckCursorName(r.Name) != nil:
			e.at(node(root, path+".name"), "%q is too long for a name", r.Name)
		case seen[fold(r.Name)]:
			e.at(node(root, path+".name"), "two reports are called %q: give one another name", r.Name)
		}
		seen[fold(r.Name)] = true
		e.chosen(c, root, path, r.Sites, r.Kinds, r.Grade)
		for j, name := range r.Watches {
			if !slices.ContainsFunc(c.Watches, func(w watchConfig) bool { return w.Name == name }) {
				e.at(node(root, fmt.Sprintf("%s.watches[%d]", path, j)), "no watch is called %q", name)
			}
		}
		if _, err := crawler.ParseHours(r.Quiet); err != nil {
			e.at(node(root, path+".quiet"), "quiet: %v", err)
		}
		e.reportTimes(c, r, root, path)
		if len(r.To) == 0 {
			e.at(node(root, path), "report %q goes to nobody: write to: [{mail: [desk@example.org]}], or webhook, slack, ntfy or file", r.Name)
		}
		for j := range r.To {
			e.destination(c, &r.To[j], root, fmt.Sprintf("%s.to[%d]", path, j))
		}
	}
}

func (e *configFaults) reportTimes(c *config, r *reportConfig, root ast.Node, path string) {
	if r.Cron != "" && r.Every != 0 {
		e.at(node(root, path+".every"), "a report has every or cron, not both")
		return
	}
	if r.Cron == "" && r.Every == 0 {
		r.Every = duration(24 * time.Hour)
	}
	bad := scheduleFault(c.reportSchedule(*r), r.Timezone, c.Timezone)
	if bad == nil {
		return
	}
	key := bad.Key
	if key == "zone" {
		key = "timezone"
	}
	n := node(root, path+"."+key)
	if n == nil {
		n = node(root, path)
	}
	e.at(n, "%s: %s", key, bad.Reason)
	e.faults[len(e.faults)-1].within(e.source, bad.Text, bad.Offset, bad.Length)
}

func (e *configFaults) destination(c *config, d *destinationConfig, root ast.Node, path string) {
	at := func(key string) ast.Node {
		if n := node(root, path+"."+key); n != nil {
			return n
		}
		return node(root, path)
	}
	kind := d.kind()
	switch kind {
	case "":
		e.at(node(root, path), "a destination is one of mail, webhook, slack, ntfy and file")
		return
	case "mail":
		if c.Mail.Server == "" {
			e.at(at("mail"), "mail needs a server: write mail: {server: \"smtp.example.org:587\", from: press@example.org} in the file")
		}
		for j, a := range d.Mail {
			if _, err := mail.ParseAddress(a); err != nil {
				e.at(node(root, fmt.Sprintf("%s.mail[%d]", path, j)), "%q is no mail address", a)
			}
		}
	case "file":
		if _, ok := reportFormats[d.format()]; !ok {
			e.at(at("file"), "format of %q: write html, md, text, json, jsonl or atom", d.File)
		}
	default:
		raw := d.address()
		if name, is := strings.CutPrefix(raw, "env:"); is {
			if !envName(name) {
				e.at(at(kind), "%q is no name of an environment variable", name)
			}
		} else if err := checkHook(raw, d.Private == "allow"); err != nil {
			e.at(at(kind), "%v", err)
		}
	}
	if d.Private != "" && d.Private != "allow" && d.Private != "deny" {
		e.at(at("private_networks"), "private_networks is %q: write deny or allow", d.Private)
	}
	for key, name := range map[string]string{"secret_env": d.SecretEnv, "token_env": d.TokenEnv} {
		if name != "" && !envName(name) {
			e.at(at(key), "%q is no name of an environment variable", name)
		}
	}
	for _, x := range []struct {
		key  string
		is   bool
		good bool
	}{
		{"format", d.Format != "", kind == "file"}, {"secret_env", d.SecretEnv != "", kind == "webhook"},
		{"token_env", d.TokenEnv != "", kind == "ntfy" || kind == "webhook"}, {"private_networks", d.Private != "", kind != "file" && kind != "mail"},
	} {
		if x.is && !x.good {
			e.at(at(x.key), "%s is not for %s", x.key, kind)
		}
	}
}

// checkHook says what is wrong with an address to post to: only on a network of
// one's own may it go in clear text.
func checkHook(raw string, private bool) error {
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return errors.New("not an address: write it with https://, or env:NAME for the environment variable that holds it")
	case u.Scheme == "http" && !private:
		return errors.New("what is sent over http:// can be read on the way: write https://, or private_networks: allow for a server of your own network")
	case u.User != nil:
		return errors.New("no password belongs into the file: write env:NAME for the environment variable that holds the address")
	}
	return nil
}

func envName(s string) bool {
	return s != "" && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == ""
}
