package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
	"golang.org/x/text/width"

	"pressmark/cmd/pressmark/guest"
)

// stdout is data, stderr is talk. Colours and progress only on a terminal;
// NO_COLOR turns colours off (no-color.org).

// A terminal is an output with what it can show. It keeps control characters
// that came with text from the web away from the reader's screen; colours go
// through style, which marks them in a way of its own.
type terminal struct {
	raw   io.Writer // without the filter
	color bool
	tty   bool
	fd    int
	width int          // where it is known without asking fd
	rest  []byte       // the beginning of a rune that a Write cut
	err   error        // the first that a Write met
	told  atomic.Int64 // when the status was written; 0 while there is none
}

func newTerminal(w io.Writer, mode string) *terminal {
	t := &terminal{raw: w}
	dull := plain()
	if c, ok := w.(*counted); ok {
		w = c.Writer
	}
	switch at := w.(type) {
	case *os.File:
		t.fd = int(at.Fd())
		t.tty = term.IsTerminal(t.fd)
	case *guest.Stream:
		t.tty, t.width, dull = at.Terminal, at.Columns, at.Plain
	}
	t.color = mode == "always" || mode == "auto" && t.tty && !dull
	return t
}

// columns is the width to write for.
func (t *terminal) columns() int {
	if t.width > 20 {
		return t.width
	}
	if t.tty && t.width == 0 {
		if w, _, err := term.GetSize(t.fd); err == nil && w > 20 {
			return w
		}
	}
	return 100
}

// Styles are SGR parameters (ECMA-48 8.3.117).
const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	struck = "31;9"
	insert = "32;4"
)

// A style stands in text between these noncharacters, sgrOpen 31 sgrClose,
// until Write makes it an escape sequence.
const (
	sgrOpen  = '\ufdd0'
	sgrClose = '\ufdd1'
)

// style wraps s for the terminal, if it has colours.
func (t *terminal) style(sgr, s string) string {
	if !t.color || s == "" {
		return s
	}
	return string(sgrOpen) + sgr + string(sgrClose) + s + string(sgrOpen) + "0" + string(sgrClose)
}

// Write writes text for people, a number of whole lines, without its control
// characters; a terminal gets lines that fit it.
func (t *terminal) Write(p []byte) (int, error) {
	if t.err != nil {
		return 0, t.err
	}
	text := append(t.rest, p...)
	whole := len(text)
	for cut := 1; cut < utf8.UTFMax && cut <= len(text); cut++ {
		if b := text[len(text)-cut]; utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRune(text[len(text)-cut:]) {
				whole -= cut
			}
			break
		}
	}
	t.rest = append([]byte(nil), text[whole:]...)
	out := string(text[:whole])
	if t.tty && !strings.HasPrefix(out, "{") { // JSON stays whole
		out = foldLines(out, t.columns())
	}
	if _, t.err = io.WriteString(t.raw, t.shown(out)); t.err != nil {
		return 0, t.err
	}
	return len(p), nil
}

// shown is text as it goes to the screen.
func (t *terminal) shown(text string) string {
	var b strings.Builder
	for text != "" {
		before, after, styled := strings.Cut(text, string(sgrOpen))
		b.WriteString(clean(before))
		if text = after; !styled {
			break
		}
		sgr, after, ok := strings.Cut(text, string(sgrClose))
		if ok && t.color && strings.Trim(sgr, "0123456789;") == "" {
			b.WriteString("\x1b[" + sgr + "m")
			text = after
		}
	}
	return b.String()
}

// status writes s over the terminal's last line, some ten times a second at
// most; "" empties it.
func (t *terminal) status(s string) {
	if !t.tty {
		return
	}
	now := int64(0)
	if s != "" {
		now = time.Now().UnixNano()
		if last := t.told.Load(); last <= now && now < last+int64(100*time.Millisecond) {
			return
		}
	}
	if t.told.Swap(now) != 0 || s != "" {
		fmt.Fprint(t.raw, "\r\x1b[K"+t.shown(s))
	}
}

// object prints one JSON object a line, with its schema number first.
func object(w io.Writer, v any) error {
	b, err := marshal(v)
	if err != nil {
		return err
	}
	if len(b) < 2 || b[0] != '{' {
		return fmt.Errorf("print JSON: %T is no object", v)
	}
	head := `{"schema":1`
	if len(b) > 2 {
		head += ","
	}
	_, err = fmt.Fprintf(w, "%s%s\n", head, b[1:])
	return err
}

// marshal is json.Marshal without HTML escapes: an archive is full of & and <.
func marshal(v any) ([]byte, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("print JSON: %w", err)
	}
	s := strings.TrimSuffix(b.String(), "\n")
	if strings.ContainsFunc(s, control) {
		b.Reset()
		for _, r := range s {
			if control(r) { // JSON escapes those below a space only
				fmt.Fprintf(&b, "\\u%04x", r)
			} else {
				b.WriteRune(r)
			}
		}
		s = b.String()
	}
	return []byte(s), nil
}

// control reports whether a rune can move the reader's cursor, colour the
// screen or turn the order of letters round.
func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == sgrOpen || r == sgrClose
}

// clean takes control characters out of text from the web.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if control(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}

// line is clean in one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// cells is how many columns s takes.
func cells(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			continue // vowel signs of Thai, Arabic and Hindi stand over the letter before them
		}
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n++
		}
		n++
	}
	return n
}

// fit cuts s to n columns, with an ellipsis.
func fit(s string, n int) string {
	if cells(s) <= n {
		return s
	}
	var b strings.Builder
	used := 0
	for _, r := range s {
		w := cells(string(r))
		if used+w > n-1 {
			break
		}
		used += w
		b.WriteRune(r)
	}
	return b.String() + "…"
}

// pad fills s with spaces to n columns.
func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-cells(s))) }

// count writes "1 page" and "2 pages".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	head, tail := noun, "" // "piece of text"
	if i := strings.Index(noun, " of "); i > 0 {
		head, tail = noun[:i], noun[i:]
	}
	if n := len(head); strings.HasSuffix(head, "y") && n > 1 && !strings.ContainsRune("aeiou", rune(head[n-2])) { // entries, but days
		head = strings.TrimSuffix(head, "y") + "ie"
	}
	return fmt.Sprintf("%s %ss%s", thousands(n), head, tail)
}

// apart is a pause, as finely as a person cares for.
func apart(s float64) string { return strconv.FormatFloat(math.Round(s*10)/10, 'f', -1, 64) + " s" }

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// bytesOf writes a size for people.
func bytesOf(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}

// span writes a length of time for people: 40 s, 12 min, 4 h, 3 days.
func span(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}
