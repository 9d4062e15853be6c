package main

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"

	"github.com/goccy/go-yaml"
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/spf13/cobra"
)

func (c *cli) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Check and show the configuration",
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:   "check",
			Short: "Check the configuration; each fault with line, column and the line itself",
			Args:  cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				conf, err := c.configuration()
				if err != nil {
					return err
				}
				if err := reachable(conf); err != nil {
					return err
				}
				c.say("%s is fine: %s", conf.path, count(len(conf.Sites), "site"))
				return nil
			},
		},
		&cobra.Command{
			Use:   "show",
			Short: "Show the configuration with every default filled in",
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
			Args:  cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				return printSchema(c.out)
			},
		},
	)
	return cmd
}

func (c *cli) showConfig(conf *config) error {
	for i := range conf.Sites {
		s := &conf.Sites[i]
		s.Name = s.name()
		if s.Delay == unset {
			s.Delay = conf.Crawl.Delay
		}
		if s.Every == 0 && s.Cron == "" {
			s.Every = duration(defaultEvery)
		}
		if s.MaxPages == 0 {
			s.MaxPages = conf.Crawl.MaxPagesPerRun
		}
		if s.CatchUp == 0 {
			s.CatchUp = duration(defaultCatchUp)
		}
	}
	if c.json {
		return object(c.out, conf)
	}
	b, err := yaml.Marshal(conf)
	if err != nil {
		return fmt.Errorf("show configuration: %w", err)
	}
	_, err = c.out.Write(b)
	return err
}

// printSchema writes the schema of pressmark.yaml (JSON Schema 2020-12), made
// from the type that reads it.
func printSchema(w io.Writer) error {
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
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("configuration schema: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s\n", b)
	return err
}
