// Package proof signs what an archive's log was, and shows to people who trust nobody that a version or capture was in it by then, unaltered.
//
// It has three things: a Signer, whose key lies in the archive's folder; a
// checkpoint, which is a signed note (C2SP) of the log's size and root; and a
// File, which holds everything that is needed to check one version or capture
// against a checkpoint, without the archive.
package proof

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// KeyFile is the signing key's name in the archive's folder. No backup has it:
// who loses it makes a new one, and who finds it can sign in the archive's name.
const KeyFile = "proof.key"

// ErrKey says that a key can't be used.
var ErrKey = errors.New("not a key to sign checkpoints with")

// A Signer signs checkpoints.
type Signer struct {
	signer note.Signer
	Public string // the key to check with, as signed notes have it
}

// LoadSigner reads the signing key of the archive in dir, and makes one for the
// log of that origin when there is none. The file is its owner's alone.
func LoadSigner(dir, origin string) (s *Signer, made bool, err error) {
	path := filepath.Join(dir, KeyFile)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if b, err = makeKey(path, origin); errors.Is(err, fs.ErrExist) { // another one was quicker
			b, err = os.ReadFile(path)
		} else {
			made = err == nil
		}
	}
	if err != nil {
		return nil, false, fmt.Errorf("the key for checkpoints: %w", err)
	}
	if s, err = parseKey(b); err != nil {
		return nil, false, fmt.Errorf("%s: %w", path, err)
	}
	if s.signer.Name() != origin {
		return nil, false, fmt.Errorf("%s: %w of this archive: it is %s's", path, ErrKey, s.signer.Name())
	}
	return s, made, nil
}

func makeKey(path, origin string) ([]byte, error) {
	private, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, err
	}
	text := []byte(private + "\n" + public + "\n")
	f, err := os.CreateTemp(filepath.Dir(path), ".proof-*") // made with 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Link(f.Name(), path)
		if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without links
			err = os.Rename(f.Name(), path)
		}
	}
	return text, err
}

// parseKey reads the two lines of a key file.
func parseKey(b []byte) (*Signer, error) {
	lines := strings.Fields(string(b))
	if len(lines) != 2 {
		return nil, ErrKey
	}
	signer, err := note.NewSigner(lines[0])
	if err != nil {
		return nil, ErrKey
	}
	v, err := note.NewVerifier(lines[1])
	if err != nil || v.Name() != signer.Name() || v.KeyHash() != signer.KeyHash() {
		return nil, fmt.Errorf("%w: its two lines don't belong together", ErrKey)
	}
	return &Signer{signer: signer, Public: lines[1]}, nil
}
