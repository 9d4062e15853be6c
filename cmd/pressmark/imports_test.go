package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed says which of our packages a package may import: extract computes,
// archive remembers, crawler asks the network, schedules watches the clock,
// cmd talks to people. Arrows point down only. A name ending in /... stands
// for everything below it too.
var allowed = map[string][]string{
	"cmd/pressmark":                 {"cmd/pressmark/guest", "crawler/...", "extract/...", "archive/...", "schedules"},
	"cmd/pressmark/guest":           {},
	"schedules":                     {},
	"crawler":                       {"archive", "extract/urlkey", "crawler/discover", "crawler/fetch", "crawler/frontier", "crawler/robots"},
	"crawler/discover":              {"extract/urlkey"},
	"crawler/fetch":                 {},
	"crawler/fetch/hostile":         {},
	"crawler/frontier":              {"extract/urlkey"},
	"crawler/frontier/frontiertest": {"crawler/frontier", "extract/urlkey"},
	"crawler/newsroom":              {},
	"crawler/newsroom/month":        {},
	"crawler/render":                {},
	"crawler/robots":                {},
	"crawler/websub":                {"crawler/discover", "crawler/fetch"},
	"extract":                       {"extract/filter", "extract/memory", "extract/notice", "extract/meta"},
	"extract/change":                {"extract", "extract/meta"},
	"extract/dedup":                 {"extract/meta"},
	"extract/filter":                {},
	"extract/memory":                {},
	"extract/meta":                  {},
	"extract/notice":                {},
	"extract/urlkey":                {},
	"archive":                       {"extract/..."},
	"archive/archivetest":           {"archive"},
	"archive/export":                {"archive", "archive/warc", "extract/..."},
	"archive/faults":                {"archive", "archive/archivetest", "archive/export", "archive/ingest", "extract/..."},
	"archive/ingest":                {"archive", "extract/..."},
	"archive/evidence":              {"archive", "archive/export", "archive/proof", "archive/report", "extract/..."},
	"archive/proof":                 {"archive", "extract/urlkey"},
	"archive/report":                {"archive", "archive/proof", "extract/..."},
	"archive/warc":                  {},
}

// testOnly are packages that tests may import from anywhere: what makes worlds
// and archives to test with, and the stages that fill an archive as the program
// does and tell what is in it.
var testOnly = []string{"archive/archivetest", "archive/ingest", "archive/export", "crawler/newsroom", "crawler/newsroom/month", "crawler/frontier/frontiertest", "crawler/fetch/hostile"}

// The import clauses are read here, not asked of the go command: a test's
// cached result does not notice what a child process read.
func TestArrowsPointDown(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name != ".." && strings.HasPrefix(name, ".") || name == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		checkImports(t, path, filepath.ToSlash(filepath.Dir(rel)), strings.HasSuffix(path, "_test.go"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkImports(t *testing.T, path, pkg string, test bool) {
	may, known := allowed[pkg]
	if !known {
		t.Errorf("%s: package %s is not in the table of packages: say what it may import", path, pkg)
		return
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	for _, spec := range f.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		name, ours := strings.CutPrefix(name, "pressmark/")
		if !ours || name == pkg || test && slices.Contains(testOnly, name) {
			continue
		}
		if !slices.ContainsFunc(may, func(m string) bool {
			below, all := strings.CutSuffix(m, "/...")
			return name == m || all && (name == below || strings.HasPrefix(name, below+"/"))
		}) {
			t.Errorf("%s: %s may not import %s", path, pkg, name)
		}
	}
}

// The top level holds what the map in README names, and no drawer for leftovers.
func TestTopLevel(t *testing.T) {
	list, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "archive", "cmd", "crawler", "extract", "go.mod", "go.sum", "schedules"}
	for _, e := range list {
		if name := e.Name(); !strings.HasPrefix(name, ".") && !slices.Contains(want, name) && name != "pressmark" && name != "pressmark-demo" {
			t.Errorf("%s stands at the top level, where only %v belong", name, want)
		}
	}
}
