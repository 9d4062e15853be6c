// Package pages gives the benchmarks their pages: real ones from a folder, and
// what a newspaper would make of them by the next look.
package pages

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Gather reads the HTML files, or gzipped ones, and those of folders, unpacked,
// in the order of their names.
func Gather(args []string) ([][]byte, error) {
	var list [][]byte
	for _, arg := range args {
		err := filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if !strings.HasSuffix(path, ".html") && !strings.HasSuffix(path, ".html.gz") {
				return nil
			}
			body, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if strings.HasSuffix(path, ".gz") {
				z, err := gzip.NewReader(bytes.NewReader(body))
				if err != nil {
					return fmt.Errorf("%s: %w", path, err)
				}
				if body, err = io.ReadAll(z); err != nil {
					return fmt.Errorf("%s: %w", path, err)
				}
			}
			list = append(list, body)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

var (
	digits    = regexp.MustCompile(`[0-9]{6,}`)
	paragraph = regexp.MustCompile(`(?i)<p[^>]*>[^<]{80,}`)
	words     = strings.Fields(`officials said on Monday that the talks would go on after the vote in the
		lower house while unions called for a strike over pay and the minister declined to comment`)
)

// Edited gives a page as the next look finds it: three paragraphs reworded, one
// added, and twenty numbers changed, such as times and identifiers.
func Edited(page []byte, r *rand.Rand) []byte {
	page = swap(page, digits, 20, r, func(found []byte) []byte {
		out := bytes.Clone(found)
		for i := range out {
			out[i] = '0' + byte(r.IntN(10))
		}
		return out
	})
	added := false
	return swap(page, paragraph, 3, r, func(found []byte) []byte {
		list := bytes.Fields(found)
		for range 3 {
			list[len(list)/2+r.IntN(len(list)/2)] = []byte(words[r.IntN(len(words))])
		}
		out := bytes.Join(list, []byte(" "))
		if !added {
			added = true
			out = append(out, "</p><p>"...)
			for range 20 {
				out = append(append(out, words[r.IntN(len(words))]...), ' ')
			}
		}
		return out
	})
}

// swap puts something else in the place of so many of the matches.
func swap(page []byte, what *regexp.Regexp, count int, r *rand.Rand, with func([]byte) []byte) []byte {
	all := what.FindAllIndex(page, -1)
	chosen := map[int]bool{}
	for range min(count, len(all)) {
		chosen[r.IntN(len(all))] = true
	}
	var out []byte
	at := 0
	for i, m := range all {
		if chosen[i] {
			out = append(append(out, page[at:m[0]]...), with(page[m[0]:m[1]])...)
			at = m[1]
		}
	}
	return append(out, page[at:]...)
}
