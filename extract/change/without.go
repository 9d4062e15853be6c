package change

import "slices"

// Without is the verdict on what is left of a Diff when some of its edits are
// put aside, as those that every page of a site went through.
func (d Diff) Without(aside func(Edit) bool) Diff {
	rest := Diff{Edits: []Edit{}, Kinds: []Kind{}, Doubtful: d.Doubtful}
	has := map[Kind]bool{}
	for _, e := range d.Edits {
		if aside(e) {
			continue
		}
		rest.Edits = append(rest.Edits, e)
		for _, k := range e.Kinds {
			if slices.Contains(d.Kinds, k) { // a date beside other changes is none
				has[k] = true
			}
		}
	}
	for _, k := range d.Kinds {
		if has[k] {
			rest.Kinds = append(rest.Kinds, k)
			rest.Changed = true
		}
	}
	if !rest.Changed {
		return rest
	}
	rest.Declared, rest.Stealth, rest.Reason = d.Declared, d.Stealth && owed(has), d.Reason
	if d.Stealth && !rest.Stealth {
		rest.Reason = ""
	}
	rest.Grade = grade(rest)
	return rest
}
