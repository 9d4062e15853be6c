package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/extract"
)

// A shelf keeps captures in its own way.
type shelf interface {
	name() string
	put(c capture) error
	// close ends a round of looks and gives the bytes on disk so far.
	close() (int64, error)
}

// sizes prints what each way of keeping costs, for pages and for their texts.
func sizes(dir string, first []capture, looks int) error {
	all := rounds(first, looks)
	bodies := func() ([]shelf, error) { return shelves(filepath.Join(dir, "bodies"), "html") }
	if err := table("pages, as received", all, bodies, func(c capture) []byte { return c.body }); err != nil {
		return err
	}
	text := map[string][]byte{}
	of := func(c capture) []byte {
		key := c.url + c.at.String()
		if text[key] == nil {
			a := extract.Extract(extract.Page{URL: c.url, Body: c.body})
			text[key] = []byte(a.Title + "\n\n" + a.Text())
		}
		return text[key]
	}
	texts := func() ([]shelf, error) { return shelves(filepath.Join(dir, "texts"), "text") }
	return table("texts of the versions", all, texts, of)
}

// shelves are the contenders. What is measured of the archive is the growth of
// its raw volumes and captures, or that of everything concluded from them.
func shelves(dir, what string) ([]shelf, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	ours, err := newArchive(filepath.Join(dir, "pressmark"), what == "text")
	if err != nil {
		return nil, err
	}
	list := []shelf{ours, &members{path: filepath.Join(dir, "all.warc.gz")}, &solid{dir: dir}}
	if repo, err := newRepository(filepath.Join(dir, "git")); err == nil {
		list = append(list, repo)
	}
	return list, nil
}

func table(title string, all [][]capture, open func() ([]shelf, error), content func(capture) []byte) error {
	list, err := open()
	if err != nil {
		return err
	}
	pages, later := len(all[0]), len(all)-1
	var raw [2]int64
	for n, round := range all {
		for _, c := range round {
			raw[min(n, 1)] += int64(len(content(c)))
		}
	}
	fmt.Printf("\n%s: %d, then %d looks at each\n", title, pages, later)
	fmt.Printf("%-40s%14s%10s%14s%10s%14s\n", "", "first, bytes", "of raw", "later, bytes", "of raw", "all, MB")
	print := func(name string, first, rest int64) {
		fmt.Printf("%-40s%14d%10.3f%14d%10.4f%14.1f\n", name, first/int64(pages), float64(first)/float64(raw[0]),
			rest/int64(pages*max(1, later)), float64(rest)/float64(max(1, raw[1])), float64(first+rest)/1e6)
	}
	print("raw", raw[0], raw[1])
	for _, s := range list {
		var size [2]int64
		for n, round := range all {
			for _, c := range round {
				c := c
				if _, ours := s.(*archived); !ours {
					c.body = content(c)
				}
				if err := s.put(c); err != nil {
					return fmt.Errorf("%s: %w", s.name(), err)
				}
			}
			if n == 0 || n == len(all)-1 {
				if size[min(n, 1)], err = s.close(); err != nil {
					return fmt.Errorf("%s: %w", s.name(), err)
				}
			}
		}
		print(s.name(), size[0], size[1]-size[0])
	}
	return nil
}

// archived is pressmark's archive.
type archived struct {
	dir   string
	store *archive.Store
	texts bool  // count what is concluded, not what is received
	done  int64 // bytes concluded so far
}

func newArchive(dir string, texts bool) (*archived, error) {
	store, err := archive.Create(dir, archive.Options{})
	return &archived{dir: dir, store: store, texts: texts}, err
}

func (a *archived) name() string {
	if a.texts {
		return "pressmark, with all it concludes"
	}
	return "pressmark"
}

func (a *archived) put(c capture) error {
	_, err := a.store.Append(context.Background(), archive.Capture{URL: c.url, FetchedAt: c.at, Status: 200, Header: header, Body: c.body})
	return err
}

// close counts the whole folder, compacted: the others keep no room to grow in.
func (a *archived) close() (int64, error) {
	if !a.texts {
		return a.size()
	}
	before, err := a.size()
	if err != nil {
		return 0, err
	}
	if _, err := ingest.New(a.store, ingest.Options{}).Run(context.Background()); err != nil {
		return 0, err
	}
	after, err := a.size()
	a.done += after - before
	return a.done, err
}

func (a *archived) size() (int64, error) {
	if _, err := a.store.Compact(context.Background(), nil); err != nil {
		return 0, err
	}
	return folderSize(a.dir)
}

func folderSize(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}
