package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// A bench is one run of the program: what was asked for, and what came of it.
type bench struct {
	ctx       context.Context // of the whole run, which is as long as the bench lives
	dir       string          // for everything that is made
	seed      uint64
	rounds    rounds
	pressmark string
	keep      bool
	talk      io.Writer
	figures   []figure
	part      string
	base      *filling // once it was wanted
	told      int
	made      int
}

// A figure is a line of the table.
type figure struct {
	Schema int    `json:"schema"`
	Part   string `json:"part"`
	What   string `json:"what"`
	Value  int    `json:"value"`
	Bar    string `json:"bar,omitempty"` // "0", "≥ 1"; "" for what is only told
	OK     bool   `json:"ok"`
	Note   string `json:"note,omitempty"`
}

// run does the parts of the given names, one after another.
func (b *bench) run(names []string) {
	for _, p := range parts() {
		if !slices.Contains(names, p.name) || b.ctx.Err() != nil {
			continue
		}
		b.part, b.told = p.name, 0
		began := time.Now()
		if err := p.run(b); err != nil {
			b.figures = append(b.figures, figure{1, p.name, "came to its end", 0, "1", false, err.Error()})
			fmt.Fprintf(b.talk, "faults: %s: %v\n", p.name, err)
		}
		fmt.Fprintf(b.talk, "faults: %s: %s\n", p.name, time.Since(began).Round(100*time.Millisecond))
	}
}

// count notes a figure that has no bar.
func (b *bench) count(what string, value int) {
	b.figures = append(b.figures, figure{Schema: 1, Part: b.part, What: what, Value: value, OK: true})
}

// none notes a figure that must be 0.
func (b *bench) none(what string, value int) {
	b.figures = append(b.figures, figure{Schema: 1, Part: b.part, What: what, Value: value, Bar: "0", OK: value == 0})
}

// some notes a figure that must be at least least.
func (b *bench) some(what string, value, least int) {
	b.figures = append(b.figures, figure{Schema: 1, Part: b.part, What: what, Value: value, Bar: fmt.Sprint("≥ ", least), OK: value >= least})
}

// skip says what could not be tried here, and why.
func (b *bench) skip(what, why string) {
	b.figures = append(b.figures, figure{Schema: 1, Part: b.part, What: what, OK: true, Note: "not tried: " + why})
}

// wrong tells of one thing that is not as it should be. The figures count them.
func (b *bench) wrong(format string, args ...any) {
	if b.told++; b.told <= 30 {
		fmt.Fprintf(b.talk, "faults: %s: %s\n", b.part, fmt.Sprintf(format, args...))
	}
}

func (b *bench) failed() (n int) {
	for _, f := range b.figures {
		if !f.OK {
			n++
		}
	}
	return n
}

func (b *bench) print(w io.Writer, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for _, f := range b.figures {
			if err := e.Encode(f); err != nil {
				return err
			}
		}
		return nil
	}
	last := ""
	for _, f := range b.figures {
		name, verdict, value := f.Part, "", strconv.Itoa(f.Value)
		if name == last {
			name = ""
		}
		last = f.Part
		switch {
		case !f.OK:
			verdict = "NOT " + f.Bar
		case f.Bar != "":
			verdict = "ok, " + f.Bar
		}
		if f.Note != "" {
			value = "–"
		}
		line := fmt.Sprintf("%-11s %8s  %-66s %s", name, value, f.What, verdict)
		if f.Note != "" {
			line += f.Note
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// chance gives the choices of one round, whatever the others do.
func (b *bench) chance(round int) *rand.Rand {
	h := uint64(len(b.part))
	for _, c := range b.part {
		h = h*1099511628211 + uint64(c)
	}
	return rand.New(rand.NewPCG(b.seed, h+uint64(round)))
}

// folder makes a new folder.
func (b *bench) folder(name string) (string, error) {
	b.made++
	dir := filepath.Join(b.dir, fmt.Sprintf("%s-%d", name, b.made))
	return dir, os.MkdirAll(dir, 0o755)
}

// done removes what a round made, unless something was wrong with it and it is to be kept.
func (b *bench) done(dir string, wrong bool) {
	if wrong && b.keep {
		fmt.Fprintf(b.talk, "faults: %s: see %s\n", b.part, dir)
		return
	}
	os.RemoveAll(dir)
}
