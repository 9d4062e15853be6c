package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/archive/report"
)

// What the demo prints: the papers, a line for each crawl, the stories and the
// changes worth reading. With --json each is an object with its type.

func (d *demo) printPapers() error {
	papers := d.room.Papers()
	if d.json {
		for _, p := range papers {
			if err := object(d.out, struct {
				Type     string `json:"type"`
				Name     string `json:"name"`
				URL      string `json:"url"`
				Language string `json:"language"`
				Note     string `json:"note"`
			}{"paper", p.Name, p.URL, p.Language, p.Note}); err != nil {
				return err
			}
		}
		return nil
	}
	fmt.Fprintf(d.out, "%s · %s on this machine, a virtual week in seconds\n\n", d.out.style(bold, "pressmark demo"), count(len(papers), "small paper"))
	lead := " papers  "
	for _, p := range papers {
		fmt.Fprintf(d.out, "%s%s  %s  %s\n", lead, pad(p.Name, 20), pad(p.URL, 24), d.out.style(faint, p.Note))
		lead = strings.Repeat(" ", len(lead))
	}
	_, err := fmt.Fprintf(d.out, "\n %s\n", d.out.style(faint, crawlHead))
	return err
}

// crawlHead stands above the crawls' lines; the numbers end below its words.
const crawlHead = "                   pages  articles   new  unchanged (304)  changed  withdrawn  restored  notices removed"

// A total is what one crawl of all papers came to.
type total struct {
	Type      string         `json:"type"`
	Crawl     int            `json:"crawl"`
	At        time.Time      `json:"at"`
	Pages     int            `json:"pages"`
	Articles  int            `json:"articles"`
	New       int            `json:"new"`
	Unchanged int            `json:"unchanged"`
	Changed   int            `json:"changed"`
	Withdrawn int            `json:"withdrawn"`
	Restored  int            `json:"restored"`
	Walls     int            `json:"walls"`
	Notices   int            `json:"notices"`
	Skipped   map[string]int `json:"skipped,omitempty"`
	Failed    map[string]int `json:"failed,omitempty"`
}

func totalOf(n int, run archive.Run) total {
	t := total{Type: "crawl", Crawl: n, At: run.Started.UTC()}
	for _, s := range run.Sites {
		o := s.Outcomes
		t.Pages += s.Pages
		t.New += o[archive.New]
		t.Unchanged += s.NotModified
		t.Changed += o[archive.Changed]
		t.Withdrawn += o[archive.Gone]
		t.Restored += o[archive.Restored]
		t.Walls += o[archive.Walls]
		t.Notices += s.Notices
		t.Articles += o[archive.New] + o[archive.Changed] + o[archive.Same] + o[archive.Unchanged] + o[archive.Restored]
		t.Skipped, t.Failed = add(t.Skipped, s.Skipped), add(t.Failed, s.Failed)
	}
	return t
}

func (d *demo) printCrawl(run archive.Run) error {
	d.crawls++
	t := totalOf(d.crawls, run)
	if d.json {
		return object(d.out, t)
	}
	num := func(n, width int) string {
		if n == 0 {
			return strings.Repeat(" ", width-1) + "·"
		}
		return fmt.Sprintf("%*d", width, n)
	}
	_, err := fmt.Fprintf(d.out, " %s crawl %2d %s%s%s%s%s%s%s%s%s\n", run.Started.UTC().Format("Mon 15:04"), d.crawls,
		num(t.Pages, 5), num(t.Articles, 10), num(t.New, 6), num(t.Unchanged, 17), num(t.Changed, 9), num(t.Withdrawn, 11), num(t.Restored, 10), num(t.Notices, 17),
		d.out.style(yellow, aside(t)))
	return err
}

// aside is what else is worth a word in a crawl's line.
func aside(t total) string {
	var s []string
	if t.Walls > 0 {
		s = append(s, count(t.Walls, "consent wall"))
	}
	if n := t.Failed["503"]; n > 0 {
		s = append(s, "503: asked to come back later")
	}
	if len(s) == 0 {
		return ""
	}
	return "  " + strings.Join(s, ", ")
}

func (d *demo) printWeek(r *report.Report, path string, serve bool) error {
	if d.json {
		for _, s := range r.Stories {
			if err := object(d.out, struct {
				Type string `json:"type"`
				report.Story
			}{"story", s}); err != nil {
				return err
			}
		}
		for _, list := range [][]report.Card{r.Cards, r.Withdrawn, r.Small} {
			for _, card := range list {
				if err := object(d.out, struct {
					Type string `json:"type"`
					report.Card
				}{"change", card}); err != nil {
					return err
				}
			}
		}
		return object(d.out, struct {
			Type    string `json:"type"`
			Changed int    `json:"changed"`
			Worth   int    `json:"worth"`
			Stories int    `json:"stories"`
			Report  string `json:"report"`
			Archive string `json:"archive"`
		}{"summary", r.Changed, r.Worth, len(r.Stories), path, d.conf.Archive})
	}
	fmt.Fprintf(d.out, "\n %s\n", d.out.style(bold, "the same story under more than one masthead"))
	for _, s := range r.Stories {
		fmt.Fprintf(d.out, "  %s\n", line(s.Title))
		for _, m := range s.Copies {
			what := m.Relation
			if m.Score > 0 && m.Relation != "original" {
				what += fmt.Sprintf(" %.0f %%", 100*m.Score)
			}
			row := fmt.Sprintf("      %s  %s  %s", pad(m.Site, 20), pad(what, 16), d.out.style(faint, fit(line(m.Why), 90)))
			fmt.Fprintln(d.out, strings.TrimRight(row, " "))
		}
	}
	fmt.Fprintf(d.out, "\n %s\n", d.out.style(bold, "changes worth reading"))
	for _, list := range [][]report.Card{r.Cards, r.Withdrawn} {
		for _, card := range list {
			if err := report.TextCard(d.out, card, time.UTC, d.styles()); err != nil {
				return err
			}
		}
	}
	if n := len(r.Small); n > 0 {
		fmt.Fprintf(d.out, "  and %s\n", count(n, "small edit"))
	}
	id := "ID"
	if len(r.Cards) > 0 {
		id = r.Cards[0].Page[:8]
	}
	a := filepath.Join(d.dir, "archive")
	fmt.Fprintf(d.out, "\n report  %s\n", path)
	for i, try := range []string{"log " + id + " --patch", "stories", "show " + id + " --format removed", "export --format csv"} {
		lead := "         "
		if i == 0 {
			lead = " try     "
		}
		fmt.Fprintf(d.out, "%spressmark -a %s %s\n", lead, a, try)
	}
	if serve {
		fmt.Fprintf(d.out, "\n %s\n the papers stay open: edit an article at %s and watch it being caught   (Ctrl-C ends)\n",
			d.out.style(bold, "now you"), d.out.style(bold, d.room.Control()))
	}
	return nil
}

// printCaught tells of an edit that a visitor made.
func (d *demo) printCaught(ch archive.Change) {
	card := report.CardOf(ch)
	if d.json {
		object(d.out, struct {
			Type string `json:"type"`
			report.Card
		}{"caught", card})
		return
	}
	fmt.Fprintf(d.out, "\n %s\n", d.out.style(bold, "caught"))
	report.TextCard(d.out, card, time.UTC, d.styles())
}
