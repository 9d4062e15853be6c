package main

import "strings"

// flipBits turns single bits: three of five in content, the others anywhere.
func flipBits(b *bench) error {
	hits, crashes, err := b.damage("flip", b.rounds.flips)
	if err != nil {
		return err
	}
	content, silent, nameless, free := 0, 0, 0, 0
	for _, h := range hits {
		if h.What == "" {
			if h.Refused == "" && h.Reported == 0 {
				free++
			}
			continue
		}
		content++
		switch {
		case h.Refused == "" && h.Reported == 0:
			silent++
			b.wrong("bit %d: a change of %s is not reported", h.Round, h.What)
		case h.Refused == "" && !h.Named:
			nameless++
			b.wrong("bit %d: the report does not name %s", h.Round, h.What)
		}
	}
	b.some("bits turned", len(hits)+crashes, b.rounds.flips)
	b.some("of them in content", content, b.rounds.flips/2)
	b.none("in content and not reported", silent)
	b.none("in content and reported, but not by the record's name", nameless)
	b.count("elsewhere and without effect: free space, and what is never read", free)
	b.harm(hits, crashes)
	return nil
}

func cutShort(b *bench) error {
	hits, crashes, err := b.damage("cut", b.rounds.cuts)
	if err != nil {
		return err
	}
	b.some("files cut short", len(hits)+crashes, b.rounds.cuts)
	silent := 0
	for _, h := range hits {
		if h.Refused == "" && h.Reported == 0 {
			silent++
			b.wrong("cut %d of %s is not reported", h.Round, h.File)
		}
	}
	b.none("of which neither opening nor verify tells", silent)
	b.harm(hits, crashes)
	return nil
}

func blankPages(b *bench) error {
	hits, crashes, err := b.damage("blank", b.rounds.blanks)
	if err != nil {
		return err
	}
	b.some("4 KB pages made zeros", len(hits)+crashes, b.rounds.blanks)
	free := 0
	for _, h := range hits {
		if h.Refused == "" && h.Reported == 0 && h.Lost == 0 {
			free++
		}
	}
	b.count("without effect: free pages", free)
	b.harm(hits, crashes)
	return nil
}

// harm sums up what is the same for every kind of damage.
func (b *bench) harm(hits []hit, crashes int) {
	refused, reported, lost, unnamed, forged, unclear, repaired, unrepaired, back := 0, 0, 0, 0, 0, 0, 0, 0, 0
	for _, h := range hits {
		if h.Refused != "" {
			refused++
		} else if h.Reported > 0 {
			reported++
		}
		lost += h.Lost
		if len(h.Unnamed) > 0 {
			unnamed += len(h.Unnamed)
			b.wrong("round %d, %s %s (%s): lost and not named: %s", h.Round, h.File, h.What, h.Said, strings.Join(h.Unnamed[:min(5, len(h.Unnamed))], ", "))
		}
		if n := len(h.Forged) + len(h.Invented); n > 0 {
			forged += n
			b.wrong("round %d, %s %s: not what was written: %v %v", h.Round, h.File, h.What, h.Forged, h.Invented)
		}
		if h.Unclear != "" {
			unclear++
			b.wrong("round %d, %s %s: %s", h.Round, h.File, h.What, h.Unclear)
		}
		switch h.Repaired {
		case "":
		case "yes":
			repaired++
			back += h.Back
		default:
			unrepaired++
			b.wrong("round %d, %s %s (%s%s): %s", h.Round, h.File, h.What, h.Refused, h.Said, h.Repaired)
		}
	}
	b.none("panics, SIGBUS and SIGSEGV", crashes)
	b.count("archives that opening refuses, and says why", refused)
	b.count("archives whose damage verify reports", reported)
	b.none("errors that don't say that it is damage", unclear)
	b.count("records that could not be read", lost)
	b.none("of them that the report does not name", unnamed)
	b.none("records read that were not written so, without a word", forged)
	b.count("archives repaired", repaired)
	b.none("that repair made worse, or could not open again", unrepaired)
	b.count("records that repair brought back", back)
}
