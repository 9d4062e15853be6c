package proof

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pressmark/archive"
)

// A Taken is a checkpoint that was just made.
type Taken struct {
	Checkpoint
	Note    []byte // signed
	Key     string // to check it with
	Entered int    // leaves that came into the log for it
	NewKey  bool   // the archive had no key until now
}

// Take enters into the log what came since the last checkpoint, signs what the
// log is now, and keeps the note in the archive. When nothing came, the last
// checkpoint holds, if it has the same key.
func Take(ctx context.Context, store *archive.Store, now time.Time) (t Taken, err error) {
	if t.Entered, err = store.ExtendLog(ctx); err != nil {
		return t, err
	}
	root, err := store.LogRoot(-1)
	if err != nil {
		return t, fmt.Errorf("checkpoint: %w", err)
	}
	signer, made, err := LoadSigner(store.Dir(), root.Origin)
	if err != nil {
		return t, err
	}
	t.Key, t.NewKey = signer.Public, made
	if last, found, err := store.LastCheckpoint(); err == nil && found && last.Key == t.Key {
		if c, err := Open(last.Note, last.Key); err == nil && c.Size == root.Size && c.Root == root.Root {
			t.Checkpoint, t.Note = c, last.Note
			return t, nil
		}
	}
	t.Checkpoint = Checkpoint{Origin: root.Origin, Size: root.Size, Root: root.Root, At: now.UTC().Truncate(time.Second)}
	if t.Note, err = signer.Sign(t.Checkpoint); err != nil {
		return t, err
	}
	return t, store.PutCheckpoint(ctx, archive.Checkpoint{Size: t.Size, At: t.At, Note: t.Note, Key: t.Key})
}

// OfVersion makes the proof of a version, and of the capture that showed it first.
func OfVersion(store *archive.Store, t Taken, v archive.Version) (File, error) {
	p, err := store.ProveVersion(v.ID, t.Size)
	if err != nil {
		return File{}, err
	}
	f := t.file(fmt.Sprintf("version %d of %s, first seen %s", v.ID.N, v.URL, v.FirstSeen.UTC().Format(time.RFC3339)), p)
	c, err := store.ProveCapture(v.First, t.Size)
	if err != nil && !errors.Is(err, archive.ErrErased) && !errors.Is(err, archive.ErrNoSuch) {
		return f, err
	}
	if err == nil {
		f.Leaves = append(f.Leaves, leafOf(c))
	}
	return f, nil
}

// OfCapture makes the proof of a capture.
func OfCapture(store *archive.Store, t Taken, c archive.Capture) (File, error) {
	p, err := store.ProveCapture(c.Seq, t.Size)
	if err != nil {
		return File{}, err
	}
	return t.file(fmt.Sprintf("capture %d: %s, fetched %s", c.Seq, c.URL, c.FetchedAt.UTC().Format(time.RFC3339)), p), nil
}

func (t Taken) file(about string, p archive.LogProof) File {
	return File{Schema: fileSchema, About: about, Checkpoint: string(t.Note), Key: t.Key, Leaves: []Leaf{leafOf(p)}}
}

func leafOf(p archive.LogProof) Leaf {
	return Leaf{Index: p.Index, Line: string(p.Data), Path: p.Path}
}
