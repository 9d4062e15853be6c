package archive

import (
	"cmp"
	"slices"
)

// frequent gives the passages that texts have in common, those that most of
// them have last. Of texts no template is shared but names, phrases and a
// house's turns of speech, so here it is not the place that counts, as it is
// for shared, but how many use a passage.
func frequent(texts [][]byte, r sharedRules) []byte {
	seen := newWindows(texts, r.window)
	if seen == nil {
		return nil
	}
	for n, text := range texts {
		seen.count(n, text, r.window)
	}
	type passage struct{ text, from, to, worth int }
	var list []passage
	for n, text := range texts {
		p := passage{text: n}
		flush := func() {
			if p.to > p.from {
				p.worth /= p.to - p.from
				list = append(list, p)
			}
			p = passage{text: n}
		}
		eachWindow(text, r.window, func(at int, h uint64) {
			w := seen.find(h)
			if w == nil || w.tag == 0 || w.pages&taken != 0 || int(w.pages) < r.pages {
				flush()
				return
			}
			if p.to == 0 {
				p.from = at
			}
			p.to = at + r.window
			p.worth += int(w.pages) * 16
			w.pages |= taken
		})
		flush()
	}
	slices.SortStableFunc(list, func(a, b passage) int { return cmp.Compare(b.worth, a.worth) })
	size, most := 0, 0
	for most < len(list) && size+list[most].to-list[most].from+1 <= r.max {
		size += list[most].to - list[most].from + 1
		most++
	}
	content := make([]byte, 0, size)
	var last passage
	for i := most - 1; i >= 0; i-- {
		p := list[i]
		if p.text == last.text && p.from == last.to { // side by side they would say what no other text does
			content = append(content, 0)
		}
		content = append(content, texts[p.text][p.from:p.to]...)
		last = p
	}
	return content
}
