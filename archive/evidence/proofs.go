package evidence

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"text/template"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"pressmark/archive/proof"
)

// folder is the pack as export sees it.
type folder struct{ p *packer }

func (f folder) Write(name string, fill func(io.Writer) error) error { return f.p.write(name, fill) }

// proofs writes the leaves and the checkpoint that they lead to.
func (p *packer) proofs() error {
	if err := p.bytes("checkpoint.txt", p.o.Taken.Note); err != nil {
		return err
	}
	if len(p.leaves) == 0 {
		return nil
	}
	about := fmt.Sprintf("%d captures and versions of %s", len(p.leaves), p.o.Page.URL)
	return p.write("proof.json", proof.File{Schema: 1, About: about, Checkpoint: string(p.o.Taken.Note), Key: p.o.Taken.Key, Leaves: p.leaves}.Write)
}

// An earlier is a checkpoint that the archive kept, and the hashes that show
// that the log of the pack's checkpoint begins with it.
type earlier struct {
	Note string      `json:"checkpoint"`
	Key  string      `json:"key"`
	Size int64       `json:"size"`
	At   time.Time   `json:"time"`
	Path []tlog.Hash `json:"path"`
}

// maxEarlier bounds the checkpoints of a pack; the oldest say most.
const maxEarlier = 1000

// history writes the earlier checkpoints: whoever noted one of them knows that
// what the log had then was in the archive by then.
func (p *packer) history() error {
	kept, err := p.store.Checkpoints(p.ctx)
	if err != nil {
		return err
	}
	if len(p.leaves) == 0 {
		return nil
	}
	first := p.leaves[0].Index
	for _, l := range p.leaves {
		first = min(first, l.Index)
	}
	list := []earlier{}
	for _, x := range kept {
		if x.Size <= first || x.Size >= p.o.Taken.Size || len(list) == maxEarlier {
			continue
		}
		path, err := p.store.ProveGrowth(x.Size, p.o.Taken.Size)
		if err != nil {
			return err
		}
		list = append(list, earlier{string(x.Note), x.Key, x.Size, x.At.UTC(), path})
	}
	return p.json("earlier.json", struct {
		Schema int       `json:"schema"`
		List   []earlier `json:"checkpoints"`
	}{1, list})
}

//go:embed verify.py
var script []byte

func (p *packer) script() error { return p.bytes("verify.py", script) }

//go:embed readme.txt
var readme string

func (p *packer) readme() error {
	t, err := template.New("readme").Funcs(template.FuncMap{
		"clock": func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") },
		"line":  func(s string) string { return strings.Join(strings.Fields(s), " ") },
	}).Parse(readme)
	if err != nil {
		return fmt.Errorf("readme: %w", err)
	}
	return p.write("README.txt", func(w io.Writer) error {
		return t.Execute(w, struct {
			Options
			Packed
			List      []versionFacts
			Looks     []captureFacts
			Changes   int
			Withdrawn bool
			Bounded   bool
		}{p.o, p.Packed, p.list, p.looks, len(p.changed), p.withdrawn, !p.span.Until.IsZero()})
	})
}
