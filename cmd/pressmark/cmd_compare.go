package main

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pressmark/extract/change"
	"pressmark/extract/meta"
)

func (c *cli) compareCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "compare --list FILE",
		Short: "Classify the changes in a list of pairs, without an archive",
		Long: `Read one JSON object a line, two versions of a page, and say what was changed:
  {"id", "before": {…}, "after": {…}, "earlier_titles": […]?}
  {"id", "changed", "kinds", "grade", "declared", "stealth", "reason", "edits"}
A version has url, final, status, fetched, title, byline, published, modified,
text. A line that can't be read is answered with {"id", "error"}, and the
command ends with 3.`,
		Example: "  pressmark compare --list pairs.jsonl > changes.jsonl",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if file == "" {
				return usage(hint(errors.New("no list is named"), "pressmark compare --list FILE (- is standard input)"))
			}
			return list(cmd.Context(), c, file, 0, compareLine)
		},
	}
	cmd.Flags().StringVar(&file, "list", "", "answer each line of `FILE` (- is standard input)")
	return cmd
}

// A pairLine is a line of compare --list.
type pairLine struct {
	ID      json.RawMessage `json:"id"`
	Before  *side           `json:"before"`
	After   *side           `json:"after"`
	Earlier []string        `json:"earlier_titles"`
}

// A side is one version in a pairLine.
type side struct {
	URL       string    `json:"url"`
	Final     string    `json:"final"`
	Status    int       `json:"status"`
	Fetched   time.Time `json:"fetched"`
	Title     string    `json:"title"`
	Byline    names     `json:"byline"`
	Published meta.Date `json:"published"`
	Modified  meta.Date `json:"modified"`
	Text      string    `json:"text"`
}

func (s side) snapshot() change.Snapshot {
	a := change.FromText(s.Title, strings.Join(s.Byline, ", "), s.Text)
	a.Published, a.Modified = s.Published, s.Modified
	return change.Snapshot{Article: a, URL: s.URL, Final: s.Final, Status: s.Status, Seen: s.Fetched}
}

func compareLine(in pairLine) (any, error) {
	if in.Before == nil || in.After == nil {
		return nil, errors.New("a line needs before and after")
	}
	d := change.Compare(in.Before.snapshot(), in.After.snapshot(), in.Earlier)
	if d.Kinds == nil {
		d.Kinds = []change.Kind{}
	}
	if d.Edits == nil {
		d.Edits = []change.Edit{}
	}
	return struct {
		ID json.RawMessage `json:"id"`
		change.Diff
	}{idOf(in.ID), d}, nil
}

// names is a byline written as a list or as one string.
type names []string

func (n *names) UnmarshalJSON(b []byte) error {
	var list []string
	if json.Unmarshal(b, &list) == nil {
		*n = list
		return nil
	}
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return errors.New("byline is neither a list nor a string")
	}
	if s != nil && strings.TrimSpace(*s) != "" {
		*n = names{*s}
	}
	return nil
}
