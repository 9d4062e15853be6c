package extract

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"
)

// Every rule by which the trimmer drops a piece is in the catalogue, in words.
func TestCatalogIsWhole(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, f := range Rules() {
		if f.About == "" || len(f.Rules) == 0 {
			t.Errorf("family %s says nothing", f.Name)
		}
		for _, r := range f.Rules {
			if r.About == "" {
				t.Errorf("%s: no word about it", r.Rule)
			}
			if known[r.Rule] && !strings.HasSuffix(r.Rule, "*") {
				t.Errorf("%s stands twice", r.Rule)
			}
			known[r.Rule] = true
		}
	}
	found := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 3 {
				return true
			}
			if to, ok := call.Fun.(*ast.SelectorExpr); !ok || to.Sel.Name != "drop" {
				return true
			}
			if text, ok := call.Args[2].(*ast.BasicLit); ok {
				name, err := strconv.Unquote(text.Value)
				if err != nil {
					t.Fatal(err)
				}
				if found++; !known["text/"+name] {
					t.Errorf("%s: rule text/%s is in no catalogue: give it words in ruleWords", f.Name(), name)
				}
			}
			return true
		})
	}
	if found < 20 {
		t.Errorf("only %d rules were found in the source", found)
	}
}
