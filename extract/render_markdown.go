package extract

import (
	"regexp"
	"strings"
)

// Markdown is the article's headline and text. What Markdown would read as
// markup is escaped, so that it shows as it was written.
func (a *Article) Markdown() string {
	var b strings.Builder
	b.WriteString("# " + markdownLine(a.Title) + "\n")
	var last BlockKind
	columns := 0 // of the table that is being written
	for _, x := range a.Blocks {
		if !x.Time.IsZero() {
			b.WriteString("\n*" + clockOf(x.Time) + "*\n")
			last = ""
		}
		follows := x.Kind == last && (x.Kind == Item || x.Kind == Row)
		if !follows {
			b.WriteByte('\n')
			columns = 0
		}
		last = x.Kind
		if x.Kind == Row {
			columns = writeRow(&b, x.Text, columns)
			continue
		}
		b.WriteString(x.markdown())
		b.WriteByte('\n')
	}
	return b.String()
}

// writeRow writes a row of a table, and under the first the line that makes it
// one; a table's columns are those of its first row, for readers drop the
// cells that follow. It gives the number of columns.
func writeRow(b *strings.Builder, text string, columns int) int {
	cells := strings.Split(text, " | ")
	first := columns == 0
	if first {
		columns = len(cells)
	}
	if len(cells) > columns {
		cells[columns-1] = strings.Join(cells[columns-1:], ", ")
		cells = cells[:columns]
	}
	for _, cell := range cells {
		b.WriteString("| " + markdownLine(cell) + " ")
	}
	b.WriteString(strings.Repeat("| ", columns-len(cells)) + "|\n")
	if first {
		b.WriteString(strings.Repeat("| --- ", columns) + "|\n")
	}
	return columns
}

func (b *Block) markdown() string {
	switch b.Kind {
	case Heading:
		return "## " + markdownLine(b.Text)
	case Item:
		return "- " + strings.ReplaceAll(markdownText(b.Text), "\n", "\n  ")
	case Quote:
		return "> " + strings.ReplaceAll(markdownText(b.Text), "\n", "\n> ")
	case Lead:
		return "**" + markdownLine(b.Text) + "**"
	case Preformatted:
		fence := "```"
		for strings.Contains(b.Text, fence) {
			fence += "`"
		}
		return fence + "\n" + b.Text + "\n" + fence
	}
	return markdownText(b.Text)
}

// markdownLine is text for places that hold a line.
func markdownLine(s string) string { return markdownText(strings.Join(strings.Fields(s), " ")) }

// markdownText escapes what Markdown would read as markup.
func markdownText(s string) string {
	lines := strings.Split(markdownEscapes.Replace(s), "\n")
	for i, line := range lines {
		line = strings.TrimSpace(line) // four spaces would make it code
		if markdownOpening.MatchString(line) {
			line = `\` + line
		}
		lines[i] = markdownNumber.ReplaceAllString(line, `$1\$2`)
	}
	return strings.Join(lines, "\n")
}

var (
	markdownEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "&", `\&`, "|", `\|`, "~", `\~`)
	markdownOpening = regexp.MustCompile(`^[#>+=-]`)
	markdownNumber  = regexp.MustCompile(`^(\d{1,9})([.)])`)
)
