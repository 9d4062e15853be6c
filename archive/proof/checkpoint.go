package proof

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Reasons for which a checkpoint or proof is not taken.
var (
	ErrNote      = errors.New("not a checkpoint") // it can't be read as one
	ErrSignature = errors.New("the signature is not right")
	ErrProof     = errors.New("not a proof") // it can't be read as one
	ErrFalse     = errors.New("the proof does not hold")
)

// MaxFile bounds a checkpoint or a proof: longer ones are not read.
const MaxFile = 4 << 20

// A Checkpoint is what a signed note says of a log.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
	At     time.Time // when it was signed, by the signer's clock
}

// text is what is signed, by C2SP tlog-checkpoint.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\ntime %s\n", c.Origin, c.Size, c.Root, c.At.UTC().Format(time.RFC3339))
}

// Sign makes the signed note of a checkpoint.
func (s *Signer) Sign(c Checkpoint) ([]byte, error) {
	c.Origin = s.signer.Name()
	b, err := note.Sign(&note.Note{Text: c.text()}, s.signer)
	if err != nil {
		return nil, fmt.Errorf("sign the checkpoint: %w", err)
	}
	return b, nil
}

// Read reads a checkpoint without looking at its signature: what matters to who
// has the archive is whether the root is that of its log. ErrNote.
func Read(b []byte) (c Checkpoint, err error) {
	text := string(b)
	if len(text) > MaxFile {
		return c, fmt.Errorf("%w: it is too long", ErrNote)
	}
	if body, _, signed := strings.Cut(text, "\n\n"); signed {
		text = body + "\n"
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") // mails have them
	if len(lines) < 4 || lines[0] == "" {
		return c, ErrNote
	}
	c.Origin = lines[0]
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 || c.Size > 1<<40 || strconv.FormatInt(c.Size, 10) != lines[1] {
		return c, fmt.Errorf("%w: its second line is no size", ErrNote)
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return c, fmt.Errorf("%w: its third line is no root", ErrNote)
	}
	copy(c.Root[:], root)
	for _, l := range lines[3:] {
		if at, is := strings.CutPrefix(l, "time "); is {
			if c.At, err = time.Parse(time.RFC3339, at); err != nil {
				return c, fmt.Errorf("%w: %q is no time", ErrNote, at)
			}
		}
	}
	return c, nil
}

// Open reads a checkpoint and checks its signature with a public key.
// ErrNote, ErrSignature, ErrKey.
func Open(b []byte, public string) (Checkpoint, error) {
	v, err := note.NewVerifier(public)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %q", ErrKey, public)
	}
	c, err := Read(b)
	if err != nil {
		return c, err
	}
	if c.Origin != v.Name() {
		return c, fmt.Errorf("%w: it is of %s, the key of %s", ErrSignature, c.Origin, v.Name())
	}
	if _, err := note.Open([]byte(strings.ReplaceAll(string(b), "\r\n", "\n")), note.VerifierList(v)); err != nil {
		return c, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return c, nil
}
