package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"pressmark/schedules"
)

// overlaps are what overlap may be.
var overlaps = []string{schedules.Skip, schedules.QueueOne, schedules.Cancel}

// schedules gives each site its schedule, also one that is paused.
func (c *config) schedules() []schedules.Schedule {
	var list []schedules.Schedule
	for _, s := range c.Sites {
		list = append(list, c.schedule(s))
	}
	return list
}

func (c *config) schedule(s siteConfig) schedules.Schedule {
	x := schedules.Schedule{
		Name: s.name(), Cron: s.Cron, Zone: s.Timezone, Sites: []string{s.name()},
		Jitter: time.Duration(s.Jitter), Overlap: s.Overlap, MaxRun: time.Duration(s.MaxRun), CatchUp: time.Duration(s.CatchUp),
	}
	if x.Zone == "" && !strings.Contains(s.Cron, "TZ=") { // a line with a zone of its own
		x.Zone = c.Timezone
	}
	if s.Cron == "" {
		x.Every = time.Duration(s.Every)
	}
	if x.CatchUp == 0 {
		x.CatchUp = -1 // never
	}
	return x
}

// plansOf are the schedules of a configuration's sites.
func plansOf(conf *config) ([]*schedules.Plan, error) {
	var plans []*schedules.Plan
	for _, s := range conf.schedules() {
		p, err := schedules.Parse(s)
		if err != nil {
			return nil, err
		}
		plans = append(plans, p)
	}
	return plans, nil
}

// schedule fills in what a site leaves to the defaults, and checks when it is
// to be crawled.
func (e *configFaults) schedule(c *config, i int, root ast.Node) {
	s, path := &c.Sites[i], fmt.Sprintf("$.sites[%d]", i)
	if s.Cron != "" && s.Every != 0 {
		e.at(node(root, path+".every"), "a site has every or cron, not both")
		return
	}
	if s.Cron == "" && s.Every == 0 {
		if n := node(root, path+".every"); n != nil && n.Type() != ast.NullType { // it would come to the default, which nobody meant
			e.at(n, "every is no time at all: write 15m (pressmark site pause keeps a site from being crawled)")
			return
		}
		s.Every = duration(defaultEvery)
	}
	if node(root, path+".catch_up") == nil {
		s.CatchUp = duration(schedules.DefaultCatchUp)
	}
	bad := scheduleFault(c.schedule(*s), s.Timezone, c.Timezone)
	if bad == nil {
		return
	}
	key := bad.Key
	if key == "zone" {
		if key = "timezone"; s.Timezone == "" {
			key = "cron"
		}
	}
	message := key + ": " + bad.Reason
	if bad.Hint != "" {
		message += " (" + bad.Hint + ")"
	}
	n := node(root, path+"."+key)
	if n == nil {
		n = node(root, path)
	}
	e.at(n, "%s", message)
	e.faults[len(e.faults)-1].within(e.source, bad.Text, bad.Offset, bad.Length)
}

// within moves a fault from the beginning of a value to a part of a text in it.
// Where the value is written in another way than it reads, the fault stays.
func (f *fault) within(source []string, text string, offset, length int) {
	if f.line > len(source) || length == 0 {
		return
	}
	row := []rune(source[f.line-1])
	if f.column > len(row) {
		return
	}
	if at := strings.Index(string(row[f.column-1:]), text); at >= 0 {
		before := string(row[f.column-1:])[:at] + text[:offset]
		f.column += len([]rune(before))
		f.length = len([]rune(text[offset : offset+length]))
	}
}

// scheduleFault is what is wrong with a schedule; nil when nothing is. A file's
// zone that is none is told of once, not for each schedule without its own.
func scheduleFault(x schedules.Schedule, own, file string) *schedules.ParseError {
	if own == "" {
		if _, err := time.LoadLocation(file); err != nil {
			x.Zone = ""
		}
	}
	_, err := schedules.Parse(x)
	var bad *schedules.ParseError
	errors.As(err, &bad)
	return bad
}
