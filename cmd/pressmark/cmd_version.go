package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"pressmark/extract"
)

// release is the version that users see.
const release = "0.1.0"

// program names the program and its version.
func program() string { return "pressmark " + release }

func (c *cli) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long: `Print the version of the program, of its extractor (a new one is a reason to
reextract), and of the Go that built it; with --json the commit too.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := struct {
				Version   string `json:"version"`
				Commit    string `json:"commit,omitempty"`
				Extractor string `json:"extractor"`
				Go        string `json:"go"`
			}{Version: release, Extractor: extract.Version}
			if info, ok := debug.ReadBuildInfo(); ok {
				v.Go = info.GoVersion
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						v.Commit = s.Value
					}
				}
			}
			if c.json {
				return object(c.out, v)
			}
			_, err := fmt.Fprintf(c.out, "%s (extractor %s, %s)\n", program(), v.Extractor, v.Go)
			return err
		},
	}
}
