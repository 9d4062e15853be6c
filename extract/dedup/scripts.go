package dedup

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// A kind says how a character takes part in a word.
type kind uint8

const (
	gap      kind = iota // no letter: spaces and signs
	digit                // a figure
	alphabet             // letters with spaces between the words, and mostly with capitals
	abjad                // Arabic, Hebrew, Indic and other letters without capitals
	hangul               // Korean
	han                  // Chinese characters
	hiragana             // the grammar of Japanese
	katakana             // foreign words and names in Japanese
	cluster              // Thai, Lao, Khmer, Burmese: no spaces between the words
	mark                 // a sign on the letter before
)

func kindOf(r rune) kind {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			return alphabet
		case r >= '0' && r <= '9':
			return digit
		}
		return gap
	case r < 0x250: // Latin with its accents
		if r == 'ª' || r == 'º' || !unicode.IsLetter(r) {
			return gap
		}
		return alphabet
	case r >= 0x2000 && r < 0x2c00: // signs
		return gap
	case r >= 0x4e00 && r <= 0x9fff, r >= 0x3400 && r <= 0x4dbf, r >= 0x20000 && r <= 0x3ffff, r == '々':
		return han
	case r >= 0x3041 && r <= 0x309f:
		return hiragana
	case r >= 0x30a1 && r <= 0x30fa, r == 'ー', r >= 0x31f0 && r <= 0x31ff:
		return katakana
	case r >= 0xac00 && r <= 0xd7a3, r >= 0x1100 && r <= 0x11ff:
		return hangul
	case digitValue(r) < 10:
		return digit
	case r >= 0xe00 && r <= 0xeff, r >= 0x1000 && r <= 0x109f, r >= 0x1780 && r <= 0x17ff:
		if unicode.IsMark(r) {
			return mark
		}
		if unicode.IsLetter(r) {
			return cluster
		}
		return gap
	case unicode.IsMark(r), r == 'ـ', r == '\u200c', r == '\u200d':
		return mark
	case unicode.IsUpper(r), unicode.IsLower(r):
		return alphabet
	case unicode.IsLetter(r):
		return abjad
	}
	return gap
}

// digitValue gives 10 for what is no digit. Full-width digits are gone by normalisation.
func digitValue(r rune) byte {
	switch {
	case r >= '0' && r <= '9':
		return byte(r - '0')
	case r >= 0x660 && r <= 0x669: // Arabic
		return byte(r - 0x660)
	case r >= 0x6f0 && r <= 0x6f9: // Persian
		return byte(r - 0x6f0)
	case r >= 0x966 && r <= 0x96f: // Devanagari
		return byte(r - 0x966)
	case r >= 0x9e6 && r <= 0x9ef: // Bengali
		return byte(r - 0x9e6)
	case r >= 0xe50 && r <= 0xe59: // Thai
		return byte(r - 0xe50)
	}
	return 10
}

// fold takes letters together that papers write either way.
func fold(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ة':
		return 'ه'
	case 'ё':
		return 'е'
	}
	return r
}

// articleLength is the length of what Arabic writes onto the front of a noun: the article, with or without a preposition.
func articleLength(b []byte) int {
	for _, p := range [...]string{"وال", "بال", "كال", "فال", "لل", "ال"} {
		if len(b) >= len(p)+6 && string(b[:len(p)]) == p { // three letters must stay
			return len(p)
		}
	}
	return 0
}

// particle is the length of the case particle at the end of a Korean word.
func particle(b []byte) int {
	for _, p := range [...]string{"에서는", "으로", "에서", "에게", "께서", "까지", "부터", "이라", "은", "는", "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만"} {
		if len(b) >= len(p)+6 && bytes.HasSuffix(b, []byte(p)) { // two syllables must stay
			return len(p)
		}
	}
	return 0
}

// leading reports whether a syllable that begins with s's first character goes on with the next: Thai and Lao write some vowels
// before their consonant.
func leading(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 'เ' && r <= 'ไ' || r >= 'ເ' && r <= 'ໄ'
}

// trailing reports whether r is a vowel that is written after its consonant.
func trailing(r rune) bool {
	return r == 'ะ' || r == 'า' || r == 'ำ' || r == 'ๅ' || r == 'ະ' || r == 'າ' || r == 'ຳ'
}

// hanFunction reports whether a Chinese character is grammar, at which a run of matter ends.
func hanFunction(r rune) bool {
	switch r {
	case '的', '了', '在', '是', '和', '与', '與', '也', '就', '都', '而', '及', '着', '著', '或', '被', '把', '将', '將', '对', '對', '这', '這', '那':
		return true
	}
	return false
}

// nounEnding reports whether a German noun ends as names never do.
func nounEnding(b []byte) bool {
	for _, e := range [...]string{"ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen", "tät", "ismus", "nis", "tum"} {
		if len(b) > len(e)+2 && bytes.HasSuffix(b, []byte(e)) {
			return true
		}
	}
	return false
}
