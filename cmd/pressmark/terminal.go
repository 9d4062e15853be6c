package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// stdout is data, stderr is talk. Colours and progress only on a terminal;
// NO_COLOR turns colours off (no-color.org).

// A terminal is an output with what it can show.
type terminal struct {
	io.Writer
	color bool
	tty   bool
	fd    int
}

func newTerminal(w io.Writer, mode string) *terminal {
	t := &terminal{Writer: w}
	if f, ok := w.(*os.File); ok {
		t.fd = int(f.Fd())
		t.tty = term.IsTerminal(t.fd)
	}
	t.color = mode == "always" || mode == "auto" && t.tty && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return t
}

// columns is the width to write for.
func (t *terminal) columns() int {
	if t.tty {
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

// style wraps s for the terminal, if it has colours.
func (t *terminal) style(sgr, s string) string {
	if !t.color || s == "" {
		return s
	}
	return "\x1b[" + sgr + "m" + s + "\x1b[0m"
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
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

// clean takes control characters out of text from the web, so that a page
// can't move the reader's cursor or colour the screen.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
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
	switch {
	case strings.HasSuffix(noun, "y"):
		noun = strings.TrimSuffix(noun, "y") + "ie"
	}
	return fmt.Sprintf("%s %ss", thousands(n), noun)
}

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
