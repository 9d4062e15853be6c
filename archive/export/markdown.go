package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"

	"pressmark/archive"
	"pressmark/extract"
)

// MarkdownDir writes one file a version below dir, as SITE/DATE-TITLE-ID.md,
// and returns how many.
func MarkdownDir(ctx context.Context, dir string, store *archive.Store, o Options) (int, error) {
	n := 0
	for v, err := range each(ctx, store, o) {
		if err != nil {
			return n, err
		}
		name := filepath.Join(dir, slug(v.Site), fileName(v, o.Versions == All))
		if err := writeFile(name, v); err != nil {
			return n, fmt.Errorf("export %s: %w", v.ID, err)
		}
		n++
	}
	return n, nil
}

func writeFile(name string, v archive.Version) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	err = Markdown(w, v)
	if err == nil {
		err = w.Flush()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

func fileName(v archive.Version, numbered bool) string {
	day := v.FirstSeen.UTC()
	if p := v.Article.Published; !p.IsZero() {
		day = p.Time
	}
	name := day.Format(time.DateOnly) + "-" + slug(v.Article.Title) + "-" + v.ID.Page.ID()[:8]
	if numbered {
		name += fmt.Sprintf("-v%d", v.ID.N)
	}
	return name + ".md"
}

// slug makes a file name of letters and digits of any script.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(s) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if b.Len() > 60 {
			break
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return "untitled"
	}
	return b.String()
}

// front is the YAML at the head of a Markdown file.
type front struct {
	ID        string   `yaml:"id"`
	Version   int      `yaml:"version"`
	Site      string   `yaml:"site"`
	URL       string   `yaml:"url"`
	Title     string   `yaml:"title"`
	Byline    []string `yaml:"byline,omitempty"`
	Agency    string   `yaml:"agency,omitempty"`
	Published string   `yaml:"published,omitempty"`
	Modified  string   `yaml:"modified,omitempty"`
	Language  string   `yaml:"language,omitempty"`
	FirstSeen string   `yaml:"first_seen"`
	LastSeen  string   `yaml:"last_seen"`
	Story     string   `yaml:"story"`
}

// Markdown writes one version with YAML front matter.
func Markdown(w io.Writer, v archive.Version) error {
	a := v.Article
	head, err := yaml.Marshal(front{
		ID: v.ID.Page.ID(), Version: v.ID.N, Site: v.Site, URL: v.URL, Title: a.Title, Byline: a.Byline, Agency: a.Agency,
		Published: a.Published.String(), Modified: a.Modified.String(), Language: a.Language,
		FirstSeen: v.FirstSeen.UTC().Format(time.RFC3339), LastSeen: v.LastSeen.UTC().Format(time.RFC3339), Story: string(v.Story),
	})
	if err != nil {
		return fmt.Errorf("front matter: %w", err)
	}
	if _, err := fmt.Fprintf(w, "---\n%s---\n\n# %s\n", head, inline(a.Title)); err != nil {
		return err
	}
	var last extract.BlockKind
	for _, b := range a.Blocks {
		if b.Kind != extract.Item && b.Kind != extract.Row || b.Kind != last {
			fmt.Fprintln(w)
		}
		last = b.Kind
		if _, err := fmt.Fprintln(w, block(b)); err != nil {
			return err
		}
	}
	return nil
}

func block(b extract.Block) string {
	switch b.Kind {
	case extract.Heading:
		return "## " + inline(b.Text)
	case extract.Item:
		return "- " + inline(b.Text)
	case extract.Quote:
		return "> " + strings.ReplaceAll(inline(b.Text), "\n", "\n> ")
	case extract.Lead:
		return "**" + inline(b.Text) + "**"
	case extract.Preformatted:
		return "    " + strings.ReplaceAll(b.Text, "\n", "\n    ")
	}
	return inline(b.Text)
}

// inline escapes what Markdown would read as markup.
func inline(s string) string {
	s = escapes.Replace(s)
	if s != "" && strings.ContainsRune("#>-+=", rune(s[0])) {
		s = `\` + s
	}
	return s
}

var escapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`)
