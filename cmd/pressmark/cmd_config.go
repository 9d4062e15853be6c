package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/goccy/go-yaml"
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/spf13/cobra"

	filters "pressmark/extract/filter"
	"pressmark/schedules"
)

func (c *cli) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Check and show the configuration",
		Long: `pressmark.yaml says what to crawl: a contact, and a list of sites, of which a
URL is enough. Every other option has a default; config show prints them all,
config schema explains them.`,
		Example: "  pressmark config check\n  pressmark config schema > pressmark.schema.json",
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:   "check",
			Short: "Check the configuration; each fault with line, column and the line itself",
			Long: `Check the configuration and name every fault with its line, its column and the
line itself. Ends with 4 when there is one. With --json each fault is an
object, and so is the good news.

The filter lists that it names are read too. One that is not there, or is no
list, is a fault; of one that has lines which can't be read these are shown,
and the other rules hold.`,
			Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error { return c.checkConfig() },
		},
		&cobra.Command{
			Use:   "show",
			Short: "Show the configuration with every default filled in",
			Long:  "Show the configuration as it is understood, with every default filled in, as YAML that could be the file.",
			Args:  cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				conf, err := c.configuration()
				if err != nil {
					return err
				}
				return c.showConfig(conf)
			},
		},
		&cobra.Command{
			Use:   "schema",
			Short: "Print the JSON Schema of the configuration, for editors",
			Long: `Print the JSON Schema of the configuration. An editor that knows YAML schemas
completes and explains the options when the file's first line is
  # yaml-language-server: $schema=pressmark.schema.json`,
			Example: "  pressmark config schema > pressmark.schema.json",
			Args:    cobra.NoArgs,
			RunE:    func(*cobra.Command, []string) error { return c.printSchema() },
		},
	)
	return cmd
}

func (c *cli) checkConfig() error {
	conf, err := c.configuration()
	if err == nil {
		err = reachable(conf)
	}
	var lists []*filters.List
	if err == nil {
		lists, err = conf.lists()
	}
	var bad *configFaults
	if c.json && errors.As(err, &bad) {
		for _, f := range bad.faults {
			if err := object(c.out, struct {
				File    string `json:"file"`
				Line    int    `json:"line"`
				Column  int    `json:"column"`
				Message string `json:"message"`
			}{bad.path, f.line, f.column, f.message}); err != nil {
				return err
			}
		}
	}
	if err != nil {
		return err
	}
	for _, l := range lists {
		for _, f := range l.Faults {
			c.say("%s", shownFault(f))
		}
	}
	if c.json {
		return object(c.out, struct {
			File    string       `json:"file"`
			Sites   int          `json:"sites"`
			Filters []listObject `json:"filters"`
		}{conf.path, len(conf.Sites), listsOf(lists)})
	}
	for _, l := range lists {
		c.say("%s: %s", l.Name, listLine(l))
	}
	c.say("%s is fine: %s", conf.path, count(len(conf.Sites), "site"))
	return nil
}

func (c *cli) showConfig(conf *config) error {
	for i := range conf.Sites {
		s := &conf.Sites[i]
		s.Name = s.name()
		if s.Delay == unset {
			s.Delay = conf.Crawl.Delay
		}
		if s.MaxPages == 0 {
			s.MaxPages = conf.Crawl.MaxPagesPerRun
		}
		if s.Overlap == "" {
			s.Overlap = schedules.Skip
		}
	}
	if c.json {
		return object(c.out, conf)
	}
	b, err := yaml.Marshal(conf)
	if err != nil {
		return fmt.Errorf("show configuration: %w", err)
	}
	_, err = c.exact().Write(b)
	return err
}

// printSchema writes the schema of pressmark.yaml (JSON Schema 2020-12), made
// from the type that reads it.
func (c *cli) printSchema() error {
	durations := &jsonschema.Schema{Type: "string", Pattern: `^[0-9.]+(ns|us|µs|ms|s|m|h|d|w)([0-9.]+(ns|us|µs|ms|s|m|h))*$`, Examples: []any{"90s", "15m", "7d"}}
	sizes := &jsonschema.Schema{Type: "string", Pattern: `^[0-9.]+ *([KMG]?B|[kmg]?b)$`, Examples: []any{"512KB", "8MB"}}
	s, err := jsonschema.For[config](&jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[duration](): durations,
		reflect.TypeFor[size]():     sizes,
	}})
	if err != nil {
		return fmt.Errorf("configuration schema: %w", err)
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "pressmark.yaml"
	s.Properties["crawl"].Properties["private_networks"].Enum = []any{"deny", "allow"}
	for _, how := range overlaps {
		overlap := s.Properties["sites"].Items.Properties["overlap"]
		overlap.Enum = append(overlap.Enum, how)
	}
	for _, keep := range []*jsonschema.Schema{s.Properties["keep"], s.Properties["sites"].Items.Properties["keep"]} {
		for _, which := range keepVersions {
			keep.Properties["versions"].Enum = append(keep.Properties["versions"].Enum, which)
		}
	}
	if c.json {
		return object(c.out, s)
	}
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("configuration schema: %w", err)
	}
	_, err = fmt.Fprintf(c.exact(), "%s\n", b)
	return err
}
