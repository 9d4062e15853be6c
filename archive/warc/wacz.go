package warc

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A Package is a WACZ file (1.1.1) that is being written: a ZIP file with WARC
// files below archive/, an index of them below indexes/, a list of pages, and a
// table of contents with their digests.
type Package struct {
	zip   *zip.Writer
	files []resource
}

type resource struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

// NewPackage begins a WACZ file.
func NewPackage(w io.Writer) *Package { return &Package{zip: zip.NewWriter(w)} }

// zipTime is the time of every file in a package: the earliest that ZIP knows.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Write puts a file into the package. WARC files and indexes are stored as they
// are, so that readers find their records in the package.
func (p *Package) Write(name string, fill func(io.Writer) error) error {
	return p.write(name, fill, &p.files)
}

func (p *Package) write(name string, fill func(io.Writer) error, list *[]resource) error {
	h := &zip.FileHeader{Name: name, Modified: zipTime, Method: zip.Deflate}
	if strings.HasPrefix(name, "archive/") || strings.HasPrefix(name, "indexes/") {
		h.Method = zip.Store
	}
	to, err := p.zip.CreateHeader(h)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	sum, n := sha256.New(), tally(0)
	if err := fill(io.MultiWriter(to, sum, &n)); err != nil {
		return err
	}
	*list = append(*list, resource{strings.ToLower(path.Base(name)), name, fmt.Sprintf("sha256:%x", sum.Sum(nil)), int64(n)})
	return nil
}

// A tally counts bytes.
type tally int64

func (n *tally) Write(p []byte) (int, error) {
	*n += tally(len(p))
	return len(p), nil
}

// blockLines is how many lines of an index a reader has to unpack for one.
const blockLines = 1024

// Index writes the index: its lines, in order, in blocks that are compressed
// one by one, and a list of the blocks.
func (p *Package) Index(lines [][]byte) error {
	var blocks bytes.Buffer
	blocks.WriteString(`!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}` + "\n")
	err := p.Write("indexes/index.cdx.gz", func(w io.Writer) error {
		var offset int
		for from := 0; from < len(lines); from += blockLines {
			block := lines[from:min(from+blockLines, len(lines))]
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			for _, line := range block {
				if _, err := z.Write(line); err != nil {
					return err
				}
			}
			if err := z.Close(); err != nil {
				return err
			}
			first, _, _ := bytes.Cut(block[0], []byte(" {"))
			fmt.Fprintf(&blocks, "%s {\"offset\": %d, \"length\": %d, \"digest\": \"sha256:%x\", \"filename\": \"index.cdx.gz\"}\n", first, offset, b.Len(), sha256.Sum256(b.Bytes()))
			offset += b.Len()
			if _, err := w.Write(b.Bytes()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return p.Write("indexes/index.idx", func(w io.Writer) error {
		_, err := w.Write(blocks.Bytes())
		return err
	})
}

// A Page is an address that a reader of the package may begin with.
type Page struct {
	ID    string `json:"id"`
	URL   string `json:"url"`
	Time  string `json:"ts"`
	Title string `json:"title,omitempty"`
}

// Pages writes the list of pages.
func (p *Package) Pages(list func(yield func(Page, error) bool)) error {
	return p.Write("pages/pages.jsonl", func(w io.Writer) error {
		if _, err := io.WriteString(w, `{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}`+"\n"); err != nil {
			return err
		}
		to := json.NewEncoder(w)
		to.SetEscapeHTML(false)
		for page, err := range list {
			if err == nil {
				err = to.Encode(page)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Close ends the package with its table of contents. created is when what it
// holds was captured last.
func (p *Package) Close(created time.Time) error {
	about, err := json.MarshalIndent(struct {
		Profile   string     `json:"profile"`
		Version   string     `json:"wacz_version"`
		Software  string     `json:"software"`
		Created   string     `json:"created"`
		Resources []resource `json:"resources"`
	}{"data-package", "1.1.1", "pressmark", created.UTC().Format(time.RFC3339), p.files}, "", "  ")
	if err != nil {
		return err
	}
	var own []resource
	for _, f := range []struct {
		name string
		text func() []byte
	}{
		{"datapackage.json", func() []byte { return about }},
		{"datapackage-digest.json", func() []byte {
			return fmt.Appendf(nil, "{\"path\": \"datapackage.json\", \"hash\": %q}\n", own[0].Hash)
		}},
	} {
		err = errors.Join(err, p.write(f.name, func(w io.Writer) error {
			_, err := w.Write(f.text())
			return err
		}, &own))
		if err != nil {
			return err
		}
	}
	return p.zip.Close()
}
