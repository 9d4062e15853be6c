package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"pressmark/archive"
	"pressmark/archive/export"
	"pressmark/archive/ingest"
)

// A form is one in which an archive goes out.
type form struct {
	name  string
	write func(ctx context.Context, s *archive.Store, dir string) error
}

func forms() []form {
	return []form{
		{"WARC", func(ctx context.Context, s *archive.Store, dir string) error {
			_, err := export.WARC(ctx, files(dir), s, warcOptions())
			return err
		}},
		{"WACZ", func(ctx context.Context, s *archive.Store, dir string) error {
			return files(dir).Write("all.wacz", func(w io.Writer) error {
				_, err := export.WACZ(ctx, w, s, export.WARCOptions{Zip: true})
				return err
			})
		}},
		{"JSONL", func(ctx context.Context, s *archive.Store, dir string) error {
			return files(dir).Write("all.jsonl", func(w io.Writer) error { return articles(ctx, w, s) })
		}},
		{"CSV", func(ctx context.Context, s *archive.Store, dir string) error {
			return files(dir).Write("all.csv", func(w io.Writer) error {
				_, err := export.CSV(ctx, w, s, export.Options{Versions: export.All})
				return err
			})
		}},
		{"Markdown", func(ctx context.Context, s *archive.Store, dir string) error {
			_, err := export.MarkdownDir(ctx, files(dir), s, export.Options{})
			return err
		}},
	}
}

func articles(ctx context.Context, w io.Writer, s *archive.Store) error {
	_, err := export.JSONL(ctx, w, s, export.Options{Versions: export.All}, func(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) })
	return err
}

// thereAndBack takes an archive out twice in every form, and in again.
func thereAndBack(b *bench) error {
	f, err := b.filled()
	if err != nil {
		return err
	}
	dir, err := b.folder("trip")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, x := range forms() {
		var sums []string
		for i := range 2 {
			to := filepath.Join(dir, fmt.Sprint(x.name, i))
			// Opened anew each time: the second answer is not from memory.
			if err := b.with(f.dir, func(s *archive.Store) error { return x.write(b.ctx, s, to) }); err != nil {
				return fmt.Errorf("%s: %w", x.name, err)
			}
			sum, n, err := sumOf(to)
			if err != nil || n == 0 {
				return fmt.Errorf("%s: %d files, %v", x.name, n, err)
			}
			sums = append(sums, sum)
		}
		differ := 0
		if sums[0] != sums[1] {
			differ = 1
			b.wrong("two exports as %s are not the same", x.name)
		}
		b.none("differences between two exports as "+x.name, differ)
	}
	for _, from := range []string{"WARC", "WACZ"} {
		differ, captures, versions, err := b.backAgain(f.dir, filepath.Join(dir, from+"0"), filepath.Join(dir, "in-"+from))
		if err != nil {
			return fmt.Errorf("import %s: %w", from, err)
		}
		b.some("captures in and out again as "+from, captures, 1)
		b.none("captures and articles that are not the same after import(export(x)), "+from, differ)
		b.some("versions read of them again", versions, 1)
	}
	return nil
}

// backAgain imports what was exported and compares captures and articles.
func (b *bench) backAgain(was, out, in string) (differ, captures, versions int, err error) {
	if err := unzipWARCs(out); err != nil {
		return 0, 0, 0, err
	}
	s, err := archive.Create(in, archive.Options{})
	if err != nil {
		return 0, 0, 0, err
	}
	err = importAll(b.ctx, s, out)
	if err == nil {
		_, err = ingest.New(s, ingest.Options{}).Run(b.ctx)
	}
	var got, want []string
	var gotText, wantText []string
	if err == nil {
		got, gotText, err = b.telling(s)
	}
	problems, serr := sound(b.ctx, s)
	if err == nil {
		err = serr
	}
	if cerr := s.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = b.with(was, func(s *archive.Store) (err error) {
			want, wantText, err = b.telling(s)
			return err
		})
	}
	if err != nil {
		return 0, 0, 0, err
	}
	for _, p := range problems {
		b.wrong("the archive that was imported: %s", p)
	}
	for _, pair := range [][2][]string{{want, got}, {wantText, gotText}} {
		for i := range max(len(pair[0]), len(pair[1])) {
			if i >= len(pair[0]) || i >= len(pair[1]) || pair[0][i] != pair[1][i] {
				differ++
				if i < min(len(pair[0]), len(pair[1])) {
					b.wrong("was  %.400s", pair[0][i])
					b.wrong("came %.400s", pair[1][i])
				}
			}
		}
	}
	return differ + len(problems), len(got), len(gotText), nil
}

// telling gives what an archive says of its captures, in their order, and of its
// articles, but for the crawl that it came of, which stays behind.
func (b *bench) telling(s *archive.Store) (captures, texts []string, err error) {
	place := map[archive.Seq]int{}
	for c, err := range s.Captures(b.ctx, 0) {
		if err != nil {
			return nil, nil, err
		}
		whole, err := s.Capture(c.Seq)
		if err != nil {
			return nil, nil, err
		}
		place[c.Seq] = len(captures)
		var head bytes.Buffer
		if err := whole.Header.Write(&head); err != nil {
			return nil, nil, err
		}
		of := -1
		if c.RevisitOf != 0 {
			of = place[c.RevisitOf]
		}
		captures = append(captures, fmt.Sprintf("%s %s %s %s %d %s %x %s %d %q %q", c.URL, c.Page, c.Final, c.FetchedAt.UTC(), c.Status, strings.ReplaceAll(head.String(), "\r\n", "; "),
			sha256.Sum256(whole.Body), c.Digest, of, c.Site, c.Via))
	}
	var out bytes.Buffer
	if err := articles(b.ctx, &out, s); err != nil {
		return nil, nil, err
	}
	for line := range strings.Lines(out.String()) {
		texts = append(texts, line)
	}
	slices.Sort(texts)
	return captures, texts, nil
}

// unzipWARCs puts beside a WACZ file the WARC files that are in it.
func unzipWARCs(dir string) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.wacz"))
	if err != nil {
		return err
	}
	for _, name := range names {
		z, err := zip.OpenReader(name)
		if err != nil {
			return err
		}
		defer z.Close()
		for _, f := range z.File {
			if !strings.HasPrefix(f.Name, "archive/") || !strings.Contains(f.Name, ".warc") {
				continue
			}
			in, err := f.Open()
			if err != nil {
				return err
			}
			err = files(dir).Write(path.Base(f.Name), func(w io.Writer) error {
				_, err := io.Copy(w, in)
				return err
			})
			if err := errors.Join(err, in.Close()); err != nil {
				return err
			}
		}
	}
	return nil
}

// sumOf sums up a folder, names and contents.
func sumOf(dir string) (sum string, n int, err error) {
	h := sha256.New()
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		fmt.Fprintf(h, "%q %d ", rel, len(content))
		h.Write(content)
		n++
		return err
	})
	return fmt.Sprintf("%x", h.Sum(nil)), n, err
}
