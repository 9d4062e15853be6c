package change

import (
	"slices"
	"strings"

	"pressmark/extract"
)

// bylineFinding tells whether the names above the text changed. Their order,
// capitals and a "By" are no change.
func bylineFinding(before, after extract.Article) (finding, bool) {
	old, new := people(before.Byline), people(after.Byline)
	if slices.Equal(keys(old), keys(new)) {
		return finding{}, false
	}
	f := finding{Edit: Edit{Where: whereByline, Block: -1, Op: Replace, Kinds: []Kind{Byline}}}
	f.Before, f.After = strings.Join(old, ", "), strings.Join(new, ", ")
	switch {
	case f.Before == "":
		f.Op = Insert
	case f.After == "":
		f.Op = Delete
	}
	return f, true
}

// people cuts a byline into names.
func people(byline []string) []string {
	var out []string
	for _, b := range byline {
		b = strings.Join(strings.Fields(plain(b)), " ")
		for _, sep := range []string{" and ", " und ", " et ", " y ", " e ", " en ", " & ", ";", " with "} {
			b = strings.ReplaceAll(b, sep, ", ")
		}
		for name := range strings.SplitSeq(b, ",") {
			name = strings.TrimSpace(name)
			for _, by := range []string{"By ", "by ", "BY ", "Von ", "von ", "Par ", "Por ", "Di ", "Door "} {
				if rest, ok := strings.CutPrefix(name, by); ok && by != "von " {
					name = rest
					break
				}
			}
			if letters(name) != "" {
				out = append(out, name)
			}
		}
	}
	return out
}

func keys(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, letters(n))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
