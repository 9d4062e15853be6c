package newsroom

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// A folder is a site of saved pages.
type folder struct {
	root  *os.Root
	pages []saved // in order of path
	byURL map[string]*saved
	last  time.Time // the newest page's

	mu   sync.Mutex
	tags map[string]string // entity tags by path, as far as known
}

// A saved page is a file.
type saved struct {
	path     string // of the URL, with a slash before it
	file     string // below the root
	zipped   bool
	modified time.Time
}

// Folder serves the saved pages below dir as a site: each *.html and
// *.html.gz at its relative path (without .gz), with a home page, robots.txt
// and an RSS feed of them all at /feed.xml. A page is sent as it was saved, its
// charset unsaid, since nothing here knows it. Files that appear later are not seen.
func Folder(dir string) (http.Handler, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("newsroom: opening the saved pages: %w", err)
	}
	f := &folder{root: root, byURL: map[string]*saved{}, tags: map[string]string{}}
	if err := fs.WalkDir(root.FS(), ".", f.find); err != nil {
		return nil, fmt.Errorf("newsroom: looking for saved pages in %s: %w", dir, errors.Join(err, root.Close()))
	}
	if len(f.pages) == 0 {
		return nil, errors.Join(fmt.Errorf("newsroom: no *.html and no *.html.gz below %s", dir), root.Close())
	}
	// where a.html and a.html.gz lie side by side, the plain one is served
	slices.SortFunc(f.pages, func(a, b saved) int {
		return cmp.Or(strings.Compare(a.path, b.path), strings.Compare(a.file, b.file))
	})
	f.pages = slices.CompactFunc(f.pages, func(a, b saved) bool { return a.path == b.path })
	for i := range f.pages {
		f.byURL[f.pages[i].path] = &f.pages[i]
		if f.pages[i].modified.After(f.last) {
			f.last = f.pages[i].modified
		}
	}
	return f, nil
}

func (f *folder) find(name string, d fs.DirEntry, err error) error {
	if err != nil || !d.Type().IsRegular() {
		return err
	}
	plain := strings.TrimSuffix(name, ".gz")
	if path.Ext(plain) != ".html" {
		return nil
	}
	info, err := d.Info()
	if err != nil {
		return err
	}
	f.pages = append(f.pages, saved{path: "/" + plain, file: name, zipped: plain != name, modified: info.ModTime().Truncate(time.Second)})
	return nil
}

// ServeHTTP answers for the whole site.
func (f *folder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only reading is possible here.", http.StatusMethodNotAllowed)
		return
	}
	both := validators{etag: true, weak: true, lastModified: true}
	switch r.URL.Path {
	case "/":
		f.send(w, r, "text/html; charset=utf-8", f.home)
	case "/feed.xml":
		f.send(w, r, "application/rss+xml; charset=utf-8", func() ([]byte, error) { return f.rss("http://" + r.Host) })
	case "/robots.txt":
		answer(w, r, document{body: []byte("User-agent: *\nDisallow:\n"), kind: "text/plain; charset=utf-8", modified: f.last}, both)
	default:
		if p := f.byURL[r.URL.Path]; p != nil {
			f.page(w, r, p)
			return
		}
		http.Error(w, "There is no such page.", http.StatusNotFound)
	}
}

func (f *folder) send(w http.ResponseWriter, r *http.Request, kind string, make func() ([]byte, error)) {
	body, err := make()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, r, document{body: body, kind: kind, modified: f.last}, validators{etag: true, weak: true, lastModified: true})
}

// page sends a saved page: as it lies there when it is compressed and the
// client takes that. The entity tag is of the file's bytes and is computed once.
func (f *folder) page(w http.ResponseWriter, r *http.Request, p *saved) {
	h := w.Header()
	v := validators{etag: true, weak: true, lastModified: true}
	h.Add("Vary", "Accept-Encoding")
	tag, err := f.tag(p)
	if err != nil {
		http.Error(w, "The saved page cannot be read: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h.Set("ETag", v.quote(tag, false))
	h.Set("Last-Modified", p.modified.UTC().Format(http.TimeFormat))
	if holds(r, document{modified: p.modified}, v, tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body, err := f.root.ReadFile(p.file)
	if err == nil && p.zipped {
		if accepts(r, "gzip") {
			h.Set("Content-Encoding", "gzip")
		} else {
			body, err = unzip(body)
		}
	}
	if err != nil {
		h.Del("ETag")
		http.Error(w, "The saved page cannot be read: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h.Set("Content-Type", "text/html")
	h.Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		w.Write(body) // a reader that has gone away is no concern of ours
	}
}

func (f *folder) tag(p *saved) (string, error) {
	f.mu.Lock()
	tag := f.tags[p.path]
	f.mu.Unlock()
	if tag != "" {
		return tag, nil
	}
	body, err := f.root.ReadFile(p.file)
	if err != nil {
		return "", err
	}
	tag = etag(body)
	f.mu.Lock()
	f.tags[p.path] = tag
	f.mu.Unlock()
	return tag, nil
}

// largest is the most that a compressed page may grow to for a client that
// takes no compression.
const largest = 64 << 20

func unzip(body []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(z, largest+1))
	if err == nil && len(plain) > largest {
		err = fmt.Errorf("more than %d bytes", largest)
	}
	return plain, err
}

// escaped is the URL of a path.
func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }

func (f *folder) rss(base string) ([]byte, error) {
	type item struct {
		Title     string `xml:"title"`
		Link      string `xml:"link"`
		GUID      string `xml:"guid"`
		Published string `xml:"pubDate"`
	}
	type channel struct {
		Title       string `xml:"title"`
		Link        string `xml:"link"`
		Description string `xml:"description"`
		Items       []item `xml:"item"`
	}
	c := channel{Title: "Saved pages", Link: base + "/", Description: fmt.Sprintf("%d saved pages", len(f.pages))}
	for _, p := range f.pages {
		link := base + escaped(p.path)
		c.Items = append(c.Items, item{strings.TrimPrefix(p.path, "/"), link, link, p.modified.UTC().Format(time.RFC1123Z)})
	}
	return asXML(struct {
		XMLName xml.Name `xml:"rss"`
		Version string   `xml:"version,attr"`
		Channel channel  `xml:"channel"`
	}{Version: "2.0", Channel: c})
}

var homePage = template.Must(template.New("home").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Saved pages</title>
<link rel="alternate" type="application/rss+xml" title="Saved pages" href="/feed.xml">
</head>
<body>
<h1>Saved pages</h1>
<p>{{len .}} pages; <a href="/feed.xml">a feed of them all</a></p>
<ul>
{{range .}}<li><a href="{{.}}">{{.}}</a></li>
{{end}}</ul>
</body>
</html>
`))

func (f *folder) home() ([]byte, error) {
	var links []string
	for _, p := range f.pages {
		links = append(links, escaped(p.path))
	}
	var b bytes.Buffer
	err := homePage.Execute(&b, links)
	return b.Bytes(), err
}
