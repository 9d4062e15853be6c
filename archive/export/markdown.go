package export

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"

	"pressmark/archive"
)

// A Folder takes files. Write makes one of the given name, which may have
// folders of its own, whole or not at all.
type Folder interface {
	Write(name string, fill func(io.Writer) error) error
}

// MarkdownDir writes one file a version into a folder, as SITE/DATE-TITLE-ID.md,
// and returns how many.
func MarkdownDir(ctx context.Context, to Folder, store *archive.Store, o Options) (int, error) {
	return each(ctx, store, o, func(v archive.Version) error {
		name := filepath.Join(folder(v.Site), fileName(v, o.Versions == All))
		if err := to.Write(name, func(w io.Writer) error { return Markdown(w, v) }); err != nil {
			return fmt.Errorf("export %s: %w", v.ID, err)
		}
		return nil
	})
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

// folder is a site's folder: a name that no system keeps for a device.
func folder(site string) string {
	name := slug(site)
	if devices.MatchString(name) {
		name += "-site"
	}
	return name
}

var devices = regexp.MustCompile(`^(con|prn|aux|nul|com\d|lpt\d)$`)

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
	_, err = fmt.Fprintf(w, "---\n%s---\n\n%s", head, a.Markdown())
	return err
}
