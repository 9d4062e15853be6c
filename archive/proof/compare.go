package proof

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"pressmark/archive"
	"pressmark/extract/urlkey"
)

// A Finding is a thing in which an archive differs from what was noted of it.
type Finding struct {
	Leaf    int64 // -1 when it is none of a leaf
	What    string
	Problem string
}

// A Verdict is what an archive is by what was noted of it.
type Verdict struct {
	Checkpoint
	Holds    []string // leaves that are in the archive as they were, in words
	Missing  []string // leaves of what was taken down, pruned or drawn anew since
	Findings []Finding
}

// AgainstRoot looks whether a checkpoint is one of this archive's log: whether
// what stood in it then stands in it still, in the same order.
func AgainstRoot(store *archive.Store, c Checkpoint) (f []Finding, err error) {
	root, err := store.LogRoot(c.Size)
	switch {
	case errors.Is(err, archive.ErrLogShorter):
		now, err := store.LogRoot(-1)
		if err != nil {
			return nil, err
		}
		if now.Origin != "" && now.Origin != c.Origin {
			return []Finding{foreign(now.Origin, c)}, nil
		}
		return []Finding{{-1, "the log", fmt.Sprintf("it has %d leaves, and had %d when the checkpoint was made: leaves were removed, or this is an older state of the archive", now.Size, c.Size)}}, nil
	case err != nil:
		return nil, err
	case root.Origin != c.Origin:
		return []Finding{foreign(root.Origin, c)}, nil
	case root.Root != c.Root:
		return []Finding{{-1, "the log", fmt.Sprintf("its first %d leaves are not those of the checkpoint: the log was rewritten", c.Size)}}, nil
	}
	return nil, nil
}

func foreign(origin string, c Checkpoint) Finding {
	return Finding{-1, "the log", fmt.Sprintf("this archive is %s, the checkpoint is of %s", origin, c.Origin)}
}

// Against looks whether the archive holds what a proof is about, as it was then.
// The error is that of a proof that does not hold by itself, or of being unable
// to look.
func (f File) Against(ctx context.Context, store *archive.Store) (v Verdict, err error) {
	if v.Checkpoint, err = f.Check(); err != nil {
		return v, err
	}
	if v.Findings, err = AgainstRoot(store, v.Checkpoint); err != nil {
		return v, err
	}
	for _, l := range f.Leaves {
		if err := ctx.Err(); err != nil {
			return v, err
		}
		s, err := l.Says()
		if err != nil {
			return v, err
		}
		now, what, err := current(store, s, v.Size)
		switch {
		case errors.Is(err, archive.ErrErased):
			v.Missing = append(v.Missing, what+": "+err.Error())
		case err != nil:
			v.Findings = append(v.Findings, Finding{l.Index, what, err.Error()})
		case now.Index != l.Index || tlog.RecordHash(now.Data) != tlog.RecordHash([]byte(l.Line)):
			v.Findings = append(v.Findings, Finding{l.Index, what, "the archive holds another one than was entered into the log"})
		default:
			v.Holds = append(v.Holds, what)
		}
	}
	return v, nil
}

// current gives the leaf that the archive makes today of what a leaf speaks of,
// and reads the body of a capture.
func current(store *archive.Store, s Statement, size int64) (p archive.LogProof, what string, err error) {
	if s.What == "version" {
		what = fmt.Sprintf("version %s", archive.VersionID{Page: urlkey.Key(s.Page), N: s.Version})
		p, err = store.ProveVersion(archive.VersionID{Page: urlkey.Key(s.Page), N: s.Version}, size)
		return p, what, err
	}
	what = fmt.Sprintf("capture %d of %s", s.Seq, s.URL)
	if p, err = store.ProveCapture(archive.Seq(s.Seq), size); err != nil {
		return p, what, err
	}
	c, err := store.Capture(archive.Seq(s.Seq))
	if errors.Is(err, archive.ErrErased) { // what the leaf says is there; the body is no longer kept
		return p, what + " (without its body)", nil
	}
	if err == nil && archive.Digest(sha256.Sum256(c.Body)) != c.Digest {
		err = fmt.Errorf("%w: the body is another one", archive.ErrDamaged)
	}
	return p, what, err
}
