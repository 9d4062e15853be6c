package extract

import "strings"

// phrases drops lines by what they say.
func (t *trimmer) phrases() {
	var asks []int // lines that ask for something
	asked, all := 0, 0
	for i := range t.in {
		p := t.at(i)
		all += p.weight
		if p.kind == Preformatted || p.kind == Row {
			continue
		}
		if p.key == "" && p.runes < 20 { // only marks: "***", "|"
			t.drop(i, boilerplateMark, "marks")
			continue
		}
		if m := phrases[p.key]; m != 0 && p.runes < 120 {
			if m&(factMark|sourceMark) == 0 && (m&authorMark != 0 || !t.heads(i)) {
				t.drop(i, m, "phrase")
			}
			continue
		}
		if p.runes > 400 {
			continue
		}
		reach := len(p.text) // of a long one or a heading only the beginning is asked
		if p.kind == Heading || p.runes >= 330 || p.runes >= 220 && p.linked == 0 {
			reach = cutAt(p.text, 100)
		}
		lower := strings.ToLower(p.text[:reach])
		if opening(lower) && (p.linked*10 >= p.runes*4 || p.runes < 140 && pointer(p)) {
			t.drop(i, relatedMark, "opening")
		} else if p.kind != Heading && p.runes < 330 && (p.runes < 220 || p.linked > 0) && claim(lower) {
			t.drop(i, boilerplateMark, "claim")
		} else if p.kind != Heading && (p.runes < 330 && p.linked > 0 || p.runes < 220 && (called(lower) || begs(lower) || strings.HasSuffix(p.text, "!") || !t.flows(i) && p.kind != Quote)) && plea(lower) && (p.linked > 0 || !t.flows(i) || !told.in(lower)) {
			asks = append(asks, i)
			asked += p.weight
		} else if strings.HasPrefix(lower, "©") || strings.HasPrefix(lower, "copyright ©") || strings.HasPrefix(lower, "(c) ") && p.runes < 150 {
			t.drop(i, boilerplateMark, "copyright")
		}
	}
	if rest := all - asked; asked > rest/3 && rest >= 200 {
		return // it is what the article is about
	}
	for _, i := range asks {
		t.drop(i, newsletterMark, "plea")
	}
}

// pointer tells a line that points elsewhere from a sentence that begins with the same words.
func pointer(p *piece) bool {
	switch {
	case strings.HasSuffix(p.text, "."):
		return false
	case p.linked > 0 || strings.ContainsAny(p.text, ":："):
		return true
	}
	return !strings.HasSuffix(p.text, "?") && !strings.HasSuffix(p.text, "!")
}
