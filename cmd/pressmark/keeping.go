package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"pressmark/archive"
)

// keepConfig says for how long what is kept: the section keep of the file.
type keepConfig struct {
	Bodies    duration `yaml:"bodies" json:"bodies,omitempty" jsonschema:"originals of pages that were not seen to stand for so long go, their texts stay; such as 180d; default 0s: none goes"`
	Unchanged duration `yaml:"unchanged" json:"unchanged,omitempty" jsonschema:"of looks older than this that found nothing new, one a day stays; default 0s: all stay"`
	Versions  string   `yaml:"versions" json:"versions,omitempty" jsonschema:"which versions keep their text beside the first and the latest: all, graded (those that began with a change of grade 2 or 3) or ends (no other); default: all"`
	Texts     duration `yaml:"texts" json:"texts,omitempty" jsonschema:"versions holds for those not seen to stand for so long; default 0s: for all"`
	Runs      duration `yaml:"runs" json:"runs,omitempty" jsonschema:"records of crawls go that began longer ago, but for the last of each schedule; default 0s: none goes"`
}

// siteKeepConfig is what a site keeps otherwise.
type siteKeepConfig struct {
	Bodies    duration `yaml:"bodies" json:"bodies,omitempty" jsonschema:"as in the file's keep; default: that"`
	Unchanged duration `yaml:"unchanged" json:"unchanged,omitempty" jsonschema:"as in the file's keep; default: that"`
	Versions  string   `yaml:"versions" json:"versions,omitempty" jsonschema:"as in the file's keep; default: that"`
	Texts     duration `yaml:"texts" json:"texts,omitempty" jsonschema:"as in the file's keep; default: that"`
}

// keepVersions are what versions may be.
var keepVersions = []string{string(archive.KeepAll), string(archive.KeepGraded), string(archive.KeepEnds)}

func isKeepVersions(s string) error {
	for _, k := range keepVersions {
		if s == k {
			return nil
		}
	}
	return fmt.Errorf("versions is %q: write %s", s, strings.Join(keepVersions, ", "))
}

// keep checks the rules of keeping, and hands those of the file on to the sites
// that have none of their own.
func (e *configFaults) keep(c *config, root ast.Node) {
	check := func(path, versions string) {
		if err := isKeepVersions(versions); err != nil {
			e.at(node(root, path+".versions"), "%v", err)
		}
	}
	check("$.keep", c.Keep.Versions)
	for i := range c.Sites {
		k, path := &c.Sites[i].Keep, fmt.Sprintf("$.sites[%d].keep", i)
		own := func(key string) bool { return node(root, path+"."+key) != nil }
		if !own("bodies") {
			k.Bodies = c.Keep.Bodies
		}
		if !own("unchanged") {
			k.Unchanged = c.Keep.Unchanged
		}
		if !own("texts") {
			k.Texts = c.Keep.Texts
		}
		if own("versions") {
			check(path, k.Versions)
		} else {
			k.Versions = c.Keep.Versions
		}
	}
}

// keeps gives the rules of a site, by its name: those of the file when it is
// not among the file's sites.
func (c *config) keeps(site string) archive.Keep {
	k := siteKeepConfig{c.Keep.Bodies, c.Keep.Unchanged, c.Keep.Versions, c.Keep.Texts}
	for _, s := range c.Sites {
		if s.name() == site {
			k = s.Keep
		}
	}
	return archive.Keep{
		Bodies: time.Duration(k.Bodies), Unchanged: time.Duration(k.Unchanged),
		Versions: archive.KeepVersions(k.Versions), Texts: time.Duration(k.Texts),
	}
}

// prunedOriginals counts the captures whose bodies can't be read again because
// they were pruned. Those that were taken down are not missed.
func prunedOriginals(ctx context.Context, store *archive.Store) (n int, err error) {
	for c, err := range store.Captures(ctx, 0) {
		if errors.Is(err, archive.ErrDamaged) {
			continue // verify tells of it
		}
		if err != nil {
			return 0, err
		}
		if c.Erased != "" && c.Erased != archive.TakenDown {
			n++
		}
	}
	return n, nil
}
