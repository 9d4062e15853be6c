package report

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"pressmark/archive"
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
	"dates":         "date",
}

// KindWords names the card's kinds in words for people.
func (c Card) KindWords() string {
	var list []string
	for _, k := range c.Kinds {
		if k == string(change.Headline) && c.Has(change.HeadlineFlip) {
			continue // the other says more
		}
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

// Sign is what stands before a card: the grade, or that the page went or came back.
func (c Card) Sign() string {
	switch {
	case c.Has(change.Unpublished):
		return "✕"
	case c.Has(change.Restored):
		return "↺"
	case len(c.Kinds) == 0:
		return "?"
	}
	return c.Dots()
}

// Honesty says whether the paper told its readers; "" when there was nothing to tell.
func (c Card) Honesty() string {
	switch {
	case c.Stealth:
		return "stealth edit: no note, no new date"
	case c.Declared && strings.HasPrefix(c.Reason, "its modified date"):
		return "new date, no note"
	case c.Declared:
		return "the paper says so"
	}
	return ""
}

// where names the place or the nature of an edit for people, in one word.
func where(e change.Edit) string {
	if e.Where == "title" {
		return "headline"
	}
	if e.Where != "text" {
		return e.Where
	}
	for _, k := range e.Kinds {
		switch k {
		case change.Correction:
			return "note"
		case change.Retraction, change.Paywall:
			return string(k)
		}
	}
	switch e.Op {
	case change.Insert:
		return "added"
	case change.Delete:
		return "removed"
	case change.Move:
		return "moved"
	}
	for _, k := range e.Kinds {
		switch k {
		case change.Quotes:
			return "quotation"
		case change.Numbers:
			return "number"
		case change.Names:
			return "name"
		case change.Lede:
			return "opening"
		case change.Typo:
			return "spelling"
		}
	}
	return "text"
}

// fromTo says which versions a card compares.
func (c Card) fromTo() string {
	if c.From == c.To {
		return fmt.Sprintf("version %d", c.To)
	}
	return fmt.Sprintf("v%d → v%d", c.From, c.To)
}

// copyWords is a copy's part in a story, for people.
func copyWords(c Copy, zone *time.Location) string {
	if c.Relation == string(archive.Merged) && c.Why != "" {
		return c.Why // who said so
	}
	if c.Relation == "original" || c.Score == 0 {
		return "first seen " + moment(c.Seen, zone)
	}
	s := c.Relation + " " + percent(c.Score)
	if c.Why != "" {
		s += " · " + c.Why
	}
	return s
}

// alsoWords names who else tells a story.
func alsoWords(c Copy) string {
	s := c.Site + " (" + c.Relation
	if c.KeepsOld {
		s += ", still has the words that went"
	}
	return s + ")"
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
		return fmt.Sprintf("%s %sies", thousands(n), strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%s %ss", thousands(n), noun)
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// times writes "once", "twice" and "14 times".
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return thousands(n) + " times"
}

// stamps are the times that reasons and edits of dates name, in RFC 3339.
var stamps = regexp.MustCompile(`\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)`)

// plainDates writes the times in a text as the rest of the report does.
func plainDates(s string, zone *time.Location) string {
	return stamps.ReplaceAllStringFunc(s, func(stamp string) string {
		t, err := time.Parse(time.RFC3339, stamp)
		if err != nil {
			return stamp
		}
		return moment(t, zone)
	})
}

// summary is the report in one line.
func (r *Report) summary() string {
	list := []string{plural(r.Sites, "site"), plural(r.Pages, "article") + " looked at", plural(r.Changed, "change"), thousands(r.Worth) + " worth reading"}
	if r.Stealth > 0 {
		list = append(list, plural(r.Stealth, "stealth edit"))
	}
	if n := len(r.Doubtful); n > 0 {
		list = append(list, fmt.Sprintf("%d doubtful (not counted)", n))
	}
	if r.Omitted > 0 {
		list = append(list, thousands(r.Omitted)+" of them not shown here")
	}
	if r.Filter != "" {
		list = append(list, "only "+r.Filter)
	}
	return strings.Join(list, " · ")
}

// empty says why there is nothing to tell; "" when there is something.
func (r *Report) empty() string {
	switch {
	case r.Changed+len(r.Doubtful) > 0:
		return ""
	case r.Articles == 0 && r.Site != "":
		return "The archive holds no article of " + r.Site + "."
	case r.Articles == 0:
		return "The archive holds no article yet."
	case r.Cursor != "":
		return "Nothing that has not been told before."
	case r.Filter != "":
		return "No change is one that this report is on."
	case r.Pages == 0:
		return "No article was looked at in this time, so nothing is known of it."
	}
	return "Nothing was changed that a reader would see."
}

// howToRead explains the report's words.
var howToRead = []string{
	"●●● a quotation changed, a correction or retraction, or a number, a name or a passage changed without a word · ●●○ headline, opening, numbers, names or passages changed and said so · ●○○ spelling, byline, wording, moved text · ✕ withdrawn · ↺ back again.",
	"A stealth edit changed more than spelling while the page’s own date of modification stood still and no note told the reader.",
	"Times are those of our looks at the page: a change lies between the last look that saw the old text and the first that saw the new. Nobody but the paper knows more.",
	"A page counts as withdrawn when the server says that it is gone (410), or when two looks in a row did not find it.",
	"Cookie notices, advertisement labels, relative times, counts and lists of related articles are no changes.",
}

// colophon says what made the report.
func (r *Report) colophon() string {
	s := r.Program
	if s != "" && r.Extractor != "" {
		s += ", "
	}
	if r.Extractor != "" {
		s += "rules of extraction " + r.Extractor
	}
	return s
}
