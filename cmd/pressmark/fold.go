package main

import "strings"

// foldLines breaks lines that are wider than n columns at spaces. What is carried
// over stands below the line's last column of a table, where two spaces or more
// begin one, or below its first word. A word wider than a line, mostly an
// address, stays where it is: the terminal breaks it so that it can be clicked.
func foldLines(text string, n int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		body := strings.TrimSuffix(line, "\n")
		if seen(body) <= n {
			b.WriteString(line)
			continue
		}
		hang := strings.Repeat(" ", hanging(body, n/2))
		for seen(body) > n {
			at := lastSpace(body, n)
			if at < 0 {
				break
			}
			rest := strings.TrimLeft(body[at:], " ")
			if word, after, more := strings.Cut(rest, " "); len(hang)+seen(word) > n {
				if !more {
					break
				}
				at, rest = len(body)-len(after)-1, after
			}
			b.WriteString(strings.TrimRight(body[:at], " ") + "\n")
			body = hang + strings.TrimLeft(rest, " ")
		}
		b.WriteString(body)
		if strings.HasSuffix(line, "\n") {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// lastSpace is where a line is broken so that what stands before fits n
// columns: -1 when there is no such place that leaves a word on it.
func lastSpace(body string, n int) int {
	at, word, used, hidden := -1, false, 0, false
	for i, r := range body {
		switch {
		case r == sgrOpen:
			hidden = true
		case r == sgrClose:
			hidden = false
			continue
		}
		if hidden {
			continue
		}
		if r == ' ' && word {
			at = i
		}
		word = word || r != ' '
		if used += cells(string(r)); used > n && at >= 0 {
			return at
		}
	}
	return at
}

// hanging is the column at which the last column of a table begins, before
// column most; for a line that is no row of a table its indentation.
func hanging(body string, most int) int {
	at, spaces, used, hidden := 0, 2, 0, false
	for _, r := range body {
		switch {
		case r == sgrOpen:
			hidden = true
		case r == sgrClose:
			hidden = false
			continue
		}
		if hidden {
			continue
		}
		if r == ' ' {
			spaces++
		} else {
			if spaces >= 2 {
				at = used
			}
			spaces = 0
		}
		if used += cells(string(r)); used > most {
			break
		}
	}
	return at
}

// seen is how many columns a line takes without the marks of style.
func seen(body string) int {
	n := 0
	for {
		before, after, styled := strings.Cut(body, string(sgrOpen))
		n += cells(before)
		if !styled {
			return n
		}
		if _, body, styled = strings.Cut(after, string(sgrClose)); !styled {
			return n + cells(after)
		}
	}
}
