// Package evidence packs all that an archive has of one article, so that people who have neither the archive nor this program can check it.
//
// A pack is files that any machine opens: what servers sent (WARC, and body and
// headers by themselves), the texts, the differences, when each was seen, their
// SHA-256, the proof that they were in the archive's log when a checkpoint was
// made, and a script that checks all this with Python's standard library alone.
package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/archive/export"
	"pressmark/archive/proof"
	"pressmark/archive/report"
)

// Options say what to pack.
type Options struct {
	Page     archive.Page
	From, To int         // versions; all from the one to the other
	Taken    proof.Taken // the checkpoint to prove it by
	Program  string      // and its version, for the README
	Now      time.Time
	Zone     *time.Location // of the times that people read
}

// A Packed says what is in a pack.
type Packed struct {
	Versions int
	Captures int
	Bodies   int // files with what servers sent
	Unproven int // captures and versions that the log has no leaf of
	Gone     int // versions and captures of which the archive no longer has all
	Files    int
}

// Pack writes the pack into a folder. The same archive, options and checkpoint
// make the same files.
func Pack(ctx context.Context, to export.Folder, store *archive.Store, o Options) (Packed, error) {
	p := &packer{ctx: ctx, to: to, store: store, o: o}
	if o.From < 1 || o.To < o.From {
		return p.Packed, fmt.Errorf("evidence: versions %d to %d", o.From, o.To)
	}
	for _, step := range []func() error{p.versions, p.captures, p.warc, p.changes, p.proofs, p.history, p.facts, p.script, p.readme, p.sums} {
		if err := step(); err != nil {
			return p.Packed, fmt.Errorf("evidence: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return p.Packed, err
		}
	}
	return p.Packed, nil
}

// A packer is a pack on its way.
type packer struct {
	ctx   context.Context // of one call of Pack
	to    export.Folder
	store *archive.Store
	o     Options
	Packed

	list      []versionFacts
	looks     []captureFacts
	span      archive.Filter
	changed   []report.Card
	leaves    []proof.Leaf
	sumsOf    []string // lines of SHA256SUMS
	withdrawn bool
}

// write makes a file of the pack, and keeps its SHA-256.
func (p *packer) write(name string, fill func(io.Writer) error) error {
	h := sha256.New()
	err := p.to.Write(name, func(w io.Writer) error { return fill(io.MultiWriter(w, h)) })
	if err != nil {
		return err
	}
	p.Files++
	p.sumsOf = append(p.sumsOf, fmt.Sprintf("%x  %s\n", h.Sum(nil), name))
	return nil
}

func (p *packer) bytes(name string, b []byte) error {
	return p.write(name, func(w io.Writer) error { _, err := w.Write(b); return err })
}

func (p *packer) json(name string, v any) error {
	return p.write(name, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(v)
	})
}

// A versionFacts is what article.json says of a version.
type versionFacts struct {
	Version   int         `json:"version"`
	Title     string      `json:"title"`
	FirstSeen time.Time   `json:"first_seen"` // in a capture
	LastSeen  time.Time   `json:"last_seen"`
	Capture   archive.Seq `json:"capture"` // that showed it first
	Text      string      `json:"text_file,omitempty"`
	Gone      string      `json:"gone,omitempty"` // why the text is no longer kept
	Leaf      *int64      `json:"leaf,omitempty"` // in the log; missing when it has none
}

func (p *packer) versions() error {
	for n := p.o.From; n <= p.o.To; n++ {
		var v archive.Version
		err := p.store.View(func(tx *archive.Tx) (err error) {
			v, err = tx.Version(archive.VersionID{Page: p.o.Page.Key, N: n})
			return err
		})
		if err != nil {
			return err
		}
		f := versionFacts{Version: n, Title: v.Article.Title, FirstSeen: v.FirstSeen.UTC(), LastSeen: v.LastSeen.UTC(), Capture: v.First}
		if n == p.o.From {
			p.span = archive.Filter{Page: p.o.Page.Key, Since: v.FirstSeen.Add(-1)}
		}
		if n == p.o.To && n < p.o.Page.Head {
			p.span.Until = v.LastSeen
		}
		p.Versions++
		if v.Erased != "" {
			f.Gone = v.Article.Why
			p.Gone++
		} else {
			f.Text = fmt.Sprintf("versions/v%d.txt", n)
			if err := p.bytes(f.Text, []byte(v.Article.Text())); err != nil {
				return err
			}
			r, err := export.RecordOf(p.store, v)
			if err != nil {
				return err
			}
			if err := p.json(fmt.Sprintf("versions/v%d.json", n), r); err != nil {
				return err
			}
			leaf, err := p.store.ProveVersion(v.ID, p.o.Taken.Size)
			if f.Leaf, err = p.leaf(leaf, err); err != nil {
				return err
			}
		}
		p.list = append(p.list, f)
	}
	return nil
}

// leaf takes up a proof, or counts what has none.
func (p *packer) leaf(l archive.LogProof, err error) (*int64, error) {
	switch {
	case errors.Is(err, archive.ErrErased):
		return nil, nil
	case errors.Is(err, archive.ErrNotLogged):
		p.Unproven++
		return nil, nil
	case err != nil:
		return nil, err
	}
	p.leaves = append(p.leaves, proof.Leaf{Index: l.Index, Line: string(l.Data), Path: l.Path})
	return &l.Index, nil
}

// changes writes what the versions changed, for people and for programs.
func (p *packer) changes() error {
	for ch, err := range p.store.Changes(p.ctx, archive.Filter{Page: p.o.Page.Key}) {
		if err != nil {
			return err
		}
		if ch.From == ch.To {
			if ch.To.N < p.o.From || ch.To.N > p.o.To {
				continue
			}
			p.withdrawn = true
		} else if ch.From.N < p.o.From || ch.To.N > p.o.To {
			continue
		}
		p.changed = append(p.changed, report.CardOf(ch))
	}
	if len(p.changed) == 0 {
		return nil
	}
	for i, c := range p.changed {
		name := fmt.Sprintf("changes/%d-v%d-v%d", i+1, c.From, c.To)
		if err := p.json(name+".json", c); err != nil {
			return err
		}
		if err := p.write(name+".txt", func(w io.Writer) error { return report.TextCard(w, c, p.o.Zone, report.Plain) }); err != nil {
			return err
		}
	}
	r := &report.Report{Since: p.changed[0].After, Until: p.o.Now, Filter: "evidence of one article, " + p.o.Page.URL, Program: p.o.Program,
		Sites: 1, Articles: 1, Pages: 1, Changed: len(p.changed), Cards: p.changed}
	for _, c := range p.changed {
		if c.Grade >= 2 {
			r.Worth++
		}
		if c.Stealth {
			r.Stealth++
		}
	}
	return p.write("changes/changes.html", func(w io.Writer) error { return report.HTML(w, r, p.o.Zone) })
}

// facts writes what the pack is about.
func (p *packer) facts() error {
	return p.json("article.json", struct {
		Schema   int               `json:"schema"`
		ID       string            `json:"id"`
		Page     string            `json:"page"`
		URL      string            `json:"url"`
		Site     string            `json:"site"`
		State    archive.PageState `json:"state"`
		Why      string            `json:"why,omitempty"`
		Packed   time.Time         `json:"packed"`
		Program  string            `json:"program"`
		Versions []versionFacts    `json:"versions"`
		Captures []captureFacts    `json:"captures"`
	}{1, p.o.Page.Key.ID(), string(p.o.Page.Key), p.o.Page.URL, p.o.Page.Site, p.o.Page.State, p.o.Page.Why, p.o.Now.UTC(), p.o.Program, p.list, p.looks})
}

// sums writes the list of SHA-256, as sha256sum -c reads it.
func (p *packer) sums() error {
	slices.SortFunc(p.sumsOf, func(a, b string) int { return strings.Compare(a[66:], b[66:]) })
	p.Files++
	return p.to.Write("SHA256SUMS", func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(p.sumsOf, ""))
		return err
	})
}
