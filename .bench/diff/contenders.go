package main

import (
	"strings"

	"github.com/pmezard/go-difflib/difflib"
	"github.com/sergi/go-diff/diffmatchpatch"

	"pressmark/extract/change"
)

// A run of text went (-1), came (+1) or stayed.
type run struct {
	op   int
	text string
}

// A marking is what a contender marks of two texts; moves counts the passages
// that it tells to have moved.
type marking struct {
	runs  []run
	moves int
}

type contender struct {
	name  string
	run   func(old, new string)
	marks func(old, new string) marking
}

var contenders = []contender{
	{"pressmark", func(old, new string) { change.Compare(snapshot(old), snapshot(new), nil) }, ourMarks},
	sergi("sergi/go-diff, letters", func(d *diffmatchpatch.DiffMatchPatch, old, new string) []diffmatchpatch.Diff {
		return d.DiffMain(old, new, false)
	}),
	sergi("sergi/go-diff, letters + clean-up", func(d *diffmatchpatch.DiffMatchPatch, old, new string) []diffmatchpatch.Diff {
		return d.DiffCleanupSemantic(d.DiffMain(old, new, false))
	}),
	sergi("sergi/go-diff, words", sergiWords),
	{"pmezard/go-difflib, words", func(old, new string) { difflibMarks(old, new) }, difflibMarks},
}

func snapshot(text string) change.Snapshot {
	return change.Snapshot{Article: change.FromText("A title", "", text)}
}

func ourMarks(old, new string) (m marking) {
	for _, l := range change.Align(snapshot(old), snapshot(new)) {
		if l.Where != "text" {
			continue
		}
		switch {
		case l.Op == change.Move:
			m.moves++
			if len(l.Spans) == 0 {
				m.runs = append(m.runs, run{0, l.After})
			}
		case l.Op == "":
			m.runs = append(m.runs, run{0, l.After})
		case l.Op == change.Insert:
			m.runs = append(m.runs, run{1, l.After})
		case l.Op == change.Delete:
			m.runs = append(m.runs, run{-1, l.Before})
		}
		for _, s := range l.Spans {
			m.runs = append(m.runs, run{map[change.Op]int{change.Insert: 1, change.Delete: -1}[s.Op], s.Text})
		}
		m.runs = append(m.runs, run{0, "\n\n"})
	}
	return m
}

func sergi(name string, diff func(d *diffmatchpatch.DiffMatchPatch, old, new string) []diffmatchpatch.Diff) contender {
	fresh := func() *diffmatchpatch.DiffMatchPatch {
		d := diffmatchpatch.New()
		d.DiffTimeout = 0 // it stops looking after a second otherwise
		return d
	}
	return contender{name, func(old, new string) { diff(fresh(), old, new) }, func(old, new string) (m marking) {
		for _, x := range diff(fresh(), old, new) {
			m.runs = append(m.runs, run{int(x.Type), x.Text})
		}
		return m
	}}
}

// sergiWords gives each word a rune of its own, as its lines have.
func sergiWords(d *diffmatchpatch.DiffMatchPatch, old, new string) []diffmatchpatch.Diff {
	ids := map[string]rune{}
	var words []string
	encode := func(s string) []rune {
		var out []rune
		for _, w := range fields(s) {
			id, known := ids[w]
			if !known {
				id = rune(len(words) + 1)
				if id >= 0xD800 {
					id += 0x800 // not the surrogates
				}
				ids[w] = id
				words = append(words, w)
			}
			out = append(out, id)
		}
		return out
	}
	a, b := encode(old), encode(new)
	list := d.DiffMainRunes(a, b, false)
	for i, x := range list {
		var text strings.Builder
		for _, id := range x.Text {
			if id >= 0xE000 {
				id -= 0x800
			}
			text.WriteString(words[id-1])
		}
		list[i].Text = text.String()
	}
	return list
}

func difflibMarks(old, new string) (m marking) {
	a, b := fields(old), fields(new)
	for _, c := range difflib.NewMatcher(a, b).GetOpCodes() {
		if c.Tag == 'e' {
			m.runs = append(m.runs, run{0, strings.Join(a[c.I1:c.I2], "")})
			continue
		}
		m.runs = append(m.runs, run{-1, strings.Join(a[c.I1:c.I2], "")}, run{1, strings.Join(b[c.J1:c.J2], "")})
	}
	return m
}

// fields are the words with the white space behind them.
func fields(s string) (out []string) {
	for s != "" {
		i := strings.IndexAny(s, " \n")
		if i < 0 {
			return append(out, s)
		}
		for i < len(s) && (s[i] == ' ' || s[i] == '\n') {
			i++
		}
		out, s = append(out, s[:i]), s[i:]
	}
	return out
}
