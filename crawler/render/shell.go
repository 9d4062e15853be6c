package render

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Bounds on what counts as a page without a text of its own.
const (
	shellBytes = 2 << 20 // that are looked at
	shellText  = 600     // bytes of text beside the scripts that a shell has at most
)

// Shell reports whether a page shows nothing before its scripts have run: it
// has scripts, hardly any text, and says that it needs them or has an empty
// place for what they make.
func Shell(page []byte) bool {
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), shellBytes)]))
	var scripts, text int
	var asks, root bool
	var hidden string // the element whose text is not shown
	var open string   // an element for what scripts make, as long as nothing stands in it
	for {
		t := z.Next()
		switch t {
		case html.ErrorToken:
			return scripts > 0 && text <= shellText && (asks || root)
		case html.TextToken:
			s := strings.TrimSpace(string(z.Text()))
			switch {
			case s == "":
			case hidden == "noscript":
				low := strings.ToLower(s)
				asks = asks || strings.Contains(low, "javascript") || strings.Contains(low, "enable scripts")
			case hidden == "":
				text += len(s)
				open = ""
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := z.Token()
			open = ""
			switch tag.Data {
			case "script":
				if scripts++; t == html.StartTagToken {
					hidden = tag.Data
				}
			case "style", "noscript", "template", "title":
				if t == html.StartTagToken {
					hidden = tag.Data
				}
			case "div", "main", "section":
				if place(tag) {
					open = tag.Data
				}
			default:
				if strings.Contains(tag.Data, "-") { // a custom element, which only scripts fill
					open = tag.Data
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if string(name) == hidden {
				hidden = ""
			}
			if string(name) == open {
				root = true
			}
			open = ""
		}
	}
}

// place reports whether an element is called as those are that scripts fill.
func place(t html.Token) bool {
	for _, a := range t.Attr {
		switch {
		case a.Key == "id" && slices.Contains([]string{"root", "app", "__next", "__nuxt", "___gatsby", "svelte", "main", "content", "application", "page", "react-root"}, strings.ToLower(a.Val)):
			return true
		case a.Key == "data-reactroot" || a.Key == "ng-app" || a.Key == "data-server-rendered":
			return true
		}
	}
	return false
}
