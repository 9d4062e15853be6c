package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/change"
)

// The lengths at which text is clipped, in letters; the JSON form has it whole.
const (
	around  = 80   // of unchanged text beside a change
	longest = 1200 // of a passage that went or came
	oneLine = 160  // of all that is said of a small edit
	places  = 12   // how many places of a change are shown
	full    = 25   // how many cards are shown in full
)

// A mark writes words that went, came, or stayed.
type mark func(op change.Op, text string) string

// runs are an edit as what went, came and stayed, in reading order, clipped.
func runs(e change.Edit) []change.Span {
	switch {
	case e.Where == "status":
		return []change.Span{{Text: strings.TrimPrefix(e.Before+" → "+e.After, " → ")}}
	case len(e.Spans) > 0:
		list := slices.Clone(e.Spans)
		for i, s := range list {
			if s.Op == "" {
				list[i].Text = beside(s.Text, i > 0, i < len(list)-1)
			} else {
				list[i].Text = clip(s.Text)
			}
		}
		return list
	case e.Op == change.Insert:
		return []change.Span{{Op: change.Insert, Text: clip(e.After)}}
	case e.Op == change.Delete:
		return []change.Span{{Op: change.Delete, Text: clip(e.Before)}}
	case e.Op == change.Move:
		text := e.After
		if text == "" {
			text = e.Before
		}
		return []change.Span{{Text: beside(text, true, false)}}
	}
	return []change.Span{{Op: change.Delete, Text: clip(e.Before)}, {Text: " → "}, {Op: change.Insert, Text: clip(e.After)}}
}

// words renders an edit: the words that went and came, in their sentence.
func words(e change.Edit, m mark) string {
	var b strings.Builder
	for _, s := range runs(e) {
		b.WriteString(m(s.Op, s.Text))
	}
	return b.String()
}

// spaced keeps the space around a run outside its marks, or a mark would stand
// in the space between two words.
func spaced(m mark) mark {
	return func(op change.Op, text string) string {
		inner := strings.TrimSpace(text)
		if inner == "" {
			return text
		}
		i := strings.Index(text, inner)
		return text[:i] + m(op, inner) + text[i+len(inner):]
	}
}

// beside shortens text that stayed: left says that a change stands before it, right one behind.
func beside(text string, left, right bool) string {
	n := around
	if wide(text) {
		n /= 2
	}
	r := []rune(text)
	switch {
	case left && right && len(r) > 2*n+10:
		return head(r, n) + " … " + tail(r, n)
	case left && !right && len(r) > n+10:
		return head(r, n) + " …"
	case right && !left && len(r) > n+10:
		return "… " + tail(r, n)
	}
	return text
}

// head and tail are the first and the last n letters, cut between words where
// the script has spaces.
func head(r []rune, n int) string {
	for i := n; i > n-20 && i > 0; i-- {
		if unicode.IsSpace(r[i]) {
			return string(r[:i])
		}
	}
	return string(r[:n])
}

func tail(r []rune, n int) string {
	for i := len(r) - n - 1; i < len(r)-n+19 && i < len(r)-1; i++ {
		if unicode.IsSpace(r[i]) {
			return string(r[i+1:])
		}
	}
	return string(r[len(r)-n:])
}

// wide reports a text of Chinese, Japanese or Korean letters, which say more each.
func wide(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			n++
		}
	}
	return 2*n > utf8.RuneCountInString(s)
}

// clip shortens a long passage and says by how much.
func clip(text string) string {
	r := []rune(text)
	if len(r) <= longest+200 {
		return text
	}
	first := head(r, longest)
	return fmt.Sprintf("%s … [%s more letters]", first, thousands(len(r)-len([]rune(first))))
}

// sorted are a card's edits as they are shown: the places in the text, at most
// so many, and the dates apart, which are furniture. more is how many are left out.
func (c Card) sorted() (list, dates []change.Edit, more int) {
	for _, e := range c.Edits {
		switch {
		case e.Where == "date":
			dates = append(dates, e)
		case len(list) == places:
			more++
		default:
			list = append(list, e)
		}
	}
	return list, dates, more
}

// foot is the small print about the dates that the page itself names, and why
// the change counts as told or not.
func (c Card) foot(dates []change.Edit, zone *time.Location) string {
	var list []string
	if c.Reason != "" && !(len(dates) > 0 && strings.HasPrefix(c.Reason, "its modified date went to")) {
		list = append(list, plainDates(c.Reason, zone))
	}
	if c.Has(change.Unpublished) {
		list = append(list, fmt.Sprintf("its last text is kept: pressmark show %s", short(c.Page)))
	}
	for _, e := range dates {
		name, _, _ := strings.Cut(e.Before+e.After, " ")
		before, after := strings.TrimPrefix(e.Before, name+" "), strings.TrimPrefix(e.After, name+" ")
		switch {
		case before == "":
			list = append(list, plainDates("its date “"+name+"” is new: "+after, zone))
		case after == "":
			list = append(list, plainDates("its date “"+name+"” is gone: it was "+before, zone))
		default:
			list = append(list, plainDates("its date “"+name+"” went from "+before+" to "+after, zone))
		}
	}
	return strings.Join(list, " · ")
}

// moreWords says that there is more than what is shown.
func (c Card) moreWords(more int) string {
	return fmt.Sprintf("and %s more: pressmark diff %s %d..%d", plural(more, "place"), short(c.Page), c.From, c.To)
}

// Cite is a line to quote the change by.
func (c Card) Cite(zone *time.Location) string {
	what := fmt.Sprintf("version %d, first seen %s", c.To, c.Before.In(zone).Format("2 January 2006 15:04 MST"))
	if c.From == c.To {
		what = fmt.Sprintf("version %d, last seen %s", c.To, c.After.In(zone).Format("2 January 2006 15:04 MST"))
	}
	s := fmt.Sprintf("%s, “%s”, %s, archived by pressmark, %s", c.Site, c.Title, what, c.URL)
	if c.Digest != "" {
		s += ", SHA-256 " + c.Digest
	}
	if c.DigestOld != "" {
		s += " (before: " + c.DigestOld + ")"
	}
	return s
}
