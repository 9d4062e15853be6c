package extract

import (
	"unicode"
	"unicode/utf8"
)

// words takes up text, white space and control characters collapsed.
func (w *walker) words(s string) {
	f := &w.frames[len(w.frames)-1]
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c > ' ' && c < 0x7f || c >= 0xc3: // a run of letters and signs
			n, letters := plainRun(s[i:])
			if n == 0 {
				i += w.odd(f, s[i:])
				continue
			}
			w.spaced(f)
			w.buf = append(w.buf, s[i:i+n]...)
			w.counted(f, letters)
			i += n
		case c < utf8.RuneSelf:
			if f.pre && c == '\n' && len(w.buf) > 0 {
				w.buf = append(w.buf, '\n')
			} else {
				w.space = true
			}
			i++
		default:
			i += w.odd(f, s[i:])
		}
	}
}

// plainRun measures how far a text goes without anything that is not simply copied:
// ASCII without spaces, letters from U+00C0 to U+07FF, and those of East Asia.
func plainRun(s string) (n, letters int) {
	for n < len(s) {
		switch c := s[n]; {
		case c > ' ' && c < 0x7f:
			n++
		case c >= 0xc3 && c <= 0xdf && n+1 < len(s) && s[n+1]&0xc0 == 0x80:
			n += 2
		case c >= 0xe4 && c <= 0xec && n+2 < len(s) && s[n+1]&0xc0 == 0x80 && s[n+2]&0xc0 == 0x80:
			n += 3
		default:
			return n, letters
		}
		letters++
	}
	return n, letters
}

// odd takes up one letter that may be a space or nothing, and tells its length.
func (w *walker) odd(f *frame, s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == 0x200b || r == 0xfeff || r == 0xad:
	case unicode.IsSpace(r) || unicode.IsControl(r):
		w.space = true
	default:
		w.spaced(f)
		w.buf = utf8.AppendRune(w.buf, r) // what is no letter is written as U+FFFD
		w.counted(f, 1)
	}
	return n
}

// spaced writes the space that is due.
func (w *walker) spaced(f *frame) {
	if w.space && len(w.buf) > 0 {
		w.buf = append(w.buf, ' ')
		if f.link && w.linked > 0 {
			w.linked++
		}
		if f.bold && w.strong > 0 {
			w.strong++
		}
	}
	w.space, w.breaks = false, 0
}

// counted notes n more letters.
func (w *walker) counted(f *frame, n int) {
	if f.link {
		w.linked += n
	}
	if f.bold {
		w.strong += n
	}
}
