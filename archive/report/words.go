package report

import (
	"fmt"
	"strings"
	"time"

	"pressmark/extract/change"
)

// kindWords are the kinds of change as people say them.
var kindWords = map[string]string{
	"headline_flip": "headline, back and forth",
	"lede":          "opening",
	"numbers":       "number",
	"quotes":        "quotation",
	"names":         "name",
	"correction":    "correction note",
	"unpublished":   "withdrawn",
	"restored":      "back again",
	"added":         "text added",
	"removed":       "text removed",
	"moved":         "text moved",
	"typo":          "spelling",
}

// Kinds names the card's kinds in words for people.
func (c Card) KindWords() string {
	var list []string
	for _, k := range c.Kinds {
		if w, ok := kindWords[k]; ok {
			k = w
		}
		list = append(list, k)
	}
	return strings.Join(list, ", ")
}

// Dots is the grade as three dots.
func (c Card) Dots() string {
	g := min(max(c.Grade, 0), 3)
	return strings.Repeat("●", g) + strings.Repeat("○", 3-g)
}

// Interval says when the change was made, as far as anyone but the paper can
// know: between the last look that saw the old text and the first that saw the new.
func (c Card) Interval(zone *time.Location) string {
	after, before := c.After.In(zone), c.Before.In(zone)
	layout := "Mon 2 Jan 15:04"
	end := layout
	if after.YearDay() == before.YearDay() && after.Year() == before.Year() {
		end = "15:04"
	}
	return fmt.Sprintf("between %s and %s", after.Format(layout), before.Format(end))
}

// Honesty says whether the paper told its readers; "" when there was nothing to tell.
func (c Card) Honesty() string {
	switch {
	case c.Stealth:
		return "stealth edit: no note, no new date"
	case c.Declared:
		return "the paper says so"
	}
	return ""
}

// A mark writes words that went, came, or stayed.
type mark func(op change.Op, text string) string

// around is how many letters of unchanged text are shown around a change.
const around = 60

// words renders an edit: the words that went and came, in their sentence.
func words(e change.Edit, m mark) string {
	switch {
	case len(e.Spans) > 0:
		var b strings.Builder
		for i, s := range e.Spans {
			text := s.Text
			if s.Op == "" {
				text = clip(text, i > 0, i < len(e.Spans)-1)
			}
			b.WriteString(m(s.Op, text))
		}
		return b.String()
	case e.Op == change.Insert:
		return m(change.Insert, e.After)
	case e.Op == change.Delete:
		return m(change.Delete, e.Before)
	case e.Op == change.Move:
		text := e.After
		if text == "" {
			text = e.Before
		}
		return m("", clip(text, false, true))
	}
	return m(change.Delete, e.Before) + " → " + m(change.Insert, e.After)
}

// clip shortens text that stayed: left says that a change stands before it, right one behind.
func clip(text string, left, right bool) string {
	r := []rune(text)
	switch {
	case left && right && len(r) > 2*around:
		return string(r[:around]) + " … " + string(r[len(r)-around:])
	case left && !right && len(r) > around:
		return string(r[:around]) + "…"
	case right && !left && len(r) > around:
		return "…" + string(r[len(r)-around:])
	}
	return text
}

// where names the place of an edit for people.
func where(e change.Edit) string {
	switch e.Where {
	case "title":
		return "headline"
	case "text":
		switch e.Op {
		case change.Insert:
			return "added"
		case change.Delete:
			return "removed"
		case change.Move:
			return "moved"
		}
		return "text"
	}
	return e.Where
}

// fromTo says which versions a card compares.
func (c Card) fromTo() string {
	if c.From == c.To {
		return fmt.Sprintf("version %d", c.To)
	}
	return fmt.Sprintf("v%d → v%d", c.From, c.To)
}

// short is the page's name as people type it.
func short(id string) string { return id[:min(8, len(id))] }

// percent is a score for people.
func percent(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }

// plural writes "1 change" and "2 changes".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "y") {
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// interval is the span that the report speaks of.
func (r *Report) interval(zone *time.Location) string {
	const layout = "Mon 2 Jan 2006 15:04"
	until := r.Until.In(zone).Format(layout + " MST")
	if r.Since.IsZero() {
		return "from the beginning to " + until
	}
	return r.Since.In(zone).Format(layout) + " – " + until
}

// summary is the report in one line.
func (r *Report) summary() string {
	s := fmt.Sprintf("%s · %s looked at · %s · %d worth reading",
		plural(r.Sites, "site"), plural(r.Pages, "article"), plural(r.Changed, "change"), r.Worth)
	if n := len(r.Doubtful); n > 0 {
		s += fmt.Sprintf(" · %d doubtful (not counted)", n)
	}
	return s
}

// howToRead explains the report's words.
var howToRead = []string{
	"●●● headline, number, name or quotation changed, or text retracted · ●●○ text added, removed or put differently · ●○○ spelling, byline, moved text.",
	"A stealth edit changed more than spelling while the page's own date of modification stood still and no note told the reader.",
	"Times are those of our looks at the page: a change lies between the last look that saw the old text and the first that saw the new. Nobody but the paper knows more.",
	"Cookie notices, advertisement labels, relative times, counts and lists of related articles are no changes.",
}
