package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	minhashlsh "github.com/ekzhu/minhash-lsh"
)

const (
	hashes    = 128
	shingle   = 5
	threshold = 0.7
)

func signature(text string) []uint64 {
	m := minhashlsh.NewMinhash(1, hashes)
	w := strings.Fields(strings.ToLower(text))
	for i := range max(1, len(w)-shingle+1) {
		m.Push([]byte(strings.Join(w[i:min(len(w), i+shingle)], " ")))
	}
	return m.Signature()
}

func alike(a, b []uint64) bool {
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return float64(n) >= threshold*hashes
}

// groups puts each text into the story of the earliest one that is alike. The module indexes a corpus whole: that is done
// before any is asked for.
func groups(signatures [][]uint64) []int {
	index := minhashlsh.NewMinhashLSH32(hashes, threshold)
	for i, s := range signatures {
		index.Add(i, s)
	}
	index.Index()
	storyOf := make([]int, len(signatures))
	for i, s := range signatures {
		first := i
		for _, k := range index.Query(s) {
			if j := k.(int); j < first && alike(s, signatures[j]) {
				first = j
			}
		}
		storyOf[i] = first
		if first != i {
			storyOf[i] = storyOf[first]
		}
	}
	runtime.KeepAlive(index)
	return storyOf
}

func minhash(n int, seed uint64) {
	d, t := newDesk(seed), newTally()
	list := make([]made, n)
	signatures := make([][]uint64, n)
	var spent time.Duration
	for i := range list {
		list[i] = d.next()
		start := time.Now()
		signatures[i] = signature(list[i].text.Title + "\n" + list[i].text.Body)
		spent += time.Since(start)
		list[i].text.Body = ""
	}
	start := time.Now()
	storyOf := groups(signatures)
	spent += time.Since(start)
	for i, m := range list {
		t.add(m, i, storyOf[i], storyOf)
	}
	fmt.Printf("%-8d minhash  %8.0f %12s %12d  %s\n", n, float64(n)/spent.Seconds(), "-", 8*hashes, t)
}

// answer reads a list as pressmark dedup --list does, and answers by MinHash.
func answer(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var ids []json.RawMessage
	var signatures [][]uint64
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var row struct {
			ID          json.RawMessage `json:"id"`
			Title, Text string
		}
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			return fmt.Errorf("%s: line %d: %w", file, len(ids)+1, err)
		}
		ids = append(ids, row.ID)
		signatures = append(signatures, signature(row.Title+"\n"+row.Text))
	}
	if err := in.Err(); err != nil {
		return err
	}
	for i, story := range groups(signatures) {
		fmt.Printf("{\"id\":%s,\"story\":%s}\n", ids[i], ids[story])
	}
	return nil
}
