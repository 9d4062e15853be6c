package change

import (
	"slices"

	"pressmark/extract"
)

// A verdict weighs the findings of one comparison.
type verdict struct {
	before, after Snapshot
	old, new      int  // words of the texts
	restamped     bool // the text tells of a new hour at which it was updated
	wall          bool
	doubtful      bool
}

// walled looks for a wall among the findings: when the text was cut by one, or
// one was lifted, that is the change, not what went with it. A wall's words
// beside the whole text are an invitation, which is furniture.
func (v *verdict) walled(text []finding) []finding {
	partialOld, partialNew := v.before.Article.Kind == extract.Partial, v.after.Article.Kind == extract.Partial
	for _, f := range text {
		if len(f.Kinds) == 1 && f.Kinds[0] == Paywall {
			shorter, longer := v.new, v.old
			if f.Op == Delete {
				shorter, longer = longer, shorter
			}
			v.wall = v.wall || float64(shorter) < 0.75*float64(longer)
		}
	}
	v.wall = v.wall || partialOld != partialNew
	var out []finding
	lost := 0
	retracted := false
	for _, f := range text {
		lost += f.lost - f.came
		if slices.Contains(f.Kinds, Retraction) {
			retracted = true
		}
		if f.Kinds[0] == Paywall && !v.wall {
			continue
		}
		out = append(out, f)
	}
	if !v.wall {
		v.doubtful = lost*10 > v.old*6 && v.new*2 < v.old && !retracted
		if retracted {
			// The text went with the retraction.
			out = slices.DeleteFunc(out, func(f finding) bool {
				return lost*2 > v.old && !slices.Contains(f.Kinds, Retraction)
			})
		}
		return out
	}
	why := finding{Edit: Edit{Where: whereText, Block: -1, Op: Delete, Kinds: []Kind{Paywall}}}
	for _, f := range out {
		if f.Kinds[0] == Paywall {
			why = f
		}
	}
	if why.Block < 0 && partialOld {
		why.Op = Insert
	}
	return []finding{why}
}

// diff is the verdict.
func (v *verdict) diff(found []finding) Diff {
	d := Diff{Edits: []Edit{}, Kinds: []Kind{}}
	has := map[Kind]bool{}
	for _, f := range found {
		for i, k := range f.Kinds {
			if k == updated {
				f.Kinds[i] = Added
				if f.Where == whereTitle {
					f.Kinds[i] = Headline
				}
				has[updated] = true
				continue
			}
			has[k] = true
		}
		d.Edits = append(d.Edits, f.Edit)
	}
	note := has[updated]
	delete(has, updated)
	dates := has[Dates]
	delete(has, Dates)
	d.Changed = len(has) > 0
	if !d.Changed && note { // nothing else: then the note itself is what came
		d.Changed = true
		for _, e := range d.Edits {
			if len(e.Kinds) > 0 && (e.Where == whereText || e.Where == whereTitle) {
				has[e.Kinds[0]] = true
			}
		}
	}
	if !d.Changed && dates {
		has[Dates] = true // a date beside other changes says only that they are declared
	}
	for _, k := range order {
		if has[k] {
			d.Kinds = append(d.Kinds, k)
		}
	}
	d.Doubtful = v.doubtful
	v.declare(&d, has, note)
	d.Grade = grade(d)
	return d
}

// declare finds whether the paper owns up to the change.
func (v *verdict) declare(d *Diff, has map[Kind]bool, note bool) {
	if !d.Changed {
		return
	}
	old, new := v.before.Article.Modified, v.after.Article.Modified
	switch {
	case has[Retraction]:
		d.Declared, d.Reason = true, "the text carries a retraction"
	case has[Correction]:
		d.Declared, d.Reason = true, "the text carries a correction"
	case note:
		d.Declared, d.Reason = true, "the text says that it was updated"
	case !new.IsZero() && !new.Time.Equal(old.Time):
		d.Declared, d.Reason = true, "its modified date went to "+new.String()
	case v.restamped:
		d.Declared, d.Reason = true, "the text tells a new time of its update"
	}
	if d.Declared || !owed(has) {
		return
	}
	d.Stealth = true
	switch {
	case new.IsZero() && !old.IsZero():
		d.Reason = "its modified date is gone, and the text says nothing"
	case new.IsZero():
		d.Reason = "the page names no modified date, and the text says nothing"
	default:
		d.Reason = "its modified date is still " + new.String() + ", and the text says nothing"
	}
}

// owed reports whether readers were owed a word: more changed than spelling,
// byline, or who may read it.
func owed(has map[Kind]bool) bool {
	if has[Paywall] {
		return false
	}
	for k := range has {
		switch k {
		case Typo, Byline, Dates:
		default:
			return true
		}
	}
	return false
}

// grade says how much a journalist would care: 0 to 3.
func grade(d Diff) int {
	if !d.Changed {
		return 0
	}
	g := 1
	for _, k := range d.Kinds {
		switch k {
		case Retraction, Correction, Quotes, Unpublished, Restored:
			g = 3
		case Headline, Lede, Numbers, Names, Removed, Added:
			g = max(g, 2)
		}
	}
	heavy := func(k Kind) bool { return k == Numbers || k == Names || k == Removed }
	switch {
	case d.Stealth && slices.ContainsFunc(d.Kinds, heavy):
		g = 3
	case slices.Equal(d.Kinds, []Kind{Headline, HeadlineFlip}):
		g = 1 // a test of headlines
	}
	return g
}
