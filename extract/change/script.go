package change

import (
	"unicode"
	"unicode/utf8"
)

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// isBlank reports what separates tokens without being one.
func isBlank(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r != utf8.RuneError && r > 126 && (unicode.IsSpace(r) || isInvisible(r)) || r < ' '
}

// isInvisible reports soft hyphens, zero-width characters and direction marks.
func isInvisible(r rune) bool {
	if r < 0xAD {
		return false
	}
	return r == 0xAD || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2064 || r == 0xFEFF || r >= 0xFE00 && r <= 0xFE0F
}

func scriptOf(r rune) script {
	switch {
	case r < 0xE00:
		return spacedScript
	case r < 0xF00 || r >= 0x1000 && r < 0x10A0 || r >= 0x1780 && r < 0x1800:
		return clusterScript
	case r == 'ー' || r >= 0x3040 && r < 0x3100 || r >= 0x31F0 && r < 0x3200 || r >= 0xFF66 && r < 0xFFA0:
		return kanaScript
	case r < 0x2E80:
		return spacedScript
	case unicode.Is(unicode.Han, r):
		return hanScript
	}
	return spacedScript
}

func isKatakana(r rune) bool {
	return r >= 0x30A0 && r < 0x3100 || r >= 0x31F0 && r < 0x3200 || r >= 0xFF66 && r < 0xFFA0
}

// isLeadingVowel reports the Thai and Lao vowels that are written before their consonant.
func isLeadingVowel(r rune) bool { return r >= 'เ' && r <= 'ไ' || r >= 'ເ' && r <= 'ໄ' }

// isTrailingVowel reports letters that never begin a syllable.
func isTrailingVowel(r rune) bool {
	return r == 'ะ' || r == 'า' || r == 'ำ' || r == 'ๅ' || r == 'ๆ' || r == 'ฯ' || r == 'ະ' || r == 'າ' || r == 'ຳ'
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// quotes marks the tokens that stand inside quotation marks. A quotation that
// is never closed runs to the end of the paragraph, as print has it.
func quotes(text string, ts []token) {
	var double, single bool
	var opened rune
	for i := range ts {
		t := &ts[i]
		if t.class != mark {
			t.quoted = double || single
			continue
		}
		switch r := firstRune(text[t.start:]); r {
		case '"', '＂', '“', '”', '„', '«', '»', '「', '」', '『', '』', '‟':
			switch {
			case !double:
				// A stray closing mark at the very end opens nothing.
				double, opened = i+1 < len(ts), r
			case r == opened && (r == '“' || r == '„' || r == '「' || r == '『'):
				// a second opening mark: still inside
			default:
				double = false
			}
		case '\'', '‘', '‚', '’', '‹', '›':
			if single {
				single = !closesSingle(ts, i)
			} else if opensSingle(ts, i) {
				for j := i + 2; j < len(ts); j++ {
					if ts[j].class == mark && isSingle(firstRune(text[ts[j].start:])) && closesSingle(ts, j) {
						single = true
						break
					}
				}
			}
		}
	}
}

func isSingle(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '›' || r == '‹' }

func opensSingle(ts []token, i int) bool {
	return i+1 < len(ts) && !ts[i+1].spaced && ts[i+1].class != mark && (i == 0 || ts[i].spaced || ts[i-1].class == mark)
}

func closesSingle(ts []token, i int) bool {
	return i > 0 && !ts[i].spaced && (i+1 == len(ts) || ts[i+1].spaced || ts[i+1].class == mark)
}

func isLower(r rune) bool { return unicode.IsLower(r) }
