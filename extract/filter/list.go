package filter

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// MaxSize is the largest list that is read. The largest in use have a tenth of it.
const MaxSize = 64 << 20

// A List is one file of rules.
type List struct {
	Name   string // of the file
	Title  string // as its header has it; may be empty
	Rules  []Rule
	Texts  []TextRule     // which no file has: the user's own
	Passed map[string]int // lines that say nothing of hiding, by kind
	Faults []Fault        // lines that can't be read
}

// A Fault is a line that can't be read.
type Fault struct {
	List string
	Line int
	Text string
	Why  string
}

func (f Fault) Error() string { return fmt.Sprintf("%s:%d: %s", f.List, f.Line, f.Why) }

// Open reads a list from a file.
func Open(name string) (*List, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	switch info, err := f.Stat(); {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder, not a filter list", name)
	case info.Size() > MaxSize:
		return nil, tooLarge(name)
	}
	return Read(name, f)
}

func tooLarge(name string) error {
	return fmt.Errorf("%s has more than %d MB: that is no filter list", name, MaxSize>>20)
}

// Read reads a list. It fails only where the whole is no list; lines that
// can't be read are among its Faults.
func Read(name string, from io.Reader) (*List, error) {
	text, err := io.ReadAll(io.LimitReader(from, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read filter list %s: %w", name, err)
	}
	if len(text) > MaxSize {
		return nil, tooLarge(name)
	}
	if why := noList(text); why != "" {
		return nil, fmt.Errorf("%s is no filter list: %s", name, why)
	}
	l := &List{Name: name, Passed: map[string]int{}}
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	lines.Buffer(nil, len(text)+1)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		r, err := parse(line)
		var other passedOver
		switch {
		case err == nil:
			r.List, r.Line = name, n
			l.Rules = append(l.Rules, r)
		case err == errNothing:
			if title, ok := strings.CutPrefix(line, "! Title:"); ok && l.Title == "" {
				l.Title = strings.TrimSpace(title)
			}
		case errors.As(err, &other):
			l.Passed[string(other)]++
		default:
			l.Faults = append(l.Faults, Fault{List: name, Line: n, Text: strings.TrimSpace(line), Why: err.Error()})
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read filter list %s: %w", name, err)
	}
	return l, nil
}

// noList says what a file is that can be no list.
func noList(text []byte) string {
	head := bytes.ToLower(bytes.TrimSpace(text[:min(len(text), 512)]))
	switch {
	case bytes.HasPrefix(text, []byte{0x1f, 0x8b}), bytes.HasPrefix(text, []byte("PK\x03\x04")), bytes.HasPrefix(text, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return "it is compressed"
	case bytes.IndexByte(text, 0) >= 0:
		return "it is binary"
	case bytes.HasPrefix(head, []byte("<!doctype")), bytes.HasPrefix(head, []byte("<html")):
		return "it is a web page"
	case bytes.HasPrefix(head, []byte("{")):
		return "it is JSON"
	}
	return ""
}
