package archive

import (
	"context"

	"pressmark/extract/urlkey"
)

// VerifyOptions say how closely to look.
type VerifyOptions struct {
	Deep     bool                  // read every byte: checksums, digests, delta chains
	Part, Of int                   // of a deep look only part 1 … Of; 0, 0 means all
	Progress func(done, total int) // may be nil
}

// A Report is what Verify found.
type Report struct {
	Files    int // looked at
	Records  int // of all kinds
	Captures int // bodies read again, in a deep look
	Versions int // texts read again, in a deep look
	Damage   []Damage
}

// Damage is a thing that is not as it was written.
type Damage struct {
	File    string // archive.db, raw/000001.db
	Record  string // what it is: "capture 17", "version 3f9a01c2@2", "index ix_digest"
	URL     string // of the page, when it is known
	Page    urlkey.Key
	Version int
	Seq     Seq // of the capture
	Problem string
}

// Verify looks the archive over and names what is damaged. The error is for
// being unable to look, not for damage.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	return Report{}, ctx.Err()
}
