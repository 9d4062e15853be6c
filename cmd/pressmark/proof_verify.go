package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"pressmark/archive"
	"pressmark/archive/proof"
)

// verifyProof looks whether the archive is what was noted of it.
func (c *cli) verifyProof(ctx context.Context, name string) error {
	b, err := c.read(name, proof.MaxFile)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("{")) {
		f, err := proof.ReadFile(b)
		if err == nil {
			_, err = f.Check()
		}
		if err != nil {
			return hint(fmt.Errorf("%s: %w", name, err), "the file was altered since it was written, or is another one: nothing was compared")
		}
		return c.reading(func(store *archive.Store) error {
			v, err := f.Against(ctx, store)
			if err != nil {
				return err
			}
			known, err := knownKey(ctx, store, v.Checkpoint, []byte(f.Checkpoint), f.Key)
			if err != nil {
				return err
			}
			return c.printProof(v, known)
		})
	}
	at, err := proof.Read(b)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return c.reading(func(store *archive.Store) error {
		known, err := knownKey(ctx, store, at, b, "")
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return c.verifyLog(ctx, store, at, known)
	})
}

// knownKey reports whether a checkpoint was signed with a key of the archive's.
// A signature by one of them that is wrong is an error. Where the root is the
// log's, the archive stands up to it whoever signed it.
func knownKey(ctx context.Context, store *archive.Store, at proof.Checkpoint, b []byte, key string) (bool, error) {
	kept, err := store.Checkpoints(ctx)
	if err != nil {
		return false, err
	}
	var wrong error
	for _, x := range kept {
		if key != "" && x.Key != key {
			continue
		}
		if _, err = proof.Open(b, x.Key); err == nil {
			return true, nil
		}
		if errors.Is(err, proof.ErrSignature) {
			wrong = err
		}
	}
	if wrong != nil && at.Origin != "" && key != "" {
		return false, wrong
	}
	return false, nil
}

type proofObject struct {
	Type      string `json:"type"` // proof
	Origin    string `json:"origin"`
	Size      int64  `json:"size"`
	Root      string `json:"root"`
	Signed    bool   `json:"signed"` // with a key that the archive knows as its own
	Compared  int64  `json:"compared"`
	Bodies    int    `json:"bodies"`
	Pruned    int64  `json:"pruned"`
	TakenDown int64  `json:"taken_down"`
	Redrawn   int64  `json:"redrawn"`
	Gone      int    `json:"gone"` // of a proof: what it speaks of and is no longer kept
	Findings  int    `json:"findings"`
	Holds     bool   `json:"holds"`
}

// verifyLog compares all that the log speaks of, and the log with a checkpoint.
func (c *cli) verifyLog(ctx context.Context, store *archive.Store, at proof.Checkpoint, known bool) error {
	found, err := proof.AgainstRoot(store, at)
	if err != nil && !errors.Is(err, archive.ErrDamaged) {
		return err
	}
	kept, err := store.Checkpoints(ctx)
	if err != nil {
		return err
	}
	sizes := []int64{at.Size}
	for _, x := range kept {
		sizes = append(sizes, x.Size)
	}
	var progress func(done, total int64)
	if c.err.tty && !c.quiet {
		progress = func(done, total int64) { c.err.status(fmt.Sprintf("verify %d of %d leaves", done, total)) }
	}
	k, err := store.CheckLog(ctx, sizes, progress)
	if progress != nil {
		c.err.status("")
	}
	if err != nil {
		return err
	}
	if root, there := k.Roots[at.Size]; there && root != at.Root && len(found) == 0 {
		found = append(found, proof.Finding{Leaf: -1, What: "the log", Problem: fmt.Sprintf("its first %d leaves are not those of the checkpoint", at.Size)})
	}
	for _, x := range kept {
		own, err := proof.Open(x.Note, x.Key)
		root, there := k.Roots[x.Size]
		if err != nil || !there || own.Root != root || own.Origin != k.Origin {
			found = append(found, proof.Finding{Leaf: -1, What: "the log", Problem: fmt.Sprintf("it is not what the archive's own checkpoint of %d leaves says (%s)", x.Size, clock(x.At, c.zone()))})
		}
	}
	for _, f := range k.Faults {
		what := "the log"
		if f.Seq > 0 {
			what = fmt.Sprintf("%s %d  %s", f.Op, f.Seq, f.URL)
		}
		if f.Version > 0 {
			what = fmt.Sprintf("version %d  %s", f.Version, f.URL)
		}
		found = append(found, proof.Finding{Leaf: f.Leaf, What: what, Problem: f.Problem})
	}
	o := proofObject{"proof", at.Origin, at.Size, at.Root.String(), known, k.Compared, k.Bodies, k.Pruned, k.TakenDown, k.Redrawn, 0, len(found), len(found) == 0}
	if err := c.findings(found); err != nil {
		return err
	}
	if c.json {
		return errors.Join(object(c.out, o), unproven(found))
	}
	fmt.Fprintf(c.out, "compared %s of the log, %d bodies read", counted64(k.Compared, "leaf", "leaves"), k.Bodies)
	for _, x := range []struct {
		n    int64
		what string
	}{{k.Pruned, "pruned since"}, {k.TakenDown, "taken down since"}, {k.Redrawn, "drawn anew since by a reextract"}} {
		if x.n > 0 {
			fmt.Fprintf(c.out, "; %d %s", x.n, x.what)
		}
	}
	fmt.Fprintln(c.out)
	if len(found) == 0 {
		fmt.Fprintf(c.out, "%s: the %s of the checkpoint of %s are here, in that order and unaltered\n",
			c.out.style(green, "it holds"), counted64(at.Size, "leaf", "leaves"), clock(at.At, c.zone()))
		c.signedBy(known)
	}
	return unproven(found)
}

func counted64(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (c *cli) findings(found []proof.Finding) error {
	for _, f := range found {
		var err error
		if c.json {
			err = object(c.out, struct {
				Type    string `json:"type"`
				Leaf    int64  `json:"leaf"`
				What    string `json:"what"`
				Problem string `json:"problem"`
			}{"finding", f.Leaf, f.What, f.Problem})
		} else {
			_, err = fmt.Fprintf(c.out, "%s  %s  %s\n", c.out.style(red, "altered"), line(f.What), line(f.Problem))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func unproven(found []proof.Finding) error {
	if len(found) == 0 {
		return nil
	}
	return hint(fmt.Errorf("%w: the archive is not what was noted of it: %s", archive.ErrDamaged, count(len(found), "finding")),
		"compare with a backup from about that time; pressmark verify --deep tells whether it is damage of the disk")
}

func (c *cli) signedBy(known bool) {
	if !known {
		c.say("pressmark: it was not signed with a key that this archive knows: compare the note with the one that was given away")
	}
}

// printProof tells what came of the proof of a version or capture.
func (c *cli) printProof(v proof.Verdict, known bool) error {
	if err := c.findings(v.Findings); err != nil {
		return err
	}
	if c.json {
		return errors.Join(object(c.out, proofObject{
			Type: "proof", Origin: v.Origin, Size: v.Size, Root: v.Root.String(), Signed: known, Compared: int64(len(v.Holds)),
			Gone: len(v.Missing), Findings: len(v.Findings), Holds: len(v.Findings) == 0,
		}), unproven(v.Findings))
	}
	for _, what := range v.Holds {
		fmt.Fprintf(c.out, "%s  %s: in the archive by %s, and unaltered\n", c.out.style(green, "it holds"), line(what), clock(v.At, c.zone()))
	}
	for _, what := range v.Missing {
		fmt.Fprintf(c.out, "%s  %s: it was in the archive by %s, and is no longer kept\n", c.out.style(yellow, "gone"), line(what), clock(v.At, c.zone()))
	}
	if len(v.Findings) == 0 {
		c.signedBy(known)
	}
	return unproven(v.Findings)
}
