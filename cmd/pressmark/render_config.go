package main

import (
	"path/filepath"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// A renderConfig says how pages are rendered that are empty without scripts.
// It is done for the sites that ask for it: a browser takes more of a machine
// than all the rest, and runs what strangers wrote.
type renderConfig struct {
	Browser   string   `yaml:"browser" json:"browser,omitempty" jsonschema:"path of a Chromium or Chrome; auto looks for one in the usual places; off renders nothing, whatever a site says"`
	Timeout   duration `yaml:"timeout" json:"timeout,omitempty" jsonschema:"longest time for the scripts of one page; what they ask for comes at the site's pace"`
	Pages     int      `yaml:"max_pages_per_run" json:"max_pages_per_run,omitempty" jsonschema:"pages of one site that are rendered within an hour"`
	NoSandbox bool     `yaml:"no_sandbox" json:"no_sandbox,omitempty" jsonschema:"run the browser without its sandbox, which keeps what strangers wrote from this machine; root can have none, so better run pressmark as somebody else"`
}

func defaultRender() renderConfig {
	return renderConfig{Browser: "auto", Timeout: duration(90 * time.Second), Pages: 50}
}

func (e *configFaults) render(c *config, root ast.Node) {
	if b := c.Render.Browser; b != "auto" && b != "off" && !filepath.IsAbs(b) {
		e.at(node(root, "$.render.browser"), "browser is %q: write auto, off or an absolute path", b)
	}
	if d := time.Duration(c.Render.Timeout); d < time.Second || d > 10*time.Minute {
		e.at(node(root, "$.render.timeout"), "timeout must be between 1s and 10m, not %v", c.Render.Timeout)
	}
	if c.Render.Pages < 1 || c.Render.Pages > 10_000 {
		e.at(node(root, "$.render.max_pages_per_run"), "max_pages_per_run must be between 1 and 10000, not %d", c.Render.Pages)
	}
}
