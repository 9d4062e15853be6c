package notice

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestHostile gives texts and pages that would take minutes if any step were
// more than linear; there is no clock in it, a slow build is the alarm.
func TestHostile(t *testing.T) {
	many := strings.Repeat("We use cookies to improve your experience. Accept. “A b c d e f.” ", 8000)
	for _, texts := range [][]string{{many}, strings.SplitAfter(many, ". "), {strings.Repeat("“", 100000) + many}} {
		kept, removed := Blocks(texts, Options{})
		if len(kept) != len(texts) {
			t.Fatalf("%d blocks of %d, %d removals", len(kept), len(texts), len(removed))
		}
	}
	deep := strings.Repeat(`<div class="cookie-bar onetrust">`, 400)
	for _, markup := range []string{
		deep + strings.Repeat("<p>We use cookies. By continuing you agree.</p><button>OK</button>", 5000),
		strings.Repeat(`<div class="cookie-bar"><p>cookie orrek badugu hemen oso luzea.</p><button>x</button>`, 3000),
		strings.Repeat(`<div id="cmpbox" style="position:fixed">`, 300) + strings.Repeat("<p>The council voted on Monday.</p>", 5000),
	} {
		doc, err := html.Parse(strings.NewReader(markup))
		if err != nil {
			continue // nested deeper than the parser goes
		}
		page := ReadPage(doc)
		page.Prune()
		Wall(Facts{Page: page})
	}
}
