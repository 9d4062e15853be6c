package proof

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"
)

// fileSchema is raised when an older reader would read a file wrongly.
const fileSchema = 1

// A File shows that a version, or a capture, and what it was drawn from, was in
// an archive when a checkpoint was made. It needs nothing else to be checked.
type File struct {
	Schema     int    `json:"schema"`
	About      string `json:"about"`      // in words for people
	Checkpoint string `json:"checkpoint"` // the signed note
	Key        string `json:"key"`        // that it was signed with: the public part
	Leaves     []Leaf `json:"leaves"`
}

// A Leaf is one leaf of the log, and the way from it to the root.
type Leaf struct {
	Index int64       `json:"index"`
	Line  string      `json:"leaf"` // what its hash is made of
	Path  []tlog.Hash `json:"path"` // hashes of the trees beside it, from the leaf up
}

// A Statement is what a leaf says: that of a capture or that of a version, by What.
type Statement struct {
	What    string `json:"pressmark"` // capture or version
	Seq     uint64 `json:"seq"`
	Page    string `json:"page"`
	URL     string `json:"url"`
	Final   string `json:"final"`
	Fetched string `json:"fetched"`
	Status  int    `json:"status"`
	Headers string `json:"headers"`
	Body    string `json:"body"`
	Version int    `json:"version"`
	Capture uint64 `json:"capture"`
	Seen    string `json:"seen"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	Article string `json:"article"`
	Salt    string `json:"salt"`
}

// Says reads what the leaf says. ErrProof.
func (l Leaf) Says() (s Statement, err error) {
	d := json.NewDecoder(bytes.NewReader([]byte(l.Line)))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil || d.More() || s.What != "capture" && s.What != "version" || s.Seq == 0 {
		return s, fmt.Errorf("%w: a leaf says nothing of a capture or version", ErrProof)
	}
	return s, nil
}

// ReadFile reads a proof. ErrProof.
func ReadFile(b []byte) (f File, err error) {
	if len(b) > MaxFile {
		return f, fmt.Errorf("%w: it is too long", ErrProof)
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return f, fmt.Errorf("%w: %w", ErrProof, err)
	}
	switch {
	case f.Schema > fileSchema:
		return f, fmt.Errorf("%w that this program knows: a newer one wrote it", ErrProof)
	case f.Schema < 1 || f.Checkpoint == "" || f.Key == "" || len(f.Leaves) == 0:
		return f, fmt.Errorf("%w: a part of it is missing", ErrProof)
	}
	for _, l := range f.Leaves {
		if _, err := l.Says(); err != nil {
			return f, err
		}
	}
	return f, nil
}

// Write writes the proof as ReadFile reads it, in lines that a person can follow.
func (f File) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(f)
}

// Check checks the proof by itself: the signature with the key that it names,
// and that each leaf is in the tree of that root. Whether the key is the
// archive's is for the reader to know. ErrNote, ErrSignature, ErrKey, ErrFalse.
func (f File) Check() (Checkpoint, error) {
	c, err := Open([]byte(f.Checkpoint), f.Key)
	if err != nil {
		return c, err
	}
	for _, l := range f.Leaves {
		if l.Index < 0 || l.Index >= c.Size {
			return c, fmt.Errorf("%w: leaf %d in a log of %d", ErrFalse, l.Index, c.Size)
		}
		if err := tlog.CheckRecord(l.Path, c.Size, c.Root, l.Index, tlog.RecordHash([]byte(l.Line))); err != nil {
			return c, fmt.Errorf("%w: leaf %d is not in the log of the checkpoint", ErrFalse, l.Index)
		}
	}
	return c, nil
}
