package meta

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lexeme is a word of a credit or what stands between words.
type lexeme struct {
	kind lexemeKind
	text string
}

type lexemeKind int8

const (
	word   lexemeKind = iota
	comma             // whatever separates the people of a list
	label             // a colon
	border            // of an element
	open              // a parenthesis
	shut
)

// lexemes cuts a credit. Addresses of mail, of pages and of networks are no words: they end a part, as a comma does.
func lexemes(credit string) []lexeme {
	out := make([]lexeme, 0, 16)
	start := -1
	flush := func(to int) {
		if start < 0 {
			return
		}
		w := credit[start:to]
		start = -1
		if strings.ContainsRune(w, '@') || strings.Contains(w, "//") || strings.Contains(w, "www.") {
			out = append(out, lexeme{kind: comma})
			return
		}
		w = strings.Trim(w, ".*\"“”„«»‹›…!?")
		if dots := credit[:to]; w != "" && strings.HasSuffix(dots, w+".") { // "J." and "Jr." keep theirs
			if len(w) <= 3 || strings.Contains(w, ".") {
				w += "."
			}
		}
		if strings.ContainsFunc(w, unicode.IsLetter) || strings.ContainsFunc(w, unicode.IsDigit) {
			out = append(out, lexeme{word, w})
		} else if w != "" || to > 0 {
			out = append(out, lexeme{kind: comma})
		}
	}
	for i, r := range credit {
		kind, ends := word, false
		switch r {
		case '\n':
			kind, ends = border, true
		case ',', ';', '|', '•', '·', '∙', '⋅', '、', '，', '；', '／', '&', '+', '[', ']', '{', '}', '→', '←', '│', '—', '؛', '،', '・':
			kind, ends = comma, true
		case '/':
			// in an address a slash is part of the word
			kind, ends = comma, start < 0 || !strings.HasSuffix(credit[start:i], ":") && !strings.Contains(credit[start:i], ":/")
		case '(', '（':
			kind, ends = open, true
		case ')', '）':
			kind, ends = shut, true
		case ':', '：':
			next := credit[i+utf8.RuneLen(r):]
			kind, ends = label, !strings.HasPrefix(next, "//") && !(i > 0 && next != "" && isDigit(credit[i-1]) && isDigit(next[0])) // "https://", "13:10"
		default:
			if unicode.IsSpace(r) || unicode.IsControl(r) {
				flush(i)
				continue
			}
		}
		if ends {
			flush(i)
			out = append(out, lexeme{kind: kind})
			continue
		}
		if start < 0 {
			start = i
		}
	}
	flush(len(credit))
	return out
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
