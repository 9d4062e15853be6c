package export

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"pressmark/archive"
	"pressmark/archive/archivetest"
	"pressmark/archive/ingest"
	"pressmark/extract"
	"pressmark/extract/meta"
	"pressmark/extract/urlkey"
)

var update = flag.Bool("update", false, "write the golden files anew")

var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func page(lang, title, extra string, text ...string) string {
	return fmt.Sprintf(`<!doctype html><html lang=%q><head><meta charset="utf-8"><title>%[2]s</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":%[2]q,"datePublished":"2026-03-01T23:30:00-05:00","author":[{"@type":"Person","name":"Edmund Vane"},{"@type":"Person","name":"Priya Lockhart"}]}</script></head>
<body><article><h1>%[2]s</h1><p>%[3]s</p>%[4]s</article></body></html>`, lang, title, strings.Join(text, "</p>\n<p>"), extra)
}

var (
	ferry = []string{
		"The harbour board will raise the fares on all its ferries in April, the second increase in twelve months, its director said on Monday morning.",
		"A single crossing is to cost 4.20, up from 3.80, while the price of a monthly pass stays what it has been since the spring of last year.",
		"“We are asked to pay more for boats that do not come,” said its chairman, \"Edmund Vane\", who has crossed the sound every day since 1994.",
	}
	piscine = []string{
		"La piscine municipale sera chauffée dès le mois prochain au marc de raisin, a annoncé lundi matin la maire devant le conseil réuni au complet.",
		"Le marc, que les vignerons de la vallée donnaient jusqu’ici aux distilleries, sera brûlé dans une chaudière achetée d’occasion à une scierie.",
		"La ville espère diviser par deux une facture de gaz qui avait atteint 310 000 euros l’an dernier, soit plus que le budget de la bibliothèque.",
	}
	list = `<h2>What changes</h2><ul><li>Single crossing: 4.20 instead of 3.80 from the first of April on</li><li>Bicycles: 1.00, as before, on all five of the routes of the board</li></ul>`
	wall = `<!doctype html><html lang="en"><head><title>Gazette</title></head><body><div id="consent"><h1>Before you continue</h1>
<p>We and our partners use cookies and process personal data to personalise ads and content. You can accept all cookies or manage your preferences at any time.</p>
<button>Accept all</button><button>Reject all</button></div></body></html>`
)

// fill makes an archive with an edited article, one in French, and one that
// was behind a wall at first.
func fill(t *testing.T, s *archive.Store) {
	t.Helper()
	edited := append([]string(nil), ferry...)
	edited[1] = strings.Replace(edited[1], "4.20", "4.60", 1)
	for i, c := range []struct {
		hour            int
		site, url, body string
	}{
		{0, "Harbour Gazette", "https://gazette.example/news/wall", wall},
		{1, "Harbour Gazette", "https://gazette.example/news/ferry?utm_source=x", page("en", "Ferry fares, “soon” = up: +11 %", list, ferry...)},
		{2, "Le Petit Exemple", "https://petit.example/piscine", page("fr", "À Trévance, la piscine chauffée au marc de raisin", "", piscine...)},
		{3, "Harbour Gazette", "https://gazette.example/news/ferry", page("en", "Ferry fares, “soon” = up: +11 %", list, edited...)},
		{4, "Harbour Gazette", "https://gazette.example/news/wall", page("en", "../../etc/passwd: a <b>bold</b> title", "", strings.Split(strings.ReplaceAll(strings.Join(piscine, "|"), "piscine", "swimming pool"), "|")...)},
	} {
		if _, err := s.Append(t.Context(), archive.Capture{URL: c.url, Final: c.url, Site: c.site, Status: 200, Body: []byte(c.body),
			FetchedAt: monday.Add(time.Duration(c.hour) * time.Hour), Header: http.Header{"Content-Type": {"text/html"}}}); err != nil {
			t.Fatal(i, err)
		}
	}
	if _, err := ingest.New(s, ingest.Options{}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// A pile is a folder of files in memory; a nil one takes none.
type pile map[string]string

func (p pile) Write(name string, fill func(io.Writer) error) error {
	if p == nil {
		return errFull
	}
	var b strings.Builder
	err := fill(&b)
	p[name] = b.String()
	return err
}

// all is an export in one text.
func all(t *testing.T, s *archive.Store, format string, o Options) string {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "jsonl":
		_, err = JSONL(t.Context(), &b, s, o, encode)
	case "csv":
		_, err = CSV(t.Context(), &b, s, o)
	case "md":
		dir := pile{}
		_, err = MarkdownDir(t.Context(), dir, s, o)
		for _, name := range slices.Sorted(maps.Keys(dir)) {
			fmt.Fprintf(&b, "== %s ==\n%s", filepath.ToSlash(name), dir[name])
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestForms(t *testing.T) {
	s := archivetest.Open(t)
	fill(t, s)
	for _, format := range []string{"jsonl", "csv", "md"} {
		got := all(t, s, format, Options{Versions: All})
		golden := filepath.Join("testdata", "all."+format)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (go test -run TestForms -update writes it) (-want +got):\n%s", golden, diff)
		}
		if again := all(t, s, format, Options{Versions: All}); again != got {
			t.Errorf("%s: the second export differs from the first", format)
		}
		// What is concluded anew from the same captures is exported the same.
		if err := s.Reset(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := ingest.New(s, ingest.Options{}).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if again := all(t, s, format, Options{Versions: All}); again != got {
			t.Errorf("%s: after a reset the export differs", format)
		}
	}
}

func TestChoice(t *testing.T) {
	s := archivetest.Open(t)
	fill(t, s)
	at := func(hour int) time.Time { return monday.Add(time.Duration(hour) * time.Hour) }
	const wall, ferry1, ferry2, piscine = "wall@1", "ferry@1", "ferry@2", "piscine@1"
	for _, x := range []struct {
		name string
		o    Options
		want string
	}{
		{"latest", Options{}, wall + " " + ferry2 + " " + piscine},
		{"latest by name", Options{Versions: Latest}, wall + " " + ferry2 + " " + piscine},
		{"first", Options{Versions: First}, wall + " " + ferry1 + " " + piscine},
		{"all", Options{Versions: All}, wall + " " + ferry1 + " " + ferry2 + " " + piscine},
		{"site", Options{Filter: archive.Filter{Site: "Le Petit Exemple"}}, piscine},
		{"language", Options{Filter: archive.Filter{Language: "fr"}}, wall + " " + piscine}, // the wall's page says en, and its text is French
		{"since: the page was known before its article", Options{Filter: archive.Filter{Since: at(2)}}, wall},
		{"until", Options{Filter: archive.Filter{Until: at(2)}}, ferry2 + " " + piscine},
		{"since and until", Options{Filter: archive.Filter{Since: at(1), Until: at(3)}}, piscine},
		{"limit", Options{Filter: archive.Filter{Limit: 2}, Versions: All}, wall + " " + ferry1 + " " + ferry2},
		{"newest", Options{Filter: archive.Filter{Limit: 1, Newest: true}}, piscine},
		{"nobody", Options{Filter: archive.Filter{Site: "Nobody"}}, ""},
	} {
		var got []string
		n, err := each(t.Context(), s, x.o, func(v archive.Version) error {
			name := v.URL[strings.LastIndexByte(v.URL, '/')+1:]
			name, _, _ = strings.Cut(name, "?")
			got = append(got, fmt.Sprintf("%s@%d", name, v.ID.N))
			return nil
		})
		if err != nil || strings.Join(got, " ") != x.want || n != len(got) {
			t.Errorf("%s: %d: %s, want %s: %v", x.name, n, strings.Join(got, " "), x.want, err)
		}
	}
}

var errFull = errors.New("no space left")

// A disk gets full.
type disk struct{ room int }

func (d *disk) Write(b []byte) (int, error) {
	if d.room -= len(b); d.room < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestFullDisk(t *testing.T) {
	s := archivetest.Open(t)
	fill(t, s)
	for _, room := range []int{0, 100, 1500} {
		if n, err := CSV(t.Context(), &disk{room}, s, Options{}); !errors.Is(err, errFull) {
			t.Errorf("CSV on %d bytes: %d, %v", room, n, err)
		}
		if n, err := JSONL(t.Context(), &disk{room}, s, Options{}, encode); !errors.Is(err, errFull) {
			t.Errorf("JSONL on %d bytes: %d, %v", room, n, err)
		}
	}
	if err := Markdown(&disk{100}, archive.Version{ID: archive.VersionID{N: 1}}); !errors.Is(err, errFull) {
		t.Errorf("Markdown: %v", err)
	}
	if _, err := MarkdownDir(t.Context(), pile(nil), s, Options{}); !errors.Is(err, errFull) {
		t.Errorf("MarkdownDir: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := JSONL(ctx, io.Discard, s, Options{}, encode); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// spoil turns a bit of the first record of a bucket from a number on.
func spoil(t *testing.T, file, bucket string, number uint64) {
	t.Helper()
	db, err := bbolt.Open(file, 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		key, v := b.Cursor().Seek(binary.BigEndian.AppendUint64(nil, number))
		v = bytes.Clone(v)
		v[len(v)-3] ^= 1
		return b.Put(bytes.Clone(key), v)
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// What is damaged is named, and the rest comes out.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	s, err := archive.Create(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, filepath.Join(dir, "archive.db"), "texts", 2)
	if s, err = archive.Open(dir, archive.Options{ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var b bytes.Buffer
	n, err := JSONL(t.Context(), &b, s, Options{}, encode)
	if !errors.Is(err, archive.ErrDamaged) || n != 2 || strings.Count(b.String(), "\n") != 2 {
		t.Errorf("%d versions, %d lines, %v; want 2 and the damage named", n, strings.Count(b.String(), "\n"), err)
	}
}

var hostile = []string{
	"../../etc/passwd", `C:\con\nul`, "", "…", "a/b\x00c\nd", "CON", strings.Repeat("very long title ", 40), strings.Repeat("漢字", 200),
	".hidden", "-rf *", "\u202egnol", "e\u0301" + strings.Repeat("\u0301", 300), "\xff\xfe", "what? <b>\"quoted\"</b> | pipe: 100 % — & more",
}

// A title makes a name that every file system takes.
func TestNames(t *testing.T) {
	for _, title := range hostile {
		v := archive.Version{ID: archive.VersionID{Page: urlkey.Key("example,a)/"), N: 3}, FirstSeen: monday, Site: title, Article: extract.Article{Title: title}}
		for _, name := range []string{fileName(v, false), fileName(v, true), folder(title)} {
			if len(name) > 120 || name == "" || strings.ContainsAny(name, "/\\:*?\"<>|\x00\n ") || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") || !filepath.IsLocal(name) {
				t.Errorf("%q makes %q", title, name)
			}
			if err := os.WriteFile(filepath.Join(t.TempDir(), name), nil, 0o644); err != nil {
				t.Errorf("%q: %v", title, err)
			}
		}
	}
	if got := folder("CON"); got != "con-site" {
		t.Errorf("folder of CON is %q", got)
	}
}

// The front matter gives back what went in, and the text can't become markup.
func TestMarkdownHostile(t *testing.T) {
	for _, title := range append(hostile, "---\nid: 1", "yes", "12", "null", "a: b # c", "[x]", "{y}", "& anchor", "! tag", "| pipe", "> fold", "%", "@at", "`tick`") {
		v := archive.Version{ID: archive.VersionID{Page: urlkey.Key("example,a)/"), N: 1}, Article: extract.Article{Title: strings.ToValidUTF8(title, "�")}}
		var b bytes.Buffer
		if err := Markdown(&b, v); err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(b.String(), "---\n")
		head, _, ok := strings.Cut(rest, "\n---\n")
		var f front
		if err := yaml.Unmarshal([]byte(head), &f); !ok || err != nil || f.Title != v.Article.Title {
			t.Errorf("title %q comes back as %q: %v\n%s", v.Article.Title, f.Title, err, &b)
		}
	}
	v := archive.Version{ID: archive.VersionID{N: 1}, Article: extract.Article{Title: "*T*", Published: meta.Date{Time: monday, DayOnly: true}, Blocks: []extract.Block{
		{Kind: extract.Lead, Text: "A lead"},
		{Kind: extract.Paragraph, Text: "# no heading\n- no item\n1. no number\n2026. A year\n    no code\n> no quote &copy; ![x](http://e/) <img>"},
		{Kind: extract.Item, Text: "one"}, {Kind: extract.Item, Text: "two"},
		{Kind: extract.Quote, Text: "said\nso"},
		{Kind: extract.Preformatted, Text: "code ``` here"},
		{Kind: extract.Row, Text: "a | b"}, {Kind: extract.Row, Text: "c | d"},
	}}}
	var b bytes.Buffer
	if err := Markdown(&b, v); err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(b.String(), "\n---\n")
	want := "\n# \\*T\\*\n\n**A lead**\n\n\\# no heading\n\\- no item\n1\\. no number\n2026\\. A year\nno code\n\\> no quote \\&copy; !\\[x\\](http://e/) \\<img>\n" +
		"\n- one\n- two\n\n> said\n> so\n\n````\ncode ``` here\n````\n\n| a | b |\n| --- | --- |\n| c | d |\n"
	if diff := cmp.Diff(want, body); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Any cell comes back as it was.
func TestCSVReads(t *testing.T) {
	s := archivetest.Open(t)
	fill(t, s)
	rows, err := csv.NewReader(strings.NewReader(all(t, s, "csv", Options{Versions: All}))).ReadAll()
	if err != nil || len(rows) != 5 || !cmp.Equal(rows[0], columns) {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	lines := strings.Split(strings.TrimSpace(all(t, s, "jsonl", Options{Versions: All})), "\n")
	for i, line := range lines {
		var r Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if row := rows[i+1]; row[0] != r.ID || row[4] != r.Title || row[len(row)-1] != r.Text || row[6] != strings.Join(r.Byline, "; ") {
			t.Errorf("row %d of the table is not line %d of the JSON", i+1, i)
		}
	}
}
