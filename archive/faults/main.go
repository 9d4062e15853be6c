// Command faults does to an archive what happens to archives, and counts what was lost.
//
// It kills processes that write, lets disks run full, turns bits, cuts files
// short, empties pages, takes volumes and rights away, takes articles down and
// looks for them, and puts an archive through its exports and back: with real
// processes and real files, invented pages, and the same choices for the same
// seed. What it finds is a table, a figure a line, and with -json an object a
// line. It ends with 1 when a figure is not what the archive promises.
//
//	go run ./archive/faults                      # some of everything, in under a minute
//	go run ./archive/faults -full                # as much as the promises say; some minutes
//	go run ./archive/faults -part kill -kills 2000 -seed 7
//	go test -tags faults ./archive/faults -v     # -full, as a test
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
)

// How often each part does its worst.
type rounds struct {
	kills   int // at random moments under load
	midst   int // in the midst of each operation
	flips   int
	cuts    int
	blanks  int
	brimful int // times a disk is filled during each operation
}

func few() rounds { return rounds{kills: 6, midst: 2, flips: 40, cuts: 10, blanks: 10, brimful: 1} }
func asPromised() rounds {
	return rounds{kills: 200, midst: 25, flips: 1000, cuts: 200, blanks: 200, brimful: 5}
}

// A part is one kind of misfortune.
type part struct {
	name string
	what string
	run  func(*bench) error
}

func parts() []part {
	return []part{
		{"kill", "kill -9 at random moments, everything going on at once", killAtRandom},
		{"midst", "kill -9 in the midst of compact, takedown, migrate, backup, restore, repair, import …", killInTheMidst},
		{"full", "a disk without room, by tmpfs and by RLIMIT_FSIZE", fillDisks},
		{"daemon", "pressmark run on a disk that runs full", fillDaemon},
		{"flip", "single bits turned, in content and anywhere", flipBits},
		{"cut", "files cut short", cutShort},
		{"blank", "pages of zeros", blankPages},
		{"takedown", "what was taken down is nowhere", leaveNothing},
		{"trip", "import(export(x)) = x, and the same export twice", thereAndBack},
		{"unreadable", "volumes and rights that are missing, a clock that jumps back", takeAway},
	}
}

func main() {
	if playing() {
		play()
		return
	}
	os.Exit(command())
}

func command() int {
	var names []string
	for _, p := range parts() {
		names = append(names, p.name)
	}
	full := flag.Bool("full", false, "as many rounds as the promises of the archive say, where no other number is given")
	only := flag.String("part", "", "only these `PARTS`, with commas: "+strings.Join(names, ", "))
	seed := flag.Uint64("seed", 1, "what all choices follow from")
	asJSON := flag.Bool("json", false, "print objects")
	pressmark := flag.String("pressmark", "", "the `PROGRAM` that part daemon runs; it is built when this is empty")
	keep := flag.Bool("keep", false, "keep the archives that something was wrong with")
	var n rounds
	each := map[string]*int{"kills": &n.kills, "midst": &n.midst, "flips": &n.flips, "cuts": &n.cuts, "blanks": &n.blanks, "brimful": &n.brimful}
	what := map[string]string{
		"kills": "kills under load", "midst": "kills in the midst of each operation", "flips": "bits to turn",
		"cuts": "files to cut short", "blanks": "pages to empty", "brimful": "times to fill the disk during each operation",
	}
	for name, to := range each {
		flag.IntVar(to, name, 0, what[name])
	}
	flag.Parse()
	base := few()
	if *full {
		base = asPromised()
	}
	for to, from := range map[*int]int{&n.kills: base.kills, &n.midst: base.midst, &n.flips: base.flips, &n.cuts: base.cuts, &n.blanks: base.blanks, &n.brimful: base.brimful} {
		if *to == 0 {
			*to = from
		}
	}
	chosen := names
	if *only != "" {
		chosen = strings.Split(*only, ",")
	}
	for _, name := range chosen {
		if !slices.Contains(names, name) {
			fmt.Fprintf(os.Stderr, "faults: there is no part %q; there are %s\n", name, strings.Join(names, ", "))
			return 2
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, err := os.MkdirTemp("", "faults-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		return 1
	}
	b := &bench{ctx: ctx, dir: dir, seed: *seed, rounds: n, pressmark: *pressmark, keep: *keep, talk: os.Stderr}
	b.run(chosen)
	if err := b.print(os.Stdout, *asJSON); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		return 1
	}
	if b.failed() == 0 || !*keep {
		os.RemoveAll(dir)
	} else {
		fmt.Fprintln(os.Stderr, "faults: kept", dir)
	}
	if ctx.Err() != nil {
		return 130
	}
	if b.failed() > 0 {
		return 1
	}
	return 0
}
