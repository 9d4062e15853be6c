package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A sample is a list of texts in order of arrival, with what is true of them: docs.jsonl (or .gz), gold.jsonl and pairs.jsonl.
type sample struct {
	docs  []document
	truth map[string]truth
	apart []apart
}

type document struct {
	ID        string `json:"doc_id"`
	Site      string
	Title     string
	Byline    string
	Published time.Time
	Body      string
}

type truth struct {
	ID       string `json:"doc_id"`
	Cluster  string
	Category string
	Of       string
	Group    string
}

// An apart is two texts that must not lie in one story.
type apart struct{ A, B, Label, Category string }

func readSample(dir string) (sample, error) {
	s := sample{truth: make(map[string]truth)}
	err := eachLine(filepath.Join(dir, "docs.jsonl"), func(d document) { s.docs = append(s.docs, d) })
	if err == nil {
		err = eachLine(filepath.Join(dir, "gold.jsonl"), func(t truth) { s.truth[t.ID] = t })
	}
	if err == nil {
		err = eachLine(filepath.Join(dir, "pairs.jsonl"), func(p apart) {
			if p.Label == "distinct" {
				s.apart = append(s.apart, p)
			}
		})
	}
	return s, err
}

// eachLine reads a list, or the same list packed by gzip.
func eachLine[T any](file string, do func(T)) error {
	f, err := os.Open(file)
	var in io.Reader = f
	if errors.Is(err, fs.ErrNotExist) {
		if f, err = os.Open(file + ".gz"); err == nil {
			in, err = gzip.NewReader(f)
		}
	}
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return fmt.Errorf("%s: line %d: %w", file, n, err)
		}
		do(v)
	}
	return lines.Err()
}

// halves parts a sample in two: what is one story, or is to be told apart, stays together.
func (s sample) halves() [2]sample {
	parent := make(map[string]string)
	var root func(string) string
	root = func(x string) string {
		if p, ok := parent[x]; ok && p != x {
			parent[x] = root(p)
			return parent[x]
		}
		return x
	}
	join := func(a, b string) {
		if a, b = root(a), root(b); a != b {
			parent[max(a, b)] = min(a, b)
		}
	}
	for id, t := range s.truth {
		join("doc "+id, "story "+t.Cluster)
		if t.Group != "" {
			join("doc "+id, "group "+t.Group)
		}
	}
	for _, p := range s.apart {
		if !strings.Contains(p.Category, "template") && !strings.Contains(p.Category, "brief") { // else all forms are one
			join("doc "+p.A, "doc "+p.B)
		}
	}
	half := func(id string) int { return int(crc32.ChecksumIEEE([]byte(root("doc "+id))) >> 7 & 1) }
	var out [2]sample
	for i := range out {
		out[i].truth = make(map[string]truth)
	}
	for _, d := range s.docs {
		h := &out[half(d.ID)]
		h.docs = append(h.docs, d)
		h.truth[d.ID] = s.truth[d.ID]
	}
	for _, p := range s.apart {
		if h := half(p.A); h == half(p.B) {
			out[h].apart = append(out[h].apart, p)
		}
	}
	return out
}
