package report

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"

	"pressmark/extract/change"
)

// A place is one changed place of an edit, named by what it shares with the
// places of other pages that were changed alike.
type place struct {
	key  uint64
	form form
}

// A form is how much it means that pages share a place.
type form uint8

const (
	sentence form = iota // the same sentence, before and after: no accident
	phrase               // the same words of weight, in sentences of their own
	loose                // a word or two, or only the beginning of the sentence: many must share it
)

// seed keeps whoever writes a page from making its words meet those of another.
var seed = maphash.MakeSeed()

func key(parts ...string) uint64 { return maphash.String(seed, strings.Join(parts, "\x00")) }

// placesOf gives the places of an edit in ever looser forms; it has gone
// through what others went through when they share all places of one form.
func placesOf(e change.Edit) (forms [][]place) {
	before, after := lowered(e.Before), lowered(e.After)
	op := string(e.Op)
	switch {
	case e.Where == "date" || e.Where == "status":
		return nil
	case e.Where == "byline" && e.Op != change.Replace:
		return [][]place{{{key(e.Where, op), loose}}} // all of them went, whosever they were
	}
	forms = append(forms, []place{{key("whole", op, before, after), sentence}})
	switch {
	case e.Op == change.Insert || e.Op == change.Delete:
		if label := labelOf(before + after); label != "" {
			forms = append(forms, []place{{key("label", op, label), loose}})
		}
	case e.Op == change.Replace:
		if list := swaps(e); len(list) > 0 {
			forms = append(forms, list)
		}
	}
	return forms
}

// labelOf is what stands before the colon of a short line, as "From the
// archive: …" has it.
func labelOf(text string) string {
	label, _, found := strings.Cut(text, ":")
	if !found || len(strings.Fields(label)) > 6 || len(label) > 60 || len(strings.Fields(text)) > 30 {
		return ""
	}
	return label
}

// swaps are the words that went and came at each place of a replacement, each
// of them once.
func swaps(e change.Edit) (list []place) {
	add := func(went, came string) {
		went, came = bared(went), bared(came)
		if went == "" && came == "" {
			return
		}
		p := place{key("swap", strings.ToLower(went), strings.ToLower(came)), loose}
		if weighty(went, came) {
			p.form = phrase
		}
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	if len(e.Spans) == 0 {
		add(differing(e.Before, e.After))
		return list
	}
	var went, came string
	for _, s := range e.Spans {
		switch s.Op {
		case change.Delete:
			went += s.Text
		case change.Insert:
			came += s.Text
		default:
			add(went, came)
			went, came = "", ""
		}
	}
	add(went, came)
	return list
}

// weighty reports words of which it is no accident that several pages swap
// them: names and figures on both sides, or many.
func weighty(went, came string) bool {
	if len(strings.Fields(went))+len(strings.Fields(came)) >= 4 || wide(went+came) && len([]rune(went+came)) >= 4 {
		return true
	}
	marked := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool {
			return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
		})
	}
	return marked(went) && marked(came)
}

// differing are the words of two texts between those that both begin and end with.
func differing(before, after string) (went, came string) {
	a, b := strings.Fields(before), strings.Fields(after)
	for len(a) > 0 && len(b) > 0 && bared(a[0]) == bared(b[0]) {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && bared(a[len(a)-1]) == bared(b[len(b)-1]) {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return strings.Join(a, " "), strings.Join(b, " ")
}

// bared is text without the marks around it.
func bared(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
}

// lowered is text as it is compared: small letters, even spaces.
func lowered(s string) string { return strings.ToLower(even(s)) }
