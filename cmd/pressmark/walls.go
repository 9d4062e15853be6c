package main

import (
	"fmt"

	"pressmark/archive"
	"pressmark/extract"
	"pressmark/extract/notice"
)

// wall says why an answer is a wall in a page's place. Nearly every page that
// isn't shows it at a glance; the others are read as they will be again.
func (e *engine) wall(c archive.Capture) (why string, is bool) {
	if c.Status < 400 && notice.Tells(c.Body) {
		return "", false
	}
	a := e.ingest.Glance(c)
	return a.Why, a.Kind == extract.Wall
}

// walled says how many of a run's pages were walls, and what can be done when
// they are too many; "" when none was.
func walled(n archive.SiteRun, run archive.RunID) string {
	walls := n.Outcomes[archive.Walls]
	if walls == 0 {
		return ""
	}
	s := fmt.Sprintf("%d of %s showed a wall (consent, a challenge, a login …), which is no edition: they are asked for again later", walls, count(n.Pages, "page"))
	if run > 0 {
		s += fmt.Sprintf("; see pressmark runs show %d", run)
	}
	if walls*2 >= n.Pages {
		s += "; what helps: a longer delay for the site, crawl.proxy in a country that is let in, or the paper's leave to crawl"
	}
	return s
}
