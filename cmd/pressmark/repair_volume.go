package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"pressmark/archive"
)

// volumeNumber reads the name of a raw volume: 3, 000003.db or raw/000003.db.
func volumeNumber(name string) (uint64, error) {
	n, err := strconv.ParseUint(strings.TrimSuffix(filepath.Base(filepath.ToSlash(name)), ".db"), 10, 64)
	if err != nil || n == 0 {
		return 0, usage(fmt.Errorf("%q is no raw volume: write raw/000003.db, or 3", name))
	}
	return n, nil
}

// repairVolume makes a raw volume anew of what can be read of it.
func (c *cli) repairVolume(ctx context.Context, name string, yes bool) error {
	id, err := volumeNumber(name)
	if err != nil {
		return err
	}
	o := archive.SalvageOptions{Apply: yes, Progress: c.copying("repair")}
	do := func(store *archive.Store) error {
		r, err := store.Salvage(ctx, id, o)
		c.copied()
		if err != nil && !r.Applied {
			return err
		}
		return errors.Join(err, c.printSalvaged(ctx, store, r))
	}
	if !yes {
		return c.reading(do)
	}
	dir, err := c.place()
	if err != nil {
		return err
	}
	return c.adding(dir, "repair", do)
}

func (c *cli) printSalvaged(ctx context.Context, store *archive.Store, r archive.Salvaged) error {
	for _, seq := range r.Lost {
		url := ""
		for x, err := range store.Captures(ctx, seq) {
			if err == nil && x.Seq == seq {
				url = x.URL
			}
			break
		}
		var err error
		if c.json {
			err = object(c.out, struct {
				Lost archive.Seq `json:"lost"`
				File string      `json:"file"`
				URL  string      `json:"url,omitempty"`
			}{seq, r.File, url})
		} else {
			_, err = fmt.Fprintf(c.out, "%s  %s  body of capture %d  %s\n", c.out.style(red, "lost"), r.File, seq, line(url))
		}
		if err != nil {
			return err
		}
	}
	if c.json {
		if err := object(c.out, struct {
			File    string `json:"file"`
			Missing bool   `json:"missing"`
			Bodies  int    `json:"bodies"`
			Lost    int    `json:"lost_bodies"`
			Applied bool   `json:"applied"`
			Kept    string `json:"kept,omitempty"`
		}{r.File, r.Missing, r.Bodies, len(r.Lost), r.Applied, r.Kept}); err != nil {
			return err
		}
	} else {
		has := fmt.Sprintf("%s can be read", count(r.Bodies, "body"))
		if r.Missing {
			has = "it is not there"
		}
		switch {
		case !r.Applied:
			has += "; nothing was changed; with --yes it is made anew of these"
		case r.Kept != "":
			has += "; it is made anew, and as it was it is kept in " + r.Kept
		default:
			has += "; it is made anew"
		}
		fmt.Fprintf(c.out, "%s: %s\n", r.File, has)
	}
	if len(r.Lost) == 0 {
		return nil
	}
	return hint(fmt.Errorf("%w: %s can't be had", archive.ErrDamaged, count(len(r.Lost), "body")), "a backup may have them: pressmark restore; what they brought, texts and changes, stays readable")
}
